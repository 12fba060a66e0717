"""When a period is released without anybody asking. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gtms.records.periods import Period, PeriodKind


@dataclass(frozen=True, slots=True)
class Policy:
    """Days after the end of a period of each kind on which it is released; None: never by itself.

    `since` is the day on which the policy was set: periods that were due before wait for people.
    """

    since: date
    year_days: int | None = None
    quarter_days: int | None = None
    month_days: int | None = None

    def days(self, kind: PeriodKind) -> int | None:
        """Days after the end of a period of this kind."""
        by_kind = {
            PeriodKind.YEAR: self.year_days,
            PeriodKind.QUARTER: self.quarter_days,
            PeriodKind.MONTH: self.month_days,
        }
        return by_kind[kind]


def due(policy: Policy, periods: Iterable[Period], today: date) -> Iterator[Period]:
    """Those of the periods that the policy releases by today."""
    for period in periods:
        days = policy.days(period.kind)
        if days is None:
            continue
        on = period.after - timedelta(days=1) + timedelta(days=days)
        if policy.since <= on <= today:
            yield period
