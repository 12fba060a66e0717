"""`gtms grafana` against a Grafana that keeps what it is told, and refuses what Grafana refuses."""

import copy
from pathlib import Path
from typing import Any

import pytest

from gtms.config import Settings
from gtms.grafana.apply import Plan, applied, planned
from gtms.grafana.contents import ALERTS_FOLDER, DATA_SOURCE, PLUGIN, TEAM
from gtms.trouble import Trouble
from gtms.warehouse import passwords
from tests.support.applying import ACCOUNTS, KENYA, SECRET, UGANDA, apply, said_of
from tests.support.grafana import PASSWORD, FakeGrafana
from tests.support.grafana_organisation import Organisation

OVERVIEW = "gtms-national-overview"


def everything(grafana: FakeGrafana) -> Any:
    return [copy.deepcopy(vars(one)) for one in grafana.organisations.values()]


def access(organisation: Organisation, folder: str) -> list[tuple[object, int]]:
    teams = {number: team["name"] for number, team in organisation.teams.items()}
    return [
        (one.get("role") or teams.get(one["teamId"]), one["permission"])
        for one in organisation.permissions[folder]
    ]


def test_an_empty_grafana_gets_an_organisation_for_each(
    grafana: FakeGrafana, settings: Settings
) -> None:
    apply(settings, "KEN", "UGA")
    names = [one.name for one in grafana.organisations.values()]
    assert names == ["Main Org.", "GTMS operators", "GTMS UNODC", KENYA, UGANDA]


def test_a_ministry_gets_its_own_account_its_dashboards_and_nothing_else(
    grafana: FakeGrafana, settings: Settings
) -> None:
    apply(settings, "KEN")
    kenya = grafana.named(KENYA)
    source = kenya.sources[DATA_SOURCE]
    assert source["jsonData"]["username"] == "ministry_ken"
    assert source["jsonData"]["defaultDatabase"] == "published"
    assert source["secureJsonData"] == {"password": passwords.derived(SECRET, "ministry_ken")}
    assert OVERVIEW in kenya.dashboards
    assert not {"gtms-pipeline", "gtms-world-overview"} & set(kenya.dashboards)
    assert kenya.preferences["homeDashboardUID"] == OVERVIEW


def test_viewers_look_and_nobody_but_administrators_changes(
    grafana: FakeGrafana, settings: Settings
) -> None:
    apply(settings, "KEN")
    kenya = grafana.named(KENYA)
    assert ALERTS_FOLDER in kenya.folders
    for folder in kenya.folders:
        assert access(kenya, folder) == [(TEAM, 1), ("Viewer", 1)]


def test_applying_again_changes_nothing(grafana: FakeGrafana, settings: Settings) -> None:
    apply(settings, "KEN")
    grafana.writes.clear()
    assert apply(settings, "KEN").changes == ()
    assert grafana.writes == []


def test_a_plan_changes_nothing(grafana: FakeGrafana, settings: Settings) -> None:
    before = everything(grafana)
    assert planned(settings, ["KEN"]).changes
    assert grafana.writes == []
    assert everything(grafana) == before


def test_what_somebody_changed_is_brought_back(grafana: FakeGrafana, settings: Settings) -> None:
    apply(settings, "KEN")
    wanted = everything(grafana)
    kenya = grafana.named(KENYA)
    kenya.dashboards[OVERVIEW]["dashboard"]["panels"].pop()
    kenya.sources[DATA_SOURCE]["jsonData"]["username"] = "international"
    kenya.folders[ALERTS_FOLDER]["title"] = "mine"
    kenya.permissions[ALERTS_FOLDER].append({"userId": 9, "teamId": 0, "permission": 4})
    kenya.preferences["homeDashboardUID"] = ""
    kenya.groups.clear()
    changed = [str(one) for one in apply(settings, "KEN").changes]
    assert len(changed) == 6, changed
    assert shape(everything(grafana)) == shape(wanted)


def shape(state: Any) -> Any:
    """Without what counts up."""
    if isinstance(state, dict):
        return {key: shape(of) for key, of in state.items() if key not in {"id", "version", "made"}}
    return [shape(one) for one in state] if isinstance(state, list) else state


