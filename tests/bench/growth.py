"""(d) One record into a country with very many, and (e) a dashboard's questions about the largest.

Into countries of growing numbers of stored admissions, one record at a time is sent over gRPC: an
admission of some days ago; one of so long ago, and still open, that it changes all months, quarters
and years of the last half year; the discharge of somebody who came more than a year ago. Measured
is the time from its receipt until its episode is stored, no period of its country is dirty any
more, and the snapshots of its month, quarter and year were begun after its episode was stored. That
is looked for a few times a second, because looking costs 20 ms of the same cores; nothing else is
sent.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from gtms.processing import cells
from gtms.processing.session import Session
from gtms.records.periods import around
from gtms.records.profiles import DEFAULT_PROFILE
from gtms.stack.lifecycle import EmbeddedStack
from gtms.stack.ports import SERVICES
from gtms.trouble import Trouble
from gtms.warehouse.client import Connection
from tests.bench import dashboard
from tests.bench.drawn import ADMISSION, today
from tests.bench.figures import Figure, Measured
from tests.bench.filling import Sent
from tests.bench.machine import peaks
from tests.bench.national import bring_up_to_date, fill
from tests.bench.sending import Accepted, Senders
from tests.bench.sizes import Sizes
from tests.bench.stacks import Say, new_stack
from tests.support.population import admission, outcome
from treatment.admissions.v1.admission_pb2 import AdmissionRecord
from treatment.outcomes.v1.outcome_pb2 import OutcomeRecord

PART = "growth"
QUERIES = dashboard.PART
COUNTRIES = ("EST", "POL", "IND", "NGA", "BRA")
RECENT, LATE, LONG = timedelta(days=10), timedelta(days=170), timedelta(days=500)
OUTCOME = "outcome"

_REVIEW, _DISCHARGE, _COMPLETED = 1, 2, 12

_LONGEST_S = 600.0
_STEP_S = 0.2

_EPISODE = """
SELECT version FROM registry.episodes FINAL
WHERE country = '{country}' AND person = '{person}' AND record_uid = '{uid}'
"""
_SNAPSHOTS = "SELECT period, version FROM indicators.snapshots FINAL WHERE country = '{country}'"


def measure(sizes: Sizes, say: Say, parts: Sequence[str] = (PART, QUERIES)) -> Measured:
    """Fill the countries, smallest first; then send to each, and ask about the last."""
    wanted = list(zip(COUNTRIES, sorted(sizes.growth), strict=False))
    if PART not in parts:
        wanted = wanted[-1:]
    with new_stack(say) as stack:
        clickhouse = stack.settings.clickhouse
        for country, many in wanted:
            say(f"storing {many:,} admissions in {country}")
            fill(clickhouse, [(country, many, 0)])
            bring_up_to_date(clickhouse, [country], say)
        say("starting the services and the processor")
        stack.start(*SERVICES, "processor")
        figures: list[Figure] = []
        if PART in parts:
            figures += asyncio.run(_one_by_one(stack, wanted, sizes.single_records, say))
        memory = peaks(PART, stack)
        if QUERIES in parts:
            say("asking the questions of a dashboard")
            country, _ = wanted[-1]
            figures += dashboard.ask(stack.settings, country, today(), sizes.dashboards)
    return Measured(figures, memory)


async def _one_by_one(
    stack: EmbeddedStack, wanted: Sequence[tuple[str, int]], times: int, say: Say
) -> list[Figure]:
    figures = []
    connection = Connection(stack.settings.clickhouse)
    async with Senders(stack.settings) as senders:
        record = _Records(Session(connection), senders, wanted[0][0])
        await record.admission("to warm up", RECENT)
        for country, many in wanted:
            record = _Records(Session(connection), senders, country)
            kinds = (
                (f"one more of {RECENT.days} days ago", record.admission, RECENT),
                (f"one more of {LATE.days} days ago", record.admission, LATE),
                (f"a discharge of one of {LONG.days} days ago", record.discharge, LONG),
            )
            for what, sending, ago in kinds:
                say(f"into {country}: {what}")
                took = [await sending(f"{ago.days}/{number}", ago) for number in range(times)]
                figures.append(Figure(PART, f"{many:>9,} admissions, {what}", "s", tuple(took)))
    connection.close()
    return figures


@dataclass(frozen=True, slots=True)
class _Records:
    """One after the other, into one country; seconds from the receipt until all cells are right."""

    session: Session
    senders: Senders
    country: str

    async def admission(self, name: str, ago: timedelta) -> float:
        """The admission of a new person."""
        day = today() - ago
        _, took = await self._until_right(_sent(self._came(name, day), ADMISSION.name), day)
        return took

    async def discharge(self, name: str, ago: timedelta) -> float:
        """Of a new person, of whom there was a review not long ago."""
        came, left = self._came(name, today() - ago), today() - RECENT
        seen = outcome(came, _REVIEW, (left - RECENT).isoformat())
        of, _ = await self._until_right(_sent(came, ADMISSION.name), today() - ago)
        await self._until_right(_sent(seen, OUTCOME), left - RECENT, of)
        ended = outcome(came, _DISCHARGE, left.isoformat(), reason=_COMPLETED)
        _, took = await self._until_right(_sent(ended, OUTCOME), left, of)
        return took

    def _came(self, name: str, day: date) -> AdmissionRecord:
        return admission(f"bench {self.country} {name}", day.isoformat())

    async def _until_right(
        self, sent: Sent, day: date, of: Accepted | None = None
    ) -> tuple[Accepted, float]:
        before = 0 if of is None else self._stored(of)
        answer = await self.senders.send(self.country, sent)
        while not self._right(of or answer, day, before):
            if time.time() - answer.at > _LONGEST_S:
                raise Trouble(f"a record was not counted in {self.country} within {_LONGEST_S:g} s")
            await asyncio.sleep(_STEP_S)
        return of or answer, time.time() - answer.at

    def _stored(self, of: Accepted) -> int:
        rows = self.session.query(
            _EPISODE.format(country=of.country, person=of.person, uid=of.record_uid)
        )
        return int(str(rows[0][0])) if rows else 0

    def _right(self, of: Accepted, day: date, before: int) -> bool:
        stored = self._stored(of)
        if stored <= before:
            return False
        found = self.session.query(_SNAPSHOTS.format(country=of.country))
        current = {str(period): int(str(version)) for period, version in found}
        if any(current.get(period.label, 0) <= stored for period in around([day])):
            return False
        return not cells.dirty(self.session, {of.country: DEFAULT_PROFILE}, as_of=today())


def _sent(record: AdmissionRecord | OutcomeRecord, family: str) -> Sent:
    record.envelope.submitted_at.FromDatetime(datetime.now(UTC))
    return family, record.SerializeToString()
