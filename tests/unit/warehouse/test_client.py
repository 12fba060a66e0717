"""Which answers of ClickHouse mean "wait"."""

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest
from clickhouse_driver import errors

from gtms.config import ClickHouse
from gtms.events.failures import Unavailable
from gtms.warehouse.client import WAIT_CODES, Connection
from gtms.warehouse.sender import Refused, Sender


@pytest.fixture
def nobody() -> Iterator[ClickHouse]:
    """A server on ports where nothing listens."""
    with closing(socket.socket()) as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        yield ClickHouse(port=port, http_port=port, connect_timeout_s=0.5)


@pytest.fixture
def silent() -> Iterator[ClickHouse]:
    """A server that accepts connections and never answers, as a stopped process does."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        port = listening.getsockname()[1]
        yield ClickHouse(port=port, http_port=port, connect_timeout_s=0.3, query_timeout_s=0.3)


def test_absent_server_is_unavailable(nobody: ClickHouse) -> None:
    with pytest.raises(Unavailable, match="does not answer"):
        Connection(nobody).execute("SELECT 1")
    with pytest.raises(Unavailable, match="does not answer"):
        Sender(nobody).send("INSERT INTO t FORMAT TSV", b"", {})


def test_silent_server_is_unavailable_in_bounded_time(silent: ClickHouse) -> None:
    with pytest.raises(Unavailable):
        Connection(silent).execute("SELECT 1")
    with pytest.raises(Unavailable):
        Sender(silent).send("INSERT INTO t FORMAT TSV", b"", {})


class Failing:
    """A driver's client that fails as it is told."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.disconnected = False

    def execute(self, *_: object, **__: object) -> None:
        raise self.error

    def disconnect(self) -> None:
        self.disconnected = True


def failing(error: Exception) -> tuple[Connection, Failing]:
    connection, client = Connection(ClickHouse()), Failing(error)
    connection._client = client
    return connection, client


@pytest.mark.parametrize("code", [159, 202, 209, 210, 241, 242, 243, 252, 319, 497, 516])
def test_what_time_or_an_operator_repairs_is_waited_for(code: int) -> None:
    assert code in WAIT_CODES
    connection, client = failing(errors.ServerException("secret words", code))
    with pytest.raises(Unavailable) as raised:
        connection.execute("SELECT 1")
    assert "secret" not in str(raised.value)
    assert client.disconnected


@pytest.mark.parametrize("code", [16, 27, 47, 53, 60, 62, 81, 395])
def test_our_own_mistakes_are_not_waited_for(code: int) -> None:
    assert code not in WAIT_CODES
    connection, client = failing(errors.ServerException("no such column", code))
    with pytest.raises(errors.ServerException):
        connection.execute("SELECT 1")
    assert client.disconnected


@pytest.mark.parametrize(
    "error", [EOFError(), ConnectionResetError(), TimeoutError(), errors.NetworkError("gone")]
)
def test_broken_connection_is_dropped_and_waited_for(error: Exception) -> None:
    connection, client = failing(error)
    with pytest.raises(Unavailable):
        connection.execute("SELECT 1")
    assert client.disconnected


def test_refused_rows_are_named_by_the_error_and_not_by_their_values() -> None:
    text = b"Code: 38. DB::Exception: Cannot parse date: KNOWS-A-SECRET (CANNOT_PARSE_DATE) (v 26)"
    refusal = Sender(ClickHouse())._refusal(38, text)
    assert isinstance(refusal, Refused)
    assert str(refusal) == "ClickHouse refuses the rows: CANNOT_PARSE_DATE, code 38"


def test_answer_of_something_on_the_way_is_waited_for() -> None:
    assert isinstance(Sender(ClickHouse())._refusal(0, b"<html>bad gateway"), Unavailable)
