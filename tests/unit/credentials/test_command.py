"""`gtms credentials`: what it makes, and what it says of what is not there."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gtms.cli.credentials import app
from gtms.config import Settings
from gtms.credentials.certificates import certificate
from gtms.ingest.identity import Role, Sender
from gtms.ingest.listening import identity_of
from gtms.trouble import Trouble
from tests.support.verified import authority_in, identity_with


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "credentials"


def credentials(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--folder", str(folder)])


def test_what_init_prints_are_the_settings_that_believe_it(folder: Path) -> None:
    made = credentials(folder, "init", "--host", "gtms.example")
    assert made.exit_code == 0, made.output
    said = dict(line.split("=", 1) for line in made.stdout.splitlines())
    names = {f"GTMS_IDENTITY__{name.upper()}" for name in Settings().identity.model_dump()}
    assert said.keys() <= names
    assert all(Path(file).is_file() for file in said.values())
    assert "there is an authority" in str(credentials(folder, "init").exception)


def test_a_token_is_believed_for_its_country_and_roles(folder: Path) -> None:
    authority = authority_in(folder)
    printed = credentials(
        folder, "token", "--country", "ken", "--role", "ministry", "--subject", "amina"
    )
    token = printed.stdout.strip()
    identity = identity_of(Settings(identity=identity_with(authority)))
    found = identity.sender([("authorization", f"Bearer {token}")])
    assert found == Sender("KEN", "amina", frozenset({Role.MINISTRY}))


def test_a_certificate_names_its_country_and_is_kept_until_it_is_revoked(folder: Path) -> None:
    authority = authority_in(folder)
    first = credentials(folder, "system", "--country", "KEN").stdout
    assert credentials(folder, "system", "--country", "KEN").stdout == first
    shown = authority.national_system("KEN").certificate.read_bytes()
    assert certificate(shown).country == "KEN"
    assert credentials(folder, "revoke", "--country", "KEN").exit_code == 0
    assert authority.national_system("KEN").certificate.read_bytes() != shown


@pytest.mark.parametrize(
    "words",
    [
        ("token", "--country", "KEN", "--role", "ministry", "--subject", "amina"),
        ("system", "--country", "KEN"),
        ("revoke", "--country", "KEN"),
    ],
)
def test_without_an_authority_one_line_says_how_to_make_one(
    folder: Path, words: tuple[str, ...]
) -> None:
    failed = credentials(folder, *words)
    assert isinstance(failed.exception, Trouble)
    assert "\n" not in str(failed.exception)


@pytest.mark.parametrize("country", ["XX", "Kenya", "../KEN", ""])
def test_what_is_no_country_is_refused(folder: Path, country: str) -> None:
    authority_in(folder)
    assert credentials(folder, "system", "--country", country).exit_code == 2
