from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="C03",
    question="What share of the women of 15 to 49 who enter treatment are pregnant or gave "
    "birth within a year?",
    depends_on=("entrant_gap_days", "stale_days", "attribute_episode", "alcohol_included"),
    episodes="""
    person  start       end         sex     age  substance  interventions  pregnancy
    ann     2025-02-01  2025-03-01  FEMALE  30   HEROIN     OAT_METHADONE  PREGNANT
    bea     2025-02-01  2025-03-01  FEMALE  49   CRACK      CBT            POSTPARTUM
    cat     2025-02-01  2025-03-01  FEMALE  50   HEROIN     CBT            PREGNANT
    # too old for the question
    dia     2025-02-01  2025-03-01  FEMALE  15   HEROIN     CBT            NOT_PREGNANT
    eve     2025-02-01  2025-03-01  FEMALE  30   HEROIN     CBT            UNKNOWN
    # unknown: not among those that are divided by
    fay     2025-02-01  2025-03-01  FEMALE  30   HEROIN     CBT            NOT_APPLICABLE
    # not applicable: neither
    gus     2025-02-01  2025-03-01  MALE    30   HEROIN     CBT            NOT_APPLICABLE
    """,
    cells="""
    period  cell                     value  numerator  denominator
    2025    total                    200/3  2          3
    2025    substance_group=COCAINE  100    1          1
    2025    substance_group=OPIOIDS  50     1          2
    2025    substance=CRACK          100    1          1
    2025    substance=HEROIN         50     1          2
    2025    oat=NO                   50     1          2
    2025    oat=YES                  100    1          1
    """,
)
