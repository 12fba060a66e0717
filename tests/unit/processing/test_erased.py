"""Events of erased records are sifted from a batch, and those that follow an erased admission."""

from collections.abc import Sequence

from gtms.events.envelope import Outgoing, encode
from gtms.events.tombstones import is_tombstone, tombstone
from gtms.families import FAMILIES
from gtms.privacy.erased import Erased, digest
from gtms.processing.erased import sift
from gtms.processing.sorting import sort
from tests.support.oracle import RecordMessage
from tests.support.population import admission, discharge, received, record_uid

KEY = bytes(range(32))


class Read:
    """An event as Kafka's client hands it out."""

    def __init__(self, made: Outgoing, offset: int) -> None:
        self.topic, self.partition, self.offset = made.topic, 0, offset
        self.key, self.value, self.headers = made.key, made.value, made.headers


def read(records: Sequence[RecordMessage], country: str) -> list[Read]:
    names = {4: "admission", 5: "outcome"}
    made = [received(each, country) for each in records]
    return [
        Read(encode(FAMILIES[names[each.envelope.family]], each), offset)
        for offset, each in enumerate(made)
    ]


def erased(country: str, *records: RecordMessage) -> Erased:
    digests = frozenset(digest(KEY, country, record_uid(country, each)) for each in records)
    return Erased(KEY, {country: digests})


def stored(found) -> int:
    return sum(len(each.uids) for each in found.families)


def test_a_record_and_the_outcomes_of_an_erased_admission_do_not_come_back():
    gone, stays = admission("gone", "2025-01-01"), admission("stays", "2025-01-01")
    batch = read([gone, discharge(gone, "2025-02-01", 12), stays], "KEN")
    kept, back = sift(sort(batch), erased("KEN", gone))
    assert stored(kept) == 1
    assert sorted(each.key for each in back) == sorted(each.key for each in batch[:2])
    assert {each.value for each in back} == {None}


def test_an_erasure_of_another_country_is_none_here():
    gone = admission("gone", "2025-01-01")
    kept, back = sift(sort(read([gone], "UGA")), erased("KEN", gone))
    assert (stored(kept), back) == (1, [])


def test_without_the_list_of_what_was_erased_it_would_come_back():
    gone = admission("gone", "2025-01-01")
    kept, _ = sift(sort(read([gone], "KEN")), Erased(KEY, {}))
    assert stored(kept) == 1


def test_a_tombstone_is_passed_over_and_a_lost_value_is_not():
    meant = tombstone("gtms.admissions.v1", b"KEN/uid/1/abc", "uid")
    [lost] = read([admission("p", "2025-01-01")], "KEN")
    lost.value = None
    assert is_tombstone(Read(meant, 0))
    found = sort([Read(meant, 0), lost])
    assert [each.event for each in found.unreadable] == [lost]


def test_the_hash_tells_nothing_without_the_key():
    uid = record_uid("KEN", admission("p", "2025-01-01"))
    assert digest(KEY, "KEN", uid) != digest(bytes(32), "KEN", uid)
    assert digest(KEY, "KEN", uid) != digest(KEY, "UGA", uid)
    assert uid.replace("-", "") not in digest(KEY, "KEN", uid)
