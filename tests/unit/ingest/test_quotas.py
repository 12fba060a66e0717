"""What one country asks for is taken from its own quota, and its work waits behind its own."""

import asyncio

import pytest
from google.rpc.error_details_pb2 import RetryInfo

from gtms.ingest.quotas import LONGEST_REST_S, RECENT_S, REST, Pace, Places, Rate, Turns
from gtms.ingest.refusals import Refusal


class Clock:
    """A clock that the test turns."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def ns(self) -> int:
        """The same in whole nanoseconds."""
        return round(self.now * 1e9)


def refused(rate: Rate, country: str, number: int = 1, patience_s: float = 0.0) -> float:
    """The seconds that the refusal says to wait."""
    with pytest.raises(Refusal, match="quota of your country") as refusal:
        rate.take(country, number, patience_s)
    assert refusal.value.code.name == "RESOURCE_EXHAUSTED"
    (retry,) = (each for each in refusal.value.details if isinstance(each, RetryInfo))
    return retry.retry_delay.ToMilliseconds() / 1000


def test_a_burst_is_taken_at_once_and_then_so_many_a_second() -> None:
    clock = Clock()
    rate = Rate("records", 10.0, 30, clock.ns)
    assert rate.take("KEN", 30) == 0.0
    assert refused(rate, "KEN", 5) == pytest.approx(0.5)
    clock.now += 0.5
    assert rate.take("KEN", 5) == 0.0
    assert refused(rate, "KEN") == pytest.approx(0.1)
    clock.now += 1000
    assert rate.take("KEN", 30) == 0.0, "a pause fills the bucket"
    assert refused(rate, "KEN", 1) == pytest.approx(0.1, abs=0.01), "and never more than that"


def test_a_refused_request_takes_nothing() -> None:
    rate = Rate("records", 10.0, 10, Clock().ns)
    refused(rate, "KEN", 11)
    assert rate.take("KEN", 10) == 0.0


@pytest.mark.parametrize(("per_s", "burst"), [(0.001, 1), (100.0, 1000), (2000.0, 20_000)])
def test_a_full_bucket_is_taken_to_its_last_whatever_the_clock_says(
    per_s: float, burst: int
) -> None:
    for started in range(50):
        rate = Rate("calls", per_s, burst, Clock(1234.5678 + 20_011.111 * started).ns)
        assert {rate.take("KEN") for _ in range(burst)} == {0.0}
        refused(rate, "KEN")


def test_every_country_has_a_quota_of_its_own() -> None:
    rate = Rate("calls", 1.0, 1, Clock().ns)
    rate.take("KEN")
    refused(rate, "KEN")
    assert rate.take("UGA") == 0.0


def test_who_is_patient_is_told_how_long_to_wait_up_to_a_limit() -> None:
    rate = Rate("records", 10.0, 10, Clock().ns)
    rate.take("KEN", 10)
    assert rate.take("KEN", 20, patience_s=5.0) == pytest.approx(2.0)
    assert rate.take("KEN", 30, patience_s=5.0) == pytest.approx(5.0)
    assert refused(rate, "KEN", 1, patience_s=5.0) == pytest.approx(5.1)


def test_a_country_has_so_many_calls_open_and_no_more() -> None:
    places = Places(2)
    places.take("KEN")
    places.take("KEN")
    with pytest.raises(Refusal, match="2 calls of a country"):
        places.take("KEN")
    places.take("UGA")
    places.leave("KEN")
    places.take("KEN")


async def test_countries_take_turns_however_much_one_has_waiting() -> None:
    turns, done, go = Turns(1), list[str](), asyncio.Event()

    async def work(country: str) -> None:
        async with turns.turn(country):
            await go.wait()
            done.append(country)

    flood = [asyncio.create_task(work("USA")) for _ in range(20)]
    await asyncio.sleep(0)
    others = [asyncio.create_task(work(country)) for country in ("KEN", "UGA", "KEN")]
    await asyncio.sleep(0)
    go.set()
    await asyncio.gather(*flood, *others)
    assert done[:7] == ["USA", "USA", "KEN", "UGA", "USA", "KEN", "USA"]
    assert len(done) == 23


async def test_a_turn_that_is_given_up_goes_to_the_next() -> None:
    turns = Turns(1)
    async with turns.turn("KEN"):
        waiting = [asyncio.ensure_future(enter(turns, country)) for country in ("UGA", "MEX")]
        await asyncio.sleep(0)
        waiting[0].cancel()
    await asyncio.wait_for(waiting[1], 1)
    await asyncio.wait_for(enter(turns, "KEN"), 1)


async def enter(turns: Turns, country: str) -> None:
    async with turns.turn(country):
        pass


async def test_a_turn_cancelled_just_as_it_comes_is_not_lost() -> None:
    turns = Turns(1)
    async with turns.turn("KEN"):
        late = asyncio.ensure_future(enter(turns, "UGA"))
        await asyncio.sleep(0)
    late.cancel()
    with pytest.raises(asyncio.CancelledError):
        await late
    await asyncio.wait_for(enter(turns, "KEN"), 1)


async def test_a_country_has_no_more_than_its_share_at_a_time() -> None:
    turns, done, go = Turns(4, each=2), list[str](), asyncio.Event()

    async def work(country: str) -> None:
        async with turns.turn(country):
            done.append(country)
            await go.wait()

    begun = [asyncio.create_task(work(country)) for country in ("USA",) * 5 + ("KEN", "UGA")]
    await asyncio.sleep(0)
    assert done == ["USA", "USA", "KEN", "UGA"], "there was room for those who came last"
    go.set()
    await asyncio.wait_for(asyncio.gather(*begun), 1)
    assert done.count("USA") == 5


def test_bulk_work_rests_while_others_make_single_calls() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert pace.rest_s("USA", 0.001) == 0.0
    pace.single("USA")
    assert pace.rest_s("USA", 0.001) == 0.0, "its own calls are its own affair"
    assert pace.rest_s("KEN", 0.001) == pytest.approx(REST * 0.001)
    assert pace.rest_s("KEN", 60.0) == LONGEST_REST_S
    clock.now += RECENT_S
    assert pace.rest_s("KEN", 0.001) == 0.0
