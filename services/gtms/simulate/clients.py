"""The people: who they are, what they use, what they answer at admission.

A client is drawn as the part of an `Admission` that does not depend on the episode, so that an
answer and the field it goes to are written once. Only the pool knows that the same answers may
stand for several people in a very large population.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from gtms.records.codes import SubstanceGroup, substance_group
from gtms.simulate.profiles import Common, CountryProfile, common
from treatment.admissions.v1.admission_pb2 import Admission, InjectedSubstance, OtherSubstance
from treatment.common.v1 import codes_pb2 as codes

T = TypeVar("T")

OPIOIDS, COCAINE = SubstanceGroup.OPIOIDS, SubstanceGroup.COCAINE
STIMULANTS, CANNABIS = SubstanceGroup.STIMULANTS, SubstanceGroup.CANNABIS
_SEVERITY = (codes.DUD_SEVERITY_HAZARDOUS_OR_HARMFUL, codes.DUD_SEVERITY_DEPENDENCE)
_NEVER_INJECTED = codes.INJECTING_STATUS_NEVER_INJECTED
_EVER_INJECTED = (
    codes.INJECTING_STATUS_EVER_INJECTED_TIME_UNKNOWN,
    codes.INJECTING_STATUS_INJECTED_NOT_LAST_12_MONTHS,
    codes.INJECTING_STATUS_INJECTED_LAST_12_MONTHS_NOT_LAST_30_DAYS,
)
_INJECTING_NOW = codes.INJECTING_STATUS_CURRENTLY_INJECTING_LAST_30_DAYS
_TESTED = (
    codes.TEST_STATUS_EVER_TESTED_TIME_UNKNOWN,
    codes.TEST_STATUS_TESTED_NOT_LAST_12_MONTHS,
    codes.TEST_STATUS_TESTED_LAST_12_MONTHS,
)
_DAYS_OF_USE = {1: (24, 28), 2: (16, 23), 3: (8, 14), 4: (1, 4), 5: (0, 0)}
_ICD10 = {
    OPIOIDS: "F11.2",
    COCAINE: "F14.2",
    STIMULANTS: "F15.2",
    SubstanceGroup.SEDATIVES: "F13.2",
    SubstanceGroup.HALLUCINOGENS: "F16.1",
    SubstanceGroup.INHALANTS: "F18.1",
    CANNABIS: "F12.1",
}
_WITH_CHILDREN = (
    codes.LIVING_WITH_CHILDREN_NOT_LIVING_WITH_CHILDREN,
    codes.LIVING_WITH_CHILDREN_LIVING_WITH_CHILDREN,
)
_NATIONALITY = (
    *[codes.NATIONALITY_GROUP_NATIONAL] * 8,
    codes.NATIONALITY_GROUP_FOREIGN_RESIDENT,
    codes.NATIONALITY_GROUP_REFUGEE_DISPLACED,
)
_HBV = (
    *[codes.HBV_VACCINATION_NONE] * 2,
    codes.HBV_VACCINATION_PARTIAL,
    codes.HBV_VACCINATION_COMPLETE,
    codes.HBV_VACCINATION_UNKNOWN,
)
_HCV_TREATMENT = (
    *[codes.HCV_TREATMENT_NOT_STARTED] * 3,
    codes.HCV_TREATMENT_ON_TREATMENT,
)
_SCREENED = (codes.YES_NO_YES, codes.YES_NO_NO, codes.YES_NO_NO, codes.YES_NO_UNKNOWN)
_ROUTE_OF_OTHER = {
    codes.SUBSTANCE_NICOTINE: codes.ROUTE_SMOKE,
    codes.SUBSTANCE_CANNABIS_UNSPECIFIED: codes.ROUTE_SMOKE,
    codes.SUBSTANCE_METHAMPHETAMINE: codes.ROUTE_SMOKE,
    codes.SUBSTANCE_COCAINE_UNSPECIFIED: codes.ROUTE_SNIFF,
}
_TOP_DAYS = {
    OPIOIDS: "days_opioids",
    COCAINE: "days_cocaine",
    STIMULANTS: "days_amphetamines",
    CANNABIS: "days_cannabis",
}


@dataclass(frozen=True, slots=True)
class Client:
    """What one person answers, whenever they are admitted.

    `answers` holds the fields of an Admission that do not depend on the episode. `oat_years` is how
    long ago opioid agonist treatment first began, or None if it never did.
    """

    answers: Admission
    drug: codes.Substance.ValueType
    group: SubstanceGroup
    opioid: bool
    injects: bool
    oat_years: int | None


class Pool:
    """Clients to take people from: new ones until `size`, then those drawn before.

    Drawing the answers of one client costs as much as ten records; a pool keeps a million
    admissions fast and small, and eight thousand different clients keep the shares.
    """

    def __init__(self, rng: Random, profile: CountryProfile, size: int = 8192) -> None:
        self._rng = rng
        self._profile = profile
        self._size = size
        self._drawn: list[Client] = []

    def take(self) -> Client:
        """The answers of the next person."""
        if len(self._drawn) < self._size:
            self._drawn.append(draw_client(self._rng, self._profile))
            return self._drawn[-1]
        return self._drawn[int(self._rng.random() * self._size)]


def draw_client(rng: Random, profile: CountryProfile) -> Client:
    """One person with a drug use disorder."""
    shared = common()
    answers = _somebody(rng, profile, shared)
    answers.client_type = codes.CLIENT_TYPE_OWN_USE
    drug = profile.substances.draw(rng)
    group = substance_group(drug)
    _set_age(rng, shared, answers, group)
    _set_drug(rng, profile, shared, answers, drug, group)
    _set_injecting(rng, shared, answers)
    _set_infections(rng, shared, answers)
    _set_wellbeing(rng, profile, shared, answers)
    opioid = group == OPIOIDS or any(
        substance_group(o.substance) == OPIOIDS for o in answers.other_substances
    )
    oat_years = _set_history(rng, shared, answers, opioid)
    _set_measures(rng, shared, answers, group)
    injects = answers.injecting == _INJECTING_NOW
    return Client(answers, drug, group, opioid, injects, oat_years)


def draw_relative(rng: Random, profile: CountryProfile) -> Client:
    """One person who comes because of somebody else's drug use: no drug fields at all (R059)."""
    shared = common()
    answers = _somebody(rng, profile, shared)
    answers.client_type = codes.CLIENT_TYPE_OTHER_PERSONS_USE
    answers.treatment_status = codes.TREATMENT_STATUS_NEVER_PREVIOUSLY_TREATED
    _set_age(rng, shared, answers, group=SubstanceGroup.UNKNOWN)
    return Client(
        answers,
        drug=codes.SUBSTANCE_UNSPECIFIED,
        group=SubstanceGroup.UNKNOWN,
        opioid=False,
        injects=False,
        oat_years=None,
    )


