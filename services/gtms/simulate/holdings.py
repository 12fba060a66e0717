"""What the registry holds of a simulated population."""

from gtms.simulate.simulation import Simulation
from gtms.warehouse.client import Connection

# family -> table and the column whose values begin with the population's tag
_OWN = {
    "facility": ("facilities", "facility_id", "{country}-{tag}-"),
    "capacity": ("capacities", "facility_id", "{country}-{tag}-"),
    "qa_assessment": ("qa_assessments", "facility_id", "{country}-{tag}-"),
    "admission": ("admissions", "episode_id", "{tag}-"),
    "outcome": ("outcomes", "outcome_id", "{tag}-"),
}
_COUNT = """
SELECT count() FROM registry.{table} FINAL
WHERE country = %(country)s AND NOT is_retracted AND startsWith({column}, %(prefix)s)
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
    return found
