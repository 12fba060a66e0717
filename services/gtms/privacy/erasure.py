"""Erasing a person or a record: from the registry, the logs of Kafka, and the dead letters.

The order of the steps, and why an erasure that is interrupted anywhere can be begun again:

1. what goes is noted in `ops.erasing`, so that it is known until the end;
2. the hashes of its record ids are noted in `ops.erased`: the loader stores none of it from now on;
3. what was in the log before that is waited for, until the loader has stored it;
4. tombstones are written behind its events;
5. its rows are removed from the registry, the months they counted in are noted to be computed, and
   the owner of the country is told; he is waited for;
6. what he wrote to say that something is gone is removed as well;
7. Kafka is made to drop the events, the dead letters and the changes that named it;
8. it is counted again, everywhere; that and the months are noted in `ops.erasures`.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from gtms.config import Settings
from gtms.events.envelope import event_key
from gtms.events.erasing import Found, KafkaEraser, Sought
from gtms.events.topics import CHANGES, DEAD_LETTERS
from gtms.key_file import key_in
from gtms.privacy.erased import digest
from gtms.processing.app import aggregation_group, as_of
from gtms.processing.changes import erased_change
from gtms.processing.loader import LOADER_GROUP, TOPICS
from gtms.processing.months import DUE_AFTER_DAYS
from gtms.trouble import Trouble
from gtms.warehouse import erasures
from gtms.warehouse.client import Connection
from gtms.warehouse.erasures import PERSONAL, Doomed, Span

PATIENCE_S = 600.0
POLL_S = 0.5
_UID_LENGTH = 36
LOGS = tuple(dict.fromkeys(family.topic for family in PERSONAL))

Report = Callable[[str], None]
"""Told what is being done or waited for, one line at a time; names nobody."""


@dataclass(frozen=True, slots=True)
class Proof:
    """How much of what was erased was there before, and after; by place, in rows or events."""

    before: Mapping[str, int]
    after: Mapping[str, int]
    months: Sequence[date]
    old_parts: int

    @property
    def gone(self) -> bool:
        """Nothing of it is left where it can be read."""
        return not any(self.after.values())


class Erasure:
    """Erases in one country. Blocks; raises Unavailable, or Trouble when its patience ends."""

    def __init__(
        self, settings: Settings, country: str, report: Report, patience_s: float = PATIENCE_S
    ) -> None:
        self._settings = settings
        self._country = country
        self._report = report
        self._patience_s = patience_s
        self._kafka = KafkaEraser(settings.kafka)
        self._connection = Connection(settings.clickhouse)

    def of_person(self, person: str) -> list[Doomed]:
        """All that goes with a person."""
        found = erasures.of_person(self._connection, self._country, person)
        return self._whole(found)

    def of_record(self, uid: str) -> list[Doomed]:
        """All that goes with a record: of an admission, its outcomes too."""
        return self._whole(erasures.of_record(self._connection, self._country, uid))

    def erase(self, doomed: Sequence[Doomed], persons: Sequence[str] = ()) -> Proof:
        """Erase these records, and what an interrupted erasure has left; says what is left."""
        known = set(erasures.interrupted(self._connection, self._country))
        fresh = [one for one in doomed if one not in known]
        if fresh:
            erasures.begin(self._connection, self._country, fresh)
        every = sorted({*known, *doomed})
        self._forbid(every)
        self._wait_for_loader()
        sought = self._sought(every, persons)
        before = self._count(sought)
        buried = self._bury(sought, {one.record_uid for one in every})
        months, gone_at = self._remove()
        self._report("Kafka drops the events")
        left = self._kafka.compact(buried, self._patience_s / 5)
        if left:
            self._report(f"Kafka still holds {left} events; it drops them within its own time")
        self._kafka.rewrite_dead_letters(sought)
        after = self._count(sought)
        erasures.finish(self._connection, self._country, uuid4(), gone_at, months, before, after)
        return Proof(before, after, months, erasures.old_parts(self._connection))

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def _whole(self, found: Sequence[Doomed]) -> list[Doomed]:
        more = erasures.outcomes_of(self._connection, self._country, found)
        return sorted({*found, *more})

    def _forbid(self, every: Iterable[Doomed]) -> None:
        self._note_digests({one.record_uid for one in every if not one.person})

    def _note_digests(self, uids: Iterable[str]) -> None:
        key = key_in(self._settings.erasure_key_file, "the key of erased records")
        digests = [digest(key, self._country, uid) for uid in sorted(uids)]
        if digests:
            erasures.forbid(self._connection, self._country, digests)

    def _wait_for_loader(self) -> None:
        ends = self._kafka.ends(TOPICS)

        def stored() -> bool:
            done = self._kafka.finished(TOPICS, LOADER_GROUP)
            return all(done.get(place, 0) >= end for place, end in ends.items())

        self._wait_for(stored, "the loader to store what is on its way; is the processor up?")

    def _sought(self, every: Sequence[Doomed], persons: Sequence[str]) -> Sought:
        """What to look for in Kafka: the keys of events, and the marks of whom they name."""
        whole = {one.record_uid for one in every if not one.person}
        keys = [f"{self._country}/{uid}/".encode() for uid in sorted(whole)]
        revisions = erasures.event_keys(self._connection, self._country)
        keys += [
            event_key(self._country, uid, revision, bytes.fromhex(content))
            for uid, revision, content in revisions
            if uid not in whole
        ]
        return Sought(self._country, keys, [one.encode() for one in (*sorted(whole), *persons)])

    def _count(self, sought: Sought) -> dict[str, int]:
        counts = erasures.count(self._connection, self._country)
        for topic in (*LOGS, CHANGES, DEAD_LETTERS):
            counts[f"Kafka {topic}"] = len(self._kafka.find((topic,), sought))
        return counts

    def _bury(self, sought: Sought, known: set[str]) -> list[Found]:
        """Write tombstones behind events; records that the registry never had are noted too."""
        self._report("tombstones in the log")
        found = [
            one for one in self._kafka.find((*LOGS, DEAD_LETTERS), sought) if one.key is not None
        ]
        uids = {uid for one in found if (uid := self._uid(one.key or b""))}
        self._note_digests(uids - known)
        events = [one for one in found if one.place.topic != DEAD_LETTERS]
        self._kafka.bury(events)
        return events

    def _uid(self, key: bytes) -> str:
        """The record id in the key of an event of this country; empty for other keys."""
        country, _, rest = key.decode(errors="replace").partition("/")
        uid = rest.partition("/")[0]
        return uid if country == self._country and len(uid) == _UID_LENGTH else ""

    def _remove(self) -> tuple[list[date], datetime]:
        """Remove the rows and have everything derived computed again; since when they are gone."""
        self._report("the registry is written without them")
        named = erasures.named(self._connection, self._country)
        today = as_of(self._settings)()
        months = months_of(erasures.spans(self._connection, self._country, today), today)
        erasures.remove(self._connection, self._country)
        gone_at = erasures.touch(self._connection, self._country, months)
        changes = erased_change(self._country, named)
        place = self._kafka.publish(changes)
        told = self._kafka.ends((CHANGES,))[place]
        group = aggregation_group(self._settings)
        self._wait_for(
            lambda: self._kafka.finished((CHANGES,), group).get(place, 0) >= told,
            "the figures to be computed without them; is the processor up?",
        )
        erasures.remove(self._connection, self._country, erasures.DERIVED)
        self._kafka.drop({place: told})
        return months, gone_at

    def _wait_for(self, true: Callable[[], bool], what: str) -> None:
        self._report(f"waiting for {what}")
        end = time.monotonic() + self._patience_s
        while not true():
            if time.monotonic() > end:
                raise Trouble(
                    f"waited {self._patience_s:.0f} s in vain for {what}"
                    " Begin again: it goes on where it was"
                )
            time.sleep(POLL_S)


def months_of(spans: Iterable[Span], today: date) -> list[date]:
    """The first days of the months in which something of the spans counts."""
    months: set[date] = set()
    for span in spans:
        month = span.first.replace(day=1)
        while month <= span.last:
            months.add(month)
            month = (month + timedelta(days=32)).replace(day=1)
        due = (span.ended + timedelta(days=days) for days in DUE_AFTER_DAYS if span.ended)
        months |= {day.replace(day=1) for day in due if day <= today} if span.ended else set()
    return sorted(months)
