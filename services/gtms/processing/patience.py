"""Waiting for a part that is away, for as long as it takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, wait_random_exponential

from gtms import observability
from gtms.events.failures import Unavailable

Result = TypeVar("Result")

_SHORTEST_S = 0.1
_LONGEST_S = 5.0

_log = structlog.get_logger("gtms.processing")


class Patience:
    """Tries work again until the parts it needs are there; never gives up and never skips.

    While it waits, the metric `gtms_waiting` of its name is 1, and the first and every later reason
    is logged once, when it changes.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._waiting = observability.WAITING.labels(name)
        self._waiting.set(0)
        self._reason = ""

    async def keep_trying(self, work: Callable[[], Awaitable[Result]]) -> Result:
        """The result of `work`, begun anew after each `Unavailable`; other exceptions pass."""
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(Unavailable),
            wait=wait_random_exponential(_SHORTEST_S, _LONGEST_S, min=_SHORTEST_S),
            before_sleep=self._note,
        )
        async for attempt in retrying:
            with attempt:
                result = await work()
                self._note_recovery()
                return result
        raise AssertionError("tenacity gives up only when told to")

    def _note(self, state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        reason = str(error)
        self._waiting.set(1)
        if reason != self._reason:
            _log.warning("waiting", work=self._name, reason=reason)
            self._reason = reason

    def _note_recovery(self) -> None:
        if self._reason:
            _log.info("going on", work=self._name, after=self._reason)
            self._reason = ""
            self._waiting.set(0)
