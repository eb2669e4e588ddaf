package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
	gormlite "gorm.io/driver/sqlite"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"example.org/backontrack/panel"
)

// oldestSQLite has no bug that damages files in WAL mode (SQLite 3.7.0 to 3.51.2).
var oldestSQLite = []int{3, 51, 3}

// applicationID marks a file as one of ours: "BoTr". The first migration sets it.
const applicationID = 0x426F5472

const readers = 4

var sqliteDialect = &dialect{
	name:        goose.DialectSQLite3,
	inJSON:      "? IN (SELECT value FROM json_each(?))",
	view:        sql.TxOptions{ReadOnly: true},
	begin:       beginSQLite,
	lock:        func(*tx, string, []string) error { return nil }, // the writer is alone
	holdJournal: func(*tx) error { return nil },
	gone:        "zeroblob(32)",
	purge:       purgeSQLite,
	hasTable:    "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = $1",
	patient:     "SELECT 1", // they may already
	hasty:       "SELECT 1",
	tables:      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
	integrity:   sqliteIntegrity,
	catalogue:   sqliteCatalogue,
}

// beginSQLite fixes the state that a view sees: SQLite does that at the first read.
func beginSQLite(t *tx) error {
	if t.writes {
		return nil
	}
	var n int
	return t.db.Raw("SELECT count(*) FROM sqlite_schema").Scan(&n).Error
}

// A use is what a connection is for.
type use int

const (
	reading use = iota
	writing
	migrating // foreign keys are off while tables are remade, and checked afterwards
	copied    // reads a file that nobody else uses, and leaves nothing beside it
)

// settings are the pragmas of a connection, with what each has to read back as. The time
// to wait comes first, so that the others wait too.
func (u use) settings() [][2]string {
	s := [][2]string{
		{"busy_timeout", "5000"}, {"synchronous", "2"}, {"foreign_keys", "1"}, {"recursive_triggers", "1"},
		{"trusted_schema", "0"}, {"secure_delete", "1"}, {"journal_size_limit", "67108864"},
	}
	switch u {
	case reading, copied:
		return append(s, [2]string{"query_only", "1"})
	case migrating:
		s[2][1] = "0"
	case writing:
	}
	return slices.Insert(s, 1, [2]string{"journal_mode", "wal"})
}

// dsn is the data source name of a connection to the file.
func (u use) dsn(path string) string {
	q := url.Values{"mode": {"rw"}, "_dqs": {"0"}}
	switch u {
	case reading:
		q.Set("mode", "ro")
	case copied:
		q.Set("mode", "ro")
		q.Set("immutable", "1")
	default:
		q.Set("_txlock", "immediate")
	}
	for _, s := range u.settings() {
		q.Add("_pragma", s[0]+"("+s[1]+")")
	}
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: q.Encode()}).String()
}

// A connector opens connections and looks at each before anybody gets it: a setting that a
// driver does not know is ignored without a word.
type connector struct {
	use    use
	path   string
	driver *sqlite.Driver
}

// Driver is the driver below.
func (c *connector) Driver() driver.Driver { return c.driver }

// Connect opens a connection that is as it has to be.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.driver.Open(c.use.dsn(c.path))
	if err != nil {
		return nil, err
	}
	if err := c.readBack(ctx, conn); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

func (c *connector) readBack(ctx context.Context, conn driver.Conn) error {
	q, ok := conn.(driver.QueryerContext)
	if !ok {
		return errors.New("store: the driver can't be asked")
	}
	for _, s := range c.use.settings() {
		got, err := one(ctx, q, "PRAGMA "+s[0])
		if err != nil {
			return err
		}
		if got != s[1] {
			return fmt.Errorf("store: SQLite has %s = %s, which has to be %s", s[0], got, s[1])
		}
	}
	version, err := one(ctx, q, "SELECT sqlite_version()")
	if err != nil {
		return err
	}
	if !newEnough(version) {
		return fmt.Errorf("store: SQLite %s can damage files: at least %v is needed", version, oldestSQLite)
	}
	return nil
}

