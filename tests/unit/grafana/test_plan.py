"""Which changes follow from what is wanted and what is there."""

from gtms.grafana.contents import DATA_SOURCE, HOME, TEAM, Contents, Found, Kind
from gtms.grafana.plan import Change, Verb, changes

NAME = "GTMS Kenya (KEN)"
WANTED: Contents = {
    (Kind.HOME, HOME): {"homeDashboardUID": "gtms-a"},
    (Kind.DASHBOARD, "gtms-a"): {"folder": "gtms-f", "shown": {"title": "A", "panels": [{}]}},
    (Kind.FOLDER, "gtms-f"): {"title": "F"},
    (Kind.TEAM, TEAM): {},
    (Kind.ACCESS, "gtms-f"): {"to": []},
    (Kind.DATA_SOURCE, DATA_SOURCE): {"uid": DATA_SOURCE, "jsonData": {"port": 9000}},
    (Kind.RULES, "gtms"): {"interval": 60, "rules": [{"uid": "gtms-lag", "for": "5m"}]},
}
THERE = Found(exists=True, contents=WANTED, works=True)


def there(*, works: bool = True, **changed: object) -> Found:
    """What is wanted, with these things, by the name of their kind, as they are instead."""
    kinds = {kind.name: kind for kind in Kind}
    contents = dict(WANTED)
    for name, body in changed.items():
        (thing,) = (one for one in WANTED if one[0] is kinds[name])
        if body is None:
            del contents[thing]
        else:
            contents[thing] = body
    return Found(exists=True, contents=contents, works=works)


def said(wanted: Contents, found: Found) -> list[str]:
    return [str(one) for one in changes(NAME, wanted, found)]


def test_what_is_as_it_should_be_is_left_alone() -> None:
    assert said(WANTED, THERE) == []


def test_an_organisation_that_is_not_there_is_made_first_and_each_thing_after_what_it_needs() -> (
    None
):
    assert said(WANTED, Found()) == [
        "create organisation",
        "create team GTMS readers",
        "create folder gtms-f",
        "create access to folder gtms-f",
        "create data source clickhouse",
        "create dashboard gtms-a",
        "create alert rules gtms",
        "create home dashboard of the organisation",
    ]


def test_what_is_missing_is_made_and_nothing_else() -> None:
    assert said(WANTED, there(FOLDER=None)) == ["create folder gtms-f"]


def test_fields_that_grafana_adds_are_no_difference() -> None:
    added = {"uid": "gtms-lag", "for": "5m", "id": 7, "provenance": "api"}
    assert said(WANTED, there(RULES={"interval": 60, "rules": [added], "title": "gtms"})) == []


def test_a_field_that_differs_is_brought_back() -> None:
    changed = {"interval": 60, "rules": [{"uid": "gtms-lag", "for": "1h"}]}
    assert said(WANTED, there(RULES=changed)) == ["update alert rules gtms"]


def test_one_rule_too_many_is_a_difference() -> None:
    rules = [*WANTED[Kind.RULES, "gtms"]["rules"], {"uid": "gtms-old", "for": "5m"}]
    assert said(WANTED, there(RULES={"interval": 60, "rules": rules})) == [
        "update alert rules gtms"
    ]


def test_nothing_may_be_added_to_a_dashboard() -> None:
    shown = {"title": "A", "panels": [{}], "refresh": "5s"}
    changed = {"folder": "gtms-f", "shown": shown}
    assert said(WANTED, there(DASHBOARD=changed)) == ["update dashboard gtms-a"]


def test_a_data_source_that_does_not_work_is_written_again() -> None:
    assert said(WANTED, there(works=False)) == ["update data source clickhouse"]


def test_what_is_not_wanted_any_more_goes_in_the_other_direction() -> None:
    assert said({}, THERE) == [
        "remove home dashboard of the organisation",
        "remove alert rules gtms",
        "remove dashboard gtms-a",
        "remove data source clickhouse",
        "remove folder gtms-f",
        "remove team GTMS readers",
    ]


def test_what_files_bring_is_left_to_them() -> None:
    assert said(WANTED, Found(exists=True, by_files=True)) == []


def test_nothing_is_made_of_an_organisation_that_nobody_wants() -> None:
    assert said({}, Found()) == []


def test_a_change_says_what_it_removes() -> None:
    (change,) = changes(NAME, {}, Found(exists=True, contents={(Kind.TEAM, TEAM): {}}))
    assert change == Change(NAME, Verb.REMOVE, Kind.TEAM, TEAM, {})
