from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="A04",
    question="What share of the people who depend on opioids and inject is on agonist treatment?",
    depends_on=("stale_days", "alcohol_included"),
    facilities="""
    facility  from        admin1
    F1        2020-01-01  KE-30
    F2        2020-01-01  KE-28
    """,
    estimates="""
    kind                     year  value  lower  upper  sex   from_age  to_age  admin1
    OPIOID_DEPENDENT_PWID    2025  100    80     120    -     -         -       -
    OPIOID_DEPENDENT_PWID    2025  60     -      -      MALE  -         -       -
    OPIOID_DEPENDENT_PWID    2025  20     -      -      -     -         24      -
    OPIOID_DEPENDENT_PWID    2025  80     -      -      -     25        64      -
    OPIOID_DEPENDENT_PWID    2025  50     -      -      -     -         -       KE-30
    OPIOID_DEPENDENT_PEOPLE  2025  200    160    250    -     -         -       -
    # the fallback: whether they inject or not
    """,
    episodes="""
    person  start       end         facility  sex     born     interventions      reason
    ann     2025-02-01  2026-10-01  F1        FEMALE  2001-01  OAT_METHADONE      -
    # 24 years old on 31 December
    ben     2025-02-01  2026-01-01  F1        MALE    2000-12  OAT_BUPRENORPHINE  -
    # 25 years old in that month
    cat     2025-02-01  2026-01-01  F2        MALE    1990-01  OAT_METHADONE      -
    dan     2025-02-01  2026-01-01  F1        MALE    1990-01  CBT                -
    # in treatment, but not with an agonist
    eve     2025-02-01  2025-12-01  F1        MALE    1990-01  OAT_METHADONE      DIED
    # death: no longer there on the day
    """,
    cells="""
    period  cell          measure         value          numerator  denominator
    2025    total         value           3              3          100
    2025    total         lower           2.5            3          120
    2025    total         upper           3.75           3          80
    2025    total         fallback        1.5            3          200
    2025    total         fallback_lower  1.2            3          250
    2025    total         fallback_upper  1.875          3          160
    2025    sex=MALE      value           200/60         2          60
    2025    age_25=<25    value           5              1          20
    2025    age_25=25+    value           2.5            2          80
    2025    admin1=KE-30  value           4              2          50
    2026    total         value           NOT_AVAILABLE  1          0
    # nothing to divide by: of 2026 there is no estimate
    """,
)
