"""CSV templates: the header a family has, and what its rows become."""

import csv
import io

import pytest

from gtms.families import FAMILIES
from gtms.interop.columns import column, place, template_columns
from gtms.interop.source import FileTrouble, Layout, Row
from gtms.interop.template import (
    TemplateConversion,
    header,
    mandatory,
    record_fields,
    write_template,
)
from tests.support.interop_files import ADMISSION_COLUMNS, admission_row
from treatment.admissions.v1.admission_pb2 import Admission
from treatment.common.v1.codes_pb2 import RecordOp

ADMISSION = FAMILIES["admission"]
NAMES = tuple(ADMISSION_COLUMNS.split(","))


def convert(line, names=NAMES, family=ADMISSION, separator=","):
    conversion = TemplateConversion(family, Layout(separator, names))
    return conversion.convert(Row(2, tuple(line.split(separator)), 0))


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_every_field_of_a_family_has_a_column_and_every_column_a_field(family):
    written = io.StringIO()
    write_template(family, written)
    names = next(csv.reader([written.getvalue()]))
    assert names == header(family)
    fields = record_fields(family)
    assert {name.split(".")[0] for name in names[:-2]} == set(fields.fields_by_name)
    assert all(column(fields, name) for name in names[:-2])
    assert set(family.key_fields) - family.key_may_lack <= mandatory(family.name)


def test_a_value_put_into_every_column_is_found_again():
    record = Admission()
    for found in template_columns(Admission.DESCRIPTOR):
        value = "x" if found.field.type == found.field.TYPE_STRING else 1
        place(record, found, [value] if found.repeated else value)
    assert len(record.ListFields()) == len(Admission.DESCRIPTOR.fields)
    assert len(record.other_substances) == 4
    assert record.baseline_top.days_cocaine == 1


@pytest.mark.parametrize(
    "name",
    [
        "no_such_field",
        "baseline_top",
        "baseline_top.no_such",
        "sex.more",
        "other_substances",
        "other_substances.substance",
        "other_substances.0.substance",
        "other_substances.1",
        "other_substances.501.substance",
        "other_substances.01.substance",
        "",
        ".",
        "a.b.c",
    ],
)
def test_what_is_no_column(name):
    assert column(Admission.DESCRIPTOR, name) is None


def test_a_row_of_codes_labels_and_names_becomes_a_record():
    done = convert(admission_row(7))
    (outgoing,) = done.records
    record = outgoing.record.record
    assert not done.findings
    assert outgoing.label == "F-1/E-00007"
    assert (record.sex, record.primary_substance, record.client_type) == (1, 11, 1)
    assert list(record.interventions_planned) == [8, 16]
    assert [other.substance for other in record.other_substances] == [80]
    assert outgoing.record.envelope.record_version == 1
    assert not record.HasField("request_date")


def test_what_cannot_be_read_is_said_for_every_cell_and_never_shown():
    done = convert(admission_row(7, sex="banana", birth_year="cherry"))
    assert not done.records
    assert [(f.rule_id, f.field) for f in done.findings] == [
        ("R007", "birth_year"),
        ("R006", "sex"),
    ]
    assert "banana" not in str(done.findings)
    assert "cherry" not in str(done.findings)


def test_names_are_taken_in_any_letter_case_and_with_spaces():
    names = tuple(name.upper().replace("_", " ") for name in NAMES)
    assert convert(admission_row(1), names).records[0].record.record.sex == 1


def test_revision_and_retraction_are_columns_of_their_own():
    names = (*NAMES, "record_version", "operation")
    again = convert(admission_row(1) + ",3,", names).records[0].record
    assert again.envelope.record_version == 3
    assert again.envelope.operation == RecordOp.RECORD_OP_UPSERT
    gone = convert(admission_row(1, sex="banana") + ",4,retract", names).records[0].record
    assert gone.envelope.operation == RecordOp.RECORD_OP_RETRACT
    assert (gone.retraction.facility_id, gone.retraction.episode_id) == ("F-1", "E-00001")
    bad = convert(admission_row(1) + ",x,erase", names).findings
    assert [(f.rule_id, f.field) for f in bad] == [
        ("R007", "record_version"),
        ("R006", "operation"),
    ]


ESTIMATE_COLUMNS = (
    "estimate_kind",
    "year",
    "country_iso3",
    "sex",
    "age_lo",
    "value",
    "method",
    "nature",
    "source_citation",
    "operation",
)


def test_a_row_may_lack_parts_of_a_key_and_a_file_their_columns():
    line = "GENERAL_POPULATION,2025,KEN,,0,1000.5,census,COUNTRY,Census,"
    (outgoing,) = convert(line, ESTIMATE_COLUMNS, FAMILIES["estimate"]).records
    estimate = outgoing.record.record
    assert outgoing.label == "GENERAL_POPULATION/2025//0"
    assert (estimate.estimate_kind, estimate.sex, estimate.value) == (4, 0, 1000.5)
    assert estimate.HasField("age_lo")
    assert not estimate.HasField("age_hi")


def test_the_key_of_a_retraction_may_hold_codes_and_numbers():
    line = "4,2025,,FEMALE,15,,,,,RETRACT"
    (outgoing,) = convert(line, ESTIMATE_COLUMNS, FAMILIES["estimate"]).records
    key = outgoing.record.retraction
    assert (key.estimate_kind, key.year, key.sex, key.age_lo) == (4, 2025, 2, 15)
    wrong = convert("4,soon,,,,,,,,RETRACT", ESTIMATE_COLUMNS, FAMILIES["estimate"])
    assert [(f.rule_id, f.field) for f in wrong.findings] == [("R007", "year")]


def test_a_participant_is_not_named_in_a_report():
    names = (
        "event_id",
        "participant_pseudonym",
        "sex",
        "sector",
        "institution_id",
        "country_iso3_participant",
        "completed",
    )
    line = f"T1,{'ab' * 16},FEMALE,HEALTH,I1,KEN,yes"
    (outgoing,) = convert(line, names, FAMILIES["training_participant"]).records
    assert outgoing.label == "T1"


def test_a_decimal_comma_is_read_where_semicolons_separate():
    family = FAMILIES["capacity"]
    names = (
        "facility_id",
        "as_of_date",
        "clients_on_census_day",
        "clients_on_oat",
        "staff_fte_total",
    )
    line = "F-1;2025-01-31;10;2;3,5"
    record = convert(line, names, family, ";").records[0].record.record
    assert record.staff_fte_total == 3.5


@pytest.mark.parametrize(
    ("names", "why"),
    [
        ((*NAMES, "sexe"), r"no column of the family admission: 'sexe' \(did you mean 'sex'\?\)"),
        ((*NAMES, "sex"), "the column 'sex' is there twice"),
        (NAMES[1:], "no column episode_id: every record of the family admission has it"),
        (tuple(n for n in NAMES if n != "housing"), "no column housing"),
        ((*NAMES, *(f"strange{n}" for n in range(9))), "and 4 more"),
    ],
)
def test_a_wrong_header_says_which_column_and_what_to_do(names, why):
    with pytest.raises(FileTrouble, match=why):
        TemplateConversion(ADMISSION, Layout(",", names))


def test_a_broken_row_is_a_finding():
    conversion = TemplateConversion(ADMISSION, Layout(",", NAMES))
    done = conversion.convert(Row(9, (), 0, "has 2 cells where the header has 36"))
    assert [(f.row, f.rule_id) for f in done.findings] == [(9, "FORMAT")]
