-- Derived from the registry, person by person, and derived again when a record of the person changes:
-- one row per live admission with what counting needs to know of its outcomes and of the person's
-- other episodes. Definitions: journey, entrant, first-time, stale.

CREATE TABLE IF NOT EXISTS registry.episodes {on_cluster}
(
    country            FixedString(3)   COMMENT 'ISO 3166-1 alpha-3',
    person             FixedString(32)  COMMENT 'national pseudonym',
    record_uid         FixedString(36)  COMMENT 'of the admission',
    version            UInt64           COMMENT 'of the rebuild: nanoseconds of the server clock at its start',
    is_deleted         UInt8            COMMENT '1 = no longer an episode of this person',
    facility_id        String,
    client_type        UInt8,
    structured         UInt8            COMMENT 'counts as structured treatment',
    start              Date32,
    start_level        UInt8            COMMENT 'precision: 1 day, 2 month, 3 year',
    end                Nullable(Date32) COMMENT 'last contact, from the discharge',
    end_level          UInt8            COMMENT 'precision, 1 when there is no discharge',
    counted_end        Nullable(Date32) COMMENT 'end, or date of the last record when stale; null while open',
    last_record        Date32           COMMENT 'of any record of the episode',
    discharge_reason   UInt8,
    linkage_level      UInt8,
    admission_kind     UInt8,
    treatment_status   UInt8,
    sex                UInt8,
    birth_year         UInt16,
    birth_month        UInt8            COMMENT 'July when it is not known',
    age                UInt8            COMMENT 'years, at admission',
    substance          UInt8            COMMENT 'primary',
    client_group       UInt8            COMMENT 'NDTMS: 1 opiate, 2 non-opiate and alcohol, 3 non-opiate only, 4 alcohol only, 0 unknown',
    setting            UInt8,
    service            UInt8            COMMENT 'TEDS service',
    referral           UInt8,
    wait               Nullable(Int32)  COMMENT 'days from request to admission',
    oat_changes        Array(Tuple(day Date32, is_on UInt8)) COMMENT 'when opioid agonist treatment began and stopped',
    entrant            UInt8            COMMENT 'no structured episode active in the entrant gap before the start',
    first_time         UInt8            COMMENT 'says never treated, and the registry knows no earlier structured episode',
    journey_start      Date32,
    journey_end        Nullable(Date32) COMMENT 'null while one of its episodes is open',
    journey_reason     UInt8            COMMENT 'discharge reason of its episode with the latest end',
    journey_level      UInt8            COMMENT 'coarsest precision of its dates',
    next_journey_start Nullable(Date32) COMMENT 'of the same person',
    content            UInt64           COMMENT 'hash of what counts: all but version and last_record'
)
ENGINE = {replicated}ReplacingMergeTree(version, is_deleted)
ORDER BY (country, person, record_uid)
SETTINGS index_granularity = 1024;
