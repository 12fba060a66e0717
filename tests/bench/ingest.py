"""(a) Bulk ingest: records per second into Kafka, beside a producer that does nothing else.

Ours: the admissions service with all rules on, answering chunks of 500 records with a receipt for
each after all in-sync replicas have them. The sender is the bench: its chunks were made before, its
answers are looked at afterwards, and it sends over several streams that take the next chunk
whenever they may.

The reference is an aiokafka producer that sends the very events that the service makes of these
records, keys and headers included: acks=all as well, its batches as large as ours, the partition
given, so that it spends no time on hashing keys. Started and warmed up, with nothing before or
after its clock but waiting for the acknowledgements.
"""

import asyncio
import gc
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, cast

import grpc
from aiokafka import AIOKafkaProducer

from gtms.channel import Caller
from gtms.config import Kafka, Quota
from gtms.events.envelope import Outgoing
from gtms.events.publisher import MAX_BATCH_BYTES
from tests.bench import flood
from tests.bench.drawn import ADMISSION, Drawn, admissions, events, population
from tests.bench.figures import Aim, Figure, Measured, beside
from tests.bench.machine import peaks, peaks_below
from tests.bench.sizes import Sizes
from tests.bench.stacks import Say, Service, new_stack, service
from treatment.admissions.v1.admission_pb2 import AdmissionRecord
from treatment.admissions.v1.admissions_service_pb2 import (
    SubmitAdmissionsRequest,
    SubmitAdmissionsResponse,
)
from treatment.common.v1.receipts_pb2 import ReceiptStatus

PART = "ingest"
COUNTRY = "KEN"
CHUNK = 500
STREAMS = 12
UNANSWERED = 4
AIM = 0.4
VERIFIED_AIM = 0.85
FLOOD_AIM = 2.0

_READY_S = 60.0
_METHOD = "/treatment.admissions.v1.AdmissionsService/SubmitAdmissions"
_ALONE = (("grpc.use_local_subchannel_pool", 1),)  # a connection of its own for each stream
_ACCEPTED = {
    ReceiptStatus.RECEIPT_STATUS_ACCEPTED,
    ReceiptStatus.RECEIPT_STATUS_ACCEPTED_WITH_FLAGS,
}


def measure(sizes: Sizes, say: Say) -> Measured:
    """One process, plain and verified, two processes, the bare producer: in turn each round."""
    say(f"drawing {sizes.ingest_records:,} admissions")
    chunks, made = _material(sizes.ingest_records)
    with (
        new_stack(say) as stack,
        service(stack, "admissions", 1, COUNTRY) as one,
        service(stack, "admissions", 2, COUNTRY) as two,
        service(stack, "admissions", 1, COUNTRY, verified=True) as verified,
    ):
        say("warming up")
        for each in (one, two, verified):
            asyncio.run(_submitted(each, chunks[:STREAMS]))
        asyncio.run(_produced(stack.settings.kafka, made[:CHUNK]))
        rates: list[tuple[float, ...]] = []
        for number in range(sizes.rounds):
            say(f"round {number + 1} of {sizes.rounds}")
            rates.append(_round(stack.settings.kafka, (one, verified, two), chunks, made))
        say("one country floods the others")
        with service(stack, "admissions", 1, COUNTRY, quota=Quota()) as flooded:
            alone, beside_flood = zip(
                *(flood.waits(stack, flooded) for _ in range(sizes.rounds)), strict=True
            )
        memory = [
            *peaks(PART, stack),
            *(
                peak
                for each in (one, two, verified)
                for peak in peaks_below(PART, each.name, each.pid)
            ),
        ]
    of_one, of_verified, of_two, bare = zip(*rates, strict=True)
    unit = "records/s"
    return Measured(
        (
            Figure(PART, "one service process, all rules, acks=all", unit, of_one),
            beside(PART, "bare aiokafka producer, same events, acks=all", unit, of_one, bare, AIM),
            Figure(PART, "one process, TLS, certificate and token", unit, of_verified),
            beside(PART, "the same in plain text", unit, of_verified, of_one, VERIFIED_AIM),
            Figure(PART, "two processes on one port", unit, of_two),
            Figure(PART, "others' receipt of one record, median", "s", alone),
            Figure(
                PART,
                "the same beside a flood, times alone",
                "×",
                _ratios(beside_flood, alone),
                aim=Aim(FLOOD_AIM, at_least=False),
            ),
            Figure(PART, "two processes, times one", "×", _ratios(of_two, of_one)),
            Figure(PART, "two processes, times the bare producer", "×", _ratios(of_two, bare)),
        ),
        memory,
    )


