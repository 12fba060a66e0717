-- registry.naloxone_stocks: how much naloxone a facility has on one day.
-- The row of the greatest rank holds: read it with FINAL.

CREATE TABLE IF NOT EXISTS registry.naloxone_stocks {on_cluster}
(
    country          FixedString(3)         COMMENT 'ISO 3166-1 alpha-3, from the sender''s credential',
    record_uid       FixedString(36)        COMMENT 'UUIDv5 of country, family and natural key',
    revision         UInt32                 COMMENT 'highest wins',
    is_retracted     UInt8                  COMMENT '1: withdrawn; of the other columns only the natural key is filled',
    received_at      DateTime64(3, 'UTC')   COMMENT 'when the ingest service accepted it',
    submitted_at     DateTime64(3, 'UTC')   COMMENT 'when the sender says it sent it',
    source_system_id LowCardinality(String) COMMENT 'the sending system',
    content_hash     FixedString(32)        COMMENT 'SHA-256 of the record or retraction alone',
    payload          String                 COMMENT 'the whole record message, serialized' CODEC(ZSTD),
    facility_id      String,
    as_of_date       Date32,
    kits             Nullable(UInt32)       COMMENT 'to take home',
    rank UInt256 MATERIALIZED
        bitOr(
            bitOr(
                bitShiftLeft(toUInt256(revision), 224),
                bitShiftLeft(reinterpretAsUInt256(reverse(substring(content_hash, 1, 16))), 96)
            ),
            bitOr(
                bitShiftLeft(toUInt256(281474976710655 - toUnixTimestamp64Milli(received_at)), 48),
                toUInt256(bitAnd(cityHash64(payload), 281474976710655))
            )
        ) COMMENT 'what wins, whatever the order of arrival: higher revision, then higher content_hash, then received earlier'
)
ENGINE = {replicated}ReplacingMergeTree(rank)
ORDER BY (country, record_uid)
SETTINGS index_granularity = 1024;
