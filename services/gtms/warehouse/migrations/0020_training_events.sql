-- registry.training_events: a training that was held.
-- The row of the greatest rank holds: read it with FINAL.

CREATE TABLE IF NOT EXISTS registry.training_events {on_cluster}
(
    country                     FixedString(3)         COMMENT 'ISO 3166-1 alpha-3, from the sender''s credential',
    record_uid                  FixedString(36)        COMMENT 'UUIDv5 of country, family and natural key',
    revision                    UInt32                 COMMENT 'highest wins',
    is_retracted                UInt8                  COMMENT '1: withdrawn; of the other columns only the natural key is filled',
    received_at                 DateTime64(3, 'UTC')   COMMENT 'when the ingest service accepted it',
    submitted_at                DateTime64(3, 'UTC')   COMMENT 'when the sender says it sent it',
    source_system_id            LowCardinality(String) COMMENT 'the sending system',
    content_hash                FixedString(32)        COMMENT 'SHA-256 of the record or retraction alone',
    payload                     String                 COMMENT 'the whole record message, serialized' CODEC(ZSTD),
    event_id                    String                 COMMENT 'unique in the country',
    kind                        UInt8                  COMMENT 'code list TrainingKind',
    start_date                  Date32,
    end_date                    Date32                 COMMENT 'the event counts in the period in which it ends',
    country_held                String                 COMMENT 'ISO 3166-1 alpha-3',
    admin1_code                 Nullable(String),
    mode                        UInt8                  COMMENT 'code list TrainingMode',
    language                    Nullable(String)       COMMENT 'BCP 47',
    curriculum_code             String,
    preparatory_assessment_done UInt8                  COMMENT 'code list YesNo',
    action_plan_developed       UInt8                  COMMENT 'code list YesNo',
    action_plan_items_total     Nullable(UInt32)       COMMENT 'count',
    follow_up_done_3m           UInt8                  COMMENT 'code list YesNo',
    action_plan_items_done_3m   Nullable(UInt32)       COMMENT 'count',
    participants_invited        Nullable(UInt32)       COMMENT 'count',
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
