"""Drafts, reviews and vintages in a real ClickHouse."""

from dataclasses import replace
from datetime import timedelta

import pytest

from gtms.privacy.cells import SUPPRESSED
from gtms.release.judging import Rules
from gtms.release.office import release_due
from gtms.release.policies import Policy
from gtms.release.states import CellName, DraftedAnew, Leak, NotNow, State
from gtms.release.steps import Unknown
from tests.integration.release.conftest import LATE
from tests.support.releasing import PERIOD, TODAY, people, published, stepping
from tests.support.vintages import publish

SMALL = Leak((CellName("A02", "value", PERIOD, {"sex": "FEMALE"}),), "the total less the others")


class Suspicious(Rules):
    """Finds the same leak in everything."""

    def leaks(self, cells, profile, earlier):
        return [SMALL]


def test_a_vintage_is_what_was_drafted(steps):
    draft = steps.draft("KEN", PERIOD, "", "ann")
    cells = steps.archive.cells("KEN", draft)
    assert (draft.vintage, draft.state, len(cells)) == (1, State.DRAFT, draft.made.cells)
    assert draft.made.withheld == sum(one.cell.status in SUPPRESSED for one in cells) > 0
    public = published(steps)
    assert (public.made.content, public.state) == (draft.made.content, State.PUBLISHED)
    assert sorted(map(str, steps.archive.cells("KEN", public))) == sorted(map(str, cells))
    assert steps.archive.drafts("KEN") == []
    assert (public.drafted_by, public.reviewed_by, public.published_by) == ("ann", "ben", "cleo")


def test_drafting_the_same_figures_again_gives_the_same_content(steps):
    first = steps.draft("KEN", PERIOD, "", "ann")
    assert steps.draft("KEN", PERIOD, "", "dan").made.content == first.made.content


def test_a_draft_in_place_of_another_begins_anew(steps, engine, growing):
    first = steps.draft(growing, PERIOD, "", "ann")
    steps.review(growing, PERIOD, first.made.content, "ben")
    engine.take(people(LATE, growing), TODAY)
    second = steps.draft(growing, PERIOD, "", "ann")
    assert (second.state, second.vintage) == (State.DRAFT, 1)
    for step in (steps.review, steps.publish):
        with pytest.raises(DraftedAnew):
            step(growing, PERIOD, first.made.content, "ben")
    assert steps.archive.cells(growing, first) == []


def test_publishing_again_gives_the_same_vintage(steps):
    public = published(steps)
    assert steps.publish("KEN", PERIOD, public.made.content, "dan") == public
    assert len(steps.archive.vintages("KEN")) == 1


def test_what_has_not_changed_is_no_new_vintage(steps):
    published(steps)
    with pytest.raises(NotNow, match="2025-Q1 is as it was published in vintage 1"):
        steps.draft("KEN", PERIOD, "", "ann")


def test_after_an_erasure_what_was_drafted_before_is_drafted_again(steps, engine):
    draft = steps.draft("KEN", PERIOD, "", "ann")
    engine.stored.rows(
        "INSERT INTO ops.erasures (id, country, at, months)"
        " SELECT generateUUIDv4(), 'KEN', now64(3) + INTERVAL 1 HOUR, ['2025-02-01']"
    )
    with pytest.raises(NotNow, match="records were erased since"):
        steps.review("KEN", PERIOD, draft.made.content, "ben")
    engine.stored.rows("TRUNCATE TABLE ops.erasures")


