"""Examples of the rules about substances, injecting and infections."""

from tests.spec.rules.example import Example
from tests.spec.rules.valid import Changes, admission

AMPHETAMINE: Changes = {
    "primary_substance": 31,
    "primary_route": 4,
    "injecting": 1,
    "age_first_injection": None,
}


def others(*substances: int) -> list[dict[str, int]]:
    return [{"substance": substance} for substance in substances]


SUBSTANCES = (
    Example(
        "R043",
        admission,
        {"primary_substance": 96, "interventions_planned": [28, 15]},
        {"primary_substance": 96, "interventions_planned": [15, 28]},
        "record.primary_substance",
    ),
    Example(
        "R045",
        admission,
        {"other_substances": others(12, 70)},
        {"other_substances": others(70, 11)},
        "record.other_substances",
    ),
    Example(
        "R045",
        admission,
        {"other_substances": others(15, 15, 35, 35)},
        {"other_substances": others(70, 31, 70)},
        "record.other_substances",
    ),
    Example(
        "R045",
        admission,
        {"primary_substance": 90, "other_substances": others(90, 99, 99)},
        {"primary_substance": 99, "other_substances": others(99, 80, 80)},
        "record.other_substances",
    ),
    Example(
        "R046",
        admission,
        {"other_substances": others(70, 80, 31, 42)},
        {"other_substances": others(70, 80, 31, 42, 21)},
        "record.other_substances",
    ),
    Example(
        "R046",
        admission,
        {"other_substances": others(96)},
        {"other_substances": others(96, 70)},
        "record.other_substances",
    ),
    Example(
        "R046",
        admission,
        {"other_substances": others(70, 80)},
        {"other_substances": others(70, 0, 80)},
        "record.other_substances",
        also=frozenset({"R001"}),
    ),
    Example(
        "R048",
        admission,
        {"primary_substance": 22, "primary_route": 21, "injecting": 2},
        {"primary_substance": 22, "primary_route": 4, "injecting": 2},
        "record.primary_route",
    ),
    *(
        Example(
            "R048",
            admission,
            {"other_substances": [{"substance": substance, "route": 99}]},
            {"other_substances": [{"substance": 31}, {"substance": substance, "route": route}]},
            "record.other_substances[1].route",
        )
        for substance, routes in (
            (70, (1,)),
            (71, (1,)),
            (72, (1,)),
            (73, (1,)),
            (74, (1,)),
            (80, (1, 21, 22, 4)),
            (81, (1,)),
            (60, (1, 3)),
            (51, (1, 21)),
            (22, (3, 4)),
            (38, (1, 4)),
        )
        for route in routes
    ),
    Example(
        "R049",
        admission,
        {"primary_frequency": 5, "primary_days_used_28": 0},
        {"primary_frequency": 5, "primary_days_used_28": 1},
        "record.primary_days_used_28",
    ),
    Example(
        "R049",
        admission,
        {"primary_days_used_28": 27},
        {"primary_days_used_28": 0},
        "record.primary_days_used_28",
    ),
    Example(
        "R049",
        admission,
        {"primary_days_used_28": 28},
        {"primary_frequency": 2, "primary_days_used_28": 28},
        "record.primary_days_used_28",
    ),
)

INJECTING = (
    Example(
        "R047",
        admission,
        {"injecting": 97, "age_first_injection": None},
        {"injecting": 22},
        "record.injecting",
    ),
    Example(
        "R047",
        admission,
        {"primary_frequency": 5, "primary_days_used_28": 0, "injecting": 21},
        {
            "primary_frequency": 5,
            "primary_days_used_28": 0,
            "injecting": 1,
            "age_first_injection": None,
        },
        "record.injecting",
    ),
    Example(
        "R050",
        admission,
        {**AMPHETAMINE, "age_first_injection": None},
        {**AMPHETAMINE, "age_first_injection": 20},
        "record.age_first_injection",
    ),
    Example(
        "R050",
        admission,
        {**AMPHETAMINE, "needle_sharing": 97},
        {**AMPHETAMINE, "needle_sharing": 21},
        "record.needle_sharing",
    ),
    Example(
        "R050-W",
        admission,
        {"needle_sharing": 23},
        {"primary_route": 4, "injecting": 22, "needle_sharing": 23},
        "record.needle_sharing",
    ),
)

INFECTIONS = (
    Example("R057", admission, {"hiv_test": 21}, {"hiv_test": 1}, "record.hiv_result"),
    Example(
        "R057", admission, {"hiv_test": 1, "hiv_result": 98}, {"hiv_result": 0}, "record.hiv_result"
    ),
    Example("R057", admission, {"on_art": 98}, {"on_art": 1}, "record.on_art"),
    Example(
        "R057", admission, {"hcv_test": 22, "hcv_result": 1}, {"hcv_test": 22}, "record.hcv_result"
    ),
    Example("R057", admission, {}, {"hcv_result": 97}, "record.hcv_result"),
    Example(
        "R057",
        admission,
        {"hcv_test": 2, "hcv_result": 3, "hcv_treatment": 2},
        {"hcv_test": 2, "hcv_result": 4, "hcv_treatment": 2},
        "record.hcv_treatment",
    ),
)

EXAMPLES = (*SUBSTANCES, *INJECTING, *INFECTIONS)
