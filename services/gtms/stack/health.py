"""Is a part of the stack doing its work? Each check answers None, or why not in a few words."""

import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from gtms.channel import services_alone
from gtms.config import Settings, settings
from gtms.events.brokers import brokers
from gtms.stack.ports import LOOPBACK, SERVICES

TIMEOUT_S = 2.0
Check = Callable[[Settings], str | None]


def kafka(at: Settings) -> str | None:
    """The broker tells its topics."""
    try:
        admin = KafkaAdminClient(
            **brokers(at.kafka),
            bootstrap_timeout_ms=int(TIMEOUT_S * 1000),
            request_timeout_ms=int(TIMEOUT_S * 1000),
        )
        try:
            admin.list_topics()
        finally:
            admin.close()
    except (KafkaError, OSError, ValueError) as why:
        return f"no answer ({type(why).__name__})"
    return None


def clickhouse(at: Settings) -> str | None:
    """The server lets our account in and answers a query."""
    place = at.clickhouse
    question = urllib.request.Request(
        f"http://{place.host}:{place.http_port}/?query=SELECT+1",
        headers={"X-ClickHouse-User": place.user, "X-ClickHouse-Key": place.password()},
    )
    return _http(question)


def grpc_service(name: str) -> Check:
    """A check that the named service says SERVING by the gRPC health protocol."""

    def check(at: Settings) -> str | None:
        with services_alone(at).channel(f"{LOOPBACK}:{at.ports.of(name)}") as channel:
            stub = health_pb2_grpc.HealthStub(channel)
            try:
                answer = stub.Check(health_pb2.HealthCheckRequest(), timeout=TIMEOUT_S)
            except grpc.RpcError as why:
                return f"no answer ({why.code().name})"
        status = health_pb2.HealthCheckResponse.ServingStatus.Name(answer.status)
        return None if answer.status == health_pb2.HealthCheckResponse.SERVING else status

    return check


def processor(worker: int) -> Check:
    """A check that a processor worker shows its metrics."""

    def check(at: Settings) -> str | None:
        port = at.ports.metrics("processor") + worker
        return _http(urllib.request.Request(f"http://{LOOPBACK}:{port}/metrics"))

    return check


def nothing_to_ask(_: Settings) -> str | None:
    """For a program that ends by itself: having ended well is all there is to know."""
    return None


def _http(question: urllib.request.Request) -> str | None:
    try:
        with urllib.request.urlopen(question, timeout=TIMEOUT_S):
            return None
    except urllib.error.HTTPError as why:
        return f"HTTP {why.code}"
    except OSError as why:
        return f"no answer ({type(why).__name__})"


CHECKS: Mapping[str, Check] = {
    "kafka": kafka,
    "clickhouse": clickhouse,
    **{name: grpc_service(name) for name in SERVICES},
    "processor": processor(0),
}


def main(name: str) -> str | None:
    """Check one part, for the health checks of containers; returns why it is not well."""
    return CHECKS[name](settings())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
