"""Facilities, their monthly census and their quality assessments, as messages."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from gtms.simulate.days import Span, iso
from gtms.simulate.facilities import (
    BEDDED,
    CENTRE_TYPE,
    LOW_THRESHOLD,
    Facility,
)
from gtms.simulate.stamps import Dispatch, Noise, Role, Stamp
from treatment.common.v1 import codes_pb2 as codes
from treatment.facilities.v1.facility_capacity_pb2 import FacilityCapacityRecord
from treatment.facilities.v1.facility_pb2 import Facility as FacilityMessage
from treatment.facilities.v1.facility_pb2 import FacilityRecord
from treatment.facilities.v1.qa_assessment_pb2 import QaAssessmentRecord

_FEES = (
    *[codes.FREE_OF_CHARGE_FREE] * 2,
    codes.FREE_OF_CHARGE_SLIDING_FEE,
    codes.FREE_OF_CHARGE_FEE,
)
_ASSESSORS = (
    *[codes.ASSESSOR_KIND_SELF] * 2,
    codes.ASSESSOR_KIND_PEER,
    codes.ASSESSOR_KIND_EXTERNAL_NATIONAL,
    codes.ASSESSOR_KIND_EXTERNAL_INTERNATIONAL,
)
YES, NO = codes.YES_NO_YES, codes.YES_NO_NO
_TOOL, _TOOL_VERSION = "UNODC-KQS", "1"
_STANDARDS = (("S1", 6), ("S2", 5), ("S3", 7), ("S4", 6))  # simulated standards, criteria each
_OAT = (
    codes.INTERVENTION_OAT_METHADONE,
    codes.INTERVENTION_OAT_BUPRENORPHINE,
    codes.INTERVENTION_TAKE_HOME_NALOXONE,
)
_LOW_THRESHOLD = (
    codes.INTERVENTION_NEEDLE_SYRINGE_PROGRAMME,
    codes.INTERVENTION_HIV_TESTING_TREATMENT,
    codes.INTERVENTION_HCV_TESTING_TREATMENT,
)
_TALKING = (
    codes.INTERVENTION_CBT_RELAPSE_PREVENTION,
    codes.INTERVENTION_MOTIVATIONAL_INTERVENTION,
    codes.INTERVENTION_FAMILY_THERAPY,
    codes.INTERVENTION_OTHER_COUNSELLING,
    codes.INTERVENTION_CASE_MANAGEMENT,
)
_WITH_BEDS = (
    codes.INTERVENTION_WITHDRAWAL_MANAGEMENT,
    codes.INTERVENTION_THERAPEUTIC_COMMUNITY_REHABILITATION,
    codes.INTERVENTION_TWELVE_STEP_MUTUAL_AID_FACILITATION,
    codes.INTERVENTION_MENTAL_HEALTH_TREATMENT,
)


class FacilityWriter:
    """Writes everything about the facilities of one country."""

    def __init__(self, rng: Random, noise: Noise, stamp: Stamp, span: Span) -> None:
        self._rng = rng
        self._noise = noise
        self._stamp = stamp
        self._span = span

    def register(self, facility: Facility) -> Iterator[Dispatch]:
        """Its entry in the register: one row, or two when it closes inside the span."""
        opened = self._entry(facility)
        if facility.closed is not None:
            opened.record.valid_to = iso(facility.closed - 1)
        if self._rng.random() < self._noise.corrected:
            wrong = FacilityRecord()
            wrong.CopyFrom(opened)
            wrong.record.ownership = codes.OWNERSHIP_UNKNOWN
            yield Dispatch("facility", wrong, Role.NEW)
            opened.envelope.record_version = 2
            opened.envelope.idempotency_key += "/2"
            yield Dispatch("facility", opened, Role.CORRECTION)
        else:
            yield Dispatch("facility", opened, Role.NEW)
        if facility.closed is not None:
            closed = FacilityRecord()
            closed.record.CopyFrom(opened.record)
            closed.record.ClearField("valid_to")
            closed.record.valid_from = iso(facility.closed)
            closed.record.status = codes.FACILITY_STATUS_CLOSED
            self._stamp.upsert(closed, f"{facility.facility_id}/closed", 1, facility.closed)
            yield Dispatch("facility", closed, Role.NEW)

    def census(self, facility: Facility, day: int) -> Iterator[Dispatch]:
        """The state of a facility on a census day; also sent when nobody is there (nil return)."""
        if not facility.reports or not facility.open_on(day):
            return
        census = self._census(facility, day)
        if self._rng.random() < self._noise.corrected:
            wrong = FacilityCapacityRecord()
            wrong.CopyFrom(census)
            wrong.record.waiting_list = 0
            wrong.record.staff_fte_total = wrong.record.staff_fte_total + 1
            yield Dispatch("capacity", wrong, Role.NEW)
            key = f"{facility.facility_id}/{iso(day)}"
            self._stamp.upsert(census, key, 2, day)
            yield Dispatch("capacity", census, Role.CORRECTION)
        else:
            yield Dispatch("capacity", census, Role.NEW)

    def assessments(self, facility: Facility) -> Iterator[Dispatch]:
        """None, one or two quality assessments inside the span; the second one is better."""
        if not facility.reports or self._rng.random() > 0.6:
            return
        quality = self._rng.uniform(0.35, 0.75)
        day = max(facility.opened, self._span.first) + self._rng.randint(30, 500)
        for number in (1, 2):
            if day > self._span.last or not facility.open_on(day):
                return
            yield Dispatch(
                "qa_assessment", self._assessment(facility, number, day, quality), Role.NEW
            )
            day += self._rng.randint(300, 500)
            quality = min(0.95, quality + self._rng.uniform(0.05, 0.2))

    def _entry(self, facility: Facility) -> FacilityRecord:
        made, rng = FacilityRecord(), self._rng
        entry = made.record
        entry.facility_id = facility.facility_id
        entry.name = f"Simulated facility {facility.number}"
        entry.valid_from = iso(facility.opened)
        entry.status = codes.FACILITY_STATUS_ACTIVE
        entry.admin1_code = facility.admin1
        entry.urban_rural = (
            codes.URBAN_RURAL_URBAN if rng.random() < 0.7 else codes.URBAN_RURAL_RURAL
        )
        entry.ownership = facility.ownership
        entry.settings.extend(facility.settings)
        entry.tdi_centre_type = CENTRE_TYPE[facility.setting]
        entry.interventions.extend(_offered(facility))
        entry.reports_to_system = _yes_no(facility.registers)
        entry.opening_hours_per_week = 168 if facility.setting in BEDDED else rng.randint(30, 60)
        self._set_services(entry)
        self._stamp.upsert(made, facility.facility_id, 1, facility.opened)
        return made

    def _set_services(self, entry: FacilityMessage) -> None:
        rng = self._rng
        entry.licensed = _yes_no(rng.random() < 0.94)
        entry.accredited = _yes_no(rng.random() < 0.5)
        entry.public_funding = _yes_no(rng.random() < 0.7)
        entry.free_of_charge = rng.choice(_FEES)
        entry.accepts_women = _yes_no(rng.random() < 0.88)
        women = entry.accepts_women == YES and rng.random() < 0.2
        entry.women_specific_programme = _yes_no(women)
        entry.childcare_available = _yes_no(women and rng.random() < 0.4)
        entry.youth_programme = _yes_no(rng.random() < 0.25)
        entry.cj_programme = _yes_no(rng.random() < 0.35)
        entry.comorbidity_programme = _yes_no(rng.random() < 0.3)
        entry.hiv_services_onsite = _yes_no(rng.random() < 0.5)
        entry.hcv_services_onsite = _yes_no(rng.random() < 0.4)
        entry.naloxone_available = _yes_no(rng.random() < 0.35)

    def _census(self, facility: Facility, day: int) -> FacilityCapacityRecord:
        made, rng = FacilityCapacityRecord(), self._rng
        census = made.record
        census.facility_id = facility.facility_id
        census.as_of_date = iso(day)
        present = round(facility.caseload * rng.uniform(0.85, 1.1))
        if facility.setting in BEDDED:
            census.beds_total = beds = max(6, round(facility.caseload * 1.2))
            census.beds_occupied = present = min(beds, present)
        else:
            census.outpatient_slots = max(10, round(facility.caseload * 1.25))
        census.clients_on_census_day = present
        census.clients_on_oat = round(present * rng.uniform(0.2, 0.4)) if facility.oat else 0
        census.waiting_list = int(rng.expovariate(1 / 4))
        census.staff_fte_total = staff = 3 + round(facility.caseload / 12)
        census.staff_fte_physician = round(staff * 0.15, 1)
        census.staff_fte_nurse = round(staff * 0.35, 1)
        census.staff_fte_psychosocial = round(staff * 0.4, 1)
        self._stamp.upsert(made, f"{facility.facility_id}/{iso(day)}", 1, day)
        return made

    def _assessment(
        self, facility: Facility, number: int, day: int, quality: float
    ) -> QaAssessmentRecord:
        made, rng = QaAssessmentRecord(), self._rng
        assessment = made.record
        assessment.assessment_id = f"{facility.facility_id}-q{number}"
        assessment.facility_id = facility.facility_id
        assessment.assessment_date = iso(day)
        assessment.tool_code, assessment.tool_version = _TOOL, _TOOL_VERSION
        assessment.assessor_kind = rng.choice(_ASSESSORS)
        for standard, criteria in _STANDARDS:
            for criterion in range(1, criteria + 1):
                assessment.criteria.add(
                    standard_id=standard,
                    criterion_id=f"{standard}.{criterion}",
                    rating=_rating(rng, quality),
                    critical=criterion == 1,
                )
        assessment.improvement_plan = _yes_no(rng.random() < 0.7)
        assessment.next_assessment_due = iso(day + 365)
        self._stamp.upsert(made, assessment.assessment_id, 1, day)
        return made


def _offered(facility: Facility) -> Iterator[codes.Intervention.ValueType]:
    if facility.oat:
        yield from _OAT
    if facility.setting == LOW_THRESHOLD:
        yield from _LOW_THRESHOLD
        return
    yield from _TALKING
    if facility.setting in BEDDED:
        yield from _WITH_BEDS


def _rating(rng: Random, quality: float) -> codes.QaRating.ValueType:
    if rng.random() < 0.03:
        return codes.QA_RATING_NOT_APPLICABLE
    if rng.random() < quality:
        return codes.QA_RATING_FULLY_MET
    return codes.QA_RATING_PARTIALLY_MET if rng.random() < 0.6 else codes.QA_RATING_NOT_MET


def _yes_no(condition: bool) -> codes.YesNo.ValueType:
    return YES if condition else NO
