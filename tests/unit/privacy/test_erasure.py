"""Which months an erasure moves, and what the command refuses before it looks at anything."""

from datetime import date

import pytest
from typer.testing import CliRunner

from gtms.cli.erase import app
from gtms.privacy.erasure import Proof, months_of
from gtms.trouble import Trouble
from gtms.warehouse.erasures import Span

TODAY = date(2026, 9, 30)


def labels(*spans: Span) -> list[str]:
    return [month.isoformat()[:7] for month in months_of(spans, TODAY)]


def test_every_month_of_a_journey_and_no_other():
    assert labels(Span(date(2025, 11, 30), date(2026, 2, 1))) == [
        "2025-11",
        "2025-12",
        "2026-01",
        "2026-02",
    ]


def test_a_day_is_its_month_even_when_it_is_the_day_of_a_late_report():
    assert labels(Span(date(2026, 11, 22), date(2026, 11, 22))) == ["2026-11"]


def test_interviews_that_are_due_after_an_end_count_once_their_day_has_come():
    ended = date(2025, 1, 31)
    assert labels(Span(ended, ended, ended)) == ["2025-01", "2025-05", "2025-09", "2026-04"]


def test_what_is_left_anywhere_is_not_gone():
    assert Proof({"a": 2}, {"a": 0}, [], 0).gone
    assert not Proof({"a": 2}, {"a": 1}, [], 0).gone


@pytest.mark.parametrize(
    ("words", "given", "why"),
    [
        (("person", "ZZZ"), "x", "no ISO 3166-1 alpha-3 country"),
        (("person", "KEN"), "\n", "none was given"),
        (("record", "KEN"), "", "none was given"),
    ],
)
def test_what_is_refused_at_once(words: tuple[str, ...], given: str, why: str) -> None:
    done = CliRunner().invoke(app, [*words, "--because", "request 17", "--yes"], input=given)
    assert isinstance(done.exception, Trouble)
    assert why in str(done.exception)
