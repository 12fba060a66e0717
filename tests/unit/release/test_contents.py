"""What a release consists of, what it changes, and when it falls due."""

from dataclasses import replace
from datetime import date

import pytest

from gtms.indicators.catalogue import CATALOGUE
from gtms.privacy.cells import Cell, Status
from gtms.records.periods import parse
from gtms.release.contents import content, labelled, with_pooled
from gtms.release.differences import Counts, changes, counts
from gtms.release.labels import relabelled
from gtms.release.policies import Policy, due
from gtms.warehouse.reader import Position, StoredCell

AS_OF = date(2026, 3, 31)


def cell(value: float | None, *, indicator="A02", status=Status.OK, **labels: str) -> Cell:
    dimensions = tuple(sorted(labels.items()))
    return Cell(indicator, "value", "2025", dimensions, value, value, None, status)


def hash_of(cells: list[Cell], parameters="{}", as_of=AS_OF, *, low=False) -> str:
    return content(labelled(cells, CATALOGUE, low_linkage=low), parameters, as_of, "digest")


def test_the_content_is_the_same_in_any_order():
    some = [cell(10), cell(7, sex="MALE"), cell(None, status=Status.SUPPRESSED_PRIMARY, sex="X")]
    assert hash_of(some) == hash_of(some[::-1])


def test_everything_that_is_said_is_in_the_content():
    others = [
        hash_of([cell(11)]),
        hash_of([cell(10, sex="MALE")]),
        hash_of([cell(10, status=Status.ROUNDED)]),
        hash_of([cell(10)], parameters='{"k": 1}'),
        hash_of([cell(10)], as_of=date(2026, 4, 1)),
        hash_of([cell(10)], low=True),
        hash_of([]),
    ]
    assert len({hash_of([cell(10)]), *others}) == len(others) + 1


def test_low_linkage_changes_the_label_of_persons_and_of_exact_values_only():
    low = relabelled(cell(10), CATALOGUE["A02"], low_linkage=True)
    assert (low.status, low.value) == (Status.LOW_LINKAGE, 10)
    rounded = cell(10, status=Status.ROUNDED)
    assert relabelled(rounded, CATALOGUE["A02"], low_linkage=True) == rounded
    assert relabelled(cell(10), CATALOGUE["A02"], low_linkage=False) == cell(10)
    (one,) = labelled([low], CATALOGUE, low_linkage=True)
    assert one.unit_of_count == "episode"


def test_a_year_has_its_pooled_values_in_every_table():
    def stored(period: str, key: str, above: float, below: float) -> StoredCell:
        dimensions = dict(part.split("=") for part in key.split("|") if part)
        position = Position(period, "I01", "value", key)
        return StoredCell(position, dimensions, above / below, above, below, "OK")

    own = [stored("2025", "", 4, 400), stored("2025", "sex=MALE", 3, 300)]
    before = [stored("2024", "", 2, 100), stored("2024", "sex=MALE", 2, 50)]
    found = list(with_pooled("2025", own, before, [CATALOGUE["I01"]]))
    assert found[:2] == own
    assert {(one.position.key, one.numerator, one.denominator) for one in found[2:]} == {
        ("", 6, 500),
        ("sex=MALE", 5, 350),
    }
    assert {one.position.measure for one in found[2:]} == {"pooled"}


def test_changes_are_counted_and_the_totals_come_first():
    before = [cell(10), cell(7, sex="MALE"), cell(9, sex="FEMALE"), cell(5, indicator="B01")]
    after = [
        cell(11),
        cell(None, status=Status.SUPPRESSED_SECONDARY, sex="MALE"),
        cell(8, sex="UNKNOWN"),
        cell(5, indicator="B01"),
    ]
    found = changes(before, after)
    assert counts(found) == {
        "A02": Counts(added=1, removed=1, changed=2),
        "B01": Counts(same=1),
    }
    assert [each.of.dimensions for each in found] == sorted(
        (each.of.dimensions for each in found), key=len
    )


@pytest.mark.parametrize(
    ("label", "today", "is_due"),
    [
        ("2025", "2026-03-30", False),
        ("2025", "2026-03-31", True),
        ("2025-Q4", "2030-01-01", False),
        ("2025-12", "2026-01-29", False),
        ("2025-12", "2026-01-30", True),
        ("2024-01", "2026-01-30", False),
    ],
)
def test_what_a_policy_releases_and_when(label, today, is_due):
    """90 days after a year, 30 after a month, quarters never; set on the first day of 2026."""
    policy = Policy(date(2026, 1, 1), year_days=90, month_days=30)
    found = list(due(policy, [parse(label)], date.fromisoformat(today)))
    assert bool(found) is is_due


def test_what_was_due_before_the_policy_waits_for_people():
    policy = Policy(date(2026, 6, 1), year_days=90)
    assert list(due(policy, [parse("2025")], date(2027, 1, 1))) == []
    assert list(due(replace(policy, since=AS_OF), [parse("2025")], date(2027, 1, 1)))
