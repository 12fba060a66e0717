"""(a) How long others wait for a receipt while one country floods the same process (F34).

    python -m tests.bench.flood HOST:PORT

is the flood, a process of its own: it keeps more streams open than it may, writes chunk after
chunk into each, and asks for single records as fast as they are answered, until it is ended. The
others are many countries, each of which sends a record now and then. Quotas are the defaults. It
says `flooding` when it has its first answer.
"""

import asyncio
import sys
import time
from contextlib import suppress
from itertools import count

import grpc

from gtms.channel import bearing
from gtms.stack.lifecycle import EmbeddedStack
from tests.bench.figures import percentile
from tests.bench.stacks import Service, program
from tests.support.population import admission
from treatment.admissions.v1.admissions_service_pb2 import (
    SubmitAdmissionRequest,
    SubmitAdmissionsRequest,
)
from treatment.admissions.v1.admissions_service_pb2_grpc import AdmissionsServiceStub

FLOOD = "USA"
OTHERS = ("FJI", "KIR", "MHL", "NRU", "PLW", "SLB", "TON", "TUV", "VUT", "WSM")
EVERY_S = 0.2
SECONDS = 8.0
STREAMS = 100
SINGLE = 4
STEP_S = 0.1
_numbers = count()


def waits(stack: EmbeddedStack, to: Service) -> tuple[float, float]:
    """Median wait of the others in seconds: alone, and beside the flood."""
    alone = asyncio.run(_others(to.target))
    words = [sys.executable, "-m", "tests.bench.flood", to.target]
    with program(stack, "flood", words):
        while b"flooding" not in stack.supervisor.log("bench-flood").read_bytes():
            time.sleep(STEP_S)
        beside = asyncio.run(_others(to.target))
    return percentile(alone, 50), percentile(beside, 50)


async def _others(target: str) -> list[float]:
    """Seconds that each of their records waited."""
    found: list[float] = []

    async def one(country: str, starts: float) -> None:
        who = bearing(f"dev-{country}")
        await asyncio.sleep(starts)
        async with who.aio_channel(target) as channel:
            stub = AdmissionsServiceStub(channel)
            await channel.channel_ready()
            for _ in range(int(SECONDS / EVERY_S)):
                record = admission(f"{country} {next(_numbers)}", "2025-03-01")
                request = SubmitAdmissionRequest(record=record)
                began = time.perf_counter()
                await stub.SubmitAdmission(request, metadata=who.metadata(), timeout=60)
                found.append(time.perf_counter() - began)
                await asyncio.sleep(EVERY_S)

    step = EVERY_S / len(OTHERS)
    await asyncio.gather(*(one(each, step * n) for n, each in enumerate(OTHERS)))
    return found


async def flood(target: str) -> None:
    """Ask for as much as can be asked for, for ever."""
    who = bearing(f"dev-{FLOOD}")
    one = SubmitAdmissionRequest(record=admission("flood", "2025-03-01"))
    chunk = SubmitAdmissionsRequest(records=[one.record] * 500)

    async def streaming(stub: AdmissionsServiceStub) -> None:
        while True:
            call = stub.SubmitAdmissions(metadata=who.metadata())
            with suppress(grpc.aio.AioRpcError, asyncio.InvalidStateError):
                while True:
                    await call.write(chunk)
                    await call.read()
            await asyncio.sleep(0.05)

    async def single(stub: AdmissionsServiceStub) -> None:
        while True:
            with suppress(grpc.aio.AioRpcError):
                await stub.SubmitAdmission(one, metadata=who.metadata(), timeout=60)

    async with who.aio_channel(target) as channel:
        stub = AdmissionsServiceStub(channel)
        await stub.SubmitAdmission(one, metadata=who.metadata())
        sys.stdout.write("flooding\n")
        sys.stdout.flush()
        await asyncio.gather(
            *(streaming(stub) for _ in range(STREAMS)), *(single(stub) for _ in range(SINGLE))
        )


if __name__ == "__main__":
    asyncio.run(flood(sys.argv[1]))
