"""Dead letters brought back: what can be read by now is written to its topic once more.

It goes to the partition in which it was found, where all revisions of its record are. As revisions
replace each other, an event that comes back twice counts once. The dead letter itself stays, until
Kafka drops it: it tells what happened.
"""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from gtms.config import Kafka
from gtms.events.dead_letters import PutAside
from gtms.events.envelope import Outgoing
from gtms.events.failures import Unavailable
from gtms.events.publisher import Publisher
from gtms.processing.sorting import sort_closely

AT_ONCE = 200
_READY_S = 10.0


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many dead letters came back, and how many did not, and why.

    Attributes:
        unreadable: these could not be read now either.
        left_out: their values were too long to be kept; they must be sent again.
        is_whole: all were looked at; not when it was stopped before.
    """

    written: int = 0
    unreadable: int = 0
    left_out: int = 0
    is_whole: bool = True


async def replay(
    kafka: Kafka, letters: Iterable[PutAside], stop: asyncio.Event, *, trial: bool
) -> Replayed:
    """Bring these back, until all are or `stop` is set; a trial writes nothing.

    Raises:
        Unavailable: Kafka is away. What was written is; beginning again does no harm.
    """
    pieces = _pieces(letters)
    done = Replayed()
    async with Publisher(kafka) as publisher:
        try:
            await asyncio.wait_for(publisher.until_ready(), _READY_S)
        except TimeoutError:
            raise Unavailable(f"Kafka at {kafka.bootstrap} does not answer") from None
        while piece := await asyncio.to_thread(_following, pieces):
            if stop.is_set():
                return Replayed(done.written, done.unreadable, done.left_out, is_whole=False)
            whole = [one for one in piece if one.is_whole]
            events = [_event(one) for one in whole if is_readable(one)]
            if not trial:
                await publisher.publish(events)
            done = Replayed(
                done.written + len(events),
                done.unreadable + len(whole) - len(events),
                done.left_out + len(piece) - len(whole),
            )
    return done


def is_readable(event: PutAside) -> bool:
    """Whether the loader would store it now."""
    return bool(sort_closely([event]).families)


def _event(one: PutAside) -> Outgoing:
    return Outgoing(one.topic, one.key, one.value, one.headers, spread=one.partition)


def _following(pieces: Iterator[Sequence[PutAside]]) -> Sequence[PutAside]:
    return next(pieces, ())


def _pieces(letters: Iterable[PutAside]) -> Iterator[Sequence[PutAside]]:
    left = iter(letters)
    while piece := list(islice(left, AT_ONCE)):
        yield piece
