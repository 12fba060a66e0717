"""The services of the schemas, and servers of them that need no stores."""

import importlib
import pkgutil
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import grpc
from google.protobuf.descriptor import MethodDescriptor, ServiceDescriptor

import treatment
from gtms.config import ClickHouse, Identity, Ingest, Kafka, Ports, Quota, Settings
from gtms.ingest import server as ingest
from gtms.ingest.access import rules_of
from gtms.ingest.identity import Role
from gtms.query import server as query

READING = "indicators"
PROCESSES = (*ingest.SERVICES, READING)


def every_service() -> Iterator[ServiceDescriptor]:
    """Every service of every schema, served or not."""
    for found in pkgutil.walk_packages(treatment.__path__, "treatment."):
        if found.name.endswith("_pb2"):
            module = importlib.import_module(found.name)
            yield from module.DESCRIPTOR.services_by_name.values()


def served_by(process: str) -> set[str]:
    """Full names of the services in a process."""
    if process == READING:
        return set(query.SERVICES)
    return {service.full_name for service in ingest.SERVICES[process]}


def methods_of(process: str) -> list[MethodDescriptor]:
    """The methods of all services in a process."""
    names = served_by(process)
    return [
        method
        for service in every_service()
        if service.full_name in names
        for method in service.methods
    ]


def path_of(method: MethodDescriptor) -> str:
    """As it stands in a call."""
    return f"/{method.containing_service.full_name}/{method.name}"


def roles_of(method: MethodDescriptor) -> frozenset[Role]:
    """Who may call it, as its option says."""
    return rules_of([method.containing_service.full_name])[path_of(method)]


def without_stores(state: Path, identity: Identity | None = None, **quota: float) -> Settings:
    """Settings with ports that are free, and stores where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nothing_there = probe.getsockname()[1]
    base = Settings()
    return base.model_copy(
        update={
            "kafka": Kafka(bootstrap=f"127.0.0.1:{nothing_there}"),
            "clickhouse": ClickHouse(port=1, http_port=1),
            "ports": Ports(**dict.fromkeys(PROCESSES, 0)),
            "ingest": Ingest(drain_s=0.5, publish_timeout_s=1.0),
            "identity": identity or Identity(),
            "quota": Quota(**quota),
            "stack": base.stack.model_copy(update={"state": state}),
        }
    )


@asynccontextmanager
async def served(process: str, settings: Settings) -> AsyncIterator[str]:
    """The process, in this one; gives host:port."""
    begun = query.running(settings) if process == READING else ingest.running(process, settings)
    async with begun as port:
        yield f"127.0.0.1:{port}"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a call ended."""

    code: grpc.StatusCode
    text: str
    answer: bytes = b""


Metadata = tuple[tuple[str, str], ...]


async def call(
    channel: grpc.aio.Channel,
    method: MethodDescriptor,
    request: bytes = b"",
    token: str | None = None,
) -> Ended:
    """Call a method with bytes, as any client might; a stream gets one message."""
    return await call_with(
        channel, method, request, (("authorization", f"Bearer {token}"),) if token else ()
    )


async def call_with(
    channel: grpc.aio.Channel, method: MethodDescriptor, request: bytes, metadata: Metadata
) -> Ended:
    """As `call`, with metadata as they are.

    grpc.aio now and then loses how a stream ended that was refused while it was being written to
    (https://github.com/grpc/grpc/issues/36066); such a call is made again.
    """
    ended = await _call(channel, method, request, metadata)
    while ended.text == "Internal error from Core":
        ended = await _call(channel, method, request, metadata)
    return ended


async def _call(
    channel: grpc.aio.Channel, method: MethodDescriptor, request: bytes, metadata: Metadata
) -> Ended:
    path = path_of(method)
    try:
        if not method.client_streaming:
            answer = await channel.unary_unary(path)(request, metadata=metadata, timeout=10)
            return Ended(grpc.StatusCode.OK, "", answer)
        stream = channel.stream_stream(path)(iter([request]), metadata=metadata, timeout=10)
        answers = [answer async for answer in stream]
        return Ended(grpc.StatusCode.OK, "", b"".join(answers))
    except grpc.aio.AioRpcError as error:
        return Ended(error.code(), error.details() or "")
