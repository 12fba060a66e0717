"""What every compiled dashboard keeps to: Grafana 11 to 13 show it and nobody is misled."""

import json
import re
from collections import Counter
from itertools import combinations

from iso3166 import countries_by_alpha3

from dashboards import COMPLETE, DASHBOARDS
from dashboards.__main__ import out_of_date
from dashboards.kit import palette
from tests.unit.dashboards.pages import (
    Json,
    asked,
    every_page,
    every_statement,
    panels,
    variables,
)

MACROS = {
    "$__timeFilter",
    "$__timeInterval",
    "$__fromTime",
    "$__toTime",
    "$__interval_s",
    "$__conditionalAll",
}
COLOURS = {value for value in vars(palette).values() if str(value).startswith("#")} | {
    *palette.LABELS.values()
}


def test_what_is_compiled_is_what_the_code_makes() -> None:
    assert out_of_date() == [], "run `make dashboards`"


def test_uids_are_unique_and_name_the_dashboard() -> None:
    uids = [one.uid for one in DASHBOARDS]
    assert len(uids) == len(set(uids))
    assert all(re.fullmatch(r"gtms-[a-z-]{1,35}", uid) for uid in uids)
    assert all(page["uid"] == one.uid for one, _, page in every_page())


def test_grafana_11_to_13_read_it() -> None:
    for one, _, page in every_page():
        assert page["schemaVersion"] <= 42, one.uid
        assert page["timezone"] == "utc", one.uid
        assert page["tags"], one.uid
        assert "id" not in page, one.uid


def test_every_query_is_one_that_the_data_source_takes() -> None:
    for _, _, page in every_page():
        for one in asked(page):
            assert one.target["format"] in (0, 1), one.place
            assert one.target["editorType"] == "sql", one.place
            assert int(one.target["pluginVersion"].split(".")[0]) >= 4, one.place
            assert one.target["datasource"]["uid"] == "${datasource}", one.place
            if one.target["format"] == 0:
                assert re.search(r"ORDER BY time\b", one.sql), one.place


def test_the_data_source_is_a_variable_and_its_queries_plain_strings() -> None:
    for one, _, page in every_page():
        for panel in panels(page):
            assert panel.get("datasource", {}).get("uid", "${datasource}") == "${datasource}"
        by_name = variables(page)
        assert by_name["datasource"]["type"] == "datasource"
        assert by_name["datasource"]["current"]["value"] == "clickhouse"
        queries = [each for each in by_name.values() if each["type"] == "query"]
        assert all(isinstance(each["query"], str) for each in queries), one.uid
        assert all("allValue" not in each for each in by_name.values()), one.uid


def test_macros_are_those_that_mean_the_same_in_every_version() -> None:
    for place, sql, _ in every_statement():
        assert set(re.findall(r"\$__\w+", sql)) <= MACROS, place
        assert not re.search(r"--|/\*", sql), f"{place}: a comment"


def test_variables_are_escaped_and_defined() -> None:
    for place, sql, page in every_statement():
        used = re.findall(r"\$(?!__)(\{[^}]*\}|\w+)", sql)
        for one in used:
            assert one.endswith(":singlequote}"), f"{place}: {one}"
            assert one[1:].split(":")[0] in variables(page), f"{place}: {one}"


def test_every_choice_is_heeded_by_every_panel_or_the_panel_says_that_it_is_not() -> None:
    said = {"en": "only the period", "fr": "seules la période"}
    for one, language, page in every_page():
        chosen = {name for name in variables(page) if name != "datasource"}
        for panel in panels(page):
            heeded = {
                name
                for target in panel.get("targets", [])
                for name in chosen
                if f"${{{name}:singlequote}}" in target["rawSql"]
            }
            free = said[language] in panel["description"] or "${period" not in _sql(panel)
            assert heeded == chosen or free, f"{one.uid}: {panel['title']}: {chosen - heeded}"


def test_no_country_is_written_into_a_dashboard() -> None:
    for place, sql, _ in every_statement():
        named = {word for word in re.findall(r"'([A-Z]{3})'", sql) if word in countries_by_alpha3}
        assert not named, f"{place}: {named}"


def test_only_views_for_readers_are_read() -> None:
    for place, sql, _ in every_statement():
        read = set(re.findall(r"(?:FROM|JOIN)\s+([a-z_]+\.[a-z_]+)", sql))
        assert all(each.startswith(("published.", "ops.pipeline")) for each in read), place


