"""J: facilities, their beds and their quality."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

from . import codes
from .cells import Sheet, Traits, grouped
from .facilities import Register
from .periods import Period
from .visible import Assessment, Capacity, Live

TABLES = {
    "J01": (("setting",), ("ownership",), ("admin1",)),
    "J03": (("setting",), ("admin1",)),
    "J06": (("standard",), ("setting",)),
}
BILLIONTH = Decimal("0.000000001")


def write(
    sheets: dict[str, Sheet], live: Sequence[Live], register: Register, period: Period, as_of: date
) -> None:
    day = min(period.after - timedelta(days=1), as_of)
    sheets["J01"].counts(_active(register, day))
    _occupancy(sheets["J03"], live, register, period)
    _quality(sheets["J06"], _latest_assessments(live, day), register, day)


def _active(register: Register, day: date) -> list[Traits]:
    rows = [register.row_valid_on(each, day) for each in register.facility_ids]
    return [
        {
            "setting": frozenset(map(codes.setting, row.settings)),
            "ownership": codes.ownership(row.ownership),
            "admin1": row.admin1_code,
        }
        for row in rows
        if row is not None and row.status == codes.ACTIVE
    ]


def _occupancy(sheet: Sheet, live: Sequence[Live], register: Register, period: Period) -> None:
    """Occupied of all beds, over the last count in the period of each facility that has both."""
    counts = [
        (each.content.as_of_date, each.content)
        for each in live
        if isinstance(each.content, Capacity)
        and period.holds(each.content.as_of_date)
        and each.content.beds_total is not None
        and each.content.beds_occupied is not None
    ]
    latest = {each.facility_id: each for _, each in sorted(counts, key=lambda pair: pair[0])}
    units = [
        (_place(each.facility_id, each.as_of_date, register), each) for each in latest.values()
    ]
    for grouping in sheet.groupings():
        for key, members in grouped(units, grouping).items():
            occupied = sum(each.beds_occupied or 0 for each in members)
            sheet.percent(grouping, key, occupied, sum(each.beds_total or 0 for each in members))


def _place(facility_id: str, day: date, register: Register) -> Traits:
    return {
        "setting": register.settings(facility_id, day),
        "admin1": register.admin1(facility_id, day),
    }


def _latest_assessments(live: Sequence[Live], day: date) -> list[Assessment]:
    done = [
        (each.content.assessment_date, each.record_uid, each.content)
        for each in live
        if isinstance(each.content, Assessment) and each.content.assessment_date <= day
    ]
    by_facility = {each.facility_id: each for *_, each in sorted(done, key=lambda it: it[:2])}
    return list(by_facility.values())


def _quality(
    sheet: Sheet, assessments: Sequence[Assessment], register: Register, day: date
) -> None:
    whole = [(_share(each, None), _place(each.facility_id, day, register)) for each in assessments]
    by_standard = [
        (_share(each, standard), {"standard": standard})
        for each in assessments
        for standard in sorted({name for name, _ in each.ratings})
    ]
    for grouping in sheet.groupings():
        units = by_standard if grouping == ("standard",) else whole
        rated = [(traits, share) for share, traits in units if share is not None]
        for key, shares in grouped(rated, grouping).items():
            sheet.percent(grouping, key, float(sum(shares)), len(shares))


def _share(assessment: Assessment, standard: str | None) -> Decimal | None:
    """Fully met of all rated criteria (of one standard), to 9 places downwards; None if unrated."""
    ratings = [rating for name, rating in assessment.ratings if standard in (None, name)]
    rated = [each for each in ratings if codes.NOT_MET <= each <= codes.FULLY_MET]
    if not rated:
        return None
    share = Decimal(rated.count(codes.FULLY_MET)) / Decimal(len(rated))
    return share.quantize(BILLIONTH, rounding=ROUND_FLOOR)
