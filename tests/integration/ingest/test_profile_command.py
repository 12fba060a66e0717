"""`gtms profile` as an administrator uses it: service, log and loader behind it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest

from gtms.stack.lifecycle import EmbeddedStack
from tests.integration.ingest.conftest import Serve
from tests.support.command import Said, gtms
from tests.support.loading import loading

Profile = Callable[..., Coroutine[Any, Any, Said]]


@pytest.fixture
async def profile(serve: Serve, stack: EmbeddedStack) -> AsyncIterator[Profile]:
    async with serve("trainings") as target, loading(stack.settings):

        async def run(*words: str) -> Said:
            return await asyncio.to_thread(gtms, "profile", *words, "--target", target)

        yield run


async def test_a_profile_is_set_read_kept_and_taken_back(profile: Profile) -> None:
    said = await profile("show", "--country", "MUS")
    assert said.code == 0, said.err
    assert "Nothing was set." in said.out

    said = await profile("set", "--country", "MUS", "--stale-days", "90", "--alcohol-excluded")
    assert said.code == 0, said.err
    assert "Revision 1." in said.out
    said = await profile(
        "set", "--country", "MUS", "--year-start", "7", "--attribute-episode", "first", "--json"
    )
    assert said.code == 0, said.err
    now = json.loads((await profile("show", "--country", "mus", "--json")).out)
    assert now == json.loads(said.out)
    assert now["record_version"] == 2
    assert now["parameters"]["min_linkage"] == 90
    assert now["set"] == {
        "stale_days": 90,
        "alcohol_included": False,
        "year_start": 7,
        "attribute_episode": "FIRST",
    }

    said = await profile("reset", "--country", "MUS")
    assert said.code == 0, said.err
    said = await profile("history", "--country", "MUS", "--json")
    told = json.loads(said.out)
    assert [each["record_version"] for each in told] == [3, 2, 1]
    assert [each["retracted"] for each in told] == [True, False, False]
    assert told[2]["set"] == {"stale_days": 90, "alcohol_included": False}
    assert (
        told[0]["parameters"]
        == json.loads((await profile("show", "--country", "RWA", "--json")).out)["parameters"]
    )
    listed = (await profile("history", "--country", "MUS")).out
    assert "taken back: the defaults" in listed
    assert "stale_days 90, alcohol_included False" in listed


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("set", "--country", "MUS"), 2, "name at least one parameter"),
        (("set", "--stale-days", "90"), 2, "which country's profile?"),
        (
            ("set", "--country", "MUS", "--stale-days", "90", "--token", "dev-MUS"),
            1,
            "gtms: this call needs the role administrator",
        ),
        (
            ("set", "--country", "MUS", "--year-start", "2"),
            1,
            "gtms: not accepted: year_start",
        ),
        (("set", "--country", "MUS", "--stale-days", "9" * 12), 2, "far out of range"),
        (("show", "--country", "XXX"), 1, "names no ISO 3166-1 alpha-3 country"),
    ],
)
async def test_what_is_refused_is_said(
    profile: Profile, words: tuple[str, ...], code: int, says: str
) -> None:
    said = await profile(*words)
    assert said.code == code
    assert says in " ".join(said.err.replace("│", " ").split())
    assert "Traceback" not in said.err


async def test_validate_only_stores_nothing(profile: Profile) -> None:
    said = await profile("set", "--country", "SYC", "--stale-days", "90", "--validate-only")
    assert (said.code, said.out) == (0, "")
    assert "would be accepted as revision 1" in said.err
    assert "Nothing was set." in (await profile("show", "--country", "SYC")).out


def test_a_service_that_is_away_is_one_line() -> None:
    said = gtms("profile", "show", "--country", "KEN", "--target", "127.0.0.1:1")
    assert said.code == 1
    assert said.err.count("\n") == 1
    assert "does not answer: start it" in said.err
