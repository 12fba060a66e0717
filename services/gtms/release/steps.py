"""The steps of a release: draft, preview, review, publish. Each is one thread's work."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gtms.indicators.catalogue import DIGEST
from gtms.indicators.definition import Indicator
from gtms.privacy.cells import Cell
from gtms.query.pooling import YEARS, pool
from gtms.records.periods import Period, PeriodKind, parse
from gtms.records.profiles import Profile
from gtms.release import contents, differences, labels
from gtms.release.archive import Archive
from gtms.release.judging import Judge
from gtms.release.states import (
    DraftedAnew,
    Made,
    NotNow,
    Release,
    State,
    publishable,
    reviewed,
    told,
    vintage_after,
)
from gtms.warehouse.reader import Quality, Snapshot, StoredCell

ATTEMPTS = 5


class Unknown(Exception):
    """There is no such release."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What publishing a release would change against the vintage before, if there is one."""

    release: Release
    against: Release | None
    changes: Sequence[differences.Change]


@dataclass(frozen=True, slots=True)
class Steps:
    """What can be done with releases.

    Attributes:
        archive: where they are kept. judge: of what may be published. catalogue: the definitions.
        today: the day that it is.
    """

    archive: Archive
    judge: Judge
    catalogue: Mapping[str, Indicator]
    today: Callable[[], date]

    def draft(self, country: str, period: str, reason: str, who: str) -> Release:
        """A draft of the period as it was computed last, in place of an earlier one.

        Raises:
            NotNow: the period is not over or not computed, the vintage needs a reason, or nothing
                has changed since the one before.
            Unavailable: the warehouse is away.
        """
        published = self.archive.vintages(country)
        own = [each for each in published if each.period == period]
        vintage = vintage_after(own, reason)
        snapshot, quality, stored = self._computed(country, period)
        profile = profile_in(snapshot.parameters)
        over = parse(period, profile.year_start)
        if over.after > min(snapshot.as_of, self.today()):
            raise NotNow(f"{period} is not over, or was computed before it was")
        low = labels.is_low(quality.linkage, profile.min_linkage)
        cells = [
            labels.relabelled(cell, self.catalogue[cell.indicator], low_linkage=low)
            for cell in map(labels.as_cell, stored)
        ]
        known = self._known(country, over, published)
        public = self.judge.protected(cells, profile, known)
        labelled = contents.labelled(public, self.catalogue, low_linkage=low)
        made = Made(
            content=contents.content(labelled, snapshot.parameters, snapshot.as_of, DIGEST),
            first=over.first,
            after=over.after,
            snapshot=snapshot.version,
            as_of=snapshot.as_of,
            computed_at=snapshot.computed_at,
            parameters=snapshot.parameters,
            catalogue=DIGEST,
            coverage=quality.coverage,
            linkage=quality.linkage,
            cells=len(public),
            withheld=contents.withheld(public),
        )
        if own and own[-1].made.content == made.content:
            raise NotNow(f"{period} is as it was published in vintage {own[-1].vintage}")
        leaks = tuple(self.judge.leaks(public, profile, known))
        release = Release(
            *(country, period, vintage, State.DRAFT, made, leaks, reason.strip()), drafted_by=who
        )
        self.archive.keep_draft(country, release, labelled)
        return release

    def preview(self, country: str, period: str) -> Preview:
        """What the release that is not published yet would change.

        Raises:
            Unknown: there is none.
        """
        release = self._draft(country, period)
        before = self._newest(country, period)
        old = self.archive.cells(country, before) if before else []
        new = self.archive.cells(country, release)
        found = differences.changes([one.cell for one in old], [one.cell for one in new])
        return Preview(release, before, found)

    def review(self, country: str, period: str, content: str, who: str) -> Release:
        """The draft, looked at.

        Raises:
            Unknown: there is none.
            NotNow: small numbers could be worked out from it.
            DraftedAnew: there is another draft.
        """
        release = reviewed(self._draft(country, period), content, who)
        self._require_nobody_erased(release)
        self.archive.keep(country, release)
        return release

    def publish(self, country: str, period: str, content: str, who: str) -> Release:
        """The reviewed release as a vintage; once it is one, the same again.

        Raises:
            Unknown: there is nothing to publish.
            NotNow: it was not reviewed, or small numbers could be worked out from it.
            DraftedAnew: there is another draft.
        """
        before = self._newest(country, period)
        if before is not None and before.made.content == content:
            self.archive.forget_draft(country, period)
            return before
        release = publishable(self._draft(country, period), content, who)
        self._require_nobody_erased(release)
        self._require_safe(country, release)
        self.archive.publish(country, release)
        public = self._newest(country, period)
        if public is None or public.made.content != content:
            raise DraftedAnew(f"another release of {period} was published at the same moment")
        self.archive.forget_draft(country, period)
        return public

    def _require_nobody_erased(self, release: Release) -> None:
        if self.archive.erased_since(release):
            raise NotNow(f"records were erased since {release.period} was drafted; draft it again")

    def _require_safe(self, country: str, release: Release) -> None:
        cells = [one.cell for one in self.archive.cells(country, release)]
        if len(cells) != release.made.cells:
            raise DraftedAnew(f"{release.period} was drafted anew; look at it again")
        profile = profile_in(release.made.parameters)
        period = parse(release.period, profile.year_start)
        known = self._known(country, period, self.archive.vintages(country))
        leaks = self.judge.leaks(cells, profile, known)
        if leaks:
            self.archive.keep(country, replace(release, state=State.DRAFT, leaks=tuple(leaks)))
            raise NotNow(told(leaks), leaks)

    def _draft(self, country: str, period: str) -> Release:
        found = self.archive.draft(country, period)
        if found is None:
            raise Unknown(f"there is no draft of {period}")
        return found

    def _newest(self, country: str, period: str) -> Release | None:
        own = [each for each in self.archive.vintages(country) if each.period == period]
        return own[-1] if own else None

    def _computed(self, country: str, period: str) -> tuple[Snapshot, Quality, list[StoredCell]]:
        """The current snapshot with its cells, whole."""
        years = pool(period)
        pooled = [each for each in self.catalogue.values() if each.pooled and years]
        for _ in range(ATTEMPTS):
            current = self.archive.snapshots(country, {period, *years})
            if period not in current or current[period][1] != DIGEST:
                raise NotNow(f"{period} has not been computed with the present definitions")
            snapshot = current[period][0]
            cells = self.archive.computed(country, snapshot)
            before = [
                cell
                for year, (each, _) in current.items()
                if year != period and pooled
                for cell in self.archive.computed(country, each, [one.id for one in pooled])
            ]
            quality = self.archive.quality(country, snapshot)
            if self.archive.snapshots(country, {period, *years}) == current:
                return snapshot, quality, list(contents.with_pooled(period, cells, before, pooled))
        raise NotNow(f"{period} is being computed anew at this moment; try again")

    def _known(
        self, country: str, period: Period, published: Sequence[Release]
    ) -> list[list[Cell]]:
        """What an outsider may set beside the period: all vintages of periods that overlap it.

        Of a year also those years that are pooled with it, but only what is pooled.
        """
        pooled = {each.id for each in self.catalogue.values() if each.pooled}
        known = []
        for each in published:
            overlaps = each.made.first < period.after and period.first < each.made.after
            if overlaps or (period.kind is PeriodKind.YEAR and _within_reach(each, period)):
                cells = [one.cell for one in self.archive.cells(country, each)]
                known.append([one for one in cells if overlaps or one.indicator in pooled])
        return known


def _within_reach(release: Release, year: Period) -> bool:
    """Whether the release is of a year that is pooled with the year, or it with that one."""
    return bool(pool(release.period)) and abs(int(release.period) - int(year.label)) < YEARS


def profile_in(parameters: str) -> Profile:
    """The profile that a snapshot or a release carries."""
    return Profile(**json.loads(parameters))
