-- What operators watch. The processor tells how far each partition is written and what was put aside;
-- what is stored tells the rest by itself. Views for the account of the operators' dashboards: numbers
-- of countries, topics and tables, never a record.

CREATE TABLE IF NOT EXISTS ops.ends {on_cluster}
(
    topic       LowCardinality(String),
    partition   UInt32,
    next_offset UInt64                COMMENT 'everything below is written, as the loader last saw it',
    at          DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = {replicated}ReplacingMergeTree(at)
ORDER BY (topic, partition);

CREATE TABLE IF NOT EXISTS ops.dead_letters {on_cluster}
(
    topic     LowCardinality(String) COMMENT 'where it was read',
    partition UInt32,
    offset    UInt64,
    reason    LowCardinality(String) COMMENT 'why it can never be read; no value of it',
    at        DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = {replicated}ReplacingMergeTree(at)
ORDER BY (topic, partition, offset)
TTL toDateTime(at) + INTERVAL 90 DAY;

-- Revisions as they are stored, by the minute in which they were received; one that is read again
-- counts again.

CREATE TABLE IF NOT EXISTS ops.received {on_cluster}
(
    minute    DateTime('UTC'),
    country   FixedString(3),
    family    UInt8 COMMENT 'code list RecordFamily',
    revisions SimpleAggregateFunction(sum, UInt64),
    newest    SimpleAggregateFunction(max, DateTime64(3, 'UTC'))
)
ENGINE = {replicated}AggregatingMergeTree
ORDER BY (minute, country, family)
TTL minute + INTERVAL 400 DAY;

CREATE MATERIALIZED VIEW IF NOT EXISTS ops.receiving {on_cluster}
TO ops.received
AS SELECT
    toStartOfMinute(toDateTime(received_at, 'UTC')) AS minute, country, family,
    count() AS revisions, max(received_at) AS newest
FROM registry.revisions
GROUP BY minute, country, family;

CREATE VIEW IF NOT EXISTS ops.pipeline_partitions {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT
    toString(e.topic) AS topic, e.partition AS partition, e.next_offset AS written,
    s.next_offset AS stored, if(written > stored, written - stored, 0) AS waiting,
    e.at AS told_at, s.at AS stored_at
FROM ops.ends AS e FINAL
LEFT JOIN (SELECT topic, partition, next_offset, at FROM ops.watermarks FINAL) AS s
    ON s.topic = e.topic AND s.partition = e.partition;

CREATE VIEW IF NOT EXISTS ops.pipeline_received {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT
    minute AS time, country,
    transform(family, [1, 2, 3, 4, 5, 6, 7, 8, 9],
        ['facility', 'capacity', 'qa', 'admission', 'outcome', 'training_event',
            'training_participant', 'estimate', 'profile'], 'other') AS family,
    sum(revisions) AS records, toDateTime64(max(newest), 3, 'UTC') AS newest
FROM ops.received
GROUP BY minute, country, family;

CREATE VIEW IF NOT EXISTS ops.pipeline_dead_letters {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT
    at AS time, toString(topic) AS topic, partition, offset, toString(reason) AS reason
FROM ops.dead_letters FINAL;

-- Since when each country waits for its months: NULL when nothing has changed after they were computed.

CREATE VIEW IF NOT EXISTS ops.pipeline_countries {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT
    country,
    max(r.newest) AS received_at,
    fromUnixTimestamp64Nano(toInt64(max(changed)), 'UTC') AS changed_at,
    max(computed) AS computed_at,
    countIf(changed > begun) AS waiting,
    if(
        waiting = 0, NULL,
        fromUnixTimestamp64Nano(toInt64(minIf(changed, changed > begun)), 'UTC')
    ) AS waiting_since
FROM
(
    SELECT
        t.country AS country, t.month AS month, t.changed AS changed, s.version AS begun,
        s.computed_at AS computed
    FROM
    (
        SELECT country, month, max(version) AS changed FROM indicators.touches
        WHERE month <= today() GROUP BY country, month
    ) AS t
    LEFT JOIN
    (
        SELECT country, first AS month, version, computed_at FROM indicators.snapshots FINAL
        WHERE kind = 'month'
    ) AS s ON s.country = t.country AND s.month = t.month
) AS m
LEFT JOIN
(
    SELECT country, toDateTime64(max(newest), 3, 'UTC') AS newest FROM ops.received
    GROUP BY country
) AS r ON r.country = m.country
GROUP BY m.country AS country;

CREATE VIEW IF NOT EXISTS ops.pipeline_snapshots {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT
    computed_at AS time, country, toString(period) AS period, toString(kind) AS kind,
    (toUnixTimestamp64Milli(computed_at) - intDiv(toInt64(version), 1000000)) / 1000 AS seconds
FROM indicators.snapshots FINAL;

CREATE VIEW IF NOT EXISTS ops.pipeline_calls {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT
    at AS time, toString(country) AS country, toString(what) AS what, toString(outcome) AS outcome,
    greatest(1, counts['times']) AS calls, counts['accepted'] AS accepted,
    counts['flagged'] AS flagged, counts['rejected'] AS rejected
FROM ops.audit;

-- Periods that their country's policy should have released.

CREATE VIEW IF NOT EXISTS ops.pipeline_overdue {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT country, period, kind, toDateTime(due, 'UTC') AS due, dateDiff('day', due, today()) AS days
FROM
(
    SELECT
        s.country AS country, toString(s.period) AS period, toString(s.kind) AS kind,
        multiIf(s.kind = 'year', p.year_days, s.kind = 'quarter', p.quarter_days, p.month_days)
            AS after_days,
        addDays(
            addMonths(s.first, multiIf(s.kind = 'year', 12, s.kind = 'quarter', 3, 1)),
            toInt32(after_days) - 1
        ) AS due,
        p.since AS since
    FROM indicators.snapshots AS s FINAL
    INNER JOIN (SELECT * FROM ops.release_policies FINAL) AS p ON p.country = s.country
    WHERE (s.country, s.period) NOT IN (SELECT country, period FROM published.vintages)
)
WHERE isNotNull(after_days) AND due >= since AND due < today();

CREATE VIEW IF NOT EXISTS ops.pipeline_parts {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT
    database, table, count() AS parts, sum(rows) AS rows, sum(bytes_on_disk) AS bytes
FROM system.parts
WHERE active AND database IN ('registry', 'indicators', 'published', 'ops')
GROUP BY database, table;
