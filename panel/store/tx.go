package store

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"time"

	"gorm.io/gorm"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
)

const (
	longestWait  = 10 * time.Second // for the writer
	longestWrite = 30 * time.Second
	longestRead  = 30 * time.Second // SQLite's log can't be cut while somebody reads from it
	longestEnd   = 10 * time.Second // of a commit, whoever no longer waits for it
	attempts     = 5
)

// A tx is one transaction.
type tx struct {
	store   *DB
	db      *gorm.DB
	now     time.Time
	writes  bool
	ended   bool
	failed  error // the first failure: PostgreSQL has then given the transaction up, and SQLite does as it does
	entries []audit.Entry
	marks   map[mark][32]byte // of the rows it wrote: the hash of each, or zeros
}

var (
	errEnded  = errors.New("store: the transaction is over")
	errReader = errors.New("store: a view stores nothing")
)

// View runs fn on one consistent state of the database and stores nothing. It ends after
// half a minute, unless the caller has set a time of his own.
func (s *DB) View(ctx context.Context, fn func(panel.Tx) error) error {
	if _, set := ctx.Deadline(); !set {
		limited, cancel := context.WithTimeout(ctx, longestRead)
		defer cancel()
		ctx = limited
	}
	return s.run(ctx, ctx, s.readers, &s.dialect.view, fn)
}

// Update runs fn and stores all that it did, or nothing when it or the commit fails.
func (s *DB) Update(ctx context.Context, fn func(panel.Tx) error) error {
	if s.writer == nil {
		return errReader
	}
	for attempt := 1; ; attempt++ {
		err := s.update(ctx, fn)
		if err == nil || attempt == attempts || !asksAgain(err) {
			return err
		}
		wait := time.Duration(attempt*attempt)*5*time.Millisecond + rand.N(20*time.Millisecond)
		select {
		case <-ctx.Done():
			return translate(ctx.Err())
		case <-time.After(wait):
		}
	}
}

func (s *DB) update(ctx context.Context, fn func(panel.Tx) error) error {
	// A caller who goes away while statements run takes the transaction back. Once they
	// have all run, the commit has its own deadline, so that none is left in doubt.
	whole, cancel := context.WithTimeout(context.WithoutCancel(ctx), longestWait+longestWrite+longestEnd)
	defer cancel()
	body, cancelBody := context.WithTimeout(ctx, longestWait+longestWrite)
	defer cancelBody()
	return s.run(body, whole, s.writer, &s.dialect.update, fn)
}

// run runs fn in a transaction of the pool: its statements until body is done, and the
// commit until whole is.
func (s *DB) run(body, whole context.Context, pool *gorm.DB, options *sql.TxOptions, fn func(panel.Tx) error) (err error) {
	raw, err := pool.DB()
	if err != nil {
		return err
	}
	wait, cancel := context.WithTimeout(body, longestWait)
	defer cancel()
	conn, err := raw.Conn(wait)
	if err != nil {
		return translate(err)
	}
	defer done(conn)
	begun, err := conn.BeginTx(whole, options)
	if err != nil {
		return translate(err)
	}
	defer begun.Rollback() //nolint:errcheck // after a commit it says that it is over
	db := pool.Session(&gorm.Session{NewDB: true, Context: body})
	db.Statement.ConnPool = begun
	t := &tx{store: s, db: db, now: s.now(), writes: !options.ReadOnly}
	defer func() { t.ended = true }()
	if err := s.dialect.begin(t); err != nil {
		return translate(err)
	}
	if err := fn(t); err != nil {
		return err
	}
	if t.failed != nil {
		return t.failed // fn has passed over it
	}
	t.ended = true
	if !t.writes {
		return nil
	}
	if err := body.Err(); err != nil {
		return translate(err)
	}
	t.db = t.db.Session(&gorm.Session{NewDB: true, Context: whole})
	t.db.Statement.ConnPool = begun
	if err := t.writeJournal(); err != nil {
		return err
	}
	return translate(begun.Commit())
}

func (s *DB) now() time.Time { return s.clock().UTC().Truncate(time.Microsecond) }

// usable tells whether the transaction may go on, and may write.
func (t *tx) usable(write bool) error {
	switch {
	case t.ended:
		return errEnded
	case t.failed != nil:
		return t.failed
	case write && !t.writes:
		return errReader
	}
	return nil
}

// latch translates an error, and remembers that the transaction has failed.
func (t *tx) latch(err error) error {
	if err != nil && t.failed == nil {
		t.failed = translate(err)
	}
	return t.failed
}

