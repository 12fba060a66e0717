"""The processor tells how far partitions are written, to the account of operators' dashboards."""

import asyncio
import time
from pathlib import Path

from gtms.processing.ends import EVERY_S
from gtms.stack.lifecycle import EmbeddedStack
from gtms.warehouse.accounts import GRAFANA_OPERATOR
from tests.support.clickhouse import Warehouse
from tests.support.filled import some_events
from tests.support.loading import publish

PATIENCE_S = 12 * EVERY_S
WAITING = "SELECT count(), sum(waiting), sum(written) > 0 FROM ops.pipeline_partitions"


async def test_partitions_are_told_and_none_waits(running: EmbeddedStack, tmp_path: Path) -> None:
    await publish(running.settings, some_events(40, seed=3, country="LZZ"))
    warehouse = Warehouse(running.settings.clickhouse, tmp_path)
    end = time.monotonic() + PATIENCE_S
    while True:
        [(partitions, waiting, written)] = warehouse.ask(GRAFANA_OPERATOR, WAITING)
        if partitions and written and not waiting:
            return
        assert time.monotonic() < end, (partitions, waiting, written)
        await asyncio.sleep(1)
