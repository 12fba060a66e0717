"""(b) The loader: records per second from Kafka into the registry, beside three other readers.

All read the same events of the admissions topic, one after the other in every round, on the same
machine: our loader into three tables of the registry, with everything it checks and tells; a bare
`getmany` loop and a bare Faust agent that only parse (`readers`); ClickHouse's own Kafka engine
into a table like ours (`engine`). The last two read fewer events, because they take so long.
"""

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from gtms.stack.lifecycle import EmbeddedStack
from gtms.trouble import Trouble
from tests.bench.drawn import population
from tests.bench.engine import read_by_engine
from tests.bench.figures import Figure, Measured, Peak, beside
from tests.bench.filling import on_all_cores, publish_admissions
from tests.bench.machine import cpu_seconds, peaks
from tests.bench.readers import Reading
from tests.bench.sizes import Sizes
from tests.bench.stacks import Say, new_stack, program
from tests.support.engine import Engine

PART = "loader"
COUNTRIES = ("KEN", "MEX", "PAK", "POL")
FAUST_MOST = 40_000
ENGINE_MOST = 60_000
US = 1e6


@dataclass(frozen=True, slots=True)
class _Round:
    """What each reader did, and ClickHouse's processor time for our loader."""

    loader: Reading
    server_s: float
    getmany: Reading
    faust: Reading
    engine: Reading


def measure(sizes: Sizes, say: Say) -> Measured:
    """All four in turn in every round."""
    with new_stack(say) as stack:
        say(f"filling the topic with {sizes.loader_records:,} admissions")
        many = _fill(stack, sizes.loader_records)
        rounds, memory = [], []
        for number in range(sizes.rounds):
            say(f"round {number + 1} of {sizes.rounds}")
            loader, server_s, peak = _load(stack, many)
            if number == 0:  # before anything else has used this ClickHouse
                memory = [*peaks(PART, stack), peak]
            rounds.append(
                _Round(
                    loader,
                    server_s,
                    _read(stack, "getmany", many)[0],
                    _read(stack, "faust", min(many, FAUST_MOST))[0],
                    read_by_engine(stack, min(many, ENGINE_MOST), number),
                )
            )
    return Measured(_figures(rounds, many), memory)


def _figures(rounds: Sequence[_Round], many: int) -> tuple[Figure, ...]:
    ours = [one.loader.per_second for one in rounds]
    unit, cpu = "records/s", "µs/record"
    own_cpu = tuple(US * one.loader.cpu_s / one.loader.records for one in rounds)
    server_cpu = tuple(US * one.server_s / many for one in rounds)
    engine_cpu = tuple(US * one.engine.cpu_s / one.engine.records for one in rounds)
    return (
        Figure(PART, "loader, Kafka → three tables, told, committed", unit, tuple(ours)),
        *(
            beside(PART, what, unit, ours, [one.per_second for one in readings], aim)
            for what, readings, aim in (
                ("bare getmany loop that parses", [one.getmany for one in rounds], 0.4),
                ("bare Faust agent that parses", [one.faust for one in rounds], 5.0),
                ("ClickHouse's Kafka engine, one table", [one.engine for one in rounds], 1.5),
            )
        ),
        Figure(PART, "processor time of the loader", cpu, own_cpu),
        Figure(PART, "… of ClickHouse for it", cpu, server_cpu),
        Figure(PART, "… of ClickHouse with the Kafka engine", cpu, engine_cpu),
    )


def _fill(stack: EmbeddedStack, records: int) -> int:
    share = records // len(COUNTRIES)
    kafka = stack.settings.kafka
    tasks = [(kafka, population(country, share, seed=2)) for country in COUNTRIES]
    return sum(on_all_cores(publish_admissions, tasks))


def _load(stack: EmbeddedStack, many: int) -> tuple[Reading, float, Peak]:
    """Load everything into empty tables: the loader begins anew where ClickHouse has nothing."""
    engine = Engine(stack.settings.clickhouse)
    engine.forget_everything()
    engine.close()
    pid = stack.pid("clickhouse")
    assert pid is not None
    before = cpu_seconds(pid)
    reading, peak_bytes = _read(stack, "loader", many)
    return reading, cpu_seconds(pid) - before, Peak(PART, "loader", peak_bytes)


def _read(stack: EmbeddedStack, reader: str, most: int) -> tuple[Reading, int]:
    """What a reader found, and the most memory it had."""
    words = [sys.executable, "-m", "tests.bench.readers", reader, str(most)]
    with program(stack, reader, words) as running:
        running.wait()
    log = stack.supervisor.log(f"bench-{reader}").read_text()
    said = re.search(r'{"records".*}', log)
    if said is None:
        raise Trouble(f"the reader {reader} said nothing; its log ends with: {log[-300:]}")
    found = json.loads(said[0])
    return Reading(found["records"], found["seconds"], found["cpu_s"]), found["peak_bytes"]
