"""Where to begin to read a partition, from what Kafka and ClickHouse each remember of it."""

from __future__ import annotations


def first_offset(
    committed: int | None, watermark: int | None, beginning: int, end: int
) -> tuple[int, str]:
    """The offset to begin at, and why when it is not the committed one.

    Reading again does no harm, leaving something out does; so the lower of two memories is right,
    and where they make no sense everything is read again.

    Args:
        committed: next offset of the consumer group; None when Kafka has none. Kafka forgets it
            with a deleted topic.
        watermark: next offset that ClickHouse has; None when it never stored this partition.
        beginning: offset of the first event that is there.
        end: offset that the next event will have.
    """
    if committed is None:
        return beginning, "" if watermark is None else "no committed offset"
    if committed > end or (watermark or 0) > end:
        return beginning, "the topic was made anew"
    stored = beginning if watermark is None else max(watermark, beginning)
    if stored < committed:
        return stored, "ClickHouse has less than was committed"
    return max(committed, beginning), ""
