"""TEDS rows: what is worked out, trap by trap."""

import pytest

from gtms.interop.mapping import load
from gtms.interop.source import FileTrouble, Layout, Row
from gtms.interop.teds import TedsConversion
from gtms.records.validation import validate
from tests.support.interop_files import TEDS_A_COLUMNS, TEDS_A_ROWS, TEDS_D_COLUMNS, TEDS_D_ROWS
from treatment.common.v1 import codes_pb2 as code

KNOWN_A = dict(zip(TEDS_A_COLUMNS.split(","), TEDS_A_ROWS[0].split(","), strict=True))
KNOWN_D = dict(zip(TEDS_D_COLUMNS.split(","), TEDS_D_ROWS[0].split(","), strict=True))


def convert(said, name="teds-a", **options):
    conversion = TedsConversion(load(name), Layout(",", tuple(said)), **options)
    return conversion.convert(Row(2, tuple(said.values()), 0))


def admission(name="teds-a", said=None, **changes):
    start = KNOWN_A if name == "teds-a" else KNOWN_D
    done = convert((said or start) | {key: str(value) for key, value in changes.items()}, name)
    assert not done.findings
    return next(o.record.record for o in done.records if o.family.name == "admission")


def outcome(**changes):
    done = convert(KNOWN_D | {key: str(value) for key, value in changes.items()}, "teds-d")
    assert not done.findings
    return done.records[-1].record.record


def without(*names):
    return {name: value for name, value in KNOWN_A.items() if name not in names}


@pytest.mark.parametrize(
    ("name", "columns", "rows"),
    [("teds-a", TEDS_A_COLUMNS, TEDS_A_ROWS), ("teds-d", TEDS_D_COLUMNS, TEDS_D_ROWS)],
)
def test_every_row_of_our_files_passes_every_rule(name, columns, rows):
    conversion = TedsConversion(load(name), Layout(",", tuple(columns.split(","))))
    for number, row in enumerate(rows, start=2):
        done = conversion.convert(Row(number, tuple(row.split(",")), 0))
        assert not done.findings
        for outgoing in done.records:
            errors = validate(outgoing.record).errors
            assert not [e for e in errors if not e.field_path.startswith("envelope")]


def test_who_where_and_when():
    record = admission()
    assert record.episode_id == "TEDS-A-2018-20180000001"
    assert record.facility_id == "TEDS-02"
    assert record.admission_date == "2018-07-01"
    assert record.admission_date_precision == code.DATE_PRECISION_YEAR
    assert record.linkage_level == code.LINKAGE_LEVEL_NONE_EPISODE_ONLY
    assert record.linkage_algo == "teds-caseid/1"
    assert (record.age_at_admission, record.birth_year) == (27, 1991)


def test_a_pseudonym_is_the_same_every_time_and_differs_by_file_year_and_case():
    pseudonyms = {
        admission().client_pseudonym,
        admission(ADMYR=2019).client_pseudonym,
        admission(CASEID=20180000002).client_pseudonym,
        admission("teds-d").client_pseudonym,
        admission("teds-d", CASEID=20180000001, DISYR=2018).client_pseudonym,
    }
    assert len(pseudonyms) == 5
    assert admission().client_pseudonym == admission(AGE=12).client_pseudonym
    assert admission().client_pseudonym == "7c2d95a3cd50e98131c7fa0ba1ffe1cd"


def test_the_year_is_admyr_else_the_option_else_that_of_the_case():
    said = without("ADMYR")
    assert convert(said).records[1].record.record.admission_date == "2018-07-01"
    assert convert(said, year=2015).records[1].record.record.admission_date == "2015-07-01"
    assert convert(KNOWN_A, year=2015).records[1].record.record.admission_date == "2018-07-01"
    (finding,) = convert(said | {"CASEID": "17"}).findings
    assert (finding.rule_id, finding.field) == ("R001", "ADMYR")


