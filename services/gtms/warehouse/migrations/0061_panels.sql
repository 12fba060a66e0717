-- What panels read: one table of cells at a time. A panel's condition cannot pass the fence of
-- `published.provisional`; here what it asks for comes in as parameters, which stand below the fence
-- and are constants, so that no reader's expression is computed on rows that the view leaves out.
--
-- `…_in` reads one period by its label, `…_over` the periods as long as `like` (2025, 2025-Q1 or
-- 2025-01) that begin between two moments. Every parameter has to be given.

ALTER TABLE indicators.snapshots {on_cluster}
    ADD COLUMN IF NOT EXISTS kind LowCardinality(String) MATERIALIZED
        multiIf(length(period) = 4, 'year', substring(period, 6, 1) = 'Q', 'quarter', 'month')
        COMMENT 'year, quarter or month';

ALTER TABLE indicators.snapshots {on_cluster}
    ADD COLUMN IF NOT EXISTS first Date32 MATERIALIZED
        addMonths(
            makeDate32(toUInt16OrZero(substring(period, 1, 4)), 1, 1),
            multiIf(
                length(period) = 4, 0,
                substring(period, 6, 1) = 'Q', 3 * (toInt32OrZero(substring(period, 7, 1)) - 1),
                toInt32OrZero(substring(period, 6, 2)) - 1
            )
            + if(
                length(period) = 4 OR substring(period, 6, 1) = 'Q',
                greatest(1, JSONExtractInt(parameters, 'year_start')) - 1, 0
            )
        )
        COMMENT 'first day of the period';

ALTER TABLE indicators.snapshots {on_cluster}
    ADD COLUMN IF NOT EXISTS fewest UInt32 MATERIALIZED
        greatest(5, JSONExtractUInt(parameters, 'k_threshold'))
        COMMENT 'fewer people than this of one place are not told';

-- The same rows as `published.provisional`, told by the same rule: of people of one place, or in a table
-- of three dimensions, few are not told. Which table it is, is known before anything is read.

