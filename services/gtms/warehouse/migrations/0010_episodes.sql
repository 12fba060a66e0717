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
    ordinal            UInt32           COMMENT 'among the structured episodes of the person (or the others), by start and record_uid',
    discharge_reason   UInt8            COMMENT '0 while open',
    linkage_level      UInt8,
    admission_kind     UInt8,
    treatment_status   UInt8,
    sex                UInt8,
    birth_year         UInt16,
    birth_month        UInt8            COMMENT 'July when it is not known',
    age                UInt8            COMMENT 'years, at admission',
    substance          UInt8            COMMENT 'primary',
    route              UInt8            COMMENT 'of the primary substance',
    frequency          UInt8            COMMENT 'of the primary substance',
    first_use_lag      Nullable(Int16)  COMMENT 'years from the first use of the primary substance to admission',
    client_group       UInt8            COMMENT 'NDTMS: 1 opiate, 2 non-opiate and alcohol, 3 non-opiate only, 4 alcohol only, 0 unknown',
    setting            UInt8,
    service            UInt8            COMMENT 'TEDS service',
    referral           UInt8,
    ati_stage          UInt8            COMMENT 'alternative to conviction or punishment',
    ati_measure        UInt8,
    voluntariness      UInt8,
    wait               Nullable(Int32)  COMMENT 'days from request to admission',
    education          UInt8,
    labour             UInt8,
    living_with        UInt8,
    living_with_children UInt8,
    housing            UInt8,
    pregnancy          UInt8,
    comorbidity        UInt8,
    injecting          UInt8,
    hiv_test           UInt8,
    hiv_result         UInt8,
    on_art             UInt8,
    hcv_test           UInt8,
    oat_status         UInt8,
    interventions      Array(UInt8)     COMMENT 'planned, or received in any review or discharge; sorted',
    oat                UInt8            COMMENT 'opioid agonist treatment is planned',
    naloxone           UInt8            COMMENT 'has take-home naloxone, or was given it',
    oat_changes        Array(Tuple(day Date32, is_on UInt8)) COMMENT 'when opioid agonist treatment began and stopped',
    oat_days           Array(Tuple(first Date32, last Nullable(Date32))) COMMENT 'spans of days on opioid agonist treatment, clipped to counted_end; last null while it goes on',
    oat_spells         Array(Tuple(first Date32, last Nullable(Date32))) COMMENT 'spells of the person, with gaps of up to 28 days, that begin in this episode',
    exit_use           UInt8            COMMENT 'any use of the primary substance in the last 28 days, from the discharge',
    exit_injecting     UInt8,
    exit_housing       UInt8,
    top_start          Nullable(UInt8)  COMMENT 'TOP: days of use of the primary substance of the last 28, at admission',
    top_end            Nullable(UInt8)  COMMENT 'the same at discharge',
    arrived_elsewhere  UInt8            COMMENT 'a start at another facility within 21 days after the end',
    arrived_in_community UInt8          COMMENT 'a start outside prison within 21 days after the end',
    recovery_cohort    UInt8,
    barc_start         Nullable(UInt8)  COMMENT 'BARC-10 at admission',
    whoqol_start       Array(Nullable(Int32)) COMMENT 'WHOQOL-BREF at admission: physical, psychological, social, environment, thousandths of 0-100',
    follow_ups         Array(Tuple(day Date32, record_uid FixedString(36), wave UInt8, status UInt8, any_use UInt8, labour UInt8, overdoses Nullable(UInt16), barc Nullable(UInt8), whoqol Array(Nullable(Int32)))) COMMENT 'interviews after the episode, oldest first',
    died               Nullable(Date32) COMMENT 'of the person: the earliest death record, else the earliest discharge for death',
    died_level         UInt8            COMMENT 'precision of that date',
    death_cause        UInt8            COMMENT '99 when there is no death record',
    entrant            UInt8            COMMENT 'no structured episode active in the entrant gap before the start',
    first_time         UInt8            COMMENT 'says never treated, and the registry knows no earlier structured episode',
    opens_journey      UInt8            COMMENT 'first episode of its journey',
    journey_start      Date32,
    journey_end        Nullable(Date32) COMMENT 'null while one of its episodes is open',
    journey_reason     UInt8            COMMENT 'discharge reason of its episode with the latest end',
    journey_level      UInt8            COMMENT 'coarsest precision of its dates',
    next_journey_start Nullable(Date32) COMMENT 'of the same person',
    content            UInt64           COMMENT 'hash of what counts: all but version, last_record and ordinal'
)
ENGINE = {replicated}ReplacingMergeTree(version, is_deleted)
ORDER BY (country, person, record_uid)
SETTINGS index_granularity = 1024;

-- A row per record by the day (UTC) on which its first revision was received. A record received
-- earlier than was known moves: its other days are marked as deleted.

CREATE TABLE IF NOT EXISTS registry.arrivals {on_cluster}
(
    country    FixedString(3),
    received   Date32,
    record_uid FixedString(36),
    version    UInt64          COMMENT 'nanoseconds of the server clock',
    is_deleted UInt8           COMMENT '1: not its first day, or the record was retracted',
    family     UInt8           COMMENT 'code list RecordFamily',
    lag        Nullable(Int32) COMMENT 'days from the date that the record is about',
    INDEX by_record record_uid TYPE bloom_filter GRANULARITY 1
)
ENGINE = {replicated}ReplacingMergeTree(version, is_deleted)
ORDER BY (country, received, record_uid)
SETTINGS index_granularity = 1024;
