"""A country that has said how it makes its pseudonyms is held to it."""

import pytest

from gtms.families import FAMILIES
from gtms.ingest.algorithms import NONE, Algorithms, algorithms
from gtms.ingest.identity import Sender
from gtms.ingest.submission import judge
from tests.support.population import RECEIVED, admission, facility
from treatment.common.v1.receipts_pb2 import ReceiptStatus

REJECTED = ReceiptStatus.RECEIPT_STATUS_REJECTED


def problems(known: Algorithms, country: str = "KEN") -> list[tuple[str, str]]:
    """Rule and field of what is wrong with an admission under slk-581-v1."""
    record = admission("ann", "2025-03-01")
    record.record.linkage_algo = "slk-581-v1"
    (receipt,) = judge(FAMILIES["admission"], Sender(country), [record], RECEIVED, known).receipts
    assert (receipt.status == REJECTED) is bool(receipt.problems)
    return [(problem.rule_id, problem.field_path) for problem in receipt.problems]


def test_another_algorithm_than_those_of_the_country_is_refused() -> None:
    known = algorithms(b"KEN nid-luhn-v1  # since 2024\nUGA slk-581-v1\n")
    assert problems(known) == [("R061", "record.linkage_algo")]
    assert problems(known, "UGA") == []


def test_a_country_may_have_several_for_example_while_its_key_changes() -> None:
    assert problems(algorithms(b"KEN slk-581-v1\nKEN slk-581-v1-k2 nid-luhn-v1-k2\n")) == []


def test_who_has_registered_nothing_may_use_any_that_is_known() -> None:
    assert problems(NONE) == []
    assert problems(algorithms(b"# nobody yet\n\nUGA nid-luhn-v1\n")) == []


def test_what_has_no_pseudonym_needs_no_algorithm() -> None:
    known = algorithms(b"KEN nid-luhn-v1")
    record = facility("F1")
    (receipt,) = judge(FAMILIES["facility"], Sender("KEN"), [record], RECEIVED, known).receipts
    assert receipt.status != REJECTED


@pytest.mark.parametrize("line", [b"KEN", b"Kenya nid-luhn-v1", b"nid-luhn-v1"])
def test_a_list_that_makes_no_sense_is_told_by_its_line(line: bytes) -> None:
    with pytest.raises(ValueError, match="line 2 is no country"):
        algorithms(b"# a remark\n" + line)
