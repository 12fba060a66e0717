"""A run as a table for people and as JSON for programs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from rich import box
from rich.console import Console
from rich.table import Table

from tests.bench.figures import Figure, Peak
from tests.bench.machine import Machine
from tests.bench.sizes import Sizes

MIB = 1024 * 1024
_SHORT = 10.0


@dataclass(frozen=True, slots=True)
class Run:
    """All that was measured in one run on one machine."""

    machine: Machine
    sizes: Sizes
    seconds: float
    doubts: Sequence[str]
    figures: Sequence[Figure]
    peaks: Sequence[Peak]

    def as_json(self) -> Mapping[str, object]:
        """Everything, for a file."""
        return {
            "machine": asdict(self.machine),
            "sizes": asdict(self.sizes),
            "seconds": round(self.seconds, 1),
            "doubts": list(self.doubts),
            "figures": [figure.as_json() for figure in self.figures],
            "peaks": [peak.as_json() for peak in self.peaks],
        }


def show(run: Run, console: Console) -> None:
    """Print the machine, the figures, the memory and the doubts."""
    machine = run.machine
    load = " ".join(f"{one:.1f}" for one in machine.load)
    console.print(
        f"\n{machine.processor}, {machine.cores} cores, {machine.memory_gib} GiB, Python"
        f" {machine.python}, load before {load}; took {run.seconds / 60:.1f} min"
    )
    console.print(_figures(run.figures))
    if run.peaks:
        console.print(_memory(run.peaks))
    for doubt in run.doubts:
        console.print(f"[yellow]Doubt:[/] {doubt}")


def _figures(figures: Iterable[Figure]) -> Table:
    table = Table(box=box.SIMPLE, title="Medians of the rounds", title_justify="left")
    for column, side in (
        ("part", "left"), ("what", "left"), ("value", "right"), ("unit", "left"),
        ("lowest – highest", "right"), ("ours is", "right"), ("aim", "right"),
    ):  # fmt: skip
        table.add_column(column, justify="right" if side == "right" else "left")
    part = ""
    for figure in figures:
        if part and figure.part != part:
            table.add_section()
        ratio = f"{figure.ratio:.2f} ×" if figure.ratio is not None else ""
        spread = f"{_number(min(figure.rounds))} – {_number(max(figure.rounds))}"
        table.add_row(
            figure.part if figure.part != part else "",
            figure.what,
            _number(figure.value),
            figure.unit,
            spread if len(figure.rounds) > 1 else "",
            ratio,
            _aim(figure),
        )
        part = figure.part
    return table


def _memory(peaks: Sequence[Peak]) -> Table:
    parts = list(dict.fromkeys(peak.part for peak in peaks))
    found = {(peak.process, peak.part): peak.rss_bytes for peak in peaks}
    table = Table(box=box.SIMPLE, title="Peak resident memory, MiB", title_justify="left")
    table.add_column("process")
    for part in parts:
        table.add_column(part, justify="right")
    for process in dict.fromkeys(peak.process for peak in peaks):
        sizes = (found.get((process, part)) for part in parts)
        table.add_row(process, *(f"{size / MIB:,.0f}" if size else "" for size in sizes))
    return table


def _aim(figure: Figure) -> str:
    if figure.aim is None:
        return ""
    return f"{figure.aim} {'[green]met[/]' if figure.aim_met else '[red]missed[/]'}"


def _number(value: float) -> str:
    return f"{value:,.2f}" if abs(value) < _SHORT else f"{value:,.0f}"
