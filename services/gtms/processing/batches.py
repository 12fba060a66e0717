"""Batches of events, acknowledged only when their work is done. The only module that touches acks.

Faust acknowledges too early in most ways of consuming: an exception in an `async for` or in `take`
acknowledges messages that nobody has worked on, and a commit may pass an offset that is still in
flight (https://github.com/faust-streaming/faust/issues/606). With acks switched off twice, on the
stream and in `noack_take`, and given here in the order of the events, a killed or failing worker
repeats messages and never skips one.
"""

from collections.abc import AsyncIterator, Sequence

from faust.types import EventT, StreamT


async def batches(
    stream: StreamT[bytes], *, most: int, within: float
) -> AsyncIterator[Sequence[bytes]]:
    """Yield up to `most` values at a time, waiting at most `within` seconds for a fuller batch.

    A batch is acknowledged when the caller asks for the next one. A caller that raises instead
    leaves its batch unacknowledged; it must then end the process, because Faust hands a message to
    a running worker only once.
    """
    events: Sequence[EventT[bytes]]
    quiet = stream.noack()  # type: ignore[attr-defined]  # Faust's interface lacks it, its class not
    async for events in quiet.noack_take(most, within=within):
        yield [event.value for event in events]
        for event in events:
            event.ack()