def top_field(drug: int, group: SubstanceGroup) -> str:
    """The field of TOP section 1 that counts days of use of this drug."""
    if drug == codes.SUBSTANCE_CRACK:
        return "days_crack"
    return _TOP_DAYS.get(group, "days_other")


def days_of_use(rng: Random, frequency: int) -> int | None:
    """Days out of 28 that fit a frequency (R049); None when the frequency is not known."""
    bounds = _DAYS_OF_USE.get(frequency)
    return rng.randint(*bounds) if bounds else None


def _somebody(rng: Random, profile: CountryProfile, shared: Common) -> Admission:
    unknown = profile.unknown

    def answered(value: T, instead: T) -> T:
        return instead if rng.random() < unknown else value

    sex = codes.SEX_FEMALE if rng.random() < profile.women else codes.SEX_MALE
    children = rng.random() < 0.28
    return Admission(
        sex=codes.SEX_UNKNOWN if rng.random() < unknown / 20 else sex,
        linkage_level=profile.linkage.draw(rng),
        linkage_algo="slk-581-v1",
        education=answered(shared.education.draw(rng), codes.EDUCATION_UNKNOWN),
        labour=answered(shared.labour.draw(rng), codes.LABOUR_UNKNOWN),
        living_with=answered(shared.living_with.draw(rng), codes.LIVING_WITH_UNKNOWN),
        living_with_children=answered(_WITH_CHILDREN[children], codes.LIVING_WITH_CHILDREN_UNKNOWN),
        children_under_18=rng.randint(1, 4) if children else 0,
        housing=answered(shared.housing.draw(rng), codes.HOUSING_UNKNOWN),
        nationality_group=answered(_pick(rng, _NATIONALITY), codes.NATIONALITY_GROUP_UNKNOWN),
        birth_month=rng.randint(1, 12) if rng.random() < 0.8 else None,
    )


def _set_age(rng: Random, shared: Common, answers: Admission, group: SubstanceGroup) -> None:
    low, high = shared.age.draw(rng)
    age = rng.randint(low, high) + shared.age_shift.get(group, 0)
    answers.age_at_admission = max(13, age)
    if age < 18:
        answers.labour = codes.LABOUR_STUDENT
        answers.living_with = codes.LIVING_WITH_FAMILY_OF_ORIGIN
        answers.living_with_children = codes.LIVING_WITH_CHILDREN_NOT_LIVING_WITH_CHILDREN
        answers.children_under_18 = 0
    if answers.sex != codes.SEX_MALE:
        of_age = answers.sex == codes.SEX_FEMALE and 15 <= age <= 49
        answers.pregnancy = shared.pregnancy.draw(rng) if of_age else codes.PREGNANCY_NOT_APPLICABLE


