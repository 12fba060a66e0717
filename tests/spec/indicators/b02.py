from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="B02",
    question="How many people enter treatment for the first time in their lives?",
    depends_on=("entrant_gap_days", "stale_days", "attribute_episode", "alcohol_included"),
    episodes="""
    person  start       end         setting  sex     age  substance  status      interventions
    ann     2025-02-01  2025-03-01  SPECIAL  FEMALE  20   HEROIN     NEVER       CBT
    ann     2025-03-05  2025-04-01  LONG     FEMALE  20   HEROIN     PREVIOUSLY  CBT
    # transfer: the first start says whether it is the first, the last one says all else
    ben     2024-03-01  2024-04-01  SPECIAL  MALE    39   HEROIN     PREVIOUSLY  CBT
    ben     2025-03-01  2025-04-01  SPECIAL  MALE    40   HEROIN     NEVER       CBT
    # says never, and the registry knows better
    cat     2025-03-01  2025-04-01  SPECIAL  MALE    40   HEROIN     UNKNOWN     CBT
    # unknown: not a first treatment
    dan     2024-05-01  2024-05-02  SPECIAL  MALE    39   CRACK      NEVER       NEEDLE
    dan     2025-03-01  2025-04-01  SPECIAL  MALE    40   CRACK      NEVER       CBT
    # not structured: a visit to a needle exchange was no treatment
    """,
    cells="""
    period  cell                                               value
    2025    total                                              2      # ann, dan
    2025    sex=FEMALE                                         1
    2025    sex=MALE                                           1
    2025    age_band=20-24                                     1
    2025    age_band=40-44                                     1
    2025    substance_group=COCAINE                            1
    2025    substance_group=OPIOIDS                            1
    2025    age_band=20-24|sex=FEMALE|substance_group=OPIOIDS  1
    2025    age_band=40-44|sex=MALE|substance_group=COCAINE    1
    2025    age_group=18-24                                    1
    2025    age_group=25-44                                    1
    2025    substance=CRACK                                    1
    2025    substance=HEROIN                                   1
    2025    setting=LONG_TERM_RESIDENTIAL                      1      # ann
    2025    setting=SPECIALIZED_OUTPATIENT                     1
    2024    total                                              0
    """,
)
