-- ops.audit: who did what, when, for which country, how much of it; reads as well as writes, refused
-- calls too; never a value. Chains of entries, each with the hash of the one before it. An entry that
-- comes twice is there once; another one of the same number stays beside it, and is seen.

CREATE TABLE IF NOT EXISTS ops.audit {on_cluster}
(
    chain    String                         COMMENT 'one process from its start to its end',
    sequence UInt64                         COMMENT 'place in the chain, from 1',
    at       DateTime64(3, 'UTC')           COMMENT 'when it was done',
    who      String                         COMMENT 'subject of the credential; empty if not known',
    roles    Array(LowCardinality(String))  COMMENT 'what the subject was',
    country  LowCardinality(String)         COMMENT 'ISO 3166-1 alpha-3, several with a comma between; empty: of none',
    what     LowCardinality(String)         COMMENT 'RPC or command',
    purpose  String                         COMMENT 'as the caller says',
    counts   Map(LowCardinality(String), UInt64) COMMENT 'how many of what',
    outcome  LowCardinality(String)         COMMENT 'OK, or status and reason of the refusal',
    heads    Array(Tuple(chain String, sequence UInt64, hash String)) COMMENT 'of other chains, as this one saw them',
    previous FixedString(64)                COMMENT 'hash of the entry before',
    hash     FixedString(64)                COMMENT 'SHA-256 of all of this but itself'
)
ENGINE = {replicated}ReplacingMergeTree
ORDER BY (chain, sequence, hash)
SETTINGS index_granularity = 1024;
