"""Periods: labels, bounds, and countries whose year does not begin in January."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gtms.records.periods import Period, PeriodKind, UnknownPeriod, around, containing, parse

YEAR_STARTS = st.sampled_from([1, 4, 7])
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("label", "year_start", "first", "after"),
    [
        ("2025", 1, date(2025, 1, 1), date(2026, 1, 1)),
        ("2025-Q1", 1, date(2025, 1, 1), date(2025, 4, 1)),
        ("2025-02", 1, date(2025, 2, 1), date(2025, 3, 1)),
        ("2024-02", 1, date(2024, 2, 1), date(2024, 3, 1)),
        ("2025", 4, date(2025, 4, 1), date(2026, 4, 1)),
        ("2025-Q4", 4, date(2026, 1, 1), date(2026, 4, 1)),
        ("2025-Q1", 7, date(2025, 7, 1), date(2025, 10, 1)),
        ("2025-02", 4, date(2025, 2, 1), date(2025, 3, 1)),
    ],
)
def test_a_label_names_a_half_open_range(
    label: str, year_start: int, first: date, after: date
) -> None:
    period = parse(label, year_start)
    assert (period.first, period.after) == (first, after)


@pytest.mark.parametrize("label", ["", "25", "2025-13", "2025-00", "2025-Q5", "2025-1", "0000"])
def test_another_text_is_refused_with_the_forms_there_are(label: str) -> None:
    with pytest.raises(UnknownPeriod, match="2025, 2025-Q1 or 2025-01"):
        parse(label)


@given(DAYS, st.sampled_from(list(PeriodKind)), YEAR_STARTS)
def test_every_day_is_in_exactly_one_period_of_each_kind(
    day: date, kind: PeriodKind, year_start: int
) -> None:
    period = containing(day, kind, year_start)
    assert period.first <= day < period.after
    assert containing(period.first - timedelta(days=1), kind, year_start).after == period.first
    assert containing(period.after, kind, year_start).first == period.after


@given(DAYS, st.sampled_from(list(PeriodKind)), YEAR_STARTS)
def test_a_label_leads_back_to_its_period(day: date, kind: PeriodKind, year_start: int) -> None:
    period = containing(day, kind, year_start)
    assert parse(period.label, year_start) == period


def test_around_a_day_are_its_month_its_quarter_and_its_year() -> None:
    found = {period.label for period in around([date(2025, 5, 31)], 4)}
    assert found == {"2025-05", "2025-Q1", "2025"}


def test_periods_are_ordered_by_time() -> None:
    assert min([parse("2025-02"), parse("2025-01")]) == Period(
        date(2025, 1, 1), date(2025, 2, 1), PeriodKind.MONTH, "2025-01"
    )
