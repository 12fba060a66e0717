"""The stories: shares near their figures, journeys that make sense."""

from collections import Counter, defaultdict
from datetime import date

import pytest

from gtms.simulate.profiles import common, profile
from gtms.simulate.simulation import records
from gtms.simulate.stamps import NO_NOISE
from tests.unit.simulate.simulated import FIRST, LAST, simulation
from treatment.common.v1 import codes_pb2 as codes

COUNTRY = "MEX"
ADMISSIONS = 6000
NEAR = 0.04


@pytest.fixture(scope="module")
def population():
    """Admissions and outcomes by family, without noise."""
    found = defaultdict(list)
    for dispatch in records(simulation(COUNTRY, ADMISSIONS, noise=NO_NOISE)):
        found[dispatch.family].append(dispatch.record.record)
    return found


@pytest.fixture(scope="module")
def first_admissions(population):
    """The first admission of each person with a drug use disorder."""
    first = {}
    for admission in population["admission"]:
        if admission.client_type == codes.CLIENT_TYPE_OWN_USE:
            first.setdefault(admission.client_pseudonym, admission)
    return list(first.values())


def share(items, wanted) -> float:
    found = [wanted(item) for item in items]
    return sum(found) / len(found)


def near(items, attribute: str, shares) -> None:
    counted = Counter(getattr(item, attribute) for item in items)
    counted.pop(99, None)
    low = 0.0
    for value, high in zip(shares.values, shares.cumulative, strict=True):
        assert counted[value] / counted.total() == pytest.approx(high - low, abs=NEAR)
        low = high


def test_shares_are_those_of_the_country(first_admissions):
    shape = profile(COUNTRY)
    women = share(first_admissions, lambda a: a.sex == codes.SEX_FEMALE)
    assert women == pytest.approx(shape.women, abs=NEAR)
    near(first_admissions, "primary_substance", shape.substances)
    near(first_admissions, "linkage_level", shape.linkage)


@pytest.mark.parametrize("attribute", ["education", "comorbidity"])
def test_shares_are_those_of_the_published_figures(first_admissions, attribute):
    near(first_admissions, attribute, getattr(common(), attribute))


def test_half_were_never_treated_before(first_admissions):
    never = codes.TREATMENT_STATUS_NEVER_PREVIOUSLY_TREATED
    found = share(first_admissions, lambda a: a.treatment_status == never)
    assert found == pytest.approx(common().journeys.never_treated_before, abs=NEAR)


def test_referrals_by_criminal_justice(first_admissions):
    known = [a for a in first_admissions if a.referral != codes.REFERRAL_UNKNOWN]
    found = share(known, lambda a: 71 <= a.referral <= 79)
    assert found == pytest.approx(profile(COUNTRY).criminal_justice, abs=NEAR)


def test_everything_happens_inside_the_span(population):
    days = [a.admission_date for a in population["admission"]]
    days += [o.event_date for o in population["outcome"]]
    assert date.fromisoformat(min(days)) >= FIRST
    assert date.fromisoformat(max(days)) <= LAST


def test_admissions_grow_as_said_and_not_by_those_who_return(population):
    by_year = Counter(a.admission_date[:4] for a in population["admission"])
    grown = by_year["2025"] / by_year["2023"]
    assert 0.8 < grown < (1 + profile(COUNTRY).growth) ** 2 + 0.25


def test_transfers_arrive_within_the_journey_gap_at_the_facility_named(population):
    admitted = {a.episode_id: a for a in population["admission"]}
    ended = {o.episode_id: o for o in population["outcome"] if o.kind == 2}
    transfers = [a for a in admitted.values() if a.preceding_episode_id]
    assert len(transfers) > 100
    for transfer in transfers:
        before = ended[transfer.preceding_episode_id]
        gap = date.fromisoformat(transfer.admission_date) - date.fromisoformat(before.event_date)
        assert 0 <= gap.days <= 21
        assert before.receiving_facility_id == transfer.facility_id
        assert before.client_pseudonym == transfer.client_pseudonym


