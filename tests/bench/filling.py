"""Filling topics and tables beforehand, on all cores, by the product's own publisher and writer."""

import asyncio
import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_fixed

from gtms.config import ClickHouse, Kafka
from gtms.events.envelope import Outgoing
from gtms.events.failures import Unavailable
from gtms.events.publisher import Publisher
from gtms.observability import configure_logging
from gtms.processing.sorting import sort
from gtms.simulate.simulation import Simulation
from gtms.warehouse.writer import Writer
from tests.bench.drawn import ADMISSION, Drawn, admissions, drawn, events
from tests.support.engine import Incoming

Item = TypeVar("Item")
Task = TypeVar("Task")
Result = TypeVar("Result")

_AT_ONCE = 20_000
_OBJECTS_BEFORE_GC = 100_000
_PATIENCE_S = 60.0

Sent = tuple[str, bytes]
"""A record as it goes from one process to another: its family's name and its bytes."""


def on_all_cores(work: Callable[[Task], Result], tasks: Iterable[Task]) -> list[Result]:
    """The results of independent tasks, in their order, each made in another process."""
    cores = len(os.sched_getaffinity(0))
    with ProcessPoolExecutor(cores, get_context("spawn"), _quietly) as pool:
        return list(pool.map(work, tasks))


def publish_admissions(task: tuple[Kafka, Simulation]) -> int:
    """Write the admissions of a population to their topic; gives how many."""
    kafka, simulation = task
    made = events(simulation.country, (Drawn(ADMISSION, r) for r in admissions(simulation)))
    return asyncio.run(_publish(kafka, made))


# The loader too waits for a server that is busy with its first formats.
_PATIENTLY = Retrying(
    retry=retry_if_exception_type(Unavailable),
    wait=wait_fixed(0.5),
    stop=stop_after_attempt(20),
    reraise=True,
)


def store(task: tuple[ClickHouse, Simulation, int]) -> list[Sent]:
    """Store a population up to its n-th admission; give the records behind it, not stored."""
    server, simulation, most = task
    gc.set_threshold(_OBJECTS_BEFORE_GC, 50, 100)
    arriving = drawn(simulation)
    writer = Writer(server)
    try:
        offset = 0
        for batch in in_batches(_until(arriving, most), _AT_ONCE):
            made = events(simulation.country, batch)
            found = sort([_incoming(event, offset + n) for n, event in enumerate(made)])
            for family in found.families:
                _PATIENTLY(writer.store, family)
            offset += len(batch)
    finally:
        writer.close()
    return [(one.family.name, one.record.SerializeToString()) for one in arriving]


def in_batches(items: Iterable[Item], size: int) -> Iterator[Sequence[Item]]:
    """The items in lists of at most this many."""
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch


def _quietly() -> None:
    configure_logging("warning", "console")


async def _publish(kafka: Kafka, made: Iterable[Outgoing]) -> int:
    many = 0
    batches = in_batches(made, _AT_ONCE)
    async with Publisher(kafka, _PATIENCE_S) as publisher:
        await publisher.until_ready()
        # Drawn in a thread, because the publisher listens to Kafka meanwhile.
        while batch := await asyncio.to_thread(next, batches, ()):
            await publisher.publish(batch)
            many += len(batch)
    return many


def _until(arriving: Iterator[Drawn], most: int) -> Iterator[Drawn]:
    for one in arriving:
        yield one
        most -= one.family is ADMISSION
        if most == 0:
            return


def _incoming(event: Outgoing, offset: int) -> Incoming:
    return Incoming(event.topic, 0, offset, event.key, event.value, event.headers)
