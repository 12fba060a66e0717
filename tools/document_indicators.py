"""Writes docs/indicators/ from the catalogue and the specification pages.

python -m tools.document_indicators          writes
python -m tools.document_indicators --check  fails when what is there is not what it would write
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import compress
from pathlib import Path

from gtms.indicators.catalogue import CATALOGUE
from gtms.indicators.definition import POOLED, Indicator, Part, Quantiles, Ratio
from gtms.query.answers import definition
from gtms.records.effects import Effect, State, excluding
from gtms.records.rules import RULES
from tests.spec.indicators.columns import EXIT, spelled
from tests.spec.indicators.page import ABSENT, AS_OF, Expected, Page, Trap
from tests.spec.indicators.pages import PAGES
from tests.support.drawn_tables import Row, Table
from tests.support.oracle import Profile

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "indicators"

THEMES = {
    "A": "Who is in treatment, and how many would need it",
    "B": "Entering treatment",
    "C": "Groups among those who enter",
    "D": "Criminal justice",
    "E": "Injecting and infections",
    "F": "Staying in treatment",
    "G": "Leaving treatment, and what has changed",
    "H": "Recovery, months later",
    "I": "Deaths",
    "J": "Services and their quality",
    "K": "Trainings",
    "L": "How far the figures can be trusted",
}
PUBLISHING = {
    "PR-N": "National counts in the fixed tables are exact; 1 to 4 are suppressed, and as many "
    "other cells as it takes that no suppressed one can be found by subtraction.",
    "PR-S": "Counts below the nation, and in tables of three dimensions: 1 to 4 become `<5`, "
    "others the nearest 5.",
    "PR-R": "Rates, shares and means need 20 or more in the denominator; below the nation a "
    "numerator of 1 to 4, or as near to its denominator, is suppressed.",
    "mature": "No value, and the status NOT_MATURED, until the follow-up has passed.",
    "exact": "Never suppressed: not about persons.",
    "n>=": "At least so many in the denominator.",
    "deaths": "A rate needs 5 deaths; with fewer, three years are taken together.",
}
PARAMETERS = {
    "year_start": "The month in which years begin, and quarters with them; months never move.",
    "journey_gap_days": "More days than this without treatment end a journey.",
    "entrant_gap_days": "Who was in treatment within so many days before does not enter it.",
    "stale_days": "An open episode of which nothing was heard for longer counts as ended on the "
    "day of its last record.",
    "attribute_episode": "Whether the last start of the period describes an entrant, or the first.",
    "alcohol_included": "Whether treatment for alcohol or nicotine counts.",
    "min_linkage": "Below this share of linked episodes (L03), persons are called episodes: "
    "LOW_LINKAGE.",
}
STATES = {State.OPEN: "open", State.AWAITING: "awaiting what it refers to"}


def documents() -> dict[str, str]:
    """The text of every file of the folder, by name."""
    pages = {name: page for name, page in PAGES.items() if name in CATALOGUE}
    return {"README.md": _index(pages)} | {
        f"{name}.md": _document(CATALOGUE[name], page) for name, page in pages.items()
    }


def out_of_date() -> list[str]:
    """Names of files that are missing, differ from what would be written, or should not be."""
    wanted = documents()
    there = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.md")}
    return sorted(name for name in wanted | there if wanted.get(name) != there.get(name))


def write() -> None:
    """Write every file, and remove those of indicators that are no more."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = documents()
    for file in FOLDER.glob("*.md"):
        if file.name not in wanted:
            file.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def _index(pages: Mapping[str, Page]) -> str:
    lines = [
        "# Indicators",
        "",
        "Written by `make docs` from the definitions in `gtms/indicators/` and the pages in "
        "`tests/spec/indicators/`, whose examples are tests.",
        "",
    ]
    for letter, theme in THEMES.items():
        rows = [
            [f"[{name}]({name}.md)", CATALOGUE[name].title, page.question]
            for name, page in pages.items()
            if name.startswith(letter)
        ]
        lines += [f"## {letter}. {theme}", "", *_table(["", "indicator", "question"], rows), ""]
    traps = [[str(trap), _links(_laid(trap, pages))] for trap in Trap]
    return "\n".join(
        [
            *lines,
            "## Words of every page",
            "",
            "**Values.** The status of a value is OK, NOT_MATURED (the follow-up has not passed) "
            "or NOT_AVAILABLE (nothing to divide by). A combination of labels in which nobody was "
            "counted has no cell; the total always has one.",
            "",
            "**Tables.** Years have every smaller table of each table that is listed, down to the "
            "total; quarters and months the total and single dimensions. In a dimension that "
            "is marked * one unit may have several values, and counts in each of them.",
            "",
            "**Periods** are half open, in local dates: the first day belongs to them, the first "
            "day after does not.",
            "",
            "## Publishing rules",
            "",
            *_table(["rule", ""], [[f"`{name}`", words] for name, words in PUBLISHING.items()]),
            "",
            "## Parameters of a country",
            "",
            *_table(
                ["parameter", ""], [[f"`{name}`", words] for name, words in PARAMETERS.items()]
            ),
            "",
            "`k_threshold` and `rounding_base` change what is published, never what is counted.",
            "",
            "## Traps",
            "",
            "What is easily counted wrongly, and the pages whose example has it.",
            "",
            *_table(["trap", "pages"], traps),
            "",
        ]
    )


