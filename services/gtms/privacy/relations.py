"""How quantities depend on each other: sums over every margin, nested groups, parts of wholes.

All of it is read from the definitions and from which cells there are; a cell that a table does not
have is zero. Relations hold between numbers as counted, whatever is published of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from gtms.indicators.definition import Deviation, Estimated, Indicator
from gtms.privacy.cells import Cell
from gtms.privacy.expressions import DOMAIN, Codes
from gtms.privacy.nesting import nested
from gtms.privacy.quantities import HAS, Quantity, Told, column, complement, told
from gtms.privacy.rows import INFINITE, Row
from gtms.privacy.rules import Rule, Ruling, ruling

_OPTIONAL = frozenset({"intervention"})
"""Set-valued dimensions of which a person may have no value at all."""
_WITHOUT_SOME = (Estimated, Deviation)
"""Measures whose tables leave out what is not zero: without an estimate, of one person."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A cell with its rule, and the numbers of the quantities that it tells."""

    cell: Cell
    under: Ruling
    above: int | None
    below: int | None
    of: tuple[int, ...]
    rest: int | None

    @property
    def tells(self) -> tuple[int, ...]:
        """Numbers of all quantities that one learns from the cell."""
        return tuple(one for one in (self.above, self.below, *self.of) if one is not None)


@dataclass(slots=True)
class Relations:
    """The quantities of some cells, numbered, and the rows between them.

    `rows`: between quantities of one period; `across`: between periods. `judged`: the cells, in
    their order. `tellers`: places of the cells that tell a quantity, or would if they were shown.
    """

    numbers: dict[Quantity, int] = field(default_factory=dict)
    quantities: list[Quantity] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    across: list[Row] = field(default_factory=list)
    tellers: dict[int, list[int]] = field(default_factory=dict)

    def number(self, quantity: Quantity) -> int:
        """The number of a quantity, a new one if need be."""
        found = self.numbers.setdefault(quantity, len(self.quantities))
        if found == len(self.quantities):
            self.quantities.append(quantity)
        return found


def relations(
    cells: Sequence[Cell], catalogue: Mapping[str, Indicator], year_start: int
) -> Relations:
    """Everything that is known of how the cells depend on each other.

    `year_start` is the month in which the country's years begin.
    """
    made = Relations()
    tables: defaultdict[tuple[object, ...], list[tuple[Cell, Ruling, Told]]] = defaultdict(list)
    for cell in cells:
        under = ruling(catalogue[cell.indicator], cell.measure, cell.table)
        tells = told(cell, under)
        made.judged.append(_judged(made, cell, under, tells))
        if cell.dimensions:
            place = (cell.indicator, cell.measure, cell.period, cell.table)
            tables[place].append((cell, under, tells))
    empty: dict[tuple[Quantity, str], Codes] = {}
    for table in tables.values():
        for name in table[0][0].table:
            _add_up(made, table, name, empty)
    for order, judged in enumerate(made.judged):
        for one in {*judged.tells, *(() if judged.rest is None else (judged.rest,))}:
            made.tellers.setdefault(one, []).append(order)
    of_cells = {
        quantity: number for quantity, number in made.numbers.items() if number in made.tellers
    }
    made.across += nested(of_cells, year_start)
    _lines(made, empty)
    _narrower(made)
    return made


def _judged(made: Relations, cell: Cell, under: Ruling, tells: Told) -> Judged:
    above, below = (None if one is None else made.number(one) for one in (tells.above, tells.below))
    rest = None
    if under.rule is Rule.RATE and tells.above and tells.below and above != below:
        other = made.number(complement(tells.above, tells.below))
        rest = other
        assert above is not None
        assert below is not None
        made.rows.append(Row(((above, 1.0), (other, 1.0), (below, -1.0)), 0.0, 0.0))
    return Judged(cell, under, above, below, tuple(made.number(one) for one in tells.of), rest)


