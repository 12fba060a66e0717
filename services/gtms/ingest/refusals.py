"""Answers that are errors: a gRPC status with `google.rpc` details that a program can read.

A refusal is about a call, never about a record: what is wrong with a record is in its receipt.
Texts are one line and repeat nothing that was sent.
"""

from collections.abc import Sequence

import grpc
from google.protobuf.any_pb2 import Any as Packed
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RetryInfo
from google.rpc.status_pb2 import Status
from grpc_status.rpc_status import to_status

DOMAIN = "gtms"

SHORTEST_HELD_S, LONGEST_HELD_S = 1.0, 2.0
"""So long at least, and at most, the answer to a call beyond the quota is kept back."""


class Refusal(Exception):
    """Ends a call with this status. Make one with the functions below.

    Attributes:
        reason: the machine-readable word in ErrorInfo, e.g. "CHUNK_TOO_LARGE".
        held_s: so long the answer is kept back, to slow down who asks again at once.
    """

    def __init__(
        self,
        code: grpc.StatusCode,
        reason: str,
        text: str,
        details: Sequence[Message] = (),
        held_s: float = 0.0,
    ) -> None:
        super().__init__(text)
        self.code = code
        self.reason = reason
        self.text = text
        self.held_s = held_s
        self.details = (ErrorInfo(reason=reason, domain=DOMAIN), *details)


def bad_request(reason: str, field: str, text: str) -> Refusal:
    """The call itself is wrong and will be wrong again; `field` is the path in the request."""
    violation = BadRequest.FieldViolation(field=field, description=text, reason=reason)
    return Refusal(
        grpc.StatusCode.INVALID_ARGUMENT, reason, text, [BadRequest(field_violations=[violation])]
    )


def unauthenticated(text: str) -> Refusal:
    """Who sends is not known."""
    return Refusal(grpc.StatusCode.UNAUTHENTICATED, "UNAUTHENTICATED", text)


def permission_denied(text: str) -> Refusal:
    """Who sends is known, and may not do this."""
    return Refusal(grpc.StatusCode.PERMISSION_DENIED, "PERMISSION_DENIED", text)


def not_found(text: str) -> Refusal:
    """Nothing is stored under the id, or not for this sender: both look the same."""
    return Refusal(grpc.StatusCode.NOT_FOUND, "NOT_FOUND", text)


def unavailable(reason: str, text: str, retry_after_s: float) -> Refusal:
    """The same call may succeed after a while."""
    return Refusal(grpc.StatusCode.UNAVAILABLE, reason, text, [_retry(retry_after_s)])


def exhausted(reason: str, text: str, retry_after_s: float) -> Refusal:
    """A limit is reached that frees itself."""
    return Refusal(grpc.StatusCode.RESOURCE_EXHAUSTED, reason, text, [_retry(retry_after_s)])


def beyond_quota(text: str, retry_after_s: float) -> Refusal:
    """The country has more than its share already; the answer is held back meanwhile."""
    code, details = grpc.StatusCode.RESOURCE_EXHAUSTED, [_retry(retry_after_s)]
    held_s = min(max(retry_after_s, SHORTEST_HELD_S), LONGEST_HELD_S)
    return Refusal(code, "QUOTA", text, details, held_s)


async def abort(context: "grpc.aio.ServicerContext[Message, Message]", refusal: Refusal) -> None:
    """End the call with the refusal; never returns normally."""
    status = to_status(
        Status(
            code=refusal.code.value[0],
            message=refusal.text,
            details=[_packed(detail) for detail in refusal.details],
        )
    )
    await context.abort(status.code, status.details, status.trailing_metadata)


def _packed(detail: Message) -> Packed:
    packed = Packed()
    packed.Pack(detail)
    return packed


def _retry(after_s: float) -> RetryInfo:
    delay = Duration()
    delay.FromMilliseconds(int(after_s * 1000))
    return RetryInfo(retry_delay=delay)
