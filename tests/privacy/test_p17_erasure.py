"""P17: who was erased is nowhere; no replay, rebuild or late sender brings them back."""

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from kafka.admin import KafkaAdminClient

from gtms.events.envelope import encode
from gtms.events.topics import CHANGES, TOPICS
from gtms.families import FAMILIES
from gtms.processing.loader import LOADER_GROUP
from gtms.stack.lifecycle import EmbeddedStack
from tests.conftest import AS_OF
from tests.support.command import clean_environment, gtms_words
from tests.support.laws import eventually, settled
from tests.support.log import Message, messages, write
from tests.support.national import NationalSystem
from tests.support.population import admission, discharge, received, record_uid, revised
from tests.support.stored import Stored

pytestmark = pytest.mark.slow

COUNTRY = "FIN"
TABLES = ("admissions", "outcomes", "revisions", "person_records", "episodes", "arrivals")
ADMISSIONS = "gtms.admissions.v1"


@pytest.fixture
def system(running: EmbeddedStack) -> Iterator[NationalSystem]:
    sender = NationalSystem(running, COUNTRY)
    yield sender
    sender.close()


@pytest.fixture
def stored(running: EmbeddedStack) -> Iterator[Stored]:
    reading = Stored(running.settings.clickhouse)
    yield reading
    reading.close()


def erase(
    stack: EmbeddedStack, kind: str, named: str, country: str = COUNTRY
) -> tuple[int, dict[str, Any], str]:
    done = subprocess.run(
        gtms_words("erase", kind, country, "--because", "request 17", "--yes", "--json"),
        input=named + "\n",
        capture_output=True,
        text=True,
        env=clean_environment({"GTMS_STACK__STATE": str(stack.settings.stack.state)}),
        timeout=400,
        check=False,
    )
    return done.returncode, json.loads(done.stdout or "{}"), done.stdout + done.stderr


def naming(stack: EmbeddedStack, *marks: str) -> list[Message]:
    """Events of any topic that name one of these."""
    wanted = [mark.encode() for mark in marks]
    return [
        each
        for each in messages(stack.settings.kafka, *TOPICS)
        if any(mark in (each.value or b"") for mark in wanted)
    ]


def rows(stored: Stored, uids: list[str]) -> dict[str, int]:
    """Rows of these records, deleted ones included."""
    return {
        table: stored.rows(
            f"SELECT count() FROM registry.{table} WHERE country = %(country)s"
            " AND toString(record_uid) IN %(uids)s",
            country=COUNTRY,
            uids=uids,
        )[0][0]
        for table in (*TABLES, "problems")
    }


def all_read(stack: EmbeddedStack) -> str:
    """Whether the loader has read all that is in the log."""
    done = subprocess.run(
        gtms_words("process", "status", "--json"),
        capture_output=True,
        text=True,
        env=clean_environment({"GTMS_STACK__STATE": str(stack.settings.stack.state)}),
        check=False,
    )
    said = json.loads(done.stdout or '{"records": -1}')
    return "" if not any(said.values()) else f"still on its way: {said}"


def read_from_the_beginning(stack: EmbeddedStack, stored: Stored) -> None:
    """A rebuild: nothing is stored, and nothing of the log counts as read."""
    stack.stop("processor")
    for table in (*TABLES, "problems"):
        stored.rows(f"TRUNCATE TABLE registry.{table}")
    stored.rows("TRUNCATE TABLE ops.watermarks")
    admin = KafkaAdminClient(bootstrap_servers=stack.settings.kafka.bootstrap.split(","))
    admin.delete_groups([LOADER_GROUP])
    admin.close()
    stack.start("processor")


