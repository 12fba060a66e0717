"""What a page is: a few drawn records, and the cells of one indicator that follow from them.

Where a page gives one cell of a table in a period, it gives all cells that the table then has. A
note that begins with the name of a trap says where that trap is laid: `# death: …`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from tests.spec.indicators import notation
from tests.support import population
from tests.support.drawn_tables import Row, Table, drawn
from tests.support.oracle import CellValue, Profile, RecordMessage
from treatment.profiles.v1.profile_pb2 import CountryProfileRecord

AS_OF = date(2026, 9, 30)
ABSENT = "absent"
"""Drawn where there must be no cell."""
WITHOUT_VALUE = {"NOT_AVAILABLE", "NOT_MATURED"}


class Trap(StrEnum):
    """What is easily counted wrongly; every one is laid on some page."""

    TRANSFER = "transfer"
    OVERLAP = "overlap"
    DEATH = "death"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    NOT_APPLICABLE = "not applicable"
    NOT_STRUCTURED = "not structured"
    STALE = "stale"
    COARSE_DATE = "coarse date"
    NOT_MATURED = "not matured"
    LEAP_YEAR = "leap year"
    YEAR_START = "year from April"
    CORRECTED = "corrected"
    RETRACTED = "retracted"
    TWO_SEXES = "two sexes"
    NOTHING_TO_DIVIDE_BY = "nothing to divide by"


@dataclass(frozen=True, slots=True)
class Expected:
    """One cell of the page's indicator; `value` is None where there must be none."""

    period: str
    measure: str
    by: str
    key: str
    value: CellValue | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One indicator, shown.

    Attributes:
        indicator: its id. question: what it answers, for a reader who knows no formula. cells: what
        is expected: `period`, `cell` (`total`, or its labels as `sex=MALE|setting=…`), `measure`
        (else `value`), `value` (a number, a fraction as `100/3`, or a status), `numerator` (else
        the value) and `denominator`. depends_on: the parameters of a country that it is counted
        with, beside its year. profile: those that are not the usual ones here. releases: totals
        that were published. All others: drawn records, in the columns of `notation`.
    """

    indicator: str
    question: str
    cells: str
    episodes: str = ""
    outcomes: str = ""
    facilities: str = ""
    capacities: str = ""
    assessments: str = ""
    trainings: str = ""
    participants: str = ""
    estimates: str = ""
    releases: str = ""
    depends_on: tuple[str, ...] = ()
    profile: Profile = field(default_factory=Profile)

    @property
    def tables(self) -> dict[str, Table]:
        """What is drawn of records, by the word for them."""
        return {
            name: table
            for name in (
                "facilities",
                "capacities",
                "assessments",
                "episodes",
                "outcomes",
                "trainings",
                "participants",
                "estimates",
                "releases",
            )
            if (table := drawn(getattr(self, name))).rows
        }

    @property
    def expected(self) -> tuple[Expected, ...]:
        return tuple(_expected(row) for row in drawn(self.cells).rows)

    @property
    def traps(self) -> frozenset[Trap]:
        notes = [row.note for table in self.tables.values() for row in table.rows]
        notes += [each.note for each in self.expected]
        return frozenset(trap for note in notes for trap in traps_of(note))

    def records(self, country: str) -> list[RecordMessage]:
        """As the country sends them and the server passes them on, in the order of the page."""
        told = [population.received(message, country, at) for message, at in self._told(country)]
        if self.profile != Profile():
            told.append(population.received(_profile_record(self.profile), country))
        return told

    def _told(self, country: str) -> Iterator[notation.Received]:
        empty = Table((), ())
        tables = self.tables
        admitted = tables.get("episodes", empty)
        yield from notation.facilities(tables.get("facilities", empty))
        yield from notation.capacities(tables.get("capacities", empty))
        yield from notation.assessments(tables.get("assessments", empty))
        yield from notation.episodes(admitted)
        yield from notation.outcomes(tables.get("outcomes", empty), admitted)
        yield from notation.trainings(tables.get("trainings", empty))
        yield from notation.participants(tables.get("participants", empty))
        yield from notation.estimates(tables.get("estimates", empty), country)


def traps_of(note: str) -> tuple[Trap, ...]:
    """The traps that a note names, before its colon if it has one."""
    named = [each.strip() for each in note.partition(":")[0].split(",")]
    return tuple(trap for trap in Trap if trap in named)


def _expected(row: Row) -> Expected:
    where = row.words["cell"]
    key = "" if where == "total" else where
    by = ",".join(each.partition("=")[0] for each in key.split("|")) if key else ""
    return Expected(
        row.words["period"], row.words.get("measure", "value"), by, key, _value(row), row.note
    )


def _value(row: Row) -> CellValue | None:
    word = row.words["value"]
    if word == ABSENT:
        return None
    if word in WITHOUT_VALUE:
        return CellValue(None, _amount(row, "numerator"), _amount(row, "denominator"), word)
    is_count = not {"numerator", "denominator"} & set(row.columns)
    numerator = float(Fraction(word)) if is_count else _amount(row, "numerator")
    return CellValue(float(Fraction(word)), numerator, _amount(row, "denominator"), "OK")


def _amount(row: Row, name: str) -> float | None:
    return float(Fraction(row.words[name])) if name in row.words else None


def _profile_record(profile: Profile) -> CountryProfileRecord:
    return population.profile(
        journey_gap_days=profile.journey_gap_days,
        entrant_gap_days=profile.entrant_gap_days,
        stale_days=profile.stale_days,
        year_start=profile.year_start,
        alcohol_included=profile.alcohol_included,
        attribute_episode={"LAST": 1, "FIRST": 2}[profile.attribute_episode],
    )
