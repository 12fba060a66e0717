"""The embedded stack with the verified identity: every command finds its credentials."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from google.protobuf.json_format import MessageToDict

from gtms.config import Settings
from gtms.stack.lifecycle import EmbeddedStack
from gtms.stack.verified import with_authority
from tests.conftest import AS_OF
from tests.support.command import clean_environment, gtms_words
from tests.support.population import facility
from tests.support.stack import a_stack, default_settings

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def verified(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStack]:
    folder = tmp_path_factory.mktemp("authority")
    known = with_authority(_kept_in(default_settings(folder), folder))
    overrides = {
        "processing": {"as_of": AS_OF},
        "identity": known.identity.model_dump(),
        "client": known.client.model_dump(),
    }
    with a_stack(only_stores=False, overrides=overrides) as stack:
        yield stack


def _kept_in(settings: Settings, folder: Path) -> Settings:
    return settings.model_copy(
        update={"stack": settings.stack.model_copy(update={"state": folder})}
    )


def gtms(stack: EmbeddedStack, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        gtms_words(*words),
        env=clean_environment({"GTMS_STACK__STATE": str(stack.settings.stack.state)}),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_every_part_is_healthy(verified: EmbeddedStack) -> None:
    told = json.loads(gtms(verified, "stack", "status", "--json").stdout)
    assert {part["health"] for part in told} <= {"healthy", "done"}


def test_a_record_is_sent_with_the_certificate_of_its_country(
    verified: EmbeddedStack, tmp_path: Path
) -> None:
    file = tmp_path / "facility.json"
    file.write_text(json.dumps(MessageToDict(facility(), preserving_proto_field_name=True)))
    sent = gtms(verified, "submit", str(file), "--family", "facility", "--country", "KEN")
    assert sent.returncode == 0, sent.stderr
    assert "accepted" in sent.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("indicators", "list"),
        ("indicators", "query", "A02", "--country", "KEN", "--period", "2025"),
        ("problems", "summary", "--country", "KEN"),
        ("profile", "show", "--country", "KEN"),
        ("profile", "set", "--country", "KEN", "--stale-days", "90", "--validate-only"),
    ],
)
def test_the_commands_show_who_they_are(verified: EmbeddedStack, words: tuple[str, ...]) -> None:
    done = gtms(verified, *words)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("token", ["dev-KEN", "admin-KEN", "eyJhbGciOiJub25lIn0.e30."])
def test_a_token_that_nobody_signed_is_refused(verified: EmbeddedStack, token: str) -> None:
    asked = ("indicators", "query", "A02", "--country", "KEN", "--period", "2025")
    refused = gtms(verified, *asked, "--token", token)
    assert refused.returncode == 1
    assert refused.stderr.startswith("gtms: the token is not ")
    assert refused.stderr.count("\n") == 1
