"""Examples of the rules of an admission beside the others of its person."""

from gtms.records.profiles import Profile
from tests.spec.cross_rules.example import Example
from tests.support.population import (
    COUNTRY,
    admission,
    discharge,
    facility,
    outcome,
    record_uid,
    retraction,
    review,
    revised,
)
from tests.support.problems import Finding

FACILITY = facility()
FOUR = [facility(f"F{number}") for number in range(1, 5)]
DRUGS_ONLY = Profile(alcohol_included=False)

ALCOHOL = admission("p1", "2026-08-01", substance=80)
FIRST = admission("p1", "2026-05-01")
FIRST_END = discharge(FIRST, "2026-06-01", 11)
NEVER = admission("p1", "2026-08-01", status=1)
SAME = sorted(
    (admission("p1", "2026-08-01", episode_id=name) for name in ("E1", "E2")),
    key=lambda each: record_uid(COUNTRY, each),
)
SAME_ENDS = [discharge(each, "2026-08-01", 11) for each in SAME]
LATER = admission("p1", "2026-05-20")
SEVEN = [admission("p1", f"2026-08-{day:02}") for day in range(1, 8)]
SEVEN_ENDS = [discharge(each, each.record.admission_date, 11) for each in SEVEN]
EVERYWHERE = [admission("p1", "2026-08-01", facility_id=each.record.facility_id) for each in FOUR]
OLDER = admission("p1", "2026-08-01", birth_year=1988)
WOMAN = admission("p1", "2026-08-01", sex=2)
DEATH = outcome(FIRST, 5, "2026-06-01")
STALE = admission("p1", "2026-03-01")


EXAMPLES = (
    Example(
        "R044",
        "alcohol where only drugs count",
        [FACILITY, ALCOHOL],
        [Finding("R044", ALCOHOL)],
        [revised(admission("p1", "2026-08-01", substance=11), 2)],
        profile=DRUGS_ONLY,
    ),
    Example(
        "R056",
        "never treated, and yet known",
        [FACILITY, FIRST, FIRST_END, NEVER],
        [Finding("R056", NEVER, [FIRST])],
        [revised(admission("p1", "2026-08-01"), 2)],
    ),
    Example(
        "R062",
        "the same admission twice",
        [FACILITY, *SAME, *SAME_ENDS],
        [Finding("R062", SAME[1], [SAME[0]])],
        [retraction(SAME[1], 2), retraction(SAME_ENDS[1], 2)],
        country=COUNTRY,
    ),
    Example(
        "R063",
        "a second stay begins while the first is open",
        [FACILITY, FIRST, LATER],
        [Finding("R063", LATER, [FIRST])],
        [discharge(FIRST, "2026-05-20", 11)],
    ),
    Example(
        "R063",
        "or before the first was over",
        [FACILITY, FIRST, LATER, FIRST_END],
        [Finding("R063", LATER, [FIRST])],
        [revised(discharge(FIRST, "2026-05-20", 11), 2), retraction(FIRST_END, 2)],
    ),
    Example(
        "R064",
        "the seventh admission within ninety days",
        [FACILITY, *SEVEN, *SEVEN_ENDS],
        [Finding("R064", SEVEN[6], SEVEN[:6])],
        [retraction(SEVEN[0], 2), retraction(SEVEN_ENDS[0], 2)],
    ),
    Example(
        "R064",
        "four facilities on one day",
        [*FOUR, *EVERYWHERE],
        [
            Finding("R064", each, [other for other in EVERYWHERE if other is not each])
            for each in EVERYWHERE
        ],
        [retraction(EVERYWHERE[0], 2)],
    ),
    Example(
        "R065",
        "years of birth more than one year apart",
        [FACILITY, FIRST, FIRST_END, OLDER],
        [Finding("R065", FIRST, [OLDER]), Finding("R065", OLDER, [FIRST])],
        [revised(admission("p1", "2026-08-01", birth_year=1989), 2)],
    ),
    Example(
        "R065",
        "both sexes",
        [FACILITY, FIRST, FIRST_END, WOMAN],
        [Finding("R065", FIRST, [WOMAN]), Finding("R065", WOMAN, [FIRST])],
        [revised(admission("p2", "2026-08-01", sex=2, episode_id="p1-2026-08-01"), 2)],
    ),
    Example(
        "R075",
        "an admission after the death",
        [FACILITY, FIRST, FIRST_END, DEATH, NEVER],
        [Finding("R056", NEVER, [FIRST]), Finding("R075", NEVER, [DEATH])],
        [retraction(DEATH, 2)],
        left=[Finding("R056", NEVER, [FIRST])],
    ),
    Example(
        "R077",
        "an open episode of which nothing is heard",
        [FACILITY, STALE],
        [Finding("R077", STALE)],
        [review(STALE, "2026-09-01")],
    ),
)
