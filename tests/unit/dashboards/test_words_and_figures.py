"""Words are messages, all there and all needed; figures are those that the catalogue has."""

import re
from collections.abc import Iterator, Mapping

import pytest

from dashboards import COMPLETE, DASHBOARDS, Messages, messages
from dashboards.kit.messages import LANGUAGES, NoText, own_texts
from gtms.indicators.catalogue import CATALOGUE, tables_for
from gtms.records.periods import PeriodKind
from tests.unit.dashboards.pages import asked, every_page, panels

_READ = re.compile(r"indicators = \['(\w+)'\], by = (.*?), (?:period|like) = ", re.DOTALL)


class Noted(dict[str, str]):
    """Texts that remember which of them were asked for."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__(texts)
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.asked.add(key)
        return super().__getitem__(key)


def test_english_and_french_are_complete_and_others_have_no_key_of_their_own() -> None:
    english = own_texts("en")
    for language in LANGUAGES:
        own = own_texts(language)
        assert set(own) <= set(english), language
        assert all(text.strip() for text in own.values()), language
        assert language not in COMPLETE or set(own) == set(english)


def test_every_text_is_used() -> None:
    texts = Noted(own_texts("en"))
    for one in DASHBOARDS:
        one.build(Messages("en", texts))
    folders = {one.folder for one in DASHBOARDS}
    assert set(texts) - texts.asked - folders == set()


def test_another_language_falls_back_to_english_and_a_key_without_text_is_an_error() -> None:
    assert messages("zh")("ask.entrants.trend") == own_texts("en")["ask.entrants.trend"]
    with pytest.raises(NoText, match=r"no\.such\.key"):
        messages("fr")("no.such.key")


def read() -> Iterator[tuple[str, str, frozenset[str], frozenset[str]]]:
    """Where, indicator, measures and dimensions that a panel reads when nothing is chosen."""
    for _, _, page in every_page():
        for one in asked(page):
            for indicator, by in _READ.findall(one.sql):
                chosen = re.sub(r"if\([^)]*\)", "", by)
                names = frozenset(re.findall(r"'([a-z_0-9]+)'", chosen))
                measures = re.search(r"measure IN \(([^)]*)\)", one.sql)
                assert measures or "countIf(indicator" in one.sql, one.place
                named = measures[1] if measures else "'value'"
                yield one.place, indicator, frozenset(re.findall(r"\w+", named)), names


def test_panels_read_what_the_catalogue_publishes() -> None:
    found = list(read())
    assert len(found) > 100
    for place, indicator, measures, names in found:
        of = CATALOGUE[indicator]
        assert measures <= set(of.measures), place
        assert tuple(sorted(names)) in tables_for(of, PeriodKind.YEAR), (place, names)


def test_panels_say_what_their_indicators_are_in_the_words_of_the_catalogue() -> None:
    for _, _, page in every_page():
        for panel in panels(page):
            for target in panel.get("targets", []):
                for ids in re.findall(r"indicators = \[([^\]]*)\]", target["rawSql"]):
                    for one in re.findall(r"\w+", ids):
                        of = CATALOGUE[one]
                        assert of.title in panel["description"], panel["title"]
                        assert of.formula in panel["description"], panel["title"]
                        assert all(each in panel["description"] for each in of.caveats)
