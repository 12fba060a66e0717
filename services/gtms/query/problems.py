"""One page of problems, and how many there are.

A page begins after the last problem of the page before. The token says also since when a record
must have waited to be listed, so that all pages of a sequence list by the same hour.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from google.protobuf.timestamp_pb2 import Timestamp

from gtms.query.selection import InvalidQuery, Violation
from gtms.query.tokens import Binding, InvalidToken, require_fresh, seal_body, unseal_body
from gtms.records.effects import EFFECTS, Effect, State
from gtms.records.rules import RULES, Rule
from gtms.warehouse import problems as stored
from gtms.warehouse.problems import Name, Place, RuleCount, StoredProblem, Wanted
from gtms.warehouse.reader import Reader
from treatment.common.v1.codes_pb2 import RecordFamily
from treatment.common.v1.receipts_pb2 import Severity
from treatment.quality.v1 import quality_pb2 as pb

PATIENCE = timedelta(hours=24)
"""An outcome may come before its admission; after so long somebody should ask why it has not."""

DEFAULT_PAGE_SIZE = 100
DEFAULT_FACILITIES = 5

_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_ALL_STATES = tuple(state.value for state in State)


@dataclass(frozen=True, slots=True)
class _Bookmark:
    now: datetime
    after: Place | None


@dataclass(frozen=True, slots=True)
class ProblemPages:
    """Reads problems for one country at a time.

    Attributes:
        reader: of the warehouse.
        key: seals page tokens; the same in all processes of the installation.
        now: the clock, UTC.
    """

    reader: Reader
    key: bytes
    now: Callable[[], datetime]

    async def page(self, country: str, request: pb.ListProblemsRequest) -> pb.ListProblemsResponse:
        """The page of the country's problems that a well-formed request asks for.

        Raises:
            InvalidQuery: a rule that there is not, or a page token that is not of this query.
            Unavailable: the warehouse is away.
        """
        _require_known_rules(request.filter)
        binding = Binding(country, _digest(request.filter))
        bookmark = self._bookmark(request.page_token, binding)
        size = request.page_size or DEFAULT_PAGE_SIZE
        found = await stored.problems(
            self.reader, country, _wanted(request.filter, bookmark.now), bookmark.after, size + 1
        )
        shown = found[:size]
        names = [name for each in shown for name in (_name(each.place), *each.related)]
        keys = await stored.keys(self.reader, country, names)
        more = len(found) > size
        return pb.ListProblemsResponse(
            problems=[_problem(each, keys) for each in shown],
            next_page_token=self._token(binding, bookmark, shown[-1].place) if more else "",
        )

    async def summary(
        self, country: str, request: pb.SummarizeProblemsRequest
    ) -> pb.SummarizeProblemsResponse:
        """How many problems the country has. Raises as `page` does."""
        _require_known_rules(request.filter)
        most = request.facilities or DEFAULT_FACILITIES
        wanted = _wanted(request.filter, self.now())
        found = await stored.summary(self.reader, country, wanted, most)
        return pb.SummarizeProblemsResponse(rules=map(_rule_summary, found))

    def _token(self, binding: Binding, bookmark: _Bookmark, last: Place) -> str:
        after = (last.rule_id, last.family, last.record_uid)
        body = json.dumps([self.now().isoformat(), bookmark.now.isoformat(), after])
        return seal_body(self.key, binding, body.encode())

    def _bookmark(self, token: str, binding: Binding) -> _Bookmark:
        now = self.now()
        if not token:
            return _Bookmark(now, None)
        try:
            given_out, first, after = json.loads(unseal_body(self.key, binding, token))
            require_fresh(datetime.fromisoformat(given_out), now)
        except InvalidToken as problem:
            raise InvalidQuery(Violation("page_token", str(problem))) from None
        return _Bookmark(datetime.fromisoformat(first), Place(*after))


def _digest(asked: pb.ProblemFilter) -> bytes:
    return hashlib.sha256(b"problems" + asked.SerializeToString(deterministic=True)).digest()


def _require_known_rules(asked: pb.ProblemFilter) -> None:
    found_across = sorted({rule_id for rule_id, _ in EFFECTS})
    unknown = [number for number, rule in enumerate(asked.rules) if rule not in found_across]
    if unknown:
        allowed = f"not a rule across records; there are {', '.join(found_across)}"
        raise InvalidQuery(*(Violation(f"filter.rules[{n}]", allowed) for n in unknown))


def _wanted(asked: pb.ProblemFilter, now: datetime) -> Wanted:
    names = tuple(pb.ProblemState.Name(s).removeprefix("PROBLEM_STATE_") for s in asked.states)
    return Wanted(
        rules=tuple(sorted(asked.rules)),
        families=tuple(sorted(asked.families)),
        facility_id=asked.facility_id,
        since=asked.since.ToDatetime(UTC) if asked.HasField("since") else _EVER,
        states=names or _ALL_STATES,
        waited_since=now if names else now - PATIENCE,
    )


def _name(place: Place) -> Name:
    return (place.family, place.record_uid)


def _problem(found: StoredProblem, keys: Mapping[Name, Mapping[str, str]]) -> pb.Problem:
    rule, effect = _said(found.place.rule_id, State(found.state))
    return pb.Problem(
        rule_id=rule.rule_id,
        severity=Severity.ValueType(int(rule.severity)),
        state=pb.ProblemState.Value(f"PROBLEM_STATE_{found.state}"),
        record=_record(_name(found.place), keys),
        related=[_record(each, keys) for each in found.related],
        since=_timestamp(found.since),
        message=rule.text,
        effect=effect.text,
        excluded_from=effect.excludes,
    )


def _said(rule_id: str, state: State) -> tuple[Rule, Effect]:
    return RULES[rule_id], EFFECTS[rule_id, state]


def _record(name: Name, keys: Mapping[Name, Mapping[str, str]]) -> pb.RecordName:
    family, uid = name
    return pb.RecordName(
        family=RecordFamily.ValueType(family), record_uid=uid, key=keys.get(name, {})
    )


def _rule_summary(found: RuleCount) -> pb.RuleSummary:
    rule = RULES[found.rule_id]
    return pb.RuleSummary(
        rule_id=found.rule_id,
        severity=Severity.ValueType(int(rule.severity)),
        message=rule.text,
        open=found.open,
        awaiting=found.awaiting,
        oldest=_timestamp(found.oldest),
        facilities=found.facilities,
        most=_counts(found.most),
    )


def _counts(most: Sequence[tuple[str, int]]) -> list[pb.FacilityCount]:
    return [pb.FacilityCount(facility_id=name, problems=number) for name, number in most]


def _timestamp(moment: datetime) -> Timestamp:
    made = Timestamp()
    made.FromDatetime(moment)
    return made
