"""Every rule that needs other records: what breaks it, what is then found, what repairs it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from string import ascii_uppercase

import pytest

from gtms.processing.cross_rules import JUDGED
from gtms.records.rules import RULES, Judged
from gtms.stack.lifecycle import EmbeddedStack
from tests.spec.cross_rules import admissions, facilities, outcomes, revisions, trainings
from tests.support.oracle import RecordMessage
from tests.support.population import received
from tests.support.problems import Finding, Judging, Row

EXAMPLES = (
    *facilities.EXAMPLES,
    *admissions.EXAMPLES,
    *outcomes.EXAMPLES,
    *trainings.EXAMPLES,
    *revisions.EXAMPLES,
)
AS_OF = date(2026, 9, 30)
COUNTRIES = [f"X{one}{other}" for one, other in product(ascii_uppercase, repeat=2)]
"""Every example happens in a country of its own, all of them at once."""


@dataclass(frozen=True, slots=True)
class World:
    """The problems of each example's country: broken, repaired, and broken record by record."""

    broken: Sequence[list[Row]]
    repaired: Sequence[list[Row]]
    one_by_one: Sequence[list[Row]]


def country_of(number: int) -> str:
    return EXAMPLES[number].country or COUNTRIES[number]


@pytest.fixture(scope="module")
def world(stack: EmbeddedStack) -> Iterator[World]:
    judging = Judging(stack.settings.clickhouse)
    profiles = {country_of(number): each.profile for number, each in enumerate(EXAMPLES)}

    def take(records: Iterable[Sequence[RecordMessage]]) -> None:
        batch = [
            received(record, country_of(number))
            for number, said in enumerate(records)
            for record in said
        ]
        judging.take(batch, AS_OF, profiles)

    def found() -> list[list[Row]]:
        return [judging.rows(country_of(number)) for number in range(len(EXAMPLES))]

    judging.forget_everything()
    take(each.records for each in EXAMPLES)
    broken = found()
    take(each.repair for each in EXAMPLES)
    repaired = found()
    judging.forget_everything()
    for step in range(max(len(each.records) for each in EXAMPLES)):
        take(each.records[::-1][step : step + 1] for each in EXAMPLES)
    yield World(broken, repaired, found())
    judging.forget_everything()
    judging.close()


def rows(findings: Sequence[Finding], number: int) -> list[Row]:
    return sorted(each.row(country_of(number)) for each in findings)


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=lambda number: str(EXAMPLES[number]))
def test_what_is_found_and_what_clears_it(world: World, number: int) -> None:
    example = EXAMPLES[number]
    assert world.broken[number] == rows(example.found, number)
    assert world.repaired[number] == rows(example.left, number)
    assert world.one_by_one[number] == rows(example.found, number)


def test_every_rule_across_records_is_judged_and_has_an_example() -> None:
    across = {Judged.REGISTRY, Judged.PROCESSING, Judged.PROFILE}
    in_the_key = {"R094"}  # a second record of the same key is a revision of the first
    expected = {name for name, rule in RULES.items() if rule.judged in across} - in_the_key
    assert expected == JUDGED
    assert {example.rule for example in EXAMPLES} == JUDGED
