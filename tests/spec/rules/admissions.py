"""Examples of the rules of admissions."""

from tests.spec.rules.example import Example
from tests.spec.rules.valid import Changes, admission, relative

NO_HISTORY: Changes = {"treatment_status": 1, "oat_status": 1, "year_first_oat": None}
PRISON: Changes = {"setting": 7, "tdi_centre_type": 3, "housing": 3, "living_with": 5}
TO_COURT: Changes = {"referral": 73, "ati_stage": 4, "ati_measure": 5}

DATES = (
    Example(
        "R031",
        admission,
        {"request_date": "2025-01-25"},
        {"request_date": "2025-01-26", "wait_days_attributable": 0},
        "record.request_date",
    ),
    Example(
        "R031",
        admission,
        {"assessment_date": "2025-02-01"},
        {"assessment_date": "2025-02-02"},
        "record.assessment_date",
    ),
    Example(
        "R031",
        admission,
        {"request_date": None},
        {"assessment_date": None, "request_date": "2025-02-02"},
        "record.request_date",
        also=frozenset({"R032"}),
    ),
    Example(
        "R032",
        admission,
        {"wait_days_attributable": 12},
        {"wait_days_attributable": 13},
        "record.wait_days_attributable",
    ),
    Example(
        "R032",
        admission,
        {"request_date": "2025-01-22"},
        {"assessment_date": None, "request_date": "2025-02-02"},
        "record.wait_days_attributable",
        also=frozenset({"R031"}),
    ),
    Example(
        "R033",
        admission,
        {"request_date": "2024-02-02"},
        {"request_date": "2024-02-01"},
        "record.request_date",
    ),
)

AGES = (
    Example(
        "R034",
        admission,
        {"age_at_admission": 36},
        {"age_at_admission": 37},
        "record.age_at_admission",
    ),
    Example(
        "R034",
        admission,
        {"age_at_admission": 34},
        {"age_at_admission": 33},
        "record.age_at_admission",
    ),
    Example(
        "R035",
        admission,
        {"birth_year": 1915, "age_at_admission": 110},
        {"birth_year": 1914, "age_at_admission": 111},
        "record.age_at_admission",
        also=frozenset({"R036"}),
    ),
    Example(
        "R036",
        admission,
        {"birth_year": 1925, "age_at_admission": 100},
        {"birth_year": 1924, "age_at_admission": 101},
        "record.age_at_admission",
    ),
    Example(
        "R037",
        admission,
        {"primary_age_first_use": 34, "age_first_injection": 34},
        {"primary_age_first_use": 35, "age_first_injection": None, "primary_route": 4},
        "record.primary_age_first_use",
        also=frozenset({"R001-W"}),
    ),
    Example(
        "R037",
        admission,
        {"other_substances": [{"substance": 70, "age_first_use": 34}]},
        {"other_substances": [{"substance": 70, "age_first_use": 35}]},
        "record.other_substances",
    ),
    Example(
        "R038",
        admission,
        {"age_first_injection": 34},
        {"age_first_injection": 35},
        "record.age_first_injection",
    ),
    Example(
        "R038",
        admission,
        {"primary_age_first_use": 5, "age_first_injection": 5},
        {"primary_age_first_use": 5, "age_first_injection": 4},
        "record.age_first_injection",
        also=frozenset({"R039"}),
    ),
    Example(
        "R039",
        admission,
        {"age_first_injection": 18},
        {"age_first_injection": 17},
        "record.age_first_injection",
    ),
)

SEX = (
    Example(
        "R040",
        admission,
        {"sex": 1, "pregnancy": 98},
        {"sex": 1, "pregnancy": 2},
        "record.pregnancy",
    ),
    Example(
        "R040",
        admission,
        {"sex": 1, "pregnancy": 0},
        {"sex": 1, "pregnancy": 99},
        "record.pregnancy",
    ),
    Example(
        "R041",
        admission,
        {"pregnancy": 1, "birth_year": 1970, "age_at_admission": 55},
        {"pregnancy": 1, "birth_year": 1969, "age_at_admission": 56},
        "record.pregnancy",
    ),
    Example("R042", admission, {"pregnancy": 99}, {"pregnancy": 0}, "record.pregnancy"),
    Example(
        "R042",
        admission,
        {"sex": 99, "pregnancy": 99},
        {"sex": 99, "pregnancy": 0},
        "record.pregnancy",
    ),
)

