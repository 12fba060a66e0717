"""From changes to cells: what one worker does with a batch of `gtms.changes.v1`.

Persons are rebuilt, every dirty period of the countries that the batch names is recomputed, and
what rules find across the touched records is judged again.
Nothing is kept between two batches: what is still to be done can be read from ClickHouse.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

from gtms.families import FAMILIES
from gtms.processing import cells, days, problems, timelines
from gtms.processing.profiles import profiles
from gtms.processing.session import Session
from gtms.processing.timelines import Touched
from gtms.processing.views import CountryPeriod
from treatment.changes.v1.changes_pb2 import Changes

_PROFILE = FAMILIES["profile"].code


class Aggregation:
    """Brings the cells of touched countries up to date. One thread at a time.

    Args:
        session: connection that the work is done on.
        today: gives the as-of day.
    """

    def __init__(self, session: Session, today: Callable[[], date]) -> None:
        self._session = session
        self._today = today

    def apply(self, changes: Iterable[Changes]) -> list[CountryPeriod]:
        """Rebuild and recompute what the changes touch; returns the snapshots written.

        Safe to repeat. Blocks while ClickHouse works. Raises Unavailable.
        """
        touched: dict[Touched, None] = {}
        countries: set[str] = set()
        turned: set[str] = set()
        for change in changes:
            countries.add(change.country)
            if change.turned_day:
                turned.add(change.country)
            for one in change.touched:
                touched[Touched(change.country, one.family, one.record_uid, one.person)] = None
        return self.bring_up_to_date(list(touched), countries, turned)

    def bring_up_to_date(
        self, touched: Sequence[Touched], countries: Iterable[str], turned: Collection[str] = ()
    ) -> list[CountryPeriod]:
        """Rebuild the persons of `touched`, turn the day of `turned`, recompute `countries`.

        A new profile counts all persons of its country another way.
        """
        as_of = self._today()
        named = sorted(countries)
        current = profiles(self._session, named)
        counted_anew = sorted({one.country for one in touched if one.family == _PROFILE})
        everyone = [
            person
            for country in counted_anew
            for person in timelines.everyone(self._session, country)
        ]
        looked_at = [*touched, *everyone]
        timelines.rebuild(self._session, looked_at, as_of=as_of, profiles=current)
        for country in sorted(turned):
            days.turn(self._session, country, as_of=as_of, profile=current[country])
        units = cells.dirty(self._session, current, as_of=as_of)
        cells.recompute(self._session, units, as_of=as_of, profiles=current)
        cells.forget(self._session, {one: current[one] for one in counted_anew}, as_of=as_of)
        problems.judge(self._session, looked_at, turned, as_of=as_of, profiles=current)
        if named:
            days.enrol(self._session, named, as_of)
        return list(units)