def _laid(trap: Trap, pages: Mapping[str, Page]) -> list[str]:
    return [name for name, page in pages.items() if trap in page.traps]


def _links(names: Iterable[str]) -> str:
    return " ".join(f"[{name}]({name}.md)" for name in names)


def _document(of: Indicator, page: Page) -> str:
    facts = [
        ["unit", of.unit_of_count],
        ["formula", of.formula],
        ["numerator", f"`{of.numerator}`"],
        *([["denominator", f"`{of.denominator}`"]] if of.denominator else []),
        ["periods", _periods(of)],
        ["adds up", _additive(of)],
        ["published", of.publishing_rule],
        *([["maturity", PUBLISHING["mature"]]] if _matures(of) else []),
        ["standard", of.source],
        ["parameters", ", ".join(f"`{name}`" for name in _parameters(of, page))],
        ["version", str(of.version)],
    ]
    return "\n".join(
        [
            f"# {of.id}. {of.title}",
            "",
            page.question,
            "",
            *_table(["", ""], facts),
            "",
            "## Tables",
            "",
            *_table(["value", "tables"], _tables(of)),
            "",
            *_section("What to know", [f"- {caveat}" for caveat in of.caveats]),
            *_section("What leaves a record out", _left_out(of)),
            *_example(page),
        ]
    )


def _section(title: str, lines: list[str]) -> list[str]:
    return [f"## {title}", "", *lines, ""] if lines else []


def _periods(of: Indicator) -> str:
    return "years" if all(part.yearly for part in of.parts) else "years, quarters, months"


def _additive(of: Indicator) -> str:
    names = [each.name for each in definition(of).dimensions if each.additive]
    return f"over {', '.join(f'`{name}`' for name in names)}" if names else "over no dimension"


def _matures(of: Indicator) -> bool:
    measures = [part.measure for part in of.parts]
    return "mature" in of.publishing_rule or any(
        isinstance(each, Ratio) and each.awaiting != "0" for each in measures
    )


def _parameters(of: Indicator, page: Page) -> list[str]:
    of_persons = ["min_linkage"] if of.unit_of_count.startswith("person") else []
    return ["year_start", *page.depends_on, *of_persons]


def _tables(of: Indicator) -> list[list[str]]:
    """A row for the values that have the same tables."""
    named: dict[str, list[str]] = {}
    for value in of.measures:
        parts = [part for part in of.parts if value in part.values]
        words = "; ".join(dict.fromkeys(each for part in parts for each in _tables_of(part)))
        if any(part.has_total for part in parts):
            words = "total; " + words
        named.setdefault(words.removesuffix("; "), []).append(_value_words(value, parts))
    if of.pooled:
        next(iter(named.values())).append(f"`{POOLED}` (years)")
    return [[", ".join(values), words] for words, values in named.items()]


