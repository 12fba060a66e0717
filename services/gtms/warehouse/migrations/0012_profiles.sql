-- registry.profiles: the counting parameters of a country; NULL or 0 where it left the default.
-- The row of the greatest rank holds: read it with FINAL.

CREATE TABLE IF NOT EXISTS registry.profiles {on_cluster}
(
    country           FixedString(3)         COMMENT 'ISO 3166-1 alpha-3, from the sender''s credential',
    record_uid        FixedString(36)        COMMENT 'UUIDv5 of country, family and natural key',
    revision          UInt32                 COMMENT 'highest wins',
    is_retracted      UInt8                  COMMENT '1: withdrawn; of the other columns only the natural key is filled',
    received_at       DateTime64(3, 'UTC')   COMMENT 'when the ingest service accepted it',
    submitted_at      DateTime64(3, 'UTC')   COMMENT 'when the sender says it sent it',
    source_system_id  LowCardinality(String) COMMENT 'the sending system',
    content_hash      FixedString(32)        COMMENT 'SHA-256 of the record or retraction alone',
    payload           String                 COMMENT 'the whole record message, serialized' CODEC(ZSTD),
    profile_id        String,
    journey_gap_days  Nullable(UInt32)       COMMENT 'days',
    entrant_gap_days  Nullable(UInt32)       COMMENT 'days',
    attribute_episode UInt8                  COMMENT 'code list AttributeEpisode',
    stale_days        Nullable(UInt32)       COMMENT 'days',
    alcohol_included  Nullable(Bool),
    year_start        Nullable(UInt32)       COMMENT 'month',
    k_threshold       Nullable(UInt32)       COMMENT 'persons',
    rounding_base     Nullable(UInt32)       COMMENT 'persons',
    min_linkage       Nullable(Float64)      COMMENT 'percent',
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

-- registry.profile_revisions: every revision of a profile, the counting one or not, so that it can
-- be told with which parameters a country was counted when. Filled from registry.profiles.

CREATE TABLE IF NOT EXISTS registry.profile_revisions {on_cluster}
(
    country      FixedString(3),
    record_uid   FixedString(36),
    revision     UInt32,
    content_hash FixedString(32),
    payload      String          COMMENT 'the whole record message, serialized' CODEC(ZSTD),
    rank         UInt64          COMMENT 'received first wins'
)
ENGINE = {replicated}ReplacingMergeTree(rank)
ORDER BY (country, record_uid, revision, content_hash)
SETTINGS index_granularity = 1024;

CREATE MATERIALIZED VIEW IF NOT EXISTS registry.profile_revisions_kept {on_cluster}
TO registry.profile_revisions
AS SELECT country, record_uid, revision, content_hash, payload,
    toUInt64(281474976710655 - toUnixTimestamp64Milli(received_at)) AS rank
FROM registry.profiles;