def _set_drug(
    rng: Random,
    profile: CountryProfile,
    shared: Common,
    answers: Admission,
    drug: codes.Substance.ValueType,
    group: SubstanceGroup,
) -> None:
    unknown = profile.unknown
    low, high = shared.age_first_use.draw(rng)
    frequency = shared.frequency.draw(rng)
    if rng.random() < unknown:
        frequency = codes.FREQUENCY_UNKNOWN
    answers.primary_substance = drug
    answers.primary_route = _route(rng, profile, shared, drug, group)
    answers.primary_frequency = frequency
    if rng.random() > unknown:
        answers.primary_age_first_use = min(rng.randint(low, high), answers.age_at_admission)
    days = days_of_use(rng, frequency)
    if days is not None and rng.random() < 0.7:
        answers.primary_days_used_28 = days
    answers.polydrug_problem = codes.YES_NO_YES if rng.random() < 0.08 else codes.YES_NO_NO
    answers.other_substances.extend(_others(rng, shared, answers, drug))
    if group in _ICD10:
        answers.diagnosis_icd_version = codes.DIAGNOSIS_ICD_VERSION_ICD10
        answers.diagnosis_code = _ICD10[group]
        dependence = _ICD10[group].endswith(".2")
        answers.dud_severity = _SEVERITY[dependence]


def _route(
    rng: Random, profile: CountryProfile, shared: Common, drug: int, group: SubstanceGroup
) -> codes.Route.ValueType:
    injecting = {OPIOIDS: profile.injecting_opioids, STIMULANTS: profile.injecting_stimulants}
    if drug in shared.route_of:
        return shared.route_of[drug]
    if rng.random() < injecting.get(group, 0.0):
        return codes.ROUTE_INJECT
    return shared.route[group].draw(rng)


def _others(
    rng: Random, shared: Common, answers: Admission, primary: int
) -> Sequence[OtherSubstance]:
    chosen: list[codes.Substance.ValueType] = []
    for _ in range(2):
        drug = shared.other_substance.draw(rng)
        if drug == codes.SUBSTANCE_NONE:
            break
        if drug != primary and drug not in chosen:
            chosen.append(drug)
    return [
        OtherSubstance(
            substance=drug,
            route=_ROUTE_OF_OTHER.get(drug, codes.ROUTE_EAT_DRINK),
            frequency=shared.frequency.draw(rng),
            age_first_use=min(answers.age_at_admission, rng.randint(12, 24)),
        )
        for drug in chosen
    ]


def _set_injecting(rng: Random, shared: Common, answers: Admission) -> None:
    status = _injecting_status(rng, answers)
    answers.injecting = status
    if status == codes.INJECTING_STATUS_UNKNOWN:
        return
    if status == _NEVER_INJECTED:
        answers.needle_sharing = codes.SHARING_STATUS_NEVER_SHARED
        return
    first_use = min(answers.primary_age_first_use or 15, answers.age_at_admission)
    answers.age_first_injection = rng.randint(first_use, answers.age_at_admission)
    sharing = shared.sharing.draw(rng)
    recent = codes.SHARING_STATUS_SHARED_LAST_12_MONTHS_NOT_LAST_30_DAYS
    if status == _INJECTING_NOW and rng.random() < 0.1:
        sharing = codes.SHARING_STATUS_CURRENTLY_SHARING_LAST_30_DAYS
    elif sharing == recent and status in _EVER_INJECTED[:2]:
        sharing = codes.SHARING_STATUS_SHARED_NOT_LAST_12_MONTHS
    answers.needle_sharing = sharing
    answers.injecting_by_substance.append(
        InjectedSubstance(substance=answers.primary_substance, injecting=status)
    )


def _injecting_status(rng: Random, answers: Admission) -> codes.InjectingStatus.ValueType:
    used_lately = answers.primary_frequency in (1, 2, 3, 4)
    if answers.primary_route == codes.ROUTE_INJECT:
        return _INJECTING_NOW if used_lately else _pick(rng, _EVER_INJECTED)
    chance = rng.random()
    if chance < 0.02:
        return codes.INJECTING_STATUS_UNKNOWN
    injects = substance_group(answers.primary_substance) in (OPIOIDS, STIMULANTS)
    return _pick(rng, _EVER_INJECTED) if injects and chance < 0.12 else _NEVER_INJECTED