def _value_words(value: str, parts: list[Part]) -> str:
    levels = {
        name: level
        for part in parts
        if isinstance(part.measure, Quantiles)
        for name, level in part.measure.levels
    }
    return f"`{value}` (quantile {levels[value]})" if value in levels else f"`{value}`"


def _tables_of(part: Part) -> Iterator[str]:
    for table in part.tables:
        marked = [f"`{name}`{'*' if name in part.population.sets else ''}" for name in table]
        if marked:
            yield " × ".join(marked)


def _left_out(of: Indicator) -> list[str]:
    rows = [_effect(each) for each in excluding(of.id)]
    return (
        _table(["rule", "asks that", "while", "what becomes of the record"], rows) if rows else []
    )


def _effect(effect: Effect) -> list[str]:
    return [effect.rule_id, RULES[effect.rule_id].text, STATES[effect.state], effect.text]


def _example(page: Page) -> list[str]:
    lines = ["## Example", "", f"As of {AS_OF}{_unusual(page.profile)}.", ""]
    for name, table in page.tables.items():
        lines += [f"**{name.capitalize()}**", "", *_drawn(name, table), ""]
    heads = ["period", "cell", "measure", "value", "numerator", "denominator", ""]
    rows = [_cell(each, page) for each in page.expected]
    return [*lines, "**Cells**", "", *_filled(heads, rows), ""]


def _filled(heads: list[str], rows: list[list[str]]) -> list[str]:
    """The table without columns in which nothing is said."""
    kept = [any(row[column] for row in rows) for column in range(len(heads))]
    heads, *rows = (list(compress(line, kept)) for line in [heads, *rows])
    return _table(heads, rows)


def _unusual(profile: Profile) -> str:
    usual = Profile()
    said = [
        f"`{name}` {getattr(profile, name)}"
        for name in Profile.__slots__
        if getattr(profile, name) != getattr(usual, name)
    ]
    return f", with {', '.join(said)}" if said else ""


def _drawn(name: str, table: Table) -> list[str]:
    heads = [column.replace(EXIT, "at discharge: ").replace("_", " ") for column in table.columns]
    rows = [[*_drawn_row(name, table, row), row.note] for row in table.rows]
    return _filled([*heads, ""], rows)


def _drawn_row(name: str, table: Table, row: Row) -> list[str]:
    return [
        spelled(name, column, row.words[column]) if column in row.words else ""
        for column in table.columns
    ]


def _cell(each: Expected, page: Page) -> list[str]:
    where = each.key.replace("|", ", ").replace("=", " = ") or "total"
    has_others = {other.measure for other in page.expected} != {"value"}
    named = [each.period, where, f"`{each.measure}`" if has_others else ""]
    if each.value is None:
        return [*named, ABSENT, "", "", each.note]
    value, numerator, denominator = each.value.value, each.value.numerator, each.value.denominator
    is_count = denominator is None and numerator == value
    return [
        *named,
        each.value.status if value is None else _amount(value),
        "" if is_count else _amount(numerator),
        _amount(denominator),
        each.note,
    ]


def _amount(number: float | None) -> str:
    if number is None:
        return ""
    return f"{number:.0f}" if number == int(number) else f"{number:.4g}"


def _table(heads: list[str], rows: Iterable[list[str]]) -> list[str]:
    lines = [heads, ["---"] * len(heads), *rows]
    return ["| " + " | ".join(word.replace("|", "\\|") for word in line) + " |" for line in lines]


def main() -> int:
    """Write, or say what is out of date."""
    if "--check" not in sys.argv[1:]:
        write()
        return 0
    stale = out_of_date()
    if stale:
        print(f"docs/indicators is out of date (run `make docs`): {', '.join(stale)}")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
