"""A small country whose figures are released, and those who call the services about it."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import date, timedelta
from random import Random
from typing import Any

import grpc

from gtms.config import Settings
from gtms.indicators.catalogue import CATALOGUE
from gtms.query.server import running
from gtms.release.archive import Archive
from gtms.release.judging import Judge, Rules
from gtms.release.states import Release
from gtms.release.steps import Steps
from gtms.warehouse.client import Connection
from tests.support.oracle import RecordMessage
from tests.support.population import MALE, admission, facility, received
from treatment.indicators.v1 import indicators_pb2, indicators_pb2_grpc
from treatment.releases.v1 import releases_pb2_grpc

TODAY = date(2025, 4, 30)
PERIOD = "2025-Q1"
FEMALE = 2
REGIONS = {"F1": "KE-30", "F2": "KE-30", "F3": "KE-01", "F4": "KE-01"}
SUBSTANCES = (11, 11, 11, 21, 21, 31, 41)


def people(numbers: Sequence[int], country: str = "KEN") -> list[RecordMessage]:
    """An admission in the first quarter of 2025 of each, and where they are treated."""
    return [
        *(received(facility(name, admin1=of), country) for name, of in REGIONS.items()),
        *(received(_admission(number), country) for number in numbers),
    ]


def _admission(number: int) -> RecordMessage:
    random = Random(number)
    day = date(2025, 1, 1) + timedelta(days=random.randrange(89))
    return admission(
        f"person {number}",
        day.isoformat(),
        facility_id=random.choice(list(REGIONS)),
        sex=random.choice([MALE, MALE, FEMALE]),
        birth_year=random.randrange(1965, 2005),
        substance=random.choice(SUBSTANCES),
    )


def bearer(token: str) -> tuple[tuple[str, str], ...]:
    """The metadata of a call in the development profile."""
    return (("authorization", f"Bearer {token}"),)


MINISTRY = bearer("dev-KEN")
ADMINISTRATOR = bearer("admin-KEN")
NEIGHBOUR = bearer("dev-UGA")
UNODC = bearer("dev-UNODC")


@contextmanager
def stepping(settings: Settings, judge: Judge | None = None) -> Iterator[Steps]:
    """The steps of releases, without a service around them."""
    connection = Connection(settings.clickhouse)
    yield Steps(Archive(connection), judge or Rules(), CATALOGUE, lambda: TODAY)
    connection.close()


def published(
    steps: Steps, country: str = "KEN", period: str = PERIOD, reason: str = ""
) -> Release:
    """The period drafted, reviewed and published."""
    draft = steps.draft(country, period, reason, "ann")
    assert draft.leaks == ()
    steps.review(country, period, draft.made.content, "ben")
    return steps.publish(country, period, draft.made.content, "cleo")


class Services:
    """The services that read and release, on one channel to `target`."""

    def __init__(self, channel: grpc.aio.Channel, target: str) -> None:
        self.target = target
        self.releases = releases_pb2_grpc.ReleasesServiceStub(channel)
        self.indicators = indicators_pb2_grpc.IndicatorsServiceStub(channel)

    async def cells(
        self, who: tuple[tuple[str, str], ...], **fields: Any
    ) -> list[indicators_pb2.Cell]:
        """The cells of all pages."""
        asked = {"indicators": ["A02"], "periods": [PERIOD], **fields}
        request = indicators_pb2.QueryCellsRequest(**asked)
        found: list[indicators_pb2.Cell] = []
        while True:
            page = await self.indicators.QueryCells(request, metadata=who)
            found += page.cells
            request.page_token = page.next_page_token
            if not request.page_token:
                return found


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[Services]:
    """The services over the warehouse of these settings, where it is `TODAY`."""
    update = {
        "ports": settings.ports.model_copy(update={"indicators": 0}),
        "processing": settings.processing.model_copy(update={"as_of": TODAY}),
    }
    async with (
        running(settings.model_copy(update=update)) as port,
        grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel,
    ):
        yield Services(channel, f"127.0.0.1:{port}")
