"""Examples of the rules of facilities, capacities and quality assessments."""

from tests.spec.rules.example import Example
from tests.spec.rules.valid import assessment, capacity, facility


def rated(*ratings: int) -> list[dict[str, object]]:
    return [
        {"standard_id": "S1", "criterion_id": f"S1.{number}", "rating": rating}
        for number, rating in enumerate(ratings)
    ]


TWICE = [*rated(3, 3), {"standard_id": "S2", "criterion_id": "S1.0", "rating": 1}]

EXAMPLES = (
    Example(
        "R010", facility, {"valid_to": "2024-01-01"}, {"valid_to": "2023-12-31"}, "record.valid_to"
    ),
    Example("R011", facility, {"settings": [3]}, {"settings": []}, "record.settings"),
    Example(
        "R011", facility, {"tdi_centre_type": 5}, {"tdi_centre_type": 2}, "record.tdi_centre_type"
    ),
    Example(
        "R011", facility, {"tdi_centre_type": 99}, {"tdi_centre_type": 3}, "record.tdi_centre_type"
    ),
    Example(
        "R011",
        facility,
        {"settings": [5, 7], "tdi_centre_type": 3},
        {"settings": [5, 7], "tdi_centre_type": 6},
        "record.tdi_centre_type",
    ),
    Example(
        "R011",
        facility,
        {"settings": [2], "tdi_centre_type": 4},
        {"tdi_centre_type": 4},
        "record.tdi_centre_type",
    ),
    Example("R013", capacity, {"beds_occupied": 20}, {"beds_occupied": 31}, "record.beds_occupied"),
    Example(
        "R013",
        capacity,
        {"beds_total": 0, "beds_occupied": 0},
        {"beds_total": 0},
        "record.beds_occupied",
    ),
    Example(
        "R013-W", capacity, {"beds_occupied": 20}, {"beds_occupied": 30}, "record.beds_occupied"
    ),
    Example(
        "R014", capacity, {"clients_on_oat": 60}, {"clients_on_oat": 61}, "record.clients_on_oat"
    ),
    Example(
        "R020", assessment, {"criteria": rated(1, 2, 3)}, {"criteria": TWICE}, "record.criteria"
    ),
    Example(
        "R021",
        assessment,
        {"criteria": rated(1, 2, 3, 98, 99)},
        {"criteria": rated(1, 2, 3, 99)},
        "record.criteria",
    ),
    Example(
        "R022",
        assessment,
        {"next_assessment_due": "2025-02-11"},
        {"next_assessment_due": "2025-02-10"},
        "record.next_assessment_due",
    ),
)