def test_the_facility_of_a_state_is_sent_once_for_each_year():
    conversion = TedsConversion(load("teds-d"), Layout(",", tuple(KNOWN_D)))
    first, second, longer, later = (
        conversion.convert(Row(2, tuple((KNOWN_D | changes).values()), 0))
        for changes in ({}, {}, {"LOS": "37"}, {"DISYR": "2020"})
    )
    sent = [
        [o.record.record for o in done.records if o.family.name == "facility"]
        for done in (first, second, longer, later)
    ]
    assert [[f.valid_from for f in records] for records in sent] == [
        ["2019-01-01"],
        [],
        ["2018-01-01"],
        ["2020-01-01"],
    ]
    (facility,) = sent[0]
    assert (facility.facility_id, facility.admin1_code) == ("TEDS-02", "US-AK")
    assert facility.valid_to == "2019-12-31"


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("CASEID", "", "R001"),
        ("CASEID", "abc", "R001"),
        ("STFIPS", "3", "R006"),
        ("STFIPS", "-9", "R006"),
        ("AGE", "-9", "R001"),
        ("SERVICES", "9", "R006"),
        ("SUB1", "20", "R006"),
        ("SUB1", "2.5", "R006"),
        ("NOPRIOR", "x", "R006"),
    ],
)
def test_what_cannot_be_an_episode_is_said_without_the_value(column, value, rule):
    done = convert(KNOWN_A | {column: value})
    assert not done.records
    assert (rule, column) in [(f.rule_id, f.field) for f in done.findings]


def test_a_row_without_any_value_of_teds_is_no_record_and_no_problem():
    done = convert(dict.fromkeys(KNOWN_A, "") | {"shoe_size": "44"})
    assert not done.records
    assert not done.findings


def test_missing_is_minus_nine_blank_or_no_column():
    for said in (KNOWN_A | {"GENDER": "-9"}, KNOWN_A | {"GENDER": ""}, without("GENDER")):
        record = convert(said).records[1].record.record
        assert record.sex == code.SEX_UNKNOWN
    assert not convert(without("ARRESTS")).records[1].record.record.HasField("arrests_last_30d")


def test_sex_is_gender_until_2020_and_sex_from_2021():
    renamed = {("sex" if name == "GENDER" else name): value for name, value in KNOWN_A.items()}
    assert convert(renamed).records[1].record.record.sex == code.SEX_MALE


def test_pregnancy_fits_sex():
    assert admission(GENDER=1, PREG=1).pregnancy == code.PREGNANCY_NOT_APPLICABLE
    assert admission(GENDER=2, PREG=1).pregnancy == code.PREGNANCY_PREGNANT
    assert admission(GENDER=-9, PREG=-9).pregnancy == code.PREGNANCY_UNKNOWN


@pytest.mark.parametrize(
    ("psource", "detcrim", "referral", "stage"),
    [
        (1, -9, code.REFERRAL_SELF, code.ATI_STAGE_NOT_APPLICABLE),
        (1, 3, code.REFERRAL_SELF, code.ATI_STAGE_NOT_APPLICABLE),
        (7, 3, code.REFERRAL_PROBATION_PAROLE, code.ATI_STAGE_UNKNOWN),
        (7, -9, code.REFERRAL_OTHER_CRIMINAL_JUSTICE, code.ATI_STAGE_UNKNOWN),
        (-9, 6, code.REFERRAL_PRISON_PRE_RELEASE, code.ATI_STAGE_UNKNOWN),
        (-9, -9, code.REFERRAL_UNKNOWN, code.ATI_STAGE_NOT_APPLICABLE),
    ],
)
def test_the_detail_of_a_referral_counts_where_the_referral_agrees(
    psource, detcrim, referral, stage
):
    record = admission(PSOURCE=psource, DETCRIM=detcrim)
    assert (record.referral, record.ati_stage, record.ati_measure) == (referral, stage, 0)


@pytest.mark.parametrize(
    ("employ", "detail", "labour"),
    [
        (1, 2, code.LABOUR_REGULARLY_EMPLOYED),
        (4, 2, code.LABOUR_STUDENT),
        (4, -9, code.LABOUR_OTHER),
        (-9, 3, code.LABOUR_BENEFITS_PENSION_HOMEMAKER_DISABLED),
        (-9, -9, code.LABOUR_UNKNOWN),
    ],
)
def test_the_detail_of_employment_counts_where_employment_agrees(employ, detail, labour):
    assert admission(EMPLOY=employ, DETNLF=detail).labour == labour


