"""A release from draft to vintage: what follows what. Pure.

DRAFT → REVIEWED → PUBLISHED → REVISED, the last when a later vintage of the period is published. A
period has at most one release that is not published; drafting it anew begins at DRAFT again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

REASON_FROM = 3
"""From this vintage on a release says why: 1 is the first, 2 has what came late and matured."""


class State(StrEnum):
    """How far a release has come."""

    DRAFT = "DRAFT"
    REVIEWED = "REVIEWED"
    PUBLISHED = "PUBLISHED"
    REVISED = "REVISED"


class DraftedAnew(Exception):
    """What was looked at is not what there is: the period was drafted again meanwhile."""


@dataclass(frozen=True, slots=True)
class CellName:
    """Which cell, without its value; `dimensions` are name to label."""

    indicator: str
    measure: str
    period: str
    dimensions: Mapping[str, str]

    def __str__(self) -> str:
        labels = ", ".join(f"{name}={label}" for name, label in self.dimensions.items())
        return f"{self.indicator} {self.measure} {self.period} {labels or 'total'}"


@dataclass(frozen=True, slots=True)
class Leak:
    """Small numbers that could be worked out: of which cells, and how."""

    cells: tuple[CellName, ...]
    because: str


class NotNow(Exception):
    """The release is not at a stage at which this can be done; one line that says why.

    Attributes:
        leaks: what could be worked out from it, if that is why.
    """

    def __init__(self, why: str, leaks: Sequence[Leak] = ()) -> None:
        super().__init__(why)
        self.leaks = tuple(leaks)


@dataclass(frozen=True, slots=True)
class Made:
    """What a release was made of, and what it came to.

    Attributes:
        content: SHA-256 of its cells and of the four attributes that follow, in hexadecimal.
        first, after: first day of the period and the day after its last.
        snapshot: version of the snapshot. as_of: the day as of which it was computed.
        computed_at: when, UTC. parameters: the country's profile, JSON.
        catalogue: digest of the definitions.
        coverage, linkage: L01 and L03, per cent; None when not computable.
        cells: how many. withheld: how many of them.
    """

    content: str
    first: date
    after: date
    snapshot: int
    as_of: date
    computed_at: datetime
    parameters: str
    catalogue: str
    coverage: float | None
    linkage: float | None
    cells: int
    withheld: int


@dataclass(frozen=True, slots=True)
class Release:
    """A release of a country and period; `published_at` is None until it is public."""

    country: str
    period: str
    vintage: int
    state: State
    made: Made
    leaks: tuple[Leak, ...] = ()
    reason: str = ""
    drafted_by: str = ""
    reviewed_by: str = ""
    published_by: str = ""
    published_at: datetime | None = None


def vintage_after(published: Sequence[Release], reason: str) -> int:
    """The number of the next vintage of a period.

    Raises:
        NotNow: it needs a reason.
    """
    number = max((each.vintage for each in published), default=0) + 1
    if number >= REASON_FROM and not reason.strip():
        raise NotNow(f"vintage {number} needs a reason for the revision, which is public (reason)")
    return number


def reviewed(release: Release, content: str, who: str) -> Release:
    """The release after somebody has looked at this content of it; again changes nothing.

    Raises:
        DraftedAnew: it has another content.
        NotNow: it is public already, or gives away small numbers.
    """
    _require_same(release, content)
    if release.state is State.REVIEWED:
        return release
    if release.state is not State.DRAFT:
        raise NotNow(f"vintage {release.vintage} of {release.period} is public already")
    if release.leaks:
        raise NotNow(told(release.leaks), release.leaks)
    return replace(release, state=State.REVIEWED, reviewed_by=who)


def publishable(release: Release, content: str, who: str) -> Release:
    """The release as it will be published.

    Raises:
        DraftedAnew: it has another content.
        NotNow: nobody has reviewed it.
    """
    _require_same(release, content)
    if release.state is not State.REVIEWED:
        raise NotNow(f"the draft of {release.period} has not been reviewed")
    return replace(release, state=State.PUBLISHED, published_by=who)


def with_states(published: Sequence[Release]) -> list[Release]:
    """Vintages, each PUBLISHED or, when a later one of its period is among them, REVISED."""
    newest: dict[tuple[str, str], int] = {}
    for each in published:
        of = (each.country, each.period)
        newest[of] = max(each.vintage, newest.get(of, 0))
    return [
        replace(
            each,
            state=State.PUBLISHED
            if each.vintage == newest[each.country, each.period]
            else State.REVISED,
        )
        for each in published
    ]


def told(leaks: Sequence[Leak], most: int = 5) -> str:
    """One line that names the cells, never a value."""
    names = list(dict.fromkeys(str(cell) for leak in leaks for cell in leak.cells))
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"small numbers could be worked out: {'; '.join(names[:most])}{more}"


def _require_same(release: Release, content: str) -> None:
    if release.made.content != content:
        raise DraftedAnew(f"{release.period} was drafted anew; look at it again")
