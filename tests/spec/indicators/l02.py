from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="L02",
    question="How many answers are missing?",
    episodes="""
    person  start       end         facility  sex     education  injecting  hiv_test
    ann     2025-02-01  2025-03-01  F1        FEMALE  UNKNOWN    REFUSED    NEVER
    # unknown and refused: two of 19 answers
    ben     2025-02-01  2025-03-01  F2        MALE    PRIMARY    NEVER      UNKNOWN
    # not applicable: nobody asks a man whether he is pregnant; 18 answers
    """,
    cells="""
    period  cell                        value   numerator  denominator
    2025    total                       300/37  3          37
    2025    facility=F1                 200/19  2          19
    2025    facility=F2                 100/18  1          18
    2025    field=comorbidity           0       0          2
    2025    field=education             50      1          2
    2025    field=hcv_test              0       0          2
    2025    field=hiv_test              50      1          2
    2025    field=housing               0       0          2
    2025    field=injecting             50      1          2
    2025    field=labour                0       0          2
    2025    field=living_with           0       0          2
    2025    field=living_with_children  0       0          2
    2025    field=oat_status            0       0          2
    2025    field=pregnancy             0       0          1
    2025    field=primary_frequency     0       0          2
    2025    field=primary_route         0       0          2
    2025    field=primary_substance     0       0          2
    2025    field=referral              0       0          2
    2025    field=setting               0       0          2
    2025    field=sex                   0       0          2
    2025    field=treatment_status      0       0          2
    2025    field=voluntariness         0       0          2
    """,
)
