"""Releases over gRPC: who may do what, and who sees what when."""

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from tests.integration.release.conftest import LATE
from tests.support.releasing import (
    ADMINISTRATOR,
    MINISTRY,
    NEIGHBOUR,
    PERIOD,
    TODAY,
    UNODC,
    bearer,
    people,
    published,
)
from tests.support.vintages import publish
from treatment.indicators.v1 import indicators_pb2
from treatment.releases.v1 import releases_pb2 as pb


async def release(services, country="KEN", reason="") -> pb.Release:
    """The quarter drafted, reviewed and published."""
    ministry, administrator = bearer(f"dev-{country}"), bearer(f"admin-{country}")
    of = {"period": PERIOD}
    draft = await services.releases.DraftRelease(
        pb.DraftReleaseRequest(**of, reason=reason), metadata=ministry
    )
    of["content_hash"] = draft.release.content_hash
    await services.releases.ReviewRelease(pb.ReviewReleaseRequest(**of), metadata=ministry)
    answer = await services.releases.PublishRelease(
        pb.PublishReleaseRequest(**of), metadata=administrator
    )
    return answer.release


async def listed(services, who, **fields) -> list[tuple[str, int, str]]:
    answer = await services.releases.ListReleases(pb.ListReleasesRequest(**fields), metadata=who)
    return [
        (each.period, each.vintage, pb.ReleaseState.Name(each.state)) for each in answer.releases
    ]


async def refused(call) -> grpc.aio.AioRpcError:
    with pytest.raises(grpc.aio.AioRpcError) as problem:
        await call
    return problem.value


async def test_others_see_a_release_once_it_is_published(services):
    await services.releases.DraftRelease(pb.DraftReleaseRequest(period=PERIOD), metadata=MINISTRY)
    assert await listed(services, MINISTRY) == [(PERIOD, 1, "RELEASE_STATE_DRAFT")]
    for who in (UNODC, NEIGHBOUR):
        assert await listed(services, who, countries=["KEN"]) == []
        assert await services.cells(who, countries=["KEN"], source="SOURCE_PUBLISHED") == []
    public = await release(services)
    assert public.published_by == "admin-KEN"
    for who in (UNODC, NEIGHBOUR):
        assert await listed(services, who, countries=["KEN"]) == [
            (PERIOD, 1, "RELEASE_STATE_PUBLISHED")
        ]
        (cell,) = await services.cells(who, countries=["KEN"], source="SOURCE_PUBLISHED")
        assert (cell.country, cell.value, cell.vintage) == ("KEN", 60, 1)
        assert cell.HasField("published_at")
        assert cell.HasField("coverage")
        assert (cell.linkage, cell.parameters["k_threshold"]) == (100, "5")


async def test_who_made_a_release_is_told_to_its_country_only(services):
    await release(services)
    for who, by in ((MINISTRY, "admin-KEN"), (UNODC, ""), (NEIGHBOUR, "")):
        answer = await services.releases.GetRelease(
            pb.GetReleaseRequest(country="KEN", period=PERIOD), metadata=who
        )
        assert answer.release.published_by == by


async def test_a_ministry_reads_its_provisional_figures_unless_it_asks_for_published_ones(services):
    (cell,) = await services.cells(MINISTRY)
    assert (cell.value, cell.vintage, cell.HasField("published_at")) == (60, 0, False)
    assert await services.cells(MINISTRY, source="SOURCE_PUBLISHED") == []


@pytest.mark.parametrize("country", ["KEN", "TZA"])
async def test_provisional_figures_of_another_country_are_refused_whether_or_not_there_are_any(
    services, country
):
    for who in (UNODC, NEIGHBOUR):
        error = await refused(services.cells(who, countries=[country], source="SOURCE_PROVISIONAL"))
        assert error.code() is grpc.StatusCode.PERMISSION_DENIED
        assert error.details() == (
            "this credential reads the provisional figures of its own country only;"
            " of others, what they have published (source)"
        )


async def test_a_draft_of_another_country_and_none_look_the_same(services):
    await services.releases.DraftRelease(pb.DraftReleaseRequest(period=PERIOD), metadata=MINISTRY)
    answers = {
        (
            await refused(
                services.releases.GetRelease(
                    pb.GetReleaseRequest(country=country, period=PERIOD), metadata=NEIGHBOUR
                )
            )
        ).details()
        for country in ("KEN", "TZA")
    }
    assert answers == {"there is no such release, or none that this credential may see"}


