"""A country with a quarter that is over and counted, and others that grow."""

from collections.abc import AsyncIterator, Iterator

import pytest

from gtms.release.steps import Steps
from gtms.stack.lifecycle import EmbeddedStack
from tests.support.engine import Engine
from tests.support.releasing import TODAY, Services, people, serving, stepping

PEOPLE = range(60)
LATE = range(60, 90)
GROWING = iter(("UGA", "TZA", "RWA", "BDI", "SSD", "ETH", "SOM", "ZMB"))


@pytest.fixture(scope="module")
def engine(stack: EmbeddedStack) -> Iterator[Engine]:
    """Counts what it is given; it has counted Kenya."""
    made = Engine(stack.settings.clickhouse)
    made.forget_everything()
    made.take(people(PEOPLE), TODAY)
    yield made
    made.forget_everything()
    made.close()


@pytest.fixture(autouse=True)
def nothing_released(engine: Engine) -> None:
    """Each test begins before the first release."""
    for table in (
        *("published.cells", "published.vintages", "ops.release_policies"),
        *("indicators.releases", "indicators.release_cells"),
    ):
        engine.stored.rows(f"TRUNCATE TABLE {table}")


@pytest.fixture
def growing(engine: Engine) -> str:
    """A country of the same people as Kenya, for late records."""
    country = next(GROWING)
    engine.take(people(PEOPLE, country), TODAY)
    return country


@pytest.fixture
def steps(stack: EmbeddedStack) -> Iterator[Steps]:
    with stepping(stack.settings) as made:
        yield made


@pytest.fixture
async def services(stack: EmbeddedStack) -> AsyncIterator[Services]:
    async with serving(stack.settings) as made:
        yield made
