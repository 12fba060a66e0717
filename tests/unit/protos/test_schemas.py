"""The schemas against the field list, and as documentation."""

import csv
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from tools.lint_protos import compile_image

from buf.validate import validate_pb2
from gtms.families import FAMILIES
from treatment.common.v1 import calendar_pb2
from treatment.common.v1.envelope_pb2 import Envelope

ROOT = Path(__file__).parents[3]
MESSAGES: dict[str, Descriptor] = {
    family.record_type.DESCRIPTOR.fields_by_name["record"].message_type.name: (
        family.record_type.DESCRIPTOR.fields_by_name["record"].message_type
    )
    for family in FAMILIES.values()
} | {"Envelope": Envelope.DESCRIPTOR}

SET_BY_SERVER = {"record_uid", "family", "country_iso3", "received_at", "payload_sha256"}
UNLESS_ANOTHER_PERSONS_USE = {
    "primary_substance",
    "primary_route",
    "primary_frequency",
    "polydrug_problem",
    "injecting",
    "hiv_test",
    "hcv_test",
    "comorbidity",
}
ABSENT_IS_UNKNOWN = {"primary_age_first_use"}
JUDGED_BY_MESSAGE = (
    {("Envelope", name) for name in SET_BY_SERVER}
    | {("Admission", name) for name in UNLESS_ANOTHER_PERSONS_USE}
    | {("Admission", name) for name in ABSENT_IS_UNKNOWN}
    | {("Facility", "settings")}  # R011 asks for at least one
)
SCALARS = {
    "string": FieldDescriptor.TYPE_STRING,
    "uint32": FieldDescriptor.TYPE_UINT32,
    "float": FieldDescriptor.TYPE_FLOAT,
    "double": FieldDescriptor.TYPE_DOUBLE,
    "bool": FieldDescriptor.TYPE_BOOL,
    "bytes": FieldDescriptor.TYPE_BYTES,
    "Date": FieldDescriptor.TYPE_STRING,
}


def field_list() -> list[dict[str, str]]:
    text = files("gtms.records").joinpath("data/fields.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def find(family: str, path: str) -> FieldDescriptor | None:
    message: Descriptor | None = MESSAGES[family]
    field = None
    for name in path.split("."):
        field = message.fields_by_name.get(name) if message else None
        message = field.message_type if field else None
    return field


def rules(field: FieldDescriptor) -> validate_pb2.FieldRules:
    return field.GetOptions().Extensions[validate_pb2.field]


def row_id(row: dict[str, str]) -> str:
    return f"{row['family']}.{row['field']}"


@pytest.mark.parametrize("row", field_list(), ids=row_id)
def test_every_field_of_the_list_is_in_its_message_with_its_type(row: dict[str, str]) -> None:
    field = find(row["family"], row["field"])
    assert field is not None
    kind = row["proto_type"].removeprefix("repeated ")
    assert field.is_repeated is row["proto_type"].startswith("repeated ")
    if kind.startswith("enum "):
        assert field.enum_type.name == kind.removeprefix("enum ")
        inside = rules(field).repeated.items if field.is_repeated else rules(field)
        assert inside.enum.defined_only
    elif kind in SCALARS:
        assert field.type == SCALARS[kind]
        assert rules(field).string.Extensions[calendar_pb2.calendar_date] is (kind == "Date")
    else:
        assert field.message_type.name == kind.removeprefix("message ")


@pytest.mark.parametrize("row", field_list(), ids=row_id)
def test_a_field_is_mandatory_if_and_only_if_the_list_says_so(row: dict[str, str]) -> None:
    field = find(row["family"], row["field"])
    assert field is not None
    by_message = (row["family"], row["field"]) in JUDGED_BY_MESSAGE
    assert rules(field).required is (row["M_C_O"] == "M" and not by_message)
    if row["M_C_O"] != "M" and field.enum_type is None and not field.is_repeated:
        assert field.has_presence


def test_no_message_has_a_field_that_the_list_does_not_know() -> None:
    known = {(row["family"], row["field"]) for row in field_list()}
    for family, message in MESSAGES.items():
        for field in message.fields:
            assert (family, field.name) in known
            inner = field.message_type
            if inner and inner.full_name.startswith("treatment.") and family != "Envelope":
                if field.name.startswith("baseline_"):
                    continue
                assert {f.name for f in inner.fields} == {
                    path.split(".")[1] for f, path in known if path.startswith(f"{field.name}.")
                }


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All schemas, compiled with their comments."""
    path = tmp_path_factory.mktemp("protos") / "image.binpb"
    assert compile_image(path) == 0
    return path


def test_everything_in_the_schemas_says_what_it_means(image: Path) -> None:
    for file in FileDescriptorSet.FromString(image.read_bytes()).file:
        if not file.name.startswith("treatment/"):
            continue
        commented = {
            tuple(place.path)
            for place in file.source_code_info.location
            if place.leading_comments.strip()
        }
        declared = [
            *[(4, m) for m in range(len(file.message_type))],
            *[(4, m, 2, f) for m, at in enumerate(file.message_type) for f in range(len(at.field))],
            *[(5, e) for e in range(len(file.enum_type))],
            *[(5, e, 2, v) for e, at in enumerate(file.enum_type) for v in range(len(at.value))],
            *[(6, s) for s in range(len(file.service))],
            *[(6, s, 2, r) for s, at in enumerate(file.service) for r in range(len(at.method))],
        ]
        assert [path for path in declared if path not in commented] == [], file.name


def test_the_linter_of_schemas_has_nothing_to_say() -> None:
    run = subprocess.run(
        [sys.executable, ROOT / "tools/lint_protos.py"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
