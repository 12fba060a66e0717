"""What happens to every call before and after its servicer: who, whether, limit, errors, audit.

Health checks and reflection are open to all and not limited.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias, cast

import grpc
import structlog
from google.protobuf.message import DecodeError, Message

from gtms import observability
from gtms.events.failures import Unavailable
from gtms.ingest import identity
from gtms.ingest.access import Rules
from gtms.ingest.audited import OPENED, Audited, Call, Refused
from gtms.ingest.deadlines import time_to_answer
from gtms.ingest.quotas import Quotas
from gtms.ingest.refusals import (
    Refusal,
    abort,
    bad_request,
    exhausted,
    permission_denied,
    unavailable,
)
from gtms.privacy.trail import Trail

OPEN_TO_ALL = ("/grpc.health.", "/grpc.reflection.")
ADMITTED_S = 30.0
"""So long a stream goes on before its credentials are looked at again."""

MOST_HELD = 1_000
"""Answers that are kept back at a time."""

log = structlog.get_logger(__name__)

Context: TypeAlias = "grpc.aio.ServicerContext[Message, Message]"
Unary = Callable[[Message, "Context"], Awaitable[Message]]
Stream = Callable[[AsyncIterator[Message], "Context"], AsyncIterator[Message]]
RawUnary = Callable[[bytes, "Context"], Awaitable[Message]]
RawStream = Callable[[AsyncIterator[bytes], "Context"], AsyncIterator[Message]]
Read = Callable[[bytes], Message]
Handler: TypeAlias = "grpc.RpcMethodHandler[Message, Message]"


class Gate(grpc.aio.ServerInterceptor):  # type: ignore[type-arg]  # generic in the stubs only
    """The one interceptor of a service.

    Args:
        rules: who may make which call; what it does not name is refused to everybody.
        limit: calls answered at one time; further ones get RESOURCE_EXHAUSTED at once.
        quotas: what of these each country may have.
        trail: where every call is told of, answered or refused.
    """

    def __init__(
        self,
        who: identity.Identity,
        rules: Rules,
        limit: int,
        quotas: Quotas,
        trail: Trail,
    ) -> None:
        self._who = who
        self._rules = rules
        self._limit = limit
        self._quotas = quotas
        self._trail = trail
        self._refused = Refused(trail)
        self._open = 0
        self._held = 0

    async def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], Awaitable[Handler]],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> Handler:
        """Wrap the servicer's method."""
        handler = await continuation(handler_call_details)
        method = str(handler_call_details.method)
        if handler is None or method.startswith(OPEN_TO_ALL):
            return handler
        if handler.stream_stream is not None:
            return grpc.stream_stream_rpc_method_handler(
                self._stream(method, cast("Stream", handler.stream_stream), _reading(handler)),
                None,  # nothing is read of a request before its sender is let in
                handler.response_serializer,
            )
        assert handler.unary_unary is not None, "submit and get are the only kinds of method"
        return grpc.unary_unary_rpc_method_handler(
            self._unary(method, cast("Unary", handler.unary_unary), _reading(handler)),
            None,
            handler.response_serializer,
        )

    def _unary(self, method: str, answer: Unary, read: Read) -> RawUnary:
        async def guarded(sent: bytes, context: Context) -> Message:
            call = Call(method)
            async with _Errors(self, method, context), self._audited(call), _Place(self):
                self._admit(call, context)
                with self._within_quota(call):
                    self._quotas.pace.single(call.sender.country)
                    began = time.perf_counter()
                    request = read(sent)
                    call.asked(request)
                    response = await answer(request, context)
                    call.answered(response)
                observability.CALL_SECONDS.labels(_short(method)).observe(
                    time.perf_counter() - began
                )
                return response

        return guarded

    def _stream(self, method: str, answer: Stream, read: Read) -> RawStream:
        async def guarded(sent: AsyncIterator[bytes], context: Context) -> AsyncIterator[Message]:
            call = Call(method)
            async with _Errors(self, method, context), self._audited(call), _Place(self):
                self._admit(call, context)
                admitted = time.monotonic()
                with self._within_quota(call):
                    self._trail.note(call.entry(OPENED))
                    requests = call.each_asked(read(each) async for each in sent)
                    async for response in answer(requests, context):
                        call.answered(response)
                        yield response
                        if time.monotonic() - admitted > ADMITTED_S:
                            self._admit_again(call, context)
                            admitted = time.monotonic()

        return guarded

    def _audited(self, call: Call) -> Audited:
        return Audited(self._trail, self._refused, call)

    def _admit(self, call: Call, context: Context) -> None:
        """Let the caller in; raises Refusal when it is unknown or may not make this call."""
        metadata = tuple(context.invocation_metadata() or ())
        call.purpose = next((str(said) for name, said in metadata if name == "x-purpose"), "")
        sender = call.sender = self._who.sender(metadata, _certificate(context))
        allowed = self._rules.get(call.method, frozenset())
        if not sender.roles & allowed:
            needed = " or ".join(sorted(allowed)) or "of nobody"
            raise permission_denied(f"this call needs the role {needed}")
        identity.enter(sender)

    def _admit_again(self, call: Call, context: Context) -> None:
        """Raise Refusal when the credentials of a stream no longer hold."""
        try:
            self._admit(call, context)
        except Refusal:
            raise unavailable(
                "CREDENTIALS_ENDED",
                "the credentials no longer hold: go on with a new stream and new ones",
                0.5,
            ) from None

    @contextmanager
    def _within_quota(self, call: Call) -> Iterator[None]:
        payer = call.sender.country or call.sender.subject
        self._quotas.calls.take(payer)
        self._quotas.places.take(payer)
        try:
            yield
        finally:
            self._quotas.places.leave(payer)

    def take_place(self) -> None:
        """Count a call in; raises Refusal at the limit."""
        if self._open >= self._limit:
            raise exhausted(
                "TOO_MANY_CALLS",
                f"this process answers {self._limit} calls at a time and all are taken",
                1.0,
            )
        self._open += 1
        observability.CALLS_OPEN.set(self._open)

    def leave_place(self) -> None:
        """Count a call out."""
        self._open -= 1
        observability.CALLS_OPEN.set(self._open)

    async def hold(self, refusal: Refusal, context: Context) -> None:
        """Keep an answer back for as long as it says, within the caller's deadline.

        It costs a timer; who asks again as soon as it is answered then asks that much less. When
        too many are held already this one goes out at once.
        """
        left_s = time_to_answer(context)
        held_s = refusal.held_s if left_s is None else min(refusal.held_s, left_s)
        if held_s <= 0 or self._held >= MOST_HELD:
            return
        self._held += 1
        try:
            await asyncio.sleep(held_s)
        finally:
            self._held -= 1