CREATE VIEW IF NOT EXISTS published.provisional_in {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT
    country, period, time, indicator, measure, by, key, dimensions,
    if(few, NULL, if(few, 0., told_value)) AS value,
    if(few, NULL, if(few, 0., told_numerator)) AS numerator,
    if(few, NULL, if(few, 0., told_denominator)) AS denominator,
    if(few, 'SUPPRESSED_PRIMARY', toString(told_status)) AS status,
    as_of, computed_at
FROM
(
    SELECT
        c.country AS country, c.period AS period, toDateTime(s.first, 'UTC') AS time,
        c.indicator AS indicator, c.measure AS measure, c.by AS by, c.key AS key,
        c.dimensions AS dimensions, c.value AS told_value, c.numerator AS told_numerator,
        c.denominator AS told_denominator, c.status AS told_status,
        s.as_of AS as_of, s.computed_at AS computed_at,
        (hasAny(splitByChar(',', {by:String}), ['admin1', 'facility'])
            OR countSubstrings({by:String}, ',') >= 2)
        AND c.indicator NOT IN (
            'J01', 'J02', 'J03', 'J04', 'J05', 'J06', 'J07', 'K04', 'L01', 'L02', 'L03', 'L04', 'L05'
        )
        AND ((c.numerator > 0 AND c.numerator < s.fewest)
            OR (c.denominator > 0 AND c.denominator < s.fewest)) AS few
    FROM indicators.cells AS c
    INNER JOIN
    (
        SELECT country, period, version, first, fewest, as_of, computed_at
        FROM indicators.snapshots FINAL
        WHERE country IN (SELECT country FROM ops.acl FINAL WHERE user = currentUser())
            AND period = {period:String}
    ) AS s ON s.country = c.country AND s.period = c.period AND s.version = c.version
    WHERE (c.country, c.period, c.version) IN
    (
        SELECT country, period, version
        FROM indicators.snapshots FINAL
        WHERE country IN (SELECT country FROM ops.acl FINAL WHERE user = currentUser())
            AND period = {period:String}
    )
    AND c.indicator IN {indicators:Array(String)} AND c.by = {by:String}
)
LIMIT 9223372036854775807;

CREATE VIEW IF NOT EXISTS published.provisional_over {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT
    country, period, time, indicator, measure, by, key, dimensions,
    if(few, NULL, if(few, 0., told_value)) AS value,
    if(few, NULL, if(few, 0., told_numerator)) AS numerator,
    if(few, NULL, if(few, 0., told_denominator)) AS denominator,
    if(few, 'SUPPRESSED_PRIMARY', toString(told_status)) AS status,
    as_of, computed_at
FROM
(
    SELECT
        c.country AS country, c.period AS period, toDateTime(s.first, 'UTC') AS time,
        c.indicator AS indicator, c.measure AS measure, c.by AS by, c.key AS key,
        c.dimensions AS dimensions, c.value AS told_value, c.numerator AS told_numerator,
        c.denominator AS told_denominator, c.status AS told_status,
        s.as_of AS as_of, s.computed_at AS computed_at,
        (hasAny(splitByChar(',', {by:String}), ['admin1', 'facility'])
            OR countSubstrings({by:String}, ',') >= 2)
        AND c.indicator NOT IN (
            'J01', 'J02', 'J03', 'J04', 'J05', 'J06', 'J07', 'K04', 'L01', 'L02', 'L03', 'L04', 'L05'
        )
        AND ((c.numerator > 0 AND c.numerator < s.fewest)
            OR (c.denominator > 0 AND c.denominator < s.fewest)) AS few
    FROM indicators.cells AS c
    INNER JOIN
    (
        SELECT country, period, version, first, fewest, as_of, computed_at
        FROM indicators.snapshots FINAL
        WHERE country IN (SELECT country FROM ops.acl FINAL WHERE user = currentUser())
            AND kind = multiIf(
                    length({like:String}) = 4, 'year',
                    substring({like:String}, 6, 1) = 'Q', 'quarter', 'month'
                )
            AND first BETWEEN toDate32({since:DateTime}) AND toDate32({until:DateTime})
    ) AS s ON s.country = c.country AND s.period = c.period AND s.version = c.version
    WHERE (c.country, c.period, c.version) IN
    (
        SELECT country, period, version
        FROM indicators.snapshots FINAL
        WHERE country IN (SELECT country FROM ops.acl FINAL WHERE user = currentUser())
            AND kind = multiIf(
                    length({like:String}) = 4, 'year',
                    substring({like:String}, 6, 1) = 'Q', 'quarter', 'month'
                )
            AND first BETWEEN toDate32({since:DateTime}) AND toDate32({until:DateTime})
    )
    AND c.indicator IN {indicators:Array(String)} AND c.by = {by:String}
)
LIMIT 9223372036854775807;

-- The newest vintage of each period: of the countries of the account that asks, and of all.

CREATE VIEW IF NOT EXISTS published.released_in {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT
    c.country AS country, c.period AS period, toDateTime(v.first, 'UTC') AS time,
    c.indicator AS indicator, c.measure AS measure, c.by AS by, c.key AS key,
    c.dimensions AS dimensions, c.value AS value, c.numerator AS numerator,
    c.denominator AS denominator, toString(c.status) AS status,
    v.vintage AS vintage, v.as_of AS as_of, v.published_at AS published_at
FROM published.cells AS c FINAL
INNER JOIN
(
    SELECT country, period, vintage, content, first, as_of, published_at
        FROM published.vintages FINAL
        WHERE country IN (SELECT country FROM ops.acl FINAL WHERE user = currentUser())
            AND period = {period:String}
        ORDER BY vintage DESC LIMIT 1 BY country, period
) AS v ON v.country = c.country AND v.period = c.period AND v.vintage = c.vintage
    AND v.content = c.content
WHERE (c.country, c.period, c.vintage, c.content) IN
(
    SELECT country, period, vintage, content
        FROM published.vintages FINAL
        WHERE country IN (SELECT country FROM ops.acl FINAL WHERE user = currentUser())
            AND period = {period:String}
        ORDER BY vintage DESC LIMIT 1 BY country, period
)
    AND c.indicator IN {indicators:Array(String)} AND c.by = {by:String}
LIMIT 9223372036854775807;

CREATE VIEW IF NOT EXISTS published.released_over {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT
    c.country AS country, c.period AS period, toDateTime(v.first, 'UTC') AS time,
    c.indicator AS indicator, c.measure AS measure, c.by AS by, c.key AS key,
    c.dimensions AS dimensions, c.value AS value, c.numerator AS numerator,
    c.denominator AS denominator, toString(c.status) AS status,
    v.vintage AS vintage, v.as_of AS as_of, v.published_at AS published_at
FROM published.cells AS c FINAL
INNER JOIN
(
    SELECT country, period, vintage, content, first, as_of, published_at
        FROM published.vintages FINAL
        WHERE country IN (SELECT country FROM ops.acl FINAL WHERE user = currentUser())
            AND multiIf(
                    length(period) = 4, 'year', substring(period, 6, 1) = 'Q', 'quarter', 'month'
                ) = multiIf(
                    length({like:String}) = 4, 'year',
                    substring({like:String}, 6, 1) = 'Q', 'quarter', 'month'
                )
            AND first BETWEEN toDate32({since:DateTime}) AND toDate32({until:DateTime})
        ORDER BY vintage DESC LIMIT 1 BY country, period
) AS v ON v.country = c.country AND v.period = c.period AND v.vintage = c.vintage
    AND v.content = c.content
WHERE (c.country, c.period, c.vintage, c.content) IN
(
    SELECT country, period, vintage, content
        FROM published.vintages FINAL
        WHERE country IN (SELECT country FROM ops.acl FINAL WHERE user = currentUser())
            AND multiIf(
                    length(period) = 4, 'year', substring(period, 6, 1) = 'Q', 'quarter', 'month'
                ) = multiIf(
                    length({like:String}) = 4, 'year',
                    substring({like:String}, 6, 1) = 'Q', 'quarter', 'month'
                )
            AND first BETWEEN toDate32({since:DateTime}) AND toDate32({until:DateTime})
        ORDER BY vintage DESC LIMIT 1 BY country, period
)
    AND c.indicator IN {indicators:Array(String)} AND c.by = {by:String}
LIMIT 9223372036854775807;

CREATE VIEW IF NOT EXISTS published.worldwide_in {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT
    c.country AS country, c.period AS period, toDateTime(v.first, 'UTC') AS time,
    c.indicator AS indicator, c.measure AS measure, c.by AS by, c.key AS key,
    c.dimensions AS dimensions, c.value AS value, c.numerator AS numerator,
    c.denominator AS denominator, toString(c.status) AS status,
    v.vintage AS vintage, v.as_of AS as_of, v.published_at AS published_at
FROM published.cells AS c FINAL
INNER JOIN
(
    SELECT country, period, vintage, content, first, as_of, published_at
        FROM published.vintages FINAL
        WHERE (empty({countries:Array(String)}) OR country IN {countries:Array(String)})
            AND period = {period:String}
        ORDER BY vintage DESC LIMIT 1 BY country, period
) AS v ON v.country = c.country AND v.period = c.period AND v.vintage = c.vintage
    AND v.content = c.content
WHERE (c.country, c.period, c.vintage, c.content) IN
(
    SELECT country, period, vintage, content
        FROM published.vintages FINAL
        WHERE (empty({countries:Array(String)}) OR country IN {countries:Array(String)})
            AND period = {period:String}
        ORDER BY vintage DESC LIMIT 1 BY country, period
)
    AND c.indicator IN {indicators:Array(String)} AND c.by = {by:String};

CREATE VIEW IF NOT EXISTS published.worldwide_over {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT
    c.country AS country, c.period AS period, toDateTime(v.first, 'UTC') AS time,
    c.indicator AS indicator, c.measure AS measure, c.by AS by, c.key AS key,
    c.dimensions AS dimensions, c.value AS value, c.numerator AS numerator,
    c.denominator AS denominator, toString(c.status) AS status,
    v.vintage AS vintage, v.as_of AS as_of, v.published_at AS published_at
FROM published.cells AS c FINAL
INNER JOIN
(
    SELECT country, period, vintage, content, first, as_of, published_at
        FROM published.vintages FINAL
        WHERE (empty({countries:Array(String)}) OR country IN {countries:Array(String)})
            AND multiIf(
                    length(period) = 4, 'year', substring(period, 6, 1) = 'Q', 'quarter', 'month'
                ) = multiIf(
                    length({like:String}) = 4, 'year',
                    substring({like:String}, 6, 1) = 'Q', 'quarter', 'month'
                )
            AND first BETWEEN toDate32({since:DateTime}) AND toDate32({until:DateTime})
        ORDER BY vintage DESC LIMIT 1 BY country, period
) AS v ON v.country = c.country AND v.period = c.period AND v.vintage = c.vintage
    AND v.content = c.content
WHERE (c.country, c.period, c.vintage, c.content) IN
(
    SELECT country, period, vintage, content
        FROM published.vintages FINAL
        WHERE (empty({countries:Array(String)}) OR country IN {countries:Array(String)})
            AND multiIf(
                    length(period) = 4, 'year', substring(period, 6, 1) = 'Q', 'quarter', 'month'
                ) = multiIf(
                    length({like:String}) = 4, 'year',
                    substring({like:String}, 6, 1) = 'Q', 'quarter', 'month'
                )
            AND first BETWEEN toDate32({since:DateTime}) AND toDate32({until:DateTime})
        ORDER BY vintage DESC LIMIT 1 BY country, period
)
    AND c.indicator IN {indicators:Array(String)} AND c.by = {by:String};

-- Periods that have figures now, of the countries of the account that asks.

CREATE VIEW IF NOT EXISTS published.periods {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT
    country, period, toString(kind) AS kind, toDateTime(first, 'UTC') AS time, as_of, computed_at
FROM indicators.snapshots FINAL
WHERE country IN (SELECT country FROM ops.acl FINAL WHERE user = currentUser())
LIMIT 9223372036854775807;

-- Vintages, and whether their figures were defined or counted otherwise than those of the newest
-- vintage that the country had published before.

CREATE VIEW IF NOT EXISTS published.worldwide_releases {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT
    country, period, toDateTime(first, 'UTC') AS time,
    multiIf(length(period) = 4, 'year', substring(period, 6, 1) = 'Q', 'quarter', 'month') AS kind,
    vintage, vintage = max(vintage) OVER (PARTITION BY country, period) AS latest, as_of,
    published_at, coverage, linkage, cells, withheld, reason,
    lagInFrame(catalogue, 1, catalogue) OVER before != catalogue AS redefined,
    lagInFrame(parameters, 1, parameters) OVER before != parameters AS counted_otherwise
FROM published.vintages FINAL
WINDOW before AS (
    PARTITION BY country ORDER BY published_at, period, vintage
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
);

CREATE VIEW IF NOT EXISTS published.releases {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT
    country, period, toDateTime(first, 'UTC') AS time,
    multiIf(length(period) = 4, 'year', substring(period, 6, 1) = 'Q', 'quarter', 'month') AS kind,
    vintage, vintage = max(vintage) OVER (PARTITION BY country, period) AS latest, as_of,
    published_at, coverage, linkage, cells, withheld, reason,
    lagInFrame(catalogue, 1, catalogue) OVER before != catalogue AS redefined,
    lagInFrame(parameters, 1, parameters) OVER before != parameters AS counted_otherwise
FROM published.vintages FINAL
WHERE country IN (SELECT country FROM ops.acl FINAL WHERE user = currentUser())
WINDOW before AS (
    PARTITION BY country ORDER BY published_at, period, vintage
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
)
LIMIT 9223372036854775807;

-- What rules find in the records of the country, counted: no record and nobody is named.

CREATE VIEW IF NOT EXISTS published.open_problems {on_cluster}
DEFINER = gtms_views SQL SECURITY DEFINER
AS SELECT
    country, toString(rule_id) AS rule, toString(severity) AS severity, toString(state) AS state,
    transform(family, [1, 2, 3, 4, 5, 6, 7, 8, 9],
        ['facility', 'capacity', 'qa', 'admission', 'outcome', 'training_event',
            'training_participant', 'estimate', 'profile'], 'other') AS family,
    count() AS problems, min(since) AS oldest
FROM registry.problems FINAL
WHERE country IN (SELECT country FROM ops.acl FINAL WHERE user = currentUser())
GROUP BY country, rule_id, severity, state, family
LIMIT 9223372036854775807;
