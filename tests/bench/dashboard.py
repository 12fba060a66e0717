"""(e) The twenty questions that a ministry's dashboard asks when it is opened.

Each is what one panel shows: monthly lines of two years, quarterly shares, tables of the last whole
year. They go to the indicators service over gRPC by the product's own client, which reads all
pages: one after the other, and all twenty at once, as a dashboard does.
"""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from gtms.channel import bearing
from gtms.config import Settings
from gtms.query.client import Client
from gtms.records.periods import PeriodKind, containing
from tests.bench.figures import Figure, percentile
from treatment.indicators.v1 import indicators_pb2 as pb

PART = "queries"
MS = 1_000.0

_LINES: Sequence[tuple[str, ...]] = (
    ("A02",), ("A02", "sex"), ("A03",), ("B01",), ("B02",), ("B04",), ("B01", "substance_group"),
    ("L01",),
)  # fmt: skip
_QUARTERLY: Sequence[tuple[str, ...]] = (
    ("B07", "setting"), ("D01",), ("G01",), ("G03",),
)  # fmt: skip
_TABLES: Sequence[tuple[str, ...]] = (
    ("A02", "age_band", "sex", "substance_group"), ("A02", "admin1"), ("B05", "substance"),
    ("B06", "referral"), ("C01", "substance_group"), ("F03", "discharge_reason"),
    ("G02", "client_group"), ("J03", "admin1"),
)  # fmt: skip


def questions(as_of: date) -> list[pb.QueryCellsRequest]:
    """The twenty."""
    year = as_of.year - 1
    months = pb.PeriodRange(first=f"{year}-01", last=containing(as_of, PeriodKind.MONTH, 1).label)
    quarters = pb.PeriodRange(
        first=f"{year}-Q1", last=containing(as_of, PeriodKind.QUARTER, 1).label
    )
    return [
        *(_question(one, period_range=months) for one in _LINES),
        *(_question(one, period_range=quarters) for one in _QUARTERLY),
        *(_question(one, periods=[str(year)]) for one in _TABLES),
    ]


def ask(settings: Settings, country: str, as_of: date, times: int) -> list[Figure]:
    """Time to the whole answer of each question, and of the dashboard, over many openings."""
    asked = questions(as_of)
    target = f"{settings.ingest.host}:{settings.ports.indicators}"
    with (
        Client(target, bearing(f"dev-{country}")) as client,
        ThreadPoolExecutor(len(asked)) as threads,
    ):

        def answer(question: pb.QueryCellsRequest) -> float:
            began = time.perf_counter()
            found = client.cells(question)
            assert found.cells or not found.not_computed, question
            return MS * (time.perf_counter() - began)

        def at_once() -> float:
            began = time.perf_counter()
            list(threads.map(answer, asked))
            return MS * (time.perf_counter() - began)

        at_once()
        single = [answer(question) for _ in range(times) for question in asked]
        whole = [at_once() for _ in range(times)]
    return [
        Figure(PART, f"one question, {name}", "ms", (percentile(single, percent),))
        for name, percent in (("p50", 50), ("p99", 99))
    ] + [
        Figure(PART, f"all twenty at once, {name}", "ms", (percentile(whole, percent),))
        for name, percent in (("p50", 50), ("p99", 99))
    ]


def _question(
    table: tuple[str, ...],
    *,
    period_range: pb.PeriodRange | None = None,
    periods: Sequence[str] = (),
) -> pb.QueryCellsRequest:
    indicator, *by = table
    return pb.QueryCellsRequest(
        indicators=[indicator], by=by, period_range=period_range, periods=periods
    )
