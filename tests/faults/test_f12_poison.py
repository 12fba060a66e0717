"""F12: what no record looks like becomes a dead letter, and the next record is counted."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from gtms.events.envelope import encode
from gtms.families import FAMILIES
from gtms.stack.lifecycle import EmbeddedStack
from tests.support.golden import AS_OF
from tests.support.laws import eventually, settled
from tests.support.log import Message, accounted, dead_letters, messages, write
from tests.support.national import NationalSystem
from tests.support.oracle import CellKey, RecordMessage
from tests.support.population import admission, capacity, payload_sha256, received, revised
from tests.support.stored import Stored

pytestmark = pytest.mark.slow

NOWHERE = ("", -1, -1)


def _event(record: RecordMessage, name: str) -> Message:
    """The event of a record as the ingest service would have written it."""
    made = encode(FAMILIES[name], record)
    return Message(NOWHERE, made.key, made.value, list(made.headers))


def _spoilt(country: str, spoil: Callable[[Any], None], seen: bool = True) -> Message:
    """An admission with something impossible in it; `seen`: its content hash covers that."""
    record = received(admission("poison", "2025-03-01"), country)
    spoil(record)
    if seen:
        record.envelope.payload_sha256 = payload_sha256(record)
    return _event(record, "admission")


def _bytes(country: str, change: Callable[[bytes], bytes | None]) -> Message:
    good = _event(received(admission("poison", "2025-03-01"), country), "admission")
    return Message(NOWHERE, good.key, change(good.value or b""), good.headers)


def _poison(country: str) -> dict[str, Message]:
    good = _event(received(admission("poison", "2025-03-01"), country), "admission")
    nan = capacity("F1")
    nan.record.staff_fte_total = math.nan
    return {
        "garbage": _bytes(country, lambda _: b"\xff\xfe\x00garbage"),
        "truncated": _bytes(country, lambda value: value[:-9]),
        "empty": _bytes(country, lambda _: b""),
        "null": _bytes(country, lambda _: None),
        "large": _bytes(country, lambda _: bytes(1_500_000)),
        "no headers": Message(NOWHERE, good.key, good.value, []),
        "another key": Message(NOWHERE, b"another key", good.value, good.headers),
        "not a number": _event(received(nan, country), "capacity"),
        "year 1": _spoilt(country, lambda it: setattr(it.record, "admission_date", "0001-01-01")),
        "year 9999": _spoilt(
            country, lambda it: setattr(it.record, "admission_date", "9999-12-31")
        ),
        "unknown code": _spoilt(country, lambda it: setattr(it.record, "sex", 77)),
        "no content": _spoilt(country, lambda it: it.ClearField("record"), seen=False),
        "another country": _spoilt(
            country, lambda it: setattr(it.envelope, "country_iso3", "FRA"), seen=False
        ),
    }


def test_every_poison_is_put_aside_and_the_next_record_is_counted(
    running: EmbeddedStack, system: NationalSystem, stored: Stored
) -> None:
    kafka = running.settings.kafka
    record = admission("p", "2025-03-01", sex=1)
    system.send([record])
    settled(system, stored, AS_OF)
    partition = next(
        each.place[:2]
        for each in messages(kafka, "gtms.admissions.v1")
        if each.key is not None and each.key.startswith(system.country.encode())
    )
    starts = running.supervisor.starts("processor")
    poison = _poison(system.country)
    good = {name: each for name, each in poison.items() if name != "another country"}
    foreign = _as_if_of(system.country, poison["another country"], record)
    places = write(kafka, partition, [*good.values(), foreign])
    system.send([revised(admission("p", "2025-03-01", sex=2), 2)])
    cells = settled(system, stored, AS_OF)
    assert cells[CellKey(system.country, "2025", "B04", "value", "sex", "sex=FEMALE")].value == 1
    eventually(lambda: accounted(kafka, stored))
    letters = dead_letters(kafka)
    names = [*good, "another country"]
    missing = [name for name, place in zip(names, places, strict=True) if place not in letters]
    assert not missing
    assert all(letters[place][0].header("gtms_reason") for place in places)
    assert running.supervisor.starts("processor") == starts


def _as_if_of(country: str, event: Message, record: RecordMessage) -> Message:
    """The event under the key of another country's record."""
    own = _event(received(record, country), "admission")
    return Message(NOWHERE, own.key, event.value, own.headers)
