"""`gtms release` against a running service."""

import asyncio
import json
from collections.abc import Iterator

import pytest
from click.testing import Result
from structlog.testing import capture_logs
from typer.testing import CliRunner

from gtms.cli import indicators, release
from gtms.trouble import Trouble
from tests.support.releasing import PERIOD


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """What the service logs is not mixed with what the command says."""
    with capture_logs():
        yield


@pytest.fixture
def run(services, commands_find_stack):
    """Runs a command in a thread: the service lives in the loop of the test."""

    async def command(*words: str, of=release.app) -> Result:
        asked = [*words, "--country", "ken", "--target", services.target]
        return await asyncio.to_thread(CliRunner().invoke, of, asked, catch_exceptions=True)

    return command


def told(result: Result) -> dict:
    assert result.exit_code == 0, result.stderr
    (one,) = json.loads(result.stdout)
    return one


async def test_from_a_draft_to_what_everybody_reads(run):
    draft = told(await run("draft", PERIOD, "--json"))
    assert (draft["vintage"], draft["state"]) == (1, "RELEASE_STATE_DRAFT")
    preview = await run("preview", PERIOD, "--indicator", "a02")
    assert preview.exit_code == 0
    assert "it would be the first vintage" in preview.stdout
    early = await run("publish", PERIOD)
    assert isinstance(early.exception, Trouble)
    assert str(early.exception) == f"the draft of {PERIOD} has not been reviewed"
    assert told(await run("review", PERIOD, "--json"))["reviewed_by"] == "dev-KEN"
    public = told(await run("publish", PERIOD, "--json"))
    assert public["content_hash"] == draft["content_hash"]
    assert told(await run("publish", PERIOD, "--json")) == public
    assert told(await run("list", "--json")) == public
    shown = await run("show", PERIOD)
    assert "KEN 2025-Q1, vintage 1" in shown.stdout
    query = ("query", "A02", "--period", PERIOD, "--published")
    read = told(await run(*query, "--format", "json", of=indicators.app))
    assert (read["value"], read["vintage"]) == (60, 1)
    table = await run(*query, of=indicators.app)
    assert f"vintage 1, {public['published_at'][:10]}" in table.stdout


async def test_what_was_never_published(run):
    result = await run("query", "A02", "--period", PERIOD, "--published", of=indicators.app)
    assert result.exit_code == 0
    assert f"KEN {PERIOD}: nothing has been published yet" in result.stderr
    none = await run("show", PERIOD)
    assert str(none.exception) == "there is no such release, or none that this credential may see"
    assert (await run("list")).stderr == "No release.\n"


async def test_the_policy(run):
    assert (await run("policy")).stdout == "nothing is released by itself\n"
    said = await run("policy", "--year-days", "90", "--month-days", "30")
    assert said.stdout == "years 90 days after they end; months 30 days after they end\n"
    assert (await run("policy")).stdout == said.stdout
    assert (await run("policy", "--none")).stdout == "nothing is released by itself\n"


async def test_a_question_that_is_wrong(run):
    assert (await run("draft", "2025-Q5")).exit_code == 2
    assert (await run("policy", "--none", "--year-days", "1")).exit_code == 2
