"""The problem list as a country reads it, over problems of real records."""

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

import grpc
import pytest
from click.testing import Result
from structlog.testing import capture_logs
from typer.testing import CliRunner

from gtms.cli.problems import app
from gtms.query.problems import ProblemPages
from gtms.query.selection import InvalidQuery
from gtms.query.server import running
from gtms.trouble import Trouble
from tests.support.population import admission, capacity, discharge, facility, pseudonym, received
from tests.support.problems import Judging
from treatment.common.v1 import codes_pb2 as codes
from treatment.quality.v1 import quality_pb2 as pb
from treatment.quality.v1 import quality_pb2_grpc

KEY = bytes(range(32))
AS_OF = date(2026, 9, 30)
MONDAY = datetime(2026, 9, 28, 8, 0, tzinfo=UTC)
WEDNESDAY = datetime(2026, 9, 30, 8, 0, tzinfo=UTC)
NOON = datetime(2026, 9, 30, 12, 0, tzinfo=UTC)

FIRST, SECOND = (admission("p1", f"2026-0{month}-01", episode_id=f"E{month}") for month in (5, 8))
NOWHERE = admission("p2", "2026-09-01", facility_id="F7")
EARLY_END = discharge(admission("p3", "2026-09-01"), "2026-09-20", 11)
ON_MONDAY = [facility(), FIRST, SECOND, NOWHERE]
ON_WEDNESDAY = [EARLY_END, capacity("F7")]


@pytest.fixture(scope="module")
def judging(stack) -> Iterator[Judging]:
    """Kenya with an overlap, and three records that wait: one for two days, two since today."""
    opened = Judging(stack.settings.clickhouse)
    opened.forget_everything()
    for country in ("KEN", "UGA"):
        opened.take((received(each, country, MONDAY) for each in ON_MONDAY), AS_OF)
        opened.take((received(each, country, WEDNESDAY) for each in ON_WEDNESDAY), AS_OF)
    opened.take([received(facility("F7"), "UGA", WEDNESDAY)], AS_OF)
    yield opened
    opened.forget_everything()
    opened.close()


@pytest.fixture
def pages(judging, reader) -> ProblemPages:
    return ProblemPages(reader, KEY, now=lambda: NOON)


async def listed(pages: ProblemPages, **wanted) -> list[tuple[str, str]]:
    answer = await pages.page("KEN", pb.ListProblemsRequest(filter=pb.ProblemFilter(**wanted)))
    return [(each.rule_id, pb.ProblemState.Name(each.state)[14:]) for each in answer.problems]


async def test_what_contradicts_and_what_has_waited_for_a_day(pages):
    assert await listed(pages) == [("R030", "AWAITING"), ("R063", "OPEN")]


@pytest.mark.parametrize(
    ("wanted", "rules"),
    [
        ({"states": [pb.PROBLEM_STATE_AWAITING]}, ["R016", "R030", "R070"]),
        ({"states": [pb.PROBLEM_STATE_OPEN]}, ["R063"]),
        (
            {"states": [pb.PROBLEM_STATE_OPEN, pb.PROBLEM_STATE_AWAITING]},
            ["R016", "R030", "R063", "R070"],
        ),
        ({"rules": ["R063", "R070"]}, ["R063"]),
        ({"families": [codes.RECORD_FAMILY_OUTCOME]}, []),
        ({"families": [codes.RECORD_FAMILY_ADMISSION]}, ["R030", "R063"]),
        ({"facility_id": "F7"}, ["R030"]),
        ({"facility_id": "F1"}, ["R063"]),
    ],
)
async def test_filters(pages, wanted, rules):
    assert [rule for rule, _ in await listed(pages, **wanted)] == rules


async def test_since(pages):
    asked = pb.ProblemFilter(states=[pb.PROBLEM_STATE_AWAITING])
    asked.since.FromDatetime(WEDNESDAY)
    answer = await pages.page("KEN", pb.ListProblemsRequest(filter=asked))
    assert [each.rule_id for each in answer.problems] == ["R016", "R070"]


