"""What a ministry sees of cells that are not released: not few people of one place. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from gtms.indicators.definition import Indicator
from gtms.privacy.rules import ruling
from gtms.privacy.suppression import provisional
from gtms.records.profiles import Profile
from gtms.release.labels import as_cell
from gtms.warehouse.reader import Snapshot, StoredCell


def seen(
    stored: Sequence[StoredCell],
    snapshots: Sequence[Snapshot],
    catalogue: Mapping[str, Indicator],
) -> list[StoredCell]:
    """Cells of one table of snapshots, in their order, small numbers of places withheld."""
    profiles = {each.period: Profile(**json.loads(each.parameters)) for each in snapshots}
    of = {(each.position.indicator, each.position.measure): each for each in stored}
    local = {
        (indicator, measure)
        for (indicator, measure), one in of.items()
        if ruling(catalogue[indicator], measure, tuple(sorted(one.dimensions))).local
    }
    return [
        _seen(each, profiles[each.position.period], catalogue)
        if (each.position.indicator, each.position.measure) in local
        else each
        for each in stored
    ]


def _seen(stored: StoredCell, profile: Profile, catalogue: Mapping[str, Indicator]) -> StoredCell:
    (cell,) = provisional([as_cell(stored)], catalogue, profile)
    return replace(
        stored,
        value=cell.value,
        numerator=cell.numerator,
        denominator=cell.denominator,
        status=str(cell.status),
    )
