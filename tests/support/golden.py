"""The golden vector: twelve persons, each a trap, as of 2026-09-30."""

from datetime import date

from tests.support.oracle import RecordMessage
from tests.support.population import (
    admission,
    discharge,
    facility,
    outcome,
    retraction,
    review,
)

AS_OF = date(2026, 9, 30)
GOLDEN = {
    ("A02", "value"): (8, 8, None),
    ("A03", "value"): (2, 2, None),
    ("B01", "value"): (6, 6, None),
    ("B02", "value"): (3, 3, None),
    ("B03", "value"): (60.0, 3, 5),
    ("B04", "value"): (9, 9, None),
    ("F01", "value"): (62.5, 5, 8),
    ("F03", "median"): (111, None, 9),
    ("F04", "value"): (25.0, 2, 8),
    ("G01", "value"): (100 * 4 / 9, 4, 9),
    ("G02", "value"): (37.5, 3, 8),
    ("G03", "value"): (100 / 3, 1, 3),
    ("G04", "value"): (25.0, 2, 8),
    ("G05", "value"): (100 * 3 / 9, 3, 9),
    ("G10", "value"): (100.0, 1, 1),
    ("I01", "value"): (1000 * 365.25 / 1375, 1, 1375 / 365.25),
}
"""(indicator, measure) → (value, numerator, denominator) of the whole year 2025."""

NEVER, PREVIOUSLY, UNKNOWN = 1, 2, 99
METHADONE, CBT, NEEDLE_EXCHANGE = 3, 8, 21
DEATH = 5


def golden_records() -> list[RecordMessage]:
    """Every record in the order in which a national system would send it."""
    return [
        facility("F1"),
        facility("F2", admin1="KE-28"),
        *_plain(),
        *_in_and_out(),
        *_transferred(),
        *_continuing(),
        *_early_and_contradicted(),
        *_not_counted(),
        *_unknown_and_twice(),
        *_stale(),
    ]


def _plain() -> list[RecordMessage]:
    p1 = admission("p1", "2025-02-01", status=NEVER)
    return [p1, discharge(p1, "2025-05-01", 11)]


def _in_and_out() -> list[RecordMessage]:
    """p2: a gap of 41 days is a new journey but no entry; comes back after 90 days."""
    first = admission("p2", "2024-06-01")
    second = admission("p2", "2025-02-20")
    third = admission("p2", "2026-03-01")
    return [
        first,
        discharge(first, "2025-01-10", 31),
        second,
        discharge(second, "2025-12-01", 12),
        third,
        review(third, "2026-06-01"),
    ]


def _transferred() -> list[RecordMessage]:
    """p3: one journey through two facilities; the second says "treated before"."""
    first = admission("p3", "2025-03-01", status=NEVER)
    second = admission("p3", "2025-07-10", facility_id="F2", kind=2, referral=30)
    return [
        first,
        discharge(first, "2025-06-30", 21),
        second,
        review(second, "2025-12-01"),
        review(second, "2026-05-01"),
    ]


def _continuing() -> list[RecordMessage]:
    """p4: on methadone since 2023."""
    p4 = admission("p4", "2023-01-01", interventions=[METHADONE])
    months = [f"{year}-{month:02}-01" for year in (2023, 2024, 2025) for month in (5, 10)]
    reviews = [
        outcome(p4, 1, day, interventions=[METHADONE], on_oat=1) for day in [*months, "2026-05-01"]
    ]
    return [p4, *reviews]


def _early_and_contradicted() -> list[RecordMessage]:
    """p5 leaves after five days; p6 says "never treated" and the registry knows better."""
    p5 = admission("p5", "2025-11-15", status=NEVER)
    p6_first = admission("p6", "2022-03-01")
    p6_second = admission("p6", "2025-04-01", status=NEVER)
    return [
        p5,
        discharge(p5, "2025-11-20", 31),
        p6_first,
        discharge(p6_first, "2022-04-01", 31),
        p6_second,
        discharge(p6_second, "2025-08-01", 13),
    ]


def _not_counted() -> list[RecordMessage]:
    """p7: needle exchange only; p8: comes for another person's use; p10: taken back."""
    p10 = admission("p10", "2025-05-05", status=NEVER)
    return [
        admission("p7", "2025-03-03", interventions=[NEEDLE_EXCHANGE]),
        admission("p8", "2025-03-04", client_type=2),
        p10,
        retraction(p10, 2),
    ]


def _unknown_and_twice() -> list[RecordMessage]:
    """p9 died and nobody knows whether it was a first treatment; p11 entered twice in the year."""
    p9 = admission("p9", "2025-01-15", status=UNKNOWN)
    p11_first = admission("p11", "2025-01-05")
    p11_second = admission("p11", "2025-09-01")
    return [
        p9,
        discharge(p9, "2025-03-15", 60),
        outcome(p9, DEATH, "2025-03-15"),
        p11_first,
        discharge(p11_first, "2025-02-01", 31),
        p11_second,
        discharge(p11_second, "2025-12-20", 11),
    ]


def _stale() -> list[RecordMessage]:
    """p12: nothing heard since 2024-06-01."""
    p12 = admission("p12", "2024-05-01")
    return [p12, review(p12, "2024-06-01")]
