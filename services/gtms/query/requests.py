"""Requests judged by the rules of their .proto, and how what is wrong with one is told."""

import grpc
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import BadRequest
from protovalidate import Validator, ViolationPb

from gtms.ingest.refusals import Refusal
from gtms.query.selection import Violation

_VALIDATOR = Validator()


def require_well_formed(request: Message) -> None:
    """Refuses what the rules in the .proto do not allow, naming every field that is wrong."""
    found = _VALIDATOR.collect_violations(request)
    if found:
        raise invalid(*(_violation(each.proto) for each in found))


def invalid(*violations: Violation) -> Refusal:
    """The refusal of a request, field by field."""
    return Refusal(
        grpc.StatusCode.INVALID_ARGUMENT,
        "QUERY_INVALID",
        "; ".join(f"{each.field}: {each.description}" for each in violations),
        [
            BadRequest(
                field_violations=[
                    BadRequest.FieldViolation(field=each.field, description=each.description)
                    for each in violations
                ]
            )
        ],
    )


def _violation(found: ViolationPb) -> Violation:
    """The finding of a rule; one about the whole request names its field before a colon."""
    elements = found.field.elements if found.field is not None else ()
    path = ".".join(
        f"{each.field_name}[{each.subscript.value}]"
        if each.subscript is not None and each.subscript.field == "index"
        else each.field_name
        for each in elements
    )
    if path:
        return Violation(path, found.message)
    field, _, words = found.message.partition(": ")
    return Violation(field, words)
