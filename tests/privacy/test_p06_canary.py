"""P06: an identifier is pushed through everything, and everything is searched for it.

It may be in the registry and in the topics that carry records, and nowhere else: no log, metric,
error, answer, file of ours or other table.
"""

import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest

from gtms.stack.lifecycle import EmbeddedStack
from gtms.stack.programs import programs
from tests.support.command import clean_environment, gtms_words
from tests.support.interop_files import ADMISSION_COLUMNS, admission_row
from tests.support.laws import eventually
from tests.support.log import Message, messages, write
from tests.support.national import NationalSystem
from tests.support.population import admission, discharge, record_uid, revised
from tests.support.stored import Stored
from treatment.admissions.v1.admissions_service_pb2 import GetAdmissionRequest
from treatment.admissions.v1.admissions_service_pb2_grpc import AdmissionsServiceStub

pytestmark = pytest.mark.slow

COUNTRY = "ISL"
EPISODE = "CANARY-7f3a9c"
IN_THE_REGISTRY = frozenset({"admissions", "outcomes", "revisions", "person_records", "episodes"})
CARRY_RECORDS = (
    "gtms.admissions.v1",
    "gtms.outcomes.v1",
    "gtms.changes.v1",
    "gtms.dead-letters.v1",
)


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


def commands(stack: EmbeddedStack, folder: Path, canary: str) -> str:
    """What an operator, a sender and a ministry see who look around."""
    good = admission_row(1, episode_id=EPISODE, client_pseudonym=canary)
    bad = admission_row(2, episode_id=EPISODE, client_pseudonym=canary, sex=canary)
    file = folder / "file.csv"
    file.write_text(f"{ADMISSION_COLUMNS}\n{good}\n{bad}\n")
    words = (
        ("import", file, "--family", "admissions", "--country", COUNTRY),
        ("dead-letters", "list"),
        ("dead-letters", "list", "--json"),
        ("dead-letters", "count"),
        ("process", "status"),
        ("stack", "status"),
        ("audit", "list", "--json", "--limit", "10000"),
        ("audit", "verify"),
        ("problems", "summary", "--country", COUNTRY),
    )
    said = []
    for each in words:
        done = subprocess.run(
            gtms_words(*each),
            capture_output=True,
            text=True,
            env=clean_environment({"GTMS_STACK__STATE": str(stack.settings.stack.state)}),
            timeout=150,
            check=False,
        )
        assert done.stdout + done.stderr
        said.append(done.stdout + done.stderr)
    return "\n".join(said)


def errors(stack: EmbeddedStack, canary: str) -> str:
    """What is answered to calls that hold it where it does not belong."""
    tokens = (f"Bearer dev-{canary}", f"Bearer {canary}", canary, f"Bearer dev-{COUNTRY}")
    said = []
    with grpc.insecure_channel(f"127.0.0.1:{stack.settings.ports.admissions}") as channel:
        for token in tokens:
            request = GetAdmissionRequest(record_uid=canary)
            metadata = [("authorization", token), ("x-purpose", f"about {canary}")]
            with pytest.raises(grpc.RpcError) as refused:
                AdmissionsServiceStub(channel).GetAdmission(request, metadata=metadata, timeout=10)
            said.append(f"{refused.value.details()} {refused.value.trailing_metadata()}")
    return "\n".join(said)


def metrics(stack: EmbeddedStack) -> str:
    """What every process and ClickHouse show of themselves."""
    ports = [stack.settings.clickhouse.http_port]
    names = {program.name for program in programs(stack.settings)}
    for service in ("facilities", "admissions", "outcomes", "trainings", "indicators", "processor"):
        assert service in names
        ports.append(stack.settings.ports.metrics(service))
    said = []
    for port in ports:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            said.append(answer.read().decode())
    return "\n".join(said)


