"""Where to begin to read: leaving something out is wrong, reading again is not."""

import pytest

from gtms.processing.positions import first_offset


@pytest.mark.parametrize(
    ("committed", "watermark", "expected"),
    [
        (None, None, 0),
        (50, 50, 50),
        (40, 50, 40),  # killed after the watermark, before the commit
        (50, 30, 30),  # ClickHouse came back from a backup
        (50, None, 0),  # ClickHouse was emptied
        (None, 50, 0),  # Kafka forgot the group, or the topic was made anew
        (100, 30, 30),  # the group was set to the end
        (0, 50, 0),  # the group was set to the beginning: a replay
        (120, 50, 0),  # the topic was made anew and is shorter
        (50, 120, 0),
    ],
)
def test_the_lower_memory_counts(
    committed: int | None, watermark: int | None, expected: int
) -> None:
    offset, _ = first_offset(committed, watermark, beginning=0, end=100)
    assert offset == expected


def test_what_is_gone_is_not_asked_for() -> None:
    assert first_offset(5, 5, beginning=10, end=100)[0] == 10
    assert first_offset(50, 5, beginning=10, end=100)[0] == 10


def test_reading_again_has_a_reason() -> None:
    assert first_offset(50, 50, 0, 100)[1] == ""
    assert first_offset(None, None, 0, 100)[1] == ""
    assert "less than was committed" in first_offset(50, 30, 0, 100)[1]
    assert "anew" in first_offset(120, 120, 0, 100)[1]
