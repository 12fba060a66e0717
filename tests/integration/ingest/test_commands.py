"""`gtms submit`, `gtms serve` and `gtms dead-letters` as a person uses them."""

import asyncio
import json
from pathlib import Path

import pytest
from google.protobuf.json_format import MessageToDict

from gtms.stack.lifecycle import EmbeddedStack
from tests.integration.ingest.conftest import Serve
from tests.support.command import Said, gtms
from tests.support.population import admission


def _written(episode_id: str) -> dict[str, object]:
    """A first record as somebody would write it: no envelope at all."""
    record = admission("ann", "2025-03-01", episode_id=episode_id, facility_id="by-hand")
    return {"record": MessageToDict(record.record, preserving_proto_field_name=True)}


async def _submit(target: str, file: Path, *words: str) -> Said:
    return await asyncio.to_thread(
        gtms, "submit", file, "--family", "admission", "--target", target, *words
    )


async def test_a_first_record(serve: Serve, tmp_path: Path) -> None:
    file = tmp_path / "first.json"
    file.write_text(json.dumps(_written("E1")))
    async with serve("admissions") as target:
        said = await _submit(target, file, "--country", "KEN")
    assert said.code == 0, said.err
    assert "1. accepted" in said.out


async def test_many_lines_of_which_one_is_bad(serve: Serve, tmp_path: Path) -> None:
    bad = _written("E3")
    bad["record"]["sex"] = 250  # type: ignore[index]
    file = tmp_path / "many.jsonl"
    file.write_text("\n".join(map(json.dumps, [_written("E2"), bad, _written("E4")])))
    async with serve("admissions") as target:
        said = await _submit(target, file, "--country", "KEN", "--json", "--validate-only")
    assert said.code == 1
    receipts = [json.loads(line) for line in said.out.splitlines()]
    assert [r["status"] for r in receipts] == [
        "RECEIPT_STATUS_ACCEPTED",
        "RECEIPT_STATUS_REJECTED",
        "RECEIPT_STATUS_ACCEPTED",
    ]
    assert receipts[1]["problems"][0]["rule_id"] == "R006"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "line 1: no JSON"),
        ('{"record": {"no_such_field": 1}}', "record 1 is no treatment.admissions.v1"),
        ("[]", ""),
    ],
)
async def test_a_file_that_is_no_record_is_one_line(
    serve: Serve, tmp_path: Path, text: str, says: str
) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(text)
    said = await _submit("127.0.0.1:1", file, "--country", "KEN")
    assert said.code == (1 if says else 0)
    assert says in said.err
    assert "Traceback" not in said.err


async def test_an_unknown_country_is_one_line(serve: Serve, tmp_path: Path) -> None:
    file = tmp_path / "first.json"
    file.write_text(json.dumps(_written("E5")))
    async with serve("admissions") as target:
        said = await _submit(target, file, "--country", "XXX")
    assert said.code == 1
    assert said.err.strip() == (
        "gtms: UNAUTHENTICATED: the token names no ISO 3166-1 alpha-3 country"
    )


def test_dead_letters_can_be_counted_and_listed(stack: EmbeddedStack) -> None:
    environment = {"GTMS_STACK__STATE": str(stack.settings.stack.state)}
    for verb in ("count", "list"):
        said = gtms("dead-letters", verb, "--json", environment=environment)
        assert said.code == 0, said.err
        assert all(json.loads(line)["reason"] for line in said.out.splitlines())


def test_serving_to_the_world_is_refused_in_one_line(stack: EmbeddedStack) -> None:
    said = gtms(
        "serve",
        "admissions",
        environment={
            "GTMS_STACK__STATE": str(stack.settings.stack.state),
            "GTMS_INGEST__HOST": "0.0.0.0",
        },
    )
    assert said.code == 1
    assert "believes anyone" in said.err
    assert "Traceback" not in said.err