@pytest.mark.parametrize(
    ("methuse", "sub1", "interventions", "status"),
    [
        (
            1,
            5,
            [code.INTERVENTION_OTHER_COUNSELLING, code.INTERVENTION_OAT_OTHER],
            code.OAT_STATUS_CURRENT,
        ),
        (2, 5, [code.INTERVENTION_OTHER_COUNSELLING], code.OAT_STATUS_UNKNOWN),
        (-9, 7, [code.INTERVENTION_OTHER_COUNSELLING], code.OAT_STATUS_UNKNOWN),
        (1, 2, [code.INTERVENTION_OTHER_COUNSELLING, code.INTERVENTION_OTHER_PHARMACOTHERAPY], 0),
        (2, 2, [code.INTERVENTION_OTHER_COUNSELLING], 0),
    ],
)
def test_medication_is_opioid_agonist_treatment_only_beside_an_opioid(
    methuse, sub1, interventions, status
):
    record = admission(METHUSE=methuse, SUB1=sub1, SUB2=-9, SUB3=-9)
    assert list(record.interventions_planned) == interventions
    assert record.oat_status == status


def test_an_opioid_in_the_third_place_is_an_opioid():
    assert admission(METHUSE=1, SUB1=2, SUB3=6).oat_status == code.OAT_STATUS_CURRENT


@pytest.mark.parametrize(
    ("changes", "injecting"),
    [
        ({"ROUTE1": 4, "FREQ1": 3}, code.INJECTING_STATUS_CURRENTLY_INJECTING_LAST_30_DAYS),
        ({"ROUTE1": 4, "FREQ1": -9}, code.INJECTING_STATUS_CURRENTLY_INJECTING_LAST_30_DAYS),
        ({"ROUTE1": 4, "FREQ1": 1}, code.INJECTING_STATUS_EVER_INJECTED_TIME_UNKNOWN),
        (
            {"ROUTE1": 4, "FREQ1": 1, "SUB3": 10, "ROUTE3": 4, "FREQ3": 2},
            code.INJECTING_STATUS_CURRENTLY_INJECTING_LAST_30_DAYS,
        ),
        ({"ROUTE1": 1, "IDU": 0}, code.INJECTING_STATUS_UNKNOWN),
        ({"ROUTE1": -9, "IDU": 1}, code.INJECTING_STATUS_CURRENTLY_INJECTING_LAST_30_DAYS),
    ],
)
def test_injecting_is_current_only_with_use_in_the_past_month(changes, injecting):
    assert admission(**changes).injecting == injecting


def test_what_is_injected_is_named():
    record = admission(SUB1=5, ROUTE1=4, FREQ1=1, SUB2=10, ROUTE2=4, FREQ2=3, SUB3=2, ROUTE3=1)
    assert [(i.substance, i.injecting) for i in record.injecting_by_substance] == [
        (code.SUBSTANCE_HEROIN, code.INJECTING_STATUS_EVER_INJECTED_TIME_UNKNOWN),
        (code.SUBSTANCE_METHAMPHETAMINE, code.INJECTING_STATUS_CURRENTLY_INJECTING_LAST_30_DAYS),
    ]


@pytest.mark.parametrize(
    ("sub1", "route"),
    [
        (3, code.ROUTE_SNIFF),
        (5, code.ROUTE_SNIFF),
        (10, code.ROUTE_INHALE_VAPOUR),
        (17, code.ROUTE_INHALE_VAPOUR),
    ],
)
def test_inhalation_is_the_nose_for_powders_and_vapour_else(sub1, route):
    assert admission(SUB1=sub1, ROUTE1=3).primary_route == route


def test_a_substance_named_twice_is_dropped_and_counted():
    done = convert(KNOWN_A | {"SUB1": "7", "SUB2": "7", "SUB3": "2"})
    record = done.records[1].record.record
    assert [o.substance for o in record.other_substances] == [code.SUBSTANCE_ALCOHOL]
    assert [loss.column for loss in done.losses if "named already" in loss.reason] == ["SUB2"]


def test_collections_may_stand_twice():
    record = admission(SUB1=12, SUB2=12, SUB3=16)
    assert [o.substance for o in record.other_substances] == [35, 44]


def test_no_gap_is_left_where_there_is_no_second_substance():
    record = admission(SUB2=1, SUB3=2, ROUTE3=1, FREQ3=3)
    (other,) = record.other_substances
    assert (other.substance, other.route, other.frequency) == (80, code.ROUTE_EAT_DRINK, 1)


def test_no_substance_in_a_treatment_episode_is_an_unknown_one():
    done = convert(KNOWN_A | {"SUB1": "1"})
    assert done.records[1].record.record.primary_substance == code.SUBSTANCE_UNKNOWN
    assert any("R043" in loss.reason for loss in done.losses)


