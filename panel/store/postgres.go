package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	gormpg "gorm.io/driver/postgres"
)

var postgresDialect = &dialect{
	name:        goose.DialectPostgres,
	inJSON:      "? IN (SELECT jsonb_array_elements_text(?::jsonb))",
	view:        sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true},
	update:      sql.TxOptions{Isolation: sql.LevelReadCommitted},
	begin:       beginPostgres,
	lock:        lockPostgres,
	holdJournal: func(t *tx) error { return t.db.Exec("SELECT pg_advisory_xact_lock(?)", journalLock).Error },
	gone:        "decode(repeat('00', 32), 'hex')",
	purge:       purgePostgres,
	hasTable:    "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = $1",
	patient:     "SET statement_timeout = 0",
	hasty:       "SET statement_timeout = '10s'",
	tables:      "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename",
	integrity:   func(context.Context, asker) ([]string, error) { return nil, nil }, // amcheck is the operator's
	catalogue:   postgresCatalogue,
}

// journalLock is the number of the lock on the journal's end, the same in all programs.
const journalLock = applicationID

// oldestPostgres is the oldest version that is still looked after.
const oldestPostgres = 140000

const connections = 20

// beginPostgres fixes the state that a view sees, as PostgreSQL does at the first query.
func beginPostgres(t *tx) error {
	if t.writes {
		return nil
	}
	var n int
	return t.db.Raw("SELECT 1").Scan(&n).Error
}

func lockPostgres(t *tx, table string, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	var held []string
	locked := t.db.Raw("SELECT id FROM "+table+" WHERE id IN ? ORDER BY id FOR UPDATE", ids).Scan(&held) // table is a constant
	return t.latch(locked.Error)
}

// postgresPool opens a pool whose sessions have the settings, whatever the server's are.
func postgresPool(dsn string, settings map[string]string) (*sql.DB, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, errors.New("store: the URL of the database can't be read") // which may hold a password
	}
	maps.Copy(config.RuntimeParams, settings)
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections / 2)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	return pool, nil
}

// always are the settings of every session.
func always() map[string]string {
	return map[string]string{
		"application_name": "panel", "timezone": "UTC", "synchronous_commit": "on", "client_encoding": "UTF8",
		"default_transaction_isolation": "read committed",
	}
}

func (s *DB) openPostgres(ctx context.Context, o Options) error {
	s.dialect = postgresDialect
	settings := always()
	settings["statement_timeout"] = "10s"
	settings["lock_timeout"] = "8s"
	settings["idle_in_transaction_session_timeout"] = "15s"
	if o.ReadOnly {
		settings["default_transaction_read_only"] = "on"
	}
	pool, err := postgresPool(o.Database, settings)
	if err != nil {
		return err
	}
	s.close = append(s.close, pool.Close)
	if err := checkServer(ctx, pool); err != nil {
		return err
	}
	s.readers, err = s.gorm(gormpg.New(gormpg.Config{Conn: pool}), o.Logger)
	if !o.ReadOnly {
		s.writer = s.readers
	}
	return translate(err)
}

// checkServer refuses a server that may lose what it has said is stored.
func checkServer(ctx context.Context, pool *sql.DB) error {
	var version int
	if err := pool.QueryRowContext(ctx, "SELECT current_setting('server_version_num')::int").Scan(&version); err != nil {
		return translate(err)
	}
	if version < oldestPostgres {
		return fmt.Errorf("store: PostgreSQL %d is too old: at least %d is needed", version, oldestPostgres)
	}
	for name, want := range map[string]string{
		"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "server_encoding": "UTF8",
	} {
		var got string
		if err := pool.QueryRowContext(ctx, "SELECT current_setting($1)", name).Scan(&got); err != nil {
			return translate(err)
		}
		if got != want {
			return fmt.Errorf("store: PostgreSQL has %s = %s, which has to be %s", name, got, want)
		}
	}
	return nil
}

// purgePostgres gives the room of erased rows back, to be written over. What the server's
// log and backups hold goes as they age.
func purgePostgres(ctx context.Context, s *DB) error {
	pool, err := s.writer.DB()
	if err != nil {
		return err
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return translate(err)
	}
	defer done(conn)
	for _, statement := range []string{
		s.dialect.patient,
		"VACUUM contents, documents, tentatives, reviews, waivers, ratifications, placements, decisions, rankings, referrals, register_entries, holds, pupils",
		s.dialect.hasty,
	} {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return translate(err)
		}
	}
	return nil
}
