"""Page tokens come back only unaltered, to the same caller, for the same question, in time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gtms.query.tokens import TOKEN_LIFE, Binding, Bookmark, InvalidToken, seal, unseal
from gtms.warehouse.reader import Position, Snapshot

KEY = bytes(32)
NOW = datetime(2026, 9, 30, 12, tzinfo=UTC)
BINDING = Binding("KEN", b"q" * 32)
BOOKMARK = Bookmark(
    snapshots=tuple(
        Snapshot(f"2025-{month:02d}", 2**63 + month, date(2026, 9, 30), NOW, '{"a":1}', 7 * month)
        for month in range(1, 13)
    ),
    after=Position("2025-03", "A02", "value", "age_band=<15|sex=MALE"),
)


def test_comes_back_whole():
    assert unseal(KEY, BINDING, seal(KEY, BINDING, BOOKMARK, NOW), NOW) == BOOKMARK


@given(period=st.text(), key=st.text(), version=st.integers(0, 2**64 - 1))
def test_comes_back_whole_whatever_it_holds(period, key, version):
    snapshot = Snapshot(period, version, date(2025, 1, 1), NOW, "{}", 0)
    bookmark = Bookmark((snapshot,), Position(period, "A02", "value", key))
    assert unseal(KEY, BINDING, seal(KEY, BINDING, bookmark, NOW), NOW) == bookmark


@pytest.mark.parametrize(
    ("key", "binding"),
    [
        (b"\x01" * 32, BINDING),
        (KEY, Binding("UGA", BINDING.question)),
        (KEY, Binding("KEN", b"p" * 32)),
        (KEY, Binding("KENq", b"q" * 31)),
    ],
)
def test_another_key_caller_or_question_is_refused(key, binding):
    token = seal(KEY, BINDING, BOOKMARK, NOW)
    with pytest.raises(InvalidToken, match="not a page token of this query"):
        unseal(key, binding, token, NOW)


def test_every_single_altered_character_is_refused():
    token = seal(KEY, BINDING, BOOKMARK, NOW)
    for place, letter in enumerate(token):
        altered = token[:place] + ("A" if letter != "A" else "B") + token[place + 1 :]
        with pytest.raises(InvalidToken):
            unseal(KEY, BINDING, altered, NOW)


@given(st.text(max_size=200))
def test_anything_else_is_refused(token):
    with pytest.raises(InvalidToken):
        unseal(KEY, BINDING, token, NOW)


@pytest.mark.parametrize("suffix", ["=", "==", "A", "\n", " "])
def test_padding_and_trailing_characters_are_refused(suffix):
    with pytest.raises(InvalidToken):
        unseal(KEY, BINDING, seal(KEY, BINDING, BOOKMARK, NOW) + suffix, NOW)


def test_expires():
    token = seal(KEY, BINDING, BOOKMARK, NOW)
    assert unseal(KEY, BINDING, token, NOW + TOKEN_LIFE) == BOOKMARK
    with pytest.raises(InvalidToken, match="expired"):
        unseal(KEY, BINDING, token, NOW + TOKEN_LIFE + timedelta(seconds=1))


def test_stays_small_for_the_longest_range():
    many = tuple(
        Snapshot(f"{2000 + n // 12}-{n % 12 + 1:02d}", n, date(2026, 9, 30), NOW, '{"a":1}', n)
        for n in range(240)
    )
    assert len(seal(KEY, BINDING, Bookmark(many, BOOKMARK.after), NOW)) < 16_384