// missing is latch, but that a row is not there is no failure.
func (t *tx) missing(err error, table string) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return notFound(table)
	}
	return t.latch(err)
}

// Now is the time of the transaction.
func (t *tx) Now() time.Time { return t.now }

// Lock holds the rows of sites and pupils until the transaction ends. The order is the
// same for everybody: sites before pupils, each by id, and the journal's end last.
func (t *tx) Lock(siteIDs []panel.SiteID, pupilIDs []panel.PupilID) error {
	if err := t.usable(true); err != nil {
		return err
	}
	if err := t.store.dialect.lock(t, sites.table, texts(siteIDs)); err != nil {
		return err
	}
	return t.store.dialect.lock(t, pupils.table, texts(pupilIDs))
}

// LockMeeting holds the row of a meeting until the transaction ends.
func (t *tx) LockMeeting(id panel.MeetingID) error {
	if err := t.usable(true); err != nil {
		return err
	}
	return t.store.dialect.lock(t, meetings.table, []string{string(id)})
}

func texts[S ~string](ids []S) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}

func on[ID ~string, N any](t *tx, n *noun[ID, N]) table[ID, N] { return table[ID, N]{t, n} }

func (t *tx) Organisations() panel.Table[panel.OrganisationID, panel.Organisation] {
	return on(t, organisations)
}
func (t *tx) Sites() panel.Table[panel.SiteID, panel.Site]                { return on(t, sites) }
func (t *tx) Groups() panel.Table[panel.GroupID, panel.Group]             { return on(t, groups) }
func (t *tx) Changes() panel.Table[panel.ChangeID, panel.Change]          { return on(t, changes) }
func (t *tx) Outcodes() panel.Table[panel.OutcodeID, panel.Outcode]       { return on(t, outcodes) }
func (t *tx) People() panel.Table[panel.PersonID, panel.Person]           { return on(t, people) }
func (t *tx) Tokens() panel.Table[panel.TokenID, panel.Token]             { return on(t, tokens) }
func (t *tx) Pupils() panel.Table[panel.PupilID, panel.Pupil]             { return on(t, pupils) }
func (t *tx) Referrals() panel.Table[panel.ReferralID, panel.Referral]    { return on(t, referrals) }
func (t *tx) Documents() panel.Table[panel.DocumentID, panel.Document]    { return on(t, documents) }
func (t *tx) Meetings() panel.Table[panel.MeetingID, panel.Meeting]       { return on(t, meetings) }
func (t *tx) Tentatives() panel.Table[panel.TentativeID, panel.Tentative] { return on(t, tentatives) }
func (t *tx) Waivers() panel.Table[panel.WaiverID, panel.Waiver]          { return on(t, waivers) }
func (t *tx) Placements() panel.Table[panel.PlacementID, panel.Placement] { return on(t, placements) }
func (t *tx) Reviews() panel.Table[panel.ReviewID, panel.Review]          { return on(t, reviews) }
func (t *tx) Jobs() panel.Table[panel.JobID, panel.Job]                   { return on(t, jobs) }
func (t *tx) Holds() panel.Table[panel.HoldID, panel.Hold]                { return on(t, holds) }
func (t *tx) Decisions() panel.Book[panel.DecisionID, panel.Decision]     { return on(t, decisions) }
func (t *tx) Ratifications() panel.Book[panel.RatificationID, panel.Ratification] {
	return on(t, ratifications)
}
func (t *tx) Register() panel.Book[panel.EntryID, panel.RegisterEntry] { return on(t, register) }
func (t *tx) Policies() panel.Book[panel.PolicyID, panel.Policy]       { return on(t, policies) }
func (t *tx) Activations() panel.Book[panel.ActivationID, panel.Activation] {
	return on(t, activations)
}
func (t *tx) Years() panel.Book[panel.YearID, panel.Year]            { return on(t, years) }
func (t *tx) Settings() panel.Book[panel.SettingsID, panel.Settings] { return on(t, settings) }
func (t *tx) Rankings() panel.Book[panel.Digest, panel.Ranking]      { return on(t, rankings) }
func (t *tx) Erasures() panel.Book[panel.ErasureID, panel.Erasure]   { return on(t, erasures) }
func (t *tx) Evidence() panel.Evidence                               { return evidence{t} }
func (t *tx) Contents() panel.Contents                               { return contents{t} }
func (t *tx) Journal() panel.Journal                                 { return journal{t} }
