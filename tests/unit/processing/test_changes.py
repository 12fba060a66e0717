"""Messages of changes, written by hand for speed, say what protobuf would."""

from collections import Counter

from gtms.events.topics import CHANGES
from gtms.processing import changes as module
from gtms.processing.changes import changes
from gtms.processing.sorting import sort
from tests.support.filled import as_read, some_events
from treatment.changes.v1.changes_pb2 import Changes, Touched


def test_each_record_is_named_once_to_its_country() -> None:
    events = [*some_events(25, seed=1), *some_events(20, seed=2, country="MEX")]
    families = sort(as_read(events)).families
    messages = list(changes(families))
    assert {message.topic for message in messages} == {CHANGES}
    told = Counter[tuple[str, int, str, str]]()
    for message in messages:
        parsed = Changes.FromString(message.value or b"")
        assert message.key == parsed.country.encode()
        told.update((parsed.country, t.family, t.record_uid, t.person) for t in parsed.touched)
    expected = Counter(
        (country, found.family.code, uid, person)
        for found in families
        for country, uid, person in zip(found.countries, found.uids, found.persons, strict=True)
    )
    assert told == expected
    assert sum(told.values()) == len(events)


def test_bytes_are_those_of_protobuf() -> None:
    found = sort(as_read(some_events(5, seed=3))).families[-1]
    [message] = changes([found])
    last = found.events[-1]
    expected = Changes(
        country="KEN", topic=last.topic, partition=last.partition, last_offset=last.offset
    )
    touched = Touched(family=found.family.code, record_uid=found.uids[0], person=found.persons[0])
    expected.touched.append(touched)
    assert Changes.FromString(message.value or b"") == expected


def test_a_message_has_a_limit(monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_TOUCHED", 2)
    families = sort(as_read(some_events(25, seed=4))).families
    sizes = [len(Changes.FromString(one.value or b"").touched) for one in changes(families)]
    assert max(sizes) == 2
    assert sum(sizes) == 25
