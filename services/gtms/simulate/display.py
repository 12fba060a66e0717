"""Progress of a simulation on the terminal."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread

from rich.console import Console
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table

from gtms.simulate.sending import Sending
from gtms.simulate.stamps import Role

_BAR = 16
_EVERY_S = 0.2


@contextmanager
def shown(console: Console, sendings: Sequence[Sending], *, receipts: bool) -> Iterator[None]:
    """Inside, the countries are shown live; at the end their last state stays."""
    stop = Event()
    with Live(console=console, auto_refresh=False, transient=False) as live:

        def refresh() -> None:
            while not stop.wait(_EVERY_S):
                live.update(progress_table(sendings, receipts=receipts), refresh=True)

        painter = Thread(target=refresh, daemon=True)
        if console.is_terminal:
            painter.start()
        try:
            yield
        finally:
            stop.set()
            if painter.is_alive():
                painter.join()
            live.update(progress_table(sendings, receipts=receipts), refresh=True)
    if not console.is_terminal:
        console.print()


def progress_table(sendings: Sequence[Sending], *, receipts: bool) -> Table:
    """A line per country and one for all."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("country")
    table.add_column("admissions", width=_BAR)
    columns = ["records", "records/s"]
    columns += ["accepted", "flagged", "rejected"] if receipts else ["corrections", "retractions"]
    for name in columns:
        table.add_column(name, justify="right", no_wrap=True)
    for sending in sendings:
        wanted = sending.simulation.admissions
        made = min(wanted, sending.tally.kept("admission"))
        bar = ProgressBar(total=wanted, completed=made, width=_BAR)
        table.add_row(sending.simulation.country, bar, *_numbers([sending], receipts))
    if len(sendings) > 1:
        table.add_section()
        table.add_row("all", "", *_numbers(sendings, receipts))
    return table


def _numbers(sendings: Sequence[Sending], receipts: bool) -> list[str]:
    answered = sum(s.answered if receipts else s.tally.sent() for s in sendings)
    counts = [answered, answered / _seconds(sendings)]
    if receipts:
        counts += [sum(getattr(s, name) for s in sendings) for name in _RECEIPTS]
    else:
        counts += [sum(s.tally.of(role) for s in sendings) for role in _ROLES]
    return [f"{count:,.0f}" for count in counts]


_RECEIPTS = ("accepted", "flagged", "rejected")
_ROLES = (Role.CORRECTION, Role.RETRACTION)


def _seconds(sendings: Sequence[Sending]) -> float:
    now = time.monotonic()
    started = [s.started for s in sendings if s.started is not None]
    ended = [s.ended or now for s in sendings if s.started is not None]
    return max(1e-6, max(ended) - min(started)) if started else 1.0