def test_what_others_made_is_not_touched(grafana: FakeGrafana, settings: Settings) -> None:
    apply(settings, "KEN")
    kenya = grafana.named(KENYA)
    kenya.add_folder({"uid": "theirs", "title": "Ours alone"})
    kenya.save_dashboard({"folderUid": "theirs", "dashboard": {"uid": "theirs", "title": "T"}})
    kenya.add_source({"uid": "theirs", "name": "Theirs", "type": "prometheus", "jsonData": {}})
    kenya.add_team({"name": "Planners"})
    webhook = {"type": "webhook", "settings": {"url": "https://a"}}
    kenya.add_contact({"uid": "theirs", "name": "Theirs", **webhook})
    kenya.preferences["theme"] = "dark"
    before = everything(grafana)
    assert apply(settings, "KEN").changes == ()
    apply(settings)
    after = grafana.named(KENYA)
    assert everything(grafana)[0] == before[0]
    assert set(after.folders) == set(after.dashboards) == set(after.sources) == {"theirs"}
    assert set(after.contacts) == {"theirs"}
    assert [one["name"] for one in after.teams.values()] == ["Planners"]
    assert after.preferences["theme"] == "dark"


def test_a_ministry_that_may_see_nothing_any_more_loses_what_is_ours(
    grafana: FakeGrafana, settings: Settings
) -> None:
    apply(settings, "KEN", "UGA")
    apply(settings, "UGA")
    kenya, uganda = grafana.named(KENYA), grafana.named(UGANDA)
    left = (kenya.sources, kenya.dashboards, kenya.folders, kenya.groups, kenya.teams)
    assert not any(left)
    assert uganda.sources
    assert planned(settings, ["UGA"]).changes == ()


def test_a_folder_in_which_somebody_keeps_something_stays_with_it(
    grafana: FakeGrafana, settings: Settings
) -> None:
    apply(settings, "KEN")
    kenya = grafana.named(KENYA)
    copy_of_ours = {"uid": "a-copy", "title": "Mine"}
    kenya.save_dashboard({"folderUid": "gtms-ministry", "dashboard": copy_of_ours})
    rule = {**kenya.list_rules()[0], "uid": "theirs"}
    kenya.put_group(ALERTS_FOLDER, "theirs", {"interval": 60, "rules": [rule]})
    assert planned(settings, ["KEN"]).changes == ()
    apply(settings)
    assert set(kenya.dashboards) == {"a-copy"}
    assert [one["uid"] for one in kenya.list_rules()] == ["theirs"]
    assert planned(settings, []).changes == ()


def test_another_language_keeps_the_folder(grafana: FakeGrafana, settings: Settings) -> None:
    apply(settings, "KEN")
    kenya = grafana.named(KENYA)
    before, english = set(kenya.folders), kenya.folders["gtms-ministry"]["title"]
    apply(said_of(settings, KEN={"language": "fr"}), "KEN")
    assert set(kenya.folders) == before
    assert kenya.folders["gtms-ministry"]["title"] != english


def test_a_dashboard_that_is_no_longer_made_is_removed(
    grafana: FakeGrafana, settings: Settings
) -> None:
    apply(settings, "KEN")
    kenya = grafana.named(KENYA)
    old = {"uid": "gtms-of-last-year", "title": "Old"}
    kenya.save_dashboard({"folderUid": ALERTS_FOLDER, "dashboard": old})
    assert [str(one) for one in apply(settings, "KEN").changes] == [
        "remove dashboard gtms-of-last-year"
    ]


def test_a_new_password_of_the_operator_reaches_every_data_source(
    grafana: FakeGrafana, settings: Settings
) -> None:
    apply(settings, "KEN")
    settings.clickhouse.password_file.write_text("another")
    grafana.accounts.update({one: passwords.derived("another", one) for one in ACCOUNTS})
    changed = apply(settings, "KEN").changes
    assert [str(one) for one in changed] == [f"update data source {DATA_SOURCE}"] * 3
    assert apply(settings, "KEN").changes == ()


