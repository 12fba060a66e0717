"""The steps of `gtms demo`: what is sent once, and how one knows that the indicators are right.

The plan of the first run is kept beside the stack's state. A later run sends the very same records
if any are missing, and nothing if the registry holds them all, so it never counts twice.
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from gtms.config import Settings
from gtms.processing.settled import Settled, settled
from gtms.simulate.holdings import holdings
from gtms.simulate.sending import Sending
from gtms.simulate.simulation import Simulation
from gtms.trouble import Trouble
from gtms.warehouse.client import Connection

COUNTRIES = ("KEN", "MEX", "KAZ", "LBN", "SRB", "VNM")
ADMISSIONS = 2000
SEED = 7
YEARS_BEFORE = 3
PATIENCE_S = 180.0
_POLL_S = 0.5
_FILE = "demo.json"

Kept = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the demo sends. `kept`: records by country and family, known once all was sent."""

    admissions: int
    first: date
    last: date
    kept: Kept

    @property
    def year(self) -> int:
        """The last full year."""
        return (
            self.last.year if (self.last.month, self.last.day) == (12, 31) else self.last.year - 1
        )

    def simulations(self) -> tuple[Simulation, ...]:
        """One population per country."""
        return tuple(
            Simulation(country, self.admissions, SEED, self.first, self.last)
            for country in COUNTRIES
        )


def plan(state: Path, admissions: int | None, today: date) -> Plan:
    """The plan of an earlier run on this stack, or a new one that ends the day before `today`.

    Raises Trouble when another number of admissions is wanted than the stack already holds.
    """
    file = state / _FILE
    if not file.exists():
        last = today - timedelta(days=1)
        first = date(last.year - YEARS_BEFORE, 1, 1)
        return Plan(admissions or ADMISSIONS, first, last, {})
    stored = json.loads(file.read_text())
    found = Plan(
        stored["admissions"],
        date.fromisoformat(stored["first"]),
        date.fromisoformat(stored["last"]),
        stored["kept"],
    )
    if admissions not in (None, found.admissions):
        raise Trouble(
            f"this stack already holds the demo with {found.admissions} admissions per country: "
            f"leave --admissions out, or stop the stack and remove {state}"
        )
    return found


def remember(state: Path, made: Plan) -> None:
    """Keep the plan for later runs on this stack."""
    stored = asdict(made) | {"first": made.first.isoformat(), "last": made.last.isoformat()}
    part = state / f"{_FILE}.part"
    part.write_text(json.dumps(stored, indent=2) + "\n")
    part.replace(state / _FILE)


def with_kept(made: Plan, sendings: Sequence[Sending]) -> Plan:
    """The plan with what was sent. Raises Trouble when a service rejected anything."""
    for sending in sendings:
        if sending.rejected:
            rules = ", ".join(sorted(sending.rejected_by))
            raise Trouble(
                f"{sending.simulation.country}: {sending.rejected} simulated records were "
                f"rejected by {rules}; the simulation and the rules disagree, please report it"
            )
    families = {family for sending in sendings for family, _ in sending.tally.dispatched}
    kept = {
        sending.simulation.country: {family: sending.tally.kept(family) for family in families}
        for sending in sendings
    }
    return replace(made, kept=kept)


def missing(made: Plan, settings: Settings) -> str | None:
    """What the registry lacks of the plan, in words; None when it holds every record."""
    connection = Connection(settings.clickhouse)
    try:
        for simulation in made.simulations():
            held = holdings(connection, simulation)
            for family, wanted in made.kept.get(simulation.country, {"admission": -1}).items():
                if held[family] != wanted:
                    country = simulation.country
                    return f"{country}: {held[family]} of {wanted} {family} records are stored"
    finally:
        connection.close()
    return None


def wait_settled(settings: Settings, report: Callable[[Settled], None]) -> None:
    """Return when all that was accepted is stored and counted.

    `report` is told what is still on its way. Raises Trouble when nothing moves for
    `PATIENCE_S` seconds.
    """
    before: Settled | None = None
    moved = time.monotonic()
    while not (now := settled(settings)).all:
        report(now)
        if now != before:
            before, moved = now, time.monotonic()
        elif time.monotonic() - moved > PATIENCE_S:
            raise Trouble(
                f"processing stands still: {now.records} records to store, {now.changes} changes "
                f"and {now.dirty} country-periods to compute; see `gtms stack status` and the logs "
                f"in {settings.stack.state / 'logs'}"
            )
        time.sleep(_POLL_S)
