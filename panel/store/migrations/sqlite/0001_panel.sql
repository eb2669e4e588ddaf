-- +goose Up

-- Each noun is one table: the columns that the database constrains, joins, narrows or orders
-- by, and the noun itself as JSON (docs/decisions/0013-records-as-columns-and-bodies.md).
-- Nothing is ever taken away because something else was: RESTRICT, or NO ACTION where a row may
-- go in one statement together with the row of its own table that it refers to.

PRAGMA application_id = 1114592370; -- "BoTr": a restored file has to be one of ours

CREATE TABLE organisations (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    kind TEXT NOT NULL CHECK (kind IN ('school', 'provision', 'authority', 'agency')),
    urn TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE UNIQUE INDEX organisations_urn_unique ON organisations (urn) WHERE urn <> '';
CREATE INDEX organisations_kind ON organisations (kind);

CREATE TABLE sites (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    organisation_id TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    FOREIGN KEY (organisation_id) REFERENCES organisations (id) ON UPDATE RESTRICT ON DELETE RESTRICT
) STRICT;
CREATE INDEX sites_organisation_id ON sites (organisation_id);

CREATE TABLE groups (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    organisation_id TEXT NOT NULL,
    site_id TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    FOREIGN KEY (organisation_id) REFERENCES organisations (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (site_id) REFERENCES sites (id) ON UPDATE RESTRICT ON DELETE RESTRICT
) STRICT;
CREATE INDEX groups_organisation_id ON groups (organisation_id);
CREATE INDEX groups_site_id ON groups (site_id);

CREATE TABLE changes (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    site_id TEXT NOT NULL,
    group_id TEXT,
    first_day TEXT NOT NULL CHECK (first_day = '' OR first_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    last_day TEXT NOT NULL CHECK (last_day = '' OR last_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    body TEXT NOT NULL CHECK (json_valid(body)),
    FOREIGN KEY (site_id) REFERENCES sites (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (group_id) REFERENCES groups (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    CHECK (first_day <= last_day)
) STRICT;
CREATE INDEX changes_site_id ON changes (site_id);
CREATE INDEX changes_group_id ON changes (group_id);

CREATE TABLE outcodes (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE TABLE people (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    sign_in TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    UNIQUE (sign_in)
) STRICT;

CREATE TABLE tokens (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    person_id TEXT NOT NULL,
    hash TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    FOREIGN KEY (person_id) REFERENCES people (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    UNIQUE (hash)
) STRICT;
CREATE INDEX tokens_person_id ON tokens (person_id);

CREATE TABLE pupils (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    pseudonym TEXT NOT NULL,
    upn TEXT NOT NULL,
    match_key TEXT NOT NULL,
    looks_like TEXT NOT NULL,
    merged_into TEXT,
    body TEXT NOT NULL CHECK (json_valid(body)),
    FOREIGN KEY (merged_into) REFERENCES pupils (id) ON DELETE NO ACTION,
    UNIQUE (pseudonym),
    CHECK (merged_into <> id)
) STRICT;
CREATE INDEX pupils_merged_into ON pupils (merged_into);
CREATE UNIQUE INDEX pupils_upn_unique ON pupils (upn) WHERE upn <> '' AND merged_into IS NULL;
CREATE INDEX pupils_match_key ON pupils (match_key);
CREATE INDEX pupils_looks_like ON pupils (looks_like);

CREATE TABLE policies (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE CHECK (id <> ''),
    name TEXT NOT NULL,
    number INTEGER NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    UNIQUE (name, number),
    CHECK (number >= 1)
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER policies_no_update BEFORE UPDATE ON policies
BEGIN SELECT RAISE(ABORT, 'policies is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER policies_no_delete BEFORE DELETE ON policies
BEGIN SELECT RAISE(ABORT, 'policies is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER policies_no_replace BEFORE INSERT ON policies
WHEN EXISTS (SELECT 1 FROM policies WHERE id = NEW.id OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'policies is append-only'); END;
-- +goose StatementEnd

CREATE TABLE activations (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE CHECK (id <> ''),
    policy_id TEXT NOT NULL,
    first_day TEXT NOT NULL CHECK (first_day = '' OR first_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    body TEXT NOT NULL CHECK (json_valid(body)),
    FOREIGN KEY (policy_id) REFERENCES policies (id) ON UPDATE RESTRICT ON DELETE RESTRICT
) STRICT;
CREATE INDEX activations_policy_id ON activations (policy_id);
CREATE INDEX activations_first_day ON activations (first_day);

-- +goose StatementBegin
CREATE TRIGGER activations_no_update BEFORE UPDATE ON activations
BEGIN SELECT RAISE(ABORT, 'activations is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER activations_no_delete BEFORE DELETE ON activations
BEGIN SELECT RAISE(ABORT, 'activations is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER activations_no_replace BEFORE INSERT ON activations
WHEN EXISTS (SELECT 1 FROM activations WHERE id = NEW.id OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'activations is append-only'); END;
-- +goose StatementEnd

CREATE TABLE years (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE CHECK (id <> ''),
    authority TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX years_authority ON years (authority);

-- +goose StatementBegin
CREATE TRIGGER years_no_update BEFORE UPDATE ON years
BEGIN SELECT RAISE(ABORT, 'years is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER years_no_delete BEFORE DELETE ON years
BEGIN SELECT RAISE(ABORT, 'years is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER years_no_replace BEFORE INSERT ON years
WHEN EXISTS (SELECT 1 FROM years WHERE id = NEW.id OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'years is append-only'); END;
-- +goose StatementEnd

CREATE TABLE settings (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE CHECK (id <> ''),
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER settings_no_update BEFORE UPDATE ON settings
BEGIN SELECT RAISE(ABORT, 'settings is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER settings_no_delete BEFORE DELETE ON settings
BEGIN SELECT RAISE(ABORT, 'settings is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER settings_no_replace BEFORE INSERT ON settings
WHEN EXISTS (SELECT 1 FROM settings WHERE id = NEW.id OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'settings is append-only'); END;
-- +goose StatementEnd

CREATE TABLE evidence (
    id     TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 71),
    size   INTEGER NOT NULL CHECK (size >= 0),
    packed BLOB NOT NULL
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER evidence_no_update BEFORE UPDATE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER evidence_no_replace BEFORE INSERT ON evidence
WHEN EXISTS (SELECT 1 FROM evidence WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
-- +goose StatementEnd

CREATE TABLE meetings (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    day TEXT NOT NULL CHECK (day = '' OR day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    state TEXT NOT NULL CHECK (state IN ('planned', 'open', 'closed')),
    policy_id TEXT,
    chair_id TEXT,
    deputy_id TEXT,
    body TEXT NOT NULL CHECK (json_valid(body)),
    FOREIGN KEY (policy_id) REFERENCES policies (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (chair_id) REFERENCES people (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (deputy_id) REFERENCES people (id) ON UPDATE RESTRICT ON DELETE RESTRICT
) STRICT;
CREATE INDEX meetings_policy_id ON meetings (policy_id);
CREATE INDEX meetings_chair_id ON meetings (chair_id);
CREATE INDEX meetings_deputy_id ON meetings (deputy_id);
CREATE INDEX meetings_day ON meetings (day);

CREATE TABLE referrals (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    pupil_id TEXT NOT NULL,
    school_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'ready', 'on_agenda', 'placed', 'waiting', 'deferred', 'declined', 'redirected', 'outreach', 'withdrawn', 'closed')),
    meeting_id TEXT,
    received TEXT NOT NULL CHECK (received = '' OR received GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    review_on TEXT NOT NULL CHECK (review_on = '' OR review_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    body TEXT NOT NULL CHECK (json_valid(body)),
    FOREIGN KEY (pupil_id) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (school_id) REFERENCES organisations (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (meeting_id) REFERENCES meetings (id) ON UPDATE RESTRICT ON DELETE RESTRICT
) STRICT;
CREATE INDEX referrals_pupil_id ON referrals (pupil_id);
CREATE INDEX referrals_school_id ON referrals (school_id);
CREATE INDEX referrals_meeting_id ON referrals (meeting_id);
CREATE INDEX referrals_state ON referrals (state);
CREATE INDEX referrals_review_on ON referrals (review_on) WHERE review_on <> '';

CREATE TABLE documents (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    referral_id TEXT NOT NULL,
    pupil_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    digest TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    FOREIGN KEY (referral_id) REFERENCES referrals (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (pupil_id) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT
) STRICT;
CREATE INDEX documents_referral_id ON documents (referral_id);
CREATE INDEX documents_pupil_id ON documents (pupil_id);

-- Unlike all else these bytes may go while what they belong to stays.
CREATE TABLE contents (
    id    TEXT NOT NULL PRIMARY KEY REFERENCES documents (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE tentatives (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    meeting_id TEXT NOT NULL,
    referral_id TEXT NOT NULL,
    pupil_id TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    FOREIGN KEY (meeting_id) REFERENCES meetings (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (referral_id) REFERENCES referrals (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (pupil_id) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    UNIQUE (meeting_id, referral_id)
) STRICT;
CREATE INDEX tentatives_meeting_id ON tentatives (meeting_id);
CREATE INDEX tentatives_referral_id ON tentatives (referral_id);
CREATE INDEX tentatives_pupil_id ON tentatives (pupil_id);

CREATE TABLE rankings (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE CHECK (id <> ''),
    meeting_id TEXT,
    referral_id TEXT NOT NULL,
    pupil_id TEXT NOT NULL,
    answer TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    policy_id TEXT,
    body TEXT NOT NULL CHECK (json_valid(body)),
    FOREIGN KEY (meeting_id) REFERENCES meetings (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (referral_id) REFERENCES referrals (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (pupil_id) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (answer) REFERENCES evidence (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (snapshot) REFERENCES evidence (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (policy_id) REFERENCES policies (id) ON UPDATE RESTRICT ON DELETE RESTRICT
) STRICT;
CREATE INDEX rankings_meeting_id ON rankings (meeting_id);
CREATE INDEX rankings_referral_id ON rankings (referral_id);
CREATE INDEX rankings_pupil_id ON rankings (pupil_id);
CREATE INDEX rankings_answer ON rankings (answer);
CREATE INDEX rankings_snapshot ON rankings (snapshot);
CREATE INDEX rankings_policy_id ON rankings (policy_id);

-- +goose StatementBegin
CREATE TRIGGER rankings_no_update BEFORE UPDATE ON rankings
BEGIN SELECT RAISE(ABORT, 'rankings is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rankings_no_delete BEFORE DELETE ON rankings
WHEN NOT EXISTS (SELECT 1 FROM erasures e WHERE e.pupil_id = OLD.pupil_id)
BEGIN SELECT RAISE(ABORT, 'rankings is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rankings_no_replace BEFORE INSERT ON rankings
WHEN EXISTS (SELECT 1 FROM rankings WHERE id = NEW.id OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rankings is append-only'); END;
-- +goose StatementEnd

CREATE TABLE decisions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE CHECK (id <> ''),
    meeting_id TEXT,
    referral_id TEXT NOT NULL,
    pupil_id TEXT NOT NULL,
    placement_id TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('place', 'wait', 'defer', 'decline', 'redirect', 'outreach', 'extend', 'end')),
    by_id TEXT NOT NULL,
    request_key TEXT NOT NULL,
    day TEXT NOT NULL CHECK (day = '' OR day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    policy_id TEXT,
    ranking TEXT,
    snapshot TEXT,
    supersedes TEXT,
    body TEXT NOT NULL CHECK (json_valid(body)),
    FOREIGN KEY (meeting_id) REFERENCES meetings (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (referral_id) REFERENCES referrals (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (pupil_id) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (placement_id) REFERENCES placements (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (by_id) REFERENCES people (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (policy_id) REFERENCES policies (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (ranking) REFERENCES rankings (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (snapshot) REFERENCES evidence (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (referral_id, supersedes) REFERENCES decisions (referral_id, id) ON DELETE NO ACTION,
    UNIQUE (referral_id, id)
) STRICT;
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
CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions
WHEN NOT EXISTS (SELECT 1 FROM erasures e WHERE e.pupil_id = OLD.pupil_id)
BEGIN SELECT RAISE(ABORT, 'decisions is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decisions_no_replace BEFORE INSERT ON decisions
WHEN EXISTS (SELECT 1 FROM decisions WHERE id = NEW.id OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'decisions is append-only'); END;
-- +goose StatementEnd

CREATE TABLE waivers (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    meeting_id TEXT,
    referral_id TEXT NOT NULL,
    pupil_id TEXT NOT NULL,
    rule TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('requested', 'approved', 'declined', 'used')),
    review_by TEXT NOT NULL CHECK (review_by = '' OR review_by GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    decision_id TEXT,
    body TEXT NOT NULL CHECK (json_valid(body)),
    FOREIGN KEY (meeting_id) REFERENCES meetings (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (referral_id) REFERENCES referrals (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (pupil_id) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (decision_id) REFERENCES decisions (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    CHECK ((state = 'used') = (decision_id IS NOT NULL))
) STRICT;
CREATE INDEX waivers_meeting_id ON waivers (meeting_id);
CREATE INDEX waivers_referral_id ON waivers (referral_id);
CREATE INDEX waivers_pupil_id ON waivers (pupil_id);
CREATE INDEX waivers_decision_id ON waivers (decision_id);
CREATE INDEX waivers_review_by ON waivers (review_by);

CREATE TABLE placements (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    referral_id TEXT NOT NULL,
    pupil_id TEXT NOT NULL,
    decision_id TEXT,
    organisation_id TEXT NOT NULL,
    site_id TEXT NOT NULL,
    group_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('offered', 'accepted', 'declined', 'withdrawn', 'started', 'moved', 'ended', 'followed_up')),
    first_day TEXT NOT NULL CHECK (first_day = '' OR first_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    last_day TEXT NOT NULL CHECK (last_day = '' OR last_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    answer_by TEXT NOT NULL CHECK (answer_by = '' OR answer_by GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    moved_from TEXT,
    body TEXT NOT NULL CHECK (json_valid(body)),
    FOREIGN KEY (referral_id) REFERENCES referrals (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (pupil_id) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (decision_id) REFERENCES decisions (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (organisation_id) REFERENCES organisations (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (site_id) REFERENCES sites (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (group_id) REFERENCES groups (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (moved_from) REFERENCES placements (id) ON DELETE NO ACTION,
    CHECK (first_day <> '')
) STRICT;
CREATE INDEX placements_referral_id ON placements (referral_id);
CREATE INDEX placements_pupil_id ON placements (pupil_id);
CREATE INDEX placements_decision_id ON placements (decision_id);
CREATE INDEX placements_organisation_id ON placements (organisation_id);
CREATE INDEX placements_site_id ON placements (site_id);
CREATE INDEX placements_group_id ON placements (group_id);
CREATE INDEX placements_moved_from ON placements (moved_from);
CREATE INDEX placements_days ON placements (first_day, last_day);
CREATE INDEX placements_state ON placements (state);

CREATE TABLE reviews (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    placement_id TEXT NOT NULL,
    pupil_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    due TEXT NOT NULL CHECK (due = '' OR due GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    held TEXT NOT NULL CHECK (held = '' OR held GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    body TEXT NOT NULL CHECK (json_valid(body)),
    FOREIGN KEY (placement_id) REFERENCES placements (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (pupil_id) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT
) STRICT;
CREATE INDEX reviews_placement_id ON reviews (placement_id);
CREATE INDEX reviews_pupil_id ON reviews (pupil_id);
CREATE INDEX reviews_due ON reviews (due) WHERE held = '';

CREATE TABLE ratifications (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE CHECK (id <> ''),
    decision_id TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    FOREIGN KEY (decision_id) REFERENCES decisions (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (meeting_id) REFERENCES meetings (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    UNIQUE (decision_id, meeting_id)
) STRICT;
CREATE INDEX ratifications_decision_id ON ratifications (decision_id);
CREATE INDEX ratifications_meeting_id ON ratifications (meeting_id);

-- +goose StatementBegin
CREATE TRIGGER ratifications_no_update BEFORE UPDATE ON ratifications
BEGIN SELECT RAISE(ABORT, 'ratifications is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ratifications_no_delete BEFORE DELETE ON ratifications
WHEN NOT EXISTS (SELECT 1 FROM erasures e JOIN decisions d ON d.pupil_id = e.pupil_id WHERE d.id = OLD.decision_id)
BEGIN SELECT RAISE(ABORT, 'ratifications is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ratifications_no_replace BEFORE INSERT ON ratifications
WHEN EXISTS (SELECT 1 FROM ratifications WHERE id = NEW.id OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'ratifications is append-only'); END;
-- +goose StatementEnd

CREATE TABLE register_entries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE CHECK (id <> ''),
    subject TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('keep_apart', 'area_rivalry')),
    act TEXT NOT NULL CHECK (act IN ('open', 'amend', 'close', 'reopen')),
    pupil_a TEXT,
    pupil_b TEXT,
    last_day TEXT NOT NULL CHECK (last_day = '' OR last_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    review_on TEXT NOT NULL CHECK (review_on = '' OR review_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    body TEXT NOT NULL CHECK (json_valid(body)),
    FOREIGN KEY (subject) REFERENCES register_entries (id) ON DELETE NO ACTION,
    FOREIGN KEY (pupil_a) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY (pupil_b) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    CHECK ((act = 'open') = (subject = id)),
    CHECK ((kind = 'keep_apart') = (pupil_a IS NOT NULL AND pupil_b IS NOT NULL)),
    CHECK (kind = 'keep_apart' OR (pupil_a IS NULL AND pupil_b IS NULL)),
    CHECK (pupil_a < pupil_b)
) STRICT;
CREATE INDEX register_entries_subject ON register_entries (subject);
CREATE INDEX register_entries_pupil_a ON register_entries (pupil_a);
CREATE INDEX register_entries_pupil_b ON register_entries (pupil_b);

-- +goose StatementBegin
CREATE TRIGGER register_entries_no_update BEFORE UPDATE ON register_entries
BEGIN SELECT RAISE(ABORT, 'register_entries is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER register_entries_no_delete BEFORE DELETE ON register_entries
WHEN NOT EXISTS (SELECT 1 FROM erasures e WHERE e.pupil_id IN (OLD.pupil_a, OLD.pupil_b))
BEGIN SELECT RAISE(ABORT, 'register_entries is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER register_entries_no_replace BEFORE INSERT ON register_entries
WHEN EXISTS (SELECT 1 FROM register_entries WHERE id = NEW.id OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'register_entries is append-only'); END;
-- +goose StatementEnd

CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    kind TEXT NOT NULL,
    meeting_id TEXT,
    by_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'stopped', 'failed', 'lost')),
    body TEXT NOT NULL CHECK (json_valid(body)),
    FOREIGN KEY (meeting_id) REFERENCES meetings (id) ON UPDATE RESTRICT ON DELETE RESTRICT
) STRICT;
CREATE INDEX jobs_meeting_id ON jobs (meeting_id);
CREATE INDEX jobs_state ON jobs (state);

CREATE TABLE holds (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    pupil_id TEXT NOT NULL,
    review_on TEXT NOT NULL CHECK (review_on = '' OR review_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    last_day TEXT NOT NULL CHECK (last_day = '' OR last_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    body TEXT NOT NULL CHECK (json_valid(body)),
    FOREIGN KEY (pupil_id) REFERENCES pupils (id) ON UPDATE RESTRICT ON DELETE RESTRICT
) STRICT;
CREATE INDEX holds_pupil_id ON holds (pupil_id);
CREATE INDEX holds_review_on ON holds (review_on);

-- the pupil is gone, so nothing can refer to it
CREATE TABLE erasures (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE CHECK (id <> ''),
    pupil_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    CHECK (pupil_id <> '')
) STRICT;
CREATE INDEX erasures_pupil_id ON erasures (pupil_id);

-- +goose StatementBegin
CREATE TRIGGER erasures_no_update BEFORE UPDATE ON erasures
BEGIN SELECT RAISE(ABORT, 'erasures is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER erasures_no_delete BEFORE DELETE ON erasures
BEGIN SELECT RAISE(ABORT, 'erasures is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER erasures_no_replace BEFORE INSERT ON erasures
WHEN EXISTS (SELECT 1 FROM erasures WHERE id = NEW.id OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'erasures is append-only'); END;
-- +goose StatementEnd

CREATE TABLE journal (
    seq  INTEGER NOT NULL PRIMARY KEY CHECK (seq >= 1),
    prev BLOB NOT NULL UNIQUE CHECK (length(prev) = 32),
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
-- +goose StatementEnd

-- An entry goes after the last one and nowhere else.
-- +goose StatementBegin
CREATE TRIGGER journal_continues BEFORE INSERT ON journal
WHEN NEW.seq IS NOT coalesce((SELECT max(seq) FROM journal), 0) + 1
    OR NEW.prev IS NOT coalesce((SELECT hash FROM journal ORDER BY seq DESC LIMIT 1), zeroblob(32))
BEGIN SELECT RAISE(ABORT, 'the journal goes on elsewhere'); END;
-- +goose StatementEnd

-- What each entry of the journal wrote: the last state of every row it touched, as a hash, or
-- zeros where it took the row away. The entry's own hash covers these (docs/reference/journal.md).
CREATE TABLE marks (
    seq  INTEGER NOT NULL,
    tbl  TEXT NOT NULL CHECK (tbl <> ''),
    id   TEXT NOT NULL CHECK (id <> ''),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (tbl, id, seq),
    FOREIGN KEY (seq) REFERENCES journal (seq) ON UPDATE RESTRICT ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
CREATE INDEX marks_seq ON marks (seq);

-- +goose StatementBegin
CREATE TRIGGER marks_no_update BEFORE UPDATE ON marks
BEGIN SELECT RAISE(ABORT, 'marks is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER marks_no_delete BEFORE DELETE ON marks
BEGIN SELECT RAISE(ABORT, 'marks is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER marks_no_replace BEFORE INSERT ON marks
WHEN EXISTS (SELECT 1 FROM marks WHERE tbl = NEW.tbl AND id = NEW.id AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'marks is append-only'); END;
-- +goose StatementEnd
