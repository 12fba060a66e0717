"""Every problem across records says what it does to counting."""

import pytest

from gtms.indicators.catalogue import CATALOGUE
from gtms.processing.cross_rules import VIEWS
from gtms.processing.cross_rules.definition import Check
from gtms.records.effects import EFFECTS, State, excluding
from gtms.records.rules import RULES

THEMES = set("ABCDEFGHIJKL")


def states(check: Check) -> set[State]:
    found = {State.OPEN} if check.broken != "0" else set()
    return found | ({State.AWAITING} if check.awaiting != "0" else set())


def test_each_state_of_each_rule_has_an_effect_and_no_other() -> None:
    judged = {
        (check.rule_id, state) for view in VIEWS for check in view.checks for state in states(check)
    }
    assert judged == set(EFFECTS)


def test_effects_name_rules_and_what_is_in_the_catalogue() -> None:
    for effect in EFFECTS.values():
        assert effect.rule_id in RULES
        assert effect.text
        assert all(each in CATALOGUE or each in THEMES for each in effect.excludes)


@pytest.mark.parametrize(
    ("indicator", "rules"),
    [
        ("A02", {"R044", "R070", "R071", "R072", "R075"}),
        ("L02", set()),
        ("J01", set()),
    ],
)
def test_it_can_be_asked_what_keeps_records_out_of_an_indicator(
    indicator: str, rules: set[str]
) -> None:
    assert {each.rule_id for each in excluding(indicator)} == rules


def test_follow_ups_outside_their_window_are_not_in_theme_h() -> None:
    assert {"R078", "R078-W"} <= {each.rule_id for each in excluding("H01")}
