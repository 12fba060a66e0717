"""What a pseudonym is made of: a national number, or a statistical linkage key of name, birth, sex.

Pure. These rules are what `v1` in the name of an algorithm means: whoever changes one of them, or
a release of the transliteration that changes a letter, makes a new version beside the old one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from anyascii import anyascii
from stdnum import damm, luhn, verhoeff
from stdnum.iso7064 import mod_11_2, mod_11_10, mod_97_10

PARTS = ("national_id", "family_name", "given_name", "birth_date", "sex")
"""The fields of an `Identity`, and the columns of a file that has them."""

SCHEMES: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "none": lambda _: True,
        "luhn": luhn.is_valid,
        "verhoeff": verhoeff.is_valid,
        "damm": damm.is_valid,
        "mod11-2": mod_11_2.is_valid,
        "mod11-10": mod_11_10.is_valid,
        "mod97-10": mod_97_10.is_valid,
    }
)
"""Check digits that a country can declare for its national number; `none` checks the form only."""

_NUMBER = re.compile(r"[0-9A-Z]{5,32}")
_ONE_CHARACTER = re.compile(r"(.)\1*")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_FIRST_YEAR = 1900
_SEXES = MappingProxyType(
    {"1": "1", "2": "2", "3": "3", "9": "9", "99": "9", "": "9", "M": "1", "F": "2", "X": "3"}
    | {"MALE": "1", "FEMALE": "2", "OTHER": "3", "OTHER_OR_INTERSEX": "3", "UNKNOWN": "9"}
)


class Unreadable(Exception):
    """A part of an identity is not in its form. Says which part and why, never what was there."""

    def __init__(self, part: str, why: str) -> None:
        super().__init__(f"{part} {why}")
        self.part = part
        self.why = why


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """Who a person is, as far as it is known; an empty part is not known. Never printed.

    `birth_date` is YYYY-MM-DD, YYYY-MM or YYYY; `sex` a number or label of the code list Sex, or
    M, F, X.
    """

    national_id: str = ""
    family_name: str = ""
    given_name: str = ""
    birth_date: str = ""
    sex: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class LinkageKey:
    """The 14 characters of a statistical linkage key, and how many of its 4 parts are not known."""

    text: str
    unknown: int


def plain(text: str) -> str:
    """`text` in A–Z and 0–9 only: NFKD, marks stripped, transliterated, upper case, rest dropped.

    >>> plain("Ødegård-Łoś")
    'ODEGARDLOS'
    """
    decomposed = unicodedata.normalize("NFKD", text)
    unmarked = "".join(one for one in decomposed if not unicodedata.category(one).startswith("M"))
    return re.sub(r"[^0-9A-Z]", "", anyascii(unmarked).upper())


def national_number(identity: Identity, scheme: str) -> str | None:
    """The national number, plain; None when there is none, it is a filler, or a digit is wrong.

    A number has 5 to 32 characters that are not all the same.
    """
    number = plain(identity.national_id)
    well_formed = _NUMBER.fullmatch(number) and not _ONE_CHARACTER.fullmatch(number)
    return number if well_formed and SCHEMES[scheme](number) else None


def linkage_key(identity: Identity) -> LinkageKey:
    """Letters 2, 3 and 5 of the family name, 2 and 3 of the given name, DDMMYYYY, sex (SLK-581).

    A letter that a short name has not is `2`; a name that is not known is `999` or `99`, so that
    both are `99999`; parts of the date and a sex that are not known are 9s too. A name of which
    only fillers are left counts as not known.

    Raises:
        Unreadable: the birth date or the sex.
    """
    family = _letters(identity.family_name, (2, 3, 5))
    given = _letters(identity.given_name, (2, 3))
    born = _born(identity.birth_date.strip())
    sex = _sex(identity.sex)
    unknown = (
        not family.strip("29"),
        not given.strip("29"),
        "99" in (born[:2], born[2:4]) or born.endswith("9999"),
        sex == "9",
    )
    return LinkageKey(f"{family}{given}{born}{sex}", sum(unknown))


def _letters(name: str, places: tuple[int, ...]) -> str:
    letters = re.sub(r"[0-9]", "", plain(name))
    if not letters:
        return "9" * len(places)
    return "".join(letters[place - 1] if place <= len(letters) else "2" for place in places)


def _born(text: str) -> str:
    if not text:
        return "99999999"
    found = _DATE.fullmatch(text)
    if not found:
        raise Unreadable("birth_date", "is not YYYY-MM-DD, YYYY-MM or YYYY")
    year, month, day = found.groups()
    try:
        real = date(int(year), int(month or 1), int(day or 1)).year >= _FIRST_YEAR
    except ValueError:
        real = False
    if not real:
        raise Unreadable("birth_date", f"is no day of the calendar from {_FIRST_YEAR} on")
    return f"{day or '99'}{month or '99'}{year}"


def _sex(text: str) -> str:
    code = _SEXES.get(text.strip().upper())
    if code is None:
        raise Unreadable("sex", "is not a code of the list Sex: 1, 2, 3, 99, M, F, X or its labels")
    return code
