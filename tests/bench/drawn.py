"""Records for measuring: tidy populations of the simulator, as senders and as Kafka have them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import cast

from google.protobuf.timestamp_pb2 import Timestamp

from gtms.events.envelope import Outgoing, RecordMessage, encode
from gtms.families import FAMILIES, Family
from gtms.ingest.identity import Sender
from gtms.ingest.submission import complete
from gtms.simulate.simulation import Simulation, records
from gtms.simulate.stamps import NO_NOISE, Dispatch

FIRST = date(2023, 1, 1)
ADMISSION = FAMILIES["admission"]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A record as its sender sends it."""

    family: Family
    record: RecordMessage


def today() -> date:
    """The as-of day of all parts."""
    return datetime.now(UTC).date()


def population(country: str, admissions: int, seed: int) -> Simulation:
    """A country's records of the years up to yesterday; another seed, other people."""
    return Simulation(country, admissions, seed, FIRST, today() - timedelta(days=1), NO_NOISE)


def drawn(simulation: Simulation) -> Iterator[Drawn]:
    """All records of a population in the order of arrival."""
    return map(_drawn, records(simulation))


def admissions(simulation: Simulation) -> Iterator[RecordMessage]:
    """The admissions alone."""
    return (one.record for one in drawn(simulation) if one.family is ADMISSION)


def events(
    country: str, records: Iterable[Drawn], at: datetime | None = None
) -> Iterator[Outgoing]:
    """What an ingest service makes of records that it accepts; completes them in place.

    Received `at` once, or each when its sender says that it sent it.
    """
    sender, received = Sender(country), Timestamp()
    if at is not None:
        received.FromDatetime(at)
    for one in records:
        when = received if at is not None else one.record.envelope.submitted_at
        problems = complete(one.family, sender, one.record, when)
        assert not problems, problems
        yield encode(one.family, one.record)


def _drawn(dispatch: Dispatch) -> Drawn:
    return Drawn(FAMILIES[dispatch.family], cast("RecordMessage", dispatch.record))
