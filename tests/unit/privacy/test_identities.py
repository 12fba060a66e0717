"""What a pseudonym is made of, and what of it is not known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gtms.privacy.identities import (
    SCHEMES,
    Identity,
    Unreadable,
    linkage_key,
    national_number,
    plain,
)

names = st.text(max_size=30)
dates = st.dates(min_value=date(1900, 1, 1)).map(str)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("O’Brien-Smith", "OBRIENSMITH"),
        ("Müller Straße", "MULLERSTRASSE"),
        ("Иванов", "IVANOV"),
        ("محمد", "MHMD"),
        ("王小明", "WANGXIAOMING"),
        ("٣Ⅷ", "3VIII"),
        ("---", ""),
    ],
)
def test_text_becomes_plain_letters_and_digits(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(names)
def test_plain_text_stays_as_it_is(text: str) -> None:
    once = plain(text)
    assert once.isascii()
    assert plain(once) == once


@given(names, names, dates, st.sampled_from(["1", "2", "3", "99", "", "F"]))
def test_every_linkage_key_has_its_14_characters(
    family: str, given_name: str, born: str, sex: str
) -> None:
    key = linkage_key(Identity("", family, given_name, born, sex)).text
    assert len(key) == 14
    assert key.isascii()
    assert key[5:].isdigit()
    assert key[5:13] == f"{born[8:]}{born[5:7]}{born[:4]}"


@given(names, names)
def test_case_marks_and_what_is_no_letter_do_not_matter(family: str, given_name: str) -> None:
    one = linkage_key(Identity("", family, given_name, "1980-01-01", "1"))
    other = linkage_key(Identity("", f" {plain(family).lower()}-", f"'{plain(given_name)}"))
    assert one.text[:5] == other.text[:5]


@pytest.mark.parametrize(
    ("identity", "unknown"),
    [
        (Identity("", "Citizen", "Robert", "1979-08-14", "1"), 0),
        (Identity("", "Li", "Bo", "1979-08-14", "1"), 0),
        (Identity("", "Citizen", "Robert", "1979-08-14", ""), 1),
        (Identity("", "Citizen", "Robert", "1979-08", "1"), 1),
        (Identity("", "Citizen", "Robert", "", "99"), 2),
        (Identity("", "Q", "", "1979", "1"), 3),
        (Identity(), 4),
    ],
)
def test_parts_that_are_not_known_are_counted(identity: Identity, unknown: int) -> None:
    assert linkage_key(identity).unknown == unknown


@pytest.mark.parametrize(
    ("identity", "part"),
    [
        (Identity(birth_date="14.08.1979"), "birth_date"),
        (Identity(birth_date="1979-02-29"), "birth_date"),
        (Identity(birth_date="1899-12-31"), "birth_date"),
        (Identity(birth_date="١٩٧٩-٠٨-١٤"), "birth_date"),
        (Identity(sex="woman"), "sex"),
    ],
)
def test_what_cannot_be_read_is_named_and_not_shown(identity: Identity, part: str) -> None:
    with pytest.raises(Unreadable) as refused:
        linkage_key(identity)
    assert refused.value.part == part
    shown = str(refused.value)
    assert not any(value and value in shown for value in (identity.birth_date, identity.sex))


@pytest.mark.parametrize("scheme", [name for name in SCHEMES if name != "none"])
@given(st.from_regex(r"[1-9][0-9]{6,12}", fullmatch=True))
def test_a_wrong_digit_makes_a_number_invalid(scheme: str, digits: str) -> None:
    valid = next(
        (f"{digits}{end}" for end in _endings(scheme) if SCHEMES[scheme](f"{digits}{end}")), None
    )
    if valid is None or len(set(valid)) == 1:
        return
    wrong = f"{(int(valid[0]) + 1) % 10}{valid[1:]}"
    assert national_number(Identity(valid), scheme) == valid
    assert national_number(Identity(wrong), scheme) is None


def _endings(scheme: str) -> list[str]:
    if scheme == "mod97-10":
        return [f"{end:02}" for end in range(100)]
    return [*map(str, range(10)), "X"]


@pytest.mark.parametrize("filler", ["", "0" * 9, "1111111", "1234", "N/A", "x" * 33])
def test_fillers_are_no_national_number(filler: str) -> None:
    assert national_number(Identity(filler), "none") is None


def test_an_identity_is_not_printed() -> None:
    assert "Citizen" not in repr(Identity("79927398713", "Citizen"))
