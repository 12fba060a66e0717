"""The supervisor (supervisord) of an embedded stack: its configuration, its life, its answers.

It restarts what dies. A program that dies young is restarted after 1 s, then 2 s, 3 s … It is
spoken to over a socket file in the state folder that only its owner may open.
"""

import contextlib
import fcntl
import os
import shlex
import signal
import sys
import time
import xmlrpc.client
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import psutil
from supervisor.xmlrpc import SupervisorTransport

from gtms.stack.programs import Program
from gtms.trouble import Trouble

LONGEST_SOCKET_PATH = 100
YOUNG_S = 3
RETRIES = 1_000_000
LOG_BYTES = "10MB"
LOG_BACKUPS = 3


@dataclass(frozen=True, slots=True)
class Child:
    """What the supervisor knows about one program."""

    name: str
    state: str
    pid: int
    exit_code: int


@dataclass(frozen=True, slots=True)
class Supervisor:
    """The supervisor of the stack whose state is in the folder `state`."""

    state: Path

    @property
    def logs(self) -> Path:
        """Where each program's output goes."""
        return self.state / "logs"

    def log(self, name: str) -> Path:
        """The log file of a program."""
        return self.logs / f"{name}.log"

    def starts(self, name: str) -> int:
        """How often a program was started since the stack came up."""
        file = self._starts(name)
        return file.stat().st_size if file.exists() else 0

    def is_running(self) -> bool:
        """Whether a supervisor answers."""
        try:
            self._ask("getState")
        except (OSError, xmlrpc.client.Error):
            return False
        return True

    def pid(self) -> int:
        """Process id of the supervisor."""
        return int(str(self._ask("getPID")))

    def children(self) -> dict[str, Child]:
        """Every program by its name."""
        told = self._ask("getAllProcessInfo")
        assert isinstance(told, list)
        return {
            one["name"]: Child(one["name"], one["statename"], one["pid"], one["exitstatus"])
            for one in told
        }

    def start(self, name: str) -> None:
        """Start a program that is not running; returns at once."""
        self._ask("startProcess", self._full_name(name), False)

    def stop(self, name: str) -> None:
        """Stop a program and wait until it has ended."""
        self._ask("stopProcess", self._full_name(name), True)

    @contextlib.contextmanager
    def hold(self) -> Iterator[int]:
        """Have the state folder for ourselves; a supervisor that is launched inside keeps it.

        Raises Trouble when somebody else has it.
        """
        self.state.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(self.state / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            raise Trouble(
                f"another stack is starting or stopping in {self.state}: wait a moment, "
                "or choose another folder with --state"
            ) from None
        try:
            yield lock
        finally:
            os.close(lock)

    def launch(self, programs: Iterable[Program], lock: int, *, leashed: bool) -> None:
        """Start the supervisor, with nothing running yet, and return.

        Leashed, it lives only as long as the caller.
        """
        self._prepare(programs)
        self._spawn(lock, leashed)

    def shut_down(self, timeout_s: float) -> None:
        """Stop everything; returns when all has ended, raises Trouble if that takes too long."""
        pid = self.pid()
        self._ask("shutdown")
        end = time.monotonic() + timeout_s
        while time.monotonic() < end:
            with contextlib.suppress(ChildProcessError):  # when it is not ours to bury
                os.waitpid(pid, os.WNOHANG)
            if not psutil.pid_exists(pid):
                return
            time.sleep(0.05)
        raise Trouble(f"the supervisor (process {pid}) did not end within {timeout_s:.0f} s")

    def _spawn(self, lock: int, leashed: bool) -> None:
        words = [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(self._conf())]
        if leashed:
            words = [*leash(signal.SIGTERM, self._starts("supervisor")), *words]
        os.set_inheritable(lock, True)
        output = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        os.posix_spawn(
            words[0],
            words,
            _environment(self.state),
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, str(self.log("supervisor-output")), output, 0o600),
                (os.POSIX_SPAWN_DUP2, 1, 2),
            ],
            setsid=True,
        )

    def _prepare(self, programs: Iterable[Program]) -> None:
        if len(str(self._socket())) > LONGEST_SOCKET_PATH:
            raise Trouble(f"the path {self.state} is too long for a socket: choose a shorter one")
        for folder in (self.logs, self.state / "starts"):
            folder.mkdir(parents=True, exist_ok=True)
        for old in (self.state / "starts").iterdir():
            old.unlink()
        self._conf().write_text(self._configuration(programs))
        self._conf().chmod(0o600)

    def _configuration(self, programs: Iterable[Program]) -> str:
        parts = [
            f"""[supervisord]
logfile={self.log("supervisor")}
logfile_maxbytes={LOG_BYTES}
logfile_backups={LOG_BACKUPS}
pidfile={self.state}/supervisor.pid
directory={self.state}
umask=077
{"user=root" if os.getuid() == 0 else ""}

[unix_http_server]
file={self._socket()}
chmod=0600

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
"""
        ]
        for order, (group, members) in enumerate(groupby(programs, key=lambda one: one.group)):
            of_group = tuple(members)
            names = ",".join(program.name for program in of_group)
            parts.append(f"[group:{group}]\nprograms={names}\npriority={order}\n")
            parts += [self._section(program) for program in of_group]
        return "\n".join(parts).replace("%", "%%")

    def _section(self, program: Program) -> str:
        words = (*leash(signal.SIGKILL, self._starts(program.name)), *program.command)
        environment = ",".join(f'{name}="{value}"' for name, value in program.environment.items())
        return f"""[program:{program.name}]
command={shlex.join(words)}
environment={environment}
autostart=false
autorestart={"false" if program.once else "true"}
startsecs={0 if program.once else YOUNG_S}
startretries={0 if program.once else RETRIES}
exitcodes=0
stopsignal={program.stop_signal}
stopwaitsecs={program.stop_wait_s}
stopasgroup={"false" if program.stop_signal == "TERM" else "true"}
killasgroup=true
redirect_stderr=true
stdout_logfile={self.log(program.name)}
stdout_logfile_maxbytes={LOG_BYTES}
stdout_logfile_backups={LOG_BACKUPS}
"""

    def _ask(self, method: str, *arguments: str | bool) -> object:
        transport: xmlrpc.client.Transport = SupervisorTransport(  # type: ignore[no-untyped-call]
            serverurl=f"unix://{self._socket()}"
        )
        with xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport) as proxy:
            return getattr(proxy.supervisor, method)(*arguments)

    def _full_name(self, name: str) -> str:
        told = self._ask("getAllProcessInfo")
        assert isinstance(told, list)
        return next(f"{one['group']}:{name}" for one in told if one["name"] == name)

    def _socket(self) -> Path:
        return self.state / "supervisor.sock"

    def _conf(self) -> Path:
        return self.state / "supervisord.conf"

    def _starts(self, name: str) -> Path:
        return self.state / "starts" / name


def _environment(state: Path) -> Mapping[str, str]:
    """Ours, but with the settings of the stack's own file in place of GTMS variables."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GTMS_")}
    source_root = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, (source_root, os.environ.get("PYTHONPATH"))))
    return kept | {"GTMS_STACK__STATE": str(state), "PYTHONPATH": path, "PYTHONUNBUFFERED": "1"}


def leash(last_will: signal.Signals, starts: Path) -> tuple[str, ...]:
    """The words before a command that tie it to the life of the one who starts it."""
    return sys.executable, "-m", "gtms.stack.leash", last_will.name, str(starts)
