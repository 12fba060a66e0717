"""The scales of admissions and outcomes, scored by the server whatever the sender made of them.

A total or a domain is computed from the answers where there are answers. A scale whose answers
cannot be scored is taken out, as the flags R082 and R083 say. A score without answers is kept.
"""

from google.protobuf.message import Message

from gtms.events.envelope import RecordMessage
from gtms.records.scales import (
    BARC10_TOTALS,
    WHOQOL_DOMAINS,
    barc10_total,
    sure_total,
    whoqol_domains,
)
from treatment.admissions.v1.admission_pb2 import AdmissionRecord
from treatment.common.v1.measures_pb2 import Barc10, Sure, WhoqolBref
from treatment.outcomes.v1.outcome_pb2 import OutcomeRecord

_SCALES: dict[type[Message], tuple[str, ...]] = {
    AdmissionRecord: ("baseline_barc10", "baseline_whoqol"),
    OutcomeRecord: ("barc10", "sure", "whoqol"),
}


def score(record: RecordMessage) -> bool:
    """Score the scales of a record in place; whether it has any. Scoring twice changes nothing."""
    said: Message = record.record
    names = [name for name in _SCALES.get(type(record), ()) if said.HasField(name)]
    for name in names:
        if not _score(getattr(said, name)):
            said.ClearField(name)
    return bool(names)


def _score(scale: Barc10 | Sure | WhoqolBref) -> bool:
    """Whether the scale can be kept."""
    match scale:
        case Barc10():
            return _score_barc10(scale)
        case Sure():
            return _score_sure(scale)
        case WhoqolBref():
            return _score_whoqol(scale)


def _score_barc10(scale: Barc10) -> bool:
    if not scale.items:
        return not scale.HasField("total") or scale.total in BARC10_TOTALS
    total = barc10_total(scale.items)
    if total is not None:
        scale.total = total
    return total is not None


def _score_sure(scale: Sure) -> bool:
    """Validation has refused answers that cannot be scored and another total (R007)."""
    total = sure_total(scale.items)
    if total is not None:
        scale.total = total
    return True


def _score_whoqol(scale: WhoqolBref) -> bool:
    if not scale.items:
        return True
    scores = whoqol_domains(list(scale.items))
    if scores is None:
        return False
    said: Message = scale
    for domain in WHOQOL_DOMAINS:
        if domain in scores:
            setattr(said, domain, scores[domain])
        else:
            said.ClearField(domain)
    return True
