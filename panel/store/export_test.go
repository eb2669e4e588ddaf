package store

import (
	"context"
	"database/sql"

	"example.org/backontrack/panel/audit"
)

// What tests see of the inside.
var (
	Classify  = classify
	Translate = translate
	NewEnough = newEnough
	LockFile  = lockFile
)

// Written is a pair that only the store may say.
var Written = audit.Pair{Key: writtenKey, Value: "x"}

// Columns are the columns of every noun's table, by table.
func Columns() map[string][]string {
	all := map[string][]string{}
	for _, k := range kinds {
		all[k.name()] = k.columnNames()
	}
	return all
}

// Raw is the pool that reads, and also writes where a test has to do what nobody may.
func (s *DB) Raw() *sql.DB {
	pool := s.readers
	if s.writer != nil {
		pool = s.writer
	}
	raw, err := pool.DB()
	if err != nil {
		panic(err)
	}
	return raw
}

// Catalogue is what drift is told by.
func (s *DB) Catalogue(ctx context.Context) ([]string, error) {
	return s.dialect.catalogue(ctx, s.Raw())
}

// IsPostgres tells which engine it is.
func (s *DB) IsPostgres() bool { return s.dialect == postgresDialect }
