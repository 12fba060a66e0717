"""What `gtms stack up` shows while the parts come up."""

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import Progress as Bars
from rich.progress import SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

STARTING = "starting"


class Progress:
    """A line per part: spinning until it is healthy. Plain lines where no terminal is."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._began = time.monotonic()
        self._tasks: dict[str, TaskID] = {}
        self._bars = Bars(
            SpinnerColumn(finished_text="[green]✓[/]"),
            TextColumn("{task.description:<12}"),
            TextColumn("{task.fields[state]}"),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
        )

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def tell(self, name: str, state: str) -> None:
        """Take in one change: `starting`, or what the part became."""
        if not self._console.is_terminal:
            if state != STARTING:
                took = time.monotonic() - self._began
                self._console.print(f"{name:<12} {state} after {took:.1f} s")
        elif state == STARTING:
            self._tasks[name] = self._bars.add_task(name, total=1, state=state)
        else:
            self._bars.update(self._tasks[name], completed=1, state=state)
