from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="L03",
    question="How many people can be recognised when they come again?",
    episodes="""
    person  start       end         facility  linkage               client_type  interventions
    ann     2025-02-01  2025-03-01  F1        NATIONAL_UNIQUE       OWN_USE      CBT
    ben     2025-02-01  2025-03-01  F1        FACILITY              OWN_USE      CBT
    cat     2025-02-01  2025-03-01  F2        NATIONAL_STATISTICAL  OWN_USE      NEEDLE
    # not structured: counts here
    dan     2025-02-01  2025-03-01  F2        FACILITY              OTHER        CBT
    # came about somebody else: not counted
    """,
    cells="""
    period  cell         value  numerator  denominator
    2025    total        200/3  2          3
    2025    facility=F1  50     1          2
    2025    facility=F2  100    1          1
    """,
)
