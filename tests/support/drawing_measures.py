"""Drawn scales of an interview: complete, at the cut-offs, with gaps, and wrong."""

from hypothesis import strategies as st

from treatment.common.v1 import measures_pb2

TOP_DAYS = ("alcohol", "opioids", "crack", "cocaine", "amphetamines", "cannabis", "other")
NOT_ASKED = [None, None, None, "opioids", "cocaine", "cannabis", "other"]
BARC10_ITEMS = [[5] * 9 + [2], [5] * 9 + [1], [6] * 10, [1] * 10, [4, 3] * 5]
"""Sums of 47, 46, 60, 10 and 35."""
NO_BARC10_ITEMS = [[5] * 9, [5] * 9 + [7], [5] * 9 + [0]]
WHOQOL_GAPS: list[tuple[int, ...]] = [
    (),
    (),
    (),
    (3, 15),
    (3, 15, 16),
    (20,),
    (5, 6),
    (5, 6, 7),
    (8, 9, 12),
    (1, 2, 3, 8, 9),
    (1, 2, 3, 8, 9, 10),
]
"""Questions without an answer, counted from 1: five of 26 are few enough, six are not."""


@st.composite
def top(draw: st.DrawFn) -> measures_pb2.TopMeasures | None:
    """Every drug has another number of days, so that none can be taken for another."""
    fewest = draw(st.sampled_from([None, None, -3, 0, 5, 22]))
    if fewest is None:
        return None
    not_asked = draw(st.sampled_from(NOT_ASKED))
    return measures_pb2.TopMeasures(
        **{
            f"days_{drug}": max(0, fewest + number)
            for number, drug in enumerate(TOP_DAYS)
            if drug != not_asked
        }
    )


@st.composite
def barc10(draw: st.DrawFn) -> measures_pb2.Barc10 | None:
    items = draw(st.sampled_from([None, *BARC10_ITEMS * 2, *NO_BARC10_ITEMS]))
    if items is None:
        return None
    total = draw(st.sampled_from([sum(items)] * 8 + [sum(items) + 1, None]))
    return measures_pb2.Barc10(items=items, total=total)


@st.composite
def whoqol(draw: st.DrawFn) -> measures_pb2.WhoqolBref | None:
    step = draw(st.sampled_from([None, None, 0, 1, 2, 3, 4]))
    if step is None:
        return None
    gaps = draw(st.sampled_from(WHOQOL_GAPS))
    items = [0 if number in gaps else 1 + number * step % 5 for number in range(1, 27)]
    return measures_pb2.WhoqolBref(items=items[: draw(st.sampled_from([26] * 9 + [25]))])
