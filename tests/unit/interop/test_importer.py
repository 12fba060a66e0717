"""From the first row to the last, whatever happens in between."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from gtms.events.failures import Unavailable
from gtms.families import FAMILIES
from gtms.interop.importer import Job, run
from gtms.interop.journal import Identity, Journal
from gtms.interop.mapping import load
from gtms.interop.report import Report
from gtms.interop.sending import Stamp, ThisMachine
from gtms.interop.source import inspect, read_layout
from gtms.interop.tally import ACCEPTED, FLAGGED, REJECTED, Tally
from gtms.interop.teds import TedsConversion, variable_named
from gtms.interop.template import TemplateConversion, knows
from tests.support.interop_files import ADMISSION_COLUMNS, admission_row, teds_d, write

IDENTITY = Identity("sha", "", "admission", "KEN", "here:1", "")
ADMISSION = FAMILIES["admission"]


def now():
    return datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@dataclass
class Service:
    """Judges as a service does, and goes away after `breaks_after` calls."""

    breaks_after: int = 10**9
    seen: list = field(default_factory=list)

    async def answers(self, family, records):
        if len(self.seen) >= self.breaks_after:
            raise Unavailable("127.0.0.1:1 did not take the records: gone")
        self.seen.append((family.name, [outgoing.row for outgoing in records]))
        return await ThisMachine("KEN", now).answers(family, records)


def job(path, service, tmp_path, report=None, window_rows=4, mapping=None):
    source = inspect(path)
    if mapping:
        chosen = load(mapping)
        layout = read_layout(source, lambda name: variable_named(chosen, name) is not None)
        conversion = TedsConversion(chosen, layout)
    else:
        layout = read_layout(source, lambda name: knows(ADMISSION, name))
        conversion = TemplateConversion(ADMISSION, layout)
    stamp = Stamp("test", source.sha256, now)
    journal = Journal(tmp_path / "imports", IDENTITY)
    return Job(
        source,
        layout,
        conversion,
        stamp,
        service,
        report or Report(None, path),
        journal,
        window_rows,
    )


def ignore(position, tally, findings):
    pass


def rows_sent(service):
    return Counter(row for _, rows in service.seen for row in rows)


@pytest.fixture
def ten(tmp_path):
    """Ten admissions; the third is rejected by the rules, the fifth cannot be read."""
    rows = [admission_row(number) for number in range(1, 11)]
    rows[2] = admission_row(3, age_at_admission="60")
    rows[4] = admission_row(5, sex="banana")
    return write(tmp_path, "ten.csv", ADMISSION_COLUMNS, rows)


async def test_bad_rows_spoil_nothing_and_are_told(ten, tmp_path):
    service, tally = Service(), Tally()
    path = tmp_path / "report.csv"
    positions = []
    with Report(path, ten) as report:
        await run(job(ten, service, tmp_path, report), tally, lambda *now: positions.append(now[0]))
    assert (tally.rows, tally.rejected_rows, tally.last_row, tally.finished) == (10, 2, 11, True)
    assert tally.records == {("admission", ACCEPTED): 8, ("admission", REJECTED): 1}
    assert {rule.rule_id: times for rule, times in tally.rules.items()} == {"R034": 1, "R006": 1}
    lines = path.read_text().splitlines()
    assert lines[1].startswith("4,F-1/E-00003,admission,ERROR,R034,age_at_admission,")
    assert lines[2].startswith("6,F-1/E-00005,admission,ERROR,R006,sex,")
    assert "banana" not in path.read_text()
    assert positions == sorted(positions)
    assert positions[-1] == ten.stat().st_size


async def test_an_interrupted_import_goes_on_behind_the_last_settled_window(ten, tmp_path):
    first, tally = Service(breaks_after=2), Tally()
    with pytest.raises(Unavailable):
        await run(job(ten, first, tmp_path), tally, ignore)
    stored = Journal(tmp_path / "imports", IDENTITY).load()
    assert stored == tally
    assert (stored.last_row, stored.finished) == (9, False)
    second = Service()
    await run(job(ten, second, tmp_path), stored, ignore)
    assert rows_sent(second).keys() == {10, 11}
    assert rows_sent(first) + rows_sent(second) == Counter(set(range(2, 12)) - {6})
    whole = Tally()
    await run(job(ten, Service(), tmp_path), whole, ignore)
    assert stored == whole


async def test_a_window_that_broke_half_way_is_sent_again_whole(tmp_path):
    service, tally = Service(breaks_after=4), Tally()
    path = teds_d(tmp_path)
    with pytest.raises(Unavailable):
        await run(job(path, service, tmp_path, mapping="teds-d"), tally, ignore)
    assert (
        tally.last_row == 5
    )  # facilities, admissions, outcomes of the first window; then one call
    again = Service()
    await run(job(path, again, tmp_path, mapping="teds-d"), tally, ignore)
    assert tally.rows == 12
    assert {row for _, rows in again.seen for row in rows} == set(range(6, 14))


async def test_what_is_referred_to_goes_first(tmp_path):
    service, tally = Service(), Tally()
    await run(
        job(teds_d(tmp_path), service, tmp_path, window_rows=100, mapping="teds-d"), tally, ignore
    )
    assert [family for family, _ in service.seen] == ["facility", "admission", "outcome"]
    assert tally.records["facility", ACCEPTED] == 6
    assert tally.records["admission", ACCEPTED] + tally.records["admission", FLAGGED] == 12
    assert tally.records["outcome", ACCEPTED] == 12
    assert tally.rejected_rows == 0
    assert tally.losses["LOS", "days", "more than a year: lower end"] == 1


async def test_memory_does_not_grow_with_the_file(tmp_path):
    count = 3000
    path = write(
        tmp_path, "many.csv", ADMISSION_COLUMNS, [admission_row(number) for number in range(count)]
    )
    alive = []

    class Counting(Service):
        async def answers(self, family, records):
            alive.append(len(records))
            return await super().answers(family, records)

    tally = Tally()
    await run(job(path, Counting(), tmp_path, window_rows=100), tally, ignore)
    assert tally.rows == count
    assert max(alive) == 100


async def test_every_record_says_where_it_comes_from(ten, tmp_path):
    seen = []

    class Looking(Service):
        async def answers(self, family, records):
            seen.extend(outgoing.record.envelope for outgoing in records)
            return await super().answers(family, records)

    await run(job(ten, Looking(), tmp_path), Tally(), ignore)
    digest = inspect(ten).sha256[:16]
    assert seen[0].idempotency_key == f"{digest}/2/ADMISSION"
    assert len({envelope.idempotency_key for envelope in seen}) == len(seen) == 9
    assert all(envelope.submitted_at.ToDatetime(UTC) == now() for envelope in seen)
    assert {envelope.source_system_id for envelope in seen} == {"test"}


def test_a_journal_that_cannot_be_understood_is_no_journal(tmp_path):
    journal = Journal(tmp_path, IDENTITY)
    assert journal.load() is None
    for text in ("", "{}", "[]", '{"last_row": "x"}'):
        journal.path.write_text(text)
        assert journal.load() is None


def test_a_journal_belongs_to_one_file_reading_country_and_target():
    names = {
        Identity(*values).name
        for values in (
            ("a", "", "admission", "KEN", "h:1", ""),
            ("b", "", "admission", "KEN", "h:1", ""),
            ("a", "", "outcome", "KEN", "h:1", ""),
            ("a", "teds-a", "", "KEN", "h:1", ""),
            ("a", "", "admission", "UGA", "h:1", ""),
            ("a", "", "admission", "KEN", "h:2", ""),
            ("a", "", "admission", "KEN", "h:1", "2"),
        )
    }
    assert len(names) == 7


def test_counts_survive_the_journal(ten, tmp_path):
    tally = Tally()
    asyncio.run(run(job(ten, Service(), tmp_path), tally, ignore))
    assert Tally.from_json(tally.to_json()) == tally
