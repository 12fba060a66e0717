"""What a cell may hold."""

import pytest

from gtms.interop.values import Unreadable, labels, read
from treatment.admissions.v1.admission_pb2 import Admission
from treatment.facilities.v1.facility_pb2 import Facility

FIELDS = {**Facility.DESCRIPTOR.fields_by_name, **Admission.DESCRIPTOR.fields_by_name}


@pytest.mark.parametrize(
    "text",
    ["11", "11.0", "11.", "HEROIN", "heroin", "Heroin", "SUBSTANCE_HEROIN", "substance heroin"],
)
def test_a_code_is_a_number_a_label_or_a_full_name(text):
    assert read(FIELDS["primary_substance"], text) == 11


def test_labels_with_signs_are_found_as_people_write_them():
    assert read(FIELDS["education"], "secondary ISCED2-3") == 3
    assert read(FIELDS["primary_frequency"], "4 to 6 days per week") == 2


@pytest.mark.parametrize(
    "text", ["0", "7", "UNSPECIFIED", "SUBSTANCE_UNSPECIFIED", "-1", "11.5", "x"]
)
def test_what_is_not_in_the_list_is_r006_and_not_repeated(text):
    with pytest.raises(Unreadable) as why:
        read(FIELDS["primary_substance"], text)
    assert why.value.rule_id == "R006"
    assert why.value.message == "not a code of the list Substance"


def test_no_list_has_a_label_for_not_said():
    assert 0 not in labels(FIELDS["sex"].enum_type).values()


@pytest.mark.parametrize(("text", "number"), [("35", 35), ("35.0", 35), ("0", 0), ("007", 7)])
def test_whole_numbers(text, number):
    assert read(FIELDS["age_at_admission"], text) == number


@pytest.mark.parametrize("text", ["-1", "3.5", "1e3", "4294967296", "٣", "n/a", "99999999999"])
def test_what_is_no_whole_number_is_r007(text):
    with pytest.raises(Unreadable) as why:
        read(FIELDS["age_at_admission"], text)
    assert why.value.rule_id == "R007"


def test_decimals_take_a_comma_only_where_commas_do_not_separate():
    latitude = FIELDS["latitude"]
    assert read(latitude, "-1.25") == -1.25
    assert read(latitude, "-1,25", decimal_comma=True) == -1.25
    for text in ("-1,25", "nan", "inf", "north"):
        with pytest.raises(Unreadable, match="must be a number"):
            read(latitude, text)


@pytest.mark.parametrize(
    ("text", "truth"), [("true", True), ("Yes", True), ("0", False), ("N", False)]
)
def test_truth(text, truth):
    assert read(FIELDS["scaleup_cohort"], text) is truth


def test_no_other_word_is_true_or_false():
    with pytest.raises(Unreadable, match="true or false"):
        read(FIELDS["scaleup_cohort"], "maybe")


def test_texts_and_dates_are_left_to_the_rules():
    assert read(FIELDS["admission_date"], "04/03/2025") == "04/03/2025"
