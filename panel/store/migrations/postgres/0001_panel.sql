-- +goose Up

-- Each noun is one table: the columns that the database constrains, joins, narrows or orders
-- by, and the noun itself as JSON (docs/decisions/0013-records-as-columns-and-bodies.md).
-- Nothing is ever taken away because something else was: RESTRICT, or NO ACTION where a row may
-- go in one statement together with the row of its own table that it refers to.

-- +goose StatementBegin
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'BT001';
END $$;
-- +goose StatementEnd

CREATE TABLE organisations (
    id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (id <> ''),
    version bigint NOT NULL CHECK (version >= 1),
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('school', 'provision', 'authority', 'agency')),
    urn text COLLATE "C" NOT NULL,
    body json NOT NULL
);
CREATE UNIQUE INDEX organisations_urn_unique ON organisations (urn) WHERE urn <> '';
CREATE INDEX organisations_kind ON organisations (kind);

CREATE TABLE sites (
    id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (id <> ''),
    version bigint NOT NULL CHECK (version >= 1),
    organisation_id text COLLATE "C" NOT NULL,
    body json NOT NULL,
    FOREIGN KEY (organisation_id) REFERENCES organisations (id) ON UPDATE RESTRICT ON DELETE RESTRICT
);
CREATE INDEX sites_organisation_id ON sites (organisation_id);

