"""The formula, the algorithms and their vectors."""

import re
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gtms.privacy import conformance
from gtms.privacy.identities import Identity
from gtms.privacy.pseudonyms import FORMS, Algorithm, Subject, is_plausible, normalise, pseudonym
from gtms.records.validation import validate
from tests.spec.rules.valid import admission, put

EVERY = [Algorithm(subject, form) for subject in Subject for form in FORMS]
SOMEBODY = Identity("", "Citizen", "Robert", "1979-08-14", "1")


@pytest.mark.parametrize("algorithm", EVERY, ids=lambda one: one.algo_id)
def test_every_algorithm_has_20_vectors_and_keeps_them(algorithm: Algorithm) -> None:
    vectors = conformance.vectors(algorithm)
    assert len(vectors) >= 20
    assert conformance.differing(algorithm, conformance.ours(algorithm)) == []
    for each in vectors:
        assert normalise(algorithm, each.identity).text == each.normalised


@pytest.mark.parametrize("form", FORMS)
def test_vectors_agree_with_another_implementation_of_the_formula(form: str) -> None:
    """OpenSSL's command makes the same of the normalised text."""
    vector = conformance.vectors(Algorithm(Subject.CLIENT, form))[0]
    made = subprocess.run(
        [
            "openssl",
            "dgst",
            "-sha256",
            "-mac",
            "HMAC",
            "-macopt",
            f"hexkey:{bytes(range(32)).hex()}",
        ],
        input=f"{vector.algo_id}\x1f{vector.normalised}".encode(),
        capture_output=True,
        check=True,
    )
    assert made.stdout.decode().rpartition("= ")[2][:32] == vector.pseudonym


def test_a_sender_that_differs_is_told_where() -> None:
    algorithm = Algorithm(Subject.CLIENT, "slk-581")
    answers = [dict(row) for row in conformance.ours(algorithm)]
    answers[2]["pseudonym"] = "0" * 32
    answers[4]["linkage_level"] = "1"
    assert conformance.differing(algorithm, answers[:-1]) == ["3", "5", answers[-1]["vector"]]


@given(st.binary(min_size=32, max_size=32), st.text(max_size=20), st.text(max_size=20))
def test_what_is_made_is_taken_by_the_schema(key: bytes, family: str, first: str) -> None:
    made = pseudonym(key, Algorithm(Subject.CLIENT, "nid-luhn"), Identity("", family, first))
    changes = {
        "client_pseudonym": made.value,
        "linkage_algo": made.algo_id,
        "linkage_level": made.linkage_level,
    }
    assert validate(put(admission(), changes)).errors == ()
    assert is_plausible(made.value)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", [1, 2, 10, 99])
def test_every_registered_algorithm_is_registered_with_the_schema(form: str, number: int) -> None:
    algo_id = Algorithm(Subject.CLIENT, form, number).algo_id
    assert validate(put(admission(), {"linkage_algo": algo_id})).errors == ()


@pytest.mark.parametrize(
    "algo_id",
    [
        *(Algorithm(Subject.PARTICIPANT, form).algo_id for form in FORMS),
        "slk-581-v1-k1",
        "slk-581-v1-k100",
        "slk-581-v2",
        "nid-md5-v1",
        "slk-581",
    ],
)
def test_the_schema_takes_no_other_algorithm(algo_id: str) -> None:
    found = validate(put(admission(), {"linkage_algo": algo_id}))
    assert [problem.rule_id for problem in found.errors] == ["R061"]


def test_clients_participants_algorithms_and_keys_never_share_a_pseudonym() -> None:
    made = [
        pseudonym(bytes(32), Algorithm(subject, "slk-581", number), SOMEBODY).value
        for subject in Subject
        for number in (1, 2, 3)
    ]
    assert len(set(made)) == len(made)


def test_a_number_that_is_not_valid_gives_way_to_the_linkage_key() -> None:
    with_number = Identity("79927398714", "Citizen", "Robert", "1979-08-14", "1")
    made = pseudonym(bytes(32), Algorithm(Subject.CLIENT, "nid-luhn", 2), with_number)
    assert made == pseudonym(bytes(32), Algorithm(Subject.CLIENT, "slk-581", 2), SOMEBODY)
    assert (made.algo_id, made.linkage_level) == ("slk-581-v1-k2", 2)


def test_a_key_of_fillers_only_links_nothing() -> None:
    assert pseudonym(bytes(32), Algorithm(Subject.CLIENT, "slk-581"), Identity()).linkage_level == 5


def test_ids_say_their_version() -> None:
    assert all(re.fullmatch(r"(participant-)?[a-z0-9-]+-v1", each.algo_id) for each in EVERY)
