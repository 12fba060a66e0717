"""`gtms pseudonymise` as a national system runs it."""

import csv
import io
import json
import subprocess
from pathlib import Path

import pytest

from tests.support.command import clean_environment, gtms_words

FAMILY, GIVEN, NUMBER = "Featherstonehaugh", "Maximiliana", "79927398713"
PEOPLE = (
    "episode_id,national_id,family_name,given_name,birth_date,sex,note\n"
    f"E1,{NUMBER},{FAMILY},{GIVEN},1979-08-14,F,first\n"
    f'E2,,{FAMILY},{GIVEN},1979-08-14,F,"two\nlines"\n'
    "E3,,,,,,nobody\n"
)


def pseudonymise(*words: str | Path, given: str | bytes = "") -> tuple[int, str, str]:
    said = subprocess.run(
        gtms_words("pseudonymise", *words),
        input=given if isinstance(given, bytes) else given.encode(),
        capture_output=True,
        env=clean_environment(),
        timeout=60,
        check=False,
    )
    return said.returncode, said.stdout.decode(), said.stderr.decode()


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("keys") / "key.json"
    assert pseudonymise("keygen", file)[0] == 0
    return file


def test_a_key_is_its_owners_alone_and_never_overwritten(key: Path) -> None:
    before = key.read_bytes()
    assert key.stat().st_mode & 0o777 == 0o600
    code, _, words = pseudonymise("keygen", key)
    assert (code, key.read_bytes()) == (1, before)
    assert "never overwritten" in words


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o660])
def test_a_key_that_others_may_open_is_refused(key: Path, tmp_path: Path, mode: int) -> None:
    shared = tmp_path / "key.json"
    shared.write_bytes(key.read_bytes())
    shared.chmod(mode)
    code, out, words = pseudonymise("lines", "--key", shared, "--algo", "nid-luhn", given=NUMBER)
    assert (code, out) == (1, "")
    assert "others may" in words


def test_a_damaged_key_is_named_and_not_shown(key: Path, tmp_path: Path) -> None:
    stored = json.loads(key.read_text())
    broken = tmp_path / "key.json"
    broken.touch(mode=0o600)
    broken.write_text(json.dumps(stored | {"key": stored["key"][:-2]}))
    code, _, words = pseudonymise("lines", "--key", broken, "--algo", "nid-luhn", given=NUMBER)
    assert code == 1
    assert stored["key"][:16] not in words


def test_rows_get_pseudonyms_and_lose_identities(key: Path, tmp_path: Path) -> None:
    code, out, words = pseudonymise("rows", "--key", key, "--algo", "nid-luhn", given=PEOPLE)
    assert code == 0, words
    assert not any(part in out + words for part in (FAMILY, GIVEN, NUMBER, "1979"))
    made = list(csv.DictReader(io.StringIO(out)))
    assert list(made[0]) == [
        *("episode_id", "sex", "note"),
        *("client_pseudonym", "linkage_level", "linkage_algo"),
    ]
    assert [row["linkage_level"] for row in made] == ["1", "2", "5"]
    assert [row["linkage_algo"] for row in made] == ["nid-luhn-v1", "slk-581-v1", "slk-581-v1"]
    assert made[1]["note"] == "two\nlines"
    source, written = tmp_path / "people.csv", tmp_path / "records.csv"
    source.write_text(PEOPLE)
    done = pseudonymise("rows", source, "--key", key, "--algo", "nid-luhn", "-o", written)
    assert done[0] == 0
    assert written.read_text() == out


def test_a_pipe_answers_each_line_at_once(key: Path) -> None:
    words = gtms_words("pseudonymise", "lines", "--key", key, "--algo", "nid-luhn")
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=clean_environment()
    ) as pipe:
        assert pipe.stdin is not None
        assert pipe.stdout is not None
        answers = []
        for _ in range(2):
            pipe.stdin.write(f"{NUMBER}\n")
            pipe.stdin.flush()
            answers.append(pipe.stdout.readline())
        pipe.stdin.close()
    assert answers[0] == answers[1]
    assert answers[0].split("\t")[1:] == ["1", "nid-luhn-v1\n"]


