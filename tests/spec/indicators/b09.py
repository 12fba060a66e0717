from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="B09",
    question="How many years pass between first use and treatment?",
    depends_on=("entrant_gap_days", "stale_days", "attribute_episode", "alcohol_included"),
    episodes="""
    person  start       end         sex     age  primary_age_first_use  substance  status
    ann     2025-02-01  2025-03-01  FEMALE  25   15                     HEROIN     NEVER
    ben     2025-02-01  2025-03-01  MALE    30   17                     HEROIN     PREVIOUSLY
    cat     2025-03-01  2025-04-01  MALE    31   15                     CRACK      PREVIOUSLY
    dan     2025-02-01  2025-03-01  MALE    40   none                   HEROIN     PREVIOUSLY
    # unknown: the age of first use was not given
    """,
    cells="""
    period   cell                          measure  value          numerator  denominator
    2025     total                         mean     13             39         3
    2025     total                         sd       3              -          3
    2025     substance_group=OPIOIDS       mean     23/2           23         2
    2025     substance_group=COCAINE       mean     16             16         1
    2025     substance=HEROIN              mean     23/2           23         2
    2025     substance=CRACK               mean     16             16         1
    2025     sex=FEMALE                    mean     10             10         1
    2025     sex=MALE                      mean     29/2           29         2
    2025     treatment_history=FIRST_TIME  mean     10             10         1
    2025     treatment_history=PREVIOUS    mean     29/2           29         2
    2025-03  total                         mean     16             16         1
    2025-03  total                         sd       NOT_AVAILABLE  -          1
    # nothing to divide by: one person has no deviation
    """,
)
