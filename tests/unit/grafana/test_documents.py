"""docs/grafana.md says what there is."""

import re
from pathlib import Path

from gtms.config import Grafana
from gtms.grafana.alerts import ALERTS

TEXT = (Path(__file__).parents[3] / "docs" / "grafana.md").read_text()


def test_every_setting_is_explained() -> None:
    table = TEXT.split("## Settings")[1].split("##")[0]
    told = re.findall(
        r"`([A-Z_]+)`", " ".join(row.split("|")[1] for row in table.splitlines() if row[:1] == "|")
    )
    assert set(told) == {name.upper() for name in Grafana.model_fields}


def test_every_alert_is_listed_with_its_playbook() -> None:
    for alert in ALERTS:
        assert f"| [{alert.title}](playbooks/{alert.name}.md) | {alert.audience} |" in TEXT
    assert TEXT.count("(playbooks/") == len(ALERTS)