def test_every_outcome_belongs_to_an_admission_of_the_same_person(population):
    admitted = {a.episode_id: a for a in population["admission"]}
    for outcome in population["outcome"]:
        admission = admitted[outcome.episode_id]
        assert outcome.client_pseudonym == admission.client_pseudonym
        assert outcome.facility_id == admission.facility_id
        assert outcome.event_date >= admission.admission_date


def test_nothing_follows_a_death(population):
    died = {o.client_pseudonym: o.event_date for o in population["outcome"] if o.kind == 5}
    assert died
    events = [(a.client_pseudonym, a.admission_date) for a in population["admission"]]
    events += [(o.client_pseudonym, o.event_date) for o in population["outcome"]]
    assert all(day <= died.get(person, day) for person, day in events)


def test_most_open_episodes_are_reviewed_and_a_few_are_forgotten(population):
    latest = {a.episode_id: a.admission_date for a in population["admission"]}
    closed = {o.episode_id for o in population["outcome"] if o.kind == 2}
    for outcome in population["outcome"]:
        latest[outcome.episode_id] = max(latest[outcome.episode_id], outcome.event_date)
    structured = {a.episode_id for a in population["admission"] if a.setting not in (1, 9)}
    open_since = [LAST - date.fromisoformat(latest[e]) for e in structured - closed]
    stale = share(open_since, lambda silence: silence.days > 180)
    assert 0.0 < stale < 0.15


def test_there_are_contacts_that_are_no_treatment(population):
    exchange = [a for a in population["admission"] if a.setting == 9]
    relatives = [a for a in population["admission"] if a.client_type == 2]
    assert all(list(a.interventions_planned) == [21] for a in exchange)
    assert len(exchange) > 100
    assert len(relatives) > 60


def test_some_deny_what_the_registry_knows(population):
    seen, denied = set(), 0
    for admission in population["admission"]:
        denied += admission.client_pseudonym in seen and admission.treatment_status == 1
        seen.add(admission.client_pseudonym)
    assert denied > 5


def test_some_facilities_report_nobody_and_some_do_not_report(population):
    listed = {f.facility_id for f in population["facility"]}
    counted = {c.facility_id for c in population["capacity"]}
    admitting = {a.facility_id for a in population["admission"]}
    assert counted - admitting
    assert listed - counted - admitting
    assert {f.reports_to_system for f in population["facility"]} == {1, 2}
    assert admitting <= listed


def test_everybody_who_is_asked_later_was_at_the_event(population):
    events = {event.event_id: event for event in population["training_event"]}
    assert len(events) > 10
    asked = [each for each in population["training_participant"] if each.follow_up_3m_status]
    assert len(asked) > 100
    for each in asked:
        if each.follow_up_3m_status in (1, 2):
            assert each.perception_changed
            wait = date.fromisoformat(each.follow_up_date) - date.fromisoformat(
                events[each.event_id].end_date
            )
            assert 60 <= wait.days <= 180
    assert date.fromisoformat(max(each.end_date for each in events.values())) <= LAST


def test_some_people_take_part_again_and_nobody_twice_in_one_event(population):
    events = defaultdict(set)
    for each in population["training_participant"]:
        events[each.participant_pseudonym].add(each.event_id)
    new = [each for each in population["training_participant"] if not each.follow_up_3m_status]
    parts = Counter((each.event_id, each.participant_pseudonym) for each in new)
    assert max(parts.values()) == 1
    assert 5 < sum(len(those) > 1 for those in events.values()) < len(events) / 4


def test_estimates_have_a_total_and_its_parts(population):
    disorders = [
        each for each in population["estimate"] if (each.estimate_kind, each.year) == (1, 2025)
    ]
    total, *_ = (e.value for e in disorders if not e.sex and not e.substance_group)
    by_sex = [e.value for e in disorders if e.sex and not e.substance_group]
    by_group = [e.value for e in disorders if e.substance_group and not e.sex]
    assert sum(by_sex) == pytest.approx(total, rel=0.01)
    assert sum(by_group) == pytest.approx(total, rel=0.02)
    assert all(each.lower95 < each.value < each.upper95 for each in disorders)