HEADER = PEOPLE.splitlines()[0]


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        (f"{HEADER}\nE1,,{FAMILY},{GIVEN},14/08/1979,F,\n", "line 2, column birth_date"),
        (f"{PEOPLE}E4,,{FAMILY},{GIVEN},1979-08-14,{GIVEN},\n", "line 6, column sex"),
        (f"{HEADER}\nE1,{NUMBER},{FAMILY}\n", "line 2: 3 cells"),
        (f'{HEADER}\nE1,{NUMBER},"{FAMILY}" x,{GIVEN},,,\n', "line 2: is not CSV"),
        (
            f"{HEADER}\nE1,{NUMBER},{FAMILY}\xe9,{GIVEN},,,\n".encode("latin-1"),
            "line 2: is not UTF-8",
        ),
        (f"{HEADER},sex\n", "column sex is there 2 times"),
        (f"{HEADER},client_pseudonym\n", "client_pseudonym is there already"),
        ("a,b\n1,2\n", "line 1: no column of an identity"),
    ],
)
def test_what_is_wrong_is_said_by_place_and_never_by_value(
    key: Path, tmp_path: Path, rows: str | bytes, place: str
) -> None:
    source, written = tmp_path / "people.csv", tmp_path / "records.csv"
    source.write_bytes(rows if isinstance(rows, bytes) else rows.encode())
    code, out, words = pseudonymise(
        "rows", source, "--key", key, "--algo", "nid-luhn", "--output", written
    )
    assert code == 1
    assert place in words
    assert not any(part in out + words for part in (FAMILY, GIVEN, NUMBER, "1979"))
    assert not written.exists()
    assert [file.name for file in tmp_path.iterdir()] == ["people.csv"]


def test_participants_have_a_key_of_their_own(key: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "participants.json"
    assert pseudonymise("keygen", theirs, "--for", "participant")[0] == 0
    stored = json.loads(theirs.read_text())
    theirs.write_text(json.dumps(stored | {"key": json.loads(key.read_text())["key"]}))
    as_client = pseudonymise("rows", "--key", key, "--algo", "slk-581", given=PEOPLE)[1]
    as_participant = pseudonymise("rows", "--key", theirs, "--algo", "slk-581", given=PEOPLE)[1]
    made = [row["client_pseudonym"] for row in csv.DictReader(io.StringIO(as_client))]
    other = [row["participant_pseudonym"] for row in csv.DictReader(io.StringIO(as_participant))]
    assert not set(made) & set(other)


def test_the_mapping_of_a_rotation_joins_the_files_of_both_keys(key: Path, tmp_path: Path) -> None:
    second = tmp_path / "second.json"
    assert pseudonymise("keygen", second, "--number", "2")[0] == 0
    words = ("--old-key", key, "--new-key", second, "--old-algo", "nid-luhn")
    code, out, said = pseudonymise("rotate", *words, given=PEOPLE)
    assert code == 0, said
    pairs = {row["old_pseudonym"]: row for row in csv.DictReader(io.StringIO(out))}
    before, after = (
        list(
            csv.DictReader(
                io.StringIO(
                    pseudonymise("rows", "--key", one, "--algo", "nid-luhn", given=PEOPLE)[1]
                )
            )
        )
        for one in (key, second)
    )
    assert len(pairs) == 2
    for old, new in zip(before[:2], after[:2], strict=True):
        assert pairs[old["client_pseudonym"]]["new_pseudonym"] == new["client_pseudonym"]
        assert pairs[old["client_pseudonym"]]["new_algo"] == f"{old['linkage_algo']}-k2"
    assert pseudonymise("rotate", *words[:3], key, *words[4:], given=PEOPLE)[0] == 1


def test_vectors_are_printed_answered_and_checked(tmp_path: Path) -> None:
    code, out, _ = pseudonymise("check", "--algo", "slk-581-v1", "--print")
    assert code == 0
    assert len(list(csv.DictReader(io.StringIO(out)))) >= 20
    assert pseudonymise("check", "--algo", "slk-581-v1")[0] == 0
    wrong = "vector,pseudonym\n1,00\n"
    code, _, words = pseudonymise("check", "-", "--algo", "slk-581-v1", given=wrong)
    assert code == 1
    assert "missing or differ: 1, 2" in words
