"""A worker makes rounds for months: what one asks for and keeps, the next does not again."""

from collections.abc import Iterator

import pytest

from gtms.processing.aggregation import Aggregation
from gtms.processing.session import Session
from gtms.processing.timelines import Touched
from gtms.stack.lifecycle import EmbeddedStack
from gtms.warehouse.client import Connection
from tests.support.golden import AS_OF

SOMEBODY = Touched("LVA", 1, "0" * 36, "f" * 32)


class Listening(Session):
    """A session that notes what it asks for the columns of."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.described: list[str] = []

    def query(self, statement: str) -> list[tuple[object, ...]]:
        """The rows of a statement."""
        if statement.startswith("DESCRIBE"):
            self.described.append(statement)
        return super().query(statement)


@pytest.fixture
def session(stack: EmbeddedStack) -> Iterator[Listening]:
    connection = Connection(stack.settings.clickhouse)
    yield Listening(connection)
    connection.close()


def test_columns_are_asked_for_in_the_first_round_only(session: Listening) -> None:
    aggregation = Aggregation(session, lambda: AS_OF)
    aggregation.bring_up_to_date([SOMEBODY], ["LVA"])
    assert session.described
    session.described.clear()
    for _ in range(2):
        aggregation.bring_up_to_date([SOMEBODY], ["LVA"])
    assert session.described == []
