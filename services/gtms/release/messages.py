"""Releases in the words of the service. Pure."""

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime

from google.protobuf.timestamp_pb2 import Timestamp
from google.rpc.error_details_pb2 import PreconditionFailure

from gtms.privacy.cells import Cell
from gtms.query.answers import told_parameters
from gtms.release import differences
from gtms.release.policies import Policy
from gtms.release.states import CellName, Leak, Release
from gtms.release.steps import Preview
from treatment.indicators.v1 import indicators_pb2
from treatment.releases.v1 import releases_pb2 as pb

_DAYS = ("year_days", "quarter_days", "month_days")


def release(one: Release, reader: str) -> pb.Release:
    """The release; who made it is told to its own country only."""
    own = one.country == reader
    made = one.made
    return pb.Release(
        country=one.country,
        period=one.period,
        vintage=one.vintage,
        state=pb.ReleaseState.Value(f"RELEASE_STATE_{one.state}"),
        content_hash=made.content,
        as_of=made.as_of.isoformat(),
        computed_at=_moment(made.computed_at),
        catalogue=made.catalogue,
        parameters=told_parameters(json.loads(made.parameters)),
        coverage=made.coverage,
        linkage=made.linkage,
        cells=made.cells,
        withheld=made.withheld,
        reason=one.reason,
        published_at=_moment(one.published_at) if one.published_at else None,
        drafted_by=one.drafted_by if own else "",
        reviewed_by=one.reviewed_by if own else "",
        published_by=one.published_by if own else "",
        breaches=[_breach(leak) for leak in one.leaks],
    )


def preview(of: Preview, indicators: Collection[str], most: int) -> pb.PreviewReleaseResponse:
    """The preview, with at most so many changed cells of the indicators; of none named, of all."""
    changed = [
        each
        for each in of.changes
        if each.kind != "same" and (not indicators or each.of.indicator in indicators)
    ]
    return pb.PreviewReleaseResponse(
        release=release(of.release, of.release.country),
        against=of.against.vintage if of.against else 0,
        indicators=[
            pb.IndicatorChange(
                indicator=indicator,
                added=counted.added,
                removed=counted.removed,
                changed=counted.changed,
                same=counted.same,
            )
            for indicator, counted in differences.counts(of.changes).items()
        ],
        cells=[_change(each) for each in changed[:most]],
        left_off=max(0, len(changed) - most),
    )


def policy(one: Policy | None) -> pb.ReleasePolicy:
    """The policy; empty when nothing is released by itself."""
    told = {} if one is None else {name: getattr(one, name) for name in _DAYS}
    return pb.ReleasePolicy(**told)


def policy_told(message: pb.ReleasePolicy, since: date) -> Policy:
    """What a message says, from this day on."""
    told = {field.name: int(days) for field, days in message.ListFields()}
    return Policy(since, **told)


def precondition(leaks: Sequence[Leak]) -> PreconditionFailure:
    """From what small numbers could be worked out: every cell, and how."""
    return PreconditionFailure(
        violations=[
            PreconditionFailure.Violation(
                type="SMALL_NUMBERS", subject=str(cell), description=leak.because
            )
            for leak in leaks
            for cell in leak.cells
        ]
    )


def _breach(leak: Leak) -> pb.Breach:
    return pb.Breach(cells=[_named(cell) for cell in leak.cells], because=leak.because)


def _named(cell: CellName) -> pb.CellName:
    return pb.CellName(
        indicator=cell.indicator,
        measure=cell.measure,
        period=cell.period,
        dimensions=cell.dimensions,
    )


def _change(change: differences.Change) -> pb.CellChange:
    of = change.of
    return pb.CellChange(
        cell=_named(CellName(of.indicator, of.measure, of.period, dict(of.dimensions))),
        before=change.before.value if change.before else None,
        status_before=_status(change.before),
        after=change.after.value if change.after else None,
        status_after=_status(change.after),
    )


def _status(cell: Cell | None) -> "indicators_pb2.CellStatus.ValueType":
    if cell is None:
        return indicators_pb2.CELL_STATUS_UNSPECIFIED
    return indicators_pb2.CellStatus.Value(f"CELL_STATUS_{cell.status}")


def _moment(at: datetime) -> Timestamp:
    moment = Timestamp()
    moment.FromDatetime(at)
    return moment
