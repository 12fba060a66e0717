"""What each country may ask of one process, so that one that floods it does not slow the others."""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from gtms.config import Quota
from gtms.ingest.refusals import exhausted

PATIENCE_S = 5.0
"""A stream is held back so long, by not reading on, before it is refused."""


class Rate:
    """So many a second for each country, and more at once after a pause: a token bucket each.

    Kept is only when a bucket would be full again: the generic cell rate algorithm.
    """

    def __init__(
        self, what: str, per_s: float, burst: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._what = what
        self._per_s = per_s
        self._burst_s = burst / per_s
        self._clock = clock
        self._full_at: dict[str, float] = {}

    def take(self, country: str, number: int = 1, patience_s: float = 0.0) -> float:
        """Take so many; the seconds to wait before they may be used, at most `patience_s`.

        Raises:
            Refusal: it would take longer (RESOURCE_EXHAUSTED, says how long). Nothing is taken.
        """
        now = self._clock()
        full_at = max(now, self._full_at.get(country, now)) + number / self._per_s
        wait_s = full_at - now - self._burst_s
        if wait_s > patience_s:
            raise exhausted(
                "QUOTA",
                f"the quota of your country here is {self._per_s:g} {self._what} a second",
                wait_s,
            )
        self._full_at[country] = full_at
        return max(0.0, wait_s)


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
            raise exhausted("QUOTA", text, 1.0)
        self._open[country] = taken + 1

    def leave(self, country: str) -> None:
        """Count a call out."""
        self._open[country] -= 1
        if not self._open[country]:
            del self._open[country]


class Turns:
    """So many pieces of work at a time; the countries take turns, whoever has more of it."""

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def turn(self, country: str) -> AsyncIterator[None]:
        """The block runs when it is the country's turn."""
        await self._begin(country)
        try:
            yield
        finally:
            self._pass_on()

    async def _begin(self, country: str) -> None:
        if self._free:
            self._free -= 1
            return
        place = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(country, deque()).append(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        while self._waiting:
            country, places = self._waiting.popitem(last=False)
            place = places.popleft()
            if places:
                self._waiting[country] = places
            if not place.done():
                place.set_result(None)
                return
        self._free += 1


@dataclass(frozen=True, slots=True)
class Quotas:
    """What each country may ask of this process."""

    calls: Rate
    records: Rate
    places: Places

    @classmethod
    def of(cls, quota: Quota) -> "Quotas":
        """Those of the settings, with everything unused."""
        return cls(
            Rate("calls", quota.calls_per_s, quota.calls_at_once),
            Rate("records", quota.records_per_s, quota.records_at_once),
            Places(quota.open_calls),
        )
