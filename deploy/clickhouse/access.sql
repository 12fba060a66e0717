-- Written by `make accounts` from gtms/warehouse/accounts.py; not edited by hand.
-- An operator runs it with `clickhouse client --multiquery`; then, for each account:
--   CREATE USER ministry_ken IDENTIFIED WITH sha256_hash BY '…' HOST …
--       DEFAULT ROLE ministry_ken SETTINGS PROFILE 'gtms_reader';
-- Services have the profile gtms_service: their statements name records; none is logged.
-- A role gives rights and rows to the users that have it.
CREATE SETTINGS PROFILE OR REPLACE gtms_reader SETTINGS readonly = 1, max_memory_usage = 2000000000, max_result_rows = 1000000, max_concurrent_queries_for_user = 16, input_format_values_interpret_expressions = 0, log_queries = 1, max_execution_time = 30 MAX 60 CHANGEABLE_IN_READONLY;
CREATE SETTINGS PROFILE OR REPLACE gtms_service SETTINGS log_queries = 0;

-- the operator and `gtms migrate`
CREATE ROLE IF NOT EXISTS gtms;
GRANT SELECT, INSERT, ALTER, CREATE, DROP, UNDROP TABLE, TRUNCATE, OPTIMIZE, SHOW, dictGet ON registry.* TO gtms;
GRANT SELECT, INSERT, ALTER, CREATE, DROP, UNDROP TABLE, TRUNCATE, OPTIMIZE, SHOW, dictGet ON indicators.* TO gtms;
GRANT SELECT, INSERT, ALTER, CREATE, DROP, UNDROP TABLE, TRUNCATE, OPTIMIZE, SHOW, dictGet ON published.* TO gtms;
GRANT SELECT, INSERT, ALTER, CREATE, DROP, UNDROP TABLE, TRUNCATE, OPTIMIZE, SHOW, dictGet ON ops.* TO gtms;
GRANT SELECT, SHOW ON *.* TO gtms;
GRANT CREATE DATABASE, CREATE TEMPORARY TABLE, CREATE VIEW, DROP DATABASE ON *.* TO gtms;
GRANT SYSTEM, KILL QUERY, BACKUP, INTROSPECTION ON *.* TO gtms;
GRANT TABLE ENGINE ON * TO gtms;
GRANT SET DEFINER ON gtms_views TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON ops.migrations USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON registry.facilities USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON registry.capacities USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON registry.qa_assessments USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON registry.admissions USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON registry.outcomes USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON registry.revisions USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON registry.person_records USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON ops.watermarks USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON registry.episodes USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON registry.arrivals USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON indicators.cells USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON indicators.snapshots USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON indicators.touches USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON ops.days USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON registry.profiles USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON registry.profile_revisions USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON registry.profile_revisions_kept USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON registry.training_events USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON registry.training_participants USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON registry.estimates USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON registry.problems USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON published.cells USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON published.vintages USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON indicators.releases USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON indicators.release_cells USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON ops.release_policies USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON ops.audit USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON ops.erasing USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON ops.erased USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON ops.erasures USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON ops.acl USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON published.own_countries USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON published.worldwide USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON published.released USING 1 TO gtms;
CREATE ROW POLICY OR REPLACE gtms ON published.provisional USING 1 TO gtms;

-- the admissions service reads its records back
CREATE ROLE IF NOT EXISTS gtms_admissions;
GRANT SELECT ON registry.admissions TO gtms_admissions;
GRANT SELECT, INSERT ON ops.audit TO gtms_admissions;
CREATE ROW POLICY OR REPLACE gtms_admissions ON registry.admissions USING 1 TO gtms_admissions;
CREATE ROW POLICY OR REPLACE gtms_admissions ON ops.audit USING 1 TO gtms_admissions;

-- the facilities service reads its records back
CREATE ROLE IF NOT EXISTS gtms_facilities;
GRANT SELECT ON registry.facilities TO gtms_facilities;
GRANT SELECT ON registry.capacities TO gtms_facilities;
GRANT SELECT ON registry.qa_assessments TO gtms_facilities;
GRANT SELECT, INSERT ON ops.audit TO gtms_facilities;
CREATE ROW POLICY OR REPLACE gtms_facilities ON registry.facilities USING 1 TO gtms_facilities;
CREATE ROW POLICY OR REPLACE gtms_facilities ON registry.capacities USING 1 TO gtms_facilities;
CREATE ROW POLICY OR REPLACE gtms_facilities ON registry.qa_assessments USING 1 TO gtms_facilities;
CREATE ROW POLICY OR REPLACE gtms_facilities ON ops.audit USING 1 TO gtms_facilities;

-- the outcomes service reads its records back
CREATE ROLE IF NOT EXISTS gtms_outcomes;
GRANT SELECT ON registry.outcomes TO gtms_outcomes;
GRANT SELECT, INSERT ON ops.audit TO gtms_outcomes;
CREATE ROW POLICY OR REPLACE gtms_outcomes ON registry.outcomes USING 1 TO gtms_outcomes;
CREATE ROW POLICY OR REPLACE gtms_outcomes ON ops.audit USING 1 TO gtms_outcomes;

-- the trainings service reads its records back
CREATE ROLE IF NOT EXISTS gtms_trainings;
GRANT SELECT ON registry.training_events TO gtms_trainings;
GRANT SELECT ON registry.training_participants TO gtms_trainings;
GRANT SELECT ON registry.estimates TO gtms_trainings;
GRANT SELECT ON registry.profiles TO gtms_trainings;
GRANT SELECT ON registry.profile_revisions TO gtms_trainings;
GRANT SELECT, INSERT ON ops.audit TO gtms_trainings;
CREATE ROW POLICY OR REPLACE gtms_trainings ON registry.profiles USING 1 TO gtms_trainings;
CREATE ROW POLICY OR REPLACE gtms_trainings ON registry.profile_revisions USING 1 TO gtms_trainings;
CREATE ROW POLICY OR REPLACE gtms_trainings ON registry.training_events USING 1 TO gtms_trainings;
CREATE ROW POLICY OR REPLACE gtms_trainings ON registry.training_participants USING 1 TO gtms_trainings;
CREATE ROW POLICY OR REPLACE gtms_trainings ON registry.estimates USING 1 TO gtms_trainings;
CREATE ROW POLICY OR REPLACE gtms_trainings ON ops.audit USING 1 TO gtms_trainings;

-- the loader and the agents
CREATE ROLE IF NOT EXISTS gtms_processor;
GRANT SELECT, INSERT, ALTER DELETE, ALTER UPDATE ON registry.* TO gtms_processor;
GRANT SELECT, INSERT, ALTER DELETE, ALTER UPDATE ON indicators.* TO gtms_processor;
GRANT SELECT ON published.* TO gtms_processor;
GRANT SELECT, INSERT ON ops.watermarks TO gtms_processor;
GRANT SELECT, INSERT ON ops.days TO gtms_processor;
GRANT SELECT ON ops.erased TO gtms_processor;
GRANT CREATE TEMPORARY TABLE ON *.* TO gtms_processor;
GRANT TABLE ENGINE ON * TO gtms_processor;
GRANT SELECT, INSERT ON ops.audit TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON registry.facilities USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON registry.capacities USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON registry.qa_assessments USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON registry.admissions USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON registry.outcomes USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON registry.revisions USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON registry.person_records USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON ops.watermarks USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON registry.episodes USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON registry.arrivals USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON indicators.cells USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON indicators.snapshots USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON indicators.touches USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON ops.days USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON registry.profiles USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON registry.profile_revisions USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON registry.profile_revisions_kept USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON registry.training_events USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON registry.training_participants USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON registry.estimates USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON registry.problems USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON published.cells USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON published.vintages USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON indicators.releases USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON indicators.release_cells USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON ops.audit USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON ops.erased USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON published.own_countries USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON published.worldwide USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON published.released USING 1 TO gtms_processor;
CREATE ROW POLICY OR REPLACE gtms_processor ON published.provisional USING 1 TO gtms_processor;

-- the indicators service: cells, problems, releases
CREATE ROLE IF NOT EXISTS gtms_indicators;
GRANT SELECT ON indicators.* TO gtms_indicators;
GRANT SELECT, INSERT ON published.* TO gtms_indicators;
GRANT SELECT, INSERT, ALTER DELETE, ALTER UPDATE ON indicators.releases TO gtms_indicators;
GRANT SELECT, INSERT, ALTER DELETE, ALTER UPDATE ON indicators.release_cells TO gtms_indicators;
GRANT SELECT ON registry.problems TO gtms_indicators;
GRANT SELECT(country, record_uid, facility_id, valid_from) ON registry.facilities TO gtms_indicators;
GRANT SELECT(country, record_uid, facility_id, as_of_date) ON registry.capacities TO gtms_indicators;
GRANT SELECT(country, record_uid, assessment_id) ON registry.qa_assessments TO gtms_indicators;
GRANT SELECT(country, record_uid, facility_id, episode_id) ON registry.admissions TO gtms_indicators;
GRANT SELECT(country, record_uid, facility_id, outcome_id, episode_id) ON registry.outcomes TO gtms_indicators;
GRANT SELECT(country, record_uid, event_id) ON registry.training_events TO gtms_indicators;
GRANT SELECT(country, record_uid, event_id) ON registry.training_participants TO gtms_indicators;
GRANT SELECT(country, record_uid, estimate_kind, year, admin1_code, sex, age_lo, age_hi, substance_group) ON registry.estimates TO gtms_indicators;
GRANT SELECT(country, record_uid, profile_id) ON registry.profiles TO gtms_indicators;
GRANT SELECT, INSERT ON ops.release_policies TO gtms_indicators;
GRANT SELECT ON ops.erasures TO gtms_indicators;
GRANT SELECT, INSERT ON ops.audit TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON registry.facilities USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON registry.capacities USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON registry.qa_assessments USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON registry.admissions USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON registry.outcomes USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON indicators.cells USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON indicators.snapshots USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON indicators.touches USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON registry.profiles USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON registry.training_events USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON registry.training_participants USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON registry.estimates USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON registry.problems USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON published.cells USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON published.vintages USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON indicators.releases USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON indicators.release_cells USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON ops.release_policies USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON ops.audit USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON ops.erasures USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON published.own_countries USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON published.worldwide USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON published.released USING 1 TO gtms_indicators;
CREATE ROW POLICY OR REPLACE gtms_indicators ON published.provisional USING 1 TO gtms_indicators;

-- lends views its rights
CREATE ROLE IF NOT EXISTS gtms_views;
GRANT SELECT ON indicators.cells TO gtms_views;
GRANT SELECT ON indicators.snapshots TO gtms_views;
GRANT SELECT ON published.cells TO gtms_views;
GRANT SELECT ON published.vintages TO gtms_views;
GRANT SELECT ON ops.acl TO gtms_views;
CREATE ROW POLICY OR REPLACE gtms_views ON indicators.cells USING 1 TO gtms_views;
CREATE ROW POLICY OR REPLACE gtms_views ON indicators.snapshots USING 1 TO gtms_views;
CREATE ROW POLICY OR REPLACE gtms_views ON published.cells USING 1 TO gtms_views;
CREATE ROW POLICY OR REPLACE gtms_views ON published.vintages USING 1 TO gtms_views;
CREATE ROW POLICY OR REPLACE gtms_views ON ops.acl USING 1 TO gtms_views;

-- who reads the audit, and only that
CREATE ROLE IF NOT EXISTS auditor;
GRANT SELECT ON ops.audit TO auditor;
CREATE ROW POLICY OR REPLACE auditor ON ops.audit USING 1 TO auditor;

-- UNODC: what is published, of every country
CREATE ROLE IF NOT EXISTS international;
GRANT SELECT ON published.worldwide TO international;
CREATE ROW POLICY OR REPLACE international ON published.worldwide USING 1 TO international;

-- ministry of ABW
CREATE ROLE IF NOT EXISTS ministry_abw;
GRANT SELECT ON published.own_countries TO ministry_abw;
GRANT SELECT ON published.released TO ministry_abw;
GRANT SELECT ON published.provisional TO ministry_abw;
CREATE ROW POLICY OR REPLACE ministry_abw ON published.own_countries USING 1 TO ministry_abw;
CREATE ROW POLICY OR REPLACE ministry_abw ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_abw;
CREATE ROW POLICY OR REPLACE ministry_abw ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_abw;

-- ministry of AFG
CREATE ROLE IF NOT EXISTS ministry_afg;
GRANT SELECT ON published.own_countries TO ministry_afg;
GRANT SELECT ON published.released TO ministry_afg;
GRANT SELECT ON published.provisional TO ministry_afg;
CREATE ROW POLICY OR REPLACE ministry_afg ON published.own_countries USING 1 TO ministry_afg;
CREATE ROW POLICY OR REPLACE ministry_afg ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_afg;
CREATE ROW POLICY OR REPLACE ministry_afg ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_afg;

-- ministry of AGO
CREATE ROLE IF NOT EXISTS ministry_ago;
GRANT SELECT ON published.own_countries TO ministry_ago;
GRANT SELECT ON published.released TO ministry_ago;
GRANT SELECT ON published.provisional TO ministry_ago;
CREATE ROW POLICY OR REPLACE ministry_ago ON published.own_countries USING 1 TO ministry_ago;
CREATE ROW POLICY OR REPLACE ministry_ago ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_ago;
CREATE ROW POLICY OR REPLACE ministry_ago ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_ago;

-- ministry of AIA
CREATE ROLE IF NOT EXISTS ministry_aia;
GRANT SELECT ON published.own_countries TO ministry_aia;
GRANT SELECT ON published.released TO ministry_aia;
GRANT SELECT ON published.provisional TO ministry_aia;
CREATE ROW POLICY OR REPLACE ministry_aia ON published.own_countries USING 1 TO ministry_aia;
CREATE ROW POLICY OR REPLACE ministry_aia ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_aia;
CREATE ROW POLICY OR REPLACE ministry_aia ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_aia;

-- ministry of ALA
CREATE ROLE IF NOT EXISTS ministry_ala;
GRANT SELECT ON published.own_countries TO ministry_ala;
GRANT SELECT ON published.released TO ministry_ala;
GRANT SELECT ON published.provisional TO ministry_ala;
CREATE ROW POLICY OR REPLACE ministry_ala ON published.own_countries USING 1 TO ministry_ala;
CREATE ROW POLICY OR REPLACE ministry_ala ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_ala;
CREATE ROW POLICY OR REPLACE ministry_ala ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_ala;

-- ministry of ALB
CREATE ROLE IF NOT EXISTS ministry_alb;
GRANT SELECT ON published.own_countries TO ministry_alb;
GRANT SELECT ON published.released TO ministry_alb;
GRANT SELECT ON published.provisional TO ministry_alb;
CREATE ROW POLICY OR REPLACE ministry_alb ON published.own_countries USING 1 TO ministry_alb;
CREATE ROW POLICY OR REPLACE ministry_alb ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_alb;
CREATE ROW POLICY OR REPLACE ministry_alb ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_alb;

-- ministry of AND
CREATE ROLE IF NOT EXISTS ministry_and;
GRANT SELECT ON published.own_countries TO ministry_and;
GRANT SELECT ON published.released TO ministry_and;
GRANT SELECT ON published.provisional TO ministry_and;
CREATE ROW POLICY OR REPLACE ministry_and ON published.own_countries USING 1 TO ministry_and;
CREATE ROW POLICY OR REPLACE ministry_and ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_and;
CREATE ROW POLICY OR REPLACE ministry_and ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_and;

-- ministry of ARE
CREATE ROLE IF NOT EXISTS ministry_are;
GRANT SELECT ON published.own_countries TO ministry_are;
GRANT SELECT ON published.released TO ministry_are;
GRANT SELECT ON published.provisional TO ministry_are;
CREATE ROW POLICY OR REPLACE ministry_are ON published.own_countries USING 1 TO ministry_are;
CREATE ROW POLICY OR REPLACE ministry_are ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_are;
CREATE ROW POLICY OR REPLACE ministry_are ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_are;

-- ministry of ARG
CREATE ROLE IF NOT EXISTS ministry_arg;
GRANT SELECT ON published.own_countries TO ministry_arg;
GRANT SELECT ON published.released TO ministry_arg;
GRANT SELECT ON published.provisional TO ministry_arg;
CREATE ROW POLICY OR REPLACE ministry_arg ON published.own_countries USING 1 TO ministry_arg;
CREATE ROW POLICY OR REPLACE ministry_arg ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_arg;
CREATE ROW POLICY OR REPLACE ministry_arg ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_arg;

-- ministry of ARM
CREATE ROLE IF NOT EXISTS ministry_arm;
GRANT SELECT ON published.own_countries TO ministry_arm;
GRANT SELECT ON published.released TO ministry_arm;
GRANT SELECT ON published.provisional TO ministry_arm;
CREATE ROW POLICY OR REPLACE ministry_arm ON published.own_countries USING 1 TO ministry_arm;
CREATE ROW POLICY OR REPLACE ministry_arm ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_arm;
CREATE ROW POLICY OR REPLACE ministry_arm ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_arm;

-- ministry of ASM
CREATE ROLE IF NOT EXISTS ministry_asm;
GRANT SELECT ON published.own_countries TO ministry_asm;
GRANT SELECT ON published.released TO ministry_asm;
GRANT SELECT ON published.provisional TO ministry_asm;
CREATE ROW POLICY OR REPLACE ministry_asm ON published.own_countries USING 1 TO ministry_asm;
CREATE ROW POLICY OR REPLACE ministry_asm ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_asm;
CREATE ROW POLICY OR REPLACE ministry_asm ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_asm;

-- ministry of ATA
CREATE ROLE IF NOT EXISTS ministry_ata;
GRANT SELECT ON published.own_countries TO ministry_ata;
GRANT SELECT ON published.released TO ministry_ata;
GRANT SELECT ON published.provisional TO ministry_ata;
CREATE ROW POLICY OR REPLACE ministry_ata ON published.own_countries USING 1 TO ministry_ata;
CREATE ROW POLICY OR REPLACE ministry_ata ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_ata;
CREATE ROW POLICY OR REPLACE ministry_ata ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_ata;

-- ministry of ATF
CREATE ROLE IF NOT EXISTS ministry_atf;
GRANT SELECT ON published.own_countries TO ministry_atf;
GRANT SELECT ON published.released TO ministry_atf;
GRANT SELECT ON published.provisional TO ministry_atf;
CREATE ROW POLICY OR REPLACE ministry_atf ON published.own_countries USING 1 TO ministry_atf;
CREATE ROW POLICY OR REPLACE ministry_atf ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_atf;
CREATE ROW POLICY OR REPLACE ministry_atf ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_atf;

