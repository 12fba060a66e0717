"""What is done where: interventions, TEDS services and usual stays of each setting."""

from __future__ import annotations

from random import Random
from typing import TypeAlias

from gtms.simulate.clients import STIMULANTS, Client
from gtms.simulate.facilities import GENERAL, INPATIENT, OUTPATIENT, PRISON, RESIDENTIAL, TELEHEALTH
from treatment.common.v1 import codes_pb2 as codes

Interventions: TypeAlias = "tuple[codes.Intervention.ValueType, ...]"

_DETOX_SERVICES = (
    codes.TEDS_SERVICE_DETOX_24H_FREESTANDING_RESIDENTIAL,
    codes.TEDS_SERVICE_DETOX_24H_HOSPITAL_INPATIENT,
)
_AMBULATORY = (
    codes.TEDS_SERVICE_AMBULATORY_NON_INTENSIVE_OUTPATIENT,
    codes.TEDS_SERVICE_AMBULATORY_INTENSIVE_OUTPATIENT,
)


def usual_stay(setting: codes.Setting.ValueType, on_oat: bool, detox: bool) -> str:
    """Which of the lengths of stay in the figures fits."""
    if on_oat:
        return "OAT"
    if setting == INPATIENT:
        return "WITHDRAWAL" if detox else "SHORT_TERM_INPATIENT"
    return {RESIDENTIAL: "LONG_TERM_RESIDENTIAL", PRISON: "PRISON"}.get(setting, "OUTPATIENT")


def teds_service(
    rng: Random, setting: codes.Setting.ValueType, detox: bool
) -> codes.TedsService.ValueType:
    """TEDS SERVICES; 0 where TEDS has no code for the setting."""
    if setting == INPATIENT:
        if detox:
            return _DETOX_SERVICES[rng.random() < 0.2]
        return codes.TEDS_SERVICE_REHAB_SHORT_TERM_LE_30D
    if setting == RESIDENTIAL:
        return codes.TEDS_SERVICE_REHAB_LONG_TERM_GT_30D
    if setting in (OUTPATIENT, TELEHEALTH):
        return _AMBULATORY[rng.random() < 0.2]
    return codes.TEDS_SERVICE_UNSPECIFIED


_COUNSELLING = codes.INTERVENTION_OTHER_COUNSELLING
_CBT = codes.INTERVENTION_CBT_RELAPSE_PREVENTION
_MOTIVATION = codes.INTERVENTION_MOTIVATIONAL_INTERVENTION
_REINFORCEMENT = codes.INTERVENTION_COMMUNITY_REINFORCEMENT_APPROACH
_FAMILY = codes.INTERVENTION_FAMILY_THERAPY
_COMMUNITY = codes.INTERVENTION_THERAPEUTIC_COMMUNITY_REHABILITATION
_TWELVE_STEPS = codes.INTERVENTION_TWELVE_STEP_MUTUAL_AID_FACILITATION
_CASE = codes.INTERVENTION_CASE_MANAGEMENT
_MEDICINE = codes.INTERVENTION_OTHER_PHARMACOTHERAPY
_MENTAL = codes.INTERVENTION_MENTAL_HEALTH_TREATMENT
_CONTINGENCY = codes.INTERVENTION_CONTINGENCY_MANAGEMENT
_WITHDRAWAL = codes.INTERVENTION_WITHDRAWAL_MANAGEMENT
_NALOXONE = codes.INTERVENTION_TAKE_HOME_NALOXONE
_METHADONE = codes.INTERVENTION_OAT_METHADONE
_BUPRENORPHINE = codes.INTERVENTION_OAT_BUPRENORPHINE
_USUAL: dict[codes.Setting.ValueType, tuple[Interventions, ...]] = {
    RESIDENTIAL: (
        (_COMMUNITY, _TWELVE_STEPS),
        (_COMMUNITY, _FAMILY),
        (_COMMUNITY, _CBT, codes.INTERVENTION_EMPLOYMENT_EDUCATION_SUPPORT),
    ),
    PRISON: (
        (_CBT, codes.INTERVENTION_HIV_TESTING_TREATMENT),
        (_COMMUNITY, _COUNSELLING),
        (_MOTIVATION, _CASE),
    ),
    TELEHEALTH: ((_CBT, _COUNSELLING), (_MOTIVATION, _COUNSELLING)),
    GENERAL: ((_COUNSELLING, _CASE), (_MEDICINE, _COUNSELLING)),
    INPATIENT: ((_CBT, _MOTIVATION), (_CBT, _FAMILY), (_MENTAL, _CBT)),
    OUTPATIENT: (
        (_CBT, _MOTIVATION),
        (_COUNSELLING,),
        (_MOTIVATION, _CASE),
        (_FAMILY, _COUNSELLING),
        (_REINFORCEMENT, _COUNSELLING),
        (_MENTAL, _COUNSELLING),
        (_TWELVE_STEPS, _COUNSELLING),
    ),
}
_OAT: tuple[Interventions, ...] = (
    (_METHADONE, _COUNSELLING),
    (_METHADONE, _CASE, _NALOXONE),
    (_BUPRENORPHINE, _COUNSELLING),
    (_BUPRENORPHINE, _CBT, _NALOXONE),
)
_DETOX: tuple[Interventions, ...] = (
    (_WITHDRAWAL, _MOTIVATION),
    (_WITHDRAWAL, _COUNSELLING),
    (_WITHDRAWAL, _MEDICINE),
)
_STIMULANT: tuple[Interventions, ...] = (
    (_CONTINGENCY, _CBT),
    (_CONTINGENCY, _REINFORCEMENT),
    (_CBT, _MOTIVATION),
    (_CBT, _MENTAL),
)


def planned_interventions(
    rng: Random, client: Client, setting: codes.Setting.ValueType, on_oat: bool, detox: bool
) -> Interventions:
    """What is planned at admission, the main treatment first."""
    if on_oat:
        choices: tuple[Interventions, ...] = _OAT
    elif detox:
        choices = _DETOX
    elif setting == OUTPATIENT and client.group == STIMULANTS:
        choices = _STIMULANT
    else:
        choices = _USUAL[setting]
    return choices[int(rng.random() * len(choices))]
