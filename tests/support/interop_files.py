"""Small files of our own that look like what is imported: made up row by row, real in nothing."""

import hashlib
from pathlib import Path

TEDS_A_COLUMNS = (
    "ADMYR,CASEID,STFIPS,AGE,GENDER,EDUC,EMPLOY,DETNLF,PREG,VET,LIVARAG,ARRESTS,SERVICES,METHUSE,"
    "DAYWAIT,PSOURCE,DETCRIM,NOPRIOR,SUB1,ROUTE1,FREQ1,FRSTUSE1,SUB2,ROUTE2,FREQ2,FRSTUSE2,SUB3,"
    "ROUTE3,FREQ3,FRSTUSE3,IDU,DSMCRIT,PSYPROB,FREQ_ATND_SELF_HELP,RACE,shoe_size"
)
# One trap per row; floats, blanks and -9 on purpose.
TEDS_A_ROWS = (
    # an opioid on medication, injecting daily
    "2018,20180000001,2,5,1,3,1,-9,-9,2,3,0,7,1,0,1,-9,0,5,4,3,4,1,-9,-9,-9,1,-9,-9,-9,1,5,2,1,5,44",
    # floats; a pregnant woman; benzodiazepines beside
    "2018.0,20180000002.0,2.0,6.0,2.0,4.0,3.0,-9,1.0,2.0,2.0,0.0,6.0,2.0,1.0,3.0,-9,2.0,7.0,1.0,2.0,"
    "5.0,13.0,1.0,1.0,3.0,1.0,-9,-9,-9,0.0,5.0,1.0,2.0,5.0,38",
    # court referral with detail, no use in the past month of what was injected
    "2018,20180000003,6,7,1,2,4,2,-9,1,1,1,5,2,4,7,3,5,10,4,1,3,4,2,2,2,2,1,2,3,1,8,2,4,5,41",
    # court referral without detail; SUB1 = none
    "2018,20180000004,6,1,2,1,-9,-9,2,2,3,2,7,2,2,7,-9,0,1,-9,-9,-9,2,1,2,1,1,-9,-9,-9,-9,-9,-9,5,4,35",
    # everything unknown that may be unknown
    "2018,20180000005,36,12,-9,-9,-9,-9,-9,-9,-9,-9,7,-9,-9,-9,-9,-9,-9,-9,-9,-9,-9,-9,-9,-9,-9,-9,"
    "-9,-9,-9,-9,-9,-9,-9,",
    # blanks instead of -9, the same substance twice
    "2018,20180000006,36,8,2,,,,,,,,1,,,,,,2,1,3,2,2,1,3,2,3,3,2,4,0,4,,,,",
    # cocaine through the nose; first use in a band above the age
    "2018,20180000007,36,4,1,3,2,-9,-9,2,3,0,4,2,3,2,-9,1,3,3,3,6,11,3,2,5,17,3,1,5,0,6,1,3,5,40",
    # medication without an opioid
    "2018,20180000008,36,9,2,5,1,-9,2,2,3,0,8,1,0,6,-9,3,2,1,3,4,1,-9,-9,-9,1,-9,-9,-9,0,3,2,1,5,39",
    # a gap: no second, but a third substance
    "2018,20180000009,36,3,1,2,4,5,-9,2,2,0,2,2,-9,4,-9,0,9,1,2,3,1,-9,-9,-9,19,5,3,2,0,2,1,1,5,45",
    # employer; several opioids, which are one code here
    "2018,20180000010,36,10,1,4,1,-9,-9,1,3,0,6,1,1,5,-9,4,7,1,3,7,7,4,3,7,6,4,3,7,1,12,2,2,5,46",
    # traffic offence; alcohol
    "2018,20180000011,48,11,1,3,1,-9,-9,2,3,1,7,2,0,7,7,1,2,1,2,4,4,2,2,3,1,-9,-9,-9,0,9,2,1,5,47",
    # prison; a mental health diagnosis
    "2018,20180000012,48,2,2,1,4,4,-9,2,2,0,3,2,0,7,6,0,4,2,3,2,2,1,2,2,18,1,2,2,0,15,1,1,5,37",
)
TEDS_D_COLUMNS = (
    "DISYR,CASEID,STFIPS,AGE,GENDER,EDUC,EMPLOY,EMPLOY_D,DETNLF,DETNLF_D,PREG,VET,LIVARAG,LIVARAG_D,"
    "ARRESTS,ARRESTS_D,SERVICES,SERVICES_D,METHUSE,DAYWAIT,REASON,LOS,PSOURCE,DETCRIM,NOPRIOR,SUB1,"
    "SUB1_D,ROUTE1,FREQ1,FREQ1_D,FRSTUSE1,SUB2,SUB3,IDU,DSMCRIT,PSYPROB,FREQ_ATND_SELF_HELP,"
    "FREQ_ATND_SELF_HELP_D"
)
TEDS_D_ROWS = (
    # completed, no use: abstinent
    "2019,20190000001,2,5,1,3,1,1,-9,-9,-9,2,3,3,0,0,7,7,2,0,1,14,1,-9,0,2,2,1,3,1,4,1,1,0,4,2,1,3",
    # completed on opioid medication
    "2019,20190000002,2,6,2,3,3,2,-9,-9,2,2,1,3,1,0,6,7,1,1,1,37,3,-9,1,5,5,4,3,2,4,1,1,1,5,1,2,5",
    # completed, some use
    "2019,20190000003,6,7,1,2,4,4,5,5,-9,2,2,2,0,0,5,5,2,2,1,35,7,1,1,10,10,2,2,2,3,4,1,0,8,2,1,1",
    # completed, use not known
    "2019,20190000004,6,8,2,4,4,-9,1,-9,2,2,3,-9,0,-9,4,4,2,3,1,28,7,5,0,4,-9,2,3,-9,2,1,1,0,7,2,1,-9",
    # dropped out, residential, one day
    "2019,20190000005,36,9,1,1,-9,-9,-9,-9,-9,-9,-9,-9,-9,-9,2,2,-9,-9,2,1,-9,-9,-9,3,3,3,-9,-9,-9,-9,"
    "-9,-9,-9,-9,-9,-9",
    # terminated
    "2019,20190000006,36,10,2,5,2,3,-9,-9,1,2,3,1,2,2,6,6,2,4,3,31,2,-9,1,13,13,1,3,3,6,2,1,0,8,1,3,2",
    # transferred
    "2019,20190000007,36,11,1,3,1,1,-9,-9,-9,1,3,3,0,0,1,3,2,0,4,5,1,-9,0,2,2,1,3,1,1,1,1,0,4,2,1,4",
    # incarcerated
    "2019,20190000008,36,4,1,2,3,4,-9,4,-9,2,3,2,1,2,7,7,2,0,5,33,7,3,1,7,7,3,2,3,3,5,1,0,12,2,1,1",
    # died
    "2019,20190000009,48,12,2,3,4,4,3,3,2,2,3,3,0,0,8,8,2,0,6,2,1,-9,1,6,6,1,3,3,5,1,1,0,5,1,1,1",
    # other; nothing left at discharge
    "2019,20190000010,48,3,1,2,4,4,2,2,-9,2,2,2,0,0,7,6,2,0,7,36,4,-9,0,17,1,3,2,1,1,1,1,0,11,2,1,1",
    # dropped out, injecting not in the past month
    "2019,20190000011,48,5,2,3,3,3,-9,-9,2,2,1,1,0,1,7,7,2,0,2,34,6,-9,1,12,12,4,1,2,2,1,1,1,13,2,1,1",
    # medication without an opioid, completed
    "2019,20190000012,48,6,1,3,1,1,-9,-9,-9,2,3,3,0,0,7,7,1,0,1,32,5,-9,0,2,2,1,2,3,2,1,1,0,4,2,1,1",
)
ADMISSION_COLUMNS = (
    "episode_id,facility_id,client_pseudonym,linkage_level,linkage_algo,admission_kind,"
    "admission_date,admission_date_precision,setting,tdi_centre_type,interventions_planned,"
    "client_type,birth_year,age_at_admission,sex,education,labour,living_with,living_with_children,"
    "housing,referral,voluntariness,treatment_status,primary_substance,primary_route,"
    "primary_frequency,primary_age_first_use,polydrug_problem,injecting,hiv_test,hcv_test,"
    "comorbidity,oat_status,ati_stage,pregnancy,other_substances.1.substance"
)


