"""The machine, how busy others keep it, and the memory of our processes on it."""

import os
import platform
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from gtms.stack.lifecycle import EmbeddedStack
from tests.bench.figures import Peak

BUSY_PERCENT = 15.0
WATCHED_S = 1.5
_KIB = 1024
_OF_SCHEDULER = 2


@dataclass(frozen=True, slots=True)
class Machine:
    """What the figures were measured on."""

    processor: str
    cores: int
    memory_gib: float
    system: str
    python: str
    load: tuple[float, float, float]
    """Load averages of 1, 5 and 15 minutes before anything was started."""


def this_machine() -> Machine:
    """The machine as it is now."""
    return Machine(
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)),
        memory_gib=round(psutil.virtual_memory().total / 2**30, 1),
        system=platform.platform(),
        python=platform.python_version(),
        load=os.getloadavg(),
    )


def busy_percent() -> float:
    """How much of the machine is in use at this moment. Ask while nothing of ours runs."""
    return psutil.cpu_percent(interval=WATCHED_S)


def doubts(machine: Machine, busy: dict[str, float]) -> Iterator[str]:
    """Why these figures may say more about the machine than about us; a line each."""
    if machine.load[0] > machine.cores / 2:
        yield (
            f"the load average was {machine.load[0]:.1f} on {machine.cores} cores before the start:"
            " look at the ratios only, or measure again on an idle machine"
        )
    for part, percent in busy.items():
        if percent > BUSY_PERCENT:
            yield f"others kept {percent:.0f} % of the machine busy before {part} began"


def peaks(part: str, stack: EmbeddedStack) -> list[Peak]:
    """The most memory each process of the stack has had resident since it was started."""
    found = []
    for name, child in stack.supervisor.children().items():
        if child.pid and psutil.pid_exists(child.pid):
            found += peaks_below(part, name, child.pid)
    return found


def peaks_below(part: str, name: str, pid: int) -> list[Peak]:
    """The same of a process and of those it has started."""
    process = psutil.Process(pid)
    family = [process, *process.children(recursive=True)]
    return [
        Peak(part, name if number == 0 else f"{name}, its process {number}", _peak(each.pid))
        for number, each in enumerate(family)
    ]


def cpu_seconds(pid: int) -> float:
    """Time that all threads of a process have had a core, to the nanosecond."""
    # The number of the clock that clock_getcpuclockid(3) gives of a process.
    return time.clock_gettime((~pid << 3) | _OF_SCHEDULER)


def _peak(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) * _KIB if found else 0


def _processor() -> str:
    found = re.search(r"^model name\s*: (.*)", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else platform.machine()
