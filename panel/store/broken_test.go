package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"strings"
	"testing"

	gormlite "gorm.io/driver/sqlite"
	"modernc.org/sqlite"
)

// What follows breaks a store on purpose, for the tests of the tests (CC-10).

// Unlocked holds nothing when it is asked to.
func Unlocked(s *DB) *DB {
	return s.with(func(d *dialect) { d.lock = func(*tx, string, []string) error { return nil } })
}

// ChildrenLocked holds the placements that are there, and not the sites.
func ChildrenLocked(s *DB) *DB {
	return s.with(func(d *dialect) {
		d.lock = func(t *tx, table string, ids []string) error {
			if table != sites.table || len(ids) == 0 {
				return nil
			}
			var held []string
			return t.db.Raw("SELECT id FROM placements WHERE site_id IN ? ORDER BY id FOR UPDATE", ids).Scan(&held).Error
		}
	})
}

// RepeatableRead holds nothing, and reads the state at the first query.
func RepeatableRead(s *DB) *DB {
	return Unlocked(s).with(func(d *dialect) { d.update = sql.TxOptions{Isolation: sql.LevelRepeatableRead} })
}

func (s *DB) with(change func(*dialect)) *DB {
	broken, d := *s, *s.dialect
	change(&d)
	broken.dialect = &d
	return &broken
}

// Deferred has many writers, whose transactions become such at their first write.
func Deferred(t testing.TB, s *DB) *DB {
	t.Helper()
	pool := sql.OpenDB(deferred{s.path})
	pool.SetMaxOpenConns(8)
	t.Cleanup(func() {
		if err := pool.Close(); err != nil {
			t.Error(err)
		}
	})
	broken := *s
	var err error
	if broken.writer, err = s.gorm(gormlite.New(gormlite.Config{Conn: pool}), nil); err != nil {
		t.Fatal(err)
	}
	return &broken
}

type deferred struct{ path string }

func (d deferred) Driver() driver.Driver { return &sqlite.Driver{} }

func (d deferred) Connect(context.Context) (driver.Conn, error) {
	return d.Driver().Open(strings.Replace(writing.dsn(d.path), "_txlock=immediate", "_txlock=deferred", 1))
}
