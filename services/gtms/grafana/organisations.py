"""Which organisations Grafana should have: the operators', UNODC's, and one per ministry."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from iso3166 import countries_by_alpha3
from pydantic import BaseModel, ConfigDict, ValidationError

from gtms.config import Grafana
from gtms.grafana.compiled import Audience
from gtms.trouble import Trouble
from gtms.warehouse.accounts import GRAFANA_OPERATOR, INTERNATIONAL, ministry

INTERNATIONAL_NAME = "GTMS UNODC"
_OPERATORS, _INTERNATIONAL = "operators", "international"


class Said(BaseModel):
    """What the file of organisations says of one.

    Attributes:
        language: of its dashboards.
        contacts: who is told of alerts: addresses of e-mail, or of hooks, which begin with https://.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str = "en"
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation that Grafana should have.

    Attributes:
        account: of ClickHouse, with which its data source asks.
        said: its language and contacts.
    """

    name: str
    audience: Audience
    account: str
    said: Said


def organisations(place: Grafana, ministries: Iterable[str]) -> tuple[Organisation, ...]:
    """The operators', UNODC's, and those of these countries (ISO 3166-1 alpha-3).

    Raises:
        Trouble: the file of organisations cannot be read, or makes no sense.
    """
    said = _said(place.organisations_file)

    def of(name: str, audience: Audience, account: str, key: str) -> Organisation:
        return Organisation(name, audience, account, said.get(key, Said()))

    return (
        of(place.operators, Audience.OPERATOR, GRAFANA_OPERATOR, _OPERATORS),
        of(INTERNATIONAL_NAME, Audience.INTERNATIONAL, INTERNATIONAL, _INTERNATIONAL),
        *(
            of(ministry_name(country), Audience.MINISTRY, ministry(country), country)
            for country in sorted(ministries)
        ),
    )


def ministry_name(country: str) -> str:
    """The name of a ministry's organisation; `country` is ISO 3166-1 alpha-3."""
    return f"GTMS {countries_by_alpha3[country].name} ({country})"


def ministry_names() -> frozenset[str]:
    """The names of the organisations of all ministries that there could be."""
    return frozenset(map(ministry_name, countries_by_alpha3))


def _said(file: Path | None) -> Mapping[str, Said]:
    if file is None:
        return {}
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
        said = {name: Said.model_validate(table) for name, table in tables.items()}
    except OSError as wrong:
        raise Trouble(f"{file}: {wrong.strerror}") from None
    except tomllib.TOMLDecodeError as wrong:
        raise Trouble(f"{file} is no TOML: {wrong}") from None
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Trouble(f"{file}: {where or 'an organisation'}: {first['msg']}") from None
    for name in said:
        if name not in {_OPERATORS, _INTERNATIONAL, *countries_by_alpha3}:
            raise Trouble(
                f"{file}: [{name}] is neither operators, nor international, nor a country as KEN"
            )
    return said
