"""A chunk that waits for its country's turn is answered before its caller gives up."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast

import pytest

from gtms.events.envelope import Outgoing
from gtms.events.failures import Unavailable
from gtms.events.publisher import Publisher
from gtms.families import FAMILIES
from gtms.ingest.algorithms import NONE
from gtms.ingest.identity import Sender
from gtms.ingest.quotas import Pace
from gtms.ingest.submission import CHUNKS_AT_ONCE, Submission
from tests.support.population import admission

ADMISSION = FAMILIES["admission"]


class SlowKafka:
    """Acknowledges nothing for as long as the test lasts."""

    async def publish(self, events: Sequence[Outgoing], timeout_s: float | None = None) -> None:
        await asyncio.sleep(60)


@pytest.fixture
def submission() -> Submission:
    return Submission(
        cast("Publisher", SlowKafka()), lambda: datetime.now(UTC), Pace(), lambda: NONE
    )


async def _submit(submission: Submission, name: str, left_s: float | None) -> None:
    records = [admission("ann", "2025-03-01", episode_id=f"{name}-{n}") for n in range(30)]
    await submission.submit(ADMISSION, Sender("KEN"), records, validate_only=False, left_s=left_s)


async def test_a_waiting_chunk_is_refused_before_the_deadline(submission: Submission) -> None:
    before = [asyncio.create_task(_submit(submission, str(n), None)) for n in range(CHUNKS_AT_ONCE)]
    await asyncio.sleep(0)
    with pytest.raises(Unavailable, match="before the deadline"):
        async with asyncio.timeout(20):
            await _submit(submission, "late", 0.2)
    assert not any(task.done() for task in before)
    for task in before:
        task.cancel()
    await asyncio.gather(*before, return_exceptions=True)
