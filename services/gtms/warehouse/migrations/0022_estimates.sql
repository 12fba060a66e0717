-- registry.estimates: how many people a population, or a stratum of it, had in a calendar year.
-- The row of the greatest rank holds: read it with FINAL.

CREATE TABLE IF NOT EXISTS registry.estimates {on_cluster}
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
    estimate_kind    UInt8                  COMMENT 'code list EstimateKind',
    year             UInt32,
    country_iso3     String                 COMMENT 'the same as country',
    admin1_code      Nullable(String)       COMMENT 'NULL: the whole country',
    sex              UInt8                  COMMENT 'code list Sex; 0: all',
    age_lo           Nullable(UInt32)       COMMENT 'years, counted with; NULL: no lower limit',
    age_hi           Nullable(UInt32)       COMMENT 'years, counted with; NULL: no upper limit',
    substance_group  UInt8                  COMMENT 'code list Substance, first of a group; 0: all',
    value            Nullable(Float64)      COMMENT 'persons',
    lower95          Nullable(Float64)      COMMENT 'persons',
    upper95          Nullable(Float64)      COMMENT 'persons',
    method           String,
    nature           UInt8                  COMMENT 'code list EstimateNature',
    source_citation  String,
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
