"""Alerts: each has a playbook, and is a rule as Grafana takes them."""

import re
from pathlib import Path

import pytest

from gtms.cli.main import NOUNS
from gtms.config import Settings
from gtms.grafana.alerts import ALERTS
from gtms.grafana.rules import Alert, rule

PLAYBOOKS = Path(__file__).parents[3] / "docs" / "playbooks"
EACH = pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert.name)
SECTIONS = (
    "**Who is told**",
    "**When**",
    "**What it means**",
    "**What to look at**",
    "**What to do**",
    "**It ends by itself**",
)


def test_every_alert_has_its_playbook_and_every_playbook_its_alert() -> None:
    assert {file.stem for file in PLAYBOOKS.iterdir()} == {alert.name for alert in ALERTS}


@EACH
def test_a_playbook_says_what_to_do(alert: Alert) -> None:
    text = (PLAYBOOKS / f"{alert.name}.md").read_text()
    assert text.startswith(f"# {alert.title}\n")
    places = [text.index(section) for section in SECTIONS]
    assert places == sorted(places)
    assert alert.audience.value in text.split("**When**")[0]
    assert {*re.findall(r"`gtms ([a-z-]+)", text)} <= set(NOUNS)
    for section, name in re.findall(r"`GTMS_([A-Z]+)__([A-Z_]+)`", text):
        assert hasattr(getattr(Settings(), section.lower()), name.lower())
    for link in re.findall(r"\]\(([^)#]+)", text):
        assert (PLAYBOOKS / link).is_file(), link


@EACH
def test_a_rule_links_its_playbook_and_says_what_is_wrong(alert: Alert) -> None:
    made = rule(alert, "https://gtms.example/playbooks/")
    assert made["annotations"]["runbook_url"] == (f"https://gtms.example/playbooks/{alert.name}.md")
    assert made["title"] == alert.title
    assert made["uid"] == f"gtms-{alert.name}"
    assert len(made["uid"]) <= 40


@EACH
def test_what_a_summary_names_is_a_column_of_the_answer(alert: Alert) -> None:
    for label in re.findall(r"\.Labels\.(\w+)", alert.summary):
        assert re.search(rf"\b{label}\b", alert.asked.split("FROM")[0]), label


@EACH
def test_a_rule_judges_one_answer_by_one_limit(alert: Alert) -> None:
    asked, verdict = rule(alert, "")["data"]
    assert asked["datasourceUid"] == "clickhouse"
    assert asked["model"]["format"] == 1
    assert verdict["model"]["expression"] == asked["refId"]
    assert verdict["model"]["conditions"][0]["evaluator"] == {"type": "gt", "params": [alert.above]}
    assert rule(alert, "")["condition"] == verdict["refId"]
    assert asked["relativeTimeRange"] == {"from": alert.back_s, "to": 0}
