"""`gtms stack` as a person uses it: up, status, logs, down, and what goes wrong in between."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from gtms.stack import ports
from gtms.stack.lifecycle import EmbeddedStack
from gtms.stack.supervision import Supervisor
from tests.support.command import Said, clean_environment, gtms, gtms_words
from tests.support.stack import default_settings, downed_at_the_end, processes_of

PATIENCE_S = 90


@pytest.fixture(scope="module")
def port_base(tmp_path_factory: pytest.TempPathFactory) -> int:
    """Of the stack in `state`."""
    return ports.free_port_base(default_settings(tmp_path_factory.mktemp("nothing")))


@pytest.fixture
def other_base(tmp_path: Path) -> int:
    return ports.free_port_base(default_settings(tmp_path))


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory, port_base: int) -> Iterator[Path]:
    """The folder of a stack that the command has brought up, without the services."""
    folder = tmp_path_factory.mktemp("commands")
    with downed_at_the_end(folder):
        said = up(folder, port_base)
        assert said.code == 0, said.err
        yield folder


@pytest.fixture
def refused(tmp_path: Path) -> Callable[..., str]:
    """Tries to bring up a stack, and returns the one line that says why that can't be."""

    def attempt(port_base: int, **environment: str) -> str:
        said = up(tmp_path / "state", port_base, environment)
        assert said.code == 1
        assert said.err.startswith("gtms: ")
        assert said.err.count("\n") == 1, said.err
        assert processes_of(tmp_path / "state") == []
        assert not (tmp_path / "state" / "stack.json").exists()
        return said.err

    return attempt


def up(folder: Path, port_base: int, environment: dict[str, str] | None = None) -> Said:
    return gtms(
        *("stack", "up", "--only-stores", "--state", folder, "--port-base", str(port_base)),
        environment=environment,
    )


def parts(folder: Path) -> dict[str, dict[str, object]]:
    told = json.loads(gtms("stack", "status", "--json", "--state", folder).out)
    return {part["name"]: part for part in told}


