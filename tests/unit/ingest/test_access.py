"""Who may make a call stands in the .proto, and nothing is served of which it does not."""

import pytest
from google.protobuf import descriptor_pb2
from google.protobuf.descriptor_pool import DescriptorPool

from gtms.config import Ingest, Ports, Settings
from gtms.ingest import server
from gtms.ingest.access import rules_of
from gtms.ingest.identity import Role
from gtms.ingest.server import SERVICES, running
from gtms.trouble import Trouble
from treatment.common.v1 import access_pb2


def described(*roles: "access_pb2.Role") -> DescriptorPool:
    """A service with one method; with the option when there are roles."""
    file = descriptor_pb2.FileDescriptorProto(name="t.proto", package="t", syntax="proto3")
    file.message_type.add(name="Nothing")
    options = descriptor_pb2.MethodOptions()
    options.Extensions[access_pb2.access].roles.extend(roles)
    method = file.service.add(name="Things").method.add(
        name="Do", input_type=".t.Nothing", output_type=".t.Nothing"
    )
    if roles:
        method.options.CopyFrom(options)
    pool = DescriptorPool()
    pool.Add(file)
    return pool


def test_the_roles_are_those_of_the_option() -> None:
    pool = described(access_pb2.ROLE_AUDITOR, access_pb2.ROLE_OPERATOR)
    assert rules_of(["t.Things"], pool) == {"/t.Things/Do": {Role.AUDITOR, Role.OPERATOR}}


@pytest.mark.parametrize("roles", [(), (access_pb2.ROLE_UNSPECIFIED,)])
def test_a_method_that_names_no_role_is_trouble(roles: tuple["access_pb2.Role", ...]) -> None:
    with pytest.raises(Trouble, match=r"^t\.Things\.Do does not say who may call it: [^\n]*$"):
        rules_of(["t.Things"], described(*roles))


async def test_a_server_with_such_a_method_does_not_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server, "rules_of", lambda names: rules_of(["t.Things"], described()))
    settings = Settings(ports=Ports(outcomes=0), ingest=Ingest(drain_s=0))
    with pytest.raises(Trouble, match="does not say who may call it"):
        async with running("outcomes", settings):
            pass


def test_every_role_of_the_schema_is_one_of_ours_and_the_other_way_round() -> None:
    known = set(access_pb2.Role.DESCRIPTOR.values_by_name) - {"ROLE_UNSPECIFIED"}
    assert known == {f"ROLE_{role.name}" for role in Role}


def test_records_are_sent_and_read_back_by_national_systems_alone() -> None:
    names = [one.full_name for each in SERVICES.values() for one in each]
    rules = rules_of(names)
    for path, roles in rules.items():
        if "ProfilesService" not in path:
            assert roles == {Role.SUBMITTER}, path
    assert rules["/treatment.profiles.v1.ProfilesService/SetProfile"] == {Role.ADMINISTRATOR}
