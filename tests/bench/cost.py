"""(f) What recomputing costs, statement by statement, and which indicators cost most.

Measured is processor time of ClickHouse, which other users of the machine change little, of one
recompute of the periods that one admission touches: its month, quarter and year when it is some
days old, all of the last half year when it is older and still open. The statements that several
indicators share are also taken one indicator at a time: the sum of those is what the same cells
cost without sharing.
"""

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from gtms.indicators import statement
from gtms.indicators.catalogue import CATALOGUE
from gtms.indicators.definition import Indicator
from gtms.processing import cells
from gtms.processing.cells import Dirty
from gtms.processing.session import Session
from gtms.processing.views import CountryPeriod, views
from gtms.records.periods import around
from gtms.records.profiles import DEFAULT_PROFILE
from gtms.stack.lifecycle import EmbeddedStack
from gtms.warehouse.client import Connection
from tests.bench.drawn import today
from tests.bench.figures import Figure, Measured
from tests.bench.growth import LATE, RECENT
from tests.bench.machine import cpu_seconds, peaks
from tests.bench.national import bring_up_to_date, fill
from tests.bench.sizes import Sizes
from tests.bench.stacks import Say, new_stack

PART = "cost"
COUNTRY, OTHER = "POL", "EST"
_SHOWN = 12
_POPULATIONS = tuple(statement.by_population(statement.slots(CATALOGUE.values())))
_OF_POPULATION = re.compile(r"\bview_(rows|placed)\b")
_FILLED = re.compile(r"(?:TABLE(?: IF EXISTS)?|INSERT INTO) (\S+)")
_PROFILES = {COUNTRY: DEFAULT_PROFILE, OTHER: DEFAULT_PROFILE}


class _Timed(Session):
    """A session that notes the processor time of each statement under a name."""

    def __init__(self, connection: Connection, clock: Callable[[], float]) -> None:
        super().__init__(connection, lanes=1)  # else nobody could say which spent what
        self._clock = clock
        self._population = ""
        self.spent: defaultdict[str, float] = defaultdict(float)

    @property
    def total(self) -> float:
        """Seconds of all statements so far."""
        return sum(self.spent.values())

    def query(self, statement: str) -> list[tuple[object, ...]]:
        """The rows of a statement."""
        before = self._clock()
        try:
            return super().query(statement)
        finally:
            self.spent[self._name(statement)] += self._clock() - before

    def _name(self, statement: str) -> str:
        """The population that a statement tallies, or the table that it fills."""
        for population in _POPULATIONS:
            if population.rows in statement:
                self._population = population.name
                return population.name
        if _OF_POPULATION.search(statement):
            return self._population
        found = _FILLED.search(statement)
        return found[1] if found else "looking what is to be done"


def measure(sizes: Sizes, say: Say) -> Measured:
    """Fill two countries, then compute again what one admission in one of them touches."""
    with new_stack(say) as stack:
        clickhouse = stack.settings.clickhouse
        say(f"storing {sizes.cost:,} admissions in {COUNTRY}, as many in {OTHER}")
        fill(clickhouse, [(COUNTRY, sizes.cost, 0), (OTHER, sizes.cost, 0)])
        bring_up_to_date(clickhouse, [COUNTRY, OTHER], say)
        pid = _clickhouse(stack)
        whole = Session(Connection(clickhouse), stack.settings.processing.lanes)
        session = _Timed(Connection(clickhouse), lambda: cpu_seconds(pid))
        figures = [
            *_whole(whole, pid, sizes, say),
            _untouched(session, sizes),
            *_by_statement(session, sizes, say),
            *_alone(session, sizes, say),
        ]
        return Measured(figures, peaks(PART, stack))


def _clickhouse(stack: EmbeddedStack) -> int:
    pid = stack.supervisor.children()["clickhouse"].pid
    assert pid is not None
    return pid


