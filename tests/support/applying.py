"""`gtms grafana` in tests: settings that find a Grafana, and some of the dashboards."""

import json
import shutil
from itertools import groupby, islice
from pathlib import Path

from gtms.config import ClickHouse, Grafana, Settings, project_root
from gtms.grafana.apply import Plan, applied, planned
from gtms.grafana.compiled import INDEX
from tests.support.grafana import PASSWORD

COMPILED = project_root() / "dashboards" / "compiled"
SECRET = "the-operator's-secret"
KENYA, UGANDA = "GTMS Kenya (KEN)", "GTMS Uganda (UGA)"
ACCOUNTS = ("grafana_operator", "international", "ministry_ken", "ministry_uga")


def found_at(place_url: str, folder: Path, **changes: object) -> Settings:
    secrets = {"grafana": PASSWORD, "clickhouse": SECRET}
    for name, secret in secrets.items():
        (folder / name).write_text(secret + "\n")
    shown = folder / "dashboards"
    if not shown.exists():
        some_of_each(shown)
    place = {"url": place_url, "password_file": folder / "grafana", "dashboards": shown} | changes
    return Settings(
        grafana=Grafana(**place), clickhouse=ClickHouse(password_file=folder / "clickhouse")
    )


def some_of_each(shown: Path) -> None:
    """The first two dashboards of each audience, as they are compiled."""
    index = json.loads((COMPILED / INDEX).read_text())
    for language in index:
        several = groupby(language["dashboards"], key=lambda one: one["audience"])
        language["dashboards"] = [one for _, own in several for one in islice(own, 2)]
        (shown / language["language"]).mkdir(parents=True)
        for one in language["dashboards"]:
            name = f"{language['language']}/{one['uid']}.json"
            shutil.copy(COMPILED / name, shown / name)
    (shown / INDEX).write_text(json.dumps(index))


def apply(settings: Settings, *ministries: str) -> Plan:
    plan = planned(settings, ministries)
    applied(plan, settings, lambda _: None)
    return plan


def said_of(settings: Settings, **organisations: dict[str, object]) -> Settings:
    """The same settings with a file that says this of organisations."""
    file = settings.grafana.password_file.with_name("organisations.toml")
    lines = [
        f"[{name}]\n" + "\n".join(f"{key} = {json.dumps(value)}" for key, value in said.items())
        for name, said in organisations.items()
    ]
    file.write_text("\n".join(lines))
    place = settings.grafana.model_copy(update={"organisations_file": file})
    return settings.model_copy(update={"grafana": place})