def _add_up(
    made: Relations,
    table: Sequence[tuple[Cell, Ruling, Told]],
    name: str,
    empty: dict[tuple[Quantity, str], Codes],
) -> None:
    """Note where the cells of a table, summed over one of its dimensions, have their whole."""
    wholes: defaultdict[Quantity, set[Quantity]] = defaultdict(set)
    population = table[0][1].part.population
    by = column(population, name)
    whole_table = not isinstance(table[0][1].part.measure, _WITHOUT_SOME)
    for cell, under, tells in table:
        whole = told(cell, under, without=name)
        for child, parent in ((tells.above, whole.above), (tells.below, whole.below)):
            if child is not None and parent is not None and child != parent:
                wholes[parent].add(child)
    for parent, children in wholes.items():
        made.number(parent)
        own = [child.columns.get(by) for child in children]
        if by.startswith(HAS):
            _overlapping(made, parent, children, together=whole_table and name not in _OPTIONAL)
        elif whole_table and None in own:
            _disjoint(made, parent, children)
        elif whole_table:
            left = parent.columns.get(by, DOMAIN)
            for codes in own:
                left &= ~(codes or 0)
            base = parent.without(by)
            empty[base, by] = empty.get((base, by), 0) | left


def _disjoint(made: Relations, parent: Quantity, children: Iterable[Quantity]) -> None:
    """Parts with names of their own, which add up to the whole."""
    terms = ((made.number(parent), -1.0), *((made.number(child), 1.0) for child in children))
    made.rows.append(Row(terms, 0.0, 0.0))


def _overlapping(
    made: Relations, parent: Quantity, children: Iterable[Quantity], *, together: bool
) -> None:
    """People who may be in several of the parts: each part is within the whole."""
    whole = made.number(parent)
    parts = sorted(made.number(child) for child in children)
    if parent.is_sum:
        return
    made.rows += [Row(((whole, 1.0), (part, -1.0)), 0.0, INFINITE) for part in parts]
    if together:
        terms = ((whole, -1.0), *((part, 1.0) for part in parts))
        made.rows.append(Row(terms, 0.0, INFINITE))


def _lines(made: Relations, empty: Mapping[tuple[Quantity, str], Codes]) -> None:
    """Rows for quantities that differ in one column only: each is the sum of the smallest parts."""
    lines: defaultdict[tuple[Quantity, str], dict[int, Codes]] = defaultdict(dict)
    for number, quantity in enumerate(made.quantities):
        for name, codes in quantity.columns.items():
            lines[quantity.without(name), name][number] = codes
    for (base, name), members in lines.items():
        nothing = empty.get((base, name), 0)
        if base in made.numbers:
            members[made.numbers[base]] = DOMAIN
        if len(members) > 1 or nothing:
            _line(made, base, name, {one: codes & ~nothing for one, codes in members.items()})


def _line(made: Relations, base: Quantity, name: str, members: Mapping[int, Codes]) -> None:
    same: defaultdict[Codes, list[int]] = defaultdict(list)
    for number, codes in members.items():
        same[codes].append(number)
    atoms = {
        piece: min(same[piece]) if piece in same else made.number(base.having(name, piece))
        for piece in _pieces(same)
    }
    for codes, numbers in same.items():
        first, *others = sorted(numbers)
        made.rows += [Row(((first, 1.0), (other, -1.0)), 0.0, 0.0) for other in others]
        parts = [atom for piece, atom in atoms.items() if piece & codes]
        if parts != [first]:
            terms = ((first, -1.0), *((part, 1.0) for part in sorted(parts)))
            made.rows.append(Row(terms, 0.0, 0.0))


def _pieces(masks: Iterable[Codes]) -> list[Codes]:
    """The smallest sets of codes of which all given ones are made."""
    pieces: list[Codes] = []
    for mask in masks:
        left, split = mask, []
        for piece in pieces:
            inside = piece & mask
            split += [part for part in (inside, piece & ~mask) if part]
            left &= ~inside
        pieces = [*split, left] if left else split
    return pieces


def _narrower(made: Relations) -> None:
    """Whoever is counted under a further condition is also counted without it."""
    for quantity in list(made.quantities):
        if quantity.rest and not quantity.is_sum:
            wider = made.numbers.get(replace(quantity, rest=frozenset()))
            if wider is not None:
                terms = ((wider, 1.0), (made.numbers[quantity], -1.0))
                made.rows.append(Row(terms, 0.0, INFINITE))
