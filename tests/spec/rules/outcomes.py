"""Examples of the rules of outcomes and of the measures in them."""

from tests.spec.rules.example import Example
from tests.spec.rules.valid import Changes, admission, discharge, follow_up, review

NOT_REACHED: Changes = dict.fromkeys(
    (
        "primary_substance_at_event",
        "frequency_at_event",
        "any_use_of_primary_last_28d",
        "injecting_last_28d",
        "labour_at_event",
        "housing_at_event",
        "on_oat_at_event",
        "follow_up_mode",
    )
) | {"follow_up_status": 4}
NO_USE: Changes = {"any_use_of_primary_last_28d": 2, "frequency_at_event": 5}
ANSWERS = [4] * 26


def whoqol(*missing: int) -> dict[str, object]:
    """A questionnaire where the answers to these questions are missing."""
    return {"items": [0 if number in missing else 4 for number in range(1, 27)]}


DISCHARGE = (
    Example(
        "R073",
        discharge,
        {"discharge_reason": 12},
        {"discharge_reason": 0},
        "record.discharge_reason",
    ),
    Example(
        "R073-W",
        discharge,
        {"discharge_reason": 31, "planned": False},
        {"discharge_reason": 31},
        "record.planned",
    ),
    Example(
        "R073-W",
        discharge,
        {"discharge_reason": 15},
        {"discharge_reason": 15, "planned": False},
        "record.planned",
    ),
    Example(
        "R076",
        discharge,
        {"event_date": "2025-02-19"},
        {"event_date": "2025-02-18"},
        "record.discharge_decision_date",
    ),
    Example(
        "R085",
        discharge,
        {"discharge_reason": 21, "receiving_facility_id": "UNKNOWN"},
        {"discharge_reason": 21},
        "record.receiving_facility_id",
    ),
    Example(
        "R085",
        discharge,
        {"discharge_reason": 22, "receiving_facility_id": "KE-002"},
        {"discharge_reason": 22, "receiving_facility_id": ""},
        "record.receiving_facility_id",
    ),
)

FOLLOW_UP = (
    *(
        Example(
            "R079", follow_up, NOT_REACHED, {**NOT_REACHED, field: value}, "record.follow_up_status"
        )
        for field, value in (
            ("frequency_at_event", 5),
            ("housing_at_event", 99),
            ("arrests_last_30d", 0),
            ("top", {"days_alcohol": 0}),
            ("whoqol", {"items": ANSWERS}),
        )
    ),
    Example(
        "R079",
        follow_up,
        {"follow_up_status": 8, "follow_up_mode": 5},
        {"follow_up_status": 6},
        "record.follow_up_status",
    ),
)

MEASURES = (
    Example(
        "R080",
        review,
        NO_USE,
        {**NO_USE, "frequency_at_event": 4},
        "record.any_use_of_primary_last_28d",
    ),
    *(
        Example(
            "R080",
            review,
            {**NO_USE, "primary_substance_at_event": substance, "top": {days: 0, "days_other": 3}},
            {**NO_USE, "primary_substance_at_event": substance, "top": {days: 1}},
            "record.any_use_of_primary_last_28d",
        )
        for substance, days in (
            (11, "days_opioids"),
            (22, "days_crack"),
            (21, "days_cocaine"),
            (32, "days_amphetamines"),
            (72, "days_cannabis"),
            (80, "days_alcohol"),
        )
    ),
    Example(
        "R081",
        review,
        {"top": {"days_crack": 28}},
        {"top": {"days_crack": 29}},
        "record.top.days_crack",
    ),
    Example(
        "R081",
        review,
        {"top": {"quality_of_life": 20}},
        {"top": {"quality_of_life": 21}},
        "record.top.quality_of_life",
    ),
    Example(
        "R081",
        admission,
        {"baseline_top": {"days_injected": 28}},
        {"baseline_top": {"days_injected": 29}},
        "record.baseline_top.days_injected",
    ),
    Example(
        "R082",
        review,
        {"barc10": {"items": [6] * 10, "total": 60}},
        {"barc10": {"items": [6] * 10, "total": 59}},
        "record.barc10.total",
    ),
    Example(
        "R082",
        review,
        {"barc10": {"items": [6] * 10}},
        {"barc10": {"items": [6] * 9, "total": 54}},
        "record.barc10.items",
    ),
    Example(
        "R082",
        review,
        {"barc10": {"items": [1] * 10, "total": 10}},
        {"barc10": {"items": [7] + [1] * 9, "total": 16}},
        "record.barc10.items",
    ),
    Example(
        "R082",
        admission,
        {"baseline_barc10": {"total": 10}},
        {"baseline_barc10": {"total": 9}},
        "record.baseline_barc10.total",
    ),
    Example(
        "R082",
        admission,
        {"baseline_barc10": {}},
        {"baseline_barc10": {"total": 61}},
        "record.baseline_barc10.total",
    ),
    Example(
        "R083",
        review,
        {"whoqol": whoqol(3, 4, 5, 6, 8)},
        {"whoqol": whoqol(1, 3, 4, 5, 6, 8)},
        "record.whoqol.items",
    ),
    Example(
        "R083",
        review,
        {"whoqol": whoqol(3, 4)},
        {"whoqol": whoqol(3, 4, 10)},
        "record.whoqol.items",
    ),
    Example(
        "R083", review, {"whoqol": whoqol(1, 2)}, {"whoqol": whoqol(21)}, "record.whoqol.items"
    ),
    Example(
        "R083",
        admission,
        {"baseline_whoqol": {"items": ANSWERS}},
        {"baseline_whoqol": {"items": ANSWERS[1:]}},
        "record.baseline_whoqol.items",
    ),
)

EXAMPLES = (*DISCHARGE, *FOLLOW_UP, *MEASURES)
