"""What the server makes of the scales in a record, by the reference's scores."""

from google.protobuf.message import Message

from tests.support.oracle.scales import WHOQOL_DOMAINS, barc10_total, whoqol_scores
from treatment.admissions.v1 import admission_pb2
from treatment.common.v1 import measures_pb2
from treatment.outcomes.v1 import outcome_pb2


def scored(said: Message) -> Message:
    """The same record or retraction with every scale as it is stored; itself if it has none."""
    prefix = {admission_pb2.Admission: "baseline_", outcome_pb2.Outcome: ""}.get(type(said))
    scales = ("barc10", "sure", "whoqol")
    names = [] if prefix is None else [f"{prefix}{scale}" for scale in scales]
    known = said.DESCRIPTOR.fields_by_name
    if not any(name in known and said.HasField(name) for name in names):
        return said
    copy = type(said)()
    copy.CopyFrom(said)
    for name in names:
        if name in known and copy.HasField(name) and not _score(getattr(copy, name)):
            copy.ClearField(name)
    return copy


def _score(scale: Message) -> bool:
    """Whether the scale stays."""
    if isinstance(scale, measures_pb2.Barc10):
        return _score_barc10(scale)
    if isinstance(scale, measures_pb2.WhoqolBref):
        return _score_whoqol(scale)
    assert isinstance(scale, measures_pb2.Sure)
    if scale.items:
        scale.total = sum(scale.items)
    return True


def _score_barc10(scale: measures_pb2.Barc10) -> bool:
    if not scale.items and not scale.HasField("total"):
        return True
    total = barc10_total(scale)
    if total is not None:
        scale.total = total
    return total is not None


def _score_whoqol(scale: measures_pb2.WhoqolBref) -> bool:
    scores = whoqol_scores(scale)
    if scores is None:
        return False
    for domain in WHOQOL_DOMAINS:
        scale.ClearField(domain.lower())
        if domain in scores:
            setattr(scale, domain.lower(), float(scores[domain]))
    return True
