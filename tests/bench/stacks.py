"""The stack that a part is measured on, its own and new, and further programs beside it."""

import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from subprocess import Popen

from gtms.channel import Caller, caller
from gtms.config import Quota, Section
from gtms.ingest.identity import Role
from gtms.stack.health import grpc_service
from gtms.stack.lifecycle import EmbeddedStack
from gtms.stack.ports import LOOPBACK, free_port_base, with_port_base
from gtms.stack.supervision import leash
from gtms.stack.verified import with_authority
from gtms.trouble import Trouble
from gtms.warehouse.account_files import every_account, users_xml
from gtms.warehouse.accounts import OPERATOR, Account, Grant
from tests.bench.drawn import today
from tests.support.command import ROOT, clean_environment, gtms_words
from tests.support.stack import a_stack

Say = Callable[[str], None]
"""Told in a few words what is being done."""

UNLIMITED = Quota(**dict.fromkeys(Quota.model_fields, 10**9))

_START_S = 60.0
_STEP_S = 0.1


@dataclass(frozen=True, slots=True)
class Service:
    """A gRPC service that is not one of the stack's own programs."""

    name: str
    pid: int
    target: str
    sender: Caller


@contextmanager
def new_stack(say: Say) -> Iterator[EmbeddedStack]:
    """Kafka and ClickHouse with topics and tables, and nothing else running on them."""
    say("starting Kafka and ClickHouse")
    with tempfile.TemporaryDirectory(prefix="gtms-bench-") as folder:
        users = Path(folder) / "users.xml"
        users.write_text(users_xml([_measuring(account) for account in every_account()]))
        overrides = {"processing": {"as_of": today()}, "stack": {"clickhouse_users": users}}
        with a_stack(only_stores=True, overrides=overrides) as stack:
            yield stack


def _measuring(account: Account) -> Account:
    """The operator may also make tables of the bench, and have ClickHouse read Kafka."""
    if account.name != OPERATOR:
        return account
    more = (Grant("ALL", "bench.*"), Grant("KAFKA", "*.*"))
    return replace(account, grants=(*account.grants, *more))


@contextmanager
def service(
    stack: EmbeddedStack,
    kind: str,
    processes: int,
    sender: str,
    *,
    verified: bool = False,
    quota: Quota = UNLIMITED,
) -> Iterator[Service]:
    """A service of so many processes on a port of its own, healthy, until the end of the block.

    `verified`: over TLS, the country `sender` shows a certificate and a token.
    """
    known = with_authority(stack.settings) if verified else stack.settings
    elsewhere = with_port_base(known, free_port_base(known))
    port = elsewhere.ports.of(kind)
    at = known.model_copy(update={"ports": elsewhere.ports})
    name = f"{kind}, {processes} process{'es' if processes > 1 else ''}"
    name += ", verified" if verified else ""
    words = gtms_words("serve", kind, "--processes", str(processes))
    environment = {
        _port(kind): str(port),
        **_said("IDENTITY", at.identity),
        **_said("QUOTA", quota),
    }
    with program(stack, f"{kind}-{port}", words, environment) as running:
        _wait(name, lambda: grpc_service(kind)(at))
        who = caller(at, Role.SUBMITTER, sender)
        yield Service(name, running.pid, f"{LOOPBACK}:{port}", who)


@contextmanager
def program(
    stack: EmbeddedStack,
    name: str,
    words: list[str],
    environment: Mapping[str, str] | None = None,
) -> Iterator[Popen[bytes]]:
    """A program that means this stack; it is told to end with the block or with this process."""
    state = stack.settings.stack.state
    log = stack.supervisor.log(f"bench-{name}")
    with log.open("wb") as output:
        running = Popen(
            [*leash(signal.SIGTERM, _starts(state, name)), *words],
            cwd=ROOT,
            env=clean_environment({"GTMS_STACK__STATE": str(state), **(environment or {})}),
            stdout=output,
            stderr=output,
        )
    try:
        yield running
        if running.poll():
            raise Trouble(f"{name} ended with code {running.returncode}:\n{_last_words(log)}")
    finally:
        running.terminate()
        running.wait()


def _said(section: str, settings: Section) -> dict[str, str]:
    """Settings as they stand in the environment."""
    said = settings.model_dump(mode="json", exclude_none=True)
    return {f"GTMS_{section}__{name.upper()}": str(value) for name, value in said.items()}


def _port(kind: str) -> str:
    return f"GTMS_PORTS__{kind.upper()}"


def _starts(state: Path, name: str) -> Path:
    return state / "starts" / f"bench-{name}"


def _last_words(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-15:])


def _wait(name: str, why_not: Callable[[], str | None]) -> None:
    end = time.monotonic() + _START_S
    while (why := why_not()) is not None:
        if time.monotonic() > end:
            raise Trouble(f"{name} is not healthy: {why}")
        time.sleep(_STEP_S)
