"""Plans for a whole Grafana, and carrying them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gtms.config import Settings
from gtms.grafana.client import Client
from gtms.grafana.contents import DATA_SOURCE, Contents, Found, Json, Kind
from gtms.grafana.organisation import found, make
from gtms.grafana.organisations import ministry_names, organisations
from gtms.grafana.plan import Change, Verb, changes
from gtms.grafana.wanted import wanted
from gtms.trouble import Trouble
from gtms.warehouse import passwords


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be changed.

    Attributes:
        changes: in the order in which they are made.
        by_files: names of organisations that provisioning files bring, which are left to them.
    """

    changes: tuple[Change, ...]
    by_files: tuple[str, ...]


def planned(settings: Settings, ministries: Iterable[str]) -> Plan:
    """What would bring Grafana to what it should be, for the ministries of these countries.

    Everything that can be known to be wrong is found here, before anything is changed. What is ours
    in the organisation of a ministry that is not among them any more goes; the organisation stays.

    Raises:
        Trouble: Grafana cannot be provisioned, or what should be in it is not known.
    """
    _secrets(settings)
    intended: dict[str, Contents] = {
        one.name: wanted(one, settings) for one in organisations(settings.grafana, ministries)
    }
    client = Client(settings.grafana)
    client.check()
    there = client.organisations()
    left = sorted((ministry_names() & set(there)) - set(intended))
    seen = {name: _found(client, there.get(name)) for name in (*intended, *left)}
    made = [one for name in seen for one in changes(name, intended.get(name, {}), seen[name])]
    return Plan(tuple(made), tuple(name for name in seen if seen[name].by_files))


def applied(plan: Plan, settings: Settings, said: Callable[[Change], None]) -> None:
    """Make the changes, and tell of each when it is made.

    What was interrupted is brought to its end by planning and applying again.

    Raises:
        Trouble: Grafana refused one, or a data source that was changed does not work.
    """
    secrets = _secrets(settings)
    client = Client(settings.grafana)
    numbers = client.organisations()
    inside: dict[str, Client] = {}
    for change in plan.changes:
        name = change.organisation
        if change.kind is Kind.ORGANISATION:
            numbers[name] = client.create_organisation(change.key)
        else:
            inside[name] = inside.get(name) or client.inside(numbers[name])
            make(inside[name], change, secrets)
        said(change)
    for change in plan.changes:
        if change.kind is Kind.DATA_SOURCE and change.verb is not Verb.REMOVE:
            _check(inside[change.organisation], change.organisation)


def _check(client: Client, organisation: str) -> None:
    why = client.health(DATA_SOURCE)
    if why is not None:
        raise Trouble(f"the data source of {organisation} does not work: {why}")


def _found(client: Client, number: int | None) -> Found:
    return Found() if number is None else found(client.inside(number))


def _secrets(settings: Settings) -> Callable[[str], Json]:
    """What is secret of a data source, by its account of ClickHouse."""
    server = settings.clickhouse
    try:
        secret = server.password()
        authorities = {"tlsCACert": server.ca_file.read_text()} if server.ca_file else {}
    except OSError as wrong:
        raise Trouble(f"{wrong.filename}: {wrong.strerror}") from None
    if not secret:
        raise Trouble("name the file of the operator's password: GTMS_CLICKHOUSE__PASSWORD_FILE")
    return lambda account: {"password": passwords.derived(secret, account), **authorities}