-- ministry of ATG
CREATE ROLE IF NOT EXISTS ministry_atg;
GRANT SELECT ON published.own_countries TO ministry_atg;
GRANT SELECT ON published.released TO ministry_atg;
GRANT SELECT ON published.provisional TO ministry_atg;
CREATE ROW POLICY OR REPLACE ministry_atg ON published.own_countries USING 1 TO ministry_atg;
CREATE ROW POLICY OR REPLACE ministry_atg ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_atg;
CREATE ROW POLICY OR REPLACE ministry_atg ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_atg;

-- ministry of AUS
CREATE ROLE IF NOT EXISTS ministry_aus;
GRANT SELECT ON published.own_countries TO ministry_aus;
GRANT SELECT ON published.released TO ministry_aus;
GRANT SELECT ON published.provisional TO ministry_aus;
CREATE ROW POLICY OR REPLACE ministry_aus ON published.own_countries USING 1 TO ministry_aus;
CREATE ROW POLICY OR REPLACE ministry_aus ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_aus;
CREATE ROW POLICY OR REPLACE ministry_aus ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_aus;

-- ministry of AUT
CREATE ROLE IF NOT EXISTS ministry_aut;
GRANT SELECT ON published.own_countries TO ministry_aut;
GRANT SELECT ON published.released TO ministry_aut;
GRANT SELECT ON published.provisional TO ministry_aut;
CREATE ROW POLICY OR REPLACE ministry_aut ON published.own_countries USING 1 TO ministry_aut;
CREATE ROW POLICY OR REPLACE ministry_aut ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_aut;
CREATE ROW POLICY OR REPLACE ministry_aut ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_aut;

-- ministry of AZE
CREATE ROLE IF NOT EXISTS ministry_aze;
GRANT SELECT ON published.own_countries TO ministry_aze;
GRANT SELECT ON published.released TO ministry_aze;
GRANT SELECT ON published.provisional TO ministry_aze;
CREATE ROW POLICY OR REPLACE ministry_aze ON published.own_countries USING 1 TO ministry_aze;
CREATE ROW POLICY OR REPLACE ministry_aze ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_aze;
CREATE ROW POLICY OR REPLACE ministry_aze ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_aze;

-- ministry of BDI
CREATE ROLE IF NOT EXISTS ministry_bdi;
GRANT SELECT ON published.own_countries TO ministry_bdi;
GRANT SELECT ON published.released TO ministry_bdi;
GRANT SELECT ON published.provisional TO ministry_bdi;
CREATE ROW POLICY OR REPLACE ministry_bdi ON published.own_countries USING 1 TO ministry_bdi;
CREATE ROW POLICY OR REPLACE ministry_bdi ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_bdi;
CREATE ROW POLICY OR REPLACE ministry_bdi ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_bdi;

-- ministry of BEL
CREATE ROLE IF NOT EXISTS ministry_bel;
GRANT SELECT ON published.own_countries TO ministry_bel;
GRANT SELECT ON published.released TO ministry_bel;
GRANT SELECT ON published.provisional TO ministry_bel;
CREATE ROW POLICY OR REPLACE ministry_bel ON published.own_countries USING 1 TO ministry_bel;
CREATE ROW POLICY OR REPLACE ministry_bel ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_bel;
CREATE ROW POLICY OR REPLACE ministry_bel ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_bel;

-- ministry of BEN
CREATE ROLE IF NOT EXISTS ministry_ben;
GRANT SELECT ON published.own_countries TO ministry_ben;
GRANT SELECT ON published.released TO ministry_ben;
GRANT SELECT ON published.provisional TO ministry_ben;
CREATE ROW POLICY OR REPLACE ministry_ben ON published.own_countries USING 1 TO ministry_ben;
CREATE ROW POLICY OR REPLACE ministry_ben ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_ben;
CREATE ROW POLICY OR REPLACE ministry_ben ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_ben;

-- ministry of BES
CREATE ROLE IF NOT EXISTS ministry_bes;
GRANT SELECT ON published.own_countries TO ministry_bes;
GRANT SELECT ON published.released TO ministry_bes;
GRANT SELECT ON published.provisional TO ministry_bes;
CREATE ROW POLICY OR REPLACE ministry_bes ON published.own_countries USING 1 TO ministry_bes;
CREATE ROW POLICY OR REPLACE ministry_bes ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_bes;
CREATE ROW POLICY OR REPLACE ministry_bes ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_bes;

-- ministry of BFA
CREATE ROLE IF NOT EXISTS ministry_bfa;
GRANT SELECT ON published.own_countries TO ministry_bfa;
GRANT SELECT ON published.released TO ministry_bfa;
GRANT SELECT ON published.provisional TO ministry_bfa;
CREATE ROW POLICY OR REPLACE ministry_bfa ON published.own_countries USING 1 TO ministry_bfa;
CREATE ROW POLICY OR REPLACE ministry_bfa ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_bfa;
CREATE ROW POLICY OR REPLACE ministry_bfa ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_bfa;

-- ministry of BGD
CREATE ROLE IF NOT EXISTS ministry_bgd;
GRANT SELECT ON published.own_countries TO ministry_bgd;
GRANT SELECT ON published.released TO ministry_bgd;
GRANT SELECT ON published.provisional TO ministry_bgd;
CREATE ROW POLICY OR REPLACE ministry_bgd ON published.own_countries USING 1 TO ministry_bgd;
CREATE ROW POLICY OR REPLACE ministry_bgd ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_bgd;
CREATE ROW POLICY OR REPLACE ministry_bgd ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_bgd;

-- ministry of BGR
CREATE ROLE IF NOT EXISTS ministry_bgr;
GRANT SELECT ON published.own_countries TO ministry_bgr;
GRANT SELECT ON published.released TO ministry_bgr;
GRANT SELECT ON published.provisional TO ministry_bgr;
CREATE ROW POLICY OR REPLACE ministry_bgr ON published.own_countries USING 1 TO ministry_bgr;
CREATE ROW POLICY OR REPLACE ministry_bgr ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_bgr;
CREATE ROW POLICY OR REPLACE ministry_bgr ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_bgr;

-- ministry of BHR
CREATE ROLE IF NOT EXISTS ministry_bhr;
GRANT SELECT ON published.own_countries TO ministry_bhr;
GRANT SELECT ON published.released TO ministry_bhr;
GRANT SELECT ON published.provisional TO ministry_bhr;
CREATE ROW POLICY OR REPLACE ministry_bhr ON published.own_countries USING 1 TO ministry_bhr;
CREATE ROW POLICY OR REPLACE ministry_bhr ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_bhr;
CREATE ROW POLICY OR REPLACE ministry_bhr ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_bhr;

-- ministry of BHS
CREATE ROLE IF NOT EXISTS ministry_bhs;
GRANT SELECT ON published.own_countries TO ministry_bhs;
GRANT SELECT ON published.released TO ministry_bhs;
GRANT SELECT ON published.provisional TO ministry_bhs;
CREATE ROW POLICY OR REPLACE ministry_bhs ON published.own_countries USING 1 TO ministry_bhs;
CREATE ROW POLICY OR REPLACE ministry_bhs ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_bhs;
CREATE ROW POLICY OR REPLACE ministry_bhs ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_bhs;

-- ministry of BIH
CREATE ROLE IF NOT EXISTS ministry_bih;
GRANT SELECT ON published.own_countries TO ministry_bih;
GRANT SELECT ON published.released TO ministry_bih;
GRANT SELECT ON published.provisional TO ministry_bih;
CREATE ROW POLICY OR REPLACE ministry_bih ON published.own_countries USING 1 TO ministry_bih;
CREATE ROW POLICY OR REPLACE ministry_bih ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_bih;
CREATE ROW POLICY OR REPLACE ministry_bih ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_bih;

-- ministry of BLM
CREATE ROLE IF NOT EXISTS ministry_blm;
GRANT SELECT ON published.own_countries TO ministry_blm;
GRANT SELECT ON published.released TO ministry_blm;
GRANT SELECT ON published.provisional TO ministry_blm;
CREATE ROW POLICY OR REPLACE ministry_blm ON published.own_countries USING 1 TO ministry_blm;
CREATE ROW POLICY OR REPLACE ministry_blm ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_blm;
CREATE ROW POLICY OR REPLACE ministry_blm ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_blm;

-- ministry of BLR
CREATE ROLE IF NOT EXISTS ministry_blr;
GRANT SELECT ON published.own_countries TO ministry_blr;
GRANT SELECT ON published.released TO ministry_blr;
GRANT SELECT ON published.provisional TO ministry_blr;
CREATE ROW POLICY OR REPLACE ministry_blr ON published.own_countries USING 1 TO ministry_blr;
CREATE ROW POLICY OR REPLACE ministry_blr ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_blr;
CREATE ROW POLICY OR REPLACE ministry_blr ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_blr;

-- ministry of BLZ
CREATE ROLE IF NOT EXISTS ministry_blz;
GRANT SELECT ON published.own_countries TO ministry_blz;
GRANT SELECT ON published.released TO ministry_blz;
GRANT SELECT ON published.provisional TO ministry_blz;
CREATE ROW POLICY OR REPLACE ministry_blz ON published.own_countries USING 1 TO ministry_blz;
CREATE ROW POLICY OR REPLACE ministry_blz ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_blz;
CREATE ROW POLICY OR REPLACE ministry_blz ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_blz;

-- ministry of BMU
CREATE ROLE IF NOT EXISTS ministry_bmu;
GRANT SELECT ON published.own_countries TO ministry_bmu;
GRANT SELECT ON published.released TO ministry_bmu;
GRANT SELECT ON published.provisional TO ministry_bmu;
CREATE ROW POLICY OR REPLACE ministry_bmu ON published.own_countries USING 1 TO ministry_bmu;
CREATE ROW POLICY OR REPLACE ministry_bmu ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_bmu;
CREATE ROW POLICY OR REPLACE ministry_bmu ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_bmu;

-- ministry of BOL
CREATE ROLE IF NOT EXISTS ministry_bol;
GRANT SELECT ON published.own_countries TO ministry_bol;
GRANT SELECT ON published.released TO ministry_bol;
GRANT SELECT ON published.provisional TO ministry_bol;
CREATE ROW POLICY OR REPLACE ministry_bol ON published.own_countries USING 1 TO ministry_bol;
CREATE ROW POLICY OR REPLACE ministry_bol ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_bol;
CREATE ROW POLICY OR REPLACE ministry_bol ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_bol;

-- ministry of BRA
CREATE ROLE IF NOT EXISTS ministry_bra;
GRANT SELECT ON published.own_countries TO ministry_bra;
GRANT SELECT ON published.released TO ministry_bra;
GRANT SELECT ON published.provisional TO ministry_bra;
CREATE ROW POLICY OR REPLACE ministry_bra ON published.own_countries USING 1 TO ministry_bra;
CREATE ROW POLICY OR REPLACE ministry_bra ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_bra;
CREATE ROW POLICY OR REPLACE ministry_bra ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_bra;

-- ministry of BRB
CREATE ROLE IF NOT EXISTS ministry_brb;
GRANT SELECT ON published.own_countries TO ministry_brb;
GRANT SELECT ON published.released TO ministry_brb;
GRANT SELECT ON published.provisional TO ministry_brb;
CREATE ROW POLICY OR REPLACE ministry_brb ON published.own_countries USING 1 TO ministry_brb;
CREATE ROW POLICY OR REPLACE ministry_brb ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_brb;
CREATE ROW POLICY OR REPLACE ministry_brb ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_brb;

-- ministry of BRN
CREATE ROLE IF NOT EXISTS ministry_brn;
GRANT SELECT ON published.own_countries TO ministry_brn;
GRANT SELECT ON published.released TO ministry_brn;
GRANT SELECT ON published.provisional TO ministry_brn;
CREATE ROW POLICY OR REPLACE ministry_brn ON published.own_countries USING 1 TO ministry_brn;
CREATE ROW POLICY OR REPLACE ministry_brn ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_brn;
CREATE ROW POLICY OR REPLACE ministry_brn ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_brn;

-- ministry of BTN
CREATE ROLE IF NOT EXISTS ministry_btn;
GRANT SELECT ON published.own_countries TO ministry_btn;
GRANT SELECT ON published.released TO ministry_btn;
GRANT SELECT ON published.provisional TO ministry_btn;
CREATE ROW POLICY OR REPLACE ministry_btn ON published.own_countries USING 1 TO ministry_btn;
CREATE ROW POLICY OR REPLACE ministry_btn ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_btn;
CREATE ROW POLICY OR REPLACE ministry_btn ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_btn;

-- ministry of BVT
CREATE ROLE IF NOT EXISTS ministry_bvt;
GRANT SELECT ON published.own_countries TO ministry_bvt;
GRANT SELECT ON published.released TO ministry_bvt;
GRANT SELECT ON published.provisional TO ministry_bvt;
CREATE ROW POLICY OR REPLACE ministry_bvt ON published.own_countries USING 1 TO ministry_bvt;
CREATE ROW POLICY OR REPLACE ministry_bvt ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_bvt;
CREATE ROW POLICY OR REPLACE ministry_bvt ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_bvt;

-- ministry of BWA
CREATE ROLE IF NOT EXISTS ministry_bwa;
GRANT SELECT ON published.own_countries TO ministry_bwa;
GRANT SELECT ON published.released TO ministry_bwa;
GRANT SELECT ON published.provisional TO ministry_bwa;
CREATE ROW POLICY OR REPLACE ministry_bwa ON published.own_countries USING 1 TO ministry_bwa;
CREATE ROW POLICY OR REPLACE ministry_bwa ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_bwa;
CREATE ROW POLICY OR REPLACE ministry_bwa ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_bwa;

-- ministry of CAF
CREATE ROLE IF NOT EXISTS ministry_caf;
GRANT SELECT ON published.own_countries TO ministry_caf;
GRANT SELECT ON published.released TO ministry_caf;
GRANT SELECT ON published.provisional TO ministry_caf;
CREATE ROW POLICY OR REPLACE ministry_caf ON published.own_countries USING 1 TO ministry_caf;
CREATE ROW POLICY OR REPLACE ministry_caf ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_caf;
CREATE ROW POLICY OR REPLACE ministry_caf ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_caf;

-- ministry of CAN
CREATE ROLE IF NOT EXISTS ministry_can;
GRANT SELECT ON published.own_countries TO ministry_can;
GRANT SELECT ON published.released TO ministry_can;
GRANT SELECT ON published.provisional TO ministry_can;
CREATE ROW POLICY OR REPLACE ministry_can ON published.own_countries USING 1 TO ministry_can;
CREATE ROW POLICY OR REPLACE ministry_can ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_can;
CREATE ROW POLICY OR REPLACE ministry_can ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_can;

-- ministry of CCK
CREATE ROLE IF NOT EXISTS ministry_cck;
GRANT SELECT ON published.own_countries TO ministry_cck;
GRANT SELECT ON published.released TO ministry_cck;
GRANT SELECT ON published.provisional TO ministry_cck;
CREATE ROW POLICY OR REPLACE ministry_cck ON published.own_countries USING 1 TO ministry_cck;
CREATE ROW POLICY OR REPLACE ministry_cck ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_cck;
CREATE ROW POLICY OR REPLACE ministry_cck ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_cck;

-- ministry of CHE
CREATE ROLE IF NOT EXISTS ministry_che;
GRANT SELECT ON published.own_countries TO ministry_che;
GRANT SELECT ON published.released TO ministry_che;
GRANT SELECT ON published.provisional TO ministry_che;
CREATE ROW POLICY OR REPLACE ministry_che ON published.own_countries USING 1 TO ministry_che;
CREATE ROW POLICY OR REPLACE ministry_che ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_che;
CREATE ROW POLICY OR REPLACE ministry_che ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_che;

-- ministry of CHL
CREATE ROLE IF NOT EXISTS ministry_chl;
GRANT SELECT ON published.own_countries TO ministry_chl;
GRANT SELECT ON published.released TO ministry_chl;
GRANT SELECT ON published.provisional TO ministry_chl;
CREATE ROW POLICY OR REPLACE ministry_chl ON published.own_countries USING 1 TO ministry_chl;
CREATE ROW POLICY OR REPLACE ministry_chl ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_chl;
CREATE ROW POLICY OR REPLACE ministry_chl ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_chl;

-- ministry of CHN
CREATE ROLE IF NOT EXISTS ministry_chn;
GRANT SELECT ON published.own_countries TO ministry_chn;
GRANT SELECT ON published.released TO ministry_chn;
GRANT SELECT ON published.provisional TO ministry_chn;
CREATE ROW POLICY OR REPLACE ministry_chn ON published.own_countries USING 1 TO ministry_chn;
CREATE ROW POLICY OR REPLACE ministry_chn ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_chn;
CREATE ROW POLICY OR REPLACE ministry_chn ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_chn;

-- ministry of CIV
CREATE ROLE IF NOT EXISTS ministry_civ;
GRANT SELECT ON published.own_countries TO ministry_civ;
GRANT SELECT ON published.released TO ministry_civ;
GRANT SELECT ON published.provisional TO ministry_civ;
CREATE ROW POLICY OR REPLACE ministry_civ ON published.own_countries USING 1 TO ministry_civ;
CREATE ROW POLICY OR REPLACE ministry_civ ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_civ;
CREATE ROW POLICY OR REPLACE ministry_civ ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_civ;

-- ministry of CMR
CREATE ROLE IF NOT EXISTS ministry_cmr;
GRANT SELECT ON published.own_countries TO ministry_cmr;
GRANT SELECT ON published.released TO ministry_cmr;
GRANT SELECT ON published.provisional TO ministry_cmr;
CREATE ROW POLICY OR REPLACE ministry_cmr ON published.own_countries USING 1 TO ministry_cmr;
CREATE ROW POLICY OR REPLACE ministry_cmr ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_cmr;
CREATE ROW POLICY OR REPLACE ministry_cmr ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_cmr;

-- ministry of COD
CREATE ROLE IF NOT EXISTS ministry_cod;
GRANT SELECT ON published.own_countries TO ministry_cod;
GRANT SELECT ON published.released TO ministry_cod;
GRANT SELECT ON published.provisional TO ministry_cod;
CREATE ROW POLICY OR REPLACE ministry_cod ON published.own_countries USING 1 TO ministry_cod;
CREATE ROW POLICY OR REPLACE ministry_cod ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_cod;
CREATE ROW POLICY OR REPLACE ministry_cod ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_cod;

-- ministry of COG
CREATE ROLE IF NOT EXISTS ministry_cog;
GRANT SELECT ON published.own_countries TO ministry_cog;
GRANT SELECT ON published.released TO ministry_cog;
GRANT SELECT ON published.provisional TO ministry_cog;
CREATE ROW POLICY OR REPLACE ministry_cog ON published.own_countries USING 1 TO ministry_cog;
CREATE ROW POLICY OR REPLACE ministry_cog ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_cog;
CREATE ROW POLICY OR REPLACE ministry_cog ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_cog;

