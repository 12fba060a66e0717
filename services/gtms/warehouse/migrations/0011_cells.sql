-- National indicator cells. A snapshot holds all cells of a country and period; it is written whole
-- under a new version and becomes current by one row in `snapshots`, so that no reader sees half of
-- it and a cell that a correction emptied is gone with its old version.

CREATE TABLE IF NOT EXISTS indicators.cells {on_cluster}
(
    country     FixedString(3),
    period      LowCardinality(String) COMMENT '2025, 2025-Q1 or 2025-01',
    version     UInt64                 COMMENT 'of the snapshot that the cell belongs to',
    indicator   LowCardinality(String) COMMENT 'id in the catalogue',
    measure     LowCardinality(String) COMMENT 'value, or the name of a quantile',
    by          LowCardinality(String) COMMENT 'names of the dimensions, sorted, comma between; empty: total',
    key         String                 COMMENT 'name=label of each dimension, sorted, | between; empty: total',
    dimensions  Map(LowCardinality(String), LowCardinality(String)),
    value       Nullable(Float64)      COMMENT 'null unless status is OK',
    numerator   Nullable(Float64),
    denominator Nullable(Float64),
    status      LowCardinality(String) COMMENT 'OK, NOT_MATURED or NOT_AVAILABLE'
)
ENGINE = {replicated}MergeTree
ORDER BY (country, period, version, indicator, measure, by, key)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS indicators.snapshots {on_cluster}
(
    country     FixedString(3),
    period      LowCardinality(String),
    version     UInt64                 COMMENT 'nanoseconds of the server clock before the records were read',
    as_of       Date32                 COMMENT 'day for which staleness, maturity and census were judged',
    computed_at DateTime64(3, 'UTC'),
    parameters  String                 COMMENT 'country profile, JSON',
    catalogue   String                 COMMENT 'digest of the definitions that it was computed with'
)
ENGINE = {replicated}ReplacingMergeTree(version)
ORDER BY (country, period);

-- A month in which something that counts has changed. A period is dirty while one of its months was
-- touched after its snapshot was begun; nothing has to remember what is still to be computed.

CREATE TABLE IF NOT EXISTS indicators.touches {on_cluster}
(
    country FixedString(3),
    month   Date32 COMMENT 'first day of the month',
    aspect  LowCardinality(String) COMMENT 'what has changed: people, places or trainings',
    version UInt64 COMMENT 'nanoseconds of the server clock'
)
ENGINE = {replicated}ReplacingMergeTree(version)
ORDER BY (country, month, aspect);

-- The turn of the day: for which days each country has been brought up to date.

CREATE TABLE IF NOT EXISTS ops.days {on_cluster}
(
    country FixedString(3),
    day     Date32,
    at      DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = {replicated}ReplacingMergeTree(day)
ORDER BY country;
