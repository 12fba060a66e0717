"""One server with a country that has everything, one that has little and one that has nothing."""

from collections.abc import Iterator

import pytest

from gtms.warehouse.accounts import ministry
from tests.integration.dashboards.looking import LITTLE, NOTHING, PLENTY
from tests.support import every_cell
from tests.support.clickhouse import Warehouse, a_warehouse

PIPELINE = (
    "INSERT INTO ops.ends (topic, partition, next_offset) VALUES ('gtms.admissions.v1', 0, 10)",
    "INSERT INTO ops.watermarks (topic, partition, next_offset)"
    " VALUES ('gtms.admissions.v1', 0, 7)",
    "INSERT INTO ops.dead_letters (topic, partition, offset, reason, at)"
    " VALUES ('gtms.admissions.v1', 0, 3, 'no record', now64(3) - 60)",
    "INSERT INTO indicators.snapshots (country, period, version) VALUES ('KEN', '2022', 1)",
    "INSERT INTO ops.release_policies (country, year_days, since) VALUES ('KEN', 90, '2020-01-01')",
    "INSERT INTO registry.revisions (country, record_uid, family, received_at)"
    " SELECT 'KEN', toString(number), 4, now64(3) - 60 FROM numbers(3)",
    "INSERT INTO registry.problems (country, rule_id, record_uid, severity, state, family, since,"
    " version, is_deleted) VALUES ('KEN', 'R063', 'a', 'CROSS', 'OPEN', 4, now64(3) - 60, 1, 0)",
    "INSERT INTO indicators.touches (country, month, aspect, version)"
    " VALUES ('KEN', '2025-10-01', 'people', 5),"
    " ('KEN', '2025-11-01', 'people', toUnixTimestamp64Nano(now64(9)))",
    "INSERT INTO ops.audit (chain, sequence, at, country, what, outcome, counts) VALUES"
    " ('c', 1, now64(3) - 60, 'KEN', 'SubmitAdmissions', 'OK', map('accepted', 5)),"
    " ('c', 2, now64(3) - 60, 'KEN', 'SubmitAdmissions', 'UNAVAILABLE', map('times', 3))",
)


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with a_warehouse(tmp_path_factory.mktemp("warehouse")) as up:
        for country in (PLENTY, LITTLE, NOTHING):
            account = ministry(country)
            up.operate(f"INSERT INTO ops.acl (user, country) VALUES ('{account}', '{country}')")
        every_cell.write(up.server, PLENTY, 240)
        every_cell.write(up.server, LITTLE, 2)
        up.operate(*PIPELINE)
        yield up