-- ministry of COK
CREATE ROLE IF NOT EXISTS ministry_cok;
GRANT SELECT ON published.own_countries TO ministry_cok;
GRANT SELECT ON published.released TO ministry_cok;
GRANT SELECT ON published.provisional TO ministry_cok;
CREATE ROW POLICY OR REPLACE ministry_cok ON published.own_countries USING 1 TO ministry_cok;
CREATE ROW POLICY OR REPLACE ministry_cok ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_cok;
CREATE ROW POLICY OR REPLACE ministry_cok ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_cok;

-- ministry of COL
CREATE ROLE IF NOT EXISTS ministry_col;
GRANT SELECT ON published.own_countries TO ministry_col;
GRANT SELECT ON published.released TO ministry_col;
GRANT SELECT ON published.provisional TO ministry_col;
CREATE ROW POLICY OR REPLACE ministry_col ON published.own_countries USING 1 TO ministry_col;
CREATE ROW POLICY OR REPLACE ministry_col ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_col;
CREATE ROW POLICY OR REPLACE ministry_col ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_col;

-- ministry of COM
CREATE ROLE IF NOT EXISTS ministry_com;
GRANT SELECT ON published.own_countries TO ministry_com;
GRANT SELECT ON published.released TO ministry_com;
GRANT SELECT ON published.provisional TO ministry_com;
CREATE ROW POLICY OR REPLACE ministry_com ON published.own_countries USING 1 TO ministry_com;
CREATE ROW POLICY OR REPLACE ministry_com ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_com;
CREATE ROW POLICY OR REPLACE ministry_com ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_com;

-- ministry of CPV
CREATE ROLE IF NOT EXISTS ministry_cpv;
GRANT SELECT ON published.own_countries TO ministry_cpv;
GRANT SELECT ON published.released TO ministry_cpv;
GRANT SELECT ON published.provisional TO ministry_cpv;
CREATE ROW POLICY OR REPLACE ministry_cpv ON published.own_countries USING 1 TO ministry_cpv;
CREATE ROW POLICY OR REPLACE ministry_cpv ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_cpv;
CREATE ROW POLICY OR REPLACE ministry_cpv ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_cpv;

-- ministry of CRI
CREATE ROLE IF NOT EXISTS ministry_cri;
GRANT SELECT ON published.own_countries TO ministry_cri;
GRANT SELECT ON published.released TO ministry_cri;
GRANT SELECT ON published.provisional TO ministry_cri;
CREATE ROW POLICY OR REPLACE ministry_cri ON published.own_countries USING 1 TO ministry_cri;
CREATE ROW POLICY OR REPLACE ministry_cri ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_cri;
CREATE ROW POLICY OR REPLACE ministry_cri ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_cri;

-- ministry of CUB
CREATE ROLE IF NOT EXISTS ministry_cub;
GRANT SELECT ON published.own_countries TO ministry_cub;
GRANT SELECT ON published.released TO ministry_cub;
GRANT SELECT ON published.provisional TO ministry_cub;
CREATE ROW POLICY OR REPLACE ministry_cub ON published.own_countries USING 1 TO ministry_cub;
CREATE ROW POLICY OR REPLACE ministry_cub ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_cub;
CREATE ROW POLICY OR REPLACE ministry_cub ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_cub;

-- ministry of CUW
CREATE ROLE IF NOT EXISTS ministry_cuw;
GRANT SELECT ON published.own_countries TO ministry_cuw;
GRANT SELECT ON published.released TO ministry_cuw;
GRANT SELECT ON published.provisional TO ministry_cuw;
CREATE ROW POLICY OR REPLACE ministry_cuw ON published.own_countries USING 1 TO ministry_cuw;
CREATE ROW POLICY OR REPLACE ministry_cuw ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_cuw;
CREATE ROW POLICY OR REPLACE ministry_cuw ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_cuw;

-- ministry of CXR
CREATE ROLE IF NOT EXISTS ministry_cxr;
GRANT SELECT ON published.own_countries TO ministry_cxr;
GRANT SELECT ON published.released TO ministry_cxr;
GRANT SELECT ON published.provisional TO ministry_cxr;
CREATE ROW POLICY OR REPLACE ministry_cxr ON published.own_countries USING 1 TO ministry_cxr;
CREATE ROW POLICY OR REPLACE ministry_cxr ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_cxr;
CREATE ROW POLICY OR REPLACE ministry_cxr ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_cxr;

-- ministry of CYM
CREATE ROLE IF NOT EXISTS ministry_cym;
GRANT SELECT ON published.own_countries TO ministry_cym;
GRANT SELECT ON published.released TO ministry_cym;
GRANT SELECT ON published.provisional TO ministry_cym;
CREATE ROW POLICY OR REPLACE ministry_cym ON published.own_countries USING 1 TO ministry_cym;
CREATE ROW POLICY OR REPLACE ministry_cym ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_cym;
CREATE ROW POLICY OR REPLACE ministry_cym ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_cym;

-- ministry of CYP
CREATE ROLE IF NOT EXISTS ministry_cyp;
GRANT SELECT ON published.own_countries TO ministry_cyp;
GRANT SELECT ON published.released TO ministry_cyp;
GRANT SELECT ON published.provisional TO ministry_cyp;
CREATE ROW POLICY OR REPLACE ministry_cyp ON published.own_countries USING 1 TO ministry_cyp;
CREATE ROW POLICY OR REPLACE ministry_cyp ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_cyp;
CREATE ROW POLICY OR REPLACE ministry_cyp ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_cyp;

-- ministry of CZE
CREATE ROLE IF NOT EXISTS ministry_cze;
GRANT SELECT ON published.own_countries TO ministry_cze;
GRANT SELECT ON published.released TO ministry_cze;
GRANT SELECT ON published.provisional TO ministry_cze;
CREATE ROW POLICY OR REPLACE ministry_cze ON published.own_countries USING 1 TO ministry_cze;
CREATE ROW POLICY OR REPLACE ministry_cze ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_cze;
CREATE ROW POLICY OR REPLACE ministry_cze ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_cze;

-- ministry of DEU
CREATE ROLE IF NOT EXISTS ministry_deu;
GRANT SELECT ON published.own_countries TO ministry_deu;
GRANT SELECT ON published.released TO ministry_deu;
GRANT SELECT ON published.provisional TO ministry_deu;
CREATE ROW POLICY OR REPLACE ministry_deu ON published.own_countries USING 1 TO ministry_deu;
CREATE ROW POLICY OR REPLACE ministry_deu ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_deu;
CREATE ROW POLICY OR REPLACE ministry_deu ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_deu;

-- ministry of DJI
CREATE ROLE IF NOT EXISTS ministry_dji;
GRANT SELECT ON published.own_countries TO ministry_dji;
GRANT SELECT ON published.released TO ministry_dji;
GRANT SELECT ON published.provisional TO ministry_dji;
CREATE ROW POLICY OR REPLACE ministry_dji ON published.own_countries USING 1 TO ministry_dji;
CREATE ROW POLICY OR REPLACE ministry_dji ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_dji;
CREATE ROW POLICY OR REPLACE ministry_dji ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_dji;

-- ministry of DMA
CREATE ROLE IF NOT EXISTS ministry_dma;
GRANT SELECT ON published.own_countries TO ministry_dma;
GRANT SELECT ON published.released TO ministry_dma;
GRANT SELECT ON published.provisional TO ministry_dma;
CREATE ROW POLICY OR REPLACE ministry_dma ON published.own_countries USING 1 TO ministry_dma;
CREATE ROW POLICY OR REPLACE ministry_dma ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_dma;
CREATE ROW POLICY OR REPLACE ministry_dma ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_dma;

-- ministry of DNK
CREATE ROLE IF NOT EXISTS ministry_dnk;
GRANT SELECT ON published.own_countries TO ministry_dnk;
GRANT SELECT ON published.released TO ministry_dnk;
GRANT SELECT ON published.provisional TO ministry_dnk;
CREATE ROW POLICY OR REPLACE ministry_dnk ON published.own_countries USING 1 TO ministry_dnk;
CREATE ROW POLICY OR REPLACE ministry_dnk ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_dnk;
CREATE ROW POLICY OR REPLACE ministry_dnk ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_dnk;

-- ministry of DOM
CREATE ROLE IF NOT EXISTS ministry_dom;
GRANT SELECT ON published.own_countries TO ministry_dom;
GRANT SELECT ON published.released TO ministry_dom;
GRANT SELECT ON published.provisional TO ministry_dom;
CREATE ROW POLICY OR REPLACE ministry_dom ON published.own_countries USING 1 TO ministry_dom;
CREATE ROW POLICY OR REPLACE ministry_dom ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_dom;
CREATE ROW POLICY OR REPLACE ministry_dom ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_dom;

-- ministry of DZA
CREATE ROLE IF NOT EXISTS ministry_dza;
GRANT SELECT ON published.own_countries TO ministry_dza;
GRANT SELECT ON published.released TO ministry_dza;
GRANT SELECT ON published.provisional TO ministry_dza;
CREATE ROW POLICY OR REPLACE ministry_dza ON published.own_countries USING 1 TO ministry_dza;
CREATE ROW POLICY OR REPLACE ministry_dza ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_dza;
CREATE ROW POLICY OR REPLACE ministry_dza ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_dza;

-- ministry of ECU
CREATE ROLE IF NOT EXISTS ministry_ecu;
GRANT SELECT ON published.own_countries TO ministry_ecu;
GRANT SELECT ON published.released TO ministry_ecu;
GRANT SELECT ON published.provisional TO ministry_ecu;
CREATE ROW POLICY OR REPLACE ministry_ecu ON published.own_countries USING 1 TO ministry_ecu;
CREATE ROW POLICY OR REPLACE ministry_ecu ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_ecu;
CREATE ROW POLICY OR REPLACE ministry_ecu ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_ecu;

-- ministry of EGY
CREATE ROLE IF NOT EXISTS ministry_egy;
GRANT SELECT ON published.own_countries TO ministry_egy;
GRANT SELECT ON published.released TO ministry_egy;
GRANT SELECT ON published.provisional TO ministry_egy;
CREATE ROW POLICY OR REPLACE ministry_egy ON published.own_countries USING 1 TO ministry_egy;
CREATE ROW POLICY OR REPLACE ministry_egy ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_egy;
CREATE ROW POLICY OR REPLACE ministry_egy ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_egy;

-- ministry of ERI
CREATE ROLE IF NOT EXISTS ministry_eri;
GRANT SELECT ON published.own_countries TO ministry_eri;
GRANT SELECT ON published.released TO ministry_eri;
GRANT SELECT ON published.provisional TO ministry_eri;
CREATE ROW POLICY OR REPLACE ministry_eri ON published.own_countries USING 1 TO ministry_eri;
CREATE ROW POLICY OR REPLACE ministry_eri ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_eri;
CREATE ROW POLICY OR REPLACE ministry_eri ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_eri;

-- ministry of ESH
CREATE ROLE IF NOT EXISTS ministry_esh;
GRANT SELECT ON published.own_countries TO ministry_esh;
GRANT SELECT ON published.released TO ministry_esh;
GRANT SELECT ON published.provisional TO ministry_esh;
CREATE ROW POLICY OR REPLACE ministry_esh ON published.own_countries USING 1 TO ministry_esh;
CREATE ROW POLICY OR REPLACE ministry_esh ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_esh;
CREATE ROW POLICY OR REPLACE ministry_esh ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_esh;

-- ministry of ESP
CREATE ROLE IF NOT EXISTS ministry_esp;
GRANT SELECT ON published.own_countries TO ministry_esp;
GRANT SELECT ON published.released TO ministry_esp;
GRANT SELECT ON published.provisional TO ministry_esp;
CREATE ROW POLICY OR REPLACE ministry_esp ON published.own_countries USING 1 TO ministry_esp;
CREATE ROW POLICY OR REPLACE ministry_esp ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_esp;
CREATE ROW POLICY OR REPLACE ministry_esp ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_esp;

-- ministry of EST
CREATE ROLE IF NOT EXISTS ministry_est;
GRANT SELECT ON published.own_countries TO ministry_est;
GRANT SELECT ON published.released TO ministry_est;
GRANT SELECT ON published.provisional TO ministry_est;
CREATE ROW POLICY OR REPLACE ministry_est ON published.own_countries USING 1 TO ministry_est;
CREATE ROW POLICY OR REPLACE ministry_est ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_est;
CREATE ROW POLICY OR REPLACE ministry_est ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_est;

-- ministry of ETH
CREATE ROLE IF NOT EXISTS ministry_eth;
GRANT SELECT ON published.own_countries TO ministry_eth;
GRANT SELECT ON published.released TO ministry_eth;
GRANT SELECT ON published.provisional TO ministry_eth;
CREATE ROW POLICY OR REPLACE ministry_eth ON published.own_countries USING 1 TO ministry_eth;
CREATE ROW POLICY OR REPLACE ministry_eth ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_eth;
CREATE ROW POLICY OR REPLACE ministry_eth ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_eth;

-- ministry of FIN
CREATE ROLE IF NOT EXISTS ministry_fin;
GRANT SELECT ON published.own_countries TO ministry_fin;
GRANT SELECT ON published.released TO ministry_fin;
GRANT SELECT ON published.provisional TO ministry_fin;
CREATE ROW POLICY OR REPLACE ministry_fin ON published.own_countries USING 1 TO ministry_fin;
CREATE ROW POLICY OR REPLACE ministry_fin ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_fin;
CREATE ROW POLICY OR REPLACE ministry_fin ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_fin;

-- ministry of FJI
CREATE ROLE IF NOT EXISTS ministry_fji;
GRANT SELECT ON published.own_countries TO ministry_fji;
GRANT SELECT ON published.released TO ministry_fji;
GRANT SELECT ON published.provisional TO ministry_fji;
CREATE ROW POLICY OR REPLACE ministry_fji ON published.own_countries USING 1 TO ministry_fji;
CREATE ROW POLICY OR REPLACE ministry_fji ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_fji;
CREATE ROW POLICY OR REPLACE ministry_fji ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_fji;

-- ministry of FLK
CREATE ROLE IF NOT EXISTS ministry_flk;
GRANT SELECT ON published.own_countries TO ministry_flk;
GRANT SELECT ON published.released TO ministry_flk;
GRANT SELECT ON published.provisional TO ministry_flk;
CREATE ROW POLICY OR REPLACE ministry_flk ON published.own_countries USING 1 TO ministry_flk;
CREATE ROW POLICY OR REPLACE ministry_flk ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_flk;
CREATE ROW POLICY OR REPLACE ministry_flk ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_flk;

-- ministry of FRA
CREATE ROLE IF NOT EXISTS ministry_fra;
GRANT SELECT ON published.own_countries TO ministry_fra;
GRANT SELECT ON published.released TO ministry_fra;
GRANT SELECT ON published.provisional TO ministry_fra;
CREATE ROW POLICY OR REPLACE ministry_fra ON published.own_countries USING 1 TO ministry_fra;
CREATE ROW POLICY OR REPLACE ministry_fra ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_fra;
CREATE ROW POLICY OR REPLACE ministry_fra ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_fra;

-- ministry of FRO
CREATE ROLE IF NOT EXISTS ministry_fro;
GRANT SELECT ON published.own_countries TO ministry_fro;
GRANT SELECT ON published.released TO ministry_fro;
GRANT SELECT ON published.provisional TO ministry_fro;
CREATE ROW POLICY OR REPLACE ministry_fro ON published.own_countries USING 1 TO ministry_fro;
CREATE ROW POLICY OR REPLACE ministry_fro ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_fro;
CREATE ROW POLICY OR REPLACE ministry_fro ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_fro;

-- ministry of FSM
CREATE ROLE IF NOT EXISTS ministry_fsm;
GRANT SELECT ON published.own_countries TO ministry_fsm;
GRANT SELECT ON published.released TO ministry_fsm;
GRANT SELECT ON published.provisional TO ministry_fsm;
CREATE ROW POLICY OR REPLACE ministry_fsm ON published.own_countries USING 1 TO ministry_fsm;
CREATE ROW POLICY OR REPLACE ministry_fsm ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_fsm;
CREATE ROW POLICY OR REPLACE ministry_fsm ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_fsm;

-- ministry of GAB
CREATE ROLE IF NOT EXISTS ministry_gab;
GRANT SELECT ON published.own_countries TO ministry_gab;
GRANT SELECT ON published.released TO ministry_gab;
GRANT SELECT ON published.provisional TO ministry_gab;
CREATE ROW POLICY OR REPLACE ministry_gab ON published.own_countries USING 1 TO ministry_gab;
CREATE ROW POLICY OR REPLACE ministry_gab ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_gab;
CREATE ROW POLICY OR REPLACE ministry_gab ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_gab;

-- ministry of GBR
CREATE ROLE IF NOT EXISTS ministry_gbr;
GRANT SELECT ON published.own_countries TO ministry_gbr;
GRANT SELECT ON published.released TO ministry_gbr;
GRANT SELECT ON published.provisional TO ministry_gbr;
CREATE ROW POLICY OR REPLACE ministry_gbr ON published.own_countries USING 1 TO ministry_gbr;
CREATE ROW POLICY OR REPLACE ministry_gbr ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_gbr;
CREATE ROW POLICY OR REPLACE ministry_gbr ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_gbr;

-- ministry of GEO
CREATE ROLE IF NOT EXISTS ministry_geo;
GRANT SELECT ON published.own_countries TO ministry_geo;
GRANT SELECT ON published.released TO ministry_geo;
GRANT SELECT ON published.provisional TO ministry_geo;
CREATE ROW POLICY OR REPLACE ministry_geo ON published.own_countries USING 1 TO ministry_geo;
CREATE ROW POLICY OR REPLACE ministry_geo ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_geo;
CREATE ROW POLICY OR REPLACE ministry_geo ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_geo;

-- ministry of GGY
CREATE ROLE IF NOT EXISTS ministry_ggy;
GRANT SELECT ON published.own_countries TO ministry_ggy;
GRANT SELECT ON published.released TO ministry_ggy;
GRANT SELECT ON published.provisional TO ministry_ggy;
CREATE ROW POLICY OR REPLACE ministry_ggy ON published.own_countries USING 1 TO ministry_ggy;
CREATE ROW POLICY OR REPLACE ministry_ggy ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_ggy;
CREATE ROW POLICY OR REPLACE ministry_ggy ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_ggy;

-- ministry of GHA
CREATE ROLE IF NOT EXISTS ministry_gha;
GRANT SELECT ON published.own_countries TO ministry_gha;
GRANT SELECT ON published.released TO ministry_gha;
GRANT SELECT ON published.provisional TO ministry_gha;
CREATE ROW POLICY OR REPLACE ministry_gha ON published.own_countries USING 1 TO ministry_gha;
CREATE ROW POLICY OR REPLACE ministry_gha ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_gha;
CREATE ROW POLICY OR REPLACE ministry_gha ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_gha;

-- ministry of GIB
CREATE ROLE IF NOT EXISTS ministry_gib;
GRANT SELECT ON published.own_countries TO ministry_gib;
GRANT SELECT ON published.released TO ministry_gib;
GRANT SELECT ON published.provisional TO ministry_gib;
CREATE ROW POLICY OR REPLACE ministry_gib ON published.own_countries USING 1 TO ministry_gib;
CREATE ROW POLICY OR REPLACE ministry_gib ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_gib;
CREATE ROW POLICY OR REPLACE ministry_gib ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_gib;

