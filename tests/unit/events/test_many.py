"""Many events at once are judged as each of them by itself."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from gtms.events import many
from gtms.events.many import Doubtful, by_family, one_by_one, unwrap
from gtms.families import FAMILIES, Family
from tests.support.filled import Read, a_record, a_retraction, an_event, as_read, some_events

ADMISSION = FAMILIES["admission"]


def read(family: Family = ADMISSION, key: str = "x", seed: int = 0) -> Read:
    [event] = as_read([an_event(family, a_record(family, Random(seed), key=key))])
    return event


def test_parts_stand_side_by_side(monkeypatch) -> None:
    monkeypatch.setattr(many, "_AT_ONCE", 3)
    for family, events in by_family(as_read(some_events(50, seed=1))).items():
        assert family is not None
        found = unwrap(family, events)
        for place, event in enumerate(events):
            record = family.record_type.FromString(event.value or b"")
            assert found.events[place] is event
            assert found.uids[place] == record.envelope.record_uid
            assert found.countries[place] == record.envelope.country_iso3
            person = family.person_field and getattr(record.record, family.person_field)
            assert found.persons[place] == (person or "")


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_retraction_names_no_person(family: Family) -> None:
    retraction = an_event(family, a_retraction(family, key="x", revision=2))
    record = an_event(family, a_record(family, Random(0), key="y"))
    found = unwrap(family, as_read([retraction, record]))
    assert found.retracted == [True, False]
    assert found.persons[0] == ""
    assert bool(found.persons[1]) == (family.person_field is not None)


def changed(**values: object) -> Callable[[Read], Read]:
    return lambda event: replace(event, **values)


def envelope(**values: object) -> Callable[[Read], Read]:
    def change(event: Read) -> Read:
        record = ADMISSION.record_type.FromString(event.value or b"")
        for name, value in values.items():
            setattr(record.envelope, name, value)
        return replace(event, value=record.SerializeToString())

    return change


SPOILT = {
    "garbage": changed(value=b"\xff\xfe garbage"),
    "truncated": lambda event: replace(event, value=event.value[:-3]),
    "empty": changed(value=b""),
    "tombstone": changed(value=None),
    "too long": changed(value=b"\x00" * 300_000),
    "no key": changed(key=None),
    "another key": changed(key=b"KEN/x/1/000000000000"),
    "another tenant": envelope(country_iso3="UGA"),
    "no country": envelope(country_iso3="ke"),
    "no revision": envelope(record_version=0),
    "short hash": envelope(payload_sha256=b"1"),
    "another family": envelope(family=5),
    "unknown operation": envelope(operation=0),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_one_spoilt_event_is_found_and_the_others_are_sound(spoil) -> None:
    events = [read(key=f"{number}") for number in range(5)]
    events[2] = spoil(events[2])
    with pytest.raises(Doubtful):
        unwrap(ADMISSION, events)
    sound, unreadable = one_by_one(events)
    assert sound == [*events[:2], *events[3:]]
    assert [event for event, _ in unreadable] == [events[2]]


def test_family_is_found_wherever_its_header_is() -> None:
    event = read()
    turned = replace(event, headers=event.headers[::-1])
    strange = replace(event, headers=[("ce_type", b"\xff")])
    bare = replace(event, headers=[])
    groups = by_family([event, turned, strange, bare])
    assert groups == {ADMISSION: [event, turned], None: [strange, bare]}


def test_event_in_the_topic_of_another_family_is_doubtful() -> None:
    with pytest.raises(Doubtful):
        unwrap(ADMISSION, [replace(read(), topic="gtms.outcomes.v1")])
