"""P09: tables with totals. What every hidden cell can be is counted out, without a solver."""

from collections.abc import Iterator
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gtms.indicators.catalogue import CATALOGUE
from gtms.privacy.cells import SUPPRESSED, Cell, Status
from gtms.privacy.disclosure import attack
from gtms.privacy.suppression import protect
from tests.support.published import by_rules_alone, crossed

SEXES = ("FEMALE", "MALE")
DRUGS = ("OPIOIDS", "CANNABIS", "COCAINE")
BY = ("sex", "substance_group")
POSSIBLE = 4

tables = st.fixed_dictionaries(
    {labels: st.integers(0, 9) for labels in product(SEXES, DRUGS)}
).filter(lambda table: any(table.values()))


def inner(published: list[Cell]) -> dict[tuple[str, str], Cell]:
    return {(c.dimensions[0][1], c.dimensions[1][1]): c for c in published if len(c.dimensions) > 1}


def possible(cell: Cell | None) -> list[int]:
    """What a cell may be by what it says of itself."""
    if cell is None:
        return [0]
    if cell.value is not None:
        return [int(cell.value)]
    return list(range(1, 5 if cell.status is Status.SUPPRESSED_PRIMARY else 16))


def agrees(published: list[Cell], table: dict[tuple[str, str], int]) -> bool:
    """Whether the margins of a table are what is published of them."""
    said = {cell.dimensions: cell for cell in published}
    counted = {cell.dimensions: int(cell.value or 0) for cell in crossed("B01", BY, table)}
    return all(counted.get(place, 0) in possible(said.get(place)) for place in {*said, *counted})


def all_tables(published: list[Cell]) -> Iterator[dict[tuple[str, str], int]]:
    """Every table that agrees with what is published."""
    cells = inner(published)
    places = list(product(SEXES, DRUGS))
    for numbers in product(*(possible(cells.get(place)) for place in places)):
        table = dict(zip(places, numbers, strict=True))
        if agrees(published, table):
            yield table


def narrow(published: list[Cell]) -> list[tuple[str, str]]:
    """Hidden cells of the inside of the table that could be fewer than four numbers."""
    found: dict[tuple[str, str], set[int]] = {}
    for table in all_tables(published):
        for place, number in table.items():
            found.setdefault(place, set()).add(number)
    hidden = [place for place, cell in inner(published).items() if cell.status in SUPPRESSED]
    return [place for place in hidden if len(found[place]) < POSSIBLE]


slowly = settings(
    max_examples=15,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@slowly
@given(table=tables)
def test_every_hidden_cell_can_be_four_numbers_at_least(table):
    published = protect(crossed("B01", BY, table), CATALOGUE)
    hidden = sum(cell.status in SUPPRESSED for cell in inner(published).values())
    if hidden <= POSSIBLE:
        assert narrow(published) == []
    assert attack(published, CATALOGUE) == []


def test_the_count_finds_what_primary_suppression_alone_gives_away():
    table = {("FEMALE", "OPIOIDS"): 3, ("MALE", "OPIOIDS"): 9, ("MALE", "CANNABIS"): 9}
    published = by_rules_alone(crossed("B01", BY, table))
    assert narrow(published) == [("FEMALE", "OPIOIDS")]
    assert attack(published, CATALOGUE) != []