def _units(day: date) -> Dirty:
    return {CountryPeriod(COUNTRY, period): cells.EVERYTHING for period in around([day])}


def _late(day: date) -> Dirty:
    month, found = day.replace(day=1), dict(_units(day))
    while month <= today():
        found.update(_units(month))
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return found


def _whole(session: Session, pid: int, sizes: Sizes, say: Say) -> Iterator[Figure]:
    touched = {
        f"one admission of {RECENT.days} days ago": _units(today() - RECENT),
        f"one admission of {LATE.days} days ago, still open": _late(today() - LATE),
    }
    for what, units in touched.items():
        say(f"computing {len(units)} snapshots, as for {what}")
        walls, spent = [], []
        for _ in range(sizes.rounds):
            began, before = time.monotonic(), cpu_seconds(pid)
            _recompute(session, units)
            walls.append(time.monotonic() - began)
            spent.append(cpu_seconds(pid) - before)
        yield Figure(PART, f"{sizes.cost:,} admissions, {what}", "s", tuple(walls))
        yield Figure(PART, f"{sizes.cost:,} admissions, {what}", "CPU s", tuple(spent))


def _untouched(session: _Timed, sizes: Sizes) -> Figure:
    """What is done for a country of which nothing is touched, by the round of another."""
    spent = []
    for _ in range(sizes.rounds):
        before = session.total
        assert not cells.dirty(session, _PROFILES, as_of=today())
        spent.append(session.total - before)
    return Figure(PART, "looking for what is to be done, nothing touched", "CPU s", tuple(spent))


def _by_statement(session: _Timed, sizes: Sizes, say: Say) -> Iterator[Figure]:
    say("statement by statement")
    units, rounds = _units(today() - RECENT), []
    for _ in range(sizes.rounds):
        session.spent.clear()
        _recompute(session, units)
        rounds.append(dict(session.spent))
    sharing = _sharing()
    found = [
        Figure(
            PART,
            f"of these, {name}{sharing.get(name, '')}",
            "CPU s",
            tuple(spent.get(name, 0.0) for spent in rounds),
        )
        for name in rounds[0]
    ]
    yield from sorted(found, key=lambda figure: -figure.value)[:_SHOWN]


def _sharing() -> dict[str, str]:
    """The indicators that are counted from each population."""
    of: dict[str, list[str]] = defaultdict(list)
    for slot in statement.slots(CATALOGUE.values()):
        name = slot.part.population.name
        if slot.indicator.id not in of[name]:
            of[name].append(slot.indicator.id)
    return {name: f": {' '.join(ids)}" for name, ids in of.items()}


def _alone(session: _Timed, sizes: Sizes, say: Say) -> Iterator[Figure]:
    """The tallies of each indicator as if it were the only one, and of all of them together."""
    say("one indicator at a time")
    taken = list(CATALOGUE.values())[: sizes.alone]
    alone = {one.id: _tallied(session, [one]) for one in taken}
    together = _tallied(session, taken)
    for name, spent in sorted(alone.items(), key=lambda one: -one[1])[:_SHOWN]:
        yield Figure(PART, f"{name} {CATALOGUE[name].title}, alone", "CPU s", (spent,))
    yield Figure(
        PART, f"tallies of {len(taken)} indicators, one by one", "CPU s", (sum(alone.values()),)
    )
    yield Figure(PART, f"tallies of {len(taken)} indicators, shared", "CPU s", (together,))


def _tallied(session: _Timed, indicators: Sequence[Indicator]) -> float:
    """Processor time of the statements that tally these indicators."""
    made = statement.tallies(statement.slots(indicators))
    with views(session, _units(today() - RECENT), as_of=today(), profiles=_PROFILES):
        before = session.total
        for tally in made:
            cells.take(session, tally)
        return session.total - before


def _recompute(session: Session, units: Dirty) -> None:
    cells.recompute(session, units, as_of=today(), profiles=_PROFILES)
