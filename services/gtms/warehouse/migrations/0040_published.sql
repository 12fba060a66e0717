-- What ministries and UNODC may read: the cells of each release, after the publishing rules. A vintage
-- is never changed; a release that is repeated replaces its own rows. Nothing fills it yet.

CREATE TABLE IF NOT EXISTS published.cells {on_cluster}
(
    country      FixedString(3),
    period       LowCardinality(String) COMMENT '2025, 2025-Q1 or 2025-01',
    vintage      UInt32                 COMMENT 'of the release, from 1',
    indicator    LowCardinality(String) COMMENT 'id in the catalogue',
    measure      LowCardinality(String) COMMENT 'value, or the name of another',
    by           LowCardinality(String) COMMENT 'names of the dimensions, sorted, comma between; empty: total',
    key          String                 COMMENT 'name=label of each dimension, sorted, | between; empty: total',
    dimensions   Map(LowCardinality(String), LowCardinality(String)),
    value        Nullable(Float64)      COMMENT 'null when it is withheld or there is none',
    status       LowCardinality(String) COMMENT 'OK, ROUNDED, SUPPRESSED_PRIMARY, SUPPRESSED_SECONDARY, NOT_MATURED, LOW_LINKAGE or NOT_AVAILABLE',
    published_at DateTime64(3, 'UTC')   COMMENT 'of the release; of the same cell the later holds'
)
ENGINE = {replicated}ReplacingMergeTree(published_at)
ORDER BY (country, period, vintage, indicator, measure, by, key)
SETTINGS index_granularity = 2048;
