"""P19: nothing that a caller can set turns the protection off: no field, header, option, setting.

Of the schemas every request is looked at, so that a field added tomorrow is too. The thresholds of
a country's profile are no switch: they can only be made stricter than the rules.
"""

import re
from collections.abc import Iterator

import grpc
import pytest
import typer
from google.protobuf import descriptor_pb2
from google.protobuf.descriptor import Descriptor
from google.protobuf.descriptor_pool import DescriptorPool

from gtms.cli.main import NOUNS
from gtms.cli.main import app as gtms
from gtms.config import Settings
from gtms.query.server import running as reading
from gtms.records.validation import validate
from tests.integration.query.conftest import BY_SEX, Cells
from tests.support.population import profile
from tests.support.services import every_service, without_stores
from treatment.indicators.v1 import indicators_pb2 as pb
from treatment.indicators.v1.indicators_pb2_grpc import IndicatorsServiceStub

SWITCH = re.compile(
    r"suppress|unprotected|disclos|privacy|anonymi|threshold|rounding|round_to|noise|epsilon"
    r"|(^|_)(raw|exact|unsafe|unrounded|unmask|unfiltered|debug|admin|bypass|override|force|sql)(_|$)"
)
STRICTER_ONLY = {"k_threshold": 5, "rounding_base": 5}
"""Of the country's profile, with the smallest value that is taken."""

KEN = ("authorization", "Bearer dev-KEN")
HEADERS = (
    ("x-suppress", "false"),
    ("suppress", "false"),
    ("x-debug", "true"),
    ("x-role", "administrator"),
    ("x-country", "UGA"),
    ("x-forwarded-client-cert", "URI=urn:gtms:country:UGA"),
    ("x-purpose", "suppress=false"),
)


def fields_below(described: Descriptor, seen: set[str]) -> Iterator[tuple[str, str]]:
    """Every field that a request may hold, however deep: its message and its name."""
    if described.full_name in seen or not described.full_name.startswith(("treatment.", "t.")):
        return
    seen.add(described.full_name)
    for field in described.fields:
        yield described.name, field.name
        if field.message_type:
            yield from fields_below(field.message_type, seen)


def switches(requests: Iterator[Descriptor]) -> set[tuple[str, str]]:
    seen: set[str] = set()
    return {
        (message, name)
        for request in requests
        for message, name in fields_below(request, seen)
        if SWITCH.search(name) and not (message == "CountryProfile" and name in STRICTER_ONLY)
    }


def test_no_request_has_a_field_that_is_a_switch() -> None:
    requests = (method.input_type for each in every_service() for method in each.methods)
    assert switches(requests) == set()


def test_a_switch_would_be_found() -> None:
    file = descriptor_pb2.FileDescriptorProto(name="t.proto", package="t", syntax="proto3")
    request = file.message_type.add(name="Request")
    request.field.add(name="suppress", number=1, type=8, label=1)
    request.field.add(name="periods", number=2, type=9, label=3)
    pool = DescriptorPool()
    pool.Add(file)
    found = switches(iter([pool.FindMessageTypeByName("t.Request")]))
    assert found == {("Request", "suppress")}


@pytest.mark.parametrize("name", STRICTER_ONLY)
def test_a_country_can_only_be_stricter(name: str) -> None:
    least = STRICTER_ONLY[name]
    assert not validate(profile(**{name: least})).errors
    for laxer in (least - 1, 1, 0):
        assert validate(profile(**{name: laxer})).errors


def test_no_setting_and_no_option_of_a_command_is_a_switch() -> None:
    settings = {
        name
        for section in Settings.model_fields.values()
        for name in getattr(section.annotation, "model_fields", {})
    }
    assert {name for name in settings if SWITCH.search(name)} == set()
    command = typer.main.get_command(gtms)
    context = typer.Context(command)
    options = {
        (noun, parameter.name)
        for noun in NOUNS
        for parameter in _parameters(command.get_command(context, noun))
    }
    assert len(options) > 50
    found = {each for each in options if SWITCH.search(each[1] or "")}
    assert found <= {("profile", name) for name in STRICTER_ONLY}


def _parameters(command) -> Iterator:
    yield from command.params
    for verb in getattr(command, "commands", {}).values():
        yield from verb.params


@pytest.fixture
def connection(stack):
    from gtms.warehouse.client import Connection

    opened = Connection(stack.settings.clickhouse)
    yield opened
    opened.close()


async def test_no_header_changes_an_answer(stack, connection, tmp_path) -> None:
    Cells(connection, "KEN").snapshot("2025", BY_SEX)
    settings = without_stores(tmp_path).model_copy(update={"clickhouse": stack.settings.clickhouse})
    asked = pb.QueryCellsRequest(indicators=["A02"], periods=["2025"], by=["sex"])
    async with (
        reading(settings) as port,
        grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel,
    ):
        stub = IndicatorsServiceStub(channel)
        plain = await stub.QueryCells(asked, metadata=(KEN,))
        assert plain.cells
        for header in HEADERS:
            assert await stub.QueryCells(asked, metadata=(KEN, header)) == plain, header
