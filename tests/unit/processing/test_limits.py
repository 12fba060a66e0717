"""A topic full of rubbish is left alone; single accidents are not."""

from gtms.processing.limits import admit
from tests.support.filled import Read


def read(topic: str, count: int, first: int = 0) -> list[Read]:
    return [Read(topic, 0, first + place, None, None) for place in range(count)]


def test_all_is_admitted_when_all_is_readable() -> None:
    events = read("a", 5)
    admitted = admit(events, [], {"a": 3}, limit=4)
    assert admitted.events == events
    assert admitted.runs == {}
    assert not admitted.reached


def test_nothing_behind_the_limit_is_admitted() -> None:
    events = read("a", 10)
    admitted = admit(events, events[2:], {}, limit=4)
    assert admitted.events == events[:6]
    assert admitted.reached == {"a"}


def test_a_run_goes_on_over_batches_and_ends_with_a_readable_event() -> None:
    events = read("a", 4)
    goes_on = admit(events, events[:2], {"a": 3}, limit=5)
    assert goes_on.events == events[:2]
    ends = admit(events, events[1:], {"a": 4}, limit=5)
    assert ends.runs == {"a": 3}
    assert not ends.reached


def test_topics_are_counted_apart() -> None:
    rubbish, good = read("a", 6), read("b", 6)
    mixed = [event for pair in zip(rubbish, good, strict=True) for event in pair]
    admitted = admit(mixed, rubbish, {}, limit=3)
    assert [event for event in admitted.events if event.topic == "b"] == good
    assert len(admitted.events) == 3 + 6
    assert admitted.reached == {"a"}
