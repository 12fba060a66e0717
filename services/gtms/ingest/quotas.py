"""What each country may ask of one process, so that one that floods it does not slow the others."""

import asyncio
import time
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from gtms.config import Quota
from gtms.ingest.refusals import beyond_quota

SECOND_NS = 1_000_000_000

REST = 3
"""So many times as long as it worked rests bulk work while single calls are answered."""

LONGEST_REST_S = 0.05

RECENT_S = 0.2
"""A single call counts as being made for so long."""

PATIENCE_S = 5.0
"""A stream is held back so long, by not reading on, before it is refused."""


class Rate:
    """So many a second for each country, and more at once after a pause: a token bucket each.

    Kept is only when a bucket would be full again: the generic cell rate algorithm. It counts in
    whole nanoseconds: of seconds as floats, the last of a full bucket is refused now and then.
    """

    def __init__(
        self, what: str, per_s: float, burst: int, clock_ns: Callable[[], int] = time.monotonic_ns
    ) -> None:
        self._what = what
        self._per_s = per_s
        self._each_ns = round(SECOND_NS / per_s)
        self._burst_ns = burst * self._each_ns
        self._clock_ns = clock_ns
        self._full_at: dict[str, int] = {}

    def take(self, country: str, number: int = 1, patience_s: float = 0.0) -> float:
        """Take so many; the seconds to wait before they may be used, at most `patience_s`.

        Raises:
            Refusal: it would take longer (RESOURCE_EXHAUSTED, says how long). Nothing is taken.
        """
        now = self._clock_ns()
        full_at = max(now, self._full_at.get(country, now)) + number * self._each_ns
        wait_s = max(0, full_at - now - self._burst_ns) / SECOND_NS
        if wait_s > patience_s:
            text = f"the quota of your country here is {self._per_s:g} {self._what} a second"
            raise beyond_quota(text, wait_s)
        self._full_at[country] = full_at
        return wait_s


class Places:
    """So many calls of one country are answered at a time."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: dict[str, int] = {}

    def take(self, country: str) -> None:
        """Count a call in; raises Refusal (RESOURCE_EXHAUSTED) at the limit."""
        taken = self._open.get(country, 0)
        if taken >= self._most:
            text = f"this process answers {self._most} calls of a country at a time"
            raise beyond_quota(text, 1.0)
        self._open[country] = taken + 1

    def leave(self, country: str) -> None:
        """Count a call out."""
        self._open[country] -= 1
        if not self._open[country]:
            del self._open[country]


class Turns:
    """So many pieces of work at a time; the countries take turns, whoever has more of it.

    `each`: so many of them for one country, even when nobody else has any; all when left out.
    """

    def __init__(self, at_once: int, each: int | None = None) -> None:
        self._free = at_once
        self._each = each or at_once
        self._running: Counter[str] = Counter()
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def turn(self, country: str) -> AsyncIterator[None]:
        """The block runs when it is the country's turn."""
        await self._begin(country)
        try:
            yield
        finally:
            self._end(country)

    async def _begin(self, country: str) -> None:
        if self._may_begin(country) and country not in self._waiting:
            self._count(country, 1)
            return
        place = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(country, deque()).append(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self._end(country)
            raise

    def _end(self, country: str) -> None:
        self._count(country, -1)
        while (following := next(filter(self._may_begin, self._waiting), None)) is not None:
            places = self._waiting.pop(following)
            place = places.popleft()
            if places:
                self._waiting[following] = places
            if not place.done():
                self._count(following, 1)
                place.set_result(None)

    def _may_begin(self, country: str) -> bool:
        return self._free > 0 and self._running[country] < self._each

    def _count(self, country: str, one: int) -> None:
        self._free -= one
        self._running[country] += one
        if not self._running[country]:
            del self._running[country]


class Pace:
    """Bulk work gives way: while others make single calls it rests longer than it works."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._single_at: dict[str, float] = {}

    def single(self, country: str) -> None:
        """Note that the country makes a single call now."""
        self._single_at[country] = self._clock()

    def rest_s(self, country: str, worked_s: float) -> float:
        """Seconds that the country's bulk work rests after it has worked so long."""
        since = self._clock() - RECENT_S
        others = (at for other, at in self._single_at.items() if other != country)
        return min(REST * worked_s, LONGEST_REST_S) if max(others, default=since) > since else 0.0


@dataclass(frozen=True, slots=True)
class Quotas:
    """What each country may ask of this process."""

    calls: Rate
    records: Rate
    places: Places
    pace: Pace

    @classmethod
    def of(cls, quota: Quota) -> "Quotas":
        """Those of the settings, with everything unused."""
        return cls(
            Rate("calls", quota.calls_per_s, quota.calls_at_once),
            Rate("records", quota.records_per_s, quota.records_at_once),
            Places(quota.open_calls),
            Pace(),
        )
