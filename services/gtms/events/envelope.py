"""The only place where records become events and events become records.

On Kafka an event is the serialized record message with CloudEvents 1.0 headers in binary mode.
Its key is `COUNTRY/record_uid/revision/first 12 hex digits of payload_sha256`: compaction keeps
what *arrived* last under a key, which may be an older revision, so that revision and content are
part of the key and compaction removes exact duplicates only.
"""

import zlib
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import cast
from urllib.parse import quote

from google.protobuf.message import DecodeError, Message
from google.protobuf.timestamp_pb2 import Timestamp

from gtms.events.failures import InvalidRecord
from gtms.events.plausible import check_values
from gtms.families import FAMILIES, Family
from gtms.records.identifiers import key_of, record_uid
from treatment.admissions.v1.admission_pb2 import AdmissionRecord
from treatment.common.v1.codes_pb2 import RecordOp
from treatment.estimates.v1.reference_estimate_pb2 import ReferenceEstimateRecord
from treatment.facilities.v1.facility_capacity_pb2 import FacilityCapacityRecord
from treatment.facilities.v1.facility_pb2 import FacilityRecord
from treatment.facilities.v1.qa_assessment_pb2 import QaAssessmentRecord
from treatment.outcomes.v1.outcome_pb2 import OutcomeRecord
from treatment.profiles.v1.profile_pb2 import CountryProfileRecord
from treatment.trainings.v1.training_event_pb2 import TrainingEventRecord
from treatment.trainings.v1.training_participant_pb2 import TrainingParticipantRecord

MAX_VALUE_BYTES = 262_144
"""Longest value of an event; a real record is a few kilobytes at most."""

CONTENT_TYPE = b"application/protobuf"
_TYPE_HEADER = "ce_type"
LATEST_SECOND = 7_258_118_400  # 2200-01-01: what a clock of ours can show, and a table hold
_OPERATIONS = {"record": RecordOp.RECORD_OP_UPSERT, "retraction": RecordOp.RECORD_OP_RETRACT}

Headers = list[tuple[str, bytes]]


RecordMessage = (
    FacilityRecord
    | FacilityCapacityRecord
    | QaAssessmentRecord
    | AdmissionRecord
    | OutcomeRecord
    | TrainingEventRecord
    | TrainingParticipantRecord
    | ReferenceEstimateRecord
    | CountryProfileRecord
)
"""What travels: an envelope around one record or one retraction."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is written to Kafka: bytes, and the number its partition is chosen by.

    `spread` modulo the number of partitions is the partition; None leaves it to the key, by the
    hash that every Kafka client uses.
    """

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers
    spread: int | None = None

    @property
    def size(self) -> int:
        """About the bytes it takes while it waits, headers included."""
        return len(self.value or b"") + 512


@dataclass(frozen=True, slots=True)
class Event:
    """A record that came from Kafka: its family and the whole record message."""

    family: Family
    record: RecordMessage


def payload_hash(content: Message) -> bytes:
    """SHA-256 (32 bytes) of a record or a retraction alone, serialized deterministically."""
    return sha256(content.SerializeToString(deterministic=True)).digest()


def event_key(country: str, uid: str, revision: int, content_hash: bytes) -> bytes:
    """The key of the event that carries this revision of this record with this content."""
    return f"{country}/{uid}/{revision}/{content_hash[:6].hex()}".encode()


def encode(family: Family, record: RecordMessage) -> Outgoing:
    """The event for a record whose envelope is complete.

    All revisions of one record go to one partition.
    """
    envelope = record.envelope
    uid = envelope.record_uid
    key = event_key(envelope.country_iso3, uid, envelope.record_version, envelope.payload_sha256)
    subject = uid.encode()
    received = envelope.received_at
    headers = [
        ("ce_specversion", b"1.0"),
        ("ce_id", key),
        ("ce_source", _source(envelope.country_iso3, envelope.source_system_id)),
        (_TYPE_HEADER, _EVENT_TYPES[family.code]),
        ("ce_time", _time(received.seconds, received.nanos)),
        ("ce_subject", subject),
        ("content-type", CONTENT_TYPE),
    ]
    return Outgoing(family.topic, key, record.SerializeToString(), headers, zlib.crc32(subject))


def decode(key: bytes | None, value: bytes | None, headers: Headers) -> Event:
    """The record inside an event, checked to be what its key and headers say, with sound values.

    What a single record can violate beyond that is the business of validation, before it is
    published; here is checked whatever would mislead or stop the stages behind.

    Raises:
        InvalidRecord: it is no such event; the reason never repeats anything found in it.
    """
    family = _family(headers)
    record = _parse(family, value)
    _check_identity(family, record, key)
    check_values(record)
    return Event(family, record)


def _family(headers: Headers) -> Family:
    for name, content in headers:
        if name == _TYPE_HEADER:
            family = _BY_EVENT_TYPE.get(content)
            if family is None:
                raise InvalidRecord("the ce_type header names no record family received here")
            return family
    raise InvalidRecord("no ce_type header")


def _parse(family: Family, value: bytes | None) -> RecordMessage:
    if value is None:
        raise InvalidRecord("no value (a tombstone)")
    if not value:
        raise InvalidRecord("the value is empty")
    if len(value) > MAX_VALUE_BYTES:
        raise InvalidRecord(f"the value is longer than {MAX_VALUE_BYTES} bytes")
    try:
        return cast("RecordMessage", family.record_type.FromString(value))
    except DecodeError:
        raise InvalidRecord(f"the value is not a {family.event_type}") from None


def _check_identity(family: Family, record: RecordMessage, key: bytes | None) -> None:
    inside = record.WhichOneof("content")
    if inside is None:
        raise InvalidRecord("neither a record nor a retraction inside")
    envelope = record.envelope
    country, uid = envelope.country_iso3, envelope.record_uid
    version, content_hash = envelope.record_version, envelope.payload_sha256
    if key != event_key(country, uid, version, content_hash):
        raise InvalidRecord("the key differs from the envelope")
    natural = key_of(family, getattr(record, inside))
    if natural is None or record_uid(country, family, *natural) != uid:
        raise InvalidRecord("envelope.record_uid differs from country, family and natural key")
    if not (len(country) == 3 and country.isascii() and country.isupper()):
        raise InvalidRecord("envelope.country_iso3 is not a country")
    if version == 0 or len(content_hash) != 32:
        raise InvalidRecord("envelope.record_version or payload_sha256 is missing")
    if envelope.family != family.code or envelope.operation != _OPERATIONS[inside]:
        raise InvalidRecord("envelope.family or operation differs from what is inside")
    if not 0 < envelope.received_at.seconds < LATEST_SECOND:
        raise InvalidRecord("envelope.received_at is out of range")
    if not 0 <= envelope.submitted_at.seconds < LATEST_SECOND:
        raise InvalidRecord("envelope.submitted_at is out of range")


@lru_cache(maxsize=4096)
def _source(country: str, source_system_id: str) -> bytes:
    return f"/gtms/{country}/{quote(source_system_id, safe='')}".encode()


@lru_cache(maxsize=64)
def _time(seconds: int, nanos: int) -> bytes:
    return Timestamp(seconds=seconds, nanos=nanos).ToJsonString().encode()


_EVENT_TYPES = {family.code: family.event_type.encode() for family in FAMILIES.values()}
_BY_EVENT_TYPE = {family.event_type.encode(): family for family in FAMILIES.values()}
