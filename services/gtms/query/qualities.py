"""Coverage and linkage of snapshots read before."""

from collections.abc import Mapping, Sequence

from gtms.warehouse.reader import Quality, Snapshot

MOST = 10_000


class Qualities:
    """Remembers L01 and L03 of whole snapshots: those never change, and every query needs them."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, int], Quality] = {}

    def known(self, country: str, snapshots: Sequence[Snapshot]) -> Mapping[str, Quality]:
        """By period, of those of the snapshots that were remembered."""
        keys = ((each.period, (country, each.period, each.version)) for each in snapshots)
        return {period: self._known[key] for period, key in keys if key in self._known}

    def remember(
        self, country: str, snapshots: Sequence[Snapshot], quality: Mapping[str, Quality]
    ) -> None:
        """Of snapshots that are known to have been whole while it was read."""
        if len(self._known) + len(snapshots) > MOST:
            self._known.clear()
        for each in snapshots:
            found = quality.get(each.period, Quality())
            self._known[country, each.period, each.version] = found
