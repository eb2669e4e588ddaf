-- For PostgreSQL: what the role may do as which the servers work. Tables belong to another
-- role, as which "panel migrate" runs; so whoever takes a server over can neither change what
-- is append-only nor switch the triggers off that keep it so.
--
--   psql -d panel -v app=panel_app -f grants.sql
--
-- Run it again after each migration.

GRANT USAGE ON SCHEMA public TO :"app";
GRANT SELECT ON goose_db_version TO :"app";

GRANT SELECT, INSERT, UPDATE, DELETE ON
    organisations,
    sites,
    groups,
    changes,
    outcodes,
    people,
    tokens,
    pupils,
    meetings,
    referrals,
    documents,
    contents,
    tentatives,
    waivers,
    placements,
    reviews,
    jobs,
    holds
TO :"app";

GRANT SELECT, INSERT ON
    decisions,
    ratifications,
    register_entries,
    policies,
    activations,
    years,
    settings,
    rankings,
    erasures,
    evidence,
    journal,
    marks
TO :"app";

-- Rows of a pupil who is among the erasures; a trigger refuses all others.
GRANT DELETE ON
    ratifications, register_entries, decisions, rankings
TO :"app";