def _round(
    kafka: Kafka,
    services: Sequence[Service],
    chunks: Sequence[bytes],
    made: Sequence[Outgoing],
) -> tuple[float, ...]:
    gc.freeze()
    return (
        *(len(made) / asyncio.run(_submitted(each, chunks)) for each in services),
        len(made) / asyncio.run(_produced(kafka, made)),
    )


def _material(many: int) -> tuple[list[bytes], list[Outgoing]]:
    """Chunks as they are sent, and the events that a service makes of the same records."""
    records = list(admissions(population(COUNTRY, many, seed=1)))
    sent = cast("list[AdmissionRecord]", records)
    chunks = [
        SubmitAdmissionsRequest(
            chunk_id=str(start), records=sent[start : start + CHUNK]
        ).SerializeToString()
        for start in range(0, many, CHUNK)
    ]
    made = events(COUNTRY, [Drawn(ADMISSION, record) for record in records], datetime.now(UTC))
    return chunks, list(made)


async def _submitted(to: Service, chunks: Sequence[bytes]) -> float:
    """Seconds until every record has its receipt."""
    channels = [to.sender.aio_channel(to.target, _ALONE) for _ in range(STREAMS)]
    async with asyncio.timeout(_READY_S):
        await asyncio.gather(*(channel.channel_ready() for channel in channels))
    waiting = iter(chunks)
    began = time.perf_counter()
    answers = await asyncio.gather(*(_stream(channel, to.sender, waiting) for channel in channels))
    seconds = time.perf_counter() - began
    await asyncio.gather(*(channel.close(None) for channel in channels))
    _check(chunks, [answer for of_one in answers for answer in of_one])
    return seconds


async def _stream(
    channel: grpc.aio.Channel, sender: Caller, waiting: Iterator[bytes]
) -> list[bytes]:
    """Send chunks of those that wait, a few ahead of the answers, until none waits."""
    method: Any = channel.stream_stream(_METHOD, None, None)  # bytes in, bytes out
    call = method(metadata=sender.metadata())
    answers: list[bytes] = []
    begun = 0
    for chunk in islice(waiting, UNANSWERED):
        await call.write(chunk)
        begun += 1
    while len(answers) < begun:
        answers.append(await call.read())
        for chunk in islice(waiting, 1):
            await call.write(chunk)
            begun += 1
    await call.done_writing()
    return answers


def _check(chunks: Sequence[bytes], answers: Sequence[bytes]) -> None:
    """Every record was accepted; a service that refuses quickly would be a fast one."""
    said = Counter(
        receipt.status
        for answer in answers
        for receipt in SubmitAdmissionsResponse.FromString(answer).receipts
    )
    sent = sum(len(SubmitAdmissionsRequest.FromString(chunk).records) for chunk in chunks)
    assert said.keys() <= _ACCEPTED, said
    assert said.total() == sent, (said, sent)


async def _produced(kafka: Kafka, made: Sequence[Outgoing]) -> float:
    """Seconds until every event is acknowledged."""
    producer = AIOKafkaProducer(
        bootstrap_servers=kafka.bootstrap, acks="all", max_batch_size=MAX_BATCH_BYTES
    )
    await producer.start()
    try:
        many = len(await producer.partitions_for(ADMISSION.topic))
        began = time.perf_counter()
        sent = [
            await producer.send(
                event.topic,
                key=event.key,
                value=event.value,
                headers=event.headers,
                partition=(event.spread or 0) % many,
            )
            for event in made
        ]
        await producer.flush()
        seconds = time.perf_counter() - began
        for one in sent:
            one.result()
    finally:
        await producer.stop()
    return seconds


def _ratios(ours: Sequence[float], others: Sequence[float]) -> tuple[float, ...]:
    return tuple(own / other for own, other in zip(ours, others, strict=True))
