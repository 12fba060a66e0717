"""The columns of a family are what its .proto says."""

import pytest
from google.protobuf import descriptor_pb2, descriptor_pool

from gtms.families import FAMILIES
from gtms.warehouse.columns import columns, content_of

BY_NAME = {
    name: {one.name: one for one in columns(content_of(family.record_type.DESCRIPTOR))}
    for name, family in FAMILIES.items()
}


@pytest.mark.parametrize(
    ("family", "column", "kind"),
    [
        ("facility", "valid_from", "Date32"),
        ("facility", "valid_to", "Nullable(Date32)"),
        ("facility", "latitude", "Nullable(Float64)"),
        ("facility", "settings", "Array(UInt8)"),
        ("capacity", "beds_total", "Nullable(UInt32)"),
        ("qa_assessment", "criteria_rating", "Array(UInt8)"),
        ("qa_assessment", "criteria_critical", "Array(Nullable(Bool))"),
        ("admission", "client_pseudonym", "FixedString(32)"),
        ("admission", "sex", "UInt8"),
        ("admission", "preceding_episode_id", "Nullable(String)"),
        ("admission", "baseline_top_days_alcohol", "Nullable(UInt32)"),
        ("admission", "other_substances_age_first_use", "Array(Nullable(UInt32))"),
        ("outcome", "planned", "Nullable(Bool)"),
        ("outcome", "whoqol_physical", "Nullable(Float32)"),
    ],
)
def test_type_of_a_column(family: str, column: str, kind: str) -> None:
    assert BY_NAME[family][column].type == kind


def test_no_two_columns_of_a_family_share_a_name() -> None:
    for family in FAMILIES.values():
        names = [one.name for one in columns(content_of(family.record_type.DESCRIPTOR))]
        assert len(names) == len(set(names))


def test_only_codes_of_the_list_are_known() -> None:
    assert 99 in BY_NAME["admission"]["sex"].codes
    assert 100 not in BY_NAME["admission"]["sex"].codes


def test_field_without_a_type_of_column_is_an_error() -> None:
    file = descriptor_pb2.FileDescriptorProto(name="odd.proto", syntax="proto3")
    field = file.message_type.add(name="Odd").field.add(name="raw", number=1)
    field.type = descriptor_pb2.FieldDescriptorProto.TYPE_BYTES
    field.label = descriptor_pb2.FieldDescriptorProto.LABEL_OPTIONAL
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    with pytest.raises(TypeError, match=r"Odd\.raw"):
        list(columns(pool.FindMessageTypeByName("Odd")))