async def test_a_problem_names_records_as_their_sender_does(pages):
    answer = await pages.page("KEN", pb.ListProblemsRequest())
    overlap = answer.problems[1]
    assert overlap.record.family == codes.RECORD_FAMILY_ADMISSION
    assert dict(overlap.record.key) == {"facility_id": "F1", "episode_id": "E8"}
    assert [dict(each.key) for each in overlap.related] == [
        {"facility_id": "F1", "episode_id": "E5"}
    ]
    assert overlap.since.ToDatetime(UTC) == MONDAY
    assert "overlap" in overlap.message
    assert overlap.effect
    assert not overlap.excluded_from


async def test_a_record_that_has_not_come_is_named_by_its_id_alone(pages):
    asked = pb.ProblemFilter(rules=["R070"], states=[pb.PROBLEM_STATE_AWAITING])
    answer = await pages.page("KEN", pb.ListProblemsRequest(filter=asked))
    (waiting,) = answer.problems
    assert dict(waiting.record.key) == {
        "facility_id": "F1",
        "outcome_id": EARLY_END.record.outcome_id,
        "episode_id": "p3-2026-09-01",
    }
    assert [len(each.record_uid) for each in waiting.related] == [36]
    assert not waiting.related[0].key
    assert "A" in waiting.excluded_from


async def test_no_person_is_in_any_answer(pages):
    asked = pb.ProblemFilter(states=[pb.PROBLEM_STATE_OPEN, pb.PROBLEM_STATE_AWAITING])
    page = await pages.page("KEN", pb.ListProblemsRequest(filter=asked))
    summary = await pages.summary("KEN", pb.SummarizeProblemsRequest(filter=asked))
    for person in ("p1", "p2", "p3"):
        assert pseudonym(person) not in f"{page}{summary}"


async def test_pages_follow_each_other_and_belong_to_their_question(pages):
    asked = pb.ProblemFilter(states=[pb.PROBLEM_STATE_OPEN, pb.PROBLEM_STATE_AWAITING])
    request = pb.ListProblemsRequest(filter=asked, page_size=3)
    first = await pages.page("KEN", request)
    request.page_token = first.next_page_token
    second = await pages.page("KEN", request)
    found = [each.rule_id for page in (first, second) for each in page.problems]
    assert found == ["R016", "R030", "R063", "R070"]
    assert not second.next_page_token
    request.filter.rules.append("R063")
    with pytest.raises(InvalidQuery, match="page_token"):
        await pages.page("KEN", request)
    del request.filter.rules[:]
    with pytest.raises(InvalidQuery, match="page_token"):
        await pages.page("UGA", request)


async def test_all_pages_list_by_the_hour_of_the_first(judging, reader):
    """What has waited for a day only at the second page is on no page of the sequence."""
    now = [NOON]
    pages = ProblemPages(reader, KEY, now=lambda: now[0])
    request = pb.ListProblemsRequest(page_size=1)
    first = await pages.page("KEN", request)
    now[0] = NOON + timedelta(minutes=10)
    request.page_token = first.next_page_token
    second = await pages.page("KEN", request)
    assert [each.rule_id for page in (first, second) for each in page.problems] == ["R030", "R063"]
    now[0] = NOON + timedelta(minutes=26)
    with pytest.raises(InvalidQuery, match="expired"):
        await pages.page("KEN", request)


async def test_summary(pages):
    asked = pb.ProblemFilter(states=[pb.PROBLEM_STATE_OPEN, pb.PROBLEM_STATE_AWAITING])
    answer = await pages.summary("KEN", pb.SummarizeProblemsRequest(filter=asked))
    assert [(each.rule_id, each.open, each.awaiting) for each in answer.rules] == [
        ("R016", 0, 1),
        ("R030", 0, 1),
        ("R063", 1, 0),
        ("R070", 0, 1),
    ]
    overlap = answer.rules[2]
    assert [(each.facility_id, each.problems) for each in overlap.most] == [("F1", 1)]
    assert overlap.facilities == 1
    assert overlap.oldest.ToDatetime(UTC) == MONDAY
    assert (await pages.summary("TZA", pb.SummarizeProblemsRequest())).rules == []


