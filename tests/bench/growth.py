"""(d) One record into a country with very many, and (e) a dashboard's questions about the largest.

Into countries of growing numbers of stored admissions, one new admission at a time is sent over
gRPC: dated some days ago, or so long ago, and still open, that it changes all months, quarters and
years of the last half year. Measured is the time from its receipt until its episode is stored, no
period of its country is dirty any more, and the snapshots of its month, quarter and year were
begun after its episode was stored. That is looked for a few times a second, because looking costs
20 ms of the same cores; nothing else is sent.
"""

import asyncio
import time
from collections.abc import Sequence
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
from tests.support.population import admission

PART = "growth"
QUERIES = dashboard.PART
COUNTRIES = ("EST", "POL", "IND", "NGA", "BRA")
RECENT, LATE = timedelta(days=10), timedelta(days=170)

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
        await _until_right(Session(connection), senders, wanted[0][0], "to warm up", RECENT)
        for country, many in wanted:
            for ago in (RECENT, LATE):
                say(f"one admission of {ago.days} days ago into {country}")
                took = [
                    await _until_right(
                        Session(connection), senders, country, f"{ago.days}/{number}", ago
                    )
                    for number in range(times)
                ]
                what = f"{many:>9,} admissions, one more of {ago.days} days ago"
                figures.append(Figure(PART, what, "s", tuple(took)))
    connection.close()
    return figures


async def _until_right(
    session: Session, senders: Senders, country: str, name: str, ago: timedelta
) -> float:
    """Seconds from the receipt of an admission of a new person until all cells have counted it."""
    day = today() - ago
    sent = await senders.send(country, _sent(f"bench {country} {name}", day))
    while not _right(session, sent, day):
        if time.time() - sent.at > _LONGEST_S:
            raise Trouble(f"an admission was not counted in {country} within {_LONGEST_S:g} s")
        await asyncio.sleep(_STEP_S)
    return time.time() - sent.at


def _right(session: Session, sent: Accepted, day: date) -> bool:
    rows = session.query(
        _EPISODE.format(country=sent.country, person=sent.person, uid=sent.record_uid)
    )
    if not rows:
        return False
    stored = int(str(rows[0][0]))
    found = session.query(_SNAPSHOTS.format(country=sent.country))
    current = {str(period): int(str(version)) for period, version in found}
    if any(current.get(period.label, 0) <= stored for period in around([day])):
        return False
    return not cells.dirty(session, {sent.country: DEFAULT_PROFILE}, as_of=today())


def _sent(person: str, day: date) -> Sent:
    record = admission(person, day.isoformat())
    record.envelope.submitted_at.FromDatetime(datetime.now(UTC))
    return ADMISSION.name, record.SerializeToString()
