"""Which cells are hidden so far, and which are hidden next.

A quantity is hidden by hiding every cell that tells it. Where a whole is itself small, that it is
said to be small tells something of its parts: it is then *masked*, hidden without that being said.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import log2

from gtms.indicators.definition import Compared, Indicator, Percent
from gtms.privacy.cells import SUPPRESSED, WITH_VALUE, Cell, Place, Status
from gtms.privacy.disclosure import Found
from gtms.privacy.knowledge import known, learned
from gtms.privacy.places import is_in, of_one_facility
from gtms.privacy.relations import Judged, Relations
from gtms.privacy.rows import Bounds, Row, believable
from gtms.privacy.rules import Rule, alone, is_small, withheld
from gtms.records.profiles import Profile

_TOTAL = 1000.0
"""How many other cells are rather hidden than a total."""


class Plan:
    """What is published of some cells so far, and what an outsider learns from each of them.

    Attributes:
        published: the cells as they would be published, and those that are public already.
        bounds: what they tell of each quantity by themselves.
        across: what holds between quantities of several periods, without wrong assumptions.
    """

    def __init__(
        self,
        made: Relations,
        cells: Sequence[Cell],
        public: Sequence[Cell],
        catalogue: Mapping[str, Indicator],
        profile: Profile,
    ) -> None:
        self._made = made
        self._profile = profile
        self._tellers = made.tellers
        self._free = len(cells)
        self._truth = _truth(made.judged[: self._free])
        self._masked: set[int] = set()
        below = {cell.place: cell.denominator for cell in cells}
        self._alone = [
            alone(cell, judged.under, self._people(judged, catalogue, below), profile)
            for cell, judged in zip(cells, made.judged, strict=False)
        ]
        self._regions = of_one_facility(cells)
        self._hidden = {
            number
            for number, value in self._truth.items()
            if is_small(value, profile) and not made.quantities[number].is_sum
        }
        self.published = [*map(self._shown, range(self._free)), *public]
        self.bounds: Bounds = known(made, self.published, profile)
        self.across = self._true_rows()

    def _true_rows(self) -> list[Row]:
        truth = self.bounds.copy()
        for number, value in self._truth.items():
            truth.narrow(number, value, value)
        return list(believable(self._made.across, truth))

    def loosen(self, found: Iterable[Found]) -> frozenset[int]:
        """Hide something of what bounds each of the secrets.

        Returns: the quantities of which less is told now; none when there is nothing to hide.
        """
        chosen: set[int] = set()
        for one in found:
            holding = {*one.low.holding, *one.high.holding} - {one.secret.number}
            if holding & chosen:
                continue
            choice = min(filter(self._can_give, holding), key=self._cost, default=None)
            if choice is not None:
                chosen.add(choice)
        return frozenset().union(*(self._give(number) for number in sorted(chosen)))

    def _can_give(self, number: int) -> bool:
        """Whether less could be told of the quantity."""
        places = self._tellers.get(number, ())
        if self._truth.get(number, 0.0) <= 0 or any(place >= self._free for place in places):
            return False
        return number not in self._hidden or (
            number not in self._masked and self.bounds.high[number] < self._profile.k_threshold
        )

    def _cost(self, number: int) -> tuple[float, int]:
        quantity = self._made.quantities[number]
        if number in self._hidden:
            return 0.0, number
        total = _TOTAL if not quantity.where and not quantity.rest else 0.0
        return total + len(self._tellers[number]) + log2(self._truth[number]), number

    def _give(self, number: int) -> set[int]:
        (self._masked if number in self._hidden else self._hidden).add(number)
        touched: set[int] = set()
        for place in self._tellers[number]:
            self.published[place] = self._shown(place)
            touched.update(self._made.judged[place].tells)
        for one in touched:
            self._learn(one)
        return touched

    def _learn(self, number: int) -> None:
        """What is told of a quantity, anew."""
        self.bounds.forget(number)
        for place in self._tellers[number]:
            judged, cell = self._made.judged[place], self.published[place]
            for told, low, high in learned(judged, cell, self._profile):
                if told == number:
                    self.bounds.narrow(number, low, high)

    def _shown(self, place: int) -> Cell:
        """A cell as it is published with what is hidden so far."""
        judged, cell = self._made.judged[place], self._alone[place]
        if judged.under.rule is Rule.EXACT:
            return cell
        if cell.status in SUPPRESSED and judged.above in self._masked:
            return withheld(cell, Status.SUPPRESSED_SECONDARY)
        told = not self._hidden.isdisjoint(judged.tells) or is_in(cell, self._regions)
        if cell.status in WITH_VALUE and told:
            return withheld(cell, Status.SUPPRESSED_SECONDARY)
        return cell

    def _people(
        self,
        judged: Judged,
        catalogue: Mapping[str, Indicator],
        below: Mapping[Place, float | None],
    ) -> float | None:
        """How many people a mean or a comparison is of; None where no cell tells."""
        cell = judged.cell
        match judged.under.part.measure:
            case Percent():
                first = catalogue[cell.indicator].measures[0]
                return below.get((cell.indicator, first, cell.period, cell.dimensions))
            case Compared():
                counted = [self._truth.get(one, 0.0) for one in judged.of]
                return min(counted, default=None)
            case _:
                return cell.denominator


def _truth(judged: Iterable[Judged]) -> dict[int, float]:
    """The quantities as they were counted."""
    found: dict[int, float] = {}
    for one in judged:
        above, below = one.cell.numerator, one.cell.denominator
        if one.above is not None and above is not None:
            found[one.above] = above
        if one.below is not None and below is not None:
            found[one.below] = below
        if one.rest is not None and above is not None and below is not None:
            found[one.rest] = below - above
    return found
