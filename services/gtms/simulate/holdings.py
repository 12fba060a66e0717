"""What the registry holds of a simulated population."""

from gtms.families import FAMILIES
from gtms.records.identifiers import natural_key, record_uid
from gtms.simulate.simulation import Simulation, estimates_of
from gtms.warehouse.client import Connection

# family -> table and the column whose values begin with the population's tag
_OWN = {
    "facility": ("facilities", "facility_id", "{country}-{tag}-"),
    "capacity": ("capacities", "facility_id", "{country}-{tag}-"),
    "qa_assessment": ("qa_assessments", "facility_id", "{country}-{tag}-"),
    "admission": ("admissions", "episode_id", "{tag}-"),
    "outcome": ("outcomes", "outcome_id", "{tag}-"),
    "training_event": ("training_events", "event_id", "{country}-{tag}-"),
    "training_participant": ("training_participants", "event_id", "{country}-{tag}-"),
}
_COUNT = """
SELECT count() FROM registry.{table} FINAL
WHERE country = %(country)s AND NOT is_retracted AND startsWith({column}, %(prefix)s)
"""


_COUNT_ESTIMATES = """
SELECT count() FROM registry.estimates FINAL
WHERE country = %(country)s AND NOT is_retracted AND record_uid IN %(uids)s
"""


def holdings(connection: Connection, simulation: Simulation) -> dict[str, int]:
    """Records of this population that the registry holds and that are not retracted, by family."""
    found = {}
    for family, (table, column, prefix) in _OWN.items():
        parameters = {
            "country": simulation.country,
            "prefix": prefix.format(country=simulation.country, tag=simulation.tag),
        }
        statement = _COUNT.format(table=table, column=column)
        found[family] = int(str(connection.execute(statement, parameters)[0][0]))
    return {**found, "estimate": _estimates(connection, simulation)}


def _estimates(connection: Connection, simulation: Simulation) -> int:
    """Estimates have no tag: their ids are those of the country and the stratum."""
    family = FAMILIES["estimate"]
    keys = (natural_key(family, dispatch.record) for dispatch in estimates_of(simulation))
    uids = [record_uid(simulation.country, family, *key) for key in keys if key]
    parameters = {"country": simulation.country, "uids": uids}
    return int(str(connection.execute(_COUNT_ESTIMATES, parameters)[0][0]))