func one(ctx context.Context, q driver.QueryerContext, query string) (string, error) {
	rows, err := q.QueryContext(ctx, query, nil)
	if err != nil {
		return "", err
	}
	defer done(rows)
	value := make([]driver.Value, len(rows.Columns()))
	if len(value) != 1 {
		return "", fmt.Errorf("store: %s has no single answer", query)
	}
	if err := rows.Next(value); err != nil {
		return "", fmt.Errorf("store: %s has no answer", query)
	}
	return fmt.Sprint(value[0]), nil
}

func newEnough(version string) bool {
	var have []int
	for part := range strings.SplitSeq(version, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return false
		}
		have = append(have, n)
	}
	return slices.Compare(have, oldestSQLite) >= 0
}

// pool is a pool of connections to the file.
func (u use) pool(path string) *sql.DB {
	pool := sql.OpenDB(&connector{u, path, &sqlite.Driver{}})
	most := 1
	if u == reading {
		most = readers
	}
	pool.SetMaxOpenConns(most)
	pool.SetMaxIdleConns(most)
	return pool
}

func (s *DB) openSQLite(ctx context.Context, o Options) error {
	s.dialect = sqliteDialect
	path, err := filepath.Abs(o.Database)
	if err != nil {
		return err
	}
	s.path = path
	if !o.ReadOnly {
		lock, err := lockFile(path)
		if err != nil {
			return err
		}
		s.close = append(s.close, lock.release)
	}
	if err := checkFile(path); err != nil {
		return err
	}
	if !o.ReadOnly {
		pool := writing.pool(path)
		s.close = append(s.close, pool.Close)
		if err := sound(ctx, pool); err != nil {
			return err
		}
		if s.writer, err = s.gorm(gormlite.New(gormlite.Config{Conn: pool}), o.Logger); err != nil {
			return translate(err)
		}
	}
	pool := reading.pool(path)
	if o.ReadOnly {
		if pool, err = readable(ctx, path, pool); err != nil {
			return err
		}
	}
	s.close = append(s.close, pool.Close)
	s.readers, err = s.gorm(gormlite.New(gormlite.Config{Conn: pool}), o.Logger)
	return translate(err)
}

// readable is the pool, if it can read. In a folder that can't be written SQLite can't read a
// file with a log, for it needs a third file beside the two; without a log nobody writes
// either, and the file can be read as it lies there.
func readable(ctx context.Context, path string, pool *sql.DB) (*sql.DB, error) {
	var n int
	err := pool.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&n)
	e, is := errors.AsType[*sqlite.Error](err)
	if !is || e.Code()&0xff != sqlite3.SQLITE_CANTOPEN && e.Code()&0xff != sqlite3.SQLITE_READONLY {
		return pool, nil // or it says later what is wrong
	}
	done(pool)
	if !free(path + "-wal") {
		return nil, panel.Errorf(panel.Unavailable, "the folder of the database can't be written, which reading takes while there is a log beside it: "+
			"copy the file and its -wal to a folder that can be written")
	}
	return copied.pool(path), nil
}

// sound tells whether the file is one of ours and not damaged, as far as can be told soon.
func sound(ctx context.Context, pool *sql.DB) error {
	var id int
	if err := pool.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return translate(err)
	}
	if id != applicationID && id != 0 {
		return panel.Errorf(panel.Corrupt, "the file is another program's database")
	}
	var said string
	if err := pool.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&said); err != nil {
		return translate(err)
	}
	if said != "ok" {
		return panel.Errorf(panel.Corrupt, "the database is damaged: restore it from a backup")
	}
	return nil
}

func purgeSQLite(ctx context.Context, s *DB) error {
	pool, err := s.writer.DB()
	if err != nil {
		return err
	}
	var busy, log, done int
	if err := pool.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &log, &done); err != nil {
		return translate(err)
	}
	if busy != 0 {
		return panel.Errorf(panel.Unavailable, "somebody reads: the log can't be cut yet")
	}
	return nil
}