-- ministry of GIN
CREATE ROLE IF NOT EXISTS ministry_gin;
GRANT SELECT ON published.own_countries TO ministry_gin;
GRANT SELECT ON published.released TO ministry_gin;
GRANT SELECT ON published.provisional TO ministry_gin;
CREATE ROW POLICY OR REPLACE ministry_gin ON published.own_countries USING 1 TO ministry_gin;
CREATE ROW POLICY OR REPLACE ministry_gin ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_gin;
CREATE ROW POLICY OR REPLACE ministry_gin ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_gin;

-- ministry of GLP
CREATE ROLE IF NOT EXISTS ministry_glp;
GRANT SELECT ON published.own_countries TO ministry_glp;
GRANT SELECT ON published.released TO ministry_glp;
GRANT SELECT ON published.provisional TO ministry_glp;
CREATE ROW POLICY OR REPLACE ministry_glp ON published.own_countries USING 1 TO ministry_glp;
CREATE ROW POLICY OR REPLACE ministry_glp ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_glp;
CREATE ROW POLICY OR REPLACE ministry_glp ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_glp;

-- ministry of GMB
CREATE ROLE IF NOT EXISTS ministry_gmb;
GRANT SELECT ON published.own_countries TO ministry_gmb;
GRANT SELECT ON published.released TO ministry_gmb;
GRANT SELECT ON published.provisional TO ministry_gmb;
CREATE ROW POLICY OR REPLACE ministry_gmb ON published.own_countries USING 1 TO ministry_gmb;
CREATE ROW POLICY OR REPLACE ministry_gmb ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_gmb;
CREATE ROW POLICY OR REPLACE ministry_gmb ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_gmb;

-- ministry of GNB
CREATE ROLE IF NOT EXISTS ministry_gnb;
GRANT SELECT ON published.own_countries TO ministry_gnb;
GRANT SELECT ON published.released TO ministry_gnb;
GRANT SELECT ON published.provisional TO ministry_gnb;
CREATE ROW POLICY OR REPLACE ministry_gnb ON published.own_countries USING 1 TO ministry_gnb;
CREATE ROW POLICY OR REPLACE ministry_gnb ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_gnb;
CREATE ROW POLICY OR REPLACE ministry_gnb ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_gnb;

-- ministry of GNQ
CREATE ROLE IF NOT EXISTS ministry_gnq;
GRANT SELECT ON published.own_countries TO ministry_gnq;
GRANT SELECT ON published.released TO ministry_gnq;
GRANT SELECT ON published.provisional TO ministry_gnq;
CREATE ROW POLICY OR REPLACE ministry_gnq ON published.own_countries USING 1 TO ministry_gnq;
CREATE ROW POLICY OR REPLACE ministry_gnq ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_gnq;
CREATE ROW POLICY OR REPLACE ministry_gnq ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_gnq;

-- ministry of GRC
CREATE ROLE IF NOT EXISTS ministry_grc;
GRANT SELECT ON published.own_countries TO ministry_grc;
GRANT SELECT ON published.released TO ministry_grc;
GRANT SELECT ON published.provisional TO ministry_grc;
CREATE ROW POLICY OR REPLACE ministry_grc ON published.own_countries USING 1 TO ministry_grc;
CREATE ROW POLICY OR REPLACE ministry_grc ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_grc;
CREATE ROW POLICY OR REPLACE ministry_grc ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_grc;

-- ministry of GRD
CREATE ROLE IF NOT EXISTS ministry_grd;
GRANT SELECT ON published.own_countries TO ministry_grd;
GRANT SELECT ON published.released TO ministry_grd;
GRANT SELECT ON published.provisional TO ministry_grd;
CREATE ROW POLICY OR REPLACE ministry_grd ON published.own_countries USING 1 TO ministry_grd;
CREATE ROW POLICY OR REPLACE ministry_grd ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_grd;
CREATE ROW POLICY OR REPLACE ministry_grd ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_grd;

-- ministry of GRL
CREATE ROLE IF NOT EXISTS ministry_grl;
GRANT SELECT ON published.own_countries TO ministry_grl;
GRANT SELECT ON published.released TO ministry_grl;
GRANT SELECT ON published.provisional TO ministry_grl;
CREATE ROW POLICY OR REPLACE ministry_grl ON published.own_countries USING 1 TO ministry_grl;
CREATE ROW POLICY OR REPLACE ministry_grl ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_grl;
CREATE ROW POLICY OR REPLACE ministry_grl ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_grl;

-- ministry of GTM
CREATE ROLE IF NOT EXISTS ministry_gtm;
GRANT SELECT ON published.own_countries TO ministry_gtm;
GRANT SELECT ON published.released TO ministry_gtm;
GRANT SELECT ON published.provisional TO ministry_gtm;
CREATE ROW POLICY OR REPLACE ministry_gtm ON published.own_countries USING 1 TO ministry_gtm;
CREATE ROW POLICY OR REPLACE ministry_gtm ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_gtm;
CREATE ROW POLICY OR REPLACE ministry_gtm ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_gtm;

-- ministry of GUF
CREATE ROLE IF NOT EXISTS ministry_guf;
GRANT SELECT ON published.own_countries TO ministry_guf;
GRANT SELECT ON published.released TO ministry_guf;
GRANT SELECT ON published.provisional TO ministry_guf;
CREATE ROW POLICY OR REPLACE ministry_guf ON published.own_countries USING 1 TO ministry_guf;
CREATE ROW POLICY OR REPLACE ministry_guf ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_guf;
CREATE ROW POLICY OR REPLACE ministry_guf ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_guf;

-- ministry of GUM
CREATE ROLE IF NOT EXISTS ministry_gum;
GRANT SELECT ON published.own_countries TO ministry_gum;
GRANT SELECT ON published.released TO ministry_gum;
GRANT SELECT ON published.provisional TO ministry_gum;
CREATE ROW POLICY OR REPLACE ministry_gum ON published.own_countries USING 1 TO ministry_gum;
CREATE ROW POLICY OR REPLACE ministry_gum ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_gum;
CREATE ROW POLICY OR REPLACE ministry_gum ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_gum;

-- ministry of GUY
CREATE ROLE IF NOT EXISTS ministry_guy;
GRANT SELECT ON published.own_countries TO ministry_guy;
GRANT SELECT ON published.released TO ministry_guy;
GRANT SELECT ON published.provisional TO ministry_guy;
CREATE ROW POLICY OR REPLACE ministry_guy ON published.own_countries USING 1 TO ministry_guy;
CREATE ROW POLICY OR REPLACE ministry_guy ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_guy;
CREATE ROW POLICY OR REPLACE ministry_guy ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_guy;

-- ministry of HKG
CREATE ROLE IF NOT EXISTS ministry_hkg;
GRANT SELECT ON published.own_countries TO ministry_hkg;
GRANT SELECT ON published.released TO ministry_hkg;
GRANT SELECT ON published.provisional TO ministry_hkg;
CREATE ROW POLICY OR REPLACE ministry_hkg ON published.own_countries USING 1 TO ministry_hkg;
CREATE ROW POLICY OR REPLACE ministry_hkg ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_hkg;
CREATE ROW POLICY OR REPLACE ministry_hkg ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_hkg;

-- ministry of HMD
CREATE ROLE IF NOT EXISTS ministry_hmd;
GRANT SELECT ON published.own_countries TO ministry_hmd;
GRANT SELECT ON published.released TO ministry_hmd;
GRANT SELECT ON published.provisional TO ministry_hmd;
CREATE ROW POLICY OR REPLACE ministry_hmd ON published.own_countries USING 1 TO ministry_hmd;
CREATE ROW POLICY OR REPLACE ministry_hmd ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_hmd;
CREATE ROW POLICY OR REPLACE ministry_hmd ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_hmd;

-- ministry of HND
CREATE ROLE IF NOT EXISTS ministry_hnd;
GRANT SELECT ON published.own_countries TO ministry_hnd;
GRANT SELECT ON published.released TO ministry_hnd;
GRANT SELECT ON published.provisional TO ministry_hnd;
CREATE ROW POLICY OR REPLACE ministry_hnd ON published.own_countries USING 1 TO ministry_hnd;
CREATE ROW POLICY OR REPLACE ministry_hnd ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_hnd;
CREATE ROW POLICY OR REPLACE ministry_hnd ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_hnd;

-- ministry of HRV
CREATE ROLE IF NOT EXISTS ministry_hrv;
GRANT SELECT ON published.own_countries TO ministry_hrv;
GRANT SELECT ON published.released TO ministry_hrv;
GRANT SELECT ON published.provisional TO ministry_hrv;
CREATE ROW POLICY OR REPLACE ministry_hrv ON published.own_countries USING 1 TO ministry_hrv;
CREATE ROW POLICY OR REPLACE ministry_hrv ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_hrv;
CREATE ROW POLICY OR REPLACE ministry_hrv ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_hrv;

-- ministry of HTI
CREATE ROLE IF NOT EXISTS ministry_hti;
GRANT SELECT ON published.own_countries TO ministry_hti;
GRANT SELECT ON published.released TO ministry_hti;
GRANT SELECT ON published.provisional TO ministry_hti;
CREATE ROW POLICY OR REPLACE ministry_hti ON published.own_countries USING 1 TO ministry_hti;
CREATE ROW POLICY OR REPLACE ministry_hti ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_hti;
CREATE ROW POLICY OR REPLACE ministry_hti ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_hti;

-- ministry of HUN
CREATE ROLE IF NOT EXISTS ministry_hun;
GRANT SELECT ON published.own_countries TO ministry_hun;
GRANT SELECT ON published.released TO ministry_hun;
GRANT SELECT ON published.provisional TO ministry_hun;
CREATE ROW POLICY OR REPLACE ministry_hun ON published.own_countries USING 1 TO ministry_hun;
CREATE ROW POLICY OR REPLACE ministry_hun ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_hun;
CREATE ROW POLICY OR REPLACE ministry_hun ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_hun;

-- ministry of IDN
CREATE ROLE IF NOT EXISTS ministry_idn;
GRANT SELECT ON published.own_countries TO ministry_idn;
GRANT SELECT ON published.released TO ministry_idn;
GRANT SELECT ON published.provisional TO ministry_idn;
CREATE ROW POLICY OR REPLACE ministry_idn ON published.own_countries USING 1 TO ministry_idn;
CREATE ROW POLICY OR REPLACE ministry_idn ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_idn;
CREATE ROW POLICY OR REPLACE ministry_idn ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_idn;

-- ministry of IMN
CREATE ROLE IF NOT EXISTS ministry_imn;
GRANT SELECT ON published.own_countries TO ministry_imn;
GRANT SELECT ON published.released TO ministry_imn;
GRANT SELECT ON published.provisional TO ministry_imn;
CREATE ROW POLICY OR REPLACE ministry_imn ON published.own_countries USING 1 TO ministry_imn;
CREATE ROW POLICY OR REPLACE ministry_imn ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_imn;
CREATE ROW POLICY OR REPLACE ministry_imn ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_imn;

-- ministry of IND
CREATE ROLE IF NOT EXISTS ministry_ind;
GRANT SELECT ON published.own_countries TO ministry_ind;
GRANT SELECT ON published.released TO ministry_ind;
GRANT SELECT ON published.provisional TO ministry_ind;
CREATE ROW POLICY OR REPLACE ministry_ind ON published.own_countries USING 1 TO ministry_ind;
CREATE ROW POLICY OR REPLACE ministry_ind ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_ind;
CREATE ROW POLICY OR REPLACE ministry_ind ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_ind;

-- ministry of IOT
CREATE ROLE IF NOT EXISTS ministry_iot;
GRANT SELECT ON published.own_countries TO ministry_iot;
GRANT SELECT ON published.released TO ministry_iot;
GRANT SELECT ON published.provisional TO ministry_iot;
CREATE ROW POLICY OR REPLACE ministry_iot ON published.own_countries USING 1 TO ministry_iot;
CREATE ROW POLICY OR REPLACE ministry_iot ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_iot;
CREATE ROW POLICY OR REPLACE ministry_iot ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_iot;

-- ministry of IRL
CREATE ROLE IF NOT EXISTS ministry_irl;
GRANT SELECT ON published.own_countries TO ministry_irl;
GRANT SELECT ON published.released TO ministry_irl;
GRANT SELECT ON published.provisional TO ministry_irl;
CREATE ROW POLICY OR REPLACE ministry_irl ON published.own_countries USING 1 TO ministry_irl;
CREATE ROW POLICY OR REPLACE ministry_irl ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_irl;
CREATE ROW POLICY OR REPLACE ministry_irl ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_irl;

-- ministry of IRN
CREATE ROLE IF NOT EXISTS ministry_irn;
GRANT SELECT ON published.own_countries TO ministry_irn;
GRANT SELECT ON published.released TO ministry_irn;
GRANT SELECT ON published.provisional TO ministry_irn;
CREATE ROW POLICY OR REPLACE ministry_irn ON published.own_countries USING 1 TO ministry_irn;
CREATE ROW POLICY OR REPLACE ministry_irn ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_irn;
CREATE ROW POLICY OR REPLACE ministry_irn ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_irn;

-- ministry of IRQ
CREATE ROLE IF NOT EXISTS ministry_irq;
GRANT SELECT ON published.own_countries TO ministry_irq;
GRANT SELECT ON published.released TO ministry_irq;
GRANT SELECT ON published.provisional TO ministry_irq;
CREATE ROW POLICY OR REPLACE ministry_irq ON published.own_countries USING 1 TO ministry_irq;
CREATE ROW POLICY OR REPLACE ministry_irq ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_irq;
CREATE ROW POLICY OR REPLACE ministry_irq ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_irq;

-- ministry of ISL
CREATE ROLE IF NOT EXISTS ministry_isl;
GRANT SELECT ON published.own_countries TO ministry_isl;
GRANT SELECT ON published.released TO ministry_isl;
GRANT SELECT ON published.provisional TO ministry_isl;
CREATE ROW POLICY OR REPLACE ministry_isl ON published.own_countries USING 1 TO ministry_isl;
CREATE ROW POLICY OR REPLACE ministry_isl ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_isl;
CREATE ROW POLICY OR REPLACE ministry_isl ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_isl;

-- ministry of ISR
CREATE ROLE IF NOT EXISTS ministry_isr;
GRANT SELECT ON published.own_countries TO ministry_isr;
GRANT SELECT ON published.released TO ministry_isr;
GRANT SELECT ON published.provisional TO ministry_isr;
CREATE ROW POLICY OR REPLACE ministry_isr ON published.own_countries USING 1 TO ministry_isr;
CREATE ROW POLICY OR REPLACE ministry_isr ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_isr;
CREATE ROW POLICY OR REPLACE ministry_isr ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_isr;

-- ministry of ITA
CREATE ROLE IF NOT EXISTS ministry_ita;
GRANT SELECT ON published.own_countries TO ministry_ita;
GRANT SELECT ON published.released TO ministry_ita;
GRANT SELECT ON published.provisional TO ministry_ita;
CREATE ROW POLICY OR REPLACE ministry_ita ON published.own_countries USING 1 TO ministry_ita;
CREATE ROW POLICY OR REPLACE ministry_ita ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_ita;
CREATE ROW POLICY OR REPLACE ministry_ita ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_ita;

-- ministry of JAM
CREATE ROLE IF NOT EXISTS ministry_jam;
GRANT SELECT ON published.own_countries TO ministry_jam;
GRANT SELECT ON published.released TO ministry_jam;
GRANT SELECT ON published.provisional TO ministry_jam;
CREATE ROW POLICY OR REPLACE ministry_jam ON published.own_countries USING 1 TO ministry_jam;
CREATE ROW POLICY OR REPLACE ministry_jam ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_jam;
CREATE ROW POLICY OR REPLACE ministry_jam ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_jam;

-- ministry of JEY
CREATE ROLE IF NOT EXISTS ministry_jey;
GRANT SELECT ON published.own_countries TO ministry_jey;
GRANT SELECT ON published.released TO ministry_jey;
GRANT SELECT ON published.provisional TO ministry_jey;
CREATE ROW POLICY OR REPLACE ministry_jey ON published.own_countries USING 1 TO ministry_jey;
CREATE ROW POLICY OR REPLACE ministry_jey ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_jey;
CREATE ROW POLICY OR REPLACE ministry_jey ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_jey;

-- ministry of JOR
CREATE ROLE IF NOT EXISTS ministry_jor;
GRANT SELECT ON published.own_countries TO ministry_jor;
GRANT SELECT ON published.released TO ministry_jor;
GRANT SELECT ON published.provisional TO ministry_jor;
CREATE ROW POLICY OR REPLACE ministry_jor ON published.own_countries USING 1 TO ministry_jor;
CREATE ROW POLICY OR REPLACE ministry_jor ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_jor;
CREATE ROW POLICY OR REPLACE ministry_jor ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_jor;

-- ministry of JPN
CREATE ROLE IF NOT EXISTS ministry_jpn;
GRANT SELECT ON published.own_countries TO ministry_jpn;
GRANT SELECT ON published.released TO ministry_jpn;
GRANT SELECT ON published.provisional TO ministry_jpn;
CREATE ROW POLICY OR REPLACE ministry_jpn ON published.own_countries USING 1 TO ministry_jpn;
CREATE ROW POLICY OR REPLACE ministry_jpn ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_jpn;
CREATE ROW POLICY OR REPLACE ministry_jpn ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_jpn;

-- ministry of KAZ
CREATE ROLE IF NOT EXISTS ministry_kaz;
GRANT SELECT ON published.own_countries TO ministry_kaz;
GRANT SELECT ON published.released TO ministry_kaz;
GRANT SELECT ON published.provisional TO ministry_kaz;
CREATE ROW POLICY OR REPLACE ministry_kaz ON published.own_countries USING 1 TO ministry_kaz;
CREATE ROW POLICY OR REPLACE ministry_kaz ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_kaz;
CREATE ROW POLICY OR REPLACE ministry_kaz ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_kaz;

-- ministry of KEN
CREATE ROLE IF NOT EXISTS ministry_ken;
GRANT SELECT ON published.own_countries TO ministry_ken;
GRANT SELECT ON published.released TO ministry_ken;
GRANT SELECT ON published.provisional TO ministry_ken;
CREATE ROW POLICY OR REPLACE ministry_ken ON published.own_countries USING 1 TO ministry_ken;
CREATE ROW POLICY OR REPLACE ministry_ken ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_ken;
CREATE ROW POLICY OR REPLACE ministry_ken ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_ken;

-- ministry of KGZ
CREATE ROLE IF NOT EXISTS ministry_kgz;
GRANT SELECT ON published.own_countries TO ministry_kgz;
GRANT SELECT ON published.released TO ministry_kgz;
GRANT SELECT ON published.provisional TO ministry_kgz;
CREATE ROW POLICY OR REPLACE ministry_kgz ON published.own_countries USING 1 TO ministry_kgz;
CREATE ROW POLICY OR REPLACE ministry_kgz ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_kgz;
CREATE ROW POLICY OR REPLACE ministry_kgz ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_kgz;

