"""Where a row of a population is counted: its places in tables, and the tables made of those.

A place is a pair, so small because there are so many of them: a number with, from its highest byte
down, the number of one of the largest tables and two bytes for the code of each of its dimensions;
and the value of its dimension without codes (a region, a facility), empty where it has none. Place
0 is the total.

A smaller table is summed from a place that holds it; which of its dimensions it keeps is a *mask*,
a set of bits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from gtms.indicators.definition import Dimension, Part, Population, Table

_TABLE_BITS, _CODE_BITS = 56, 16
_CODES = (1 << _CODE_BITS) - 1


def largest_tables(population: Population, parts: Iterable[Part]) -> list[Table]:
    """Tables, dimension names sorted, that are not part of another one.

    A table with a set-valued dimension does not add up to the table without it, which is therefore
    a table of its own.
    """
    whole = {tuple(sorted({*table, *part.counted_by})) for part in parts for table in part.tables}
    plain = {tuple(name for name in table if name not in population.sets) for table in whole}
    spread = {table for table in whole if set(table) & population.sets}
    largest = {t for t in plain if t and not any(set(t) < set(other) for other in plain)}
    return sorted(largest | spread)


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a population's rows, as pieces of a statement."""

    population: Population
    tables: tuple[Table, ...]
    dimensions: tuple[Dimension, ...]

    @classmethod
    def of(cls, population: Population, tables: Sequence[Table]) -> "Places":
        """The places in the given tables."""
        used = {name for table in tables for name in table}
        known = sorted(population.dimensions, key=lambda one: one.name)
        return cls(population, tuple(tables), tuple(one for one in known if one.name in used))

    @property
    def masks(self) -> list[int]:
        """Every table that can be made, the total first."""
        return [mask for masks in self._masks() for mask in masks]

    def table(self, mask: int) -> Table:
        """Names of the dimensions of a mask, sorted."""
        return tuple(one.name for place, one in enumerate(self.dimensions) if mask >> place & 1)

    def codes(self) -> str:
        """Columns with the codes of dimensions that a row does not have as they are."""
        return "".join(
            f", {one.code} AS code_{one.name}" for one in self.dimensions if self._is_derived(one)
        )

    def of_row(self) -> str:
        """Array expression: the places where a row is counted.

        A set-valued dimension puts the row into each of its values.
        """
        single = [_pair(0, [], "''")]
        spreads: list[str] = []
        for number, table in enumerate(self.tables, 1):
            spread = next((name for name in table if name in self.population.sets), None)
            place = self._place(number, table, spread)
            if spread is None:
                single.append(place)
            else:
                column = next(one.code for one in self.dimensions if one.name == spread)
                spreads.append(f"arrayMap(each -> {place}, {column})")
        return f"arrayConcat([{', '.join(single)}]{''.join(', ' + one for one in spreads)})"

    def table_of(self, place: str) -> str:
        """Expression: the position, from 1, of a place's table among those of `summed_to`."""
        return f"bitShiftRight({place}.1, {_TABLE_BITS}) + 1"

    def summed_to(self, masks: Sequence[int]) -> str:
        """Array literal: for each place the numbers of the given masks that are summed from it."""
        number = {mask: position for position, mask in enumerate(masks)}
        own = [[number[mask] for mask in of_place if mask in number] for of_place in self._masks()]
        return f"CAST({own} AS Array(Array(UInt16)))"

    def names(self, masks: Sequence[int]) -> str:
        """Array literal: the names of the dimensions of each mask."""
        return f"CAST({[list(self.table(mask)) for mask in masks]} AS Array(Array(String)))"

    def every_label(self, place: str) -> str:
        """Array expression: the labels of a place; right for the dimensions that its table has."""
        every = ", ".join(self._label(one, place) for one in self.dimensions)
        return f"CAST([{every}] AS Array(String))"

    def kept(self, masks: Sequence[int]) -> str:
        """Array literal: the positions of the labels that each mask keeps."""
        kept = [
            [place for place in range(1, len(self.dimensions) + 1) if mask >> (place - 1) & 1]
            for mask in masks
        ]
        return f"CAST({kept} AS Array(Array(UInt8)))"

    def _masks(self) -> list[list[int]]:
        """For each place the masks that are summed from it: the first place that holds a table."""
        bit = {dimension.name: 1 << place for place, dimension in enumerate(self.dimensions)}
        taken = {0}
        masks = [[0]]
        for table in self.tables:
            fixed = sum(bit[name] for name in table if name in self.population.sets)
            free = [bit[name] for name in table if name not in self.population.sets]
            own = [
                fixed + sum(chosen)
                for size in range(len(free) + 1)
                for chosen in combinations(free, size)
            ]
            masks.append([mask for mask in own if mask not in taken])
            taken.update(own)
        return masks

    def _place(self, number: int, table: Table, spread: str | None) -> str:
        of_table = [one for one in self.dimensions if one.name in table]
        column = {one: "each" if one.name == spread else self._column(one) for one in of_table}
        texts = [f"toString({column[one]})" for one in of_table if one.labels is None]
        assert len(texts) <= 1, f"{table} has more than one dimension without codes"
        codes = [column[one] for one in of_table if one.labels is not None]
        assert len(codes) * _CODE_BITS <= _TABLE_BITS, f"{table} has too many dimensions"
        return _pair(number, codes, *texts or ["''"])

    def _label(self, dimension: Dimension, place: str) -> str:
        if dimension.labels is None:
            return label(dimension, f"{place}.2")
        shifts = [0] + [self._shift(dimension, table) for table in self.tables]
        code = f"bitShiftRight({place}.1, {shifts}[{self.table_of(place)}])"
        return label(dimension, f"bitAnd({code}, {_CODES})")

    def _shift(self, dimension: Dimension, table: Table) -> int:
        """Bits below the code of a dimension in the places of a table; 0 where it has none."""
        coded = [o.name for o in self.dimensions if o.name in table and o.labels is not None]
        return coded.index(dimension.name) * _CODE_BITS if dimension.name in coded else 0

    def _is_derived(self, dimension: Dimension) -> bool:
        return dimension.code != dimension.name and dimension.name not in self.population.sets

    def _column(self, dimension: Dimension) -> str:
        return f"code_{dimension.name}" if self._is_derived(dimension) else dimension.code


def _pair(number: int, codes: Sequence[str], text: str) -> str:
    terms = [str(number << _TABLE_BITS)] + [
        f"bitShiftLeft(toUInt64({code}), {position * _CODE_BITS})"
        for position, code in enumerate(codes)
    ]
    return f"(toUInt64({' + '.join(terms)}), {text})"


def label(dimension: Dimension, code: str) -> str:
    """Expression: the label of a code."""
    if dimension.labels is None:
        return f"if({code} = '', '{dimension.unknown}', {code})"
    codes = ", ".join(str(number) for number in dimension.labels)
    labels = ", ".join(f"'{label}'" for label in dimension.labels.values())
    return f"transform({code}, [{codes}], [{labels}], '{dimension.unknown}')"
