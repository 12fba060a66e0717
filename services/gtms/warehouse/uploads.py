"""How events become rows: ClickHouse itself reads the messages, in one pass over their bytes.

Taking 110 fields out of a message costs Python sixteen microseconds, ClickHouse four. So events are
sent as they came from Kafka, one after the other in ClickHouse's format ``Protobuf``, each with
three fields more: its own bytes once again, because they are kept, its partition and its offset. To
a protobuf message further fields can be appended, and that is how it is done. The schema travels
with the statement, made from the same descriptors that everything else is made from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from struct import Struct
from typing import cast

from google.protobuf.descriptor import Descriptor, FieldDescriptor

from gtms.events.envelope import LATEST_SECOND
from gtms.events.many import Incoming
from gtms.families import FAMILIES, Family
from gtms.records.identifiers import GTMS_NAMESPACE
from gtms.warehouse.columns import Column, columns, content_of, message_of
from treatment.common.v1.codes_pb2 import RecordOp

_PAYLOAD, _PARTITION, _OFFSET = 1000, 1001, 1002
_BYTES, _FIXED32, _FIXED64 = 2, 5, 1  # wire types of protobuf

_TYPES = {
    FieldDescriptor.TYPE_DOUBLE: "double",
    FieldDescriptor.TYPE_FLOAT: "float",
    FieldDescriptor.TYPE_INT64: "int64",
    FieldDescriptor.TYPE_INT32: "int32",
    FieldDescriptor.TYPE_UINT32: "uint32",
    FieldDescriptor.TYPE_ENUM: "int32",  # codes are looked at as numbers; names are not needed
    FieldDescriptor.TYPE_BOOL: "bool",
    FieldDescriptor.TYPE_STRING: "string",
    FieldDescriptor.TYPE_BYTES: "bytes",
}

_READ_ALWAYS = (
    Column("envelope_country_iso3", "String"),
    Column("envelope_record_uid", "String"),
    Column("envelope_record_version", "UInt32"),
    Column("envelope_operation", "UInt8"),
    Column("envelope_source_system_id", "String"),
    Column("envelope_received_at_seconds", "Int64"),
    Column("envelope_received_at_nanos", "Int32"),
    Column("envelope_submitted_at_seconds", "Int64"),
    Column("envelope_submitted_at_nanos", "Int32"),
    Column("envelope_payload_sha256", "String"),
    Column("payload", "String"),
    Column("kafka_partition", "UInt32"),
    Column("kafka_offset", "UInt64"),
)
_RETRACTED = f"envelope_operation = {RecordOp.RECORD_OP_RETRACT}"


@dataclass(frozen=True, slots=True)
class Upload:
    """An INSERT that takes events as :func:`body` makes them, and the schema it reads them by."""

    statement: str
    schema: str
    message: str


def body(events: Iterable[Incoming]) -> bytes:
    """The events one after the other, each preceded by its length."""
    pieces: list[bytes] = []
    for event in events:
        value = event.value or b""
        before, between = _frame(len(value))
        place = _PLACE.pack(_PARTITION_TAG, event.partition, _OFFSET_TAG, event.offset)
        pieces += (before, value, between, value, place)
    return b"".join(pieces)


def _varint(number: int) -> bytes:
    groups = bytearray()
    while number > 0x7F:
        groups.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*groups, number])


_PLACE = Struct("<2sI2sQ")
_PARTITION_TAG = _varint(_PARTITION << 3 | _FIXED32)
_OFFSET_TAG = _varint(_OFFSET << 3 | _FIXED64)


@lru_cache(maxsize=65_536)
def _frame(length: int) -> tuple[bytes, bytes]:
    """What stands before an event of so many bytes, and between it and its copy."""
    between = _varint(_PAYLOAD << 3 | _BYTES) + _varint(length)
    return _varint(2 * length + len(between) + _PLACE.size), between


@cache
def uploads(family: Family) -> tuple[Upload, Upload]:
    """How the events of a family get into its table, and then into the table of revisions.

    Only the first looks at all that must be true of an event: when it refuses one, nothing of the
    batch may be anywhere.
    """
    return _registry(family), _revisions(family)


def _message(family: Family) -> Descriptor:
    return cast("Descriptor", family.record_type.DESCRIPTOR)


def _registry(family: Family) -> Upload:
    fields = tuple(columns(content_of(_message(family))))
    values = {
        **_REVISION,
        **_ENVELOPE,
        **{field.name: field.stored(_sent(family, field)) for field in fields},
    }
    if family.name == "outcome":
        admission = FAMILIES["admission"]
        uid = _record_uid(admission.label, [f"record_{part}" for part in admission.key_fields])
        values["episode_uid"] = f"if({_RETRACTED}, '', {uid})"
    doubts = " OR ".join(_doubts(family, fields))
    where = f"NOT throwIf({doubts}, 'a value that no record may have')"
    return _upload(family, f"registry.{family.table}", values, fields, where)


def _revisions(family: Family) -> Upload:
    fields = {one.name: one for one in columns(content_of(_message(family)))}
    facility, person = fields.get("facility_id"), family.person_field
    about = ("facility_id", family.event_date_field, person)
    read = [fields[name] for name in about if name in fields]
    values = {
        **_REVISION,
        "family": str(family.code),
        "person": f"record_{person}" if person else "''",
        "facility_id": _sent(family, facility) if facility else "''",
        "event_date": _event_date(family, fields),
        "topic": f"'{family.topic}'",
        "partition": "kafka_partition",
        "offset": "kafka_offset",
    }
    return _upload(family, "registry.revisions", values, read)


def _upload(
    family: Family,
    table: str,
    values: Mapping[str, str],
    fields: Iterable[Column],
    where: str = "1",
) -> Upload:
    record = _message(family)
    read = [
        *_READ_ALWAYS,
        *(Column(f"record_{field.name}", field.sent_as) for field in fields),
        *_retraction_columns(record),
    ]
    structure = ", ".join(f"{column.name} {column.type}" for column in read)
    statement = (
        f"INSERT INTO {table} ({', '.join(values)}) SELECT {', '.join(values.values())}"
        f" FROM input('{structure}') WHERE {where} FORMAT Protobuf"
    )
    return Upload(statement, "\n".join(_schema(record)), record.name)


def _retraction_columns(record: Descriptor) -> Iterator[Column]:
    for field in columns(message_of(record.fields_by_name["retraction"])):
        yield Column(f"retraction_{field.name}", field.sent_as)


def _sent(family: Family, field: Column) -> str:
    """What was sent of a field: of a retraction, only what makes the natural key."""
    if field.name in family.key_fields:
        return f"if({_RETRACTED}, retraction_{field.name}, record_{field.name})"
    if field.type == "Date32":  # no date was sent, and a text that is none cannot be read as one
        return f"if({_RETRACTED}, '1970-01-01', record_{field.name})"
    return f"record_{field.name}"


def _key_part(family: Family, field: Column) -> str:
    """What `identifiers.key_of` makes of a part of the natural key, in SQL."""
    sent = _sent(family, field)
    if field.sent_as == "String":
        return sent
    if field.type.startswith("Nullable("):
        return f"ifNull(toString({sent}), '')"
    return f"if({sent} = 0, '', toString({sent}))"


def _event_date(family: Family, fields: Mapping[str, Column]) -> str:
    if family.event_date_field is None:
        return "NULL"
    sent = f"record_{family.event_date_field}"
    if fields[family.event_date_field].type != "Date32":  # a year: its first day
        sent = f"concat(toString({sent}), '-01-01')"
    return f"if({_RETRACTED}, NULL, toDate32OrNull({sent}))"


def _time(field: str) -> str:
    seconds, nanos = f"envelope_{field}_seconds", f"envelope_{field}_nanos"
    return f"fromUnixTimestamp64Milli({seconds} * 1000 + intDiv({nanos}, 1000000), 'UTC')"


_REVISION = {
    "country": "envelope_country_iso3",
    "record_uid": "envelope_record_uid",
    "revision": "envelope_record_version",
    "content_hash": "envelope_payload_sha256",
    "is_retracted": _RETRACTED,
    "received_at": _time("received_at"),
}
_ENVELOPE = {
    "submitted_at": _time("submitted_at"),
    "source_system_id": "envelope_source_system_id",
    "payload": "payload",
}


def _record_uid(label: str, key: Sequence[str]) -> str:
    """`identifiers.record_uid` in SQL, of SQL for the parts of the natural key."""
    parts = ", '|', ".join(key)
    name = f"concat(unhex('{GTMS_NAMESPACE.hex}'), envelope_country_iso3, '|{label}|', {parts})"
    digest, digits = f"{label.lower()}_digest", f"{label.lower()}_digits"
    ninth_byte = f"reinterpretAsUInt8(substring({digest}, 9, 1))"
    variant = f"substring('89ab', bitAnd(bitShiftRight({ninth_byte}, 4), 3) + 1, 1)"
    return (
        f"concat(substring(lower(hex(SHA1({name}) AS {digest})) AS {digits}, 1, 8), '-',"
        f" substring({digits}, 9, 4), '-5', substring({digits}, 14, 3), '-',"
        f" {variant}, substring({digits}, 18, 3), '-', substring({digits}, 21, 12))"
    )


def _doubts(family: Family, fields: Sequence[Column]) -> Iterator[str]:
    """SQL, each true of what no event may have: what `events.many` leaves to be looked at here."""
    by_name = {field.name: field for field in fields}
    key = {name: _key_part(family, by_name[name]) for name in family.key_fields}
    yield from (f"{part} = ''" for name, part in key.items() if name not in family.key_may_lack)
    yield f"{_record_uid(family.label, [*key.values()])} != envelope_record_uid"
    yield f"envelope_received_at_seconds NOT BETWEEN 1 AND {LATEST_SECOND - 1}"
    yield f"envelope_submitted_at_seconds NOT BETWEEN 0 AND {LATEST_SECOND - 1}"
    for field in fields:
        if doubt := field.doubt(_sent(family, field)):
            yield doubt


def _schema(record: Descriptor) -> Iterator[str]:
    """The record message and all in it, as ClickHouse needs them: numbers, names, types."""
    yield 'syntax = "proto3";'
    appended = (
        f"bytes payload = {_PAYLOAD};",
        f"fixed32 kafka_partition = {_PARTITION};",
        f"fixed64 kafka_offset = {_OFFSET};",
    )
    for message in _messages(record):
        fields = [_field(field) for field in message.fields]
        yield f"message {message.name} {{"
        yield from [*fields, *appended] if message is record else fields
        yield "}"


def _messages(record: Descriptor) -> Iterable[Descriptor]:
    """The message and those inside it, each once."""
    found: dict[str, Descriptor] = {}
    waiting = [record]
    while waiting:
        message = waiting.pop()
        if message.name not in found:
            found[message.name] = message
            waiting += [message_of(field) for field in message.fields if field.message_type]
    return found.values()


def _field(field: FieldDescriptor) -> str:
    kind = field.message_type.name if field.message_type else _TYPES[field.type]
    label = ""
    if field.is_repeated:
        label = "repeated "
    elif field.has_presence and not field.message_type:
        label = "optional "
    return f"{label}{kind} {field.name} = {field.number};"
