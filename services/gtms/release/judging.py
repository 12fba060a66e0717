"""Publishing rules and the attack on what they leave, in a process of its own.

A country's year takes up to a minute of computing, during which queries are to be answered.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import ParamSpec, Protocol, TypeVar

from gtms.events.failures import Unavailable
from gtms.indicators.catalogue import CATALOGUE
from gtms.privacy import disclosure, revisions, suppression
from gtms.privacy.cells import Cell
from gtms.records.profiles import Profile
from gtms.release.states import CellName, Leak

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

Cells = Sequence[Cell]


class Judge(Protocol):
    """What may be published of cells, and what could be worked out from it."""

    def protected(self, cells: Cells, profile: Profile, earlier: Sequence[Cells]) -> list[Cell]:
        """The cells as they may be published, beside what was published earlier."""
        ...

    def leaks(self, cells: Cells, profile: Profile, earlier: Sequence[Cells]) -> list[Leak]:
        """Small numbers that could be worked out if they were published beside it."""
        ...


class Rules:
    """The publishing rules and the attack, by the definitions of the catalogue."""

    def protected(self, cells: Cells, profile: Profile, earlier: Sequence[Cells]) -> list[Cell]:
        """As `suppression.protect`, and then as `revisions.in_steps`."""
        public = suppression.protect(cells, CATALOGUE, profile, earlier)
        return revisions.in_steps(cells, public, earlier, CATALOGUE, profile)

    def leaks(self, cells: Cells, profile: Profile, earlier: Sequence[Cells]) -> list[Leak]:
        """As `disclosure.attack` and `revisions.changes`, without the bounds that they found."""
        found = [
            *disclosure.attack(cells, CATALOGUE, earlier, profile),
            *revisions.changes(cells, earlier, CATALOGUE, profile),
        ]
        return [Leak(tuple(map(_name, each.cells)), each.because) for each in found]


class OtherProcess:
    """The same, one question at a time, in another process that is started when it is needed."""

    def __init__(self) -> None:
        self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))

    def protected(self, cells: Cells, profile: Profile, earlier: Sequence[Cells]) -> list[Cell]:
        """As `Rules.protected`."""
        return self._ask(Rules().protected, cells, profile, earlier)

    def leaks(self, cells: Cells, profile: Profile, earlier: Sequence[Cells]) -> list[Leak]:
        """As `Rules.leaks`."""
        return self._ask(Rules().leaks, cells, profile, earlier)

    def close(self) -> None:
        """Let the question that is being answered end, and the process with it."""
        self._pool.shutdown(cancel_futures=True)

    def _ask(
        self, what: Callable[Asked, Answer], *about: Asked.args, **named: Asked.kwargs
    ) -> Answer:
        try:
            return self._pool.submit(what, *about, **named).result()
        except BrokenProcessPool as broken:
            self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
            raise Unavailable("the attack on a release was stopped from outside") from broken


def _name(cell: Cell) -> CellName:
    return CellName(cell.indicator, cell.measure, cell.period, dict(cell.dimensions))
