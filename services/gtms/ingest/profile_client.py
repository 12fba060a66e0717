"""Asking for the profile of a country and setting it, as an administrator's tool would."""

import time
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Self, TypeVar

import grpc

from gtms.channel import Caller
from gtms.families import SCHEMA_VERSION
from gtms.records.profiles import PROFILE_ID
from treatment.common.v1.codes_pb2 import RecordOp
from treatment.common.v1.receipts_pb2 import Receipt
from treatment.profiles.v1 import profiles_service_pb2_grpc
from treatment.profiles.v1.profile_pb2 import (
    CountryProfile,
    CountryProfileKey,
    CountryProfileRecord,
)
from treatment.profiles.v1.profiles_service_pb2 import (
    GetProfileRequest,
    GetProfileResponse,
    ListProfileRevisionsRequest,
    SetProfileRequest,
)

ANSWER_TIMEOUT_S = 15.0
ASK_EVERY_S = 0.2
_NOT_REACHED = frozenset({grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED})

Answer = TypeVar("Answer")


class Refused(Exception):
    """The service refused the call, or is not there: one line that says why."""


class ProfileClient:
    """One channel to the service. Use as a context; every call raises `Refused`."""

    def __init__(self, target: str, caller: Caller) -> None:
        self._target = target
        self._metadata = caller.metadata()
        self._channel = caller.channel(target)
        self._stub = profiles_service_pb2_grpc.ProfilesServiceStub(self._channel)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._channel.close()

    def current(self) -> GetProfileResponse:
        """What counts now."""
        return self._answer(
            lambda: self._stub.GetProfile(
                GetProfileRequest(), metadata=self._metadata, timeout=ANSWER_TIMEOUT_S
            )
        )

    def revisions(self) -> Sequence[CountryProfileRecord]:
        """What was ever said, the newest first."""
        answer = self._answer(
            lambda: self._stub.ListProfileRevisions(
                ListProfileRevisionsRequest(), metadata=self._metadata, timeout=ANSWER_TIMEOUT_S
            )
        )
        return answer.records

    def send(self, record: CountryProfileRecord, *, validate_only: bool = False) -> Receipt:
        """The receipt of a revision."""
        request = SetProfileRequest(record=record, validate_only=validate_only)
        answer = self._answer(
            lambda: self._stub.SetProfile(
                request, metadata=self._metadata, timeout=ANSWER_TIMEOUT_S
            )
        )
        return answer.receipt

    def stored(self, revision: int, within_s: float) -> GetProfileResponse | None:
        """What counts once this revision, or a higher one, is stored; None when it takes longer."""
        until = time.monotonic() + within_s
        while time.monotonic() < until:
            current = self.current()
            if current.record_version >= revision:
                return current
            time.sleep(ASK_EVERY_S)
        return None

    def _answer(self, call: Callable[[], Answer]) -> Answer:
        try:
            return call()
        except grpc.RpcError as error:
            code = error.code()
            if code in _NOT_REACHED and not error.trailing_metadata():
                why = (
                    f"the profiles service at {self._target} does not answer: start it"
                    " (`gtms stack up`), or say where it is (--target host:port)"
                )
            else:
                why = error.details() or code.name
            raise Refused(why) from None


def revision_of(profile: CountryProfile | None, record_version: int) -> CountryProfileRecord:
    """A revision that says this profile, or takes back what was said when it is None."""
    record = CountryProfileRecord()
    if profile is None:
        record.retraction.CopyFrom(CountryProfileKey(profile_id=PROFILE_ID))
    else:
        record.record.CopyFrom(profile)
        record.record.profile_id = PROFILE_ID
    envelope = record.envelope
    envelope.record_version = record_version
    envelope.operation = (
        RecordOp.RECORD_OP_RETRACT if profile is None else RecordOp.RECORD_OP_UPSERT
    )
    envelope.source_system_id = "gtms-profile"
    envelope.schema_version = SCHEMA_VERSION
    envelope.idempotency_key = uuid.uuid4().hex
    envelope.submitted_at.FromDatetime(datetime.now(UTC))
    return record
