-- Who may see what in ClickHouse itself. Ministries and UNODC read these views only, never a table: a
-- view shows neither an index nor rows beside those it is asked for. The views read with the rights of
-- `gtms_views`, an account that nobody signs in with; currentUser() is the one who asks.
--
-- The limits at their ends are fences: ClickHouse would compute a reader's own condition together with
-- those of the view, also for rows that the view leaves out, and an error would tell of them. A
-- condition cannot pass a limit.

CREATE TABLE IF NOT EXISTS ops.acl {on_cluster}
(
    user       String         COMMENT 'account of ClickHouse, as ministry_ken',
    country    FixedString(3) COMMENT 'ISO 3166-1 alpha-3 that it sees',
    is_deleted UInt8          COMMENT '1 = no longer',
    version    UInt64 DEFAULT toUnixTimestamp64Nano(now64(9)) COMMENT 'nanoseconds of the server clock'
)
ENGINE = {replicated}ReplacingMergeTree(version, is_deleted)
ORDER BY (user, country);

-- The countries of the account that asks.

CREATE VIEW IF NOT EXISTS published.own_countries {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT country FROM ops.acl FINAL WHERE user = currentUser();

-- What is released of every country: every vintage, and which one is the latest.

CREATE VIEW IF NOT EXISTS published.worldwide {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT
    c.country AS country, c.period AS period, v.first AS first, v.after AS after,
    c.vintage AS vintage, v.latest AS latest, v.as_of AS as_of, v.published_at AS published_at,
    c.indicator AS indicator, c.measure AS measure, c.by AS by, c.key AS key,
    c.dimensions AS dimensions, c.value AS value, c.status AS status,
    c.unit_of_count AS unit_of_count
FROM published.cells AS c FINAL
INNER JOIN
(
    SELECT
        country, period, vintage, content, first, after, as_of, published_at,
        vintage = max(vintage) OVER (PARTITION BY country, period) AS latest
    FROM published.vintages FINAL
) AS v
    ON v.country = c.country AND v.period = c.period AND v.vintage = c.vintage
        AND v.content = c.content;

-- The same of the countries of the account that asks.

CREATE VIEW IF NOT EXISTS published.released {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT
    c.country AS country, c.period AS period, v.first AS first, v.after AS after,
    c.vintage AS vintage, v.latest AS latest, v.as_of AS as_of, v.published_at AS published_at,
    c.indicator AS indicator, c.measure AS measure, c.by AS by, c.key AS key,
    c.dimensions AS dimensions, c.value AS value, c.status AS status,
    c.unit_of_count AS unit_of_count
FROM published.cells AS c FINAL
INNER JOIN
(
    SELECT
        country, period, vintage, content, first, after, as_of, published_at,
        vintage = max(vintage) OVER (PARTITION BY country, period) AS latest
    FROM published.vintages FINAL
) AS v
    ON v.country = c.country AND v.period = c.period AND v.vintage = c.vintage
        AND v.content = c.content
WHERE c.country IN (SELECT country FROM ops.acl FINAL WHERE user = currentUser())
LIMIT 9223372036854775807;

-- What is computed now, of the countries of the account that asks: exact, but few people of one
-- place, or in a table of three dimensions, are not told. What is not about people is always told.
-- A value that is not told becomes 0 before it becomes NULL: functions are computed behind a NULL too.

CREATE VIEW IF NOT EXISTS published.provisional {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT
    country, period, as_of, computed_at, indicator, measure, by, key, dimensions,
    if(few, NULL, if(few, 0., told_value)) AS value,
    if(few, NULL, if(few, 0., told_numerator)) AS numerator,
    if(few, NULL, if(few, 0., told_denominator)) AS denominator,
    if(few, 'SUPPRESSED_PRIMARY', toString(told_status)) AS status
FROM
(
    SELECT
        c.country AS country, c.period AS period, s.as_of AS as_of, s.computed_at AS computed_at,
        c.indicator AS indicator, c.measure AS measure, c.by AS by, c.key AS key,
        c.dimensions AS dimensions, c.value AS told_value, c.numerator AS told_numerator,
        c.denominator AS told_denominator, c.status AS told_status,
        (hasAny(splitByChar(',', toString(c.by)), ['admin1', 'facility'])
            OR countSubstrings(toString(c.by), ',') >= 2)
        AND c.indicator NOT IN (
            'J01', 'J02', 'J03', 'J04', 'J05', 'J06', 'J07', 'K04', 'L01', 'L02', 'L03', 'L04', 'L05'
        )
        AND ((c.numerator > 0 AND c.numerator < s.fewest)
            OR (c.denominator > 0 AND c.denominator < s.fewest)) AS few
    FROM indicators.cells AS c
    INNER JOIN
    (
        SELECT
            country, period, version, as_of, computed_at,
            greatest(5, JSONExtractUInt(parameters, 'k_threshold')) AS fewest
        FROM indicators.snapshots FINAL
        WHERE country IN (SELECT country FROM ops.acl FINAL WHERE user = currentUser())
    ) AS s ON s.country = c.country AND s.period = c.period AND s.version = c.version
    WHERE c.country IN (SELECT country FROM ops.acl FINAL WHERE user = currentUser())
)
LIMIT 9223372036854775807;
