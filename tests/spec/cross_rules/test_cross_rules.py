"""Every rule that needs other records: what breaks it, what is then found, what repairs it."""

from collections.abc import Iterator
from datetime import date

import pytest

from gtms.processing.cross_rules import JUDGED
from gtms.records.rules import RULES, Judged
from gtms.stack.lifecycle import EmbeddedStack
from tests.spec.cross_rules import admissions, facilities, outcomes, revisions, trainings
from tests.spec.cross_rules.example import Example
from tests.support.population import COUNTRY, received
from tests.support.problems import Judging

EXAMPLES = (
    *facilities.EXAMPLES,
    *admissions.EXAMPLES,
    *outcomes.EXAMPLES,
    *trainings.EXAMPLES,
    *revisions.EXAMPLES,
)
AS_OF = date(2026, 9, 30)


@pytest.fixture(scope="module")
def judging(stack: EmbeddedStack) -> Iterator[Judging]:
    opened = Judging(stack.settings.clickhouse)
    yield opened
    opened.forget_everything()
    opened.close()


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_what_is_found_and_what_clears_it(judging: Judging, example: Example) -> None:
    judging.forget_everything()
    profiles = {COUNTRY: example.profile}
    judging.take((received(each) for each in example.records), AS_OF, profiles)
    assert judging.rows(COUNTRY) == sorted(each.row(COUNTRY) for each in example.found)
    judging.take((received(each) for each in example.repair), AS_OF, profiles)
    assert judging.rows(COUNTRY) == sorted(each.row(COUNTRY) for each in example.left)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_one_record_at_a_time_the_same_is_found(judging: Judging, example: Example) -> None:
    judging.forget_everything()
    profiles = {COUNTRY: example.profile}
    for each in reversed(example.records):
        judging.take([received(each)], AS_OF, profiles)
    assert judging.rows(COUNTRY) == sorted(each.row(COUNTRY) for each in example.found)


def test_every_rule_across_records_is_judged_and_has_an_example() -> None:
    across = {Judged.REGISTRY, Judged.PROCESSING, Judged.PROFILE}
    in_the_key = {"R094"}  # a second record of the same key is a revision of the first
    expected = {name for name, rule in RULES.items() if rule.judged in across} - in_the_key
    assert expected == JUDGED
    assert {example.rule for example in EXAMPLES} == JUDGED
