"""Examples of the rules of a facility and its capacities."""

from tests.spec.cross_rules.example import Example
from tests.support.population import admission, capacity, facility, retraction, revised
from tests.support.problems import Finding
from treatment.facilities.v1.facility_pb2 import FacilityRecord

CLINIC = facility()
RESIDENCE = facility("F2", settings=[5])
BEDS = capacity("F2", "2025-12-31", 20, 18)
OLD_BEDS = capacity("F2", "2025-09-30", 20, 18)
NO_BEDS = capacity("F2", "2026-06-30", 0, 0)
COUNT = capacity(as_of_date="2025-06-30")
STAY = admission("p1", "2026-07-01", status=99)


def without_oat(record: FacilityRecord, revision: int) -> FacilityRecord:
    changed = revised(record, revision)
    del changed.record.interventions[:]
    changed.record.interventions.append(8)
    return changed


CLOSED = facility(valid_to="2025-05-31")

EXAMPLES = (
    Example(
        "R012",
        "a residence that never told its beds",
        [RESIDENCE],
        [Finding("R012", RESIDENCE)],
        [BEDS],
    ),
    Example(
        "R012",
        "whose beds are known from more than twelve months ago, or are none",
        [RESIDENCE, OLD_BEDS, NO_BEDS],
        [Finding("R012", RESIDENCE)],
        [BEDS],
    ),
    Example(
        "R012",
        "that turns out to be no residence",
        [RESIDENCE],
        [Finding("R012", RESIDENCE)],
        [retraction(RESIDENCE, 2)],
    ),
    Example(
        "R015",
        "clients on opioid agonist treatment where it is not offered",
        [without_oat(CLINIC, 1), COUNT],
        [Finding("R015", COUNT, [CLINIC])],
        [revised(CLINIC, 2)],
    ),
    Example(
        "R016",
        "a capacity before its facility",
        [COUNT],
        [Finding("R016", COUNT, awaiting=True)],
        [CLINIC],
    ),
    Example(
        "R016",
        "a capacity of a day on which the facility was closed",
        [CLOSED, COUNT],
        [Finding("R016", COUNT)],
        [retraction(COUNT, 2)],
    ),
    Example(
        "R016",
        "of a facility that is not active",
        [facility(status=3), COUNT],
        [Finding("R016", COUNT, [CLINIC])],
        [revised(CLINIC, 2)],
    ),
    Example(
        "R030",
        "an admission before its facility",
        [STAY],
        [Finding("R030", STAY, awaiting=True)],
        [CLINIC],
    ),
    Example(
        "R030",
        "an admission after its facility closed",
        [CLOSED, STAY],
        [Finding("R030", STAY)],
        [facility(valid_from="2026-01-01")],
    ),
    Example(
        "R030",
        "a facility whose last row was taken back",
        [CLINIC, STAY, retraction(CLINIC, 2)],
        [Finding("R030", STAY, awaiting=True)],
        [revised(CLINIC, 3)],
    ),
)
