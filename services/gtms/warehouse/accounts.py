"""The accounts of ClickHouse: what each may do, which rows it sees, how much it may ask for.

Pure. `deploy/clickhouse/users.xml` and `deploy/clickhouse/access.sql` are written from here. Rights
are only what is listed: an account without a row filter of its own on a table would read all of it,
so each has one for every table that it is granted, also where it says that all rows are meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from iso3166 import countries

from gtms.families import FAMILIES
from gtms.ingest.client import service_of
from gtms.warehouse.problems import shown_key

OPERATOR = "gtms"
VIEWS = "gtms_views"
INTERNATIONAL = "international"
AUDITOR = "auditor"
GRAFANA_OPERATOR = "grafana_operator"
MINISTRY = "ministry_"
PROFILES = "trainings"
"""The service that takes profiles, one at a time, and reads them back."""

EVERY_ROW = "1"
OWN_COUNTRIES = "published.own_countries"
OWN_COUNTRY = f"country IN (SELECT country FROM {OWN_COUNTRIES})"
"""Looked up at every query, so that a row in `ops.acl` takes effect at once."""

OF_OWN_COUNTRY = (
    "published.released",
    "published.released_in",
    "published.released_over",
    "published.provisional",
    "published.provisional_in",
    "published.provisional_over",
    "published.periods",
    "published.releases",
    "published.open_problems",
)
"""What a ministry reads."""
OF_ALL_COUNTRIES = (
    "published.worldwide",
    "published.worldwide_in",
    "published.worldwide_over",
    "published.worldwide_releases",
)
"""What UNODC reads."""
OF_THE_PIPELINE = tuple(
    f"ops.pipeline_{name}"
    for name in (
        "partitions",
        "received",
        "dead_letters",
        "countries",
        "snapshots",
        "calls",
        "overdue",
        "parts",
    )
)
"""What dashboards of operators read."""

DATABASES = ("registry", "indicators", "published", "ops")


class Profile(Enum):
    """How an account may work: the services without limits of theirs, readers with."""

    SERVICE = "service"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class Grant:
    """Rights on the tables of a database, on one, or (`*.*`) on the server."""

    rights: str
    on: str


@dataclass(frozen=True, slots=True)
class Account:
    """One account.

    Attributes:
        purpose: who has it, in a few words.
        filters: by `database.table`, which rows it sees, as an expression of ClickHouse.
        signs_in: False for one that only lends its rights to views.
    """

    name: str
    purpose: str
    profile: Profile
    grants: Sequence[Grant]
    filters: Mapping[str, str]
    signs_in: bool = True


def ministry(country: str) -> str:
    """The account of the ministry of a country (ISO 3166-1 alpha-3)."""
    return f"{MINISTRY}{country.lower()}"


def process_account(process: str) -> str:
    """The account of a service, or of the processor, by its name."""
    return f"gtms_{process}"


def accounts(tables: Sequence[str]) -> tuple[Account, ...]:
    """Every account; `tables` are those that the migrations make, as `database.table`."""
    return (
        _operator(tables),
        *_ingest(tables),
        _processor(tables),
        _indicators(tables),
        _views(tables),
        _reader(AUDITOR, "who reads the audit, and only that", {"ops.audit": EVERY_ROW}),
        _reader(
            INTERNATIONAL,
            "UNODC: what is published, of every country",
            dict.fromkeys(OF_ALL_COUNTRIES, EVERY_ROW),
        ),
        _reader(
            GRAFANA_OPERATOR,
            "operators' dashboards: how the pipeline does",
            dict.fromkeys(OF_THE_PIPELINE, EVERY_ROW),
        ),
        *(_ministry(country) for country in sorted(one.alpha3 for one in countries)),
    )


def _operator(tables: Sequence[str]) -> Account:
    """Migrations, erasure, rebuilding: all of the four databases, and nothing outside of them."""
    grants = (
        *(Grant(_OWNER, f"{database}.*") for database in DATABASES),
        Grant("SELECT, SHOW", "*.*"),
        Grant("CREATE DATABASE, CREATE TEMPORARY TABLE, CREATE VIEW, DROP DATABASE", "*.*"),
        Grant("SYSTEM, KILL QUERY, BACKUP, INTROSPECTION", "*.*"),
        Grant("TABLE ENGINE", "*"),
        Grant("SET DEFINER", VIEWS),
    )
    return _service(OPERATOR, "the operator and `gtms migrate`", grants, tables)


_OWNER = "SELECT, INSERT, ALTER, CREATE, DROP, UNDROP TABLE, TRUNCATE, OPTIMIZE, SHOW, dictGet"
_AUDITED = (Grant("SELECT, INSERT", "ops.audit"),)


def _ingest(tables: Sequence[str]) -> Iterator[Account]:
    read_back: dict[str, list[str]] = {}
    for family in FAMILIES.values():
        service = PROFILES if family.name == "profile" else service_of(family)
        named = (f"registry.{family.table}", f"registry.{family.name}_revisions")
        read_back.setdefault(service, []).extend(one for one in named if one in tables)
    for service, own in sorted(read_back.items()):
        grants = (*(Grant("SELECT", table) for table in own), *_AUDITED)
        name = process_account(service)
        yield _service(name, f"the {service} service reads its records back", grants, tables)


def _processor(tables: Sequence[str]) -> Account:
    grants = (
        Grant("SELECT, INSERT, ALTER DELETE, ALTER UPDATE", "registry.*"),
        Grant("SELECT, INSERT, ALTER DELETE, ALTER UPDATE", "indicators.*"),
        Grant("SELECT", "published.*"),
        Grant("SELECT, INSERT", "ops.watermarks"),
        *(Grant("INSERT", table) for table in ("ops.ends", "ops.dead_letters", "ops.received")),
        Grant("SELECT, INSERT", "ops.days"),
        Grant("SELECT", "ops.erased"),
        Grant("CREATE TEMPORARY TABLE", "*.*"),
        Grant("TABLE ENGINE", "*"),
        *_AUDITED,
    )
    return _service(process_account("processor"), "the loader and the agents", grants, tables)


def _indicators(tables: Sequence[str]) -> Account:
    """Reads cells and problems, of a problem's record only its natural key; makes releases."""
    grants = (
        Grant("SELECT", "indicators.*"),
        Grant("SELECT, INSERT", "published.*"),
        *(
            Grant("SELECT, INSERT, ALTER DELETE, ALTER UPDATE", f"indicators.{table}")
            for table in ("releases", "release_cells")
        ),
        Grant("SELECT", "registry.problems"),
        *_keys(),
        Grant("SELECT, INSERT", "ops.release_policies"),
        Grant("SELECT", "ops.erasures"),
        *_AUDITED,
    )
    purpose = "the indicators service: cells, problems, releases"
    return _service(process_account("indicators"), purpose, grants, tables)


