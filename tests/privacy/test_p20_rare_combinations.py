"""P20: rare combinations of attributes out of many tables that are allowed one by one."""

import random
from itertools import product

from gtms.indicators.catalogue import CATALOGUE
from gtms.indicators.definition import tables_for
from gtms.privacy.cells import Cell
from gtms.privacy.disclosure import attack
from gtms.privacy.suppression import protect
from gtms.records.periods import PeriodKind
from tests.support.published import by_rules_alone, crossed

BY = ("sex", "age_band", "substance_group")
SEXES = ("FEMALE", "MALE")
AGES = ("15-19", "20-24", "25-29", "30-34")
DRUGS = ("OPIOIDS", "CANNABIS", "COCAINE")


def union(seed: int) -> list[Cell]:
    """People, and those of them who enter for the first time, in every table of B01 and B02."""
    draw = random.Random(seed)
    people = {labels: draw.choice((0, 0, 1, 2, 6, 11)) for labels in product(SEXES, AGES, DRUGS)}
    first = {labels: draw.randint(0, number) for labels, number in people.items()}
    return [*crossed("B01", BY, people), *crossed("B02", BY, first)]


def test_the_union_of_all_tables_gives_no_rare_combination_away():
    for seed in range(4):
        assert attack(protect(union(seed), CATALOGUE), CATALOGUE) == []


def test_the_solver_finds_what_tables_that_are_judged_one_by_one_give_away():
    for seed in range(4):
        assert attack(by_rules_alone(union(seed)), CATALOGUE) != []


def test_no_table_crosses_people_in_more_than_three_ways_nor_with_facilities():
    for indicator in CATALOGUE.values():
        for kind in PeriodKind:
            for table in tables_for(indicator, kind):
                assert len(table) <= 3
                assert "facility" not in table or indicator.publishing_rule == "exact"
                assert (
                    kind is PeriodKind.YEAR
                    or len(table) <= 1
                    or "wave" in table
                    or (len(table) <= 2)
                )
