"""What of a country's cells may be published, and what a ministry sees of its own before that.

Pure: the same cells give the same answer, and there is no way to ask for less protection.

Suppression goes on until nothing is left to narrow down: hide what the rules hide, look what an
outsider can find out all the same, hide one of the cells that tell it, and look again.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from gtms.indicators.definition import Indicator
from gtms.privacy.cells import Cell, Status
from gtms.privacy.disclosure import Secret, in_single_rows, narrowed, secrets
from gtms.privacy.nesting import beside
from gtms.privacy.plan import Plan
from gtms.privacy.relations import Relations, relations
from gtms.privacy.rows import Row
from gtms.privacy.rules import Rule, is_small, ruling, withheld
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
        earlier: what was published before, the oldest first: it cannot be hidden any more.
    """
    public = beside(cells, earlier, catalogue)
    made = relations([*cells, *public], catalogue, profile.year_start)
    plan = Plan(made, cells, public, catalogue, profile)
    _close(made, plan, profile)
    return plan.published[: len(cells)]


def _close(made: Relations, plan: Plan, profile: Profile) -> None:
    """Hide more until every secret is open: row by row first, which is quick, then all together."""
    rows_of: defaultdict[int, list[Row]] = defaultdict(list)
    for row in (*made.rows, *plan.across):
        for number, _ in row.terms:
            rows_of[number].append(row)
    asked: dict[int, Secret] = {}
    open_ones: set[Secret] = set()
    touched: Collection[int] = range(len(made.quantities))
    while touched:
        while touched:
            for number in touched:
                asked.pop(number, None)
            found = secrets(touched, made, plan.published, plan.bounds, profile)
            asked.update((one.number, one) for one in found)
            rows = {id(row): row for number in touched for row in rows_of[number]}.values()
            touched = plan.loosen(in_single_rows(rows, plan.bounds, asked))
        doubtful = [one for one in asked.values() if one not in open_ones]
        narrow = [
            one
            for rows_together in (made.rows, plan.across)
            for one in narrowed(rows_together, plan.bounds, doubtful)
        ]
        open_ones.update({*doubtful} - {one.secret for one in narrow})
        touched = plan.loosen(narrow)


def provisional(
    cells: Sequence[Cell],
    catalogue: Mapping[str, Indicator],
    profile: Profile = DEFAULT_PROFILE,
) -> list[Cell]:
    """What a ministry sees of its own cells: exact, but few people of one place are not told."""
    return [_provisional(cell, catalogue[cell.indicator], profile) for cell in cells]


def _provisional(cell: Cell, indicator: Indicator, profile: Profile) -> Cell:
    under = ruling(indicator, cell.measure, cell.table)
    if under.rule is Rule.EXACT or not under.local:
        return cell
    parts = (cell.numerator or 0.0, cell.denominator or 0.0)
    if any(is_small(one, profile) for one in parts):
        return withheld(cell, Status.SUPPRESSED_PRIMARY)
    return cell
