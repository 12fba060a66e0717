-- registry.problems: what rules find across records, and only that: no value and no person. Derived
-- from the registry and derived again when a record that a rule looked at changes; a row of a
-- record that has been repaired is deleted.

CREATE TABLE IF NOT EXISTS registry.problems {on_cluster}
(
    country     FixedString(3)         COMMENT 'ISO 3166-1 alpha-3',
    rule_id     LowCardinality(String) COMMENT 'R063; R078-W for the softer part of a rule',
    record_uid  FixedString(36)        COMMENT 'the record to look at first',
    severity    LowCardinality(String) COMMENT 'ERROR, WARNING, PENDING or CROSS',
    state       LowCardinality(String) COMMENT 'OPEN, or AWAITING: what it refers to has not come',
    family      UInt8                  COMMENT 'code list RecordFamily',
    facility_id String                 COMMENT 'empty if the record names none',
    related     Array(Tuple(family UInt8, record_uid FixedString(36))) COMMENT 'other records of the problem, the first few',
    since       DateTime64(3, 'UTC')   COMMENT 'when the revision of the record that counts was received',
    version     UInt64                 COMMENT 'nanoseconds of the server clock before the records were read',
    is_deleted  UInt8                  COMMENT '1 = cleared'
)
ENGINE = {replicated}ReplacingMergeTree(version, is_deleted)
ORDER BY (country, rule_id, record_uid)
SETTINGS index_granularity = 1024;
