"""Which cells tell the same number, and how the numbers depend on each other."""

import pytest

from gtms.indicators.catalogue import CATALOGUE
from gtms.indicators.definition import Part
from gtms.privacy.expressions import condition, labelled
from gtms.privacy.quantities import Told, told
from gtms.privacy.relations import relations
from gtms.privacy.rules import Rule, ruling
from tests.support.published import count, share


def of(cell) -> Told:
    return told(cell, ruling(CATALOGUE[cell.indicator], cell.measure, cell.table))


def test_women_among_entrants_are_the_entrants_who_are_women():
    shown = of(share("C01", 30, 60, substance_group="OPIOIDS"))
    assert shown.above == of(count("B01", 30, sex="FEMALE", substance_group="OPIOIDS")).above


def test_first_time_entrants_are_those_of_the_treatment_history():
    by_history = of(share("B05", 30, 60, substance="HEROIN", treatment_history="FIRST_TIME"))
    assert by_history.above == of(count("B02", 30, substance="HEROIN")).above


def test_a_share_is_divided_by_all_values_of_its_dimension():
    shares = [of(share("B06", 30, 60, referral=label)) for label in ("SELF", "FAMILY_OR_FRIEND")]
    assert shares[0].below == shares[1].below
    assert shares[0].above != shares[1].above


def test_other_periods_and_populations_are_other_numbers():
    told_by = [of(count("B01", 5)), of(count("B01", 5, "2024")), of(count("B04", 5))]
    assert len({one.above for one in told_by}) == 3


def test_what_is_exact_by_its_rule_tells_no_number_of_people():
    assert of(count("J01", 3, admin1="north")) == Told()


def parts() -> list[Part]:
    return [part for one in CATALOGUE.values() for part in one.parts]


def texts(part: Part) -> list[str]:
    names = ("condition", "numerator", "denominator", "counted", "weight")
    found = (getattr(part.measure, name, None) for name in names)
    return [one for one in found if isinstance(one, str)]


@pytest.mark.parametrize("part", parts(), ids=lambda part: part.population.name[:30])
def test_every_condition_and_every_label_of_the_catalogue_can_be_read(part):
    for text in texts(part):
        assert condition(part.population, text)
    for dimension in part.population.dimensions:
        codes = labelled(part.population, dimension.name)
        if dimension.labels is not None:
            assert codes is not None
            assert set(dimension.labels.values()) <= codes.keys() | {dimension.unknown}


def test_labels_of_people_with_one_value_are_apart():
    for part in parts():
        for dimension in part.population.dimensions:
            codes = labelled(part.population, dimension.name)
            if codes is not None and dimension.name not in part.population.sets:
                together = 0
                for own in codes.values():
                    assert not together & own
                    together |= own


def test_rows_hold_for_what_was_counted():
    cells = [
        count("B01", 3, sex="FEMALE"),
        count("B01", 97, sex="MALE"),
        count("B01", 100),
        share("C01", 3, 100),
    ]
    made = relations(cells, CATALOGUE, 1)
    values = {
        number: value
        for judged in made.judged
        for number, value in ((judged.above, judged.cell.numerator),)
        if number is not None
    }
    whole = [row for row in made.rows if all(number in values for number, _ in row.terms)]
    assert whole
    for row in whole:
        total = sum(factor * values[number] for number, factor in row.terms)
        assert row.low <= total <= row.high


def test_every_rule_of_the_catalogue_is_known():
    rules = {
        ruling(one, name, tuple(sorted(table))).rule
        for one in CATALOGUE.values()
        for part in one.parts
        for table in part.tables
        for name in part.values
    }
    assert rules == set(Rule)