-- ministry of KHM
CREATE ROLE IF NOT EXISTS ministry_khm;
GRANT SELECT ON published.own_countries TO ministry_khm;
GRANT SELECT ON published.released TO ministry_khm;
GRANT SELECT ON published.provisional TO ministry_khm;
CREATE ROW POLICY OR REPLACE ministry_khm ON published.own_countries USING 1 TO ministry_khm;
CREATE ROW POLICY OR REPLACE ministry_khm ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_khm;
CREATE ROW POLICY OR REPLACE ministry_khm ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_khm;

-- ministry of KIR
CREATE ROLE IF NOT EXISTS ministry_kir;
GRANT SELECT ON published.own_countries TO ministry_kir;
GRANT SELECT ON published.released TO ministry_kir;
GRANT SELECT ON published.provisional TO ministry_kir;
CREATE ROW POLICY OR REPLACE ministry_kir ON published.own_countries USING 1 TO ministry_kir;
CREATE ROW POLICY OR REPLACE ministry_kir ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_kir;
CREATE ROW POLICY OR REPLACE ministry_kir ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_kir;

-- ministry of KNA
CREATE ROLE IF NOT EXISTS ministry_kna;
GRANT SELECT ON published.own_countries TO ministry_kna;
GRANT SELECT ON published.released TO ministry_kna;
GRANT SELECT ON published.provisional TO ministry_kna;
CREATE ROW POLICY OR REPLACE ministry_kna ON published.own_countries USING 1 TO ministry_kna;
CREATE ROW POLICY OR REPLACE ministry_kna ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_kna;
CREATE ROW POLICY OR REPLACE ministry_kna ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_kna;

-- ministry of KOR
CREATE ROLE IF NOT EXISTS ministry_kor;
GRANT SELECT ON published.own_countries TO ministry_kor;
GRANT SELECT ON published.released TO ministry_kor;
GRANT SELECT ON published.provisional TO ministry_kor;
CREATE ROW POLICY OR REPLACE ministry_kor ON published.own_countries USING 1 TO ministry_kor;
CREATE ROW POLICY OR REPLACE ministry_kor ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_kor;
CREATE ROW POLICY OR REPLACE ministry_kor ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_kor;

-- ministry of KWT
CREATE ROLE IF NOT EXISTS ministry_kwt;
GRANT SELECT ON published.own_countries TO ministry_kwt;
GRANT SELECT ON published.released TO ministry_kwt;
GRANT SELECT ON published.provisional TO ministry_kwt;
CREATE ROW POLICY OR REPLACE ministry_kwt ON published.own_countries USING 1 TO ministry_kwt;
CREATE ROW POLICY OR REPLACE ministry_kwt ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_kwt;
CREATE ROW POLICY OR REPLACE ministry_kwt ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_kwt;

-- ministry of LAO
CREATE ROLE IF NOT EXISTS ministry_lao;
GRANT SELECT ON published.own_countries TO ministry_lao;
GRANT SELECT ON published.released TO ministry_lao;
GRANT SELECT ON published.provisional TO ministry_lao;
CREATE ROW POLICY OR REPLACE ministry_lao ON published.own_countries USING 1 TO ministry_lao;
CREATE ROW POLICY OR REPLACE ministry_lao ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_lao;
CREATE ROW POLICY OR REPLACE ministry_lao ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_lao;

-- ministry of LBN
CREATE ROLE IF NOT EXISTS ministry_lbn;
GRANT SELECT ON published.own_countries TO ministry_lbn;
GRANT SELECT ON published.released TO ministry_lbn;
GRANT SELECT ON published.provisional TO ministry_lbn;
CREATE ROW POLICY OR REPLACE ministry_lbn ON published.own_countries USING 1 TO ministry_lbn;
CREATE ROW POLICY OR REPLACE ministry_lbn ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_lbn;
CREATE ROW POLICY OR REPLACE ministry_lbn ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_lbn;

-- ministry of LBR
CREATE ROLE IF NOT EXISTS ministry_lbr;
GRANT SELECT ON published.own_countries TO ministry_lbr;
GRANT SELECT ON published.released TO ministry_lbr;
GRANT SELECT ON published.provisional TO ministry_lbr;
CREATE ROW POLICY OR REPLACE ministry_lbr ON published.own_countries USING 1 TO ministry_lbr;
CREATE ROW POLICY OR REPLACE ministry_lbr ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_lbr;
CREATE ROW POLICY OR REPLACE ministry_lbr ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_lbr;

-- ministry of LBY
CREATE ROLE IF NOT EXISTS ministry_lby;
GRANT SELECT ON published.own_countries TO ministry_lby;
GRANT SELECT ON published.released TO ministry_lby;
GRANT SELECT ON published.provisional TO ministry_lby;
CREATE ROW POLICY OR REPLACE ministry_lby ON published.own_countries USING 1 TO ministry_lby;
CREATE ROW POLICY OR REPLACE ministry_lby ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_lby;
CREATE ROW POLICY OR REPLACE ministry_lby ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_lby;

-- ministry of LCA
CREATE ROLE IF NOT EXISTS ministry_lca;
GRANT SELECT ON published.own_countries TO ministry_lca;
GRANT SELECT ON published.released TO ministry_lca;
GRANT SELECT ON published.provisional TO ministry_lca;
CREATE ROW POLICY OR REPLACE ministry_lca ON published.own_countries USING 1 TO ministry_lca;
CREATE ROW POLICY OR REPLACE ministry_lca ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_lca;
CREATE ROW POLICY OR REPLACE ministry_lca ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_lca;

-- ministry of LIE
CREATE ROLE IF NOT EXISTS ministry_lie;
GRANT SELECT ON published.own_countries TO ministry_lie;
GRANT SELECT ON published.released TO ministry_lie;
GRANT SELECT ON published.provisional TO ministry_lie;
CREATE ROW POLICY OR REPLACE ministry_lie ON published.own_countries USING 1 TO ministry_lie;
CREATE ROW POLICY OR REPLACE ministry_lie ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_lie;
CREATE ROW POLICY OR REPLACE ministry_lie ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_lie;

-- ministry of LKA
CREATE ROLE IF NOT EXISTS ministry_lka;
GRANT SELECT ON published.own_countries TO ministry_lka;
GRANT SELECT ON published.released TO ministry_lka;
GRANT SELECT ON published.provisional TO ministry_lka;
CREATE ROW POLICY OR REPLACE ministry_lka ON published.own_countries USING 1 TO ministry_lka;
CREATE ROW POLICY OR REPLACE ministry_lka ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_lka;
CREATE ROW POLICY OR REPLACE ministry_lka ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_lka;

-- ministry of LSO
CREATE ROLE IF NOT EXISTS ministry_lso;
GRANT SELECT ON published.own_countries TO ministry_lso;
GRANT SELECT ON published.released TO ministry_lso;
GRANT SELECT ON published.provisional TO ministry_lso;
CREATE ROW POLICY OR REPLACE ministry_lso ON published.own_countries USING 1 TO ministry_lso;
CREATE ROW POLICY OR REPLACE ministry_lso ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_lso;
CREATE ROW POLICY OR REPLACE ministry_lso ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_lso;

-- ministry of LTU
CREATE ROLE IF NOT EXISTS ministry_ltu;
GRANT SELECT ON published.own_countries TO ministry_ltu;
GRANT SELECT ON published.released TO ministry_ltu;
GRANT SELECT ON published.provisional TO ministry_ltu;
CREATE ROW POLICY OR REPLACE ministry_ltu ON published.own_countries USING 1 TO ministry_ltu;
CREATE ROW POLICY OR REPLACE ministry_ltu ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_ltu;
CREATE ROW POLICY OR REPLACE ministry_ltu ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_ltu;

-- ministry of LUX
CREATE ROLE IF NOT EXISTS ministry_lux;
GRANT SELECT ON published.own_countries TO ministry_lux;
GRANT SELECT ON published.released TO ministry_lux;
GRANT SELECT ON published.provisional TO ministry_lux;
CREATE ROW POLICY OR REPLACE ministry_lux ON published.own_countries USING 1 TO ministry_lux;
CREATE ROW POLICY OR REPLACE ministry_lux ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_lux;
CREATE ROW POLICY OR REPLACE ministry_lux ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_lux;

-- ministry of LVA
CREATE ROLE IF NOT EXISTS ministry_lva;
GRANT SELECT ON published.own_countries TO ministry_lva;
GRANT SELECT ON published.released TO ministry_lva;
GRANT SELECT ON published.provisional TO ministry_lva;
CREATE ROW POLICY OR REPLACE ministry_lva ON published.own_countries USING 1 TO ministry_lva;
CREATE ROW POLICY OR REPLACE ministry_lva ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_lva;
CREATE ROW POLICY OR REPLACE ministry_lva ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_lva;

-- ministry of MAC
CREATE ROLE IF NOT EXISTS ministry_mac;
GRANT SELECT ON published.own_countries TO ministry_mac;
GRANT SELECT ON published.released TO ministry_mac;
GRANT SELECT ON published.provisional TO ministry_mac;
CREATE ROW POLICY OR REPLACE ministry_mac ON published.own_countries USING 1 TO ministry_mac;
CREATE ROW POLICY OR REPLACE ministry_mac ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_mac;
CREATE ROW POLICY OR REPLACE ministry_mac ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_mac;

-- ministry of MAF
CREATE ROLE IF NOT EXISTS ministry_maf;
GRANT SELECT ON published.own_countries TO ministry_maf;
GRANT SELECT ON published.released TO ministry_maf;
GRANT SELECT ON published.provisional TO ministry_maf;
CREATE ROW POLICY OR REPLACE ministry_maf ON published.own_countries USING 1 TO ministry_maf;
CREATE ROW POLICY OR REPLACE ministry_maf ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_maf;
CREATE ROW POLICY OR REPLACE ministry_maf ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_maf;

-- ministry of MAR
CREATE ROLE IF NOT EXISTS ministry_mar;
GRANT SELECT ON published.own_countries TO ministry_mar;
GRANT SELECT ON published.released TO ministry_mar;
GRANT SELECT ON published.provisional TO ministry_mar;
CREATE ROW POLICY OR REPLACE ministry_mar ON published.own_countries USING 1 TO ministry_mar;
CREATE ROW POLICY OR REPLACE ministry_mar ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_mar;
CREATE ROW POLICY OR REPLACE ministry_mar ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_mar;

-- ministry of MCO
CREATE ROLE IF NOT EXISTS ministry_mco;
GRANT SELECT ON published.own_countries TO ministry_mco;
GRANT SELECT ON published.released TO ministry_mco;
GRANT SELECT ON published.provisional TO ministry_mco;
CREATE ROW POLICY OR REPLACE ministry_mco ON published.own_countries USING 1 TO ministry_mco;
CREATE ROW POLICY OR REPLACE ministry_mco ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_mco;
CREATE ROW POLICY OR REPLACE ministry_mco ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_mco;

-- ministry of MDA
CREATE ROLE IF NOT EXISTS ministry_mda;
GRANT SELECT ON published.own_countries TO ministry_mda;
GRANT SELECT ON published.released TO ministry_mda;
GRANT SELECT ON published.provisional TO ministry_mda;
CREATE ROW POLICY OR REPLACE ministry_mda ON published.own_countries USING 1 TO ministry_mda;
CREATE ROW POLICY OR REPLACE ministry_mda ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_mda;
CREATE ROW POLICY OR REPLACE ministry_mda ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_mda;

-- ministry of MDG
CREATE ROLE IF NOT EXISTS ministry_mdg;
GRANT SELECT ON published.own_countries TO ministry_mdg;
GRANT SELECT ON published.released TO ministry_mdg;
GRANT SELECT ON published.provisional TO ministry_mdg;
CREATE ROW POLICY OR REPLACE ministry_mdg ON published.own_countries USING 1 TO ministry_mdg;
CREATE ROW POLICY OR REPLACE ministry_mdg ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_mdg;
CREATE ROW POLICY OR REPLACE ministry_mdg ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_mdg;

-- ministry of MDV
CREATE ROLE IF NOT EXISTS ministry_mdv;
GRANT SELECT ON published.own_countries TO ministry_mdv;
GRANT SELECT ON published.released TO ministry_mdv;
GRANT SELECT ON published.provisional TO ministry_mdv;
CREATE ROW POLICY OR REPLACE ministry_mdv ON published.own_countries USING 1 TO ministry_mdv;
CREATE ROW POLICY OR REPLACE ministry_mdv ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_mdv;
CREATE ROW POLICY OR REPLACE ministry_mdv ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_mdv;

-- ministry of MEX
CREATE ROLE IF NOT EXISTS ministry_mex;
GRANT SELECT ON published.own_countries TO ministry_mex;
GRANT SELECT ON published.released TO ministry_mex;
GRANT SELECT ON published.provisional TO ministry_mex;
CREATE ROW POLICY OR REPLACE ministry_mex ON published.own_countries USING 1 TO ministry_mex;
CREATE ROW POLICY OR REPLACE ministry_mex ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_mex;
CREATE ROW POLICY OR REPLACE ministry_mex ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_mex;

-- ministry of MHL
CREATE ROLE IF NOT EXISTS ministry_mhl;
GRANT SELECT ON published.own_countries TO ministry_mhl;
GRANT SELECT ON published.released TO ministry_mhl;
GRANT SELECT ON published.provisional TO ministry_mhl;
CREATE ROW POLICY OR REPLACE ministry_mhl ON published.own_countries USING 1 TO ministry_mhl;
CREATE ROW POLICY OR REPLACE ministry_mhl ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_mhl;
CREATE ROW POLICY OR REPLACE ministry_mhl ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_mhl;

-- ministry of MKD
CREATE ROLE IF NOT EXISTS ministry_mkd;
GRANT SELECT ON published.own_countries TO ministry_mkd;
GRANT SELECT ON published.released TO ministry_mkd;
GRANT SELECT ON published.provisional TO ministry_mkd;
CREATE ROW POLICY OR REPLACE ministry_mkd ON published.own_countries USING 1 TO ministry_mkd;
CREATE ROW POLICY OR REPLACE ministry_mkd ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_mkd;
CREATE ROW POLICY OR REPLACE ministry_mkd ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_mkd;

-- ministry of MLI
CREATE ROLE IF NOT EXISTS ministry_mli;
GRANT SELECT ON published.own_countries TO ministry_mli;
GRANT SELECT ON published.released TO ministry_mli;
GRANT SELECT ON published.provisional TO ministry_mli;
CREATE ROW POLICY OR REPLACE ministry_mli ON published.own_countries USING 1 TO ministry_mli;
CREATE ROW POLICY OR REPLACE ministry_mli ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_mli;
CREATE ROW POLICY OR REPLACE ministry_mli ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_mli;

-- ministry of MLT
CREATE ROLE IF NOT EXISTS ministry_mlt;
GRANT SELECT ON published.own_countries TO ministry_mlt;
GRANT SELECT ON published.released TO ministry_mlt;
GRANT SELECT ON published.provisional TO ministry_mlt;
CREATE ROW POLICY OR REPLACE ministry_mlt ON published.own_countries USING 1 TO ministry_mlt;
CREATE ROW POLICY OR REPLACE ministry_mlt ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_mlt;
CREATE ROW POLICY OR REPLACE ministry_mlt ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_mlt;

-- ministry of MMR
CREATE ROLE IF NOT EXISTS ministry_mmr;
GRANT SELECT ON published.own_countries TO ministry_mmr;
GRANT SELECT ON published.released TO ministry_mmr;
GRANT SELECT ON published.provisional TO ministry_mmr;
CREATE ROW POLICY OR REPLACE ministry_mmr ON published.own_countries USING 1 TO ministry_mmr;
CREATE ROW POLICY OR REPLACE ministry_mmr ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_mmr;
CREATE ROW POLICY OR REPLACE ministry_mmr ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_mmr;

-- ministry of MNE
CREATE ROLE IF NOT EXISTS ministry_mne;
GRANT SELECT ON published.own_countries TO ministry_mne;
GRANT SELECT ON published.released TO ministry_mne;
GRANT SELECT ON published.provisional TO ministry_mne;
CREATE ROW POLICY OR REPLACE ministry_mne ON published.own_countries USING 1 TO ministry_mne;
CREATE ROW POLICY OR REPLACE ministry_mne ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_mne;
CREATE ROW POLICY OR REPLACE ministry_mne ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_mne;

-- ministry of MNG
CREATE ROLE IF NOT EXISTS ministry_mng;
GRANT SELECT ON published.own_countries TO ministry_mng;
GRANT SELECT ON published.released TO ministry_mng;
GRANT SELECT ON published.provisional TO ministry_mng;
CREATE ROW POLICY OR REPLACE ministry_mng ON published.own_countries USING 1 TO ministry_mng;
CREATE ROW POLICY OR REPLACE ministry_mng ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_mng;
CREATE ROW POLICY OR REPLACE ministry_mng ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_mng;

-- ministry of MNP
CREATE ROLE IF NOT EXISTS ministry_mnp;
GRANT SELECT ON published.own_countries TO ministry_mnp;
GRANT SELECT ON published.released TO ministry_mnp;
GRANT SELECT ON published.provisional TO ministry_mnp;
CREATE ROW POLICY OR REPLACE ministry_mnp ON published.own_countries USING 1 TO ministry_mnp;
CREATE ROW POLICY OR REPLACE ministry_mnp ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_mnp;
CREATE ROW POLICY OR REPLACE ministry_mnp ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_mnp;

-- ministry of MOZ
CREATE ROLE IF NOT EXISTS ministry_moz;
GRANT SELECT ON published.own_countries TO ministry_moz;
GRANT SELECT ON published.released TO ministry_moz;
GRANT SELECT ON published.provisional TO ministry_moz;
CREATE ROW POLICY OR REPLACE ministry_moz ON published.own_countries USING 1 TO ministry_moz;
CREATE ROW POLICY OR REPLACE ministry_moz ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_moz;
CREATE ROW POLICY OR REPLACE ministry_moz ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_moz;

-- ministry of MRT
CREATE ROLE IF NOT EXISTS ministry_mrt;
GRANT SELECT ON published.own_countries TO ministry_mrt;
GRANT SELECT ON published.released TO ministry_mrt;
GRANT SELECT ON published.provisional TO ministry_mrt;
CREATE ROW POLICY OR REPLACE ministry_mrt ON published.own_countries USING 1 TO ministry_mrt;
CREATE ROW POLICY OR REPLACE ministry_mrt ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_mrt;
CREATE ROW POLICY OR REPLACE ministry_mrt ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_mrt;

-- ministry of MSR
CREATE ROLE IF NOT EXISTS ministry_msr;
GRANT SELECT ON published.own_countries TO ministry_msr;
GRANT SELECT ON published.released TO ministry_msr;
GRANT SELECT ON published.provisional TO ministry_msr;
CREATE ROW POLICY OR REPLACE ministry_msr ON published.own_countries USING 1 TO ministry_msr;
CREATE ROW POLICY OR REPLACE ministry_msr ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_msr;
CREATE ROW POLICY OR REPLACE ministry_msr ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_msr;

