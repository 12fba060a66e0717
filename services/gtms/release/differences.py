"""What a release would change against the vintage before. Pure, and only of what is public."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gtms.privacy.cells import Cell, Place


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cells of an indicator were added, removed, changed, and are as they were."""

    added: int = 0
    removed: int = 0
    changed: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A cell before and after; None where it was not there, or is no longer."""

    before: Cell | None
    after: Cell | None

    @property
    def of(self) -> Cell:
        """The cell that there is, to name it by."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def kind(self) -> str:
        """The name of the count that it belongs to."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        said = (self.before.value, self.before.status)
        return "same" if said == (self.after.value, self.after.status) else "changed"


def changes(before: Sequence[Cell], after: Sequence[Cell]) -> list[Change]:
    """Every cell of both, totals first, then by indicator, measure and labels."""
    old = {cell.place: cell for cell in before}
    new = {cell.place: cell for cell in after}
    places: list[Place] = sorted({*old, *new}, key=lambda place: (len(place[3]), place))
    return [Change(old.get(place), new.get(place)) for place in places]


def counts(of: Sequence[Change]) -> Mapping[str, Counts]:
    """By indicator, in the order of their ids."""
    found: dict[str, dict[str, int]] = {}
    for each in of:
        kinds = found.setdefault(each.of.indicator, {})
        kinds[each.kind] = kinds.get(each.kind, 0) + 1
    return {indicator: Counts(**found[indicator]) for indicator in sorted(found)}
