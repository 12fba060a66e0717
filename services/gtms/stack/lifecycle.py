"""Up, down and in between: the embedded stack as one thing."""

import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import psutil

from gtms.config import STACK_FILE, Settings
from gtms.stack import clickhouse, kafka, ports
from gtms.stack.programs import MIGRATE, STORES, Program, programs
from gtms.stack.supervision import Child, Supervisor
from gtms.trouble import Trouble

MIB = 1024 * 1024
POLL_S = 0.1
STARTS_ALLOWED = 3
STOP_TIMEOUT_S = 60.0
Report = Callable[[str, str], None]
"""Told each change: the name of a program, and `starting`, `healthy`, `done` or a reason."""


@dataclass(frozen=True, slots=True)
class Status:
    """One program as it is now."""

    name: str
    state: str
    pid: int | None
    restarts: int
    memory_bytes: int | None
    port: int | None
    health: str
    """`healthy`, `done`, `stopped`, or why it is not healthy."""


def silent(_name: str, _state: str) -> None:
    """A report to nobody."""


@dataclass(frozen=True, slots=True)
class EmbeddedStack:
    """The stack that these settings describe; its state folder is `settings.stack.state`."""

    settings: Settings

    @property
    def supervisor(self) -> Supervisor:
        """The supervisor over the state folder."""
        return Supervisor(self.settings.stack.state)

    def is_up(self) -> bool:
        """Whether its supervisor runs; the programs may still be unwell."""
        return self.supervisor.is_running()

    def up(self, report: Report = silent, *, only_stores: bool = False, leashed: bool) -> None:
        """Start everything and return when all of it is healthy.

        `only_stores`: Kafka and ClickHouse, migrated, without services and processor.
        `leashed`: the stack ends when the calling process does. Raises Trouble, with everything
        stopped again, when anything is missing or a program does not come up.
        """
        with self.supervisor.hold() as lock:
            _require_parts(self.settings)
            kafka.java()
            _require_disk(self.settings)
            ports.require_free(self.settings)
            try:
                self._prepare()
                every = programs(self.settings)
                self.supervisor.launch(every, lock, leashed=leashed)
                self._bring_up(every, report, only_stores=only_stores)
            except BaseException:
                self.down()
                raise

    def complete(self, report: Report = silent) -> tuple[str, ...]:
        """Start what is stopped in a stack that is up; returns the names of those."""
        children = self.supervisor.children()
        stopped = tuple(name for name, child in children.items() if child.state == "STOPPED")
        self.start(*stopped, report=report)
        return stopped

    def down(self) -> None:
        """Stop everything, services first, stores last; nothing is left running."""
        if self.supervisor.is_running():
            self.supervisor.shut_down(STOP_TIMEOUT_S)
        (self.settings.stack.state / STACK_FILE).unlink(missing_ok=True)

    def start(self, *names: str, report: Report = silent) -> None:
        """Start stopped programs and wait until they are healthy."""
        for name in names:
            report(name, "starting")
            self.supervisor.start(name)
        self.wait_healthy(names, report)

    def stop(self, name: str) -> None:
        """Stop one program; it stays stopped until `start`."""
        self.supervisor.stop(name)

    def kill(self, name: str, with_signal: signal.Signals = signal.SIGKILL) -> None:
        """Send one program a signal, as an accident would; the supervisor brings it back."""
        pid = self.pid(name)
        if pid is None:
            raise Trouble(f"{name} is not running")
        os.kill(pid, with_signal)

    def pid(self, name: str) -> int | None:
        """Process id of a running program."""
        return self.supervisor.children()[name].pid or None

    def wait_restarted(self, name: str, pid: int | None) -> None:
        """Return when a program no longer has this process id but another one."""
        end = time.monotonic() + self.settings.stack.start_timeout_s
        while (now := self.pid(name)) in {None, pid}:
            if time.monotonic() > end:
                raise Trouble(f"{name} was not restarted: its process id is {now}")
            time.sleep(POLL_S)

    def wait_healthy(
        self, names: Iterable[str], report: Report = silent, timeout_s: float | None = None
    ) -> None:
        """Return when all the named programs are healthy; raises Trouble for one that isn't.

        Given up is what fails for good, or starts more than `STARTS_ALLOWED` times meanwhile.
        """
        waiting = [program for program in programs(self.settings) if program.name in set(names)]
        end = time.monotonic() + (timeout_s or self.settings.stack.start_timeout_s)
        why = dict.fromkeys((program.name for program in waiting), "not started")
        starts = {program.name: self.supervisor.starts(program.name) for program in waiting}
        while waiting:
            if time.monotonic() > end:
                name = waiting[0].name
                raise Trouble(f"{name} is not healthy: {why[name]}. See `gtms stack logs {name}`")
            children = self.supervisor.children()
            for program, health in _ask_all(self.settings, waiting, children):
                why[program.name] = health
                if health in {"healthy", "done"}:
                    waiting.remove(program)
                    report(program.name, health)
                else:
                    self._give_up_on_the_dead(children[program.name], starts[program.name])
            time.sleep(POLL_S if waiting else 0)

    def status(self) -> tuple[Status, ...]:
        """Every program as it is now; empty when the stack is down."""
        if not self.is_up():
            return ()
        children = self.supervisor.children()
        return tuple(
            self._status(program, children[program.name], health)
            for program, health in _ask_all(self.settings, programs(self.settings), children)
        )

    def _prepare(self) -> None:
        kafka.prepare(self.settings)
        clickhouse.prepare(self.settings)
        stored = {"settings": self.settings.model_dump(mode="json")}
        file = self.settings.stack.state / STACK_FILE
        unfinished = file.with_suffix(".new")
        unfinished.write_text(json.dumps(stored, indent=2) + "\n")
        unfinished.replace(file)  # whole or not at all, for whoever reads it just now

    def _bring_up(self, every: Sequence[Program], report: Report, *, only_stores: bool) -> None:
        self._wait_for_supervisor()
        services = tuple(p.name for p in every if p.name not in {*STORES, MIGRATE})
        for names in (STORES, (MIGRATE,), () if only_stores else services):
            self.start(*names, report=report)

    def _wait_for_supervisor(self) -> None:
        end = time.monotonic() + self.settings.stack.start_timeout_s
        while not self.supervisor.is_running():
            if time.monotonic() > end:
                raise Trouble(f"no supervisor: see {self.supervisor.log('supervisor-output')}")
            time.sleep(POLL_S)

    def _give_up_on_the_dead(self, child: Child, starts_before: int) -> None:
        failed = child.state == "FATAL" or (child.state == "EXITED" and child.exit_code != 0)
        if not failed and self.supervisor.starts(child.name) - starts_before <= STARTS_ALLOWED:
            return
        lines = self.supervisor.log(child.name).read_text(errors="replace").strip().splitlines()
        said = lines[-1].strip() if lines else "nothing"
        raise Trouble(
            f"{child.name} does not start; it said last: {said[:200]} "
            f"(all of it: {self.supervisor.log(child.name)})"
        )

    def _status(self, program: Program, child: Child, health: str) -> Status:
        memory = None
        if child.pid and psutil.pid_exists(child.pid):
            memory = psutil.Process(child.pid).memory_info().rss
        return Status(
            name=program.name,
            state=child.state.lower(),
            pid=child.pid or None,
            restarts=max(0, self.supervisor.starts(program.name) - 1),
            memory_bytes=memory,
            port=program.port,
            health=health,
        )


def _ask_all(
    settings: Settings, asked: Sequence[Program], children: dict[str, Child]
) -> list[tuple[Program, str]]:
    def ask(program: Program) -> str:
        child = children[program.name]
        if program.once and child.state == "EXITED":
            return "done" if child.exit_code == 0 else f"ended with code {child.exit_code}"
        if program.once or child.state not in {"STARTING", "RUNNING"}:
            return child.state.lower()
        return program.health(settings) or "healthy"

    with ThreadPoolExecutor(max_workers=max(1, len(asked))) as pool:
        return list(zip(asked, pool.map(ask, asked), strict=True))


def _require_parts(settings: Settings) -> None:
    for part in ("kafka", "clickhouse/libchdb.so"):
        if not (settings.stack.parts / part).exists():
            raise Trouble(f"{settings.stack.parts / part} is missing: run `make install`")


def _require_disk(settings: Settings) -> None:
    free = shutil.disk_usage(settings.stack.state).free // MIB
    if free < settings.stack.min_free_mib:
        raise Trouble(
            f"only {free} MiB are free on the disk of {settings.stack.state}, "
            f"{settings.stack.min_free_mib} are needed: make room, or choose another disk "
            "with --state"
        )