-- ministry of MTQ
CREATE ROLE IF NOT EXISTS ministry_mtq;
GRANT SELECT ON published.own_countries TO ministry_mtq;
GRANT SELECT ON published.released TO ministry_mtq;
GRANT SELECT ON published.provisional TO ministry_mtq;
CREATE ROW POLICY OR REPLACE ministry_mtq ON published.own_countries USING 1 TO ministry_mtq;
CREATE ROW POLICY OR REPLACE ministry_mtq ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_mtq;
CREATE ROW POLICY OR REPLACE ministry_mtq ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_mtq;

-- ministry of MUS
CREATE ROLE IF NOT EXISTS ministry_mus;
GRANT SELECT ON published.own_countries TO ministry_mus;
GRANT SELECT ON published.released TO ministry_mus;
GRANT SELECT ON published.provisional TO ministry_mus;
CREATE ROW POLICY OR REPLACE ministry_mus ON published.own_countries USING 1 TO ministry_mus;
CREATE ROW POLICY OR REPLACE ministry_mus ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_mus;
CREATE ROW POLICY OR REPLACE ministry_mus ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_mus;

-- ministry of MWI
CREATE ROLE IF NOT EXISTS ministry_mwi;
GRANT SELECT ON published.own_countries TO ministry_mwi;
GRANT SELECT ON published.released TO ministry_mwi;
GRANT SELECT ON published.provisional TO ministry_mwi;
CREATE ROW POLICY OR REPLACE ministry_mwi ON published.own_countries USING 1 TO ministry_mwi;
CREATE ROW POLICY OR REPLACE ministry_mwi ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_mwi;
CREATE ROW POLICY OR REPLACE ministry_mwi ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_mwi;

-- ministry of MYS
CREATE ROLE IF NOT EXISTS ministry_mys;
GRANT SELECT ON published.own_countries TO ministry_mys;
GRANT SELECT ON published.released TO ministry_mys;
GRANT SELECT ON published.provisional TO ministry_mys;
CREATE ROW POLICY OR REPLACE ministry_mys ON published.own_countries USING 1 TO ministry_mys;
CREATE ROW POLICY OR REPLACE ministry_mys ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_mys;
CREATE ROW POLICY OR REPLACE ministry_mys ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_mys;

-- ministry of MYT
CREATE ROLE IF NOT EXISTS ministry_myt;
GRANT SELECT ON published.own_countries TO ministry_myt;
GRANT SELECT ON published.released TO ministry_myt;
GRANT SELECT ON published.provisional TO ministry_myt;
CREATE ROW POLICY OR REPLACE ministry_myt ON published.own_countries USING 1 TO ministry_myt;
CREATE ROW POLICY OR REPLACE ministry_myt ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_myt;
CREATE ROW POLICY OR REPLACE ministry_myt ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_myt;

-- ministry of NAM
CREATE ROLE IF NOT EXISTS ministry_nam;
GRANT SELECT ON published.own_countries TO ministry_nam;
GRANT SELECT ON published.released TO ministry_nam;
GRANT SELECT ON published.provisional TO ministry_nam;
CREATE ROW POLICY OR REPLACE ministry_nam ON published.own_countries USING 1 TO ministry_nam;
CREATE ROW POLICY OR REPLACE ministry_nam ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_nam;
CREATE ROW POLICY OR REPLACE ministry_nam ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_nam;

-- ministry of NCL
CREATE ROLE IF NOT EXISTS ministry_ncl;
GRANT SELECT ON published.own_countries TO ministry_ncl;
GRANT SELECT ON published.released TO ministry_ncl;
GRANT SELECT ON published.provisional TO ministry_ncl;
CREATE ROW POLICY OR REPLACE ministry_ncl ON published.own_countries USING 1 TO ministry_ncl;
CREATE ROW POLICY OR REPLACE ministry_ncl ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_ncl;
CREATE ROW POLICY OR REPLACE ministry_ncl ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_ncl;

-- ministry of NER
CREATE ROLE IF NOT EXISTS ministry_ner;
GRANT SELECT ON published.own_countries TO ministry_ner;
GRANT SELECT ON published.released TO ministry_ner;
GRANT SELECT ON published.provisional TO ministry_ner;
CREATE ROW POLICY OR REPLACE ministry_ner ON published.own_countries USING 1 TO ministry_ner;
CREATE ROW POLICY OR REPLACE ministry_ner ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_ner;
CREATE ROW POLICY OR REPLACE ministry_ner ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_ner;

-- ministry of NFK
CREATE ROLE IF NOT EXISTS ministry_nfk;
GRANT SELECT ON published.own_countries TO ministry_nfk;
GRANT SELECT ON published.released TO ministry_nfk;
GRANT SELECT ON published.provisional TO ministry_nfk;
CREATE ROW POLICY OR REPLACE ministry_nfk ON published.own_countries USING 1 TO ministry_nfk;
CREATE ROW POLICY OR REPLACE ministry_nfk ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_nfk;
CREATE ROW POLICY OR REPLACE ministry_nfk ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_nfk;

-- ministry of NGA
CREATE ROLE IF NOT EXISTS ministry_nga;
GRANT SELECT ON published.own_countries TO ministry_nga;
GRANT SELECT ON published.released TO ministry_nga;
GRANT SELECT ON published.provisional TO ministry_nga;
CREATE ROW POLICY OR REPLACE ministry_nga ON published.own_countries USING 1 TO ministry_nga;
CREATE ROW POLICY OR REPLACE ministry_nga ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_nga;
CREATE ROW POLICY OR REPLACE ministry_nga ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_nga;

-- ministry of NIC
CREATE ROLE IF NOT EXISTS ministry_nic;
GRANT SELECT ON published.own_countries TO ministry_nic;
GRANT SELECT ON published.released TO ministry_nic;
GRANT SELECT ON published.provisional TO ministry_nic;
CREATE ROW POLICY OR REPLACE ministry_nic ON published.own_countries USING 1 TO ministry_nic;
CREATE ROW POLICY OR REPLACE ministry_nic ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_nic;
CREATE ROW POLICY OR REPLACE ministry_nic ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_nic;

-- ministry of NIU
CREATE ROLE IF NOT EXISTS ministry_niu;
GRANT SELECT ON published.own_countries TO ministry_niu;
GRANT SELECT ON published.released TO ministry_niu;
GRANT SELECT ON published.provisional TO ministry_niu;
CREATE ROW POLICY OR REPLACE ministry_niu ON published.own_countries USING 1 TO ministry_niu;
CREATE ROW POLICY OR REPLACE ministry_niu ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_niu;
CREATE ROW POLICY OR REPLACE ministry_niu ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_niu;

-- ministry of NLD
CREATE ROLE IF NOT EXISTS ministry_nld;
GRANT SELECT ON published.own_countries TO ministry_nld;
GRANT SELECT ON published.released TO ministry_nld;
GRANT SELECT ON published.provisional TO ministry_nld;
CREATE ROW POLICY OR REPLACE ministry_nld ON published.own_countries USING 1 TO ministry_nld;
CREATE ROW POLICY OR REPLACE ministry_nld ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_nld;
CREATE ROW POLICY OR REPLACE ministry_nld ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_nld;

-- ministry of NOR
CREATE ROLE IF NOT EXISTS ministry_nor;
GRANT SELECT ON published.own_countries TO ministry_nor;
GRANT SELECT ON published.released TO ministry_nor;
GRANT SELECT ON published.provisional TO ministry_nor;
CREATE ROW POLICY OR REPLACE ministry_nor ON published.own_countries USING 1 TO ministry_nor;
CREATE ROW POLICY OR REPLACE ministry_nor ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_nor;
CREATE ROW POLICY OR REPLACE ministry_nor ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_nor;

-- ministry of NPL
CREATE ROLE IF NOT EXISTS ministry_npl;
GRANT SELECT ON published.own_countries TO ministry_npl;
GRANT SELECT ON published.released TO ministry_npl;
GRANT SELECT ON published.provisional TO ministry_npl;
CREATE ROW POLICY OR REPLACE ministry_npl ON published.own_countries USING 1 TO ministry_npl;
CREATE ROW POLICY OR REPLACE ministry_npl ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_npl;
CREATE ROW POLICY OR REPLACE ministry_npl ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_npl;

-- ministry of NRU
CREATE ROLE IF NOT EXISTS ministry_nru;
GRANT SELECT ON published.own_countries TO ministry_nru;
GRANT SELECT ON published.released TO ministry_nru;
GRANT SELECT ON published.provisional TO ministry_nru;
CREATE ROW POLICY OR REPLACE ministry_nru ON published.own_countries USING 1 TO ministry_nru;
CREATE ROW POLICY OR REPLACE ministry_nru ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_nru;
CREATE ROW POLICY OR REPLACE ministry_nru ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_nru;

-- ministry of NZL
CREATE ROLE IF NOT EXISTS ministry_nzl;
GRANT SELECT ON published.own_countries TO ministry_nzl;
GRANT SELECT ON published.released TO ministry_nzl;
GRANT SELECT ON published.provisional TO ministry_nzl;
CREATE ROW POLICY OR REPLACE ministry_nzl ON published.own_countries USING 1 TO ministry_nzl;
CREATE ROW POLICY OR REPLACE ministry_nzl ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_nzl;
CREATE ROW POLICY OR REPLACE ministry_nzl ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_nzl;

-- ministry of OMN
CREATE ROLE IF NOT EXISTS ministry_omn;
GRANT SELECT ON published.own_countries TO ministry_omn;
GRANT SELECT ON published.released TO ministry_omn;
GRANT SELECT ON published.provisional TO ministry_omn;
CREATE ROW POLICY OR REPLACE ministry_omn ON published.own_countries USING 1 TO ministry_omn;
CREATE ROW POLICY OR REPLACE ministry_omn ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_omn;
CREATE ROW POLICY OR REPLACE ministry_omn ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_omn;

-- ministry of PAK
CREATE ROLE IF NOT EXISTS ministry_pak;
GRANT SELECT ON published.own_countries TO ministry_pak;
GRANT SELECT ON published.released TO ministry_pak;
GRANT SELECT ON published.provisional TO ministry_pak;
CREATE ROW POLICY OR REPLACE ministry_pak ON published.own_countries USING 1 TO ministry_pak;
CREATE ROW POLICY OR REPLACE ministry_pak ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_pak;
CREATE ROW POLICY OR REPLACE ministry_pak ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_pak;

-- ministry of PAN
CREATE ROLE IF NOT EXISTS ministry_pan;
GRANT SELECT ON published.own_countries TO ministry_pan;
GRANT SELECT ON published.released TO ministry_pan;
GRANT SELECT ON published.provisional TO ministry_pan;
CREATE ROW POLICY OR REPLACE ministry_pan ON published.own_countries USING 1 TO ministry_pan;
CREATE ROW POLICY OR REPLACE ministry_pan ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_pan;
CREATE ROW POLICY OR REPLACE ministry_pan ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_pan;

-- ministry of PCN
CREATE ROLE IF NOT EXISTS ministry_pcn;
GRANT SELECT ON published.own_countries TO ministry_pcn;
GRANT SELECT ON published.released TO ministry_pcn;
GRANT SELECT ON published.provisional TO ministry_pcn;
CREATE ROW POLICY OR REPLACE ministry_pcn ON published.own_countries USING 1 TO ministry_pcn;
CREATE ROW POLICY OR REPLACE ministry_pcn ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_pcn;
CREATE ROW POLICY OR REPLACE ministry_pcn ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_pcn;

-- ministry of PER
CREATE ROLE IF NOT EXISTS ministry_per;
GRANT SELECT ON published.own_countries TO ministry_per;
GRANT SELECT ON published.released TO ministry_per;
GRANT SELECT ON published.provisional TO ministry_per;
CREATE ROW POLICY OR REPLACE ministry_per ON published.own_countries USING 1 TO ministry_per;
CREATE ROW POLICY OR REPLACE ministry_per ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_per;
CREATE ROW POLICY OR REPLACE ministry_per ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_per;

-- ministry of PHL
CREATE ROLE IF NOT EXISTS ministry_phl;
GRANT SELECT ON published.own_countries TO ministry_phl;
GRANT SELECT ON published.released TO ministry_phl;
GRANT SELECT ON published.provisional TO ministry_phl;
CREATE ROW POLICY OR REPLACE ministry_phl ON published.own_countries USING 1 TO ministry_phl;
CREATE ROW POLICY OR REPLACE ministry_phl ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_phl;
CREATE ROW POLICY OR REPLACE ministry_phl ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_phl;

-- ministry of PLW
CREATE ROLE IF NOT EXISTS ministry_plw;
GRANT SELECT ON published.own_countries TO ministry_plw;
GRANT SELECT ON published.released TO ministry_plw;
GRANT SELECT ON published.provisional TO ministry_plw;
CREATE ROW POLICY OR REPLACE ministry_plw ON published.own_countries USING 1 TO ministry_plw;
CREATE ROW POLICY OR REPLACE ministry_plw ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_plw;
CREATE ROW POLICY OR REPLACE ministry_plw ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_plw;

-- ministry of PNG
CREATE ROLE IF NOT EXISTS ministry_png;
GRANT SELECT ON published.own_countries TO ministry_png;
GRANT SELECT ON published.released TO ministry_png;
GRANT SELECT ON published.provisional TO ministry_png;
CREATE ROW POLICY OR REPLACE ministry_png ON published.own_countries USING 1 TO ministry_png;
CREATE ROW POLICY OR REPLACE ministry_png ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_png;
CREATE ROW POLICY OR REPLACE ministry_png ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_png;

-- ministry of POL
CREATE ROLE IF NOT EXISTS ministry_pol;
GRANT SELECT ON published.own_countries TO ministry_pol;
GRANT SELECT ON published.released TO ministry_pol;
GRANT SELECT ON published.provisional TO ministry_pol;
CREATE ROW POLICY OR REPLACE ministry_pol ON published.own_countries USING 1 TO ministry_pol;
CREATE ROW POLICY OR REPLACE ministry_pol ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_pol;
CREATE ROW POLICY OR REPLACE ministry_pol ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_pol;

-- ministry of PRI
CREATE ROLE IF NOT EXISTS ministry_pri;
GRANT SELECT ON published.own_countries TO ministry_pri;
GRANT SELECT ON published.released TO ministry_pri;
GRANT SELECT ON published.provisional TO ministry_pri;
CREATE ROW POLICY OR REPLACE ministry_pri ON published.own_countries USING 1 TO ministry_pri;
CREATE ROW POLICY OR REPLACE ministry_pri ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_pri;
CREATE ROW POLICY OR REPLACE ministry_pri ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_pri;

-- ministry of PRK
CREATE ROLE IF NOT EXISTS ministry_prk;
GRANT SELECT ON published.own_countries TO ministry_prk;
GRANT SELECT ON published.released TO ministry_prk;
GRANT SELECT ON published.provisional TO ministry_prk;
CREATE ROW POLICY OR REPLACE ministry_prk ON published.own_countries USING 1 TO ministry_prk;
CREATE ROW POLICY OR REPLACE ministry_prk ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_prk;
CREATE ROW POLICY OR REPLACE ministry_prk ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_prk;

-- ministry of PRT
CREATE ROLE IF NOT EXISTS ministry_prt;
GRANT SELECT ON published.own_countries TO ministry_prt;
GRANT SELECT ON published.released TO ministry_prt;
GRANT SELECT ON published.provisional TO ministry_prt;
CREATE ROW POLICY OR REPLACE ministry_prt ON published.own_countries USING 1 TO ministry_prt;
CREATE ROW POLICY OR REPLACE ministry_prt ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_prt;
CREATE ROW POLICY OR REPLACE ministry_prt ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_prt;

-- ministry of PRY
CREATE ROLE IF NOT EXISTS ministry_pry;
GRANT SELECT ON published.own_countries TO ministry_pry;
GRANT SELECT ON published.released TO ministry_pry;
GRANT SELECT ON published.provisional TO ministry_pry;
CREATE ROW POLICY OR REPLACE ministry_pry ON published.own_countries USING 1 TO ministry_pry;
CREATE ROW POLICY OR REPLACE ministry_pry ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_pry;
CREATE ROW POLICY OR REPLACE ministry_pry ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_pry;

-- ministry of PSE
CREATE ROLE IF NOT EXISTS ministry_pse;
GRANT SELECT ON published.own_countries TO ministry_pse;
GRANT SELECT ON published.released TO ministry_pse;
GRANT SELECT ON published.provisional TO ministry_pse;
CREATE ROW POLICY OR REPLACE ministry_pse ON published.own_countries USING 1 TO ministry_pse;
CREATE ROW POLICY OR REPLACE ministry_pse ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_pse;
CREATE ROW POLICY OR REPLACE ministry_pse ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_pse;

-- ministry of PYF
CREATE ROLE IF NOT EXISTS ministry_pyf;
GRANT SELECT ON published.own_countries TO ministry_pyf;
GRANT SELECT ON published.released TO ministry_pyf;
GRANT SELECT ON published.provisional TO ministry_pyf;
CREATE ROW POLICY OR REPLACE ministry_pyf ON published.own_countries USING 1 TO ministry_pyf;
CREATE ROW POLICY OR REPLACE ministry_pyf ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_pyf;
CREATE ROW POLICY OR REPLACE ministry_pyf ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_pyf;

-- ministry of QAT
CREATE ROLE IF NOT EXISTS ministry_qat;
GRANT SELECT ON published.own_countries TO ministry_qat;
GRANT SELECT ON published.released TO ministry_qat;
GRANT SELECT ON published.provisional TO ministry_qat;
CREATE ROW POLICY OR REPLACE ministry_qat ON published.own_countries USING 1 TO ministry_qat;
CREATE ROW POLICY OR REPLACE ministry_qat ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_qat;
CREATE ROW POLICY OR REPLACE ministry_qat ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_qat;

-- ministry of REU
CREATE ROLE IF NOT EXISTS ministry_reu;
GRANT SELECT ON published.own_countries TO ministry_reu;
GRANT SELECT ON published.released TO ministry_reu;
GRANT SELECT ON published.provisional TO ministry_reu;
CREATE ROW POLICY OR REPLACE ministry_reu ON published.own_countries USING 1 TO ministry_reu;
CREATE ROW POLICY OR REPLACE ministry_reu ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_reu;
CREATE ROW POLICY OR REPLACE ministry_reu ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_reu;

-- ministry of ROU
CREATE ROLE IF NOT EXISTS ministry_rou;
GRANT SELECT ON published.own_countries TO ministry_rou;
GRANT SELECT ON published.released TO ministry_rou;
GRANT SELECT ON published.provisional TO ministry_rou;
CREATE ROW POLICY OR REPLACE ministry_rou ON published.own_countries USING 1 TO ministry_rou;
CREATE ROW POLICY OR REPLACE ministry_rou ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_rou;
CREATE ROW POLICY OR REPLACE ministry_rou ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_rou;

