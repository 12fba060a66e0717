-- registry.facilities: what is known of a treatment facility from a day on (a row per valid_from).
-- The row of the greatest rank holds: read it with FINAL.

CREATE TABLE IF NOT EXISTS registry.facilities {on_cluster}
(
    country                       FixedString(3)         COMMENT 'ISO 3166-1 alpha-3, from the sender''s credential',
    record_uid                    FixedString(36)        COMMENT 'UUIDv5 of country, family and natural key',
    revision                      UInt32                 COMMENT 'highest wins',
    is_retracted                  UInt8                  COMMENT '1: withdrawn; of the other columns only the natural key is filled',
    received_at                   DateTime64(3, 'UTC')   COMMENT 'when the ingest service accepted it',
    submitted_at                  DateTime64(3, 'UTC')   COMMENT 'when the sender says it sent it',
    source_system_id              LowCardinality(String) COMMENT 'the sending system',
    content_hash                  FixedString(32)        COMMENT 'SHA-256 of the record or retraction alone',
    payload                       String                 COMMENT 'the whole record message, serialized' CODEC(ZSTD),
    facility_id                   String,
    name                          Nullable(String),
    valid_from                    Date32,
    valid_to                      Nullable(Date32),
    status                        UInt8                  COMMENT 'code list FacilityStatus',
    admin1_code                   String,
    admin2_code                   Nullable(String),
    latitude                      Nullable(Float64)      COMMENT 'degrees, WGS 84',
    longitude                     Nullable(Float64)      COMMENT 'degrees, WGS 84',
    urban_rural                   UInt8                  COMMENT 'code list UrbanRural',
    ownership                     UInt8                  COMMENT 'code list Ownership',
    settings                      Array(UInt8)           COMMENT 'code list Setting',
    tdi_centre_type               UInt8                  COMMENT 'code list TdiCentreType',
    interventions                 Array(UInt8)           COMMENT 'code list Intervention',
    licensed                      UInt8                  COMMENT 'code list YesNo',
    accredited                    UInt8                  COMMENT 'code list YesNo',
    public_funding                UInt8                  COMMENT 'code list YesNo',
    free_of_charge                UInt8                  COMMENT 'code list FreeOfCharge',
    accepts_women                 UInt8                  COMMENT 'code list YesNo',
    women_specific_programme      UInt8                  COMMENT 'code list YesNo',
    childcare_available           UInt8                  COMMENT 'code list YesNo',
    pregnant_postpartum_programme UInt8                  COMMENT 'code list YesNo',
    min_age_years                 Nullable(UInt32)       COMMENT 'years',
    youth_programme               UInt8                  COMMENT 'code list YesNo',
    cj_programme                  UInt8                  COMMENT 'code list YesNo',
    comorbidity_programme         UInt8                  COMMENT 'code list YesNo',
    hiv_services_onsite           UInt8                  COMMENT 'code list YesNo',
    hcv_services_onsite           UInt8                  COMMENT 'code list YesNo',
    naloxone_available            UInt8                  COMMENT 'code list YesNo',
    reports_to_system             UInt8                  COMMENT 'code list YesNo',
    opening_hours_per_week        Nullable(Float32)      COMMENT 'hours',
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
