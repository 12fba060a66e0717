"""Writes deploy/grafana/provisioning: what the Grafana of docker-compose.yml begins with."""

import sys
from pathlib import Path

import yaml

from gtms.config import ClickHouse, Grafana, Settings, project_root
from gtms.grafana import files
from gtms.grafana.organisations import organisations

PLACE = Path("deploy/grafana/provisioning")
PASSWORD = "/var/lib/gtms-accounts/grafana_operator"
DASHBOARDS = "/etc/gtms/dashboards"
HEAD = "# Written by `make provisioning` from services/gtms/grafana.\n"


class Dumper(yaml.SafeDumper):
    """Writes text of several lines as it is read."""


def _text(dumper: Dumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


Dumper.add_representer(str, _text)


def documents() -> dict[Path, str]:
    """The text of each file, by its path below the project."""
    settings = Settings(clickhouse=ClickHouse(), grafana=Grafana())
    operators = organisations(settings.grafana, ())[0]
    made = {
        "datasources": files.data_sources(operators, settings, PASSWORD),
        "dashboards": files.dashboards(operators, settings, DASHBOARDS),
        "alerting": files.alerts(operators, settings),
    }
    return {
        PLACE / kind / "gtms.yaml": HEAD
        + yaml.dump(document, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=100)
        for kind, document in made.items()
    }


def main() -> int:
    """Write them, or say with --check which are not up to date."""
    made = {project_root() / path: text for path, text in documents().items()}
    stale = [path for path, text in made.items() if not path.is_file() or path.read_text() != text]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path.relative_to(project_root())}: run `make provisioning`", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made[path])
    return 0


if __name__ == "__main__":
    sys.exit(main())
