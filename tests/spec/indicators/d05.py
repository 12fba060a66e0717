from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="D05",
    question="How many go on with their treatment after prison?",
    depends_on=("alcohol_included",),
    episodes="""
    person  start       end         reason          setting  sex     interventions  exit.on_oat
    ann     2025-01-10  2025-03-01  COMPLETED_ABST  PRISON   FEMALE  OAT_METHADONE  YES
    ann     2025-03-22  2025-06-01  DROPPED         SPECIAL  FEMALE  OAT_METHADONE  NO
    # 21 days later
    ben     2025-01-10  2025-03-01  COMPLETED_ABST  PRISON   MALE    CBT            NO
    ben     2025-03-23  2025-06-01  DROPPED         SPECIAL  MALE    CBT            NO
    # 22 days later
    cat     2025-01-10  2025-03-01  TRANSFERRED_IN  PRISON   MALE    CBT            NO
    cat     2025-03-05  2025-04-01  COMPLETED_ABST  PRISON   MALE    CBT            NO
    # transfer: into another prison; his last release counts, after which nothing came
    dan     2025-01-10  2025-03-01  DIED            PRISON   MALE    CBT            NO
    # death: no release
    eve     2026-08-01  2026-09-20  COMPLETED_ABST  PRISON   MALE    CBT            NO
    """,
    cells="""
    period  cell        value        numerator  denominator
    2025    total       100/3        1          3
    2025    sex=FEMALE  100          1          1
    2025    sex=MALE    0            0          2
    2025    oat=NO      0            0          2
    2025    oat=YES     100          1          1
    2026    total       NOT_MATURED  -          -
    # not matured: the 21 days of eve have not passed
    """,
)