def _keys() -> Iterator[Grant]:
    for family in FAMILIES.values():
        names = ", ".join(dict.fromkeys(("country", "record_uid", *shown_key(family))))
        yield Grant(f"SELECT({names})", f"registry.{family.table}")


def _views(tables: Sequence[str]) -> Account:
    read = (
        "indicators.cells",
        "indicators.snapshots",
        "published.cells",
        "published.vintages",
        "ops.acl",
        *("ops.ends", "ops.watermarks", "ops.received", "ops.dead_letters", "ops.release_policies"),
        *("ops.audit", "indicators.touches"),
    )
    counted = "country, rule_id, severity, state, family, since, version, is_deleted"
    grants = (
        *(Grant("SELECT", table) for table in read),
        Grant(f"SELECT({counted})", "registry.problems"),
        Grant("SELECT(database, table, active, rows, bytes_on_disk)", "system.parts"),
        *(Grant("SHOW TABLES", f"{database}.*") for database in DATABASES),
    )
    filters = _filters(grants, tables)
    return Account(VIEWS, "lends views its rights", Profile.SERVICE, grants, filters, False)


def _ministry(country: str) -> Account:
    return _reader(
        ministry(country),
        f"ministry of {country}",
        {
            OWN_COUNTRIES: EVERY_ROW,
            **dict.fromkeys(OF_OWN_COUNTRY, OWN_COUNTRY),
        },
    )


def _reader(name: str, purpose: str, filters: Mapping[str, str]) -> Account:
    grants = tuple(Grant("SELECT", table) for table in filters)
    return Account(name, purpose, Profile.READER, grants, MappingProxyType(dict(filters)))


def _service(name: str, purpose: str, grants: Sequence[Grant], tables: Sequence[str]) -> Account:
    return Account(name, purpose, Profile.SERVICE, tuple(grants), _filters(grants, tables))


def _filters(grants: Sequence[Grant], tables: Sequence[str]) -> Mapping[str, str]:
    """Every row of every table that the grants are of."""
    granted = {grant.on for grant in grants}
    seen = [table for table in tables if table in granted or f"{table.split('.')[0]}.*" in granted]
    return MappingProxyType(dict.fromkeys(seen, EVERY_ROW))
