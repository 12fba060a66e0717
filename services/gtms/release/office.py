"""The steps of releases for an asyncio service, and those that are taken by themselves."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TypeVar

import structlog

from gtms.config import ClickHouse
from gtms.events.failures import Unavailable
from gtms.indicators.catalogue import CATALOGUE
from gtms.records.periods import Period, parse
from gtms.release.archive import Archive
from gtms.release.judging import OtherProcess
from gtms.release.policies import due
from gtms.release.states import DraftedAnew, NotNow
from gtms.release.steps import Steps, profile_in
from gtms.warehouse.client import Connection

THREADS = 4
BY_ITSELF = "policy"
"""Who drafted, reviewed and published what a country's policy released."""

Answer = TypeVar("Answer")

log = structlog.get_logger(__name__)


class Office:
    """Does steps of releases on a few threads, with a connection each.

    Raises `Unavailable` when the warehouse is away, and what the steps raise.
    """

    def __init__(self, server: ClickHouse, today: Callable[[], date]) -> None:
        self._server = server
        self._today = today
        self._judge = OtherProcess()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="releases")
        self._own = threading.local()
        self._connections: list[Connection] = []

    async def do(self, step: Callable[[Steps], Answer]) -> Answer:
        """The answer of a step, of which nothing else waits."""
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, lambda: step(self._steps())
        )

    async def watch(self, every_s: float) -> None:
        """Release what falls due by the policies of countries, again and again."""
        while True:
            try:
                await self.do(release_due)
            except Unavailable as away:
                log.info("releases wait", because=away.what)
            await asyncio.sleep(every_s)

    def close(self) -> None:
        """Let running steps end, then drop the connections."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._judge.close()
        for connection in self._connections:
            connection.close()

    def _steps(self) -> Steps:
        steps: Steps | None = getattr(self._own, "steps", None)
        if steps is None:
            connection = Connection(self._server)
            self._connections.append(connection)
            steps = Steps(Archive(connection), self._judge, CATALOGUE, self._today)
            self._own.steps = steps
        return steps


def release_due(steps: Steps) -> None:
    """Draft, review and publish the first vintage of every period that is due by policy.

    One from which small numbers could be worked out stays a draft and waits for people, as does
    every period of which there is a draft already.
    """
    for country in steps.archive.with_policy():
        policy = steps.archive.policy(country)
        assert policy is not None
        waiting = _periods(steps, country)
        for period in sorted(due(policy, waiting, steps.today())):
            try:
                _release(steps, country, period.label)
            except (NotNow, DraftedAnew) as refused:
                log.warning(
                    "not released", country=country, period=period.label, because=str(refused)
                )


def _release(steps: Steps, country: str, period: str) -> None:
    draft = steps.draft(country, period, "", BY_ITSELF)
    if draft.vintage > 1:
        raise NotNow("another process has released it meanwhile")
    steps.review(country, period, draft.made.content, BY_ITSELF)
    steps.publish(country, period, draft.made.content, BY_ITSELF)
    log.info("released", country=country, period=period)


def _periods(steps: Steps, country: str) -> list[Period]:
    """What was computed and neither drafted nor published, by the year of the country."""
    labels = steps.archive.unreleased(country)
    current = steps.archive.snapshots(country, labels)
    return [
        parse(label, profile_in(snapshot.parameters).year_start)
        for label, (snapshot, _) in current.items()
    ]
