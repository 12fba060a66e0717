"""The turn of the day: what depends on the as-of day, although no record has changed.

An open episode without a record becomes stale, a follow-up matures, a new month begins. Per
country, `ops.days` keeps the day up to which this has been done.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from gtms.families import FAMILIES
from gtms.indicators.catalogue import DIGEST
from gtms.indicators.definition import Aspect
from gtms.processing.session import Session
from gtms.processing.timelines import Touched, rebuild
from gtms.records.profiles import Profile

#: Days after which something matures: transfers and releases (21), overdose deaths after an exit
#: (28), retention (84, 182, 365), re-presentation (182); 0 is the day itself.
MATURITIES = (0, 21, 28, 84, 182, 365)

_STALE = """
SELECT country, record_uid, person FROM registry.episodes FINAL
WHERE country = '{country}' AND structured AND counted_end IS NULL
    AND dateDiff('day', last_record, toDate32('{as_of}')) > {stale_days}
"""

_MATURING = """
INSERT INTO indicators.touches (country, month, aspect, version)
SELECT '{country}', arrayJoin({months}::Array(Date32)), arrayJoin({aspects}), {version}
"""


def due(session: Session, as_of: date) -> list[str]:
    """Countries that were last brought up to date before `as_of`, or by another catalogue.

    And those that have published something since, of which L05 tells.
    """
    rows = session.query(
        f"SELECT country FROM ops.days FINAL WHERE day < toDate32('{as_of.isoformat()}')"
        " UNION DISTINCT SELECT country FROM indicators.snapshots FINAL"
        f" WHERE catalogue != '{DIGEST}'"
        " UNION DISTINCT SELECT v.country FROM published.vintages AS v FINAL"
        " INNER JOIN indicators.snapshots AS s FINAL USING (country, period)"
        " WHERE v.version > s.version"
    )
    return sorted(str(country) for (country,) in rows)


def enrol(session: Session, countries: Iterable[str], as_of: date) -> None:
    """Begin the days of countries whose first records have just been computed for `as_of`."""
    listed = ", ".join(f"'{country}'" for country in sorted(countries))
    session.execute(
        "INSERT INTO ops.days (country, day)"
        f" SELECT arrayJoin([{listed}])::FixedString(3) AS c, '{as_of.isoformat()}'"
        " WHERE c NOT IN (SELECT country FROM ops.days)"
    )


def turn(session: Session, country: str, *, as_of: date, profile: Profile) -> None:
    """Rebuild who has become stale and mark the months whose values depend on the day.

    Does nothing when the country has been brought up to `as_of` already. Raises Unavailable.
    """
    rows = session.query(f"SELECT day FROM ops.days FINAL WHERE country = '{country}'")
    if not rows:
        return
    before = rows[0][0]
    assert isinstance(before, date)
    if before >= as_of:
        return
    stale = session.query(
        _STALE.format(country=country, as_of=as_of.isoformat(), stale_days=profile.stale_days)
    )
    code = FAMILIES["admission"].code
    touched = [Touched(country, code, str(uid), str(person)) for _, uid, person in stale]
    rebuild(session, touched, as_of=as_of, profiles={country: profile})
    session.execute(
        _MATURING.format(
            country=country,
            months=_maturing(before, as_of),
            aspects=[str(aspect) for aspect in Aspect],
            version=session.version(),
        )
    )
    session.execute(
        f"INSERT INTO ops.days (country, day) VALUES ('{country}', '{as_of.isoformat()}')"
    )


def _maturing(before: date, as_of: date) -> list[str]:
    """First days of the months of which something matures after `before` and up to `as_of`."""
    days = (before + timedelta(days=n) for n in range(1, (as_of - before).days + 1))
    months = {(day - timedelta(days=n)).replace(day=1) for day in days for n in MATURITIES}
    return sorted(month.isoformat() for month in months)
