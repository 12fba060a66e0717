-- What is public. A release is of one country and period. All of its cells are written first, then the
-- row in `vintages` that makes them count: a release without that row is nowhere read. Of two rows of
-- one vintage the first holds for ever, so a vintage never changes. Cells are found by their vintage
-- and its content; a release that is repeated writes the same rows.

DROP TABLE IF EXISTS published.cells {on_cluster};

CREATE TABLE IF NOT EXISTS published.cells {on_cluster}
(
    country           FixedString(3),
    period            LowCardinality(String) COMMENT '2025, 2025-Q1 or 2025-01',
    vintage           UInt32                 COMMENT 'of the release, from 1',
    content           FixedString(64)        COMMENT 'SHA-256 of the release, hexadecimal',
    indicator         LowCardinality(String) COMMENT 'id in the catalogue',
    indicator_version UInt16                 COMMENT 'of the definition',
    measure           LowCardinality(String) COMMENT 'value, or the name of another',
    by                LowCardinality(String) COMMENT 'names of the dimensions, sorted, comma between; empty: total',
    key               String                 COMMENT 'name=label of each dimension, sorted, | between; empty: total',
    dimensions        Map(LowCardinality(String), LowCardinality(String)),
    value             Nullable(Float64)      COMMENT 'null when it is withheld or there is none',
    numerator         Nullable(Float64),
    denominator       Nullable(Float64),
    status            LowCardinality(String) COMMENT 'OK, ROUNDED, SUPPRESSED_PRIMARY, SUPPRESSED_SECONDARY, NOT_MATURED, LOW_LINKAGE or NOT_AVAILABLE',
    unit_of_count     LowCardinality(String) COMMENT 'what one unit of the value is'
)
ENGINE = {replicated}ReplacingMergeTree
ORDER BY (country, period, vintage, content, indicator, measure, by, key)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS published.vintages {on_cluster}
(
    country      FixedString(3),
    period       LowCardinality(String) COMMENT '2025, 2025-Q1 or 2025-01',
    vintage      UInt32                 COMMENT 'from 1',
    content      FixedString(64)        COMMENT 'SHA-256 of cells, parameters, as-of day and definitions, hexadecimal',
    first        Date32                 COMMENT 'first day of the period',
    after        Date32                 COMMENT 'day after the last',
    as_of        Date32                 COMMENT 'day for which staleness, maturity and census were judged',
    computed_at  DateTime64(3, 'UTC')   COMMENT 'of the snapshot that was released',
    parameters   String                 COMMENT 'country profile, JSON',
    catalogue    String                 COMMENT 'digest of the definitions',
    coverage     Nullable(Float64)      COMMENT 'L01, per cent',
    linkage      Nullable(Float64)      COMMENT 'L03, per cent',
    cells        UInt32                 COMMENT 'how many',
    withheld     UInt32                 COMMENT 'how many of them have no value because of small numbers',
    reason       String                 COMMENT 'why it revises the one before; always there from the third on',
    drafted_by   String,
    reviewed_by  String,
    published_by String,
    published_at DateTime64(3, 'UTC') DEFAULT now64(3),
    version      UInt64 DEFAULT toUnixTimestamp64Nano(now64(9)) COMMENT 'nanoseconds of the server clock',
    rank         UInt64 MATERIALIZED 18446744073709551615 - version COMMENT 'what holds: the first'
)
ENGINE = {replicated}ReplacingMergeTree(rank)
ORDER BY (country, period, vintage)
SETTINGS index_granularity = 256;

-- What may become a vintage: drafts and reviewed releases, one per country and period.

CREATE TABLE IF NOT EXISTS indicators.releases {on_cluster}
(
    country     FixedString(3),
    period      LowCardinality(String),
    vintage     UInt32                COMMENT 'that it would become',
    state       LowCardinality(String) COMMENT 'DRAFT or REVIEWED',
    content     FixedString(64),
    first       Date32,
    after       Date32,
    snapshot    UInt64                COMMENT 'version of the snapshot it was made of',
    as_of       Date32,
    computed_at DateTime64(3, 'UTC'),
    parameters  String,
    catalogue   String,
    coverage    Nullable(Float64),
    linkage     Nullable(Float64),
    cells       UInt32,
    withheld    UInt32,
    breaches    String                COMMENT 'what could be worked out from it, JSON: names of cells, never values',
    reason      String,
    drafted_by  String,
    reviewed_by String,
    version     UInt64 DEFAULT toUnixTimestamp64Nano(now64(9))
)
ENGINE = {replicated}ReplacingMergeTree(version)
ORDER BY (country, period)
SETTINGS index_granularity = 256;

CREATE TABLE IF NOT EXISTS indicators.release_cells {on_cluster} AS published.cells
ENGINE = {replicated}ReplacingMergeTree
ORDER BY (country, period, vintage, content, indicator, measure, by, key)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS ops.release_policies {on_cluster}
(
    country      FixedString(3),
    year_days    Nullable(UInt16) COMMENT 'days after the end of a year; null: never by itself',
    quarter_days Nullable(UInt16),
    month_days   Nullable(UInt16),
    since        Date32           COMMENT 'periods that fall due from this day on',
    set_by       String,
    version      UInt64 DEFAULT toUnixTimestamp64Nano(now64(9))
)
ENGINE = {replicated}ReplacingMergeTree(version)
ORDER BY country;
