"""In the changed copy: the new page, and a record of the new family, on a ClickHouse that is up.

    python -m tests.integration.adding.on_clickhouse

Says what is wrong; whatever it made is removed again.
"""

import sys

from gtms.config import ClickHouse, settings
from gtms.events.envelope import encode
from gtms.events.many import by_family, unwrap
from gtms.families import FAMILIES
from gtms.warehouse.ledger import migrations, placeholders
from gtms.warehouse.writer import Writer
from tests.spec.indicators.comparing import expected, told_of
from tests.spec.indicators.page import AS_OF
from tests.spec.indicators.pages import PAGES
from tests.support import population
from tests.support.cells import differences
from tests.support.engine import Engine
from tests.support.filled import as_read
from tests.support.population import COUNTRY, received
from tests.support.stored import Stored


def page_of_the_indicator(server: ClickHouse) -> str:
    page = PAGES["B10"]
    engine = Engine(server)
    engine.forget_everything()
    engine.take(page.records(COUNTRY), AS_OF)
    cells = engine.stored.cells(COUNTRY)
    engine.forget_everything()
    engine.close()
    return differences(expected(page, COUNTRY), told_of(page, cells))


def record_of_the_family(server: ClickHouse) -> str:
    family = FAMILIES["stock"]
    record = received(population.stock(kits=7))
    stored, writer = Stored(server), Writer(server)
    try:
        for statement in migrations()[-1].statements(placeholders(server)):
            stored.rows(statement)
        for known, group in by_family(as_read([encode(family, record)])).items():
            writer.store(unwrap(known, group))
        kits = stored.rows("SELECT kits FROM registry.naloxone_stocks FINAL")
    finally:
        stored.rows("DROP TABLE IF EXISTS registry.naloxone_stocks")
        stored.rows("TRUNCATE TABLE registry.revisions")
        writer.close()
        stored.close()
    return "" if kits == [(7,)] else f"stored: {kits}"


def main() -> str:
    server = settings().clickhouse
    return record_of_the_family(server) or page_of_the_indicator(server)


if __name__ == "__main__":
    sys.exit(main() or 0)
