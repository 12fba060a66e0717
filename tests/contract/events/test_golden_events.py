"""Events of every released version can be read for ever, byte for byte as they were written."""

import json
from base64 import b64decode
from pathlib import Path

import pytest

from gtms.events.envelope import decode, encode
from gtms.families import FAMILIES
from tests.contract.events.make_golden import FOLDER, golden_records

FILES = sorted(FOLDER.glob("*/*.json"))
NEWEST = max(file.parent.name for file in FILES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_golden_event_is_read(file: Path) -> None:
    written = json.loads(file.read_text())
    headers = [(name, content.encode()) for name, content in written["headers"]]
    event = decode(written["key"].encode(), b64decode(written["value"]), headers)
    family, record = golden_records()[file.stem]
    assert event.family is FAMILIES[family]
    assert event.record == record


@pytest.mark.parametrize("name", golden_records())
def test_what_is_written_now_is_the_newest_version(name: str) -> None:
    written = json.loads((FOLDER / NEWEST / f"{name}.json").read_text())
    family, record = golden_records()[name]
    out = encode(FAMILIES[family], record)
    assert out.topic == written["topic"]
    assert (out.key or b"").decode() == written["key"]
    assert [[header, content.decode()] for header, content in out.headers] == written["headers"]
    assert out.value == b64decode(written["value"])