CREATE TABLE groups (
    id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (id <> ''),
    version bigint NOT NULL CHECK (version >= 1),
    organisation_id text COLLATE "C" NOT NULL,
    site_id text COLLATE "C" NOT NULL,
    body json NOT NULL,
    FOREIGN KEY (organisation_id) REFERENCES organisations (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (site_id) REFERENCES sites (id) ON UPDATE RESTRICT ON DELETE RESTRICT
);
CREATE INDEX groups_organisation_id ON groups (organisation_id);
CREATE INDEX groups_site_id ON groups (site_id);

CREATE TABLE changes (
    id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (id <> ''),
    version bigint NOT NULL CHECK (version >= 1),
    site_id text COLLATE "C" NOT NULL,
    group_id text COLLATE "C",
    first_day text COLLATE "C" NOT NULL CHECK (first_day = '' OR first_day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    last_day text COLLATE "C" NOT NULL CHECK (last_day = '' OR last_day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    body json NOT NULL,
    FOREIGN KEY (site_id) REFERENCES sites (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (group_id) REFERENCES groups (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    CHECK (first_day <= last_day)
);
CREATE INDEX changes_site_id ON changes (site_id);
CREATE INDEX changes_group_id ON changes (group_id);

CREATE TABLE outcodes (
    id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (id <> ''),
    version bigint NOT NULL CHECK (version >= 1),
    body json NOT NULL
);

CREATE TABLE people (
    id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (id <> ''),
    version bigint NOT NULL CHECK (version >= 1),
    sign_in text COLLATE "C" NOT NULL,
    body json NOT NULL,
    UNIQUE (sign_in)
);

CREATE TABLE tokens (
    id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (id <> ''),
    version bigint NOT NULL CHECK (version >= 1),
    person_id text COLLATE "C" NOT NULL,
    hash text COLLATE "C" NOT NULL,
    body json NOT NULL,
    FOREIGN KEY (person_id) REFERENCES people (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    UNIQUE (hash)
);
CREATE INDEX tokens_person_id ON tokens (person_id);

CREATE TABLE pupils (
    id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (id <> ''),
    version bigint NOT NULL CHECK (version >= 1),
    pseudonym text COLLATE "C" NOT NULL,
    upn text COLLATE "C" NOT NULL,
    match_key text COLLATE "C" NOT NULL,
    looks_like text COLLATE "C" NOT NULL,
    merged_into text COLLATE "C",
    body json NOT NULL,
    FOREIGN KEY (merged_into) REFERENCES pupils (id) ON DELETE NO ACTION,
    UNIQUE (pseudonym),
    CHECK (merged_into <> id)
);
CREATE INDEX pupils_merged_into ON pupils (merged_into);
CREATE UNIQUE INDEX pupils_upn_unique ON pupils (upn) WHERE upn <> '' AND merged_into IS NULL;
CREATE INDEX pupils_match_key ON pupils (match_key);
CREATE INDEX pupils_looks_like ON pupils (looks_like);

CREATE TABLE policies (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE CHECK (id <> ''),
    name text COLLATE "C" NOT NULL,
    number bigint NOT NULL,
    body json NOT NULL,
    UNIQUE (name, number),
    CHECK (number >= 1)
);

CREATE TRIGGER policies_no_update BEFORE UPDATE ON policies FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER policies_no_delete BEFORE DELETE ON policies FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER policies_no_truncate BEFORE TRUNCATE ON policies FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE activations (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE CHECK (id <> ''),
    policy_id text COLLATE "C" NOT NULL,
    first_day text COLLATE "C" NOT NULL CHECK (first_day = '' OR first_day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    body json NOT NULL,
    FOREIGN KEY (policy_id) REFERENCES policies (id) ON UPDATE RESTRICT ON DELETE RESTRICT
);
CREATE INDEX activations_policy_id ON activations (policy_id);
CREATE INDEX activations_first_day ON activations (first_day);

CREATE TRIGGER activations_no_update BEFORE UPDATE ON activations FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER activations_no_delete BEFORE DELETE ON activations FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER activations_no_truncate BEFORE TRUNCATE ON activations FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE years (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE CHECK (id <> ''),
    authority text COLLATE "C" NOT NULL,
    body json NOT NULL
);
CREATE INDEX years_authority ON years (authority);

CREATE TRIGGER years_no_update BEFORE UPDATE ON years FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER years_no_delete BEFORE DELETE ON years FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER years_no_truncate BEFORE TRUNCATE ON years FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE settings (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE CHECK (id <> ''),
    body json NOT NULL
);

CREATE TRIGGER settings_no_update BEFORE UPDATE ON settings FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER settings_no_delete BEFORE DELETE ON settings FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER settings_no_truncate BEFORE TRUNCATE ON settings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE evidence (
    id     text COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 71),
    size   bigint NOT NULL CHECK (size >= 0),
    packed bytea NOT NULL
);

CREATE TRIGGER evidence_no_update BEFORE UPDATE ON evidence FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER evidence_no_truncate BEFORE TRUNCATE ON evidence FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE meetings (
    id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (id <> ''),
    version bigint NOT NULL CHECK (version >= 1),
    day text COLLATE "C" NOT NULL CHECK (day = '' OR day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    state text COLLATE "C" NOT NULL CHECK (state IN ('planned', 'open', 'closed')),
    policy_id text COLLATE "C",
    chair_id text COLLATE "C",
    deputy_id text COLLATE "C",
    body json NOT NULL,
    FOREIGN KEY (policy_id) REFERENCES policies (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (chair_id) REFERENCES people (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (deputy_id) REFERENCES people (id) ON UPDATE RESTRICT ON DELETE RESTRICT
);
CREATE INDEX meetings_policy_id ON meetings (policy_id);
CREATE INDEX meetings_chair_id ON meetings (chair_id);
CREATE INDEX meetings_deputy_id ON meetings (deputy_id);
CREATE INDEX meetings_day ON meetings (day);

CREATE TABLE referrals (
    id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (id <> ''),
    version bigint NOT NULL CHECK (version >= 1),
    pupil_id text COLLATE "C" NOT NULL,
    school_id text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'ready', 'on_agenda', 'placed', 'waiting', 'deferred', 'declined', 'redirected', 'outreach', 'withdrawn', 'closed')),
    meeting_id text COLLATE "C",
    received text COLLATE "C" NOT NULL CHECK (received = '' OR received ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    review_on text COLLATE "C" NOT NULL CHECK (review_on = '' OR review_on ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    body json NOT NULL,
    FOREIGN KEY (pupil_id) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (school_id) REFERENCES organisations (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (meeting_id) REFERENCES meetings (id) ON UPDATE RESTRICT ON DELETE RESTRICT
);
CREATE INDEX referrals_pupil_id ON referrals (pupil_id);
CREATE INDEX referrals_school_id ON referrals (school_id);
CREATE INDEX referrals_meeting_id ON referrals (meeting_id);
CREATE INDEX referrals_state ON referrals (state);
CREATE INDEX referrals_review_on ON referrals (review_on) WHERE review_on <> '';

CREATE TABLE documents (
    id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (id <> ''),
    version bigint NOT NULL CHECK (version >= 1),
    referral_id text COLLATE "C" NOT NULL,
    pupil_id text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    digest text COLLATE "C" NOT NULL,
    body json NOT NULL,
    FOREIGN KEY (referral_id) REFERENCES referrals (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (pupil_id) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT
);
CREATE INDEX documents_referral_id ON documents (referral_id);
CREATE INDEX documents_pupil_id ON documents (pupil_id);

-- Unlike all else these bytes may go while what they belong to stays.
CREATE TABLE contents (
    id    text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES documents (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    bytes bytea NOT NULL
);

CREATE TABLE tentatives (
    id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (id <> ''),
    version bigint NOT NULL CHECK (version >= 1),
    meeting_id text COLLATE "C" NOT NULL,
    referral_id text COLLATE "C" NOT NULL,
    pupil_id text COLLATE "C" NOT NULL,
    body json NOT NULL,
    FOREIGN KEY (meeting_id) REFERENCES meetings (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (referral_id) REFERENCES referrals (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (pupil_id) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    UNIQUE (meeting_id, referral_id)
);
CREATE INDEX tentatives_meeting_id ON tentatives (meeting_id);
CREATE INDEX tentatives_referral_id ON tentatives (referral_id);
CREATE INDEX tentatives_pupil_id ON tentatives (pupil_id);

CREATE TABLE rankings (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE CHECK (id <> ''),
    meeting_id text COLLATE "C",
    referral_id text COLLATE "C" NOT NULL,
    pupil_id text COLLATE "C" NOT NULL,
    answer text COLLATE "C" NOT NULL,
    snapshot text COLLATE "C" NOT NULL,
    policy_id text COLLATE "C",
    body json NOT NULL,
    FOREIGN KEY (meeting_id) REFERENCES meetings (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (referral_id) REFERENCES referrals (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (pupil_id) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (answer) REFERENCES evidence (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (snapshot) REFERENCES evidence (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (policy_id) REFERENCES policies (id) ON UPDATE RESTRICT ON DELETE RESTRICT
);
CREATE INDEX rankings_meeting_id ON rankings (meeting_id);
CREATE INDEX rankings_referral_id ON rankings (referral_id);
CREATE INDEX rankings_pupil_id ON rankings (pupil_id);
CREATE INDEX rankings_answer ON rankings (answer);
CREATE INDEX rankings_snapshot ON rankings (snapshot);
CREATE INDEX rankings_policy_id ON rankings (policy_id);

-- +goose StatementBegin
CREATE FUNCTION rankings_of_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM erasures e WHERE e.pupil_id = OLD.pupil_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'BT001';
END $$;
-- +goose StatementEnd
CREATE TRIGGER rankings_no_update BEFORE UPDATE ON rankings FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rankings_no_delete BEFORE DELETE ON rankings FOR EACH ROW EXECUTE FUNCTION rankings_of_erased();
CREATE TRIGGER rankings_no_truncate BEFORE TRUNCATE ON rankings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE decisions (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE CHECK (id <> ''),
    meeting_id text COLLATE "C",
    referral_id text COLLATE "C" NOT NULL,
    pupil_id text COLLATE "C" NOT NULL,
    placement_id text COLLATE "C",
    outcome text COLLATE "C" NOT NULL CHECK (outcome IN ('place', 'wait', 'defer', 'decline', 'redirect', 'outreach', 'extend', 'end')),
    by_id text COLLATE "C" NOT NULL,
    request_key text COLLATE "C" NOT NULL,
    day text COLLATE "C" NOT NULL CHECK (day = '' OR day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    policy_id text COLLATE "C",
    ranking text COLLATE "C",
    snapshot text COLLATE "C",
    supersedes text COLLATE "C",
    body json NOT NULL,
    FOREIGN KEY (meeting_id) REFERENCES meetings (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (referral_id) REFERENCES referrals (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (pupil_id) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (by_id) REFERENCES people (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (policy_id) REFERENCES policies (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (ranking) REFERENCES rankings (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (snapshot) REFERENCES evidence (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (referral_id, supersedes) REFERENCES decisions (referral_id, id) ON DELETE NO ACTION,
    UNIQUE (referral_id, id)
);
CREATE INDEX decisions_meeting_id ON decisions (meeting_id);
CREATE INDEX decisions_referral_id ON decisions (referral_id);
CREATE INDEX decisions_pupil_id ON decisions (pupil_id);
CREATE INDEX decisions_placement_id ON decisions (placement_id);
CREATE INDEX decisions_by_id ON decisions (by_id);
CREATE INDEX decisions_policy_id ON decisions (policy_id);
CREATE INDEX decisions_ranking ON decisions (ranking);
CREATE INDEX decisions_snapshot ON decisions (snapshot);
CREATE INDEX decisions_supersedes ON decisions (supersedes);
CREATE UNIQUE INDEX decisions_succession_unique ON decisions (referral_id, coalesce(supersedes, ''));
CREATE UNIQUE INDEX decisions_request_key_unique ON decisions (by_id, request_key) WHERE request_key <> '';
CREATE INDEX decisions_day ON decisions (day);

-- +goose StatementBegin
CREATE FUNCTION decisions_of_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM erasures e WHERE e.pupil_id = OLD.pupil_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'BT001';
END $$;
-- +goose StatementEnd
CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions FOR EACH ROW EXECUTE FUNCTION decisions_of_erased();
CREATE TRIGGER decisions_no_truncate BEFORE TRUNCATE ON decisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE waivers (
    id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (id <> ''),
    version bigint NOT NULL CHECK (version >= 1),
    meeting_id text COLLATE "C",
    referral_id text COLLATE "C" NOT NULL,
    pupil_id text COLLATE "C" NOT NULL,
    rule text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL CHECK (state IN ('requested', 'approved', 'declined', 'used')),
    review_by text COLLATE "C" NOT NULL CHECK (review_by = '' OR review_by ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    decision_id text COLLATE "C",
    body json NOT NULL,
    FOREIGN KEY (meeting_id) REFERENCES meetings (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (referral_id) REFERENCES referrals (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (pupil_id) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (decision_id) REFERENCES decisions (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    CHECK ((state = 'used') = (decision_id IS NOT NULL))
);
CREATE INDEX waivers_meeting_id ON waivers (meeting_id);
CREATE INDEX waivers_referral_id ON waivers (referral_id);
CREATE INDEX waivers_pupil_id ON waivers (pupil_id);
CREATE INDEX waivers_decision_id ON waivers (decision_id);
CREATE INDEX waivers_review_by ON waivers (review_by);

CREATE TABLE placements (
    id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (id <> ''),
    version bigint NOT NULL CHECK (version >= 1),
    referral_id text COLLATE "C" NOT NULL,
    pupil_id text COLLATE "C" NOT NULL,
    decision_id text COLLATE "C",
    organisation_id text COLLATE "C" NOT NULL,
    site_id text COLLATE "C" NOT NULL,
    group_id text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL CHECK (state IN ('offered', 'accepted', 'declined', 'withdrawn', 'started', 'moved', 'ended', 'followed_up')),
    first_day text COLLATE "C" NOT NULL CHECK (first_day = '' OR first_day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    last_day text COLLATE "C" NOT NULL CHECK (last_day = '' OR last_day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    answer_by text COLLATE "C" NOT NULL CHECK (answer_by = '' OR answer_by ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    moved_from text COLLATE "C",
    body json NOT NULL,
    FOREIGN KEY (referral_id) REFERENCES referrals (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (pupil_id) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (decision_id) REFERENCES decisions (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (organisation_id) REFERENCES organisations (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (site_id) REFERENCES sites (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (group_id) REFERENCES groups (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (moved_from) REFERENCES placements (id) ON DELETE NO ACTION,
    CHECK (first_day <> '')
);
CREATE INDEX placements_referral_id ON placements (referral_id);
CREATE INDEX placements_pupil_id ON placements (pupil_id);
CREATE INDEX placements_decision_id ON placements (decision_id);
CREATE INDEX placements_organisation_id ON placements (organisation_id);
CREATE INDEX placements_site_id ON placements (site_id);
CREATE INDEX placements_group_id ON placements (group_id);
CREATE INDEX placements_moved_from ON placements (moved_from);
CREATE INDEX placements_days ON placements (first_day, last_day);
CREATE INDEX placements_state ON placements (state);

-- A decision that extends a placement, and the placement, whose decision came before, go together when a pupil is erased.
ALTER TABLE decisions ADD CONSTRAINT decisions_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES placements (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE reviews (
    id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (id <> ''),
    version bigint NOT NULL CHECK (version >= 1),
    placement_id text COLLATE "C" NOT NULL,
    pupil_id text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    due text COLLATE "C" NOT NULL CHECK (due = '' OR due ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    held text COLLATE "C" NOT NULL CHECK (held = '' OR held ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    body json NOT NULL,
    FOREIGN KEY (placement_id) REFERENCES placements (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (pupil_id) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT
);
CREATE INDEX reviews_placement_id ON reviews (placement_id);
CREATE INDEX reviews_pupil_id ON reviews (pupil_id);
CREATE INDEX reviews_due ON reviews (due) WHERE held = '';

CREATE TABLE ratifications (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE CHECK (id <> ''),
    decision_id text COLLATE "C" NOT NULL,
    meeting_id text COLLATE "C" NOT NULL,
    body json NOT NULL,
    FOREIGN KEY (decision_id) REFERENCES decisions (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (meeting_id) REFERENCES meetings (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    UNIQUE (decision_id, meeting_id)
);
CREATE INDEX ratifications_decision_id ON ratifications (decision_id);
CREATE INDEX ratifications_meeting_id ON ratifications (meeting_id);

-- +goose StatementBegin
CREATE FUNCTION ratifications_of_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM erasures e JOIN decisions d ON d.pupil_id = e.pupil_id WHERE d.id = OLD.decision_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'BT001';
END $$;
-- +goose StatementEnd
CREATE TRIGGER ratifications_no_update BEFORE UPDATE ON ratifications FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ratifications_no_delete BEFORE DELETE ON ratifications FOR EACH ROW EXECUTE FUNCTION ratifications_of_erased();
CREATE TRIGGER ratifications_no_truncate BEFORE TRUNCATE ON ratifications FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE register_entries (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE CHECK (id <> ''),
    subject text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('keep_apart', 'area_rivalry')),
    act text COLLATE "C" NOT NULL CHECK (act IN ('open', 'amend', 'close', 'reopen')),
    pupil_a text COLLATE "C",
    pupil_b text COLLATE "C",
    last_day text COLLATE "C" NOT NULL CHECK (last_day = '' OR last_day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    review_on text COLLATE "C" NOT NULL CHECK (review_on = '' OR review_on ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    body json NOT NULL,
    FOREIGN KEY (subject) REFERENCES register_entries (id) ON DELETE NO ACTION,
    FOREIGN KEY (pupil_a) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (pupil_b) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    CHECK ((act = 'open') = (subject = id)),
    CHECK ((kind = 'keep_apart') = (pupil_a IS NOT NULL AND pupil_b IS NOT NULL)),
    CHECK (kind = 'keep_apart' OR (pupil_a IS NULL AND pupil_b IS NULL)),
    CHECK (pupil_a < pupil_b)
);
CREATE INDEX register_entries_subject ON register_entries (subject);
CREATE INDEX register_entries_pupil_a ON register_entries (pupil_a);
CREATE INDEX register_entries_pupil_b ON register_entries (pupil_b);

-- +goose StatementBegin
CREATE FUNCTION register_entries_of_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM erasures e WHERE e.pupil_id IN (OLD.pupil_a, OLD.pupil_b)) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'BT001';
END $$;
-- +goose StatementEnd
CREATE TRIGGER register_entries_no_update BEFORE UPDATE ON register_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER register_entries_no_delete BEFORE DELETE ON register_entries FOR EACH ROW EXECUTE FUNCTION register_entries_of_erased();
CREATE TRIGGER register_entries_no_truncate BEFORE TRUNCATE ON register_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE jobs (
    id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (id <> ''),
    version bigint NOT NULL CHECK (version >= 1),
    kind text COLLATE "C" NOT NULL,
    meeting_id text COLLATE "C",
    by_id text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL CHECK (state IN ('queued', 'running', 'done', 'stopped', 'failed', 'lost')),
    body json NOT NULL,
    FOREIGN KEY (meeting_id) REFERENCES meetings (id) ON UPDATE RESTRICT ON DELETE RESTRICT
);
CREATE INDEX jobs_meeting_id ON jobs (meeting_id);
CREATE INDEX jobs_state ON jobs (state);

CREATE TABLE holds (
    id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (id <> ''),
    version bigint NOT NULL CHECK (version >= 1),
    pupil_id text COLLATE "C" NOT NULL,
    review_on text COLLATE "C" NOT NULL CHECK (review_on = '' OR review_on ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    last_day text COLLATE "C" NOT NULL CHECK (last_day = '' OR last_day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    body json NOT NULL,
    FOREIGN KEY (pupil_id) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT
);
CREATE INDEX holds_pupil_id ON holds (pupil_id);
CREATE INDEX holds_review_on ON holds (review_on);

-- the pupil is gone, so nothing can refer to it
CREATE TABLE erasures (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE CHECK (id <> ''),
    pupil_id text COLLATE "C" NOT NULL,
    reason text COLLATE "C" NOT NULL,
    body json NOT NULL,
    CHECK (pupil_id <> '')
);
CREATE INDEX erasures_pupil_id ON erasures (pupil_id);

CREATE TRIGGER erasures_no_update BEFORE UPDATE ON erasures FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER erasures_no_delete BEFORE DELETE ON erasures FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER erasures_no_truncate BEFORE TRUNCATE ON erasures FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE journal (
    seq  bigint NOT NULL PRIMARY KEY CHECK (seq >= 1),
    prev bytea NOT NULL UNIQUE CHECK (length(prev) = 32),
    hash bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
    body json NOT NULL
);

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- An entry goes after the last one and nowhere else.
-- +goose StatementBegin
CREATE FUNCTION journal_continues() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq = coalesce((SELECT max(seq) FROM journal), 0) + 1
        AND NEW.prev = coalesce((SELECT hash FROM journal ORDER BY seq DESC LIMIT 1), decode(repeat('00', 32), 'hex')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the journal goes on elsewhere' USING ERRCODE = 'BT001';
END $$;
-- +goose StatementEnd
CREATE TRIGGER journal_continues BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION journal_continues();

-- What each entry of the journal wrote: the last state of every row it touched, as a hash, or
-- zeros where it took the row away. The entry's own hash covers these (docs/reference/journal.md).
CREATE TABLE marks (
    seq  bigint NOT NULL,
    tbl  text COLLATE "C" NOT NULL CHECK (tbl <> ''),
    id   text COLLATE "C" NOT NULL CHECK (id <> ''),
    hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (tbl, id, seq),
    FOREIGN KEY (seq) REFERENCES journal (seq) ON UPDATE RESTRICT ON DELETE RESTRICT
);
CREATE INDEX marks_seq ON marks (seq);

CREATE TRIGGER marks_no_update BEFORE UPDATE ON marks FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER marks_no_delete BEFORE DELETE ON marks FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER marks_no_truncate BEFORE TRUNCATE ON marks FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
