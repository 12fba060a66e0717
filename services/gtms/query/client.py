"""Asking the indicators service, as a reporting tool would: all pages, one clear error."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self, cast

import grpc
from google.protobuf.any_pb2 import Any as Packed
from google.rpc.error_details_pb2 import BadRequest
from grpc_status import rpc_status

from gtms.channel import Caller
from treatment.indicators.v1 import indicators_pb2 as pb
from treatment.indicators.v1 import indicators_pb2_grpc
from treatment.quality.v1 import quality_pb2, quality_pb2_grpc

ANSWER_TIMEOUT_S = 30.0
PAGE_SIZE = 2000
PROBLEMS_A_PAGE = 500
RESTARTS = 3
_NOT_REACHED = frozenset({grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED})
_OPTIONS = (("grpc.max_receive_message_length", 32 * 1024 * 1024),)


class Refused(Exception):
    """The service refused the question: one line that says why.

    Attributes:
        code: the gRPC status.
    """

    def __init__(self, code: grpc.StatusCode, why: str) -> None:
        super().__init__(why)
        self.code = code


@dataclass(frozen=True, slots=True)
class Answer:
    """All cells of a query, of one snapshot per period, and the periods without any."""

    cells: tuple[pb.Cell, ...]
    not_computed: tuple[pb.CountryPeriod, ...]


class Client:
    """One channel to the service. Use as a context; every call raises `Refused`."""

    def __init__(self, target: str, caller: Caller) -> None:
        self._target = target
        self._metadata = caller.metadata()
        self._channel = caller.channel(target, _OPTIONS)
        self._stub = indicators_pb2_grpc.IndicatorsServiceStub(self._channel)
        self._quality = quality_pb2_grpc.QualityServiceStub(self._channel)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._channel.close()

    def catalogue(self, indicators: Sequence[str] = ()) -> tuple[pb.Indicator, ...]:
        """The definitions of the indicators named, or of all."""
        try:
            answer = self._stub.ListIndicators(
                pb.ListIndicatorsRequest(indicators=indicators),
                metadata=self._metadata,
                timeout=ANSWER_TIMEOUT_S,
            )
        except grpc.RpcError as error:
            raise self._refusal(error) from None
        return tuple(answer.indicators)

    def cells(self, request: pb.QueryCellsRequest) -> Answer:
        """Every page of the query; when its snapshots are dropped midway, all of it anew."""
        for attempt in range(RESTARTS + 1):
            try:
                return self._sequence(request)
            except grpc.RpcError as error:
                if error.code() is not grpc.StatusCode.ABORTED or attempt == RESTARTS:
                    raise self._refusal(error) from None
        raise AssertionError("the last attempt returns or raises")

    def problems(self, asked: quality_pb2.ProblemFilter) -> Iterator[quality_pb2.Problem]:
        """Every problem, page by page as they are taken."""
        request = quality_pb2.ListProblemsRequest(filter=asked, page_size=PROBLEMS_A_PAGE)
        while True:
            try:
                page = self._quality.ListProblems(
                    request, metadata=self._metadata, timeout=ANSWER_TIMEOUT_S
                )
            except grpc.RpcError as error:
                raise self._refusal(error) from None
            yield from page.problems
            request.page_token = page.next_page_token
            if not request.page_token:
                return

    def problem_summary(
        self, asked: quality_pb2.ProblemFilter, facilities: int
    ) -> tuple[quality_pb2.RuleSummary, ...]:
        """How many problems there are of each rule."""
        request = quality_pb2.SummarizeProblemsRequest(filter=asked, facilities=facilities)
        try:
            answer = self._quality.SummarizeProblems(
                request, metadata=self._metadata, timeout=ANSWER_TIMEOUT_S
            )
        except grpc.RpcError as error:
            raise self._refusal(error) from None
        return tuple(answer.rules)

    def _sequence(self, request: pb.QueryCellsRequest) -> Answer:
        asked = pb.QueryCellsRequest()
        asked.CopyFrom(request)
        asked.page_size = asked.page_size or PAGE_SIZE
        cells: list[pb.Cell] = []
        while True:
            page = self._stub.QueryCells(asked, metadata=self._metadata, timeout=ANSWER_TIMEOUT_S)
            cells.extend(page.cells)
            asked.page_token = page.next_page_token
            if not asked.page_token:
                return Answer(tuple(cells), tuple(page.not_computed))

    def _refusal(self, error: grpc.RpcError) -> Refused:
        code = error.code()
        status = rpc_status.from_call(cast("grpc.Call", error))
        if status is None and code in _NOT_REACHED:
            return Refused(
                code,
                f"the indicators service at {self._target} does not answer: start it"
                " (`gtms stack up`), or say where it is (--target host:port)",
            )
        violations = _violations(status.details) if status else []
        return Refused(code, "; ".join(violations) or error.details() or code.name)


def _violations(details: Iterable[Packed]) -> list[str]:
    """What a google.rpc.BadRequest among the details says, one entry per field."""
    found: list[str] = []
    for detail in details:
        bad_request = BadRequest()
        if detail.Unpack(bad_request):
            found += [f"{v.field}: {v.description}" for v in bad_request.field_violations]
    return found
