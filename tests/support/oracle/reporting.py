"""L: whether facilities report, what they leave out, whom they can link, how late they are."""

from collections.abc import Sequence
from datetime import date, timedelta

from . import codes
from .cells import Measured, Share, Sheet
from .facilities import Register
from .periods import Period
from .visible import Admission, Assessment, Capacity, Live, Outcome

TABLES = {
    "L01": (("centre_type",), ("admin1",)),
    "L02": (("facility",), ("field",)),
    "L03": (("facility",),),
    "L04": (("family",),),
}
LATENESS_LEVELS = {"median": 0.5, "p90": 0.9}
LINKABLE = frozenset({1, 2})


def write(
    sheets: dict[str, Sheet], live: Sequence[Live], register: Register, period: Period, as_of: date
) -> None:
    admitted = [
        each.content
        for each in live
        if isinstance(each.content, Admission)
        and period.holds(each.content.admission_date)
        and period.counts(each.content.precision)
    ]
    sheets["L01"].shares(_coverage(live, admitted, register, period, as_of))
    sheets["L02"].shares(_missing(admitted))
    sheets["L03"].shares(
        Share({"facility": each.facility_id}, each.linkage_level in LINKABLE)
        for each in admitted
        if each.client_type == codes.OWN_USE
    )
    sheets["L04"].quantiles(_lateness(live, period), LATENESS_LEVELS)


def _coverage(
    live: Sequence[Live],
    admitted: Sequence[Admission],
    register: Register,
    period: Period,
    as_of: date,
) -> list[Share]:
    """Every facility that provided treatment in the period, and whether it reported anything."""
    nil_returns = {
        each.content.facility_id
        for each in live
        if isinstance(each.content, Capacity) and period.holds(each.content.as_of_date)
    }
    reported = nil_returns | {each.facility_id for each in admitted}
    last_day = min(period.after - timedelta(days=1), as_of)
    shares = []
    for facility_id in register.facility_ids:
        rows = [
            row
            for row in register.rows
            if row.facility_id == facility_id
            and row.status == codes.ACTIVE
            and row.valid_from <= last_day
            and (row.valid_to is None or row.valid_to >= period.first)
        ]
        if rows:
            latest = max(rows, key=lambda row: row.valid_from)
            traits = {
                "centre_type": codes.centre_type(latest.tdi_centre_type),
                "admin1": latest.admin1_code,
            }
            shares.append(Share(traits, facility_id in reported))
    return shares


def _missing(admitted: Sequence[Admission]) -> list[Share]:
    """One unit per question that was asked of an admission."""
    return [
        Share(
            {"facility": each.facility_id, "field": field},
            code in (codes.REFUSED_CODE, codes.UNKNOWN_CODE),
        )
        for each in admitted
        for field, code in each.answers
        if code not in (codes.UNSPECIFIED_CODE, codes.NOT_APPLICABLE_CODE)
    ]


def _lateness(live: Sequence[Live], period: Period) -> list[Measured]:
    """Days from the event to the first word of it, for what was first heard of in the period."""
    found = []
    for each in live:
        told = _family_and_day(each)
        if told is not None and period.holds(each.first_received):
            family, day = told
            found.append(Measured({"family": family}, (each.first_received - day).days))
    return found


def _family_and_day(record: Live) -> tuple[str, date] | None:
    match record.content:
        case Capacity():
            return "CAPACITY", record.content.as_of_date
        case Assessment():
            return "QA", record.content.assessment_date
        case Admission():
            return "ADMISSION", record.content.admission_date
        case Outcome():
            return "OUTCOME", record.content.event_date
        case _:
            return None
