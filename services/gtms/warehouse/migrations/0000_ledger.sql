-- The ledger of migrations, ahead of all others: made by every run, never listed in itself.
-- A row per step of a migration; of all rows of a number the one with the greatest `progress`
-- holds, so that two runners at once cannot set it back.

CREATE DATABASE IF NOT EXISTS ops {on_cluster};

CREATE TABLE IF NOT EXISTS ops.migrations {on_cluster}
(
    number   UInt32                 COMMENT 'NNNN of migrations/NNNN_name.sql',
    name     String                 COMMENT 'name of migrations/NNNN_name.sql',
    checksum FixedString(64)        COMMENT 'SHA-256 of the file, hex',
    state    LowCardinality(String) COMMENT 'in progress or done; a migration without a row is pending',
    progress UInt32                 COMMENT 'statements executed; one more than there are when done',
    at       DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = {replicated}ReplacingMergeTree(progress)
ORDER BY number;
