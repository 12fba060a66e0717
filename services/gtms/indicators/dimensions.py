"""The dimensions by which indicators are divided, with their labels.

Codes and labels come from the code lists; bands and drug groups from `gtms.records.bands`.
"""

from collections.abc import Sequence

from gtms.indicators.definition import Dimension
from gtms.records import bands
from gtms.records.codes import CLIENT_GROUPS, CODE_LISTS, SubstanceGroup, substance_group


def _labels(code_list: str) -> dict[int, str]:
    return {code.number: code.label for code in CODE_LISTS[code_list].codes}


def _coded(name: str, code_list: str, column: str | None = None) -> Dimension:
    return Dimension(name, column or name, _labels(code_list))


def _banded(name: str, starts: Sequence[int], labels: Sequence[str]) -> Dimension:
    """Numbers its bands from 1, so that an age that is not known (0 in a row) has a place."""
    bounds = ", ".join(f"age < {start}, {number}" for number, start in enumerate(starts[1:], 1))
    code = f"multiIf(age = 0, 0, {bounds}, {len(starts)})"
    return Dimension(name, code, dict(enumerate(labels, 1)))


def _grouped(name: str) -> Dimension:
    """The TDI groups of the primary substance."""
    numbers = {group: number for number, group in enumerate(SubstanceGroup, 1)}
    substances = [code.number for code in CODE_LISTS["Substance"].codes]
    groups = [numbers[substance_group(substance)] for substance in substances]
    code = f"transform(substance, {substances}, {groups}, {numbers[SubstanceGroup.UNKNOWN]})"
    return Dimension(name, code, {number: str(group) for group, number in numbers.items()})


SEX = _coded("sex", "Sex")
AGE_BAND = _banded("age_band", bands.AGE_BAND_STARTS, bands.AGE_BAND_LABELS)
AGE_GROUP = _banded("age_group", bands.AGE_GROUP_STARTS, bands.AGE_GROUP_LABELS)
SUBSTANCE = _coded("substance", "Substance")
SUBSTANCE_GROUP = _grouped("substance_group")
CLIENT_GROUP = Dimension("client_group", "client_group", CLIENT_GROUPS)
SETTING = _coded("setting", "Setting")
REFERRAL = _coded("referral", "Referral")
ADMISSION_KIND = _coded("admission_kind", "AdmissionKind")
SERVICE = _coded("service", "TedsService")
DISCHARGE_REASON = _coded("discharge_reason", "DischargeReason")
OWNERSHIP = _coded("ownership", "Ownership")
CENTRE_TYPE = _coded("centre_type", "TdiCentreType")
TREATMENT_HISTORY = Dimension("treatment_history", "history", {1: "FIRST_TIME", 2: "PREVIOUS"})
OAT = Dimension("oat", "oat", {0: "NO", 1: "YES"})
FAMILY = Dimension("family", "family", {2: "CAPACITY", 3: "QA", 4: "ADMISSION", 5: "OUTCOME"})
ADMIN1 = Dimension("admin1", "admin1", None)
FACILITY = Dimension("facility", "facility", None)
FIELD = Dimension("field", "field", None)
STANDARD = Dimension("standard", "standard", None)
WAVE = _coded("wave", "FollowUpWave")
DOMAIN = Dimension(
    "domain", "domain", {1: "PHYSICAL", 2: "PSYCHOLOGICAL", 3: "SOCIAL", 4: "ENVIRONMENT"}
)
ROUTE = _coded("route", "Route")
ATI_STAGE = _coded("ati_stage", "AtiStage")
ATI_MEASURE = _coded("ati_measure", "AtiMeasure")
UNDER_18 = Dimension("under_18", "age < 18", {0: "NO", 1: "YES"})
AGE_25 = Dimension("age_25", "age >= 25", {0: "<25", 1: "25+"})
INTERVENTION = _coded("intervention", "Intervention")
ASSESSOR_KIND = _coded("assessor_kind", "AssessorKind")
TRAINING_KIND = _coded("kind", "TrainingKind")
SECTOR = _coded("sector", "Sector")
EVENT = Dimension("event", "event", None)
PARTICIPANT_COUNTRY = Dimension("participant_country", "participant_country", None)
COUNTRY_HELD = Dimension("country_held", "country_held", None)
INDICATOR = Dimension("indicator", "indicator", None)
CAUSE = _coded("cause", "DeathCause")