async def test_late_records_enter_the_next_vintage_and_both_can_be_asked_for(
    services, engine, growing
):
    first = await release(services, growing)
    before = await services.cells(UNODC, by=["sex"])
    engine.take(people(LATE, growing), TODAY)
    assert await services.cells(UNODC, by=["sex"]) == before
    assert [cell.value for cell in await services.cells(bearer(f"dev-{growing}"))] == [90]
    second = await release(services, growing)
    assert (first.vintage, second.vintage) == (1, 2)
    assert [cell.value for cell in await services.cells(UNODC)] == [90]
    assert await services.cells(UNODC, by=["sex"], vintage=1) == before
    between, earlier = Timestamp(), Timestamp()
    between.FromMilliseconds(second.published_at.ToMilliseconds() - 1)
    assert await services.cells(UNODC, by=["sex"], as_known_at=between) == before
    earlier.FromMilliseconds(first.published_at.ToMilliseconds() - 1)
    assert await services.cells(UNODC, by=["sex"], as_known_at=earlier) == []
    assert await listed(services, UNODC) == [
        (PERIOD, 1, "RELEASE_STATE_REVISED"),
        (PERIOD, 2, "RELEASE_STATE_PUBLISHED"),
    ]


async def test_the_third_vintage_needs_a_reason(services, engine):
    for vintage in (1, 2):
        publish(engine.stored, "KEN", PERIOD, vintage, {"A02": 60})
    error = await refused(release(services))
    assert (error.code(), error.details()) == (
        grpc.StatusCode.FAILED_PRECONDITION,
        "vintage 3 needs a reason for the revision, which is public (reason)",
    )
    assert (await release(services, reason="late reports")).reason == "late reports"


async def test_what_publishing_would_change(services, engine, growing):
    await release(services, growing)
    engine.take(people(LATE, growing), TODAY)
    of, ministry = {"period": PERIOD}, bearer(f"dev-{growing}")
    await services.releases.DraftRelease(pb.DraftReleaseRequest(**of), metadata=ministry)
    preview = await services.releases.PreviewRelease(
        pb.PreviewReleaseRequest(**of, indicators=["A02"], most_cells=1), metadata=ministry
    )
    assert (preview.against, preview.release.vintage) == (1, 2)
    (change,) = preview.cells
    assert (change.cell.indicator, dict(change.cell.dimensions)) == ("A02", {})
    assert (change.before, change.after) == (60, 90)
    counted = {each.indicator: each for each in preview.indicators}
    assert counted["A02"].changed >= 1
    assert preview.left_off == counted["A02"].changed + counted["A02"].added - 1


async def test_the_policy_of_a_country(services):
    asked = pb.GetReleasePolicyRequest()
    assert not (
        await services.releases.GetReleasePolicy(asked, metadata=MINISTRY)
    ).policy.ListFields()
    policy = pb.ReleasePolicy(year_days=90, month_days=0)
    request = pb.SetReleasePolicyRequest(policy=policy)
    error = await refused(services.releases.SetReleasePolicy(request, metadata=MINISTRY))
    assert error.code() is grpc.StatusCode.PERMISSION_DENIED
    await services.releases.SetReleasePolicy(request, metadata=ADMINISTRATOR)
    answer = await services.releases.GetReleasePolicy(asked, metadata=MINISTRY)
    assert answer.policy == policy


async def test_who_may_not(services):
    calls = services.releases
    draft = pb.DraftReleaseRequest(period=PERIOD)
    publish = pb.PublishReleaseRequest(period=PERIOD, content_hash="a" * 64)
    for call in (
        calls.DraftRelease(draft, metadata=UNODC),
        calls.PublishRelease(publish, metadata=MINISTRY),
        calls.PublishRelease(publish, metadata=UNODC),
    ):
        assert (await refused(call)).code() is grpc.StatusCode.PERMISSION_DENIED


async def test_pages_of_many_countries_join_to_the_whole(services, steps, growing):
    published(steps)
    published(steps, growing)
    whole = await services.cells(UNODC, by=["sex"], countries=[growing, "KEN"])
    for size in (1, 2, 1000):
        assert await services.cells(UNODC, by=["sex"], page_size=size) == whole
    assert [cell.country for cell in whole] == sorted(cell.country for cell in whole)
    assert {cell.country for cell in whole} == {"KEN", growing}


async def test_a_page_sequence_reads_the_vintages_of_its_first_page(
    services, engine, steps, growing
):
    published(steps, growing)
    request = indicators_pb2.QueryCellsRequest(
        indicators=["A02"], periods=[PERIOD], by=["sex"], page_size=1
    )
    first = await services.indicators.QueryCells(request, metadata=UNODC)
    engine.take(people(LATE, growing), TODAY)
    published(steps, growing)
    request.page_token = first.next_page_token
    second = await services.indicators.QueryCells(request, metadata=UNODC)
    assert {cell.vintage for cell in (*first.cells, *second.cells)} == {1}