def tables_with(stored: Stored, mark: str) -> set[str]:
    """Tables of any database in which some row holds it."""
    tables = stored.rows(
        "SELECT database, name FROM system.tables WHERE engine NOT LIKE '%%View'"
        " AND database NOT IN ('system', 'information_schema', 'INFORMATION_SCHEMA')"
    )
    logs = stored.rows(
        "SELECT database, name FROM system.tables WHERE database = 'system'"
        " AND (name LIKE '%%_log' OR name IN ('mutations', 'errors', 'warnings'))"
    )
    return {
        f"{database}.{name}"
        for database, name in [*tables, *logs]
        if stored.rows(
            f"SELECT count() FROM {database}.{name}"
            " WHERE position(toString(tuple(*)), %(mark)s) > 0",
            mark=mark,
        )[0][0]
    }


def files_with(folder: Path, *marks: str) -> set[str]:
    """Files that hold one of these as they are on the disk, and files named so."""
    wanted = [mark.encode() for mark in marks]
    found = set()
    for file in folder.rglob("*"):
        if any(mark in str(file) for mark in marks):
            found.add(str(file.relative_to(folder)))
        if file.is_file() and not file.is_symlink():
            try:
                content = file.read_bytes()
            except FileNotFoundError:
                continue
            if any(mark in content for mark in wanted):
                found.add(str(file.relative_to(folder)))
    return found


def is_allowed(file: str, parts_of_the_registry: tuple[str, ...]) -> bool:
    """A segment of a topic that carries records, or a part of a table of the registry."""
    segments = tuple(f"kafka/log/{topic}-" for topic in CARRY_RECORDS)
    return file.startswith((*segments, *parts_of_the_registry))


def test_the_canary_is_only_where_it_must_be(
    running: EmbeddedStack, system: NationalSystem, stored: Stored, tmp_path: Path
) -> None:
    came = admission("canary", "2025-02-01", episode_id=EPISODE)
    canary = came.record.client_pseudonym
    rejected = admission("canary", "2025-02-01", episode_id=EPISODE)
    rejected.record.age_at_admission = 3
    orphan = discharge(
        admission("canary", "2025-06-01", episode_id=EPISODE + "-b"), "2025-07-01", 12
    )
    answers = system.send([came, revised(came, 2), discharge(came, "2025-03-01", 12), orphan])
    answers += system.send([rejected])
    eventually(lambda: "" if stored.revisions(COUNTRY) else "not yet stored")
    uid = record_uid(COUNTRY, came)
    good = next(
        each
        for each in messages(running.settings.kafka, "gtms.admissions.v1")
        if canary.encode() in (each.value or b"")
    )
    truncated = Message(good.place, good.key, (good.value or b"")[:-3], good.headers)
    strange = Message(good.place, canary.encode(), good.value, good.headers)
    write(running.settings.kafka, good.place[:2], [truncated, strange])
    said = "\n".join(
        (
            errors(running, canary),
            commands(running, tmp_path, canary),
            *(str(answer.receipt) for answer in answers),
            *(str(answer.code) for answer in answers),
        )
    )
    eventually(
        lambda: (
            ""
            if sum(
                canary.encode() in (each.value or b"")
                for each in messages(running.settings.kafka, "gtms.dead-letters.v1")
            )
            >= 2
            else "not yet dead letters"
        )
    )
    said += commands(running, tmp_path, canary)
    shown = metrics(running)

    assert canary not in said + shown
    assert EPISODE not in shown  # an import tells its sender which of his records it means
    for mark in (canary, EPISODE):
        found = tables_with(stored, mark)
        assert "registry.admissions" in found
        assert found <= {f"registry.{table}" for table in IN_THE_REGISTRY}, found
    assert uid not in shown
    state = running.settings.stack.state
    folders = tuple(
        str(Path(path).relative_to(state))
        for (paths,) in stored.rows(
            "SELECT data_paths FROM system.tables WHERE database = 'registry'"
            " AND name IN %(names)s",
            names=sorted(IN_THE_REGISTRY),
        )
        for path in paths
    )
    found = files_with(state, canary, EPISODE)
    assert [file for file in sorted(found) if not is_allowed(file, folders)] == []
    assert any(file.startswith("kafka/log/gtms.admissions.v1-") for file in found)

    # The search finds what is put where it must not be.
    (state / "logs" / "careless.log").write_text(f"admission of {canary} refused\n")
    found = files_with(state, canary, EPISODE)
    (state / "logs" / "careless.log").unlink()
    assert [file for file in found if not is_allowed(file, folders)] == ["logs/careless.log"]