JUSTICE = (
    Example(
        "R051",
        admission,
        {**TO_COURT, "ati_stage": 99, "ati_measure": 0},
        {**TO_COURT, "ati_stage": 0},
        "record.ati_stage",
    ),
    Example("R051", admission, {"ati_stage": 98}, {"ati_stage": 99}, "record.ati_stage"),
    Example("R051", admission, {}, {"ati_stage": 1, "ati_measure": 88}, "record.ati_stage"),
    Example(
        "R052",
        admission,
        {**TO_COURT, "ati_measure": 88},
        {**TO_COURT, "ati_measure": 99},
        "record.ati_measure",
    ),
    Example(
        "R052",
        admission,
        {**TO_COURT, "ati_measure": 8},
        {**TO_COURT, "ati_measure": 0},
        "record.ati_measure",
    ),
    Example(
        "R052",
        admission,
        {**TO_COURT, "ati_stage": 6, "ati_measure": 98},
        {**TO_COURT, "ati_stage": 6},
        "record.ati_measure",
    ),
    Example("R053", admission, {"voluntariness": 2}, {"voluntariness": 3}, "record.voluntariness"),
    Example("R054", admission, PRISON, {**PRISON, "housing": 1}, "record.housing"),
    Example("R054", admission, PRISON, {**PRISON, "living_with": 6}, "record.living_with"),
)

HISTORY = (
    Example(
        "R055",
        admission,
        {**NO_HISTORY, "prior_episodes_n": 0},
        {**NO_HISTORY, "prior_episodes_n": 1},
        "record.treatment_status",
    ),
    Example(
        "R055", admission, NO_HISTORY, {**NO_HISTORY, "oat_status": 3}, "record.treatment_status"
    ),
    Example(
        "R055",
        admission,
        NO_HISTORY,
        {**NO_HISTORY, "admission_kind": 2, "preceding_episode_id": "E-0"},
        "record.treatment_status",
    ),
    Example(
        "R058",
        admission,
        {"year_first_oat": 2000},
        {"year_first_oat": 1999},
        "record.year_first_oat",
    ),
    Example(
        "R058",
        admission,
        {"year_first_oat": 2025},
        {"year_first_oat": 2026},
        "record.year_first_oat",
    ),
    Example("R058", admission, {"oat_status": 3}, {"oat_status": 99}, "record.year_first_oat"),
)

SCOPE = (
    Example("R059", relative, {}, {"primary_substance": 80}, "record.client_type"),
    Example("R059", relative, {}, {"year_first_oat": 2015, "oat_status": 2}, "record.client_type"),
    Example(
        "R059",
        relative,
        {"referral": 74, "ati_stage": 99},
        {"referral": 71, "ati_stage": 99},
        "record.client_type",
    ),
    Example(
        "R060",
        admission,
        {"setting": 9, "interventions_planned": [21, 25]},
        {"setting": 9, "interventions_planned": [21]},
        "record.interventions_planned",
    ),
    Example(
        "R061",
        admission,
        {"client_pseudonym": "0123456789abcdef" * 2},
        {"client_pseudonym": "0123456789ABCDEF" * 2},
        "record.client_pseudonym",
    ),
    Example(
        "R061", admission, {}, {"client_pseudonym": "MIHOH010119902"}, "record.client_pseudonym"
    ),
    Example("R061", admission, {}, {"client_pseudonym": "0" * 32}, "record.client_pseudonym"),
    Example(
        "R061",
        admission,
        {"client_pseudonym": "00000000000abc1234567890abc12345"},
        {"client_pseudonym": "00000000000000000000079927398713"},
        "record.client_pseudonym",
    ),
    Example(
        "R061",
        admission,
        {"linkage_algo": "nid-luhn-v1-k2", "linkage_level": 1},
        {"linkage_algo": "sha256-of-name"},
        "record.linkage_algo",
    ),
    Example(
        "R061",
        admission,
        {"linkage_algo": "teds-caseid/1", "linkage_level": 5},
        {"linkage_algo": "teds-caseid/1", "linkage_level": 2},
        "record.linkage_algo",
    ),
)

EXAMPLES = (*DATES, *AGES, *SEX, *JUSTICE, *HISTORY, *SCOPE)