class _Place:
    """A call is counted while it is answered."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    async def __aenter__(self) -> None:
        self._gate.take_place()

    async def __aexit__(self, *_: object) -> None:
        self._gate.leave_place()


class _Errors:
    """Turns what a servicer raises into a status."""

    def __init__(self, gate: Gate, method: str, context: Context) -> None:
        self._gate = gate
        self._method = method
        self._context = context

    async def __aenter__(self) -> None:
        pass

    async def __aexit__(self, kind: object, error: BaseException | None, _: object) -> None:
        if isinstance(error, Unavailable):
            error = unavailable("UNAVAILABLE", error.what, error.retry_after_s)
        if isinstance(error, Refusal):
            observability.CALLS_REFUSED.labels(error.code.name).inc()
            if error.code is not grpc.StatusCode.RESOURCE_EXHAUSTED:  # a flood would fill the log
                log.info("refused", method=self._method, code=error.code.name, reason=error.reason)
            await self._gate.hold(error, self._context)
            await abort(self._context, error)


def _certificate(context: Context) -> bytes | None:
    """The certificate that the client showed, as TLS found it good."""
    return next(iter(context.auth_context().get("x509_pem_cert", ())), None)


def _reading(handler: Handler) -> Read:
    """How a request of the method is read; raises Refusal when it is none."""
    parse = cast("Read | None", handler.request_deserializer)
    assert parse is not None, "messages are all that is sent"

    def read(sent: bytes) -> Message:
        try:
            return parse(sent)
        except DecodeError:
            raise bad_request("REQUEST_UNREADABLE", "", "the request is no such message") from None

    return read


def _short(method: str) -> str:
    return method.rpartition("/")[2]
