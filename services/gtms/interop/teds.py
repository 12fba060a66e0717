"""TEDS public-use files: one row becomes an admission and, in TEDS-D, the discharge that ended it.

What is a table stands in `mappings/`; here is what has to be worked out: who, where, when, and what
two variables together forbid. A row is the episode of a person of its own: TEDS has no person, so
the pseudonym comes from the case number and says `linkage_level` 5.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gtms.events.envelope import RecordMessage
from gtms.families import FAMILIES, Family
from gtms.interop.mapping import MISSING, FileMapping
from gtms.interop.rows import Converted, Finding, Loss, Outgoing
from gtms.interop.source import FileTrouble, Layout, Row
from gtms.interop.translate import CodeReader, Codes, Translator
from treatment.admissions.v1.admission_pb2 import Admission, AdmissionRecord
from treatment.common.v1 import codes_pb2 as code
from treatment.facilities.v1.facility_pb2 import FacilityRecord
from treatment.outcomes.v1.outcome_pb2 import OutcomeRecord

LINKAGE_ALGO = "teds-caseid/1"
# Public on purpose: it separates these pseudonyms from all others, and hides nothing, since the
# case number it stands for is published.
PUBLIC_LABEL = b"gtms/teds-caseid/1"
YEARS = range(1980, 2100)
# R045 lets these stand twice: they are collections of several substances.
COLLECTIONS = frozenset({15, 35, 44, 53, 74, 90, 99})
PLANNED = frozenset({11, 12, 13, 14, 15, 21, 22})
_MID_YEAR = (7, 1)
_CASE = re.compile("[0-9]{1,20}")
_OUTPATIENT = code.SETTING_SPECIALIZED_OUTPATIENT


@dataclass(frozen=True, slots=True)
class Case:
    """Who, where and when a row is about. `days`: the stay as TEDS counts it, None in TEDS-A."""

    episode_id: str
    facility_id: str
    pseudonym: str
    year: int
    days: int | None

    @property
    def label(self) -> str:
        """How reports name it."""
        return f"{self.facility_id}/{self.episode_id}"


class TedsConversion:
    """Converts the rows of one TEDS file; the first row of a state brings its facility."""

    def __init__(
        self, mapping: FileMapping, layout: Layout, year: int | None = None, revision: int = 1
    ) -> None:
        self._mapping = mapping
        self._revision = revision
        places = _places(mapping, layout)
        self._reader = CodeReader(mapping, places)
        self._to = {record: Translator(targets) for record, targets in mapping.targets.items()}
        self._year = year
        self._year_variable = "DISYR" if "DISYR" in mapping.variables else "ADMYR"
        self._facilities_met: set[tuple[str, int]] = set()
        self._notes = _notes(mapping, layout, places)

    @property
    def families(self) -> Sequence[Family]:
        """Facilities before what happens in them, admissions before discharges."""
        names = ["facility", "admission"]
        return [FAMILIES[name] for name in (*names, *(["outcome"] if self._ends else []))]

    @property
    def notes(self) -> Sequence[str]:
        """Which columns are ignored, and which variables the file does not have."""
        return self._notes

    @property
    def _ends(self) -> bool:
        return bool(self._mapping.targets["outcome"])

    def convert(self, row: Row) -> Converted:
        """The records of one row; findings instead when it cannot be an episode."""
        if row.broken:
            return Converted(row.number, findings=[_finding(row, "", "FORMAT", "", row.broken)])
        codes = self._reader.read(row.cells)
        if all(held == MISSING for held in codes.values()):
            return Converted(row.number)
        case = self._case(row, codes)
        if not isinstance(case, Case):
            return Converted(row.number, findings=case)
        found = self._to["admission"].translate(codes)
        found.losses.extend(self._to["stay"].translate(codes).losses)
        admission = AdmissionRecord()
        admission.envelope.record_version = self._revision
        self._to["admission"].fill(admission.record, found)
        _derive_admission(admission.record, case, found.losses)
        first = int(admission.record.admission_date[:4])
        records = [
            *self._facilities(row, case, codes, first),
            _outgoing(row, "admission", admission, case),
        ]
        if self._ends:
            records.append(self._outcome(row, case, codes, found.losses))
        return Converted(row.number, records, losses=found.losses)

    def _case(self, row: Row, codes: Codes) -> Case | list[Finding]:
        number, state = codes["CASEID"], codes["STFIPS"]
        label = number if _CASE.fullmatch(number) else ""
        problems = [
            _finding(row, label, "R006", name, "not in the code book of this variable")
            for name in self._reader.unknown(codes)
        ]
        year = self._year_of(codes)
        days = self._to["stay"].translate(codes).values.get("days", (None,))
        if not label:
            problems.append(_finding(row, label, "R001", "CASEID", "the case number is missing"))
        if state not in self._mapping.states:
            problems.append(_finding(row, label, "R006", "STFIPS", "missing, or not a state"))
        if year is None:
            problems.append(
                _finding(row, label, "R001", self._year_variable, "no year; say --year")
            )
        problems += [
            _finding(row, label, "R001", name, "missing")
            for name in ("AGE", *(["LOS"] if self._ends else []))
            if codes[name] == MISSING
        ]
        if problems or year is None:
            return problems
        episode = f"{self._mapping.name.upper()}-{year}-{number}"
        pseudonym = _pseudonym(self._mapping.name, year, number)
        length = days[0] if isinstance(days[0], int) else None
        return Case(episode, f"TEDS-{int(state):02d}", pseudonym, year, length)

    def _year_of(self, codes: Codes) -> int | None:
        for said in (codes[self._year_variable], str(self._year or ""), codes["CASEID"][:4]):
            if re.fullmatch("[0-9]{4}", said) and int(said) in YEARS:
                return int(said)
        return None

    def _facilities(self, row: Row, case: Case, codes: Codes, first: int) -> list[Outgoing]:
        """The stand-in facility in the years from `first` to that of the case, unless met before.

        One record per year: the file says of no other year that the state reported.
        """
        met = [(case.facility_id, year) for year in range(first, case.year + 1)]
        new = [one for one in met if one not in self._facilities_met]
        self._facilities_met.update(new)
        return [self._facility(row, case, codes, year) for _, year in new]

    def _facility(self, row: Row, case: Case, codes: Codes, year: int) -> Outgoing:
        facility = FacilityRecord()
        to = self._to["facility"]
        to.fill(facility.record, to.translate(codes))
        facility.record.facility_id = case.facility_id
        facility.record.valid_from = date(year, 1, 1).isoformat()
        facility.record.valid_to = date(year, 12, 31).isoformat()
        facility.record.admin1_code = self._mapping.states[codes["STFIPS"]]
        facility.record.name = f"All facilities of {facility.record.admin1_code} in TEDS"
        label = f"{case.facility_id}/{facility.record.valid_from}"
        return Outgoing(row.number, FAMILIES["facility"], facility, label)

    def _outcome(self, row: Row, case: Case, codes: Codes, losses: list[Loss]) -> Outgoing:
        found = self._to["outcome"].translate(codes)
        losses.extend(found.losses)
        outcome = OutcomeRecord()
        outcome.envelope.record_version = self._revision
        self._to["outcome"].fill(outcome.record, found)
        outcome.record.outcome_id = f"{case.episode_id}-D"
        outcome.record.episode_id = case.episode_id
        outcome.record.facility_id = case.facility_id
        outcome.record.client_pseudonym = case.pseudonym
        outcome.record.event_date = date(case.year, *_MID_YEAR).isoformat()
        outcome.record.planned = outcome.record.discharge_reason in PLANNED
        return _outgoing(row, "outcome", outcome, case)


def _derive_admission(admission: Admission, case: Case, losses: list[Loss]) -> None:
    admission.episode_id = case.episode_id
    admission.facility_id = case.facility_id
    admission.client_pseudonym = case.pseudonym
    start = _start(case, admission.setting)
    admission.admission_date = start.isoformat()
    admission.birth_year = start.year - admission.age_at_admission
    _keep_different(admission, losses)
    _cap_ages(admission, losses)
    for substance, route, frequency in _substances(admission):
        if route == code.ROUTE_INJECT and substance != code.SUBSTANCE_UNKNOWN:
            admission.injecting_by_substance.add(
                substance=substance, injecting=_injecting(frequency)
            )


def _start(case: Case, setting: int) -> date:
    """Mid-year in TEDS-A; in TEDS-D the stay before the discharge, which is put at mid-year.

    TEDS adds a day to the stay of outpatients, and so do the indicators: it is taken off here.
    """
    middle = date(case.year, *_MID_YEAR)
    if case.days is None:
        return middle
    return middle - timedelta(days=case.days - (1 if setting == _OUTPATIENT else 0))


def _keep_different(admission: Admission, losses: list[Loss]) -> None:
    """Drop other substances that are none, or that are named already (R045, R046)."""
    kept, named = [], {admission.primary_substance}
    for position, other in enumerate(admission.other_substances, start=2):
        if not other.substance:
            continue
        if other.substance in named - COLLECTIONS:
            reason = "the same substance is named already (R045): dropped"
            losses.append(Loss(f"SUB{position}", "other_substances", reason))
            continue
        named.add(other.substance)
        kept.append(other)
    del admission.other_substances[:]
    admission.other_substances.extend(kept)


def _cap_ages(admission: Admission, losses: list[Loss]) -> None:
    """The middle of an age band may lie above the age at admission (R037)."""
    age, reason = admission.age_at_admission, "taken as the age at admission, which is lower (R037)"
    if admission.primary_age_first_use > age:
        admission.primary_age_first_use = age
        losses.append(Loss("FRSTUSE1", "primary_age_first_use", reason))
    for other in admission.other_substances:
        if other.age_first_use > age:
            other.age_first_use = age
            losses.append(Loss("FRSTUSE2, FRSTUSE3", "other_substances.age_first_use", reason))


def _substances(admission: Admission) -> list[tuple[int, int, int]]:
    first = (admission.primary_substance, admission.primary_route, admission.primary_frequency)
    others = ((o.substance, o.route, o.frequency) for o in admission.other_substances)
    return [first, *others]


def _injecting(frequency: int) -> code.InjectingStatus.ValueType:
    if frequency == code.FREQUENCY_NOT_USED_LAST_30_DAYS:
        return code.INJECTING_STATUS_EVER_INJECTED_TIME_UNKNOWN
    return code.INJECTING_STATUS_CURRENTLY_INJECTING_LAST_30_DAYS


def _pseudonym(mapping: str, year: int, number: str) -> str:
    identity = "\x1f".join((mapping, str(year), number)).encode()
    return hmac.new(PUBLIC_LABEL, identity, hashlib.sha256).hexdigest()[:32]


def _outgoing(row: Row, family: str, record: RecordMessage, case: Case) -> Outgoing:
    label = case.label if family == "admission" else f"{case.label}-D"
    return Outgoing(row.number, FAMILIES[family], record, label)


def _finding(row: Row, label: str, rule_id: str, field: str, message: str) -> Finding:
    return Finding(row.number, label, "", "ERROR", rule_id, field, message)


def _places(mapping: FileMapping, layout: Layout) -> dict[str, int]:
    """Where each variable stands in the file.

    Raises:
        FileTrouble: a variable stands there twice, or a required one not at all.
    """
    places: dict[str, int] = {}
    for place_in_file, name in enumerate(layout.names):
        variable = variable_named(mapping, name)
        if variable in places:
            raise FileTrouble(f"the column {variable} is there twice")
        if variable is not None:
            places[variable] = place_in_file
    absent = [name for name in mapping.required if name not in places]
    if absent:
        raise FileTrouble(f"not a {mapping.name} file: no column {', '.join(absent)}")
    return places


def variable_named(mapping: FileMapping, name: str) -> str | None:
    """The variable that a column name stands for, in any letter case, by alias too."""
    wanted = name.upper()
    for variable in mapping.variables.values():
        if wanted == variable.name or wanted in variable.aliases:
            return variable.name
    return None


def _notes(mapping: FileMapping, layout: Layout, places: dict[str, int]) -> list[str]:
    others = [n for n in layout.names if variable_named(mapping, n) is None]
    foreign = [name or "(no name)" for name in others if name.upper() not in mapping.ignored]
    without_target = [name for name in others if name.upper() in mapping.ignored]
    absent = [name for name in mapping.variables if name not in places]
    said = (
        ("ignored, no target field", without_target),
        (f"ignored, not columns of {mapping.name}", foreign),
        ("not in the file, hence unknown", absent),
    )
    return [f"{what}: {', '.join(names)}" for what, names in said if names]