def test_panels_stand_side_by_side_in_reading_order() -> None:
    for one, _, page in every_page():
        ids = [panel["id"] for panel in page["panels"]]
        assert len(ids) == len(set(ids)), one.uid
        for first, second in combinations(page["panels"], 2):
            assert not _overlap(first["gridPos"], second["gridPos"]), (one.uid, second.get("title"))
        places = [(panel["gridPos"]["y"], panel["gridPos"]["x"]) for panel in page["panels"]]
        assert places == sorted(places), f"{one.uid}: on a phone panels come in another order"
        for panel in page["panels"]:
            at = panel["gridPos"]
            assert at["x"] + at["w"] <= 24, (one.uid, panel["title"])
            assert at["w"] >= 4, (one.uid, panel["title"], "not readable")
            assert panel["type"] in ("row", "text") or at["h"] >= 4, (one.uid, panel["title"])


def test_lines_are_full() -> None:
    for one, _, page in every_page():
        widths: Counter[int] = Counter()
        for panel in page["panels"]:
            widths[panel["gridPos"]["y"]] += panel["gridPos"]["w"]
        assert set(widths.values()) == {24}, (one.uid, widths)


def test_every_panel_asks_one_question_and_says_what_it_means() -> None:
    for one, _, page in every_page():
        titles = [panel["title"] for panel in panels(page)]
        assert len(titles) == len(set(titles)), one.uid
        for panel in panels(page):
            if panel["type"] != "text":
                assert "?" in panel["title"], (one.uid, panel["title"])
                assert len(panel["targets"]) == 1, (one.uid, panel["title"])
            assert len(panel.get("description", "")) > 20, (one.uid, panel["title"])


def test_questions_can_be_read_whole_on_a_wide_screen() -> None:
    for one, language, page in every_page():
        for panel in panels(page):
            room = panel["gridPos"]["w"] * 80 - 30
            assert len(panel["title"]) * 7.2 <= room, (one.uid, language, panel["title"])


def test_what_is_withheld_is_said_and_nothing_is_stacked() -> None:
    for one, _, page in every_page():
        for panel in panels(page):
            config = panel["fieldConfig"]
            assert "mappings" not in config["defaults"], "no rows would be told as withheld"
            numbers = config["overrides"][0]
            assert numbers["matcher"] == {"id": "byType", "options": "number"}, panel["title"]
            texts = {
                each["options"].get("match", "infinite"): json.dumps(each["options"])
                for each in numbers["properties"][0]["value"]
            }
            assert set(texts) == {"null", "nan", "infinite"}, (one.uid, panel["title"])
            assert not any('"text": ""' in text or '"text": "0"' in text for text in texts.values())
            assert config["defaults"]["noValue"], (one.uid, panel["title"])
            assert config["defaults"]["unit"], (one.uid, panel["title"])
            drawn = config["defaults"].get("custom", {}).get("stacking", {"mode": "none"})
            assert drawn["mode"] == "none", (one.uid, panel["title"])
            assert panel["options"].get("stacking", "none") == "none", (one.uid, panel["title"])


def test_colours_can_be_told_apart() -> None:
    for one, _, page in every_page():
        text = json.dumps(page)
        assert set(re.findall(r"#[0-9A-Fa-f]{6}\b", text)) <= COLOURS, one.uid
        assert not re.search(r'"(dark-|light-|semi-)?(red|green)"', text), one.uid


def test_links_lead_to_dashboards_of_the_same_readers() -> None:
    audience = {one.uid: one.audience for one in DASHBOARDS}
    for one, _, page in every_page():
        for uid in re.findall(r'"/d/([\w-]+)\?', json.dumps(page)):
            assert audience[uid] is one.audience, (one.uid, uid)
        assert page["links"][0]["includeVars"], one.uid
        assert page["links"][0]["tags"] == page["tags"], one.uid


def test_releases_are_marked_where_figures_are_released() -> None:
    for one, _, page in every_page():
        if one.audience != "operator":
            assert page["annotations"]["list"], one.uid


def test_languages_differ_in_words_only() -> None:
    for one in DASHBOARDS:
        pages = [page for each, _, page in every_page() if each is one]
        shapes = [[(panel["type"], panel["gridPos"]) for panel in page["panels"]] for page in pages]
        assert len(pages) == len(COMPLETE)
        assert all(shape == shapes[0] for shape in shapes), one.uid


def _sql(panel: Json) -> str:
    return " ".join(target["rawSql"] for target in panel.get("targets", []))


def _overlap(one: Json, other: Json) -> bool:
    return bool(
        one["x"] < other["x"] + other["w"]
        and other["x"] < one["x"] + one["w"]
        and one["y"] < other["y"] + other["h"]
        and other["y"] < one["y"] + one["h"]
    )
