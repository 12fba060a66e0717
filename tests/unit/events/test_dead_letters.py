"""What a dead letter carries, and what of it is ever shown."""

from datetime import UTC, datetime

from gtms.events.dead_letters import LONGEST_VALUE_BYTES, Origin, dead_letter
from gtms.events.topics import DEAD_LETTERS

AT = datetime(2026, 9, 30, 8, 0, tzinfo=UTC)
ORIGIN = Origin("gtms.admissions.v1", 3, 41)


def test_key_value_and_headers_are_kept_as_found() -> None:
    out = dead_letter("no ce_type header", ORIGIN, b"key", b"value", [("ce_id", b"1")], AT)
    assert (out.topic, out.key, out.value) == (DEAD_LETTERS, b"key", b"value")
    assert dict(out.headers) == {
        "ce_id": b"1",
        "gtms_reason": b"no ce_type header",
        "gtms_origin_topic": b"gtms.admissions.v1",
        "gtms_origin_partition": b"3",
        "gtms_origin_offset": b"41",
        "gtms_at": b"2026-09-30T08:00:00.000+00:00",
    }


def test_headers_that_pretend_to_be_ours_are_not_kept() -> None:
    out = dead_letter("why", ORIGIN, None, b"value", [("gtms_reason", b"forged")], AT)
    assert [content for name, content in out.headers if name == "gtms_reason"] == [b"why"]


def test_a_null_value_stays_null() -> None:
    assert dead_letter("no value (a tombstone)", ORIGIN, b"key", None, [], AT).value is None


def test_an_enormous_value_is_left_out_and_said_so() -> None:
    size = LONGEST_VALUE_BYTES + 1
    out = dead_letter("too long", ORIGIN, b"key", bytes(size), [], AT)
    assert out.value == b""
    assert dict(out.headers)["gtms_value_left_out"] == str(size).encode()
