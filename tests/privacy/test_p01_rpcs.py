"""P01: every RPC as no one, in the wrong role, as another country.

The RPCs are those of the schemas: a new one is tried on the day it is added.
"""

from pathlib import Path

import grpc
import pytest
from google.protobuf.descriptor import Descriptor, MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from gtms.ingest import gate
from gtms.ingest.identity import Role
from gtms.stack.lifecycle import EmbeddedStack
from tests.support import population
from tests.support.laws import eventually, kept
from tests.support.national import METHODS, NationalSystem, Verdict
from tests.support.services import (
    PROCESSES,
    Ended,
    call,
    every_service,
    methods_of,
    path_of,
    roles_of,
    served,
    served_by,
    without_stores,
)
from tests.support.stored import Stored

DENIED, UNKNOWN = grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.UNAUTHENTICATED
TOKENS = {
    frozenset({Role.SUBMITTER, Role.MINISTRY}): "dev-PLW",
    frozenset({Role.SUBMITTER, Role.MINISTRY, Role.ADMINISTRATOR}): "admin-PLW",
    frozenset({Role.AUDITOR}): "audit-PLW",
    frozenset({Role.INTERNATIONAL}): "dev-UNODC",
    frozenset({Role.OPERATOR}): "operate",
}
NO_ONE = (None, "", "NIU", "dev-", "dev-ZZZ", "admin-UNODC", "root", "Bearer dev-KEN")
VICTIM, NOBODY = "TUV", "NIU"
"""A country of which there is something, and one of which there is nothing."""
COMMON = {"periods": "2025", "indicators": "A02"}
ANN = population.admission("ann", "2025-03-01")
SENT = {
    record.DESCRIPTOR.name: record
    for record in (
        population.facility(),
        population.capacity(),
        population.assessment(),
        ANN,
        population.discharge(ANN, "2025-05-01", 11),
        population.training_event(),
        population.training_participant("ann"),
        population.estimate(country=VICTIM),
        population.profile(),
    )
}


def test_every_service_of_the_schemas_is_served() -> None:
    of_schemas = {service.full_name for service in every_service()}
    assert of_schemas == set().union(*map(served_by, PROCESSES))


async def let_in(process: str, state: Path) -> list[str]:
    """The calls that got past the gate although they should not."""
    wrong = []
    async with (
        served(process, without_stores(state)) as target,
        grpc.aio.insecure_channel(target) as channel,
    ):
        for method in methods_of(process):
            for token in NO_ONE:
                for request in (b"", about(method, VICTIM)):
                    ended = await call(channel, method, request, token)
                    if ended.code is not UNKNOWN:
                        wrong.append(f"{method.full_name} as {token}: {ended.code}")
            for roles, token in TOKENS.items():
                if roles & roles_of(method):
                    continue
                ends = [
                    await call(channel, method, request, token)
                    for request in (b"", about(method, VICTIM), about(method, NOBODY))
                ]
                if {ended.code for ended in ends} != {DENIED} or len(set(ends)) > 1:
                    wrong.append(f"{method.full_name} as {token}: {ends}")
    return wrong


@pytest.mark.parametrize("process", PROCESSES)
async def test_no_one_and_nobody_in_the_wrong_role_gets_past_the_gate(
    process: str, tmp_path: Path
) -> None:
    assert await let_in(process, tmp_path) == []


async def test_without_the_rule_it_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    everybody = {path_of(method): frozenset(Role) for method in methods_of("outcomes")}
    monkeypatch.setattr(gate.Gate, "__init__", _with_rules(gate.Gate.__init__, everybody))
    assert len(await let_in("outcomes", tmp_path)) >= len(methods_of("outcomes"))


def _with_rules(begin, everybody):
    def changed(self, who, rules, *others):
        begin(self, who, everybody, *others)

    return changed


@pytest.fixture
def something(running: EmbeddedStack) -> None:
    """Records and figures of the victim."""
    system, stored = NationalSystem(running, VICTIM), Stored(running.settings.clickhouse)
    answers = system.send(record for record in SENT.values() if type(record) in METHODS)
    assert all(answer.verdict is Verdict.OK for answer in answers)
    eventually(lambda: kept(system, stored))
    system.close()
    stored.close()


@pytest.mark.slow
@pytest.mark.usefixtures("something")
async def test_another_country_learns_nothing_not_even_whether_there_is_something(
    running: EmbeddedStack,
) -> None:
    differing = []
    for process in PROCESSES:
        target = f"127.0.0.1:{running.settings.ports.of(process)}"
        async with grpc.aio.insecure_channel(target) as channel:
            for method in methods_of(process):
                for roles, token in TOKENS.items():
                    if not roles & roles_of(method):
                        continue
                    there = await call(channel, method, about(method, VICTIM), token)
                    not_there = await call(channel, method, about(method, NOBODY), token)
                    if _without(VICTIM, there) != _without(NOBODY, not_there):
                        differing.append((method.full_name, token, there, not_there))
    assert differing == []


@pytest.mark.slow
@pytest.mark.usefixtures("something")
async def test_the_country_itself_does(running: EmbeddedStack) -> None:
    """What the attack asks for is there: were it given away, the answers would differ."""
    (get,) = (each for each in methods_of("facilities") if each.name == "GetFacility")
    target = f"127.0.0.1:{running.settings.ports.facilities}"
    async with grpc.aio.insecure_channel(target) as channel:
        own = await call(channel, get, about(get, VICTIM), f"dev-{VICTIM}")
    assert own.code is grpc.StatusCode.OK


def _without(country: str, ended: Ended) -> Ended:
    return Ended(
        ended.code,
        ended.text.replace(country, "…"),
        ended.answer.replace(country.encode(), b"..."),
    )


def about(method: MethodDescriptor, country: str) -> bytes:
    """A request that asks for what is another country's, wherever it can say so."""
    return _about(method.input_type, country, method).SerializeToString(deterministic=True)


def _about(described: Descriptor, country: str, method: MethodDescriptor) -> Message:
    message = GetMessageClass(described)()
    for field in described.fields:
        if field.name in {"country", "country_iso3"}:
            setattr(message, field.name, country)
        elif field.name == "record_uid" and described.name.startswith("Get"):
            message.record_uid = _uid(country, method)
        elif field.name in COMMON and field.is_repeated:
            getattr(message, field.name).append(COMMON[field.name])
        elif field.name == "countries":
            message.countries.append(country)
        elif field.name == "record":
            message.record.CopyFrom(_record(field.message_type, country))
        elif field.name == "records":
            message.records.append(_record(field.message_type, country))
    return message


def _record(described: Descriptor, country: str) -> Message:
    """A record, valid if it is of a family that is sent here, and said to be of the country."""
    record = GetMessageClass(described)()
    if described.name in SENT:
        record.CopyFrom(SENT[described.name])
    record.envelope.country_iso3 = country
    return record


def _uid(country: str, method: MethodDescriptor) -> str:
    stored = method.output_type.fields_by_name["record"].message_type
    return population.record_uid(country, SENT.get(stored.name, ANN))
