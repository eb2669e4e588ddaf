package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"example.org/backontrack/panel"
)

//go:embed migrations
var migrations embed.FS

func (d *dialect) files() (fs.FS, error) {
	if d == postgresDialect {
		return fs.Sub(migrations, "migrations/postgres")
	}
	return fs.Sub(migrations, "migrations/sqlite")
}

// A Migration is what [Migrate] did: the version of the tables before and after.
type Migration struct{ From, To int64 }

// Pending is what [Migrate] would do, without doing it. From is 0 while there are no tables.
func Pending(ctx context.Context, o Options) (m Migration, err error) {
	if err := checkName(o.Database); err != nil {
		return m, err
	}
	d, pool := sqliteDialect, (*sql.DB)(nil)
	if isPostgres(o.Database) {
		d = postgresDialect
		if pool, err = postgresPool(o.Database, always()); err != nil {
			return m, err
		}
	} else {
		path, err := filepath.Abs(o.Database)
		if err != nil {
			return m, err
		}
		if err := checkFile(path); err != nil {
			return m, err
		}
		pool = reading.pool(path)
	}
	defer pool.Close() //nolint:errcheck // it was only read
	if m.From, err = schemaVersion(ctx, d, pool); err != nil {
		return m, translate(err)
	}
	m.To, err = latestVersion(d)
	return m, err
}

// Migrate makes the tables, or brings them to the version of this program. It loses no
// row: it counts them before and afterwards, and looks after every reference. An SQLite
// file is copied before its tables change, to a name that ends in the old version.
func Migrate(ctx context.Context, o Options) (Migration, error) {
	if err := checkName(o.Database); err != nil {
		return Migration{}, err
	}
	if isPostgres(o.Database) {
		return migratePostgres(ctx, o)
	}
	path, err := filepath.Abs(o.Database)
	if err != nil {
		return Migration{}, err
	}
	return migrateSQLite(ctx, path)
}

func migrateSQLite(ctx context.Context, path string) (m Migration, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return m, err
	}
	held, err := lockFile(path)
	if err != nil {
		return m, err
	}
	defer held.release() //nolint:errcheck // it was only locked
	if _, err := os.Stat(path); err != nil && !marked(path) {
		if err := makeFile(path); err != nil {
			return m, err
		}
	}
	if err := checkFile(path); err != nil {
		return m, err
	}
	pool := migrating.pool(path)
	defer done(pool)
	if err := sound(ctx, pool); err != nil {
		return m, err
	}
	if err := keepOld(ctx, path); err != nil {
		return m, err
	}
	if m, err = migrate(ctx, sqliteDialect, pool); err != nil {
		return m, err
	}
	if said, err := sqliteReferences(ctx, pool); err != nil || len(said) > 0 {
		return m, panel.Errorf(panel.Corrupt, "the migration broke %d references: go back to the copy", len(said))
	}
	return m, held.mark()
}

// keepOld copies a database that is about to change.
func keepOld(ctx context.Context, path string) error {
	pool := reading.pool(path)
	defer done(pool)
	have, err := schemaVersion(ctx, sqliteDialect, pool)
	if err != nil {
		return translate(err)
	}
	others, err := column(ctx, pool, sqliteDialect.tables)
	if err != nil {
		return translate(err)
	}
	// A first migration that was cut short leaves goose's own table and no other.
	others = slices.DeleteFunc(others, func(name string) bool { return name == versions })
	if have == 0 && len(others) > 0 {
		return fmt.Errorf("store: %s is another program's database", path)
	}
	want, err := latestVersion(sqliteDialect)
	if err != nil || have == 0 || have >= want {
		return err
	}
	return copyInto(ctx, pool, fmt.Sprintf("%s.version-%d", path, have))
}

func migratePostgres(ctx context.Context, o Options) (m Migration, err error) {
	pool, err := postgresPool(o.Database, always())
	if err != nil {
		return m, err
	}
	defer done(pool)
	if err := checkServer(ctx, pool); err != nil {
		return m, err
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 120))
	if err != nil {
		return m, err
	}
	return migrate(ctx, postgresDialect, pool, goose.WithSessionLocker(locker))
}

func migrate(ctx context.Context, d *dialect, pool *sql.DB, options ...goose.ProviderOption) (m Migration, err error) {
	if m.From, err = schemaVersion(ctx, d, pool); err != nil {
		return m, translate(err)
	}
	m.To = m.From
	if want, err := latestVersion(d); err != nil || m.From > want {
		return m, errors.Join(err, newer(m.From, want))
	}
	before, err := countRows(ctx, d, pool)
	if err != nil {
		return m, translate(err)
	}
	files, err := d.files()
	if err != nil {
		return m, err
	}
	options = append(options, goose.WithDisableGlobalRegistry(true))
	provider, err := goose.NewProvider(d.name, pool, files, options...)
	if err != nil {
		return m, err
	}
	if _, err := provider.Up(ctx); err != nil {
		return m, fmt.Errorf("store: migrate: %w", err)
	}
	if m.To, err = schemaVersion(ctx, d, pool); err != nil {
		return m, translate(err)
	}
	after, err := countRows(ctx, d, pool)
	if err != nil {
		return m, translate(err)
	}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if name != versions && after[name] < before[name] {
			return m, panel.Errorf(panel.Corrupt, "the migration left %d of %d %s: go back to the copy", after[name], before[name], words(name))
		}
	}
	return m, nil
}

// newer is why a program leaves a database alone that a later one has made.
func newer(have, want int64) error {
	return fmt.Errorf("store: the database is at version %d and this program at %d: a newer program is needed", have, want)
}

// versions is goose's own table.
const versions = "goose_db_version"

func schemaVersion(ctx context.Context, d *dialect, pool *sql.DB) (int64, error) {
	var there int
	if err := pool.QueryRowContext(ctx, d.hasTable, versions).Scan(&there); err != nil || there == 0 {
		return 0, err
	}
	var version sql.NullInt64
	err := pool.QueryRowContext(ctx, "SELECT max(version_id) FROM "+versions+" WHERE is_applied").Scan(&version)
	return version.Int64, err
}

func latestVersion(d *dialect) (int64, error) {
	files, err := d.files()
	if err != nil {
		return 0, err
	}
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return 0, err
	}
	var latest int64
	for _, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return 0, err
		}
		latest = max(latest, version)
	}
	return latest, nil
}

func countRows(ctx context.Context, d *dialect, pool *sql.DB) (map[string]int64, error) {
	names, err := column(ctx, pool, d.tables)
	if err != nil {
		return nil, err
	}
	counts := make(map[string]int64, len(names))
	for _, name := range names {
		var n int64
		if err := pool.QueryRowContext(ctx, `SELECT count(*) FROM "`+name+`"`).Scan(&n); err != nil {
			return nil, err
		}
		counts[name] = n
	}
	return counts, nil
}

// An asker is a pool or one connection of it.
type asker interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}

// column reads a query of one column of text.
func column(ctx context.Context, from asker, query string) ([]string, error) {
	rows, err := from.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer done(rows)
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}
