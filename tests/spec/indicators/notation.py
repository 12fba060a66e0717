"""Drawn rows as records: a column is a field of the record, or a short name of `columns`.

Codes are written by their labels or the beginning of one (`NEVER`), several with commas, numbers
also as `10*5` (ten fives). What a row does not say is as in `tests.support.population`.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, TypeAlias

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

from tests.spec.indicators.columns import (
    ADMISSION,
    ASSESSMENT,
    CAPACITY,
    ESTIMATE,
    EXIT,
    FACILITY,
    OUTCOME,
    PARTICIPANT,
    TRAINING,
    Short,
    code_of,
)
from tests.support import population
from tests.support.drawn_tables import Row, Table
from tests.support.oracle import RecordMessage
from tests.support.population import content, retraction
from treatment.admissions.v1.admission_pb2 import Admission
from treatment.common.v1.codes_pb2 import RecordOp
from treatment.estimates.v1.reference_estimate_pb2 import ReferenceEstimate
from treatment.facilities.v1.facility_capacity_pb2 import FacilityCapacity
from treatment.facilities.v1.facility_pb2 import Facility
from treatment.facilities.v1.qa_assessment_pb2 import QaAssessment
from treatment.outcomes.v1.outcome_pb2 import Outcome
from treatment.trainings.v1.training_event_pb2 import TrainingEvent
from treatment.trainings.v1.training_participant_pb2 import TrainingParticipant

Words: TypeAlias = Mapping[str, str]
Received: TypeAlias = tuple[RecordMessage, datetime]
"""A record and the hour at which it arrives."""

ABOUT_THE_ROW = {"revision", "operation", "received"}
CLEARED = "none"

REVIEW, DISCHARGE, FOLLOW_UP = 1, 2, 3
OAT = {3, 4, 5}
DROPPED_OUT = "31"
TESTED = {2, 21, 22}
NOT_USED_LAST_30_DAYS = 5
TREATMENT_IN_CUSTODY = 6
ANSWERING = {1, 2, 8}
ASKED_AT_FOLLOW_UP = (
    "frequency_at_event",
    "any_use_of_primary_last_28d",
    "injecting_last_28d",
    "labour_at_event",
    "housing_at_event",
    "on_oat_at_event",
)


def episodes(table: Table) -> Iterator[Received]:
    """An admission for each row, and a discharge where there is an end."""
    for row in table.rows:
        came = _admission(row.words)
        yield from _as_told(came, row)
        if "end" in row.words:
            yield from _as_told(_discharge(came, row.words), row)


def outcomes(table: Table, admitted: Table) -> Iterator[Received]:
    """An outcome for each row: of the person's only episode, or of that with the same start."""
    for row in table.rows:
        came = _admission(_episode_of(row, admitted).words)
        if "of_person" in row.words:
            came.record.client_pseudonym = population.pseudonym(row.words["of_person"])
        kind = _number(Outcome.DESCRIPTOR.fields_by_name["kind"], row.words["kind"])
        words = {name: row.words[name] for name in row.words if name not in _NAMING_OUTCOMES}
        yield from _as_told(_outcome(came, kind, row.words["day"], words), row)


_NAMING_OUTCOMES = ABOUT_THE_ROW | {"person", "start", "kind", "day", "of_person"}


def facilities(table: Table) -> Iterator[Received]:
    return _simply(population.facility, Facility, FACILITY, table)


def capacities(table: Table) -> Iterator[Received]:
    return _simply(population.capacity, FacilityCapacity, CAPACITY, table)


def assessments(table: Table) -> Iterator[Received]:
    """`ratings` are the criteria of standards, e.g. `S1:FULLY_MET,S2:NOT_MET`."""
    criteria = QaAssessment.DESCRIPTOR.fields_by_name["criteria"]
    rating = criteria.message_type.fields_by_name["rating"]
    for row in table.rows:
        given = [each.split(":") for each in row.words["ratings"].split(",")]
        ratings = [(standard, _number(rating, word)) for standard, word in given]
        others = {
            name: word for name, word in row.words.items() if name not in {"ratings", "assessment"}
        }
        name = row.words.get("assessment", f"{row.words['facility']} {row.words['day']}")
        told = _built(
            lambda name=name, ratings=ratings, **said: population.assessment(
                name, ratings=ratings, **said
            ),
            QaAssessment.DESCRIPTOR,
            ASSESSMENT,
            others,
        )
        yield from _as_told(told, row)


def trainings(table: Table) -> Iterator[Received]:
    return _simply(population.training_event, TrainingEvent, TRAINING, table)


def participants(table: Table) -> Iterator[Received]:
    for row in table.rows:
        others = {name: word for name, word in row.words.items() if name != "name"}
        told = _built(
            lambda row=row, **said: population.training_participant(row.words["name"], **said),
            TrainingParticipant.DESCRIPTOR,
            PARTICIPANT,
            others,
        )
        yield from _as_told(told, row)


def estimates(table: Table, country: str) -> Iterator[Received]:
    return _simply(
        partial(population.estimate, country=country), ReferenceEstimate, ESTIMATE, table
    )


def _simply(
    build: Callable[..., RecordMessage], message: type[Message], short: Short, table: Table
) -> Iterator[Received]:
    for row in table.rows:
        yield from _as_told(_built(build, message.DESCRIPTOR, short, row.words), row)


def _episode_of(row: Row, admitted: Table) -> Row:
    found = [
        each
        for each in admitted.rows
        if each.words["person"] == row.words["person"]
        and each.words["start"] == row.words.get("start", each.words["start"])
    ]
    assert found, f"no episode of {row.words['person']}"
    return found[-1]