def eventually(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, "did not become true in time"
        time.sleep(0.1)


def test_status_tells_how_each_part_is(state: Path, port_base: int) -> None:
    told = parts(state)
    assert told["migrate"]["health"] == "done"
    assert told["facilities"]["state"] == "stopped"
    for name, port in (("kafka", port_base), ("clickhouse", port_base + 2)):
        assert (told[name]["health"], told[name]["port"]) == ("healthy", port)
        assert told[name]["memory_bytes"] > 50_000_000
    table = gtms("stack", "status", "--state", state)
    assert table.code == 0
    assert "healthy" in table.out


def test_up_again_says_so_and_starts_nothing(state: Path, port_base: int) -> None:
    before = parts(state)
    said = up(state, port_base)
    assert (said.code, said.out.splitlines()[0]) == (0, "Already up.")
    assert {part["pid"] for part in parts(state).values()} == {p["pid"] for p in before.values()}


def test_every_command_finds_the_stack_by_its_folder_alone(state: Path) -> None:
    said = gtms("migrate", "--status", environment={"GTMS_STACK__STATE": str(state)})
    assert said.code == 0, said.err


def test_a_killed_part_is_restarted_and_counted(state: Path) -> None:
    before = parts(state)["kafka"]
    os.kill(int(str(before["pid"])), signal.SIGKILL)
    eventually(lambda: parts(state)["kafka"]["health"] == "healthy")
    after = parts(state)["kafka"]
    assert after["pid"] != before["pid"]
    assert after["restarts"] == int(str(before["restarts"])) + 1


def test_two_stacks_stand_side_by_side(state: Path, stack: EmbeddedStack) -> None:
    assert {one.name: one.health for one in stack.status()}["kafka"] == "healthy"
    assert parts(state)["clickhouse"]["health"] == "healthy"
    assert parts(state)["clickhouse"]["pid"] != stack.pid("clickhouse")


def test_other_ports_for_the_same_folder_are_refused(state: Path, port_base: int) -> None:
    said = up(state, port_base + 1)
    assert said.code == 1
    assert f"another stack is up in {state}" in said.err


def test_logs_of_one_part_and_of_all(state: Path) -> None:
    assert "done" in gtms("stack", "logs", "migrate", "--state", state).out
    assert "kafka        │ " in gtms("stack", "logs", "--state", state).out
    unknown = gtms("stack", "logs", "nobody", "--state", state)
    assert unknown.code == 1
    assert "nobody has no log" in unknown.err


def test_followed_logs_show_what_comes(state: Path) -> None:
    with subprocess.Popen(
        gtms_words("stack", "logs", "clickhouse", "-n", "1", "-f", "--state", state),
        stdout=subprocess.PIPE,
        text=True,
        env=clean_environment(),
    ) as following:
        assert following.stdout is not None
        assert following.stdout.readline()  # what was there: from here on it follows
        os.kill(int(str(parts(state)["clickhouse"]["pid"])), signal.SIGKILL)
        assert following.stdout.readline()
        following.send_signal(signal.SIGINT)
        assert following.wait(PATIENCE_S) == 0
    eventually(lambda: parts(state)["clickhouse"]["health"] == "healthy")


def test_secrets_and_sockets_are_only_for_their_owner(state: Path) -> None:
    secret = state / "secrets" / "clickhouse-password"
    assert secret.stat().st_mode & 0o077 == 0
    assert (state / "supervisor.sock").stat().st_mode & 0o077 == 0
    assert all(secret.read_text() not in word for word in processes_of(state))


def test_everything_listens_on_loopback_only(state: Path) -> None:
    for part in ("kafka", "clickhouse"):
        process = psutil.Process(int(str(parts(state)[part]["pid"])))
        listening = {
            connection.laddr.ip.removeprefix("::ffff:")
            for connection in process.net_connections("tcp")
            if connection.status == psutil.CONN_LISTEN
        }
        assert listening == {"127.0.0.1"}


def test_a_killed_supervisor_takes_all_with_it_and_up_mends_it(
    tmp_path: Path, other_base: int
) -> None:
    with downed_at_the_end(tmp_path):
        assert up(tmp_path, other_base).code == 0
        os.kill(int((tmp_path / "supervisor.pid").read_text()), signal.SIGKILL)
        eventually(lambda: processes_of(tmp_path) == [])
        gone = gtms("stack", "status", "--state", tmp_path)
        assert (gone.code, gone.err.count("\n")) == (1, 1)
        again = up(tmp_path, other_base)
        assert again.code == 0, again.err


def test_down_leaves_nothing_running_and_keeps_the_data(tmp_path: Path, other_base: int) -> None:
    with downed_at_the_end(tmp_path):
        assert up(tmp_path, other_base).code == 0
        said = gtms("stack", "down", "--state", tmp_path)
        assert (said.code, said.out) == (0, "The stack is down.\n")
        assert processes_of(tmp_path) == []
        assert all(ports.is_free(other_base + at) for at in range(4))
        assert not (tmp_path / "stack.json").exists()
        assert (tmp_path / "kafka" / "log" / "meta.properties").exists()
        assert gtms("stack", "down", "--state", tmp_path).out == "No stack was up.\n"


def test_in_the_foreground_ctrl_c_stops_everything(tmp_path: Path, other_base: int) -> None:
    base = str(other_base)
    with subprocess.Popen(
        gtms_words(
            *("stack", "up", "--only-stores", "--foreground"),
            *("--state", tmp_path, "--port-base", base),
        ),
        stdout=subprocess.PIPE,
        text=True,
        env=clean_environment(),
    ) as standing:
        assert standing.stdout is not None
        assert any("Ctrl-C" in line for line in standing.stdout)
        standing.send_signal(signal.SIGINT)
        assert standing.wait(PATIENCE_S) == 0
    assert processes_of(tmp_path) == []


def test_a_leashed_stack_dies_with_whoever_started_it(tmp_path: Path, other_base: int) -> None:
    base = str(other_base)
    with subprocess.Popen(
        gtms_words(
            *("stack", "up", "--only-stores", "--foreground"),
            *("--state", tmp_path, "--port-base", base),
        ),
        stdout=subprocess.PIPE,
        text=True,
        env=clean_environment(),
    ) as standing:
        assert standing.stdout is not None
        assert any("Ctrl-C" in line for line in standing.stdout)
        standing.kill()
    eventually(lambda: processes_of(tmp_path) == [])


def test_a_port_in_use_is_named_with_its_owner(
    refused: Callable[..., str], other_base: int
) -> None:
    with socket.create_server((ports.LOOPBACK, other_base)):
        line = refused(other_base)
    me = f"{psutil.Process().name()} (process {os.getpid()})"
    assert f"port {other_base}, wanted by kafka, is in use by {me}: " in line
    assert "--port-base" in line


def test_no_java_is_one_line(refused: Callable[..., str], other_base: int) -> None:
    line = refused(other_base, PATH="/nowhere", JAVA_HOME="")
    assert "Java 17 or newer is needed" in line
    assert "install" in line


def test_an_old_java_is_one_line(
    refused: Callable[..., str], other_base: int, tmp_path: Path
) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n")
    java.chmod(0o755)
    line = refused(other_base, JAVA_HOME=str(tmp_path))
    assert "has version 11, Kafka needs Java 17 or newer" in line


def test_a_full_disk_is_one_line(refused: Callable[..., str], other_base: int) -> None:
    line = refused(other_base, GTMS_STACK__MIN_FREE_MIB=str(10**9))
    assert "MiB are free on the disk" in line
    assert "--state" in line


def test_missing_parts_are_one_line(
    refused: Callable[..., str], other_base: int, tmp_path: Path
) -> None:
    assert "run `make install`" in refused(other_base, GTMS_STACK__PARTS=str(tmp_path))


def test_a_part_that_does_not_start_is_named_with_its_last_words(
    refused: Callable[..., str], other_base: int, tmp_path: Path
) -> None:
    shutil.copytree(
        default_settings(tmp_path).stack.parts / "kafka", tmp_path / "kafka", symlinks=True
    )
    (tmp_path / "clickhouse").mkdir()
    (tmp_path / "clickhouse" / "libchdb.so").touch()
    line = refused(other_base, GTMS_STACK__PARTS=str(tmp_path))
    assert "clickhouse does not start" in line
    assert "file too short" in line


def test_two_that_start_at_once_do_not_meet(
    refused: Callable[..., str], other_base: int, tmp_path: Path
) -> None:
    with Supervisor(tmp_path / "state").hold():
        assert "another stack is starting or stopping" in refused(other_base)


def test_a_folder_with_too_long_a_path_is_one_line(tmp_path: Path, other_base: int) -> None:
    said = up(tmp_path / ("long" * 25), other_base)
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "too long for a socket: choose a shorter one" in said.err


def test_ports_that_do_not_exist_are_one_line(refused: Callable[..., str]) -> None:
    assert "--port-base 65000 does not fit" in refused(65_000)


def test_a_wrong_setting_is_one_line(refused: Callable[..., str], other_base: int) -> None:
    line = refused(other_base, GTMS_KAFKA__PARTITIONS="none")
    assert "GTMS_KAFKA__PARTITIONS" in line
