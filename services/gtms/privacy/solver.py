"""Bounds of quantities that follow from all rows together, by linear programs (HiGHS).

Quantities that share rows make a component; each component is a program of its own, solved again
and again from where the last solution was. A solution in whole numbers is a *witness*: numbers that
an outsider cannot tell from the true ones.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from gtms.privacy.rows import Bounds, Row

_NEARLY = 1e-6
_INFINITE = highspy.kHighsInf


class Contradiction(Exception):
    """No numbers agree with all that is known."""


@dataclass(frozen=True, slots=True)
class Extreme:
    """The least or the greatest that a quantity can be.

    `value`; `holding`: numbers of the quantities whose bounds hold it there; `whole`: whether it is
    reached by whole numbers.
    """

    value: float
    holding: tuple[int, ...]
    whole: bool


class Component:
    """Quantities that depend on each other: one linear program.

    Attributes:
        numbers: of the quantities, unknown and known ones of the same rows. rows: between them.
    """

    def __init__(self, numbers: Sequence[int], rows: Sequence[Row], bounds: Bounds) -> None:
        self.numbers = numbers
        self.rows = rows
        self._columns = {number: place for place, number in enumerate(numbers)}
        self._counts = ~bounds.sums[list(numbers)]
        self._seen_low = np.full(len(numbers), np.inf)
        self._seen_high = np.full(len(numbers), -np.inf)
        self._program = _program(rows, self._columns, bounds)
        self._costs: list[int] = []
        self._in_whole_numbers = False

    def least(self, number: int) -> Extreme:
        """The least that the quantity can be."""
        return self._solve({number: 1.0}, number)

    def greatest(self, number: int) -> Extreme:
        """The greatest that the quantity can be."""
        return self._solve({number: -1.0}, number)

    def leaves_open(self, number: int, is_open: Callable[[float, float], bool]) -> bool:
        """Whether the witnesses so far leave a quantity open."""
        place = self._columns[number]
        return is_open(self._seen_low[place], self._seen_high[place])

    def spread(self, numbers: Sequence[int]) -> None:
        """Look for witnesses in which many of the quantities are small, and great."""
        for sign in (1.0, -1.0):
            self._solve(dict.fromkeys(numbers, sign), numbers[0])

    def in_whole_numbers(self) -> None:
        """From now on look at counts as whole numbers only, which takes longer."""
        for place in np.flatnonzero(self._counts):
            self._program.changeColIntegrality(int(place), highspy.HighsVarType.kInteger)
        self._in_whole_numbers = True

    def _solve(self, costs: Mapping[int, float], number: int) -> Extreme:
        program = self._program
        for place in self._costs:
            program.changeColCost(place, 0.0)
        self._costs = [self._columns[one] for one in costs]
        for one, cost in costs.items():
            program.changeColCost(self._columns[one], cost)
        program.run()
        if program.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise Contradiction
        solution = program.getSolution()
        values = np.array(solution.col_value)
        near = np.where(self._counts, np.round(values), values)
        whole = bool(np.all(np.abs(values - near) < _NEARLY))
        if whole:
            np.minimum(self._seen_low, near, out=self._seen_low)
            np.maximum(self._seen_high, near, out=self._seen_high)
        value = float(values[self._columns[number]])
        if self._in_whole_numbers:
            return Extreme(value, (), whole)
        held = np.flatnonzero(np.abs(np.array(solution.col_dual)) > _NEARLY)
        return Extreme(value, tuple(self.numbers[int(place)] for place in held), whole)


def _program(rows: Sequence[Row], columns: Mapping[int, int], bounds: Bounds) -> highspy.Highs:
    program = highspy.Highs()  # type: ignore[no-untyped-call]
    program.setOptionValue("output_flag", False)
    program.setOptionValue("threads", 1)
    program.setOptionValue("presolve", "off")
    model = highspy.HighsLp()
    numbers = np.array(list(columns))
    model.num_col_, model.num_row_ = len(columns), len(rows)
    model.col_cost_ = np.zeros(len(columns))
    model.col_lower_, model.col_upper_ = bounds.low[numbers], bounds.high[numbers]
    model.row_lower_ = np.array([row.low if row.low > -np.inf else -_INFINITE for row in rows])
    model.row_upper_ = np.array([row.high if row.high < np.inf else _INFINITE for row in rows])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(row.terms) for row in rows)])
    terms = [term for row in rows for term in row.terms]
    model.a_matrix_.index_ = np.array([columns[number] for number, _ in terms])
    model.a_matrix_.value_ = np.array([factor for _, factor in terms])
    program.passModel(model)
    return program


def components(rows: Sequence[Row], bounds: Bounds) -> Iterator[Component]:
    """The rows, taken apart where the quantities that they share are known."""
    unknown = bounds.low < bounds.high
    root = list(range(len(unknown)))

    def of(number: int) -> int:
        while root[number] != number:
            root[number] = root[root[number]]
            number = root[number]
        return number

    used = []
    for row in rows:
        open_ones = [number for number, _ in row.terms if unknown[number]]
        if open_ones:
            used.append((row, open_ones[0]))
            for other in open_ones[1:]:
                root[of(other)] = of(open_ones[0])
    together: defaultdict[int, list[Row]] = defaultdict(list)
    for row, first in used:
        together[of(first)].append(row)
    for own in together.values():
        numbers = dict.fromkeys(number for row in own for number, _ in row.terms)
        yield Component(list(numbers), own, bounds)
