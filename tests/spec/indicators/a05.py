from tests.spec.indicators.page import Page
from tests.support.oracle import Profile

PAGE = Page(
    indicator="A05",
    question="How many people with drug use disorders are not in treatment?",
    depends_on=("stale_days", "alcohol_included"),
    profile=Profile(year_start=4),
    estimates="""
    kind             year  value  lower  upper  sex   substance
    PEOPLE_WITH_DUD  2025  1000   800    1250   -     -
    PEOPLE_WITH_DUD  2025  2      -      -      MALE  -
    PEOPLE_WITH_DUD  2025  50     -      -      -     OPIOIDS_UNSPECIFIED
    PEOPLE_WITH_DUD  2025  10     -      -      -     CANNABIS_UNSPECIFIED
    """,
    episodes="""
    person  start       end         sex     substance
    ann     2025-02-01  2025-05-01  FEMALE  HEROIN
    ben     2025-02-01  2025-05-01  MALE    HEROIN
    cat     2025-02-01  2025-05-01  MALE    CRACK
    dan     2025-02-01  2026-05-01  MALE    CANNABIS_RESIN
    eve     2025-02-01  2025-05-01  FEMALE  NICOTINE
    # not of drugs
    """,
    cells="""
    period   cell                      measure  value          numerator  denominator
    2025     total                     value    996            4          1000
    2025     total                     lower    796            4          800
    2025     total                     upper    1246           4          1250
    2025     sex=MALE                  value    -1             3          2
    # more than were estimated: told as it is
    2025     substance_group=OPIOIDS   value    48             2          50
    2025     substance_group=CANNABIS  value    9              1          10
    2026-02  total                     value    999            1          1000
    # year from April: February 2026 is of the year 2025
    2026-02  total                     lower    799            1          800
    2026-02  total                     upper    1249           1          1250
    2026     total                     value    NOT_AVAILABLE  1          0
    # nothing to divide by: of 2026 there is no estimate
    """,
)
