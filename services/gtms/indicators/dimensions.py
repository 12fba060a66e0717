"""The dimensions by which indicators are divided, with their labels.

Codes and labels come from the code lists; bands and drug groups from `gtms.records.bands`.
"""

from collections.abc import Sequence

from gtms.indicators.definition import Dimension
from gtms.records import bands, codes


def _coded(name: str, code_list: str, column: str | None = None) -> Dimension:
    return Dimension(name, column or name, codes.labels(code_list))


def _banded(name: str, starts: Sequence[int], labels: Sequence[str]) -> Dimension:
    """Numbers its bands from 1, so that an age that is not known (0 in a row) has a place."""
    bounds = ", ".join(f"age < {start}, {number}" for number, start in enumerate(starts[1:], 1))
    code = f"multiIf(age = 0, 0, {bounds}, {len(starts)})"
    return Dimension(name, code, dict(enumerate(labels, 1)))


SEX = _coded("sex", "Sex")
AGE_BAND = _banded("age_band", bands.AGE_BAND_STARTS, bands.AGE_BAND_LABELS)
AGE_GROUP = _banded("age_group", bands.AGE_GROUP_STARTS, bands.AGE_GROUP_LABELS)
SUBSTANCE = Dimension("substance", "substance", codes.labels("Substance"))
SUBSTANCE_GROUP = Dimension(
    "substance_group",
    "multiIf(substance IN (0, 96, 99), 99, substance = 81, 10, intDiv(substance, 10))",
    bands.SUBSTANCE_GROUP_LABELS,
)
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
