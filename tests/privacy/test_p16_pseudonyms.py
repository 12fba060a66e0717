"""P16: who holds all pseudonyms and knows the algorithm learns from them nobody's identity.

The attacker has the code, the published vectors and their key, and a list of every national number
and every name, birth date and sex that there can be. Only the countries' keys are missing.
"""

import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

import pytest

from gtms.families import FAMILIES
from gtms.ingest.identity import Sender
from gtms.ingest.submission import judge
from gtms.privacy.conformance import PUBLISHED_KEY
from gtms.privacy.identities import Identity
from gtms.privacy.pseudonyms import FORMS, Algorithm, Subject, normalise, pseudonym
from tests.spec.rules.valid import admission, put

PEOPLE = [
    Identity(f"{number:09}", f"Name{chr(97 + number % 26)}", "Given", "1980-01-01", "1")
    for number in range(100_000, 100_400)
]
NUMBERS = Algorithm(Subject.CLIENT, "nid-none")
NOW = datetime(2025, 6, 1, 10, 0, 1, tzinfo=UTC)
COUNTRIES = {"KEN": secrets.token_bytes(32), "UGA": secrets.token_bytes(32)}
GUESSED_KEYS = (b"", bytes(32), PUBLISHED_KEY, b"KEN", b"secret", b"gtms", b"nid-none-v1")


def published(key: bytes, algorithm: Algorithm = NUMBERS) -> list[str]:
    return [pseudonym(key, algorithm, each).value for each in PEOPLE]


def guesses(algorithms: Iterable[Algorithm]) -> Iterator[str]:
    """Every hash of every candidate that needs no key, or one that can be guessed."""
    plain: tuple[Callable[[bytes], str], ...] = (
        lambda text: hashlib.md5(text, usedforsecurity=False).hexdigest(),
        lambda text: hashlib.sha1(text, usedforsecurity=False).hexdigest()[:32],
        lambda text: hashlib.sha256(text).hexdigest()[:32],
        lambda text: text.hex().zfill(32)[:32],
    )
    for algorithm in algorithms:
        for each in PEOPLE:
            said = normalise(algorithm, each)
            domain = said.algorithm.algo_id.encode()
            texts = (said.text.encode(), domain + b"\x1f" + said.text.encode())
            yield from (made(text) for made in plain for text in texts)
            for key in GUESSED_KEYS:
                yield from (hmac.digest(key, text, "sha256")[:16].hex() for text in texts)


def found(pseudonyms: Iterable[str]) -> set[str]:
    """The pseudonyms that a dictionary gives away."""
    every = (Algorithm(subject, form) for subject in Subject for form in FORMS)
    return set(pseudonyms) & set(guesses(every))


def test_a_dictionary_of_everyone_finds_nobody_without_the_key() -> None:
    assert found(published(COUNTRIES["KEN"])) == set()


@pytest.mark.parametrize("key", [b"", PUBLISHED_KEY])
def test_the_dictionary_bites_when_the_key_is_no_secret(key: bytes) -> None:
    assert len(found(published(key))) == len(PEOPLE)


def test_a_person_in_two_countries_is_two_people() -> None:
    assert not set(published(COUNTRIES["KEN"])) & set(published(COUNTRIES["UGA"]))


def test_who_is_treated_is_not_found_among_the_trained() -> None:
    trained = Algorithm(Subject.PARTICIPANT, "nid-none")
    key = COUNTRIES["KEN"]
    assert not set(published(key)) & set(published(key, trained))


def test_neighbouring_numbers_and_common_names_show_in_no_digit() -> None:
    """Each of the 16 digits at each place is as common as any other: chi-squared, 480 degrees."""
    keys = Algorithm(Subject.CLIENT, "slk-581")
    everybody = [
        Identity(family_name="Smith", given_name="John", birth_date=f"{year}-0{month}-1{day}")
        for year in range(1930, 2010)
        for month in range(1, 10)
        for day in range(10)
    ]
    made = [pseudonym(COUNTRIES["KEN"], keys, each).value for each in everybody]
    assert len(set(made)) == len(everybody)
    expected = len(made) / 16
    distance = sum(
        (Counter(each[place] for each in made)[digit] - expected) ** 2 / expected
        for place in range(32)
        for digit in "0123456789abcdef"
    )
    assert distance < 480 + 8 * (2 * 480) ** 0.5


@pytest.mark.parametrize(
    "clear",
    [
        "ITZOB140819791",
        "79927398713",
        "79927398713".zfill(32),
        "79927398713".ljust(32, "0"),
        "Citizen, Robert 1979-08-14",
        "0" * 32,
        "f" * 32,
    ],
)
def test_an_identity_in_clear_is_refused_and_not_repeated(clear: str) -> None:
    record = put(admission(), {"client_pseudonym": clear})
    judged = judge(FAMILIES["admission"], Sender("KEN"), [record], NOW)
    assert judged.events == []
    [receipt] = judged.receipts
    assert {problem.rule_id for problem in receipt.problems} == {"R061"}
    assert clear not in str(receipt)


@pytest.mark.parametrize("algo", ["md5", "sha-256", "plain", "slk581-hmac/1", "slk-581-v9"])
def test_a_pseudonym_of_an_unregistered_algorithm_is_refused(algo: str) -> None:
    record = put(admission(), {"linkage_algo": algo})
    judged = judge(FAMILIES["admission"], Sender("KEN"), [record], NOW)
    assert judged.events == []
    assert [problem.field_path for problem in judged.receipts[0].problems] == [
        "record.linkage_algo"
    ]
