"""What follows what in the life of a release, and what does not."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from gtms.release.states import (
    CellName,
    DraftedAnew,
    Leak,
    Made,
    NotNow,
    Release,
    State,
    publishable,
    reviewed,
    told,
    vintage_after,
    with_states,
)

CONTENT = "a" * 64
MADE = Made(
    content=CONTENT,
    first=date(2025, 1, 1),
    after=date(2026, 1, 1),
    snapshot=1,
    as_of=date(2026, 3, 31),
    computed_at=datetime(2026, 3, 31, tzinfo=UTC),
    parameters="{}",
    catalogue="d",
    coverage=None,
    linkage=None,
    cells=1,
    withheld=0,
)
DRAFT = Release("KEN", "2025", 1, State.DRAFT, MADE, drafted_by="ann")
SMALL = Leak((CellName("A02", "value", "2025", {"sex": "FEMALE"}),), "the total less the others")


def vintage(number: int, country: str = "KEN", period: str = "2025") -> Release:
    return Release(country, period, number, State.PUBLISHED, MADE)


def test_a_draft_is_reviewed_and_then_published():
    seen = reviewed(DRAFT, CONTENT, "ben")
    public = publishable(seen, CONTENT, "cleo")
    assert (seen.state, public.state) == (State.REVIEWED, State.PUBLISHED)
    assert (public.drafted_by, public.reviewed_by, public.published_by) == ("ann", "ben", "cleo")


def test_reviewing_again_changes_nothing():
    seen = reviewed(DRAFT, CONTENT, "ben")
    assert reviewed(seen, CONTENT, "dan") == seen


def test_a_draft_that_nobody_reviewed_is_not_published():
    with pytest.raises(NotNow, match="has not been reviewed"):
        publishable(DRAFT, CONTENT, "cleo")


@pytest.mark.parametrize("state", [State.PUBLISHED, State.REVISED])
def test_what_is_public_is_not_reviewed(state):
    with pytest.raises(NotNow, match="public already"):
        reviewed(replace(DRAFT, state=state), CONTENT, "ben")


def test_only_what_was_looked_at_goes_on():
    with pytest.raises(DraftedAnew, match="look at it again"):
        reviewed(DRAFT, "b" * 64, "ben")
    with pytest.raises(DraftedAnew, match="look at it again"):
        publishable(replace(DRAFT, state=State.REVIEWED), "b" * 64, "ben")


def test_what_gives_away_small_numbers_is_not_reviewed_and_the_cells_are_named():
    with pytest.raises(NotNow, match="A02 value 2025 sex=FEMALE") as refused:
        reviewed(replace(DRAFT, leaks=(SMALL,)), CONTENT, "ben")
    assert refused.value.leaks == (SMALL,)


def test_many_cells_are_named_in_one_line():
    cells = tuple(CellName("A02", "value", "2025", {"sex": str(n)}) for n in range(9))
    line = told([Leak(cells, "so")])
    assert line.endswith("; A02 value 2025 sex=4 and 4 more")


def test_vintages_are_numbered_from_one_and_the_third_says_why():
    assert vintage_after([], "") == 1
    assert vintage_after([vintage(1)], "") == 2
    with pytest.raises(NotNow, match="vintage 3 needs a reason"):
        vintage_after([vintage(1), vintage(2)], " ")
    assert vintage_after([vintage(1), vintage(2)], "two facilities reported late") == 3


def test_a_vintage_is_revised_by_a_later_one_of_its_period():
    other = vintage(1, period="2024")
    found = with_states([other, vintage(1), vintage(2), vintage(1, "UGA")])
    assert [each.state for each in found] == [
        State.PUBLISHED,
        State.REVISED,
        State.PUBLISHED,
        State.PUBLISHED,
    ]
