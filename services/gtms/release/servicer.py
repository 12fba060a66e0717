"""The releases service."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import grpc
import structlog
from google.protobuf.message import Message

from gtms.ingest.identity import Sender, current_sender
from gtms.ingest.refusals import Refusal, not_found
from gtms.query.requests import require_well_formed
from gtms.release import messages
from gtms.release.office import Office
from gtms.release.states import DraftedAnew, NotNow, Release
from gtms.release.steps import Steps, Unknown
from treatment.releases.v1 import releases_pb2 as pb
from treatment.releases.v1 import releases_pb2_grpc

MOST_CELLS = 1000
MOST_RELEASES = 10_000

log = structlog.get_logger(__name__)

Answer = TypeVar("Answer")


class ReleasesServicer(releases_pb2_grpc.ReleasesServiceServicer):
    """Lets a ministry draft, review and publish; tells everybody what is public."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def DraftRelease(  # noqa: N802
        self,
        request: pb.DraftReleaseRequest,
        context: grpc.aio.ServicerContext[pb.DraftReleaseRequest, pb.DraftReleaseResponse],
    ) -> pb.DraftReleaseResponse:
        """A draft."""
        who, release = await self._step(
            request,
            lambda steps, who: steps.draft(
                who.country, request.period, request.reason, who.subject
            ),
        )
        return pb.DraftReleaseResponse(release=messages.release(release, who.country))

    async def PreviewRelease(  # noqa: N802
        self,
        request: pb.PreviewReleaseRequest,
        context: grpc.aio.ServicerContext[pb.PreviewReleaseRequest, pb.PreviewReleaseResponse],
    ) -> pb.PreviewReleaseResponse:
        """What the draft would change."""
        _, preview = await self._step(
            request, lambda steps, who: steps.preview(who.country, request.period)
        )
        return messages.preview(
            preview, frozenset(request.indicators), request.most_cells or MOST_CELLS
        )

    async def ReviewRelease(  # noqa: N802
        self,
        request: pb.ReviewReleaseRequest,
        context: grpc.aio.ServicerContext[pb.ReviewReleaseRequest, pb.ReviewReleaseResponse],
    ) -> pb.ReviewReleaseResponse:
        """A draft that was looked at."""
        who, release = await self._step(
            request,
            lambda steps, who: steps.review(
                who.country, request.period, request.content_hash, who.subject
            ),
        )
        return pb.ReviewReleaseResponse(release=messages.release(release, who.country))

    async def PublishRelease(  # noqa: N802
        self,
        request: pb.PublishReleaseRequest,
        context: grpc.aio.ServicerContext[pb.PublishReleaseRequest, pb.PublishReleaseResponse],
    ) -> pb.PublishReleaseResponse:
        """A vintage."""
        who, release = await self._step(
            request,
            lambda steps, who: steps.publish(
                who.country, request.period, request.content_hash, who.subject
            ),
        )
        log.info("published", country=who.country, period=request.period, vintage=release.vintage)
        return pb.PublishReleaseResponse(release=messages.release(release, who.country))

    async def ListReleases(  # noqa: N802
        self,
        request: pb.ListReleasesRequest,
        context: grpc.aio.ServicerContext[pb.ListReleasesRequest, pb.ListReleasesResponse],
    ) -> pb.ListReleasesResponse:
        """What there is, as far as the caller may see it."""
        who, found = await self._step(
            request, lambda steps, who: _visible(steps, who, sorted(request.countries))
        )
        wanted = frozenset(request.periods)
        kept = [each for each in found if not wanted or each.period in wanted]
        return pb.ListReleasesResponse(
            releases=[messages.release(each, who.country) for each in kept[:MOST_RELEASES]]
        )

    async def GetRelease(  # noqa: N802
        self,
        request: pb.GetReleaseRequest,
        context: grpc.aio.ServicerContext[pb.GetReleaseRequest, pb.GetReleaseResponse],
    ) -> pb.GetReleaseResponse:
        """One release."""
        country = request.country or current_sender().country
        who, found = await self._step(
            request, lambda steps, who: _visible(steps, who, [country] if country else [])
        )
        kept = [
            each
            for each in found
            if each.period == request.period
            and (not request.vintage or each.vintage == request.vintage)
        ]
        if not country or not kept:
            raise not_found("there is no such release, or none that this credential may see")
        return pb.GetReleaseResponse(release=messages.release(kept[-1], who.country))

    async def GetReleasePolicy(  # noqa: N802
        self,
        request: pb.GetReleasePolicyRequest,
        context: grpc.aio.ServicerContext[pb.GetReleasePolicyRequest, pb.GetReleasePolicyResponse],
    ) -> pb.GetReleasePolicyResponse:
        """When periods are released by themselves."""
        _, policy = await self._step(request, lambda steps, who: steps.archive.policy(who.country))
        return pb.GetReleasePolicyResponse(policy=messages.policy(policy))

    async def SetReleasePolicy(  # noqa: N802
        self,
        request: pb.SetReleasePolicyRequest,
        context: grpc.aio.ServicerContext[pb.SetReleasePolicyRequest, pb.SetReleasePolicyResponse],
    ) -> pb.SetReleasePolicyResponse:
        """The same, from an administrator."""

        def set_policy(steps: Steps, who: Sender) -> pb.ReleasePolicy:
            told = messages.policy_told(request.policy, steps.today())
            steps.archive.set_policy(who.country, told, who.subject)
            return messages.policy(told)

        _, policy = await self._step(request, set_policy)
        return pb.SetReleasePolicyResponse(policy=policy)

    async def _step(
        self, request: Message, step: Callable[[Steps, Sender], Answer]
    ) -> tuple[Sender, Answer]:
        """Who asks, and the answer of a step for them."""
        require_well_formed(request)
        who = current_sender()
        with _refusals():
            return who, await self._office.do(lambda steps: step(steps, who))


def _visible(steps: Steps, who: Sender, countries: Iterable[str]) -> list[Release]:
    """The releases that the caller may see: of other countries only what is public."""
    own = [who.country] if who.country else steps.archive.published_by_anybody()
    found = []
    for country in countries or own:
        found += steps.archive.vintages(country)
        if country == who.country:
            found += steps.archive.drafts(country)
    return sorted(found, key=lambda each: (each.country, each.period, each.vintage))


@contextmanager
def _refusals() -> Iterator[None]:
    """What a step does not do, as a status."""
    try:
        yield
    except Unknown as unknown:
        raise not_found(str(unknown)) from None
    except DraftedAnew as changed:
        raise Refusal(grpc.StatusCode.ABORTED, "DRAFTED_ANEW", str(changed)) from None
    except NotNow as early:
        details = [messages.precondition(early.leaks)] if early.leaks else []
        reason = "SMALL_NUMBERS" if early.leaks else "NOT_NOW"
        code = grpc.StatusCode.FAILED_PRECONDITION
        raise Refusal(code, reason, str(early), details) from None
