"""The envelope of simulated records, and what may go wrong before a record is right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from random import Random
from typing import NamedTuple, Protocol

from google.protobuf.message import Message

from gtms.families import SCHEMA_VERSION
from gtms.simulate.days import DAY_S, Span, seconds
from treatment.common.v1.codes_pb2 import RECORD_OP_RETRACT, RECORD_OP_UPSERT
from treatment.common.v1.envelope_pb2 import Envelope

SOURCE_SYSTEM = "simulator"


class Role(Enum):
    """What a record is in the simulation; the receiving side cannot see it."""

    NEW = "new"  # first revision of a record that stays
    CORRECTION = "correction"  # a higher revision
    MISTAKE = "mistake"  # a record that should not exist, and is taken back
    RETRACTION = "retraction"  # takes it back
    INVALID = "invalid"  # breaks a rule of severity E on purpose
    DUPLICATE = "duplicate"  # the same bytes again


class Dispatch(NamedTuple):
    """One record message on its way, with its family as `gtms.families` names it."""

    family: str
    record: Message
    role: Role


@dataclass(frozen=True, slots=True)
class Noise:
    """How untidy a country's reporting is. All shares are 0..1 of the records.

    `corrected`: sent wrong first and right afterwards, one in ten of them only at the third try.
    `retracted`: additional records that are sent and then taken back. `invalid`: additional records
    that break a rule. `duplicated`: sent twice. `late`: held back for up to `hold` records, which
    also lets outcomes arrive before admissions and revision 3 before 1.
    """

    corrected: float = 0.03
    retracted: float = 0.01
    duplicated: float = 0.02
    late: float = 0.05
    invalid: float = 0.0
    hold: int = 2000


USUAL_NOISE = Noise()
NO_NOISE = Noise(0.0, 0.0, 0.0, 0.0)


class Enveloped(Protocol):
    """A record message of any family."""

    @property
    def envelope(self) -> Envelope:
        """Who says it, which revision it is, when it was said."""
        ...


@dataclass(frozen=True, slots=True)
class Stamp:
    """Fills envelopes for one country. Submission lags behind the event and never passes `span`."""

    country: str
    span: Span
    rng: Random

    def upsert(self, record: Enveloped, key: str, revision: int, day: int) -> None:
        """Say the record: `key` names it inside the country, `day` is what it is about."""
        self._fill(record.envelope, key, revision, day)
        record.envelope.operation = RECORD_OP_UPSERT

    def retract(self, record: Enveloped, key: str, revision: int, day: int) -> None:
        """Take the record back."""
        self._fill(record.envelope, key, revision, day)
        record.envelope.operation = RECORD_OP_RETRACT

    def _fill(self, envelope: Envelope, key: str, revision: int, day: int) -> None:
        lag = int(self.rng.expovariate(1 / 12) * DAY_S) + (revision - 1) * 20 * DAY_S
        envelope.record_version = revision
        envelope.country_iso3 = self.country
        envelope.source_system_id = SOURCE_SYSTEM
        envelope.schema_version = SCHEMA_VERSION
        envelope.submitted_at.seconds = min(seconds(day) + lag, seconds(self.span.last))
        envelope.idempotency_key = f"{key}/{revision}"


def population_tag(*parameters: object) -> str:
    """Six characters that keep populations apart: two that differ in any parameter share no id."""
    return sha256("|".join(map(str, parameters)).encode()).hexdigest()[:6]