def test_a_crash_between_cells_and_vintage_leaves_nothing_public_and_is_repaired(
    steps, monkeypatch
):
    draft = steps.draft("KEN", PERIOD, "", "ann")
    steps.review("KEN", PERIOD, draft.made.content, "ben")
    insert = type(steps.archive)._insert

    def crash(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(type(steps.archive), "_insert", crash)
    with pytest.raises(KeyboardInterrupt):
        steps.publish("KEN", PERIOD, draft.made.content, "cleo")
    monkeypatch.setattr(type(steps.archive), "_insert", insert)
    assert steps.archive.vintages("KEN") == []
    public = steps.publish("KEN", PERIOD, draft.made.content, "cleo")
    assert len(steps.archive.cells("KEN", public)) == draft.made.cells


def test_a_crash_after_the_vintage_leaves_no_draft_to_publish_twice(steps, monkeypatch):
    draft = steps.draft("KEN", PERIOD, "", "ann")
    steps.review("KEN", PERIOD, draft.made.content, "ben")
    monkeypatch.setattr(type(steps.archive), "forget_draft", lambda *_: None)
    steps.publish("KEN", PERIOD, draft.made.content, "cleo")
    monkeypatch.undo()
    assert steps.archive.drafts("KEN") == []
    assert steps.publish("KEN", PERIOD, draft.made.content, "cleo").vintage == 1


def test_of_two_publications_of_a_vintage_the_first_holds(steps, engine):
    public = published(steps)
    publish(engine.stored, "KEN", PERIOD, public.vintage, {"A02": 1})
    (held,) = steps.archive.vintages("KEN")
    assert held.made.content == public.made.content
    assert len(steps.archive.cells("KEN", held)) == public.made.cells


def test_a_draft_that_gives_away_small_numbers_goes_no_further(engine, stack):
    with stepping(stack.settings, Suspicious()) as steps:
        draft = steps.draft("KEN", PERIOD, "", "ann")
        assert draft.leaks == (SMALL,)
        assert steps.archive.draft("KEN", PERIOD) == draft
        with pytest.raises(NotNow, match="A02 value 2025-Q1 sex=FEMALE"):
            steps.review("KEN", PERIOD, draft.made.content, "ben")


def test_a_release_is_attacked_again_when_it_is_published(steps, stack):
    draft = steps.draft("KEN", PERIOD, "", "ann")
    steps.review("KEN", PERIOD, draft.made.content, "ben")
    with stepping(stack.settings, Suspicious()) as suspicious, pytest.raises(NotNow) as refused:
        suspicious.publish("KEN", PERIOD, draft.made.content, "cleo")
    assert refused.value.leaks == (SMALL,)
    assert steps.archive.vintages("KEN") == []
    left = steps.archive.draft("KEN", PERIOD)
    assert left is not None
    assert (left.state, left.leaks) == (State.DRAFT, (SMALL,))


@pytest.mark.parametrize(
    ("period", "says"), [("2025-Q2", "is not over"), ("1999", "has not been computed")]
)
def test_what_cannot_be_drafted(steps, period, says):
    with pytest.raises(NotNow, match=says):
        steps.draft("KEN", period, "", "ann")


def test_what_there_is_no_draft_of(steps):
    for step in (steps.review, steps.publish):
        with pytest.raises(Unknown):
            step("KEN", PERIOD, "a" * 64, "ben")


def test_a_period_is_released_by_itself_once_it_is_due_and_only_then(steps):
    """Thirty days after March, and the policy was set on that day; February was due before."""
    steps.archive.set_policy("KEN", Policy(TODAY, month_days=30), "cleo")
    release_due(replace(steps, today=lambda: TODAY - timedelta(days=1)))
    assert steps.archive.vintages("KEN") == []
    for _ in range(2):
        release_due(steps)
        assert [(one.period, one.published_by) for one in steps.archive.vintages("KEN")] == [
            ("2025-03", "policy")
        ]


def test_what_gives_away_small_numbers_is_not_released_by_itself(engine, stack):
    with stepping(stack.settings, Suspicious()) as steps:
        policy = Policy(TODAY.replace(day=1), quarter_days=30)
        steps.archive.set_policy("KEN", policy, "cleo")
        release_due(steps)
        release_due(steps)
        (draft,) = steps.archive.drafts("KEN")
        assert (draft.period, draft.leaks) == ("2025-Q1", (SMALL,))
        assert steps.archive.vintages("KEN") == []
