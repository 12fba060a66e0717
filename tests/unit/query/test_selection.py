"""Requests become selections inside the catalogue, or say which field is wrong and why."""

import pytest

from gtms.indicators.catalogue import CATALOGUE, tables_for
from gtms.query.answers import definition
from gtms.query.selection import InvalidQuery, Selection, select
from gtms.records.periods import PeriodKind
from tests.support.small_catalogue import SMALL_CATALOGUE
from treatment.indicators.v1 import indicators_pb2 as pb


def ask(**fields) -> pb.QueryCellsRequest:
    return pb.QueryCellsRequest(**{"indicators": ["A02"], "periods": ["2025"], **fields})


def selected(**fields) -> Selection:
    return select(ask(**fields), SMALL_CATALOGUE, year_start=1)


def refused(**fields) -> dict[str, str]:
    with pytest.raises(InvalidQuery) as problem:
        selected(**fields)
    return {violation.field: violation.description for violation in problem.value.violations}


def span(first: str, last: str, kind: "pb.PeriodKind.ValueType" = pb.PERIOD_KIND_UNSPECIFIED):
    return {"periods": [], "period_range": pb.PeriodRange(first=first, last=last, kind=kind)}


def test_table_is_what_is_crossed_and_what_is_filtered_on():
    selection = selected(
        by=["sex"], filters=[pb.Filter(dimension="substance_group", values=["OPIOIDS", "COCAINE"])]
    )
    assert selection.dimensions == ("sex", "substance_group")
    assert selection.filters == (("substance_group", ("COCAINE", "OPIOIDS")),)


def test_without_dimensions_the_total_is_meant():
    assert selected().dimensions == ()


def test_order_of_writing_does_not_change_the_question():
    one = selected(
        indicators=["A02", "B07"], by=["sex", "substance_group"], periods=["2025", "2024"]
    )
    other = selected(
        indicators=["B07", "A02"], by=["substance_group", "sex"], periods=["2024", "2025"]
    )
    assert one.digest() == other.digest()


@pytest.mark.parametrize(
    "other",
    [
        {"indicators": ["B03"]},
        {"periods": ["2024"]},
        {"by": ["setting"]},
        {"filters": [pb.Filter(dimension="sex", values=["MALE"])]},
        {"by": ["sex"], "filters": []},
        {"filters": [pb.Filter(dimension="sex", values=["MALE", "FEMALE"])]},
    ],
)
def test_every_other_question_has_another_digest(other):
    base = selected(by=["sex"], filters=[pb.Filter(dimension="sex", values=["FEMALE"])])
    assert selected(**other).digest() != base.digest()


def test_unknown_indicator_names_the_field_and_what_there_is():
    assert refused(indicators=["A02", "Z99"]) == {
        "indicators[1]": "not in the catalogue; there are A02, B03, B07"
    }


def test_unknown_dimension_names_what_the_indicator_has():
    assert refused(by=["weather"]) == {
        "by[0]": "not a dimension of A02; it has admin1, setting, sex, substance_group"
    }


def test_combination_that_is_not_a_table_names_the_tables():
    description = refused(by=["sex", "setting"])["by"]
    assert description.startswith("A02 has no table setting × sex for a year; it has total, ")
    assert "sex × substance_group" in description


def test_months_have_single_dimensions_only():
    assert selected(by=["sex"], periods=["2025-03"]).periods == ("2025-03",)
    assert "for a month" in refused(by=["sex", "substance_group"], periods=["2025-03"])["by"]


def test_every_indicator_must_have_the_table():
    assert refused(indicators=["A02", "B03"], by=["setting"])["by[0]"] == (
        "not a dimension of B03; it has sex"
    )


def test_misspelt_filter_value_is_refused_rather_than_counted_zero():
    assert refused(filters=[pb.Filter(dimension="sex", values=["female"])]) == {
        "filters[0].values": "values of sex are MALE, FEMALE, UNKNOWN"
    }


def test_values_that_the_country_makes_are_not_checked():
    selection = selected(filters=[pb.Filter(dimension="admin1", values=["KE-30"])])
    assert selection.filters == (("admin1", ("KE-30",)),)


def test_filter_on_a_dimension_twice_is_refused():
    twice = [pb.Filter(dimension="sex", values=["MALE"])] * 2
    assert list(refused(filters=twice)) == ["filters[1].dimension"]


@pytest.mark.parametrize(
    ("bounds", "labels"),
    [
        (span("2023", "2025"), ("2023", "2024", "2025")),
        (span("2024-11", "2025-02"), ("2024-11", "2024-12", "2025-01", "2025-02")),
        (
            span("2024", "2024", pb.PERIOD_KIND_QUARTER),
            ("2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"),
        ),
        (span("2024-Q4", "2024-Q4", pb.PERIOD_KIND_MONTH), ("2024-10", "2024-11", "2024-12")),
    ],
)
def test_range_of_periods(bounds, labels):
    assert selected(**bounds).periods == labels


def test_range_follows_the_years_of_the_country():
    request = ask(**span("2024", "2024", pb.PERIOD_KIND_MONTH))
    periods = select(request, SMALL_CATALOGUE, year_start=4).periods
    assert (periods[0], periods[-1], len(periods)) == ("2024-04", "2025-03", 12)


@pytest.mark.parametrize(
    ("bounds", "field"),
    [
        (span("2025", "2024"), "period_range.last"),
        (span("2024", "2025-03"), "period_range.last"),
        (span("2024-01", "2024-12", pb.PERIOD_KIND_YEAR), "period_range.kind"),
        (span("1900", "2025", pb.PERIOD_KIND_MONTH), "period_range"),
        (span("0000", "2025"), "period_range.first"),
        (span("9999", "9999"), "period_range.first"),
    ],
)
def test_range_that_is_none(bounds, field):
    assert list(refused(**bounds)) == [field]


def test_measures_are_those_of_all_indicators():
    assert selected(indicators=["A02", "B07"]).measures == ("median", "p90", "value")


@pytest.mark.parametrize("indicator", CATALOGUE.values(), ids=CATALOGUE)
def test_every_table_of_the_catalogue_can_be_asked_for(indicator):
    for kind, label in ((PeriodKind.YEAR, "2025"), (PeriodKind.MONTH, "2025-01")):
        for table in tables_for(indicator, kind):
            request = ask(indicators=[indicator.id], by=table, periods=[label])
            assert select(request, CATALOGUE, 1).dimensions == table


@pytest.mark.parametrize("indicator", CATALOGUE.values(), ids=CATALOGUE)
def test_every_listed_value_of_the_catalogue_can_be_filtered_on(indicator):
    for dimension in definition(indicator).dimensions:
        assert len(set(dimension.values)) == len(dimension.values)
        table = min(
            (t for t in tables_for(indicator, PeriodKind.YEAR) if dimension.name in t), key=len
        )
        for value in dimension.values:
            wanted = [pb.Filter(dimension=dimension.name, values=[value])]
            request = ask(indicators=[indicator.id], by=table, filters=wanted)
            assert select(request, CATALOGUE, 1).filters
