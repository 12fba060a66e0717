-- ops.watermarks: how far each partition is stored and its changes are published. Kept beside the
-- records, so that a restored backup or a lost consumer offset shows as a difference.

CREATE TABLE IF NOT EXISTS ops.watermarks {on_cluster}
(
    topic       LowCardinality(String),
    partition   UInt32,
    next_offset UInt64 COMMENT 'everything below is stored',
    at          DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = {replicated}ReplacingMergeTree(at)
ORDER BY (topic, partition);
