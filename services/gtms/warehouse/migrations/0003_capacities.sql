-- registry.capacities: beds, places, staff and clients of a facility on one day.
-- The row of the greatest rank holds: read it with FINAL.

CREATE TABLE IF NOT EXISTS registry.capacities {on_cluster}
(
    country                FixedString(3)         COMMENT 'ISO 3166-1 alpha-3, from the sender''s credential',
    record_uid             FixedString(36)        COMMENT 'UUIDv5 of country, family and natural key',
    revision               UInt32                 COMMENT 'highest wins',
    is_retracted           UInt8                  COMMENT '1: withdrawn; of the other columns only the natural key is filled',
    received_at            DateTime64(3, 'UTC')   COMMENT 'when the ingest service accepted it',
    submitted_at           DateTime64(3, 'UTC')   COMMENT 'when the sender says it sent it',
    source_system_id       LowCardinality(String) COMMENT 'the sending system',
    content_hash           FixedString(32)        COMMENT 'SHA-256 of the record or retraction alone',
    payload                String                 COMMENT 'the whole record message, serialized' CODEC(ZSTD),
    facility_id            String,
    as_of_date             Date32,
    beds_total             Nullable(UInt32)       COMMENT 'beds',
    beds_occupied          Nullable(UInt32)       COMMENT 'beds',
    outpatient_slots       Nullable(UInt32)       COMMENT 'places',
    clients_on_census_day  Nullable(UInt32)       COMMENT 'persons',
    clients_on_oat         Nullable(UInt32)       COMMENT 'persons',
    waiting_list           Nullable(UInt32)       COMMENT 'persons',
    staff_fte_total        Nullable(Float32)      COMMENT 'full-time equivalents',
    staff_fte_physician    Nullable(Float32)      COMMENT 'full-time equivalents',
    staff_fte_nurse        Nullable(Float32)      COMMENT 'full-time equivalents',
    staff_fte_psychosocial Nullable(Float32)      COMMENT 'full-time equivalents',
    staff_fte_peer         Nullable(Float32)      COMMENT 'full-time equivalents',
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
