"""The demo's plan: made once, kept beside the stack, never changed silently."""

from datetime import date

import pytest

from gtms.simulate.demonstration import ADMISSIONS, COUNTRIES, Plan, plan, remember, with_kept
from gtms.simulate.sending import Sending
from gtms.trouble import Trouble
from treatment.common.v1.receipts_pb2 import ReceiptStatus

TODAY = date(2026, 7, 1)


def test_a_first_plan_ends_yesterday_and_covers_three_full_years(tmp_path):
    made = plan(tmp_path, None, TODAY)
    assert (made.first, made.last, made.admissions) == (
        date(2023, 1, 1),
        date(2026, 6, 30),
        ADMISSIONS,
    )
    assert made.year == 2025


def test_a_year_that_ended_yesterday_is_full(tmp_path):
    assert plan(tmp_path, None, date(2026, 1, 1)).year == 2025


def test_a_later_run_sends_the_very_same_records(tmp_path):
    made = plan(tmp_path, 300, TODAY)
    remember(tmp_path, made)
    later = plan(tmp_path, None, date(2027, 3, 1))
    assert later == made
    assert [s.tag for s in later.simulations()] == [s.tag for s in made.simulations()]
    assert [s.country for s in later.simulations()] == list(COUNTRIES)


def test_another_size_on_the_same_stack_is_refused(tmp_path):
    remember(tmp_path, plan(tmp_path, 300, TODAY))
    with pytest.raises(Trouble, match="300 admissions"):
        plan(tmp_path, 400, TODAY)


def test_a_rejected_record_is_trouble_that_names_the_rule():
    made = Plan(100, date(2023, 1, 1), date(2026, 6, 30), {})
    sending = Sending(made.simulations()[0])
    sending.receipts[ReceiptStatus.RECEIPT_STATUS_REJECTED] = 2
    sending.rejected_by["R037"] = 2
    with pytest.raises(Trouble, match=r"KEN: 2 .* R037"):
        with_kept(made, [sending])
