from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="A06",
    question="Are women with drug use disorders reached as well as men?",
    depends_on=("stale_days", "alcohol_included"),
    estimates="""
    kind             year  value  sex     substance
    PEOPLE_WITH_DUD  2025  100    FEMALE  -
    PEOPLE_WITH_DUD  2025  400    MALE    -
    PEOPLE_WITH_DUD  2025  50     FEMALE  OPIOIDS_UNSPECIFIED
    PEOPLE_WITH_DUD  2025  200    MALE    OPIOIDS_UNSPECIFIED
    PEOPLE_WITH_DUD  2025  20     FEMALE  CANNABIS_UNSPECIFIED
    # there is none for men
    """,
    episodes="""
    person  start       end         sex      substance
    ann     2025-02-01  2025-05-01  FEMALE   HEROIN
    bea     2025-02-01  2025-05-01  FEMALE   CANNABIS_RESIN
    cal     2025-02-01  2025-05-01  MALE     HEROIN
    dan     2025-02-01  2025-05-01  MALE     HEROIN
    eli     2025-02-01  2025-05-01  MALE     HEROIN
    fin     2025-02-01  2026-05-01  MALE     CRACK
    gil     2025-02-01  2025-05-01  MALE     ALCOHOL
    # not of drugs
    hal     2025-02-01  2025-05-01  UNKNOWN  HEROIN
    # unknown: in neither
    ida     2025-01-01  2025-02-01  MALE     HEROIN
    ida     2025-03-01  2025-05-01  FEMALE   HEROIN
    # two sexes: the later start holds
    """,
    cells="""
    period  cell                     value          numerator  denominator
    2025    total                    3              3          1
    # 3 of 100 women, 4 of 400 men
    2025    substance_group=OPIOIDS  400/150        4          1.5
    2026    total                    NOT_AVAILABLE  -          -
    # nothing to divide by
    """,
)