def _admission(words: Words) -> Any:
    start = words["start"]
    said: dict[str, Any] = {}
    if "age" in words:
        said |= {"birth_year": date.fromisoformat(start).year - int(words["age"])}
    if "born" in words:
        year, _, month = words["born"].partition("-")
        said |= {"birth_year": int(year), "birth_month": int(month) if month else None}
    said["episode_id"] = words.get("episode", f"{words['person']} {start}")
    others = {
        name: word
        for name, word in words.items()
        if name not in _NAMING_EPISODES and not name.startswith(EXIT)
    }
    came = _built(
        lambda **also: population.admission(words["person"], start, **said, **also),
        Admission.DESCRIPTOR,
        ADMISSION,
        others,
    )
    _complete_admission(came.record)
    return came


_NAMING_EPISODES = ABOUT_THE_ROW | {"person", "start", "end", "reason", "episode", "age", "born"}


def _discharge(came: Any, words: Words) -> Any:
    said = {name.removeprefix(EXIT): word for name, word in words.items() if name.startswith(EXIT)}
    said["reason"] = words.get("reason", DROPPED_OUT)
    return _outcome(came, DISCHARGE, words["end"], said)


def _outcome(came: Any, kind: int, day: str, words: Words) -> Any:
    """What was planned goes on, as long as it does not say otherwise."""
    planned = came.record.interventions_planned
    on_oat = kind == REVIEW and bool(OAT & set(planned))
    said: dict[str, Any] = {
        "interventions": planned,
        "on_oat": population.YES if on_oat else population.NO,
        "outcome_id": f"{came.record.episode_id} {kind} {day}",
    }
    if kind == DISCHARGE:
        said["outcome_id"] = f"{came.record.episode_id} left"
    told = _built(
        lambda **also: population.outcome(came, kind, day, **said | also),
        Outcome.DESCRIPTOR,
        OUTCOME,
        words,
    )
    _complete_outcome(told.record, words)
    return told


def _built(build: Callable[..., Any], fields: Descriptor, short: Short, words: Words) -> Any:
    """What the builder makes of the columns that it knows, with the other ones written into it."""
    arguments, written = {}, {}
    for name, word in words.items():
        argument, path = short.get(name, ("", name))
        if argument:
            arguments[argument] = _value(fields.fields_by_name[path], word)
        elif name not in ABOUT_THE_ROW:
            written[path] = word
    made = build(**arguments)
    for path, word in written.items():
        _write(made.record, path, word)
    return made


def _write(message: Any, path: str, word: str) -> None:
    name, _, below = path.partition(".")
    if below:
        _write(getattr(message, name), below, word)
        return
    field = message.DESCRIPTOR.fields_by_name[name]
    message.ClearField(name)
    if word == CLEARED:
        return
    if field.is_repeated and field.message_type:
        for each in word.split(","):
            code = _number(field.message_type.fields_by_name["substance"], each)
            getattr(message, name).add(substance=code, route=3, frequency=1, age_first_use=15)
    elif field.is_repeated:
        getattr(message, name).extend(_value(field, word))
    else:
        setattr(message, name, _value(field, word))


def _value(field: FieldDescriptor, word: str) -> Any:
    if field.is_repeated:
        return [value for each in word.split(",") for value in _several(field, each)]
    return _single(field, word)


def _several(field: FieldDescriptor, word: str) -> list[Any]:
    times, star, one = word.partition("*")
    return [_single(field, one)] * int(times) if star else [_single(field, word)]


def _single(field: FieldDescriptor, word: str) -> Any:
    if field.enum_type:
        return _number(field, word)
    if field.cpp_type == FieldDescriptor.CPPTYPE_STRING:
        return word
    if field.cpp_type == FieldDescriptor.CPPTYPE_BOOL:
        return {"YES": True, "NO": False}[word]
    if field.cpp_type == FieldDescriptor.CPPTYPE_DOUBLE:
        return float(word)
    return int(word)


def _number(field: FieldDescriptor, word: str) -> int:
    return code_of(field.enum_type, word)


def _complete_admission(said: Admission) -> None:
    """What the rules ask for beside what a row says."""
    if said.hiv_test in TESTED and not said.hiv_result:
        said.hiv_result = 1
    if said.hcv_test in TESTED and not said.hcv_result:
        said.hcv_result = 1
    if said.ati_stage == TREATMENT_IN_CUSTODY:
        said.ati_measure = population.NOT_APPLICABLE
    if {each.substance for each in said.other_substances} & population.OPIOIDS:
        said.oat_status = said.oat_status or 1


def _complete_outcome(said: Outcome, words: Words) -> None:
    if said.any_use_of_primary_last_28d == population.NO:
        said.frequency_at_event = NOT_USED_LAST_30_DAYS
    if said.kind == FOLLOW_UP and said.follow_up_status not in ANSWERING:
        for name in ASKED_AT_FOLLOW_UP:
            if name not in words:
                said.ClearField(name)


def _as_told(message: Any, row: Row) -> Iterator[Received]:
    """As the revision that the row is, and at the hour at which it arrives."""
    revision = int(row.words.get("revision", "1"))
    if row.words.get("operation") == "RETRACT":
        message = retraction(message, revision)
    else:
        message.envelope.operation = RecordOp.RECORD_OP_UPSERT
        message.envelope.record_version = revision
    at = population.RECEIVED
    if "received" in row.words:
        at = datetime.fromisoformat(f"{row.words['received']}T08:00").replace(tzinfo=UTC)
        message.envelope.submitted_at.FromDatetime(at)
    assert content(message).ByteSize()
    yield message, at
