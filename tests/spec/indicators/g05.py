from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="G05",
    question="How many discharges were not planned?",
    depends_on=("alcohol_included",),
    episodes="""
    person  start       end         reason          sex     substance
    ann     2025-02-01  2025-05-01  DROPPED         FEMALE  HEROIN
    ben     2025-02-01  2025-05-01  INCARCERATED    MALE    HEROIN
    # neither planned nor unplanned
    cat     2025-02-01  2025-05-01  ADMINISTRATIVE  MALE    CRACK
    dan     2025-02-01  2025-05-01  UNKNOWN         MALE    HEROIN
    # unknown: not among those that are divided by
    eve     2025-02-01  2025-05-01  DIED            FEMALE  HEROIN
    # death: among those that are divided by
    fay     2025-02-01  -           -               MALE    HEROIN
    # stale: no discharge
    """,
    cells="""
    period  cell                     value  numerator  denominator
    2025    total                    50     2          4
    2025    substance_group=COCAINE  100    1          1
    2025    substance_group=OPIOIDS  100/3  1          3
    2025    substance=CRACK          100    1          1
    2025    substance=HEROIN         100/3  1          3
    2025    sex=FEMALE               50     1          2
    2025    sex=MALE                 50     1          2
    """,
)
