"""Examples of the rules of training events, their participants and reference estimates."""

from tests.spec.rules.example import Example
from tests.spec.rules.valid import estimate, training_event, training_participant

EVENTS = (
    Example(
        "R001",
        training_event,
        {"kind": 4, "action_plan_developed": 0},
        {"action_plan_developed": 0},
        "record.action_plan_developed",
    ),
    Example(
        "R005",
        training_event,
        {"start_date": "2025-06-02", "end_date": "2025-06-02", "kind": 4},
        {"start_date": "2025-06-02", "end_date": "2025-06-03", "kind": 4},
        "record.end_date",
    ),
    Example("R006", training_event, {"mode": 3}, {"mode": 4}, "record.mode"),
    Example("R007", training_event, {"language": "pt-BR"}, {"language": "p t"}, "record.language"),
    Example(
        "R007",
        training_event,
        {"country_held": "UGA"},
        {"country_held": "uga"},
        "record.country_held",
    ),
    Example(
        "R090",
        training_event,
        {"kind": 4, "end_date": "2025-03-03"},
        {"kind": 4, "end_date": "2025-03-02"},
        "record.end_date",
    ),
    Example(
        "R090",
        training_event,
        {"kind": 4, "end_date": "2025-05-01"},
        {"kind": 4, "end_date": "2025-05-02"},
        "record.end_date",
    ),
    Example(
        "R090-W",
        training_event,
        {"end_date": "2025-03-05"},
        {"end_date": "2025-03-04"},
        "record.end_date",
    ),
    Example(
        "R090-W",
        training_event,
        {"end_date": "2025-03-07"},
        {"end_date": "2025-03-08"},
        "record.end_date",
    ),
    Example(
        "R090-W",
        training_event,
        {"kind": 4, "end_date": "2025-03-20"},
        {"end_date": "2025-03-20"},
        "record.end_date",
    ),
    Example(
        "R093",
        training_event,
        {"action_plan_items_done_3m": 8},
        {"action_plan_items_done_3m": 9},
        "record.action_plan_items_done_3m",
    ),
)

PARTICIPANTS = (
    Example("R001", training_participant, {}, {"completed": None}, "record.completed"),
    Example(
        "R001",
        training_participant,
        {"follow_up_3m_status": 4, "follow_up_date": None},
        {"follow_up_date": None},
        "record.follow_up_date",
    ),
    Example(
        "R001",
        training_participant,
        {"follow_up_3m_status": 3, "perception_changed": 0},
        {"follow_up_3m_status": 2, "perception_changed": 0},
        "record.perception_changed",
    ),
    Example(
        "R005",
        training_participant,
        {"follow_up_date": "2025-06-02"},
        {"follow_up_date": "2025-06-03"},
        "record.follow_up_date",
    ),
    Example("R006", training_participant, {"sector": 9}, {"sector": 10}, "record.sector"),
    Example(
        "R061",
        training_participant,
        {"participant_pseudonym": "ab" * 16},
        {"participant_pseudonym": "AB" * 16},
        "record.participant_pseudonym",
    ),
    Example(
        "R091",
        training_participant,
        {"pre_test_score": 0, "post_test_score": 100},
        {"post_test_score": 100.5},
        "record.post_test_score",
    ),
    Example(
        "R091",
        training_participant,
        {"pre_test_score": None},
        {"pre_test_score": -1},
        "record.pre_test_score",
    ),
    Example(
        "R091",
        training_participant,
        {"pre_test_score": None, "post_test_score": None, "test_form_id": None},
        {"pre_test_score": None, "test_form_id": None},
        "record.test_form_id",
    ),
)

ESTIMATES = (
    Example("R001", estimate, {"value": 0, "lower95": 0}, {"value": None}, "record.value"),
    Example("R001", estimate, {}, {"source_citation": ""}, "record.source_citation"),
    Example(
        "R003",
        estimate,
        {"envelope.country_iso3": "KEN"},
        {"envelope.country_iso3": "UGA"},
        "record.country_iso3",
    ),
    Example("R006", estimate, {"nature": 5}, {"nature": 6}, "record.nature"),
    Example(
        "R006", estimate, {"substance_group": 80}, {"substance_group": 11}, "record.substance_group"
    ),
    Example("R007", estimate, {"year": 2030}, {"year": 1899}, "record.year"),
    Example("R007", estimate, {"age_lo": 64}, {"age_lo": 65}, "record.age_lo"),
    Example("R007", estimate, {"age_hi": 120}, {"age_hi": 121}, "record.age_hi"),
    Example(
        "R007", estimate, {"admin1_code": "KE-30"}, {"admin1_code": "KE|30"}, "record.admin1_code"
    ),
    Example("R007", estimate, {}, {"upper95": float("inf")}, "record.upper95"),
    Example("R100", estimate, {"lower95": 1000}, {"lower95": 1000.5}, "record.lower95"),
    Example("R100", estimate, {"upper95": 1000}, {"upper95": 999}, "record.upper95"),
    Example("R100", estimate, {"value": 800}, {"value": -1}, "record.value"),
)

EXAMPLES = (*EVENTS, *PARTICIPANTS, *ESTIMATES)
