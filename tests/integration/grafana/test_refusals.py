"""What is wrong is said in one line by `gtms grafana`, and nothing is half done."""

from pathlib import Path

import pytest

from gtms.config import Settings
from gtms.grafana.contents import PLUGIN
from gtms.trouble import Trouble
from tests.support.applying import KENYA, apply, found_at, said_of
from tests.support.grafana import ADMIN, FakeGrafana

NOTHING_THERE = "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("state", "changes", "said"),
    [
        ({}, {"url": NOTHING_THERE}, "does not answer at http://127.0.0.1:9"),
        ({}, {"url": "grafana"}, "GTMS_GRAFANA__URL is no address"),
        ({}, {"user": "nobody"}, "does not let nobody in"),
        ({}, {"password_file": None}, "GTMS_GRAFANA__PASSWORD_FILE"),
        ({"plugins": {}}, {}, f"no plugin {PLUGIN}: install it"),
        ({"plugins": {PLUGIN: "3.3.0"}}, {}, "3.3.0 is too old"),
        ({"version": "10.4.19"}, {}, "Grafana 10.4.19: 11 or later is needed"),
        ({"administrators": set()}, {}, f"{ADMIN} is no server administrator"),
        ({}, {"dashboards": Path("/nowhere")}, "no compiled dashboards in /nowhere"),
    ],
)
def test_what_is_wrong_is_one_line_and_nothing_is_done(
    grafana: FakeGrafana,
    tmp_path: Path,
    state: dict[str, object],
    changes: dict[str, object],
    said: str,
) -> None:
    for name, value in state.items():
        setattr(grafana, name, value)
    with pytest.raises(Trouble, match=said) as trouble:
        apply(found_at(grafana.url, tmp_path, **changes), "KEN")
    assert "\n" not in str(trouble.value)
    assert grafana.writes == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[KEN", "is no TOML"),
        ("[KEN]\nlanguages = 'fr'", "languages: Extra inputs"),
        ("[Kenya]\nlanguage = 'fr'", "neither operators, nor international, nor a country"),
        ("[KEN]\nlanguage = 'xx'", "no dashboards in the language 'xx': choose one of en, fr"),
    ],
)
def test_a_file_of_organisations_that_makes_no_sense_is_one_line_and_nothing_is_done(
    grafana: FakeGrafana, settings: Settings, text: str, said: str
) -> None:
    settings = said_of(settings)
    settings.grafana.organisations_file.write_text(text)
    with pytest.raises(Trouble, match=said) as trouble:
        apply(settings, "KEN")
    assert "\n" not in str(trouble.value)
    assert grafana.writes == []


@pytest.mark.parametrize("refuses", [True, False])
def test_an_account_that_is_not_in_an_organisation_does_not_act_in_another(
    grafana: FakeGrafana, settings: Settings, refuses: bool
) -> None:
    grafana.refuses_strangers = refuses
    grafana.add(KENYA, member="somebody else")
    with pytest.raises(Trouble, match="is not in organisation 2 of Grafana: add it there as Admin"):
        apply(settings, "KEN")
    assert grafana.writes == []


def test_a_data_source_that_does_not_work_in_the_end_is_said(
    grafana: FakeGrafana, settings: Settings
) -> None:
    grafana.accounts.pop("ministry_ken")
    with pytest.raises(Trouble, match=r"data source of GTMS Kenya \(KEN\) does not work"):
        apply(settings, "KEN")
