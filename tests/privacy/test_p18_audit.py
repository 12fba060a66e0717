"""P18: an entry of the audit that is edited, deleted, moved or cut off is found, loudly."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gtms.config import Settings
from gtms.privacy.audit import NOTHING, Entry, Link, link
from gtms.privacy.shipping import kept
from gtms.stack.lifecycle import EmbeddedStack
from gtms.warehouse import audit
from gtms.warehouse.client import Connection
from tests.support.command import Said, gtms

NOW = {"mutations_sync": 2}


def chain(name: str, length: int, heads: tuple[Link, ...] = ()) -> list[Link]:
    links: list[Link] = []
    for number in range(length):
        said = Entry(
            datetime(2026, 9, 30, 12, 0, number, tzinfo=UTC),
            "dev-KEN",
            ("ministry",),
            "KEN",
            "treatment.indicators.v1.IndicatorsService/QueryCells",
            "annual-report",
            {"cells": 40 + number},
            heads=tuple(one.head for one in heads),
        )
        links.append(link(name, number + 1, links[-1].hash if links else NOTHING, said))
    return links


CLERK = chain("clerk", 5)
WITNESS = chain("witness", 2, (CLERK[4],))


@pytest.fixture
def connection(stack: EmbeddedStack) -> Iterator[Connection]:
    """An audit that holds two chains, one of which has seen the other."""
    opened = Connection(stack.settings.clickhouse)
    opened.execute("TRUNCATE TABLE ops.audit")
    audit.store(opened, [*CLERK, *WITNESS])
    yield opened
    opened.execute("TRUNCATE TABLE ops.audit")
    opened.close()


def verify(stack: EmbeddedStack, *words: str | Path) -> Said:
    state = {"GTMS_STACK__STATE": str(stack.settings.stack.state)}
    return gtms("audit", "verify", *words, environment=state)


def _run(statement: str) -> Callable[[Connection], None]:
    return lambda connection: _ignore(connection.execute(statement, settings=NOW))


def _ignore(_: object) -> None:
    return None


def _swap(connection: Connection) -> None:
    _run("ALTER TABLE ops.audit DELETE WHERE chain = 'clerk' AND sequence IN (2, 3)")(connection)
    swapped = [replace(CLERK[2], sequence=2), replace(CLERK[1], sequence=3)]
    audit.store(connection, swapped)


TAMPERING: dict[str, tuple[Callable[[Connection], None], str]] = {
    "edited": (
        _run("ALTER TABLE ops.audit UPDATE who = 'nobody' WHERE chain = 'clerk' AND sequence = 3"),
        "clerk, entry 3: was changed after it was written",
    ),
    "a count edited": (
        _run(
            "ALTER TABLE ops.audit UPDATE counts = map('cells', 1)"
            " WHERE chain = 'clerk' AND sequence = 5"
        ),
        "clerk, entry 5: was changed after it was written",
    ),
    "deleted": (
        _run("ALTER TABLE ops.audit DELETE WHERE chain = 'clerk' AND sequence = 3"),
        "clerk, entry 3: entries up to 3 are missing",
    ),
    "reordered": (_swap, "clerk, entry 2: does not follow the entry before it"),
    "replaced": (
        lambda connection: audit.store(
            connection, [link("clerk", 3, CLERK[1].hash, replace(CLERK[2].entry, who="x"))]
        ),
        "clerk, entry 3: another entry has the same number",
    ),
    "the end cut off": (
        _run("ALTER TABLE ops.audit DELETE WHERE chain = 'clerk' AND sequence > 3"),
        "clerk, entry 4: the end is missing; it had 5 entries",
    ),
    "a whole chain taken away": (
        _run("ALTER TABLE ops.audit DELETE WHERE chain = 'clerk'"),
        "clerk, entry 1: the whole chain is missing; it had 5 entries or more",
    ),
}


def test_what_was_not_touched_is_whole(stack: EmbeddedStack, connection: Connection) -> None:
    said = verify(stack)
    assert said.code == 0, said.err
    assert "7 entries are as they were written" in said.out


@pytest.mark.parametrize("how", TAMPERING)
def test_tampering_fails_loudly(how: str, stack: EmbeddedStack, connection: Connection) -> None:
    tamper, found = TAMPERING[how]
    tamper(connection)
    said = verify(stack)
    assert said.code == 1
    assert found in said.out
    assert "tampered" in said.err


def test_heads_kept_elsewhere_show_what_no_other_chain_saw(
    stack: EmbeddedStack, connection: Connection, tmp_path: Path
) -> None:
    kept_elsewhere = tmp_path / "heads.jsonl"
    state = {"GTMS_STACK__STATE": str(stack.settings.stack.state)}
    kept_elsewhere.write_text(gtms("audit", "heads", environment=state).out)
    assert verify(stack, "--heads", kept_elsewhere).code == 0
    _run("ALTER TABLE ops.audit DELETE WHERE chain = 'witness'")(connection)
    assert verify(stack).code == 0
    said = verify(stack, "--heads", kept_elsewhere)
    assert said.code == 1
    assert "witness, entry 1: the whole chain is missing" in said.out


def test_what_a_process_wrote_while_clickhouse_was_away_arrives_later(
    stack: EmbeddedStack, connection: Connection, tmp_path: Path
) -> None:
    """The first process finds no ClickHouse; the second ships what the first has left."""
    away = _on(stack.settings, tmp_path, port=1)
    with kept(away, "first") as trail:
        trail.write(CLERK[0].entry).result(30)
    assert list(tmp_path.glob("first-*.jsonl"))
    with kept(_on(stack.settings, tmp_path), "second"):
        pass
    assert not list(tmp_path.glob("*.jsonl"))
    names = {one.chain.partition("-")[0] for one in audit.everything(connection)}
    assert {"first", "second"} <= names
    assert verify(stack).code == 0


def _on(settings: Settings, folder: Path, port: int | None = None) -> Settings:
    clickhouse = settings.clickhouse.model_copy(
        update={"port": port or settings.clickhouse.port, "connect_timeout_s": 1.0}
    )
    return settings.model_copy(
        update={
            "clickhouse": clickhouse,
            "audit": settings.audit.model_copy(update={"folder": folder}),
        }
    )


def test_the_list_names_who_did_what(stack: EmbeddedStack, connection: Connection) -> None:
    state = {"GTMS_STACK__STATE": str(stack.settings.stack.state)}
    words = ("audit", "list", "--country", "KEN", "--who", "dev-KEN", "--since", "2026-09-30")
    said = gtms(*words, "--json", environment=state)
    entries = [json.loads(line) for line in said.out.splitlines()]
    assert len(entries) == 7
    assert entries[0]["counts"] == {"cells": 44}
    assert gtms("audit", "list", "--country", "UGA", "--json", environment=state).out == ""
