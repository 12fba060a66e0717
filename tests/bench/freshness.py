"""(c) Freshness: from the receipt of a record to its being counted in the cells that are read.

Many countries with some thousand admissions each; records arrive at a steady rate, one call each,
each at its own time whether or not those before are answered, in turn for all countries: what a
country's simulated population reports last, of the last months. All of it is the load; measured
are its admissions.

An admission is *visible* from the moment at which a snapshot of its country and the month of its
date becomes current that was begun after the admission's episode was stored. A worker first stores
the rebuilt episodes of a batch of changes and then begins the snapshots, so such a snapshot has
counted it, and an earlier one has not. Two materialized views write down what ClickHouse itself
keeps for a short time only: the version of the rebuild that first stored an episode (the server's
clock at its start), and for each snapshot its version (the same clock) and when it became current.

The time before the rebuild began is that of the loader and of waiting for the batch before; the
time after it is that of the rebuild and of computing the cells.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, repeat, zip_longest
from math import ceil
from os import getpid

import grpc

from gtms.simulate.profiles import countries
from gtms.stack.lifecycle import EmbeddedStack
from gtms.stack.ports import SERVICES
from gtms.trouble import Trouble
from gtms.warehouse.client import Connection
from tests.bench.figures import Aim, Figure, Measured, percentile
from tests.bench.machine import cpu_seconds, peaks
from tests.bench.national import Stored, bring_up_to_date, fill
from tests.bench.sending import Accepted, Senders
from tests.bench.sizes import Sizes
from tests.bench.stacks import Say, new_stack

PART = "freshness"
AIM_S = 3.0

_LONGEST_S = 180.0
_WATCHERS = (
    "CREATE DATABASE bench",
    "CREATE TABLE bench.rebuilt (record_uid FixedString(36), version UInt64)"
    " ENGINE = MergeTree ORDER BY record_uid",
    "CREATE MATERIALIZED VIEW bench.note_rebuilt TO bench.rebuilt AS"
    " SELECT record_uid, version FROM registry.episodes WHERE NOT is_deleted",
    "CREATE TABLE bench.current (country FixedString(3), period String, version UInt64,"
    " computed_at DateTime64(3, 'UTC')) ENGINE = MergeTree ORDER BY (country, period)",
    "CREATE MATERIALIZED VIEW bench.note_current TO bench.current AS"
    " SELECT country, period, version, computed_at FROM indicators.snapshots",
)
_REBUILT = "SELECT record_uid, min(version) FROM bench.rebuilt GROUP BY record_uid"
_CURRENT = """
SELECT country, period, version, toUnixTimestamp64Milli(computed_at) / 1000 FROM bench.current
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of one admission, in seconds after its receipt at `at`."""

    at: float
    rebuild_began_s: float
    visible_s: float


def measure(sizes: Sizes, say: Say) -> Measured:
    """Fill, then send at the rate, then see when what was visible."""
    chosen = sorted(countries())[: sizes.countries]
    lasting_s = sizes.warm_up_s + sizes.seconds
    needed = ceil(sizes.per_second * lasting_s / len(chosen))
    with new_stack(say) as stack:
        clickhouse = stack.settings.clickhouse
        say(f"storing {sizes.admissions:,} admissions in each of {len(chosen)} countries")
        stored = fill(clickhouse, [(each, sizes.admissions, needed // 2 + 1) for each in chosen])
        bring_up_to_date(clickhouse, chosen, say)
        connection = Connection(clickhouse)
        for statement in _WATCHERS:
            connection.execute(statement)
        say("starting the services and the processor")
        stack.start(*SERVICES, "processor")
        say(f"sending {sizes.per_second} records a second for {lasting_s} s")
        used = _used(stack)
        try:
            accepted = asyncio.run(_send_all(stack, sizes, stored))
        except* grpc.aio.AioRpcError:
            raise Trouble(
                f"this machine does not keep up with {sizes.per_second} calls a second"
                " (grpc cancels calls when 1,000 wait): choose fewer, --per-second 100"
            ) from None
        cores = {name: (now - used[name]) / lasting_s for name, now in _used(stack).items()}
        say("waiting until all is visible")
        since = min(one.at for one in accepted) + sizes.warm_up_s
        warm = [one for one in accepted if one.at >= since]
        seen = _seen_all(connection, [one for one in warm if one.month])
        memory = peaks(PART, stack)
        connection.close()
    return Measured((*_figures(warm, seen), *_cores(cores)), memory)


async def _send_all(
    stack: EmbeddedStack, sizes: Sizes, stored: Sequence[Stored]
) -> Sequence[Accepted]:
    """Each record at its time; the countries take turns."""
    rounds = zip_longest(*(zip(repeat(one.country), one.later) for one in stored))
    turns = (turn for each in rounds for turn in each if turn is not None)
    began = time.monotonic()
    async with Senders(stack.settings) as senders, asyncio.TaskGroup() as group:
        tasks = []
        most = sizes.per_second * (sizes.warm_up_s + sizes.seconds)
        for number, turn in enumerate(islice(turns, most)):
            await asyncio.sleep(began + number / sizes.per_second - time.monotonic())
            tasks.append(group.create_task(senders.send(*turn)))
    return [task.result() for task in tasks]


def _seen_all(connection: Connection, admissions: Sequence[Accepted]) -> list[Seen]:
    """What became of each; raises Trouble when one is not visible after a long time."""
    end = time.monotonic() + _LONGEST_S
    while len(seen := _seen(connection, admissions)) < len(admissions):
        if time.monotonic() > end:
            missing = len(admissions) - len(seen)
            raise Trouble(f"{missing} of {len(admissions)} admissions are not visible yet")
        time.sleep(1.0)
    return seen


def _seen(connection: Connection, admissions: Sequence[Accepted]) -> list[Seen]:
    """What became of those that are visible."""
    rebuilt: dict[str, int] = {}
    for uid, version in connection.execute(_REBUILT):
        rebuilt[str(uid)] = int(str(version))
    current: defaultdict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for country, period, version, at in connection.execute(_CURRENT):
        current[str(country), str(period)].append((int(str(version)), float(str(at))))
    seen = []
    for one in admissions:
        version = rebuilt.get(one.record_uid)
        if version is None:
            continue
        later = [at for begun, at in current[one.country, one.month] if begun > version]
        if later:
            seen.append(Seen(one.at, version / 1e9 - one.at, min(later) - one.at))
    return seen


def _used(stack: EmbeddedStack) -> dict[str, float]:
    """Processor time so far of each program of the stack and of this process, which sends."""
    children = stack.supervisor.children()
    pids = {name: child.pid for name, child in children.items() if child.pid}
    return {name: cpu_seconds(pid) for name, pid in {**pids, "the sender": getpid()}.items()}


def _figures(accepted: Sequence[Accepted], seen: Sequence[Seen]) -> Iterator[Figure]:
    def figure(what: str, value: float, aim: Aim | None = None) -> Figure:
        return Figure(PART, what, "s", (value,), aim=aim)

    took = max(one.at for one in accepted) - min(one.at for one in accepted)
    yield Figure(PART, "receipts, all kinds of records", "records/s", (len(accepted) / took,))
    visible = [one.visible_s for one in seen]
    yield figure("receipt → visible, p50", percentile(visible, 50))
    yield figure("receipt → visible, p99", percentile(visible, 99), Aim(AIM_S, at_least=False))
    waited = [one.rebuild_began_s for one in seen]
    yield figure("… until its rebuild begins, p50", percentile(waited, 50))
    worked = [one.visible_s - one.rebuild_began_s for one in seen]
    yield figure("… rebuild and cells, p50", percentile(worked, 50))
    in_order = [one.visible_s for one in sorted(seen, key=lambda one: one.at)]
    quarter = max(1, len(in_order) // 4)
    yield figure("receipt → visible, p50 of the first quarter", percentile(in_order[:quarter], 50))
    yield figure("receipt → visible, p50 of the last quarter", percentile(in_order[-quarter:], 50))


def _cores(used: dict[str, float]) -> Iterator[Figure]:
    for name, cores in sorted(used.items(), key=lambda each: -each[1]):
        yield Figure(PART, f"processor time of {name}", "cores", (cores,))
