"""Codes as the cells spell them."""

from treatment.common.v1 import codes_pb2

UNKNOWN = "UNKNOWN"
UNSPECIFIED_CODE, REFUSED_CODE, NOT_APPLICABLE_CODE, UNKNOWN_CODE = 0, 97, 98, 99
NO_SUBSTANCE = 96
ALCOHOL, NICOTINE = 80, 81
LEGAL_SUBSTANCES = frozenset({ALCOHOL, NICOTINE})

STRUCTURED_INTERVENTIONS = frozenset({*range(2, 17), 25})
OAT_INTERVENTIONS = frozenset({3, 4, 5})
CONTINUUM_SETTINGS = frozenset(range(1, 7))
LOW_THRESHOLD_SETTINGS = frozenset({1, 9})
OUTPATIENT_SETTINGS = frozenset({1, 2, 3, 6, 8, 9})

OWN_USE = 1
NEVER_TREATED, PREVIOUSLY_TREATED = 1, 2
REVIEW, DISCHARGE, FOLLOW_UP, DEATH = 1, 2, 3, 5
YES, NO = 1, 2
ACTIVE = 1
NOT_MET, PARTIALLY_MET, FULLY_MET = 1, 2, 3

WOMAN = 2
PREGNANT, NOT_PREGNANT, POSTPARTUM = 1, 2, 3
UNSTABLE_OR_HOMELESS = frozenset({21, 22})
COMORBIDITY_DIAGNOSED = 1
ALTERNATIVE_STAGES = frozenset(range(1, 6))
VOLUNTARY, WITHOUT_CONSENT = 1, 3
NEVER_INJECTED, CURRENTLY_INJECTING = 1, 23
EVER_INJECTED = frozenset({2, 21, 22, CURRENTLY_INJECTING})
TESTED_IN_12_MONTHS = 22
TEST_STATUSES = frozenset({1, 2, 21, TESTED_IN_12_MONTHS})
HIV_POSITIVE = 2
KNOWN_SEXES = frozenset({"MALE", "FEMALE", "OTHER_OR_INTERSEX"})

PRISON = 7
USED_IN_LAST_30_DAYS = frozenset({1, 2, 3, 4})
STABLE_HOUSING = 1
WORKING_OR_STUDYING = frozenset({1, 2, 3})
INTERVIEWED, FOUND_DEAD = frozenset({1, 2}), 6
OVERDOSE, CAUSE_UNKNOWN = 1, 99

DIED = 60
TRANSFERRED = frozenset({21, 22})
PLANNED = frozenset({11, 12, 13, 14, 15}) | TRANSFERRED
COMPLETED = frozenset({11, 12, 13, 14})
SUCCESSFUL = frozenset({11, 12})
UNPLANNED = frozenset({31, 32, 33, 41, 42, 83})
CRIMINAL_JUSTICE_REFERRALS = frozenset(range(71, 80))

AGE_BANDS = ((14, "<15"), *((low + 4, f"{low}-{low + 4}") for low in range(15, 65, 5)))
AGE_GROUPS = ((17, "<18"), (24, "18-24"), (44, "25-44"), (64, "45-64"))
SUBSTANCE_GROUPS = (
    (10, 19, "OPIOIDS"),
    (20, 24, "COCAINE"),
    (30, 38, "STIMULANTS"),
    (40, 46, "SEDATIVES"),
    (50, 54, "HALLUCINOGENS"),
    (60, 60, "INHALANTS"),
    (70, 74, "CANNABIS"),
    (80, 80, "ALCOHOL"),
    (81, 81, "NICOTINE"),
    (90, 92, "OTHER"),
)


def _label(enum: str, prefix: str, code: int) -> str:
    """The name of a code without its list's prefix; of an absent answer UNKNOWN."""
    if code == UNSPECIFIED_CODE:
        return UNKNOWN
    named = codes_pb2.DESCRIPTOR.enum_types_by_name[enum].values_by_number[code].name
    return str(named).removeprefix(prefix)


def sex(code: int) -> str:
    return _label("Sex", "SEX_", code)


def setting(code: int) -> str:
    return _label("Setting", "SETTING_", code)


def substance(code: int) -> str:
    return _label("Substance", "SUBSTANCE_", code)


def referral(code: int) -> str:
    return _label("Referral", "REFERRAL_", code)


def admission_kind(code: int) -> str:
    return _label("AdmissionKind", "ADMISSION_KIND_", code)


def discharge_reason(code: int) -> str:
    return _label("DischargeReason", "DISCHARGE_REASON_", code)


def death_cause(code: int) -> str:
    return _label("DeathCause", "DEATH_CAUSE_", code)


def wave(code: int) -> str:
    return _label("FollowUpWave", "FOLLOW_UP_WAVE_", code)


def service(code: int) -> str:
    return _label("TedsService", "TEDS_SERVICE_", code)


def ownership(code: int) -> str:
    return _label("Ownership", "OWNERSHIP_", code)


def ati_stage(code: int) -> str:
    return _label("AtiStage", "ATI_STAGE_", code)


def ati_measure(code: int) -> str:
    return _label("AtiMeasure", "ATI_MEASURE_", code)


def route(code: int) -> str:
    return _label("Route", "ROUTE_", code)


def assessor_kind(code: int) -> str:
    return _label("AssessorKind", "ASSESSOR_KIND_", code)


def intervention(code: int) -> str:
    return _label("Intervention", "INTERVENTION_", code)


def training_kind(code: int) -> str:
    return _label("TrainingKind", "TRAINING_KIND_", code)


def sector(code: int) -> str:
    return _label("Sector", "SECTOR_", code)


def centre_type(code: int) -> str:
    return _label("TdiCentreType", "TDI_CENTRE_TYPE_", code)


def substance_group(code: int) -> str:
    for low, high, name in SUBSTANCE_GROUPS:
        if low <= code <= high:
            return name
    return UNKNOWN


def is_opioid(substance_code: int) -> bool:
    return substance_group(substance_code) == "OPIOIDS"


def is_stimulant(substance_code: int) -> bool:
    """Cocaine and the other stimulants."""
    return substance_group(substance_code) in ("COCAINE", "STIMULANTS")


def is_known_substance(code: int) -> bool:
    return code not in (UNSPECIFIED_CODE, NO_SUBSTANCE, UNKNOWN_CODE)


def yes_or_no(answer: bool) -> str:
    return "YES" if answer else "NO"


def _first_reaching(age: int, bands: tuple[tuple[int, str], ...]) -> str:
    for oldest, name in bands:
        if age <= oldest:
            return name
    return "65+"


def age_band(age: int) -> str:
    return _first_reaching(age, AGE_BANDS)


def age_group(age: int) -> str:
    return _first_reaching(age, AGE_GROUPS)


def is_known(code: int) -> bool:
    """97 and 99 are not known; 98 and absent ask nothing."""
    return code not in (UNSPECIFIED_CODE, REFUSED_CODE, NOT_APPLICABLE_CODE, UNKNOWN_CODE)


def client_group(named: set[int]) -> str:
    """The group of NDTMS: any opiate; else other drugs with or without alcohol; else alcohol."""
    drugs = named - {UNSPECIFIED_CODE, ALCOHOL, NICOTINE, NO_SUBSTANCE, UNKNOWN_CODE}
    if any(10 <= each <= 19 for each in drugs):
        return "OPIATE"
    if drugs:
        return "NON_OPIATE_AND_ALCOHOL" if ALCOHOL in named else "NON_OPIATE_ONLY"
    return "ALCOHOL_ONLY" if ALCOHOL in named else UNKNOWN