def test_a_clickhouse_with_tls_is_reached_by_its_authorities(
    grafana: FakeGrafana, settings: Settings, tmp_path: Path
) -> None:
    apply(settings)
    (tmp_path / "ca.pem").write_text("of ClickHouse")
    server = settings.clickhouse.model_copy(update={"ca_file": tmp_path / "ca.pem"})
    changed = apply(settings.model_copy(update={"clickhouse": server})).changes
    assert [str(one) for one in changed] == [f"update data source {DATA_SOURCE}"] * 2
    source = grafana.named("GTMS UNODC").sources[DATA_SOURCE]
    assert source["jsonData"]["secure"] is True
    assert source["jsonData"]["tlsAuthWithCACert"] is True
    assert source["secureJsonData"]["tlsCACert"] == "of ClickHouse"


def test_a_ministry_is_told_of_alerts_in_its_own_language(
    grafana: FakeGrafana, settings: Settings
) -> None:
    told = {
        "language": "fr",
        "contacts": ["a@moh.example", "b@moh.example", "https://hook.example"],
    }
    apply(said_of(settings, KEN=told), "KEN", "UGA")
    assert planned(said_of(settings, KEN=told), ["KEN", "UGA"]).changes == ()
    kenya, uganda = grafana.named(KENYA), grafana.named(UGANDA)
    email, hook = kenya.contacts["gtms-email"], kenya.contacts["gtms-hook-1"]
    assert email["settings"]["addresses"] == "a@moh.example;b@moh.example"
    assert hook["settings"]["url"] == "https://hook.example"
    assert {one["notification_settings"]["receiver"] for one in kenya.list_rules()} == {"GTMS"}
    assert not any("notification_settings" in one for one in uganda.list_rules())
    french = kenya.dashboards[OVERVIEW]["dashboard"]["title"]
    assert french != uganda.dashboards[OVERVIEW]["dashboard"]["title"]


def test_contacts_that_are_named_no_more_are_removed_after_the_rules_that_used_them(
    grafana: FakeGrafana, settings: Settings
) -> None:
    apply(said_of(settings, KEN={"contacts": ["a@moh.example"]}), "KEN")
    apply(settings, "KEN")
    assert grafana.named(KENYA).contacts == {}
    assert planned(settings, ["KEN"]).changes == ()


def test_operators_who_are_served_by_files_are_left_to_them(
    grafana: FakeGrafana, settings: Settings
) -> None:
    main = grafana.named("Main Org.")
    source = {"uid": DATA_SOURCE, "name": "ClickHouse", "type": PLUGIN, "jsonData": {}}
    main.sources[DATA_SOURCE] = {**source, "readOnly": True}
    place = settings.grafana.model_copy(update={"operators": main.name})
    plan = apply(settings.model_copy(update={"grafana": place}))
    assert plan.by_files == ("Main Org.",)
    assert "GTMS operators" not in {one.name for one in grafana.organisations.values()}
    assert not main.folders


def test_two_who_apply_at_once_end_with_one_of_each(
    grafana: FakeGrafana, settings: Settings
) -> None:
    apply(settings)
    stale = planned(settings, ["KEN"])
    grafana.add(KENYA)
    apply(settings, "KEN")
    inside = Plan(stale.changes[1:], ())
    applied(inside, settings, lambda _: None)
    assert planned(settings, ["KEN"]).changes == ()


def test_what_was_interrupted_is_brought_to_its_end_by_the_next(
    grafana: FakeGrafana, settings: Settings
) -> None:
    grafana.refuses = "POST /dashboards/db"
    with pytest.raises(Trouble, match="refused it with 500: database is locked"):
        apply(settings, "KEN")
    grafana.refuses = ""
    apply(settings, "KEN")
    assert planned(settings, ["KEN"]).changes == ()


def test_nobody_who_reads_a_plan_or_a_change_sees_a_secret(settings: Settings) -> None:
    plan = planned(said_of(settings, KEN={"contacts": ["a@moh.example"]}), ["KEN"])
    secrets = [passwords.derived(SECRET, one) for one in ACCOUNTS]
    assert not any(one in repr(plan) for one in [*secrets, SECRET, PASSWORD])
    assert not any("moh.example" in str(one) for one in plan.changes)


@pytest.mark.parametrize("version", ["11.0.0", "13.1.0-pre"])
def test_every_version_from_11_on_is_taken(
    grafana: FakeGrafana, settings: Settings, version: str
) -> None:
    grafana.version = version
    apply(settings, "KEN")
    assert planned(settings, ["KEN"]).changes == ()
