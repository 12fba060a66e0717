"""Who sends is read from the token, and development tokens stay on one's own machine."""

import pytest

from gtms.config import Ingest, Settings
from gtms.ingest.identity import DevelopmentIdentity, Role, Sender
from gtms.ingest.listening import identity_of
from gtms.ingest.refusals import Refusal
from gtms.trouble import Trouble


@pytest.mark.parametrize(
    ("token", "country", "roles"),
    [
        ("dev-KEN", "KEN", {"submitter", "ministry"}),
        ("admin-KEN", "KEN", {"submitter", "ministry", "administrator"}),
        ("audit-KEN", "KEN", {"auditor"}),
        ("dev-UNODC", "", {"international"}),
        ("operate", "", {"operator"}),
    ],
)
def test_a_development_token_says_who_it_is(token: str, country: str, roles: set[str]) -> None:
    sender = DevelopmentIdentity().sender([("authorization", f"Bearer {token}"), ("other", b"x")])
    assert sender == Sender(country, token, frozenset(map(Role, roles)))


@pytest.mark.parametrize(
    "metadata",
    [
        [],
        [("authorization", "")],
        [("authorization", "Bearer dev-")],
        [("authorization", "Bearer dev-ken")],
        [("authorization", "Bearer dev-KEN ")],
        [("authorization", "Bearer dev-ZZZ")],
        [("authorization", "Bearer admin-ZZZ")],
        [("authorization", "Bearer admin-")],
        [("authorization", "Bearer dev-KEN\n")],
        [("authorization", "Bearer root-KEN")],
        [("authorization", "Bearer admin-UNODC")],
        [("authorization", "Bearer operate-KEN")],
        [("authorization", "Bearer dev-UNODC ")],
        [("authorization", "Bearer KEN")],
        [("authorization", "dev-KEN")],
        [("authorization", "bearer dev-KEN")],
        [("authorization", "Bearer Bearer dev-KEN")],
        [("authorization", b"Bearer dev-KEN")],
        [("authorization", "Bearer dev-KEN"), ("authorization", "Bearer dev-UGA")],
        [("country", "KEN")],
    ],
)
def test_anything_else_names_nobody(metadata: list[tuple[str, str | bytes]]) -> None:
    with pytest.raises(Refusal) as refused:
        DevelopmentIdentity().sender(metadata)
    assert refused.value.code.name == "UNAUTHENTICATED"


def served_on(host: str) -> Settings:
    return Settings(ingest=Ingest(host=host))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.31", "localhost", "::1", "[::1]"])
def test_the_development_identity_is_served_on_loopback(host: str) -> None:
    assert identity_of(served_on(host))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.5", "ingest.example", ""])
def test_the_development_identity_is_served_nowhere_else(host: str) -> None:
    with pytest.raises(Trouble, match="believes anyone"):
        identity_of(served_on(host))