def admission_row(number: int, **changes: str) -> str:
    """One admission as a template row: codes, labels and full names mixed."""
    row = {
        "episode_id": f"E-{number:05d}",
        "facility_id": "F-1",
        "client_pseudonym": hashlib.md5(b"%d" % number, usedforsecurity=False).hexdigest(),
        "linkage_level": "2",
        "linkage_algo": "slk-581-v1",
        "admission_kind": "initial admission",
        "admission_date": "2025-03-04",
        "admission_date_precision": "DAY",
        "setting": "SPECIALIZED_OUTPATIENT",
        "tdi_centre_type": "1",
        "interventions_planned": "8|CASE_MANAGEMENT",
        "client_type": "CLIENT_TYPE_OWN_USE",
        "birth_year": "1990",
        "age_at_admission": "35",
        "sex": "male",
        "education": "3",
        "labour": "4",
        "living_with": "1",
        "living_with_children": "1",
        "housing": "1",
        "referral": "11",
        "voluntariness": "1",
        "treatment_status": "1",
        "primary_substance": "HEROIN",
        "primary_route": "smoke",
        "primary_frequency": "1",
        "primary_age_first_use": "20",
        "polydrug_problem": "2",
        "injecting": "1",
        "hiv_test": "1",
        "hcv_test": "1",
        "comorbidity": "2",
        "oat_status": "1",
        "ati_stage": "98",
        "pregnancy": "98",
        "other_substances.1.substance": "ALCOHOL",
    } | changes
    return ",".join(row[name] for name in ADMISSION_COLUMNS.split(","))


def write(folder: Path, name: str, header: str, rows: tuple[str, ...] | list[str]) -> Path:
    """A file of these lines."""
    path = folder / name
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def teds_a(folder: Path) -> Path:
    """Twelve TEDS-A rows."""
    return write(folder, "teds_a.csv", TEDS_A_COLUMNS, TEDS_A_ROWS)


def teds_d(folder: Path) -> Path:
    """Twelve TEDS-D rows."""
    return write(folder, "teds_d.csv", TEDS_D_COLUMNS, TEDS_D_ROWS)


def admissions(folder: Path, count: int = 12, name: str = "admissions.csv") -> Path:
    """Rows that the rules accept without a flag."""
    return write(
        folder, name, ADMISSION_COLUMNS, [admission_row(number) for number in range(1, count + 1)]
    )
