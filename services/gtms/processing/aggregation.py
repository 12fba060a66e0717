"""From changes to cells: what one worker does with a batch of `gtms.changes.v1`.

Persons are rebuilt, then every dirty period of the countries that the batch names is recomputed.
Nothing is kept between two batches: what is still to be done can be read from ClickHouse.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from gtms.processing import cells, days, timelines
from gtms.processing.session import Session
from gtms.processing.timelines import Touched
from gtms.records import codes
from gtms.records.profiles import DEFAULT_PROFILE, Profile
from treatment.changes.v1.changes_pb2 import Changes


class Aggregation:
    """Brings the cells of touched countries up to date. One thread at a time.

    Args:
        session: connection that the work is done on.
        today: gives the as-of day.
        profile: counting parameters.
    """

    def __init__(
        self, session: Session, today: Callable[[], date], profile: Profile = DEFAULT_PROFILE
    ) -> None:
        self._session = session
        self._today = today
        self._profile = profile
        self._structured = tuple(sorted(codes.STRUCTURED_INTERVENTIONS))

    def apply(self, changes: Iterable[Changes]) -> list[cells.CountryPeriod]:
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
        self, touched: Sequence[Touched], countries: Iterable[str], turned: Iterable[str] = ()
    ) -> list[cells.CountryPeriod]:
        """Rebuild the persons of `touched`, turn the day of `turned`, recompute `countries`."""
        as_of = self._today()
        for start in range(0, len(touched), days.AT_ONCE):
            timelines.rebuild(
                self._session,
                touched[start : start + days.AT_ONCE],
                as_of=as_of,
                profile=self._profile,
                structured=self._structured,
            )
        for country in sorted(turned):
            days.turn(
                self._session,
                country,
                as_of=as_of,
                profile=self._profile,
                structured=self._structured,
            )
        named = sorted(countries)
        units = cells.dirty(self._session, named, as_of=as_of, profile=self._profile)
        cells.recompute(self._session, units, as_of=as_of, profile=self._profile)
        if named:
            days.enrol(self._session, named, as_of)
        return units
