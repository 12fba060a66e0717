from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="A01",
    question="What share of the people with drug use disorders is in treatment?",
    depends_on=("stale_days", "alcohol_included"),
    estimates="""
    kind             year  value  lower  upper  sex   substance
    PEOPLE_WITH_DUD  2025  1000   800    1250   -     -
    PEOPLE_WITH_DUD  2025  600    -      -      MALE  -
    PEOPLE_WITH_DUD  2025  400    -      -      -     OPIOIDS_UNSPECIFIED
    PEOPLE_WITH_DUD  2025  100    -      -      -     CANNABIS_UNSPECIFIED
    PEOPLE_WITH_DUD  2025  500    -      -      -     ALCOHOL
    PEOPLE_WITH_DUD  2024  10     -      -      -     -
    # of another year: never used for 2025 or 2026
    """,
    episodes="""
    person  start       end         sex     substance  interventions
    ann     2025-02-01  2025-05-01  FEMALE  HEROIN     OAT_METHADONE,CBT
    ben     2025-03-01  2025-04-01  MALE    HEROIN     CBT
    ben     2025-08-01  2025-09-01  MALE    HEROIN     FAMILY
    # counted once, in both interventions
    cat     2025-03-01  2026-02-01  MALE    CRACK      CBT
    dan     2025-03-01  2025-04-01  MALE    ALCOHOL    CBT
    # told under ALCOHOL alone: the goal is about drugs
    eve     2025-03-01  2025-04-01  FEMALE  HEROIN     NEEDLE
    # not structured: needle exchange only
    """,
    cells="""
    period   cell                                 measure  value          numerator  denominator
    2025     total                                value    0.3            3          1000
    2025     total                                lower    0.24           3          1250
    2025     total                                upper    0.375          3          800
    2025     sex=MALE                             value    100/300        2          600
    # of women there is no estimate, so no cell
    2025     substance_group=OPIOIDS              value    0.5            2          400
    2025     substance_group=CANNABIS             value    0              0          100
    # an estimate, and nobody in treatment
    2025     substance_group=ALCOHOL              value    0.2            1          500
    2025     intervention=CBT_RELAPSE_PREVENTION  value    0.3            3          1000
    2025     intervention=FAMILY_THERAPY          value    0.1            1          1000
    2025     intervention=OAT_METHADONE           value    0.1            1          1000
    2025-03  total                                value    0.3            3          1000
    2026     total                                value    NOT_AVAILABLE  1          0
    # nothing to divide by: of 2026 there is no estimate
    """,
)
