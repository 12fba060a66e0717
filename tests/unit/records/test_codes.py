from collections.abc import Iterator

import pytest
from google.protobuf.descriptor import EnumDescriptor

from gtms.records.codes import (
    CODE_LISTS,
    STRUCTURED_INTERVENTIONS,
    SubstanceGroup,
    substance_group,
)
from treatment.common.v1 import codes_pb2

ENUMS: dict[str, EnumDescriptor] = dict(codes_pb2.DESCRIPTOR.enum_types_by_name)


def upper_snake(name: str) -> str:
    return "".join(f"_{c}" if c.isupper() and at else c for at, c in enumerate(name)).upper()


def expected_values() -> Iterator[tuple[str, dict[str, int]]]:
    for name, code_list in CODE_LISTS.items():
        prefix = upper_snake(name)
        codes = {f"{prefix}_{code.label}": code.number for code in code_list.codes}
        yield name, {f"{prefix}_UNSPECIFIED": 0} | codes


def test_the_protos_have_the_enums_of_the_code_lists_and_no_others() -> None:
    assert set(ENUMS) == set(CODE_LISTS)


@pytest.mark.parametrize(
    ("name", "values"), list(expected_values()), ids=lambda value: str(value)[:30]
)
def test_an_enum_has_the_names_and_numbers_of_its_code_list(
    name: str, values: dict[str, int]
) -> None:
    assert {value.name: value.number for value in ENUMS[name].values} == values


def test_no_list_has_a_number_or_a_label_twice() -> None:
    for code_list in CODE_LISTS.values():
        assert len({code.number for code in code_list.codes}) == len(code_list.codes)
        assert len({code.label for code in code_list.codes}) == len(code_list.codes)


def test_a_code_is_found_by_number_and_by_label() -> None:
    substances = CODE_LISTS["Substance"]
    assert substances.by_number(11) is substances.by_label("HEROIN")
    assert substances.by_number(16).extension
    assert not substances.by_number(11).extension
    assert substances.by_number(12345) is None
    assert substances.by_label("TEA") is None


def test_a_code_says_what_it_is_elsewhere() -> None:
    heroin = CODE_LISTS["Substance"].by_label("HEROIN")
    assert heroin.elsewhere("TDI") == ("1.1",)
    assert heroin.elsewhere("TEDS") == ("5",)
    assert heroin.elsewhere("ICD-10") == ("F11",)
    assert heroin.elsewhere("ICD-11") == ()
    setting = CODE_LISTS["Setting"].by_label("SHORT_TERM_INPATIENT")
    assert setting.elsewhere("TEDS") == ("1", "2", "3", "4")


@pytest.mark.parametrize(
    ("name", "standard", "code", "labels", "lossy"),
    [
        ("Substance", "TEDS", "5", ["HEROIN"], False),
        ("Substance", "TEDS", "-9", ["UNKNOWN"], False),
        (
            "Substance",
            "TEDS",
            "11",
            ["AMPHETAMINE", "MDMA_AND_DERIVATIVES", "SYNTHETIC_CATHINONES", "CAPTAGON"],
            True,
        ),
        ("Route", "TEDS", "3", ["INHALE_VAPOUR", "SNIFF"], True),
        ("Route", "TDI", "2", ["SMOKE", "INHALE_VAPOUR"], True),
        ("Labour", "TEDS DETNLF", "2", ["STUDENT"], False),
        ("Housing", "TEDS LIVARAG", "3", ["STABLE"], False),
        ("Referral", "TEDS DETCRIM", "7", ["TRAFFIC_OFFENCE_DUI"], False),
        ("TreatmentStatus", "TEDS NOPRIOR", "0", ["NEVER_PREVIOUSLY_TREATED"], False),
        ("Sex", "SDMX", "F", ["FEMALE"], False),
        ("DischargeReason", "NDTMS", "6", ["DROPPED_OUT_LOST_CONTACT"], False),
        ("Sex", "TDI", "1", [], False),
    ],
)
def test_a_foreign_code_is_translated(
    name: str, standard: str, code: str, labels: list[str], lossy: bool
) -> None:
    match = CODE_LISTS[name].from_standard(standard, code)
    assert [ours.label for ours in match.codes] == labels
    assert match.lossy is lossy


def test_every_teds_substance_but_other_tranquilizers_has_a_target() -> None:
    substances = CODE_LISTS["Substance"]
    numbers = {-9, *range(1, 20)}
    assert {n for n in numbers if not substances.from_standard("TEDS", str(n)).codes} == {14}


def test_structured_interventions_are_those_marked_in_the_list() -> None:
    assert frozenset({*range(2, 17), 25}) == STRUCTURED_INTERVENTIONS


def test_every_substance_has_its_group() -> None:
    groups = {code.number: substance_group(code.number) for code in CODE_LISTS["Substance"].codes}
    assert set(groups.values()) == set(SubstanceGroup)
    assert groups[19] is SubstanceGroup.OPIOIDS
    assert groups[22] is SubstanceGroup.COCAINE
    assert groups[80] is SubstanceGroup.ALCOHOL
    assert groups[81] is SubstanceGroup.NICOTINE
    assert groups[92] is SubstanceGroup.OTHER
    assert groups[96] is groups[99] is substance_group(0) is SubstanceGroup.UNKNOWN