-- ministry of RUS
CREATE ROLE IF NOT EXISTS ministry_rus;
GRANT SELECT ON published.own_countries TO ministry_rus;
GRANT SELECT ON published.released TO ministry_rus;
GRANT SELECT ON published.provisional TO ministry_rus;
CREATE ROW POLICY OR REPLACE ministry_rus ON published.own_countries USING 1 TO ministry_rus;
CREATE ROW POLICY OR REPLACE ministry_rus ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_rus;
CREATE ROW POLICY OR REPLACE ministry_rus ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_rus;

-- ministry of RWA
CREATE ROLE IF NOT EXISTS ministry_rwa;
GRANT SELECT ON published.own_countries TO ministry_rwa;
GRANT SELECT ON published.released TO ministry_rwa;
GRANT SELECT ON published.provisional TO ministry_rwa;
CREATE ROW POLICY OR REPLACE ministry_rwa ON published.own_countries USING 1 TO ministry_rwa;
CREATE ROW POLICY OR REPLACE ministry_rwa ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_rwa;
CREATE ROW POLICY OR REPLACE ministry_rwa ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_rwa;

-- ministry of SAU
CREATE ROLE IF NOT EXISTS ministry_sau;
GRANT SELECT ON published.own_countries TO ministry_sau;
GRANT SELECT ON published.released TO ministry_sau;
GRANT SELECT ON published.provisional TO ministry_sau;
CREATE ROW POLICY OR REPLACE ministry_sau ON published.own_countries USING 1 TO ministry_sau;
CREATE ROW POLICY OR REPLACE ministry_sau ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_sau;
CREATE ROW POLICY OR REPLACE ministry_sau ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_sau;

-- ministry of SDN
CREATE ROLE IF NOT EXISTS ministry_sdn;
GRANT SELECT ON published.own_countries TO ministry_sdn;
GRANT SELECT ON published.released TO ministry_sdn;
GRANT SELECT ON published.provisional TO ministry_sdn;
CREATE ROW POLICY OR REPLACE ministry_sdn ON published.own_countries USING 1 TO ministry_sdn;
CREATE ROW POLICY OR REPLACE ministry_sdn ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_sdn;
CREATE ROW POLICY OR REPLACE ministry_sdn ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_sdn;

-- ministry of SEN
CREATE ROLE IF NOT EXISTS ministry_sen;
GRANT SELECT ON published.own_countries TO ministry_sen;
GRANT SELECT ON published.released TO ministry_sen;
GRANT SELECT ON published.provisional TO ministry_sen;
CREATE ROW POLICY OR REPLACE ministry_sen ON published.own_countries USING 1 TO ministry_sen;
CREATE ROW POLICY OR REPLACE ministry_sen ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_sen;
CREATE ROW POLICY OR REPLACE ministry_sen ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_sen;

-- ministry of SGP
CREATE ROLE IF NOT EXISTS ministry_sgp;
GRANT SELECT ON published.own_countries TO ministry_sgp;
GRANT SELECT ON published.released TO ministry_sgp;
GRANT SELECT ON published.provisional TO ministry_sgp;
CREATE ROW POLICY OR REPLACE ministry_sgp ON published.own_countries USING 1 TO ministry_sgp;
CREATE ROW POLICY OR REPLACE ministry_sgp ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_sgp;
CREATE ROW POLICY OR REPLACE ministry_sgp ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_sgp;

-- ministry of SGS
CREATE ROLE IF NOT EXISTS ministry_sgs;
GRANT SELECT ON published.own_countries TO ministry_sgs;
GRANT SELECT ON published.released TO ministry_sgs;
GRANT SELECT ON published.provisional TO ministry_sgs;
CREATE ROW POLICY OR REPLACE ministry_sgs ON published.own_countries USING 1 TO ministry_sgs;
CREATE ROW POLICY OR REPLACE ministry_sgs ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_sgs;
CREATE ROW POLICY OR REPLACE ministry_sgs ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_sgs;

-- ministry of SHN
CREATE ROLE IF NOT EXISTS ministry_shn;
GRANT SELECT ON published.own_countries TO ministry_shn;
GRANT SELECT ON published.released TO ministry_shn;
GRANT SELECT ON published.provisional TO ministry_shn;
CREATE ROW POLICY OR REPLACE ministry_shn ON published.own_countries USING 1 TO ministry_shn;
CREATE ROW POLICY OR REPLACE ministry_shn ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_shn;
CREATE ROW POLICY OR REPLACE ministry_shn ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_shn;

-- ministry of SJM
CREATE ROLE IF NOT EXISTS ministry_sjm;
GRANT SELECT ON published.own_countries TO ministry_sjm;
GRANT SELECT ON published.released TO ministry_sjm;
GRANT SELECT ON published.provisional TO ministry_sjm;
CREATE ROW POLICY OR REPLACE ministry_sjm ON published.own_countries USING 1 TO ministry_sjm;
CREATE ROW POLICY OR REPLACE ministry_sjm ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_sjm;
CREATE ROW POLICY OR REPLACE ministry_sjm ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_sjm;

-- ministry of SLB
CREATE ROLE IF NOT EXISTS ministry_slb;
GRANT SELECT ON published.own_countries TO ministry_slb;
GRANT SELECT ON published.released TO ministry_slb;
GRANT SELECT ON published.provisional TO ministry_slb;
CREATE ROW POLICY OR REPLACE ministry_slb ON published.own_countries USING 1 TO ministry_slb;
CREATE ROW POLICY OR REPLACE ministry_slb ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_slb;
CREATE ROW POLICY OR REPLACE ministry_slb ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_slb;

-- ministry of SLE
CREATE ROLE IF NOT EXISTS ministry_sle;
GRANT SELECT ON published.own_countries TO ministry_sle;
GRANT SELECT ON published.released TO ministry_sle;
GRANT SELECT ON published.provisional TO ministry_sle;
CREATE ROW POLICY OR REPLACE ministry_sle ON published.own_countries USING 1 TO ministry_sle;
CREATE ROW POLICY OR REPLACE ministry_sle ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_sle;
CREATE ROW POLICY OR REPLACE ministry_sle ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_sle;

-- ministry of SLV
CREATE ROLE IF NOT EXISTS ministry_slv;
GRANT SELECT ON published.own_countries TO ministry_slv;
GRANT SELECT ON published.released TO ministry_slv;
GRANT SELECT ON published.provisional TO ministry_slv;
CREATE ROW POLICY OR REPLACE ministry_slv ON published.own_countries USING 1 TO ministry_slv;
CREATE ROW POLICY OR REPLACE ministry_slv ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_slv;
CREATE ROW POLICY OR REPLACE ministry_slv ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_slv;

-- ministry of SMR
CREATE ROLE IF NOT EXISTS ministry_smr;
GRANT SELECT ON published.own_countries TO ministry_smr;
GRANT SELECT ON published.released TO ministry_smr;
GRANT SELECT ON published.provisional TO ministry_smr;
CREATE ROW POLICY OR REPLACE ministry_smr ON published.own_countries USING 1 TO ministry_smr;
CREATE ROW POLICY OR REPLACE ministry_smr ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_smr;
CREATE ROW POLICY OR REPLACE ministry_smr ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_smr;

-- ministry of SOM
CREATE ROLE IF NOT EXISTS ministry_som;
GRANT SELECT ON published.own_countries TO ministry_som;
GRANT SELECT ON published.released TO ministry_som;
GRANT SELECT ON published.provisional TO ministry_som;
CREATE ROW POLICY OR REPLACE ministry_som ON published.own_countries USING 1 TO ministry_som;
CREATE ROW POLICY OR REPLACE ministry_som ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_som;
CREATE ROW POLICY OR REPLACE ministry_som ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_som;

-- ministry of SPM
CREATE ROLE IF NOT EXISTS ministry_spm;
GRANT SELECT ON published.own_countries TO ministry_spm;
GRANT SELECT ON published.released TO ministry_spm;
GRANT SELECT ON published.provisional TO ministry_spm;
CREATE ROW POLICY OR REPLACE ministry_spm ON published.own_countries USING 1 TO ministry_spm;
CREATE ROW POLICY OR REPLACE ministry_spm ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_spm;
CREATE ROW POLICY OR REPLACE ministry_spm ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_spm;

-- ministry of SRB
CREATE ROLE IF NOT EXISTS ministry_srb;
GRANT SELECT ON published.own_countries TO ministry_srb;
GRANT SELECT ON published.released TO ministry_srb;
GRANT SELECT ON published.provisional TO ministry_srb;
CREATE ROW POLICY OR REPLACE ministry_srb ON published.own_countries USING 1 TO ministry_srb;
CREATE ROW POLICY OR REPLACE ministry_srb ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_srb;
CREATE ROW POLICY OR REPLACE ministry_srb ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_srb;

-- ministry of SSD
CREATE ROLE IF NOT EXISTS ministry_ssd;
GRANT SELECT ON published.own_countries TO ministry_ssd;
GRANT SELECT ON published.released TO ministry_ssd;
GRANT SELECT ON published.provisional TO ministry_ssd;
CREATE ROW POLICY OR REPLACE ministry_ssd ON published.own_countries USING 1 TO ministry_ssd;
CREATE ROW POLICY OR REPLACE ministry_ssd ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_ssd;
CREATE ROW POLICY OR REPLACE ministry_ssd ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_ssd;

-- ministry of STP
CREATE ROLE IF NOT EXISTS ministry_stp;
GRANT SELECT ON published.own_countries TO ministry_stp;
GRANT SELECT ON published.released TO ministry_stp;
GRANT SELECT ON published.provisional TO ministry_stp;
CREATE ROW POLICY OR REPLACE ministry_stp ON published.own_countries USING 1 TO ministry_stp;
CREATE ROW POLICY OR REPLACE ministry_stp ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_stp;
CREATE ROW POLICY OR REPLACE ministry_stp ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_stp;

-- ministry of SUR
CREATE ROLE IF NOT EXISTS ministry_sur;
GRANT SELECT ON published.own_countries TO ministry_sur;
GRANT SELECT ON published.released TO ministry_sur;
GRANT SELECT ON published.provisional TO ministry_sur;
CREATE ROW POLICY OR REPLACE ministry_sur ON published.own_countries USING 1 TO ministry_sur;
CREATE ROW POLICY OR REPLACE ministry_sur ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_sur;
CREATE ROW POLICY OR REPLACE ministry_sur ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_sur;

-- ministry of SVK
CREATE ROLE IF NOT EXISTS ministry_svk;
GRANT SELECT ON published.own_countries TO ministry_svk;
GRANT SELECT ON published.released TO ministry_svk;
GRANT SELECT ON published.provisional TO ministry_svk;
CREATE ROW POLICY OR REPLACE ministry_svk ON published.own_countries USING 1 TO ministry_svk;
CREATE ROW POLICY OR REPLACE ministry_svk ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_svk;
CREATE ROW POLICY OR REPLACE ministry_svk ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_svk;

-- ministry of SVN
CREATE ROLE IF NOT EXISTS ministry_svn;
GRANT SELECT ON published.own_countries TO ministry_svn;
GRANT SELECT ON published.released TO ministry_svn;
GRANT SELECT ON published.provisional TO ministry_svn;
CREATE ROW POLICY OR REPLACE ministry_svn ON published.own_countries USING 1 TO ministry_svn;
CREATE ROW POLICY OR REPLACE ministry_svn ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_svn;
CREATE ROW POLICY OR REPLACE ministry_svn ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_svn;

-- ministry of SWE
CREATE ROLE IF NOT EXISTS ministry_swe;
GRANT SELECT ON published.own_countries TO ministry_swe;
GRANT SELECT ON published.released TO ministry_swe;
GRANT SELECT ON published.provisional TO ministry_swe;
CREATE ROW POLICY OR REPLACE ministry_swe ON published.own_countries USING 1 TO ministry_swe;
CREATE ROW POLICY OR REPLACE ministry_swe ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_swe;
CREATE ROW POLICY OR REPLACE ministry_swe ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_swe;

-- ministry of SWZ
CREATE ROLE IF NOT EXISTS ministry_swz;
GRANT SELECT ON published.own_countries TO ministry_swz;
GRANT SELECT ON published.released TO ministry_swz;
GRANT SELECT ON published.provisional TO ministry_swz;
CREATE ROW POLICY OR REPLACE ministry_swz ON published.own_countries USING 1 TO ministry_swz;
CREATE ROW POLICY OR REPLACE ministry_swz ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_swz;
CREATE ROW POLICY OR REPLACE ministry_swz ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_swz;

-- ministry of SXM
CREATE ROLE IF NOT EXISTS ministry_sxm;
GRANT SELECT ON published.own_countries TO ministry_sxm;
GRANT SELECT ON published.released TO ministry_sxm;
GRANT SELECT ON published.provisional TO ministry_sxm;
CREATE ROW POLICY OR REPLACE ministry_sxm ON published.own_countries USING 1 TO ministry_sxm;
CREATE ROW POLICY OR REPLACE ministry_sxm ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_sxm;
CREATE ROW POLICY OR REPLACE ministry_sxm ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_sxm;

-- ministry of SYC
CREATE ROLE IF NOT EXISTS ministry_syc;
GRANT SELECT ON published.own_countries TO ministry_syc;
GRANT SELECT ON published.released TO ministry_syc;
GRANT SELECT ON published.provisional TO ministry_syc;
CREATE ROW POLICY OR REPLACE ministry_syc ON published.own_countries USING 1 TO ministry_syc;
CREATE ROW POLICY OR REPLACE ministry_syc ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_syc;
CREATE ROW POLICY OR REPLACE ministry_syc ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_syc;

-- ministry of SYR
CREATE ROLE IF NOT EXISTS ministry_syr;
GRANT SELECT ON published.own_countries TO ministry_syr;
GRANT SELECT ON published.released TO ministry_syr;
GRANT SELECT ON published.provisional TO ministry_syr;
CREATE ROW POLICY OR REPLACE ministry_syr ON published.own_countries USING 1 TO ministry_syr;
CREATE ROW POLICY OR REPLACE ministry_syr ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_syr;
CREATE ROW POLICY OR REPLACE ministry_syr ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_syr;

-- ministry of TCA
CREATE ROLE IF NOT EXISTS ministry_tca;
GRANT SELECT ON published.own_countries TO ministry_tca;
GRANT SELECT ON published.released TO ministry_tca;
GRANT SELECT ON published.provisional TO ministry_tca;
CREATE ROW POLICY OR REPLACE ministry_tca ON published.own_countries USING 1 TO ministry_tca;
CREATE ROW POLICY OR REPLACE ministry_tca ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_tca;
CREATE ROW POLICY OR REPLACE ministry_tca ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_tca;

-- ministry of TCD
CREATE ROLE IF NOT EXISTS ministry_tcd;
GRANT SELECT ON published.own_countries TO ministry_tcd;
GRANT SELECT ON published.released TO ministry_tcd;
GRANT SELECT ON published.provisional TO ministry_tcd;
CREATE ROW POLICY OR REPLACE ministry_tcd ON published.own_countries USING 1 TO ministry_tcd;
CREATE ROW POLICY OR REPLACE ministry_tcd ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_tcd;
CREATE ROW POLICY OR REPLACE ministry_tcd ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_tcd;

-- ministry of TGO
CREATE ROLE IF NOT EXISTS ministry_tgo;
GRANT SELECT ON published.own_countries TO ministry_tgo;
GRANT SELECT ON published.released TO ministry_tgo;
GRANT SELECT ON published.provisional TO ministry_tgo;
CREATE ROW POLICY OR REPLACE ministry_tgo ON published.own_countries USING 1 TO ministry_tgo;
CREATE ROW POLICY OR REPLACE ministry_tgo ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_tgo;
CREATE ROW POLICY OR REPLACE ministry_tgo ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_tgo;

-- ministry of THA
CREATE ROLE IF NOT EXISTS ministry_tha;
GRANT SELECT ON published.own_countries TO ministry_tha;
GRANT SELECT ON published.released TO ministry_tha;
GRANT SELECT ON published.provisional TO ministry_tha;
CREATE ROW POLICY OR REPLACE ministry_tha ON published.own_countries USING 1 TO ministry_tha;
CREATE ROW POLICY OR REPLACE ministry_tha ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_tha;
CREATE ROW POLICY OR REPLACE ministry_tha ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_tha;

-- ministry of TJK
CREATE ROLE IF NOT EXISTS ministry_tjk;
GRANT SELECT ON published.own_countries TO ministry_tjk;
GRANT SELECT ON published.released TO ministry_tjk;
GRANT SELECT ON published.provisional TO ministry_tjk;
CREATE ROW POLICY OR REPLACE ministry_tjk ON published.own_countries USING 1 TO ministry_tjk;
CREATE ROW POLICY OR REPLACE ministry_tjk ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_tjk;
CREATE ROW POLICY OR REPLACE ministry_tjk ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_tjk;

-- ministry of TKL
CREATE ROLE IF NOT EXISTS ministry_tkl;
GRANT SELECT ON published.own_countries TO ministry_tkl;
GRANT SELECT ON published.released TO ministry_tkl;
GRANT SELECT ON published.provisional TO ministry_tkl;
CREATE ROW POLICY OR REPLACE ministry_tkl ON published.own_countries USING 1 TO ministry_tkl;
CREATE ROW POLICY OR REPLACE ministry_tkl ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_tkl;
CREATE ROW POLICY OR REPLACE ministry_tkl ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_tkl;

-- ministry of TKM
CREATE ROLE IF NOT EXISTS ministry_tkm;
GRANT SELECT ON published.own_countries TO ministry_tkm;
GRANT SELECT ON published.released TO ministry_tkm;
GRANT SELECT ON published.provisional TO ministry_tkm;
CREATE ROW POLICY OR REPLACE ministry_tkm ON published.own_countries USING 1 TO ministry_tkm;
CREATE ROW POLICY OR REPLACE ministry_tkm ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_tkm;
CREATE ROW POLICY OR REPLACE ministry_tkm ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_tkm;

-- ministry of TLS
CREATE ROLE IF NOT EXISTS ministry_tls;
GRANT SELECT ON published.own_countries TO ministry_tls;
GRANT SELECT ON published.released TO ministry_tls;
GRANT SELECT ON published.provisional TO ministry_tls;
CREATE ROW POLICY OR REPLACE ministry_tls ON published.own_countries USING 1 TO ministry_tls;
CREATE ROW POLICY OR REPLACE ministry_tls ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_tls;
CREATE ROW POLICY OR REPLACE ministry_tls ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_tls;

-- ministry of TON
CREATE ROLE IF NOT EXISTS ministry_ton;
GRANT SELECT ON published.own_countries TO ministry_ton;
GRANT SELECT ON published.released TO ministry_ton;
GRANT SELECT ON published.provisional TO ministry_ton;
CREATE ROW POLICY OR REPLACE ministry_ton ON published.own_countries USING 1 TO ministry_ton;
CREATE ROW POLICY OR REPLACE ministry_ton ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_ton;
CREATE ROW POLICY OR REPLACE ministry_ton ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_ton;

