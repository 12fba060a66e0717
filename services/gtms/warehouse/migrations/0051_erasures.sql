-- Erasure of persons. ops.erasing: what is being erased just now; emptied when it is done.
-- ops.erased: which records must not come back, as keyed hashes of their ids, asked by the loader.
-- ops.erasures: that it was done, for which months, with counts before and after.

CREATE TABLE IF NOT EXISTS ops.erasing {on_cluster}
(
    country    FixedString(3),
    family     UInt8           COMMENT 'code list RecordFamily',
    record_uid FixedString(36),
    person     String          COMMENT 'empty: the whole record; else only revisions that name this pseudonym'
)
ENGINE = {replicated}MergeTree
ORDER BY (country, record_uid);

CREATE TABLE IF NOT EXISTS ops.erased {on_cluster}
(
    country FixedString(3),
    digest  FixedString(32)      COMMENT 'keyed hash of the record id; the key is in a file, not here',
    at      DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = {replicated}ReplacingMergeTree(at)
ORDER BY (country, digest);

CREATE TABLE IF NOT EXISTS ops.erasures {on_cluster}
(
    id      UUID,
    country FixedString(3),
    at      DateTime64(3, 'UTC') COMMENT 'when it was done',
    months  Array(Date32)        COMMENT 'first days of months whose cells it may have moved',
    before  Map(LowCardinality(String), UInt64) COMMENT 'how many were there, by place',
    after   Map(LowCardinality(String), UInt64) COMMENT 'how many were left, by place'
)
ENGINE = {replicated}ReplacingMergeTree(at)
ORDER BY (country, id);
