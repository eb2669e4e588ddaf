package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"gorm.io/gorm"

	"example.org/backontrack/panel"
)

// Options say which database, and how it is used.
type Options struct {
	// Database is the path of an SQLite file, or the URL of a PostgreSQL database
	// (postgres://…).
	Database string
	// ReadOnly opens for reading alone: also beside a server that has the file open.
	ReadOnly bool
	// Clock tells the time of transactions; nil is time.Now.
	Clock func() time.Time
	// Logger gets slow statements, without their values, and codes of errors; nil is nobody.
	Logger *slog.Logger
}

// A DB is an open database. It is a [panel.Store], for as many goroutines as there are.
type DB struct {
	dialect *dialect
	writer  *gorm.DB // nil: opened for reading alone
	readers *gorm.DB
	clock   func() time.Time
	path    string // of the SQLite file
	close   []func() error
}

var _ panel.Store = (*DB)(nil)

// A dialect is what differs between the two databases.
type dialect struct {
	name         goose.Dialect
	inJSON       string // a column is one of the strings in a JSON list
	view, update sql.TxOptions
	begin        func(*tx) error
	lock         func(t *tx, table string, ids []string) error
	holdJournal  func(*tx) error
	gone         string // the hash of zeros
	purge        func(context.Context, *DB) error
	hasTable     string // a query that counts tables of a name
	patient      string // lets statements take their time
	hasty        string // and does not any more
	tables       string // a query for the names of all tables
	integrity    func(context.Context, asker) ([]string, error)
	catalogue    func(context.Context, asker) ([]string, error) // what tables and triggers there are
}

func isPostgres(database string) bool {
	return strings.HasPrefix(database, "postgres://") || strings.HasPrefix(database, "postgresql://")
}

// otherDatabase is what a name of a database can't be: another server's URL, which may hold
// a password and would become the name of a file, or what SQLite and PostgreSQL take besides.
var otherDatabase = regexp.MustCompile(`(?i)^(:memory:|[a-z][a-z0-9+.-]+:)|(^|\s)(host|hostaddr|user|password|dbname|service)\s*=`)

// checkName refuses, without repeating it, a name that is neither a file nor a PostgreSQL URL.
func checkName(database string) error {
	if database == "" || !isPostgres(database) && otherDatabase.MatchString(database) {
		return errors.New("store: the database has to be the path of a file, or a URL that begins with postgres:// or postgresql://" +
			" (a file with a colon in its name: ./name)")
	}
	return nil
}

// Open opens a database whose tables are those of this program; see [Migrate]. It
// refuses one that is not kept as it must be: settings, version, who may read the file,
// another server that has it open, damage.
func Open(ctx context.Context, o Options) (*DB, error) {
	if err := checkName(o.Database); err != nil {
		return nil, err
	}
	s := &DB{clock: o.Clock}
	if s.clock == nil {
		s.clock = time.Now
	}
	open := s.openSQLite
	if isPostgres(o.Database) {
		open = s.openPostgres
	}
	err := open(ctx, o)
	if err == nil {
		err = s.checkVersion(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close closes the database. Transactions that are under way end first.
func (s *DB) Close() error {
	var errs []error
	for _, closer := range slices.Backward(s.close) {
		errs = append(errs, closer())
	}
	s.close = nil
	return errors.Join(errs...)
}

// done closes what was only read from: no error of it matters.
func done(c io.Closer) { _ = c.Close() }

func (s *DB) checkVersion(ctx context.Context) error {
	pool, err := s.readers.DB()
	if err != nil {
		return err
	}
	have, err := schemaVersion(ctx, s.dialect, pool)
	if err != nil {
		return translate(err)
	}
	want, err := latestVersion(s.dialect)
	switch {
	case err != nil:
		return err
	case have == 0:
		return errors.New("store: the database has no tables yet: panel migrate makes them")
	case have < want:
		return fmt.Errorf("store: the database is at version %d and this program at %d: panel migrate brings it there", have, want)
	case have > want:
		return newer(have, want)
	}
	return nil
}

func (s *DB) gorm(dialector gorm.Dialector, logger *slog.Logger) (*gorm.DB, error) {
	return gorm.Open(dialector, &gorm.Config{
		SkipDefaultTransaction: true, // each statement is in one of ours
		DisableAutomaticPing:   true,
		Logger:                 quiet{logger},
	})
}