-- ministry of TTO
CREATE ROLE IF NOT EXISTS ministry_tto;
GRANT SELECT ON published.own_countries TO ministry_tto;
GRANT SELECT ON published.released TO ministry_tto;
GRANT SELECT ON published.provisional TO ministry_tto;
CREATE ROW POLICY OR REPLACE ministry_tto ON published.own_countries USING 1 TO ministry_tto;
CREATE ROW POLICY OR REPLACE ministry_tto ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_tto;
CREATE ROW POLICY OR REPLACE ministry_tto ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_tto;

-- ministry of TUN
CREATE ROLE IF NOT EXISTS ministry_tun;
GRANT SELECT ON published.own_countries TO ministry_tun;
GRANT SELECT ON published.released TO ministry_tun;
GRANT SELECT ON published.provisional TO ministry_tun;
CREATE ROW POLICY OR REPLACE ministry_tun ON published.own_countries USING 1 TO ministry_tun;
CREATE ROW POLICY OR REPLACE ministry_tun ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_tun;
CREATE ROW POLICY OR REPLACE ministry_tun ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_tun;

-- ministry of TUR
CREATE ROLE IF NOT EXISTS ministry_tur;
GRANT SELECT ON published.own_countries TO ministry_tur;
GRANT SELECT ON published.released TO ministry_tur;
GRANT SELECT ON published.provisional TO ministry_tur;
CREATE ROW POLICY OR REPLACE ministry_tur ON published.own_countries USING 1 TO ministry_tur;
CREATE ROW POLICY OR REPLACE ministry_tur ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_tur;
CREATE ROW POLICY OR REPLACE ministry_tur ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_tur;

-- ministry of TUV
CREATE ROLE IF NOT EXISTS ministry_tuv;
GRANT SELECT ON published.own_countries TO ministry_tuv;
GRANT SELECT ON published.released TO ministry_tuv;
GRANT SELECT ON published.provisional TO ministry_tuv;
CREATE ROW POLICY OR REPLACE ministry_tuv ON published.own_countries USING 1 TO ministry_tuv;
CREATE ROW POLICY OR REPLACE ministry_tuv ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_tuv;
CREATE ROW POLICY OR REPLACE ministry_tuv ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_tuv;

-- ministry of TWN
CREATE ROLE IF NOT EXISTS ministry_twn;
GRANT SELECT ON published.own_countries TO ministry_twn;
GRANT SELECT ON published.released TO ministry_twn;
GRANT SELECT ON published.provisional TO ministry_twn;
CREATE ROW POLICY OR REPLACE ministry_twn ON published.own_countries USING 1 TO ministry_twn;
CREATE ROW POLICY OR REPLACE ministry_twn ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_twn;
CREATE ROW POLICY OR REPLACE ministry_twn ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_twn;

-- ministry of TZA
CREATE ROLE IF NOT EXISTS ministry_tza;
GRANT SELECT ON published.own_countries TO ministry_tza;
GRANT SELECT ON published.released TO ministry_tza;
GRANT SELECT ON published.provisional TO ministry_tza;
CREATE ROW POLICY OR REPLACE ministry_tza ON published.own_countries USING 1 TO ministry_tza;
CREATE ROW POLICY OR REPLACE ministry_tza ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_tza;
CREATE ROW POLICY OR REPLACE ministry_tza ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_tza;

-- ministry of UGA
CREATE ROLE IF NOT EXISTS ministry_uga;
GRANT SELECT ON published.own_countries TO ministry_uga;
GRANT SELECT ON published.released TO ministry_uga;
GRANT SELECT ON published.provisional TO ministry_uga;
CREATE ROW POLICY OR REPLACE ministry_uga ON published.own_countries USING 1 TO ministry_uga;
CREATE ROW POLICY OR REPLACE ministry_uga ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_uga;
CREATE ROW POLICY OR REPLACE ministry_uga ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_uga;

-- ministry of UKR
CREATE ROLE IF NOT EXISTS ministry_ukr;
GRANT SELECT ON published.own_countries TO ministry_ukr;
GRANT SELECT ON published.released TO ministry_ukr;
GRANT SELECT ON published.provisional TO ministry_ukr;
CREATE ROW POLICY OR REPLACE ministry_ukr ON published.own_countries USING 1 TO ministry_ukr;
CREATE ROW POLICY OR REPLACE ministry_ukr ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_ukr;
CREATE ROW POLICY OR REPLACE ministry_ukr ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_ukr;

-- ministry of UMI
CREATE ROLE IF NOT EXISTS ministry_umi;
GRANT SELECT ON published.own_countries TO ministry_umi;
GRANT SELECT ON published.released TO ministry_umi;
GRANT SELECT ON published.provisional TO ministry_umi;
CREATE ROW POLICY OR REPLACE ministry_umi ON published.own_countries USING 1 TO ministry_umi;
CREATE ROW POLICY OR REPLACE ministry_umi ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_umi;
CREATE ROW POLICY OR REPLACE ministry_umi ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_umi;

-- ministry of URY
CREATE ROLE IF NOT EXISTS ministry_ury;
GRANT SELECT ON published.own_countries TO ministry_ury;
GRANT SELECT ON published.released TO ministry_ury;
GRANT SELECT ON published.provisional TO ministry_ury;
CREATE ROW POLICY OR REPLACE ministry_ury ON published.own_countries USING 1 TO ministry_ury;
CREATE ROW POLICY OR REPLACE ministry_ury ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_ury;
CREATE ROW POLICY OR REPLACE ministry_ury ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_ury;

-- ministry of USA
CREATE ROLE IF NOT EXISTS ministry_usa;
GRANT SELECT ON published.own_countries TO ministry_usa;
GRANT SELECT ON published.released TO ministry_usa;
GRANT SELECT ON published.provisional TO ministry_usa;
CREATE ROW POLICY OR REPLACE ministry_usa ON published.own_countries USING 1 TO ministry_usa;
CREATE ROW POLICY OR REPLACE ministry_usa ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_usa;
CREATE ROW POLICY OR REPLACE ministry_usa ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_usa;

-- ministry of UZB
CREATE ROLE IF NOT EXISTS ministry_uzb;
GRANT SELECT ON published.own_countries TO ministry_uzb;
GRANT SELECT ON published.released TO ministry_uzb;
GRANT SELECT ON published.provisional TO ministry_uzb;
CREATE ROW POLICY OR REPLACE ministry_uzb ON published.own_countries USING 1 TO ministry_uzb;
CREATE ROW POLICY OR REPLACE ministry_uzb ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_uzb;
CREATE ROW POLICY OR REPLACE ministry_uzb ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_uzb;

-- ministry of VAT
CREATE ROLE IF NOT EXISTS ministry_vat;
GRANT SELECT ON published.own_countries TO ministry_vat;
GRANT SELECT ON published.released TO ministry_vat;
GRANT SELECT ON published.provisional TO ministry_vat;
CREATE ROW POLICY OR REPLACE ministry_vat ON published.own_countries USING 1 TO ministry_vat;
CREATE ROW POLICY OR REPLACE ministry_vat ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_vat;
CREATE ROW POLICY OR REPLACE ministry_vat ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_vat;

-- ministry of VCT
CREATE ROLE IF NOT EXISTS ministry_vct;
GRANT SELECT ON published.own_countries TO ministry_vct;
GRANT SELECT ON published.released TO ministry_vct;
GRANT SELECT ON published.provisional TO ministry_vct;
CREATE ROW POLICY OR REPLACE ministry_vct ON published.own_countries USING 1 TO ministry_vct;
CREATE ROW POLICY OR REPLACE ministry_vct ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_vct;
CREATE ROW POLICY OR REPLACE ministry_vct ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_vct;

-- ministry of VEN
CREATE ROLE IF NOT EXISTS ministry_ven;
GRANT SELECT ON published.own_countries TO ministry_ven;
GRANT SELECT ON published.released TO ministry_ven;
GRANT SELECT ON published.provisional TO ministry_ven;
CREATE ROW POLICY OR REPLACE ministry_ven ON published.own_countries USING 1 TO ministry_ven;
CREATE ROW POLICY OR REPLACE ministry_ven ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_ven;
CREATE ROW POLICY OR REPLACE ministry_ven ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_ven;

-- ministry of VGB
CREATE ROLE IF NOT EXISTS ministry_vgb;
GRANT SELECT ON published.own_countries TO ministry_vgb;
GRANT SELECT ON published.released TO ministry_vgb;
GRANT SELECT ON published.provisional TO ministry_vgb;
CREATE ROW POLICY OR REPLACE ministry_vgb ON published.own_countries USING 1 TO ministry_vgb;
CREATE ROW POLICY OR REPLACE ministry_vgb ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_vgb;
CREATE ROW POLICY OR REPLACE ministry_vgb ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_vgb;

-- ministry of VIR
CREATE ROLE IF NOT EXISTS ministry_vir;
GRANT SELECT ON published.own_countries TO ministry_vir;
GRANT SELECT ON published.released TO ministry_vir;
GRANT SELECT ON published.provisional TO ministry_vir;
CREATE ROW POLICY OR REPLACE ministry_vir ON published.own_countries USING 1 TO ministry_vir;
CREATE ROW POLICY OR REPLACE ministry_vir ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_vir;
CREATE ROW POLICY OR REPLACE ministry_vir ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_vir;

-- ministry of VNM
CREATE ROLE IF NOT EXISTS ministry_vnm;
GRANT SELECT ON published.own_countries TO ministry_vnm;
GRANT SELECT ON published.released TO ministry_vnm;
GRANT SELECT ON published.provisional TO ministry_vnm;
CREATE ROW POLICY OR REPLACE ministry_vnm ON published.own_countries USING 1 TO ministry_vnm;
CREATE ROW POLICY OR REPLACE ministry_vnm ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_vnm;
CREATE ROW POLICY OR REPLACE ministry_vnm ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_vnm;

-- ministry of VUT
CREATE ROLE IF NOT EXISTS ministry_vut;
GRANT SELECT ON published.own_countries TO ministry_vut;
GRANT SELECT ON published.released TO ministry_vut;
GRANT SELECT ON published.provisional TO ministry_vut;
CREATE ROW POLICY OR REPLACE ministry_vut ON published.own_countries USING 1 TO ministry_vut;
CREATE ROW POLICY OR REPLACE ministry_vut ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_vut;
CREATE ROW POLICY OR REPLACE ministry_vut ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_vut;

-- ministry of WLF
CREATE ROLE IF NOT EXISTS ministry_wlf;
GRANT SELECT ON published.own_countries TO ministry_wlf;
GRANT SELECT ON published.released TO ministry_wlf;
GRANT SELECT ON published.provisional TO ministry_wlf;
CREATE ROW POLICY OR REPLACE ministry_wlf ON published.own_countries USING 1 TO ministry_wlf;
CREATE ROW POLICY OR REPLACE ministry_wlf ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_wlf;
CREATE ROW POLICY OR REPLACE ministry_wlf ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_wlf;

-- ministry of WSM
CREATE ROLE IF NOT EXISTS ministry_wsm;
GRANT SELECT ON published.own_countries TO ministry_wsm;
GRANT SELECT ON published.released TO ministry_wsm;
GRANT SELECT ON published.provisional TO ministry_wsm;
CREATE ROW POLICY OR REPLACE ministry_wsm ON published.own_countries USING 1 TO ministry_wsm;
CREATE ROW POLICY OR REPLACE ministry_wsm ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_wsm;
CREATE ROW POLICY OR REPLACE ministry_wsm ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_wsm;

-- ministry of XKX
CREATE ROLE IF NOT EXISTS ministry_xkx;
GRANT SELECT ON published.own_countries TO ministry_xkx;
GRANT SELECT ON published.released TO ministry_xkx;
GRANT SELECT ON published.provisional TO ministry_xkx;
CREATE ROW POLICY OR REPLACE ministry_xkx ON published.own_countries USING 1 TO ministry_xkx;
CREATE ROW POLICY OR REPLACE ministry_xkx ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_xkx;
CREATE ROW POLICY OR REPLACE ministry_xkx ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_xkx;

-- ministry of YEM
CREATE ROLE IF NOT EXISTS ministry_yem;
GRANT SELECT ON published.own_countries TO ministry_yem;
GRANT SELECT ON published.released TO ministry_yem;
GRANT SELECT ON published.provisional TO ministry_yem;
CREATE ROW POLICY OR REPLACE ministry_yem ON published.own_countries USING 1 TO ministry_yem;
CREATE ROW POLICY OR REPLACE ministry_yem ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_yem;
CREATE ROW POLICY OR REPLACE ministry_yem ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_yem;

-- ministry of ZAF
CREATE ROLE IF NOT EXISTS ministry_zaf;
GRANT SELECT ON published.own_countries TO ministry_zaf;
GRANT SELECT ON published.released TO ministry_zaf;
GRANT SELECT ON published.provisional TO ministry_zaf;
CREATE ROW POLICY OR REPLACE ministry_zaf ON published.own_countries USING 1 TO ministry_zaf;
CREATE ROW POLICY OR REPLACE ministry_zaf ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_zaf;
CREATE ROW POLICY OR REPLACE ministry_zaf ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_zaf;

-- ministry of ZMB
CREATE ROLE IF NOT EXISTS ministry_zmb;
GRANT SELECT ON published.own_countries TO ministry_zmb;
GRANT SELECT ON published.released TO ministry_zmb;
GRANT SELECT ON published.provisional TO ministry_zmb;
CREATE ROW POLICY OR REPLACE ministry_zmb ON published.own_countries USING 1 TO ministry_zmb;
CREATE ROW POLICY OR REPLACE ministry_zmb ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_zmb;
CREATE ROW POLICY OR REPLACE ministry_zmb ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_zmb;

-- ministry of ZWE
CREATE ROLE IF NOT EXISTS ministry_zwe;
GRANT SELECT ON published.own_countries TO ministry_zwe;
GRANT SELECT ON published.released TO ministry_zwe;
GRANT SELECT ON published.provisional TO ministry_zwe;
CREATE ROW POLICY OR REPLACE ministry_zwe ON published.own_countries USING 1 TO ministry_zwe;
CREATE ROW POLICY OR REPLACE ministry_zwe ON published.released USING country IN (SELECT country FROM published.own_countries) TO ministry_zwe;
CREATE ROW POLICY OR REPLACE ministry_zwe ON published.provisional USING country IN (SELECT country FROM published.own_countries) TO ministry_zwe;
CREATE QUOTA OR REPLACE gtms_reader KEYED BY user_name FOR INTERVAL 1 hour MAX queries = 20000, errors = 2000, result_rows = 50000000, execution_time = 7200 TO auditor, international, ministry_abw, ministry_afg, ministry_ago, ministry_aia, ministry_ala, ministry_alb, ministry_and, ministry_are, ministry_arg, ministry_arm, ministry_asm, ministry_ata, ministry_atf, ministry_atg, ministry_aus, ministry_aut, ministry_aze, ministry_bdi, ministry_bel, ministry_ben, ministry_bes, ministry_bfa, ministry_bgd, ministry_bgr, ministry_bhr, ministry_bhs, ministry_bih, ministry_blm, ministry_blr, ministry_blz, ministry_bmu, ministry_bol, ministry_bra, ministry_brb, ministry_brn, ministry_btn, ministry_bvt, ministry_bwa, ministry_caf, ministry_can, ministry_cck, ministry_che, ministry_chl, ministry_chn, ministry_civ, ministry_cmr, ministry_cod, ministry_cog, ministry_cok, ministry_col, ministry_com, ministry_cpv, ministry_cri, ministry_cub, ministry_cuw, ministry_cxr, ministry_cym, ministry_cyp, ministry_cze, ministry_deu, ministry_dji, ministry_dma, ministry_dnk, ministry_dom, ministry_dza, ministry_ecu, ministry_egy, ministry_eri, ministry_esh, ministry_esp, ministry_est, ministry_eth, ministry_fin, ministry_fji, ministry_flk, ministry_fra, ministry_fro, ministry_fsm, ministry_gab, ministry_gbr, ministry_geo, ministry_ggy, ministry_gha, ministry_gib, ministry_gin, ministry_glp, ministry_gmb, ministry_gnb, ministry_gnq, ministry_grc, ministry_grd, ministry_grl, ministry_gtm, ministry_guf, ministry_gum, ministry_guy, ministry_hkg, ministry_hmd, ministry_hnd, ministry_hrv, ministry_hti, ministry_hun, ministry_idn, ministry_imn, ministry_ind, ministry_iot, ministry_irl, ministry_irn, ministry_irq, ministry_isl, ministry_isr, ministry_ita, ministry_jam, ministry_jey, ministry_jor, ministry_jpn, ministry_kaz, ministry_ken, ministry_kgz, ministry_khm, ministry_kir, ministry_kna, ministry_kor, ministry_kwt, ministry_lao, ministry_lbn, ministry_lbr, ministry_lby, ministry_lca, ministry_lie, ministry_lka, ministry_lso, ministry_ltu, ministry_lux, ministry_lva, ministry_mac, ministry_maf, ministry_mar, ministry_mco, ministry_mda, ministry_mdg, ministry_mdv, ministry_mex, ministry_mhl, ministry_mkd, ministry_mli, ministry_mlt, ministry_mmr, ministry_mne, ministry_mng, ministry_mnp, ministry_moz, ministry_mrt, ministry_msr, ministry_mtq, ministry_mus, ministry_mwi, ministry_mys, ministry_myt, ministry_nam, ministry_ncl, ministry_ner, ministry_nfk, ministry_nga, ministry_nic, ministry_niu, ministry_nld, ministry_nor, ministry_npl, ministry_nru, ministry_nzl, ministry_omn, ministry_pak, ministry_pan, ministry_pcn, ministry_per, ministry_phl, ministry_plw, ministry_png, ministry_pol, ministry_pri, ministry_prk, ministry_prt, ministry_pry, ministry_pse, ministry_pyf, ministry_qat, ministry_reu, ministry_rou, ministry_rus, ministry_rwa, ministry_sau, ministry_sdn, ministry_sen, ministry_sgp, ministry_sgs, ministry_shn, ministry_sjm, ministry_slb, ministry_sle, ministry_slv, ministry_smr, ministry_som, ministry_spm, ministry_srb, ministry_ssd, ministry_stp, ministry_sur, ministry_svk, ministry_svn, ministry_swe, ministry_swz, ministry_sxm, ministry_syc, ministry_syr, ministry_tca, ministry_tcd, ministry_tgo, ministry_tha, ministry_tjk, ministry_tkl, ministry_tkm, ministry_tls, ministry_ton, ministry_tto, ministry_tun, ministry_tur, ministry_tuv, ministry_twn, ministry_tza, ministry_uga, ministry_ukr, ministry_umi, ministry_ury, ministry_usa, ministry_uzb, ministry_vat, ministry_vct, ministry_ven, ministry_vgb, ministry_vir, ministry_vnm, ministry_vut, ministry_wlf, ministry_wsm, ministry_xkx, ministry_yem, ministry_zaf, ministry_zmb, ministry_zwe;
