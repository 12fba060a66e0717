"""Asking for releases and making them, as a ministry's tool would."""

from collections.abc import Callable, Sequence
from typing import Self, TypeVar

import grpc

from gtms.channel import Caller
from treatment.releases.v1 import releases_pb2 as pb
from treatment.releases.v1 import releases_pb2_grpc

ANSWER_TIMEOUT_S = 30.0
STEP_TIMEOUT_S = 600.0
"""Publishing rules and the attack take up to a minute for a year, and wait for each other."""

_NOT_REACHED = frozenset({grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED})
_OPTIONS = (("grpc.max_receive_message_length", 32 * 1024 * 1024),)

Answer = TypeVar("Answer")


class Refused(Exception):
    """The service refused the call, or is not there: one line that says why.

    Attributes:
        code: the gRPC status.
    """

    def __init__(self, code: grpc.StatusCode, why: str) -> None:
        super().__init__(why)
        self.code = code


class ReleasesClient:
    """One channel to the service. Use as a context; every call raises `Refused`."""

    def __init__(self, target: str, caller: Caller) -> None:
        self._target = target
        self._caller = caller
        self._channel = caller.channel(target, _OPTIONS)
        self._stub = releases_pb2_grpc.ReleasesServiceStub(self._channel)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._channel.close()

    def draft(self, period: str, reason: str) -> pb.Release:
        """A draft of the period."""
        request = pb.DraftReleaseRequest(period=period, reason=reason)
        return self._answer(self._stub.DraftRelease, request, STEP_TIMEOUT_S).release

    def preview(
        self, period: str, indicators: Sequence[str], most_cells: int
    ) -> pb.PreviewReleaseResponse:
        """What the draft of the period would change."""
        request = pb.PreviewReleaseRequest(
            period=period, indicators=indicators, most_cells=most_cells
        )
        return self._answer(self._stub.PreviewRelease, request)

    def review(self, period: str, content_hash: str) -> pb.Release:
        """Say that this draft may be published."""
        request = pb.ReviewReleaseRequest(period=period, content_hash=content_hash)
        return self._answer(self._stub.ReviewRelease, request).release

    def publish(self, period: str, content_hash: str) -> pb.Release:
        """Make the reviewed release public."""
        request = pb.PublishReleaseRequest(period=period, content_hash=content_hash)
        return self._answer(self._stub.PublishRelease, request, STEP_TIMEOUT_S).release

    def releases(self, countries: Sequence[str], periods: Sequence[str]) -> Sequence[pb.Release]:
        """All that the caller may see."""
        request = pb.ListReleasesRequest(countries=countries, periods=periods)
        return self._answer(self._stub.ListReleases, request).releases

    def get(self, country: str, period: str, vintage: int) -> pb.Release:
        """One release; without a vintage the newest."""
        request = pb.GetReleaseRequest(country=country, period=period, vintage=vintage)
        return self._answer(self._stub.GetRelease, request).release

    def policy(self) -> pb.ReleasePolicy:
        """When periods are released by themselves."""
        return self._answer(self._stub.GetReleasePolicy, pb.GetReleasePolicyRequest()).policy

    def set_policy(self, policy: pb.ReleasePolicy) -> pb.ReleasePolicy:
        """Set it in place of the one before."""
        request = pb.SetReleasePolicyRequest(policy=policy)
        return self._answer(self._stub.SetReleasePolicy, request).policy

    def _answer(
        self, call: Callable[..., Answer], request: object, timeout_s: float = ANSWER_TIMEOUT_S
    ) -> Answer:
        try:
            return call(request, metadata=self._caller.metadata(), timeout=timeout_s)
        except grpc.RpcError as error:
            code = error.code()
            if code in _NOT_REACHED and not error.trailing_metadata():
                why = (
                    f"the indicators service at {self._target} does not answer: start it"
                    " (`gtms stack up`), or say where it is (--target host:port)"
                )
            else:
                why = error.details() or code.name
            raise Refused(code, why) from None
