"""When unreadable events stop being single accidents and the reading of a topic must stop."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from gtms.events.many import Incoming


@dataclass(frozen=True, slots=True)
class Admitted:
    """The events of a batch that are worked on.

    `runs` is, by topic, how many unreadable events in a row were last seen; `reached` has the
    topics in which that many are the limit: of these, nothing behind the last one is admitted.
    """

    events: Sequence[Incoming]
    runs: Mapping[str, int]
    reached: Collection[str]


def admit(
    events: Sequence[Incoming],
    unreadable: Collection[Incoming],
    runs: Mapping[str, int],
    limit: int,
) -> Admitted:
    """Admit events up to the one that makes `limit` unreadable ones in a row in its topic.

    A wrong program that writes a topic full of rubbish is better stopped and looked at than its
    events carried, one by one, to the dead letters, with the good ones of before and after.
    """
    if not unreadable:
        return Admitted(events, {}, ())
    wrong = {id(event) for event in unreadable}
    now = dict(runs)
    admitted: list[Incoming] = []
    reached: set[str] = set()
    for event in events:
        topic = event.topic
        if topic in reached:
            continue
        admitted.append(event)
        now[topic] = now.get(topic, 0) + 1 if id(event) in wrong else 0
        if now[topic] >= limit:
            reached.add(topic)
    return Admitted(admitted, now, reached)
