"""The accounts: who may do what, told once and written twice."""

import stat
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tools.write_accounts import FOLDER

from gtms.indicators.catalogue import CATALOGUE
from gtms.ingest.identity import COUNTRIES
from gtms.privacy.rules import Rule, ruling
from gtms.warehouse import passwords
from gtms.warehouse.account_files import access_sql, every_account, tables, users_xml
from gtms.warehouse.accounts import OPERATOR, OWN_COUNTRY, Profile, ministry
from gtms.warehouse.ledger import migrations

EVERY = {one.name: one for one in every_account()}


def test_what_is_committed_is_what_is_written() -> None:
    every = tuple(EVERY.values())
    assert (FOLDER / "users.xml").read_text() == users_xml(every)
    assert (FOLDER / "access.sql").read_text() == access_sql(every)


def test_no_password_is_committed() -> None:
    users = ET.fromstring((FOLDER / "users.xml").read_text()).find("users")
    assert users is not None
    for user in users:
        given = [part for part in user if part.tag.startswith("password") and part.text]
        assert not given, user.tag


def test_every_country_has_an_account_with_its_rows_only() -> None:
    account = EVERY[ministry("KEN")]
    assert account.profile is Profile.READER
    assert account.filters["published.provisional"] == OWN_COUNTRY
    assert account.filters["published.released"] == OWN_COUNTRY
    assert sum(name.startswith("ministry_") for name in EVERY) == len(COUNTRIES)


def test_only_the_processor_and_the_operator_write_records() -> None:
    writers = {
        one.name
        for one in EVERY.values()
        for grant in one.grants
        if "INSERT" in grant.rights and grant.on.startswith("registry.")
    }
    assert writers == {OPERATOR, "gtms_processor"}


def test_a_service_reads_back_its_own_families_and_no_others() -> None:
    assert {grant.on for grant in EVERY["gtms_admissions"].grants} == {
        "registry.admissions",
        "ops.audit",
    }


def test_no_pseudonym_is_granted_to_the_indicators_service() -> None:
    rights = " ".join(grant.rights for grant in EVERY["gtms_indicators"].grants)
    assert "pseudonym" not in rights
    assert not any(grant.on == "registry.*" for grant in EVERY["gtms_indicators"].grants)


def test_tables_are_those_that_migrations_leave() -> None:
    assert {"registry.admissions", "published.released", "ops.acl"} <= set(tables())
    assert len(set(tables())) == len(tables())


def test_what_ministries_are_always_told_is_not_about_people() -> None:
    texts = [one.text for one in migrations() if one.number in (60, 61)]
    lists = {text.partition("NOT IN (")[2].partition(")")[0] for text in texts}
    assert len(lists) == 1
    for name in lists.pop().replace("'", "").split(","):
        indicator = CATALOGUE[name.strip()]
        for part in indicator.parts:
            for table in part.tables:
                assert ruling(indicator, part.values[0], tuple(table)).rule is Rule.EXACT


def test_passwords_are_derived_and_only_their_owners(tmp_path: Path) -> None:
    folder = tmp_path / "accounts"
    passwords.write(folder, "secret")
    assert passwords.derived("secret", OPERATOR) == "secret"
    files = {file.name: file for file in folder.iterdir()}
    assert set(files) == {"hashes.xml", *(f"gtms_{name}" for name in passwords.PROCESSES)}
    for file in files.values():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    hashes = ET.fromstring(files["hashes.xml"].read_text())
    assert {user.tag for user in hashes} == set(EVERY)
    assert len({user[0].text for user in hashes}) == len(EVERY)


@pytest.mark.parametrize("account", ["gtms_views", "gtms_processor", "ministry_ken"])
def test_another_secret_renews_every_password(account: str) -> None:
    assert passwords.derived("one", account) != passwords.derived("two", account)