def test_erased_is_gone_and_stays_gone(
    running: EmbeddedStack, system: NationalSystem, stored: Stored
) -> None:
    gone, stays = admission("erased", "2025-02-01"), admission("other", "2025-02-10")
    about = [gone, revised(gone, 2), discharge(gone, "2025-04-01", 12)]
    system.send([*about, stays, discharge(stays, "2025-05-01", 11)])
    settled(system, stored, AS_OF)
    person, uids = (
        gone.record.client_pseudonym,
        sorted({record_uid(COUNTRY, each) for each in about}),
    )
    log = naming(running, person)
    poison = next(each for each in log if each.place[0] == ADMISSIONS)
    write(
        running.settings.kafka,
        poison.place[:2],
        [Message(poison.place, poison.key, poison.value + b"\xff", poison.headers)],  # type: ignore[operator]
    )
    never = repaired(never_sent())
    write(
        running.settings.kafka,
        (ADMISSIONS, 0),
        [Message(never.place, never.key, (never.value or b"") + b"\xff", never.headers)],
    )
    eventually(lambda: all_read(running))
    letters = [each for each in naming(running, person) if each.place[0] == "gtms.dead-letters.v1"]
    assert letters

    code, proof, said = erase(running, "person", person)

    assert code == 0, said
    assert person not in said
    assert all(proof["before"][f"registry.{table}"] > 0 for table in TABLES)
    logs = (ADMISSIONS, "gtms.outcomes.v1", "gtms.dead-letters.v1", CHANGES)
    assert all(proof["before"][f"Kafka {topic}"] > 0 for topic in logs)
    assert not any(proof["after"].values())
    assert {"2025-02", "2025-04"} <= set(proof["months"])
    system.history[:] = [each for each in system.history if each.record not in about]
    cells = settled(system, stored, AS_OF)
    assert not any(rows(stored, uids).values())
    assert naming(running, person, *uids) == []

    uids.append(uid_of(never_sent()))
    system.send(about)  # a late sender
    system.history[:] = [each for each in system.history if each.record not in about]
    # The log again, dead letters to where they came from, and one that was put right meanwhile.
    for one in [*log, *letters, never]:
        topic = one.header("gtms_origin_topic") or one.place[0]
        if topic != CHANGES:
            write(running.settings.kafka, (topic, 0), [one])
    eventually(lambda: all_read(running))
    assert not any(rows(stored, uids).values())
    read_from_the_beginning(running, stored)
    eventually(lambda: all_read(running))
    assert not any(rows(stored, uids).values())
    assert settled(system, stored, AS_OF) == cells

    # The guard is what keeps them away: without it they are back.
    stored.rows("TRUNCATE TABLE ops.erased")
    system.send(about)
    eventually(lambda: all_read(running))
    assert rows(stored, uids)["admissions"] > 0
    code, proof, said = erase(running, "record", uid_of(about[0]))
    assert code == 0, said
    assert not any(rows(stored, uids).values())
    described = stored.rows("SELECT what, outcome, counts FROM ops.audit WHERE country = 'FIN'")
    assert any(what == "gtms erase person" and outcome == "OK" for what, outcome, _ in described)


def test_who_is_called_the_same_in_another_country_stays(
    running: EmbeddedStack, stored: Stored
) -> None:
    namesake = admission("namesake", "2025-02-01")
    person = namesake.record.client_pseudonym
    here, elsewhere = (NationalSystem(running, country) for country in ("NOR", "DNK"))
    for sender in (here, elsewhere):
        sender.send([namesake])
        settled(sender, stored, AS_OF)
    before = [each for each in naming(running, person) if (each.key or b"").startswith(b"DNK/")]
    assert before

    code, _, said = erase(running, "person", person, here.country)

    assert code == 0, said
    assert [each for each in naming(running, person) if each.place[0] != CHANGES] == before
    assert settled(elsewhere, stored, AS_OF)
    here.close()
    elsewhere.close()


def never_sent() -> Any:
    return admission("erased", "2025-06-01", episode_id="never stored")


def repaired(record: Any) -> Message:
    """The event of a record as it should have been, which the registry has never had."""
    made = encode(FAMILIES["admission"], received(record, COUNTRY))
    return Message((ADMISSIONS, 0, -1), made.key, made.value, list(made.headers))


def uid_of(record: Any) -> str:
    return record_uid(COUNTRY, record)
