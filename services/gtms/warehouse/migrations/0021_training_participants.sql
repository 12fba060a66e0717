-- registry.training_participants: a person took part in a training. Their pseudonyms are of another
-- kind than those of people in treatment, and are never joined with them.
-- The row of the greatest rank holds: read it with FINAL.

CREATE TABLE IF NOT EXISTS registry.training_participants {on_cluster}
(
    country                  FixedString(3)         COMMENT 'ISO 3166-1 alpha-3, from the sender''s credential',
    record_uid               FixedString(36)        COMMENT 'UUIDv5 of country, family and natural key',
    revision                 UInt32                 COMMENT 'highest wins',
    is_retracted             UInt8                  COMMENT '1: withdrawn; of the other columns only the natural key is filled',
    received_at              DateTime64(3, 'UTC')   COMMENT 'when the ingest service accepted it',
    submitted_at             DateTime64(3, 'UTC')   COMMENT 'when the sender says it sent it',
    source_system_id         LowCardinality(String) COMMENT 'the sending system',
    content_hash             FixedString(32)        COMMENT 'SHA-256 of the record or retraction alone',
    payload                  String                 COMMENT 'the whole record message, serialized' CODEC(ZSTD),
    participant_pseudonym    String                 COMMENT 'HMAC made in the country, 32 hex digits; its key is not that of client_pseudonym',
    event_id                 String                 COMMENT 'the event; its record may arrive later',
    sex                      UInt8                  COMMENT 'code list Sex',
    age_band                 UInt8                  COMMENT 'code list ParticipantAgeBand',
    sector                   UInt8                  COMMENT 'code list Sector',
    institution_id           String,
    country_iso3_participant String                 COMMENT 'ISO 3166-1 alpha-3',
    completed                Nullable(Bool),
    pre_test_score           Nullable(Float32)      COMMENT 'percent',
    post_test_score          Nullable(Float32)      COMMENT 'percent',
    test_form_id             Nullable(String),
    follow_up_3m_status      UInt8                  COMMENT 'code list FollowUpStatus',
    follow_up_date           Nullable(Date32),
    perception_changed       UInt8                  COMMENT 'code list YesNo',
    applied_in_work          UInt8                  COMMENT 'code list YesNo',
    people_reached_since     Nullable(UInt32)       COMMENT 'count',
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