@pytest.fixture
def logged() -> Iterator[list[Mapping[str, object]]]:
    with capture_logs() as lines:
        yield lines


@pytest.fixture
async def service_at(stack, judging, logged) -> AsyncIterator[str]:
    ports = stack.settings.ports.model_copy(update={"indicators": 0})
    async with running(stack.settings.model_copy(update={"ports": ports})) as port:
        yield f"127.0.0.1:{port}"


async def test_each_country_sees_its_own(service_at, logged):
    async with grpc.aio.insecure_channel(service_at) as channel:
        service = quality_pb2_grpc.QualityServiceStub(channel)
        for country, rules in (("KEN", ["R030", "R063"]), ("UGA", ["R063"]), ("TZA", [])):
            answer = await service.ListProblems(
                pb.ListProblemsRequest(
                    filter=pb.ProblemFilter(families=[codes.RECORD_FAMILY_ADMISSION])
                ),
                metadata=(("authorization", f"Bearer dev-{country}"),),
            )
            assert [each.rule_id for each in answer.problems] == rules
    said = [line for line in logged if line["event"] == "read problems"]
    assert [(line["country"], line["problems"]) for line in said] == [
        ("KEN", 2),
        ("UGA", 1),
        ("TZA", 0),
    ]


async def problems(service_at: str, *words: str) -> Result:
    """The command in a thread: the service lives in the loop of the test."""
    return await asyncio.to_thread(
        CliRunner().invoke, app, [*words, "--target", service_at], catch_exceptions=True
    )


async def test_command_lists(service_at, commands_find_stack, monkeypatch):
    monkeypatch.setattr("gtms.query.client.PROBLEMS_A_PAGE", 1)
    shown = await problems(service_at, "list", "-c", "KEN", "--facility", "F1", "-r", "r063")
    assert shown.exit_code == 0
    assert "E8 F1" in shown.stdout
    assert "admission E5 F1" in shown.stdout
    everything = ("list", "-c", "KEN", "--state", "open", "--state", "awaiting")
    rows = list(
        csv.DictReader(io.StringIO((await problems(service_at, *everything, "--csv")).stdout))
    )
    assert [row["rule"] for row in rows] == ["R016", "R030", "R063", "R070"]
    assert rows[2]["key"] == "episode_id=E8 facility_id=F1"
    listed = json.loads((await problems(service_at, *everything, "--json")).stdout)
    assert [each["rule_id"] for each in listed] == ["R016", "R030", "R063", "R070"]


async def test_command_summarizes(service_at, commands_find_stack):
    shown = await problems(service_at, "summary", "-c", "KEN", "--rule", "R063")
    assert shown.exit_code == 0
    assert "F1 1" in shown.stdout
    rows = await problems(service_at, "summary", "-c", "KEN", "--rule", "R063", "--csv")
    assert [row["open"] for row in csv.DictReader(io.StringIO(rows.stdout))] == ["1"]
    told = await problems(service_at, "summary", "-c", "KEN", "--rule", "R063", "--json")
    assert json.loads(told.stdout)[0]["most"] == [{"facility_id": "F1", "problems": "1"}]


async def test_command_without_problems(service_at, commands_find_stack):
    for verb in ("list", "summary"):
        shown = await problems(service_at, verb, "-c", "TZA")
        assert shown.exit_code == 0
        assert shown.stderr == "No problems.\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("-c", "KEN", "--rule", "R31"), "named like R063"),
        (("-c", "KEN", "--rule", "R031"), "not a rule across records"),
        (("-c", "KEN", "--family", "visits"), "one of facility"),
        (("-c", "KEN", "--since", "yesterday"), "does not match"),
        ((), "which country's problems"),
    ],
)
async def test_command_with_a_wrong_question(service_at, commands_find_stack, words, says):
    for verb in ("list", "summary"):
        result = await problems(service_at, verb, *words)
        assert result.exit_code == 2
        assert says in " ".join(result.stderr.replace("│", " ").split())


async def test_command_when_the_service_is_away(commands_find_stack):
    result = await problems("127.0.0.1:1", "list", "-c", "KEN")
    assert isinstance(result.exception, Trouble)
    assert "does not answer" in str(result.exception)
