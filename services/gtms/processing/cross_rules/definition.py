"""What a rule across records is made of.

A view gives one row per live record with all that its rules look at; a check says with
an expression over that row when a rule is broken. All checks of a view are judged in one pass.

Views read these temporary tables, made for the persons and facilities that a batch touched:

| table | rows |
|---|---|
| `judge_touched` | country, family, record_uid of the touched records |
| `judge_facilities` | country, facility_id whose facility and capacity records are judged again |
| `judge_registered` | country, facility_id of the touched facility records |
| `judge_episodes` | episodes of the persons, as in `registry.episodes` |
| `judge_outcomes` | live outcomes of the persons |
| `judge_participants` | live participants of the touched trainings |
"""

from dataclasses import dataclass

FACILITY, CAPACITY, ADMISSION, OUTCOME = 1, 2, 4, 5
TRAINING_EVENT, TRAINING_PARTICIPANT = 6, 7
"""Codes of the families that rules look at."""

NO_RECORD = "[]::Array(Tuple(UInt8, FixedString(36)))"

MOST_RELATED = 20
"""How many other records a problem names. A default key may stand for thousands of persons."""


@dataclass(frozen=True, slots=True)
class Check:
    """When a rule is broken, as SQL over a row of its view.

    Attributes:
        rule_id: in the catalogue of rules, which has its text and severity.
        broken: condition; the problem is OPEN.
        awaiting: condition; what the record refers to has not come, and the problem is AWAITING.
        related: array of (family, record_uid) of the other records of the problem.
    """

    rule_id: str
    broken: str = "0"
    awaiting: str = "0"
    related: str = NO_RECORD


@dataclass(frozen=True, slots=True)
class View:
    """Records as their rules see them.

    Attributes:
        looks_at: families; a batch that touched none of them cannot change what is found. Empty:
            all.
        rows: SELECT; its columns country, family, record_uid and facility_id are the record's.
        checks: judged on each row.
    """

    looks_at: frozenset[int]
    rows: str
    checks: tuple[Check, ...]


def record(family: int, uid: str) -> str:
    """The array of one related record, by the SQL expression of its id."""
    return f"[(toUInt8({family}), toFixedString({uid}, 36))]"


def records(family: int, uids: str) -> str:
    """The array of related records, by the SQL expression of an array of ids."""
    return (
        f"arrayMap(uid -> (toUInt8({family}), toFixedString(uid, 36)),"
        f" arraySlice(arraySort({uids}), 1, {MOST_RELATED}))"
    )