def _set_infections(rng: Random, shared: Common, answers: Admission) -> None:
    exposed = answers.injecting in (*_EVER_INJECTED, _INJECTING_NOW)
    answers.hiv_test = shared.test.draw(rng)
    if answers.hiv_test in _TESTED:
        positive = rng.random() < (0.12 if exposed else 0.02)
        answers.hiv_result = codes.TEST_RESULT_POSITIVE if positive else codes.TEST_RESULT_NEGATIVE
        if positive:
            answers.on_art = codes.YES_NO_YES if rng.random() < 0.8 else codes.YES_NO_NO
    answers.hcv_test = shared.test.draw(rng)
    if answers.hcv_test in _TESTED:
        answers.hcv_result = _hcv_result(rng, exposed)
        if answers.hcv_result == codes.HCV_RESULT_RNA_POSITIVE_CURRENT_INFECTION:
            answers.hcv_treatment = _pick(rng, _HCV_TREATMENT)
    answers.hbv_vaccination = _pick(rng, _HBV)
    answers.tb_screened = _pick(rng, _SCREENED)


def _hcv_result(rng: Random, exposed: bool) -> codes.HcvResult.ValueType:
    chance = rng.random()
    if chance > (0.42 if exposed else 0.04):
        return codes.HCV_RESULT_ANTIBODY_NEGATIVE
    if chance < (0.26 if exposed else 0.02):
        return codes.HCV_RESULT_RNA_POSITIVE_CURRENT_INFECTION
    return codes.HCV_RESULT_ANTIBODY_POSITIVE_RNA_NEGATIVE


def _set_wellbeing(
    rng: Random, profile: CountryProfile, shared: Common, answers: Admission
) -> None:
    unknown = rng.random() < 2 * profile.unknown
    comorbidity = shared.comorbidity.draw(rng)
    answers.comorbidity = codes.COMORBIDITY_UNKNOWN if unknown else comorbidity
    overdose = substance_group(answers.primary_substance) == OPIOIDS and rng.random() < 0.25
    answers.overdose_lifetime = codes.YES_NO_YES if overdose else codes.YES_NO_NO
    answers.overdose_last_12m = rng.randint(0, 2) if overdose else 0
    answers.take_home_naloxone = codes.YES_NO_YES if overdose else codes.YES_NO_NO
    answers.military_veteran = codes.YES_NO_YES if rng.random() < 0.02 else codes.YES_NO_NO
    answers.self_help_last_30d = rng.randint(1, 12) if rng.random() < 0.15 else 0
    if answers.sex == codes.SEX_FEMALE:
        answers.gbv_screened = codes.YES_NO_YES if rng.random() < 0.5 else codes.YES_NO_NO
    if substance_group(answers.primary_substance) in (COCAINE, STIMULANTS):
        answers.scaleup_cohort = rng.random() < 0.1


def _set_history(rng: Random, shared: Common, answers: Admission, opioid: bool) -> int | None:
    chance = rng.random()
    if chance < shared.journeys.never_treated_before:
        answers.treatment_status = codes.TREATMENT_STATUS_NEVER_PREVIOUSLY_TREATED
        answers.prior_episodes_n = 0
    elif chance < 0.94:
        answers.treatment_status = codes.TREATMENT_STATUS_PREVIOUSLY_TREATED
        answers.prior_episodes_n = min(15, 1 + int(rng.expovariate(0.6)))
    else:
        answers.treatment_status = codes.TREATMENT_STATUS_UNKNOWN
    if not opioid:
        return None
    before = answers.treatment_status == codes.TREATMENT_STATUS_PREVIOUSLY_TREATED
    if before and rng.random() < 0.45:
        answers.oat_status = codes.OAT_STATUS_EVER_NOT_CURRENT
        return min(rng.randint(1, 12), max(1, answers.age_at_admission - 16))
    answers.oat_status = codes.OAT_STATUS_NEVER
    return None


def _set_measures(rng: Random, shared: Common, answers: Admission, group: SubstanceGroup) -> None:
    if rng.random() > shared.journeys.measures_taken or not answers.HasField(
        "primary_days_used_28"
    ):
        return
    top = answers.baseline_top
    setattr(top, top_field(answers.primary_substance, group), answers.primary_days_used_28)
    top.days_alcohol = rng.choice((0, 0, 0, 2, 4, 8, 20))
    top.days_injected = answers.primary_days_used_28 if answers.injecting == _INJECTING_NOW else 0
    top.psychological_health = rng.randint(4, 14)
    top.physical_health = rng.randint(5, 15)
    top.quality_of_life = rng.randint(4, 14)
    top.days_paid_work = rng.randint(8, 22) if answers.labour in (1, 2) else 0
    top.days_education = rng.randint(5, 20) if answers.labour == codes.LABOUR_STUDENT else 0


def _pick(rng: Random, choices: Sequence[T]) -> T:
    return choices[int(rng.random() * len(choices))]
