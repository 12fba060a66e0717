"""What of a country's cells may be published, and what a ministry sees of its own before that.

Pure: the same cells give the same answer, and there is no way to ask for less protection.
"""

from collections.abc import Mapping, Sequence

from gtms.indicators.definition import Compared, Indicator, Percent
from gtms.privacy.cells import Cell, Place, Status
from gtms.privacy.rules import Rule, Ruling, alone, is_small, ruling, withheld
from gtms.records.profiles import DEFAULT_PROFILE, Profile


def protect(
    cells: Sequence[Cell],
    catalogue: Mapping[str, Indicator],
    profile: Profile = DEFAULT_PROFILE,
    earlier: Sequence[Sequence[Cell]] = (),
) -> list[Cell]:
    """What may be published of the cells of one country, in their order.

    Args:
        cells: as computed, all periods that are released together.
        catalogue: the definitions of their indicators.
        profile: the country's threshold and rounding base.
        earlier: what was published before and stays known: vintages of these and other periods.
    """
    below = {cell.place: cell.denominator for cell in cells}
    published = []
    for cell in cells:
        indicator = catalogue[cell.indicator]
        under = ruling(indicator, cell.measure, cell.table)
        published.append(alone(cell, under, _people(cell, indicator, under, below), profile))
    return published


def provisional(
    cells: Sequence[Cell],
    catalogue: Mapping[str, Indicator],
    profile: Profile = DEFAULT_PROFILE,
) -> list[Cell]:
    """What a ministry sees of its own cells: exact, but few people of one place are not told."""
    return [_provisional(cell, catalogue[cell.indicator], profile) for cell in cells]


def _people(
    cell: Cell,
    indicator: Indicator,
    under: Ruling,
    below: Mapping[Place, float | None],
) -> float | None:
    """How many people a mean is of; None where no cell tells."""
    match under.part.measure:
        case Percent():
            other = indicator.measures[0]
            return below.get((cell.indicator, other, cell.period, cell.dimensions))
        case Compared():
            return None
        case _:
            return cell.denominator


def _provisional(cell: Cell, indicator: Indicator, profile: Profile) -> Cell:
    under = ruling(indicator, cell.measure, cell.table)
    if under.rule is Rule.EXACT or not under.local:
        return cell
    parts = (cell.numerator or 0.0, cell.denominator or 0.0)
    if any(is_small(one, profile) for one in parts):
        return withheld(cell, Status.SUPPRESSED_PRIMARY)
    return cell
