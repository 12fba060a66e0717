"""Records in which any field may be set, made from the descriptors: for what reads all fields."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

from gtms.events.envelope import Outgoing, encode, payload_hash
from gtms.events.plausible import YEARS, is_date, is_year
from gtms.families import FAMILIES, Family
from gtms.records.identifiers import content, natural_key, record_uid
from treatment.common.v1.codes_pb2 import RecordOp

RECEIVED = datetime(2026, 9, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Read:
    """An event as a consumer hands it out."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes]] = field(default_factory=list)


def as_read(events: Iterable[Outgoing], partition: int = 0, first: int = 0) -> list[Read]:
    return [
        Read(one.topic, partition, first + place, one.key, one.value, list(one.headers))
        for place, one in enumerate(events)
    ]


def a_record(family: Family, random: Random, *, key: str, country: str = "KEN") -> Message:
    """A record with each optional field set or not by chance; `key` makes its natural key."""
    record = family.record_type()
    _fill(_part(record, "record"), random)
    _set_key(family, _part(record, "record"), key)
    return sealed(family, record, country=country)


def a_retraction(family: Family, *, key: str, revision: int, country: str = "KEN") -> Message:
    record = family.record_type()
    _set_key(family, _part(record, "retraction"), key)
    return sealed(family, record, country=country, revision=revision)


def sealed(
    family: Family,
    record: Message,
    *,
    country: str = "KEN",
    revision: int = 1,
    received: datetime = RECEIVED,
) -> Message:
    """The record with the envelope that the ingest service would give it."""
    inside = content(record)
    key = natural_key(family, record)
    assert inside is not None
    assert key is not None
    envelope = _part(record, "envelope")
    envelope.record_uid = record_uid(country, family, *key)
    envelope.family = family.code
    envelope.record_version = revision
    envelope.operation = (
        RecordOp.RECORD_OP_UPSERT if record.HasField("record") else RecordOp.RECORD_OP_RETRACT
    )
    envelope.country_iso3 = country
    envelope.source_system_id = "test"
    envelope.schema_version = "1.0.0"
    envelope.submitted_at.FromDatetime(received - timedelta(seconds=1))
    envelope.received_at.FromDatetime(received)
    envelope.payload_sha256 = payload_hash(inside)
    return record


def an_event(family: Family, record: Message) -> Outgoing:
    return encode(family, record)


def some_events(count: int, *, seed: int, country: str = "KEN") -> list[Outgoing]:
    """Events of all families, in turn."""
    random = Random(seed)
    families = list(FAMILIES.values())
    return [
        encode(one, a_record(one, random, key=f"{seed}-{number}", country=country))
        for number in range(count)
        for one in (families[number % len(families)],)
    ]


def _part(record: Message, name: str) -> Any:
    part = getattr(record, name)
    part.SetInParent()
    return part


def _set_key(family: Family, inside: Any, key: str) -> None:
    for place, name in enumerate(family.key_fields):
        field = inside.DESCRIPTOR.fields_by_name[name]
        by_key = Random(f"{key} {name}")
        if field.type == FieldDescriptor.TYPE_STRING:
            setattr(inside, name, "2025-02-03" if is_date(field) else f"{key}-{place}"[:32])
        elif name in family.key_may_lack and by_key.random() < 0.5:
            inside.ClearField(name)
        elif field.enum_type is not None:
            setattr(inside, name, by_key.choice([*field.enum_type.values_by_number][1:]))
        else:
            setattr(inside, name, by_key.choice(YEARS) if is_year(field) else by_key.randrange(121))


def _fill(message: Any, random: Random) -> None:
    descriptor: Descriptor = message.DESCRIPTOR
    for one in descriptor.fields:
        if one.is_repeated:
            _fill_list(getattr(message, one.name), one, random)
        elif one.message_type is not None:
            if random.random() < 0.5:
                getattr(message, one.name).SetInParent()
                _fill(getattr(message, one.name), random)
        elif not one.has_presence or random.random() < 0.5:
            setattr(message, one.name, _value(one, random))


def _fill_list(items: Any, one: FieldDescriptor, random: Random) -> None:
    for _ in range(random.randrange(4)):
        if one.message_type is not None:
            _fill(items.add(), random)
        else:
            items.append(_value(one, random))


def _value(one: FieldDescriptor, random: Random) -> Any:
    if one.enum_type is not None:
        return random.choice(list(one.enum_type.values_by_number))
    if is_date(one):
        return str(date(1990, 1, 1) + timedelta(days=random.randrange(15_000)))
    if one.name == "client_pseudonym":
        return f"{random.getrandbits(128):032x}"
    if one.type == FieldDescriptor.TYPE_STRING:
        return random.choice(["", "Ä'\\\n", f"text {random.random()}"])
    if one.type == FieldDescriptor.TYPE_BOOL:
        return random.random() < 0.5
    if one.type == FieldDescriptor.TYPE_UINT32:
        return random.choice([0, 1, 255, 256, 2**32 - 1])
    return random.choice([0.0, -1.0, 0.5, 1e6])
