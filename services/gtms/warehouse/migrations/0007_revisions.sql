-- registry.revisions: every accepted revision once, the counting one or not; of duplicates the one
-- received first. registry.person_records: every person that a record ever named.

CREATE TABLE IF NOT EXISTS registry.revisions {on_cluster}
(
    country      FixedString(3),
    record_uid   FixedString(36),
    revision     UInt32,
    content_hash FixedString(32)        COMMENT 'two of them under one revision are a conflict',
    family       UInt8                  COMMENT 'code list RecordFamily',
    is_retracted UInt8,
    person       FixedString(32)        COMMENT 'pseudonym the revision names; empty if it names none',
    facility_id  String                 COMMENT 'empty if it names none',
    event_date   Nullable(Date32)       COMMENT 'the date the record is about',
    received_at  DateTime64(3, 'UTC'),
    topic        LowCardinality(String) COMMENT 'where it was read',
    partition    UInt32,
    offset       UInt64,
    rank         UInt128 MATERIALIZED
        bitOr(
            bitShiftLeft(toUInt128(281474976710655 - toUnixTimestamp64Milli(received_at)), 64),
            toUInt128(bitNot(offset))
        ) COMMENT 'received first wins, then the smaller offset'
)
ENGINE = {replicated}ReplacingMergeTree(rank)
ORDER BY (country, record_uid, revision, content_hash)
SETTINGS index_granularity = 512;

CREATE TABLE IF NOT EXISTS registry.person_records {on_cluster}
(
    country    FixedString(3),
    person     FixedString(32),
    family     UInt8           COMMENT 'code list RecordFamily',
    record_uid FixedString(36)
)
ENGINE = {replicated}ReplacingMergeTree
ORDER BY (country, person, record_uid)
SETTINGS index_granularity = 512;