def test_first_use_is_never_later_than_admission():
    done = convert(KNOWN_A | {"AGE": "4", "FRSTUSE1": "7", "SUB2": "2", "FRSTUSE2": "6"})
    record = done.records[1].record.record
    assert (record.age_at_admission, record.primary_age_first_use) == (22, 22)
    assert record.other_substances[0].age_first_use == 22
    assert sum("R037" in loss.reason for loss in done.losses) == 2


@pytest.mark.parametrize(
    ("services", "los", "start"),
    [
        (7, 1, "2019-07-01"),
        (7, 14, "2019-06-18"),
        (5, 1, "2019-06-30"),
        (4, 28, "2019-06-03"),
        (7, 37, "2018-07-01"),
    ],
)
def test_a_stay_ends_at_mid_year_and_outpatients_have_the_extra_day_of_teds(services, los, start):
    record = admission("teds-d", SERVICES=services, LOS=los)
    assert record.admission_date == start
    assert record.birth_year == int(start[:4]) - 27
    assert outcome(SERVICES=services, LOS=los).event_date == "2019-07-01"


@pytest.mark.parametrize(
    ("changes", "reason", "planned"),
    [
        ({"REASON": 1, "FREQ1_D": 1}, code.DISCHARGE_REASON_COMPLETED_ABSTINENT, True),
        (
            {"REASON": 1, "FREQ1_D": 2},
            code.DISCHARGE_REASON_COMPLETED_NOT_DEPENDENT_OCCASIONAL_USE,
            True,
        ),
        ({"REASON": 1, "FREQ1_D": 3}, code.DISCHARGE_REASON_COMPLETED_EXPIATION_END_OF_ORDER, True),
        (
            {"REASON": 1, "FREQ1_D": -9},
            code.DISCHARGE_REASON_COMPLETED_EXPIATION_END_OF_ORDER,
            True,
        ),
        (
            {"REASON": 1, "FREQ1_D": 1, "METHUSE": 1, "SUB1": 5},
            code.DISCHARGE_REASON_COMPLETED_STABLE_ON_MAINTENANCE,
            True,
        ),
        ({"REASON": 2}, code.DISCHARGE_REASON_DROPPED_OUT_LOST_CONTACT, False),
        ({"REASON": 4}, code.DISCHARGE_REASON_TRANSFERRED_NOT_IN_CUSTODY, True),
        ({"REASON": 5}, code.DISCHARGE_REASON_INCARCERATED, False),
        ({"REASON": 6}, code.DISCHARGE_REASON_DIED, False),
        ({"REASON": -9}, code.DISCHARGE_REASON_UNKNOWN, False),
    ],
)
def test_reasons_and_whether_the_exit_was_planned(changes, reason, planned):
    record = outcome(**changes)
    assert (record.discharge_reason, record.planned) == (reason, planned)
    assert record.receiving_facility_id == ("UNKNOWN" if changes["REASON"] == 4 else "")


def test_a_discharge_names_its_episode_and_person():
    done = convert(KNOWN_D, "teds-d")
    assert [o.family.name for o in done.records] == ["facility", "admission", "outcome"]
    start, end = done.records[1].record.record, done.records[2].record.record
    assert end.kind == code.OUTCOME_KIND_DISCHARGE
    assert end.outcome_id == "TEDS-D-2019-20190000001-D"
    assert (end.episode_id, end.facility_id) == (start.episode_id, start.facility_id)
    assert end.client_pseudonym == start.client_pseudonym


def test_columns_are_said_that_are_ignored_or_not_there():
    said = [*without("EMPLOY"), "RACE2", ""]
    notes = "\n".join(TedsConversion(load("teds-a"), Layout(",", tuple(said))).notes)
    assert "ignored, no target field: RACE" in notes
    assert "ignored, not columns of teds-a: shoe_size, RACE2, (no name)" in notes
    assert "not in the file, hence unknown: EMPLOY" in notes


def test_another_file_is_refused():
    with pytest.raises(FileTrouble, match="not a teds-d file: no column REASON, LOS"):
        TedsConversion(load("teds-d"), Layout(",", tuple(KNOWN_A)))
    with pytest.raises(FileTrouble, match="the column GENDER is there twice"):
        TedsConversion(load("teds-a"), Layout(",", (*KNOWN_A, "SEX")))


def test_a_correction_is_a_higher_revision():
    done = convert(KNOWN_D, "teds-d", revision=3)
    versions = {o.family.name: o.record.envelope.record_version for o in done.records}
    assert versions == {"facility": 0, "admission": 3, "outcome": 3}
