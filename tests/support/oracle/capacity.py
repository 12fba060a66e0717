"""J: facilities, what they offer, their beds and their quality."""

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

from . import codes
from .cells import Share, Sheet, Traits, grouped
from .estimates import POPULATION, of_working_age, set_against, strata
from .facilities import Register
from .periods import Period, Profile
from .surroundings import Estimate
from .visible import Assessment, Capacity, Facility, Live

TABLES = {
    "J01": (("setting",), ("ownership",), ("admin1",)),
    "J02": (("admin1",),),
    "J03": (("setting",), ("admin1",)),
    "J04": (("admin1",), ("ownership",)),
    "J05": (("admin1",), ("assessor_kind",)),
    "J06": (("standard",), ("setting",)),
    "J07": (("admin1",),),
}
QUALITY_YEARS = 2
INHABITANTS = 100_000
BILLIONTH = Decimal("0.000000001")


def write(
    sheets: dict[str, Sheet],
    live: Sequence[Live],
    register: Register,
    period: Period,
    as_of: date,
    profile: Profile,
) -> None:
    day = min(period.after - timedelta(days=1), as_of)
    active = _active(register, day)
    sheets["J01"].counts(_traits(each) for each in active)
    _services(sheets["J04"], active)
    _assessed(sheets["J05"], live, [each for each in active if each.reports == codes.YES], day)
    _continuum(sheets["J07"], active)
    counts = _capacities(live, period)
    inhabitants = of_working_age(strata(live, POPULATION, period, profile))
    _density(sheets["J02"], counts, inhabitants, register)
    _occupancy(sheets["J03"], counts, register)
    _quality(sheets["J06"], _latest_assessments(live, day), register, day)


def _active(register: Register, day: date) -> list[Facility]:
    rows = [register.row_valid_on(each, day) for each in register.facility_ids]
    return [row for row in rows if row is not None and row.status == codes.ACTIVE]


def _traits(row: Facility) -> dict[str, str | frozenset[str]]:
    return {
        "setting": frozenset(map(codes.setting, row.settings)),
        "ownership": codes.ownership(row.ownership),
        "admin1": row.admin1_code,
    }


def _offers_oat(row: Facility) -> int:
    return codes.YES if codes.OAT_INTERVENTIONS & set(row.interventions) else codes.NO


def _services(sheet: Sheet, active: Sequence[Facility]) -> None:
    answers: dict[str, Callable[[Facility], int]] = {
        "women_specific": lambda row: row.women_specific,
        "youth": lambda row: row.youth,
        "oat": _offers_oat,
        "hiv": lambda row: row.hiv_services,
    }
    for measure, answer in answers.items():
        sheet.shares(
            [
                Share(_traits(row), answer(row) == codes.YES)
                for row in active
                if codes.is_known(answer(row))
            ],
            measure=measure,
        )


def _assessed(sheet: Sheet, live: Sequence[Live], reporting: Sequence[Facility], day: date) -> None:
    """Reporting facilities that were assessed in the last 24 months, by anybody and by each."""
    too_early = _years_before(day, QUALITY_YEARS)
    assessors: dict[str, set[int]] = {row.facility_id: set() for row in reporting}
    for each in live:
        if (
            isinstance(each.content, Assessment)
            and each.content.facility_id in assessors
            and too_early < each.content.assessment_date <= day
        ):
            assessors[each.content.facility_id].add(each.content.assessor_kind)
    sheet.part((("admin1",),)).shares(
        Share(_traits(row), bool(assessors[row.facility_id])) for row in reporting
    )
    for kind in sorted({kind for kinds in assessors.values() for kind in kinds}):
        if codes.is_known(kind):
            having = sum(kind in kinds for kinds in assessors.values())
            key = f"assessor_kind={codes.assessor_kind(kind)}"
            sheet.percent(("assessor_kind",), key, having, len(reporting))


def _years_before(day: date, years: int) -> date:
    """The same day of the year, or the last one of the month when there is none (29 February)."""
    earlier = day.year - years
    return date(earlier, day.month, min(day.day, monthrange(earlier, day.month)[1]))


def _continuum(sheet: Sheet, active: Sequence[Facility]) -> None:
    """How many of the six levels of care there are."""
    for grouping in sheet.groupings():
        rows = [(_traits(row), row) for row in active]
        for key, members in grouped(rows, grouping).items():
            levels = codes.CONTINUUM_SETTINGS & {each for row in members for each in row.settings}
            sheet.write(grouping, key, len(levels), len(levels), None)


def _capacities(live: Sequence[Live], period: Period) -> list[Capacity]:
    """The counts of the period, earliest first."""
    counts = [
        each.content
        for each in live
        if isinstance(each.content, Capacity) and period.holds(each.content.as_of_date)
    ]
    return sorted(counts, key=lambda each: each.as_of_date)


def _density(
    sheet: Sheet,
    counts: Sequence[Capacity],
    inhabitants: Mapping[str, Estimate],
    register: Register,
) -> None:
    """Beds and places per 100 000 inhabitants, by the last count of each facility that has them."""
    beds = {each.facility_id: each for each in counts if each.beds_total is not None}
    places = {each.facility_id: each for each in counts if each.outpatient_slots is not None}
    for measure, amounts in (
        ("beds", [(each, each.beds_total or 0) for each in beds.values()]),
        ("places", [(each, each.outpatient_slots or 0) for each in places.values()]),
    ):
        set_against(
            sheet,
            [
                (_place(each.facility_id, each.as_of_date, register), amount)
                for each, amount in amounts
            ],
            inhabitants,
            lambda amount, people: INHABITANTS * amount / people,
            {measure: lambda estimate: estimate.value},
        )


def _occupancy(sheet: Sheet, counts: Sequence[Capacity], register: Register) -> None:
    """Occupied of all beds, over the last count in the period of each facility that has both."""
    latest = {
        each.facility_id: each
        for each in counts
        if each.beds_total is not None and each.beds_occupied is not None
    }
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
