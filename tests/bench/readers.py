"""What reads the topic of admissions, each in a process of its own.

`python -m tests.bench.readers loader|getmany|faust RECORDS` reads so many and prints a `Reading` as
JSON on one line. The clock of each runs from the moment when something is there until all is; what
was there at that moment is not counted. So neither joining a group nor connecting is measured, nor
the end of Python's own start.
"""

import asyncio
import json
import os
import resource
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass

import faust
from aiokafka import AIOKafkaConsumer
from faust.types import StreamT
from prometheus_client import REGISTRY

from gtms.config import settings
from gtms.processing.loader import Loader
from tests.bench.drawn import ADMISSION
from treatment.admissions.v1.admission_pb2 import AdmissionRecord

_STEP_S = 0.005
_FETCH_BYTES = 4 * 1024 * 1024  # of each partition, as the loader's


@dataclass(frozen=True, slots=True)
class Reading:
    """So many records in so many seconds, and the processor time this process took for them."""

    records: int
    seconds: float
    cpu_s: float

    @property
    def per_second(self) -> float:
        """Records per second."""
        return self.records / self.seconds


class Clock:
    """Runs from the first time it is told a number above zero until it is told all.

    When the first number is all, it has run since it was made. `used` tells the processor time so
    far, in seconds; this process's own unless said otherwise.
    """

    def __init__(self, most: int, used: Callable[[], float] = time.process_time) -> None:
        self._most = most
        self._used = used
        self._running = False
        self._since = (0, time.perf_counter(), used())

    def tell(self, so_far: int) -> Reading | None:
        """The reading when `so_far` is all."""
        if so_far < self._most:
            if so_far and not self._running:
                self._running = True
                self._since = (so_far, time.perf_counter(), self._used())
            return None
        before, began, used = self._since
        return Reading(self._most - before, time.perf_counter() - began, self._used() - used)


async def loader(most: int) -> Reading:
    """Our loader: stored, told to the owners of countries, noted and committed."""
    service = Loader.of(settings())
    await service.start()
    clock = Clock(most)
    while (reading := clock.tell(_settled())) is None:  # noqa: ASYNC110 - a metric tells nobody
        await asyncio.sleep(_STEP_S)
    await service.stop()
    return reading


def _settled() -> int:
    labels = {"topic": ADMISSION.topic}
    return int(REGISTRY.get_sample_value("gtms_loader_events_total", labels) or 0)


async def getmany(most: int) -> Reading:
    """A loop over aiokafka's `getmany` that parses every message and forgets it."""
    consumer = AIOKafkaConsumer(
        ADMISSION.topic,
        bootstrap_servers=settings().kafka.bootstrap,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=_FETCH_BYTES,
    )
    await consumer.start()
    clock = Clock(most)
    many = 0
    async for values in _batches(consumer):
        for value in values:
            AdmissionRecord.FromString(value)
        many += len(values)
        if (reading := clock.tell(many)) is not None:
            break
    await consumer.stop()
    assert reading is not None
    return reading


async def _batches(consumer: AIOKafkaConsumer) -> AsyncIterator[list[bytes]]:
    while True:
        found = await consumer.getmany(timeout_ms=1000, max_records=5000)
        yield [event.value or b"" for events in found.values() for event in events]


def through_faust(most: int) -> None:
    """A Faust agent that parses every message and forgets it; Faust acknowledges as it likes."""
    app = faust.App(
        f"bench-{os.getpid()}",
        broker=f"kafka://{settings().kafka.bootstrap}",
        value_serializer="raw",
        key_serializer="raw",
        web_enabled=False,
        topic_allow_declare=False,
        topic_disable_leader=True,
        reply_create_topic=False,
        consumer_auto_offset_reset="earliest",
        store="memory://",
        datadir=settings().stack.state / "faust-bench",
    )
    clock = Clock(most)

    async def parse(stream: StreamT[bytes]) -> None:
        many = 0
        async for value in stream:
            AdmissionRecord.FromString(value)
            many += 1
            if (reading := clock.tell(many)) is not None:
                _say(reading)
                os.kill(os.getpid(), signal.SIGTERM)

    app.agent(app.topic(ADMISSION.topic, key_type=bytes, value_type=bytes))(parse)
    faust.Worker(
        app, redirect_stdouts=False, override_logging=False, quiet=True
    ).execute_from_commandline()


def _say(reading: Reading) -> None:
    peak_bytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    sys.stdout.write(json.dumps({**asdict(reading), "peak_bytes": peak_bytes}) + "\n")
    sys.stdout.flush()


def main(name: str, most: str) -> None:
    """Read and tell."""
    if name == "faust":
        through_faust(int(most))
    else:
        _say(asyncio.run({"loader": loader, "getmany": getmany}[name](int(most))))


if __name__ == "__main__":
    main(*sys.argv[1:])
