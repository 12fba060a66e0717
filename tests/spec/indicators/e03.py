from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="E03",
    question="What share of the clients who live with HIV are on antiretroviral treatment?",
    depends_on=("entrant_gap_days", "stale_days", "attribute_episode", "alcohol_included"),
    episodes="""
    person  start       end         sex     hiv_test     hiv_result  on_art
    ann     2025-02-01  2025-03-01  FEMALE  TESTED_LAST  POSITIVE    YES
    ben     2025-02-01  2025-03-01  MALE    TESTED_LAST  POSITIVE    NO
    cat     2025-02-01  2025-03-01  MALE    TESTED_NOT   POSITIVE    YES
    dan     2025-02-01  2025-03-01  MALE    TESTED_LAST  POSITIVE    UNKNOWN
    # unknown: not among those that are divided by
    eve     2025-02-01  2025-03-01  FEMALE  TESTED_LAST  POSITIVE    REFUSED
    # refused: nor she
    fay     2025-02-01  2025-03-01  FEMALE  TESTED_LAST  NEGATIVE    -
    gus     2025-02-01  2025-03-01  MALE    TESTED_LAST  NEGATIVE    NOT_APPLICABLE
    # not applicable: no need of it
    """,
    cells="""
    period  cell        value  numerator  denominator
    2025    total       200/3  2          3
    2025    sex=FEMALE  100    1          1
    2025    sex=MALE    50     1          2
    """,
)
