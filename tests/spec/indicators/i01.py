from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="I01",
    question="How many people die while they are in treatment?",
    depends_on=("stale_days", "alcohol_included"),
    episodes="""
    person  start       end         reason   sex     interventions
    ann     2024-01-01  2026-02-01  DROPPED  FEMALE  OAT_METHADONE
    ann     2025-03-01  2025-04-01  DROPPED  FEMALE  CBT
    # overlap: adds no days
    ben     2025-01-01  2025-03-06  DIED     MALE    CBT
    # 65 days
    cat     2025-06-01  2025-06-30  DROPPED  MALE    CBT
    # 30 days
    dan     2025-12-01  2025-12-05  DIED     FEMALE  CBT
    # death: told by the discharge alone; 5 days
    """,
    outcomes="""
    person  start       kind   day         cause
    ben     2025-01-01  DEATH  2025-03-06  SUICIDE
    cat     2025-06-01  DEATH  2025-09-01  DRUG_INDUCED
    # death: after treatment, not in it
    """,
    cells="""
    period  cell                      value       numerator  denominator
    2025    total                     730500/465  2          46500/36525
    # 365 + 65 + 30 + 5 days
    2025    oat=NO                    730500/100  2          10000/36525
    2025    oat=YES                   0           0          36500/36525
    2025    sex=FEMALE                365250/370  1          37000/36525
    2025    sex=MALE                  365250/95   1          9500/36525
    2025    cause=SUICIDE_OTHER       365250/465  1          46500/36525
    2025    cause=UNKNOWN_OR_PENDING  365250/465  1          46500/36525
    2024    total                     0           0          36600/36525
    # leap year: 366 days
    """,
)
