"""The parameters with which each country is counted now, as its administrator set them."""

from collections.abc import Iterable

from gtms.processing.session import Session
from gtms.records.profiles import DEFAULT_PROFILE, Profile, profile_of
from treatment.profiles.v1.profile_pb2 import CountryProfileRecord


def profiles(session: Session, countries: Iterable[str]) -> dict[str, Profile]:
    """The profile of each of the countries; the default where nothing was set, or it was retracted.

    Raises:
        Unavailable: ClickHouse is away.
    """
    found = dict.fromkeys(countries, DEFAULT_PROFILE)
    listed = ", ".join(f"'{country}'" for country in sorted(found))
    if not listed:
        return found
    # hex: the driver takes a String for text and would decode it
    rows = session.query(
        f"SELECT country, hex(payload) FROM registry.profiles FINAL WHERE country IN ({listed})"
    )
    for country, payload in rows:
        record = CountryProfileRecord.FromString(bytes.fromhex(str(payload)))
        found[str(country)] = profile_of(record)
    return found
