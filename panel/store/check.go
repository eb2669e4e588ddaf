package store

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.org/backontrack/panel"
)

// Check says everything that does not hold together in the database, a line for each:
// damage, references to nothing, columns that are not what the record beside them says,
// tables that are not those of the migrations, rows that are not what the journal says was
// written. It names tables, columns and ids, and no
// value. No line: all is well.
func (s *DB) Check(ctx context.Context) ([]string, error) {
	pool, err := s.readers.DB()
	if err != nil {
		return nil, err
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, translate(err)
	}
	defer done(conn)
	// Reading all of a large table takes longer than any statement of a server may.
	if _, err := conn.ExecContext(ctx, s.dialect.patient); err != nil {
		return nil, translate(err)
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), s.dialect.hasty) //nolint:errcheck // the connection goes, then
	// What is compared is of one moment: somebody may be writing.
	begun, err := conn.BeginTx(ctx, &s.dialect.view)
	if err != nil {
		return nil, translate(err)
	}
	defer begun.Rollback() //nolint:errcheck // nothing was written
	var found []string
	for _, check := range []func(context.Context, asker) ([]string, error){
		s.dialect.integrity, s.drift, s.misnamed, s.inconsistencies, s.unmarked, s.missing, s.unlikeDigests,
	} {
		lines, err := check(ctx, begun)
		if err != nil {
			return found, translate(err)
		}
		found = append(found, lines...)
	}
	return found, nil
}

func sqliteIntegrity(ctx context.Context, from asker) ([]string, error) {
	said, err := column(ctx, from, "PRAGMA integrity_check")
	if err != nil {
		return nil, err
	}
	if slices.Equal(said, []string{"ok"}) {
		return sqliteReferences(ctx, from)
	}
	return []string{fmt.Sprintf("the file is damaged in %d places", len(said))}, nil
}

func sqliteReferences(ctx context.Context, from asker) ([]string, error) {
	rows, err := from.QueryContext(ctx, "PRAGMA foreign_key_check")
	if err != nil {
		return nil, err
	}
	defer done(rows)
	var found []string
	for rows.Next() {
		var table, parent string
		var row sql.NullInt64
		var key int
		if err := rows.Scan(&table, &row, &parent, &key); err != nil {
			return nil, err
		}
		found = append(found, fmt.Sprintf("%s: row %d refers to none of the %s", table, row.Int64, words(parent)))
	}
	return found, rows.Err()
}

// inconsistencies compares the columns of every row with its body, and that with its mark.
func (s *DB) inconsistencies(ctx context.Context, from asker) ([]string, error) {
	var found []string
	for _, k := range kinds {
		lines, err := compare(ctx, from, k)
		if err != nil {
			return found, err
		}
		found = append(found, lines...)
	}
	return found, nil
}

func compare(ctx context.Context, from asker, k kind) ([]string, error) {
	rows, err := from.QueryContext(ctx, "SELECT r.*, "+lastMark(k.name())+" AS mark FROM "+k.name()+" r ORDER BY r.id") // of constants
	if err != nil {
		return nil, err
	}
	defer done(rows)
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var found []string
	for rows.Next() {
		stored, err := scan(rows, names)
		if err != nil {
			return nil, err
		}
		id, body := fmt.Sprint(stored["id"]), fmt.Sprint(stored["body"])
		wrong, err := k.differences(body, stored)
		if err != nil {
			return nil, err
		}
		var last []byte // none: not marked
		if s, is := stored["mark"].(string); is {
			last = []byte(s)
		}
		found = append(found, unlikeMark(k.name(), id, rowHash(k.name(), id, body), last)...)
		for _, name := range wrong {
			found = append(found, fmt.Sprintf("%s %s: %s is not what the record says", k.name(), id, name))
		}
	}
	return found, rows.Err()
}

func scan(rows *sql.Rows, names []string) (map[string]any, error) {
	values := make([]any, len(names))
	at := make([]any, len(names))
	for i := range values {
		at[i] = &values[i]
	}
	if err := rows.Scan(at...); err != nil {
		return nil, err
	}
	row := make(map[string]any, len(names))
	for i, name := range names {
		if b, ok := values[i].([]byte); ok {
			values[i] = string(b)
		}
		row[name] = values[i]
	}
	return row, nil
}

// unlikeDigests unpacks all evidence.
func (s *DB) unlikeDigests(ctx context.Context, from asker) ([]string, error) {
	rows, err := from.QueryContext(ctx, "SELECT id, size, packed FROM evidence ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer done(rows)
	var found []string
	for rows.Next() {
		var id string
		var size int
		var packed []byte
		if err := rows.Scan(&id, &size, &packed); err != nil {
			return nil, err
		}
		if _, err := unpack(panel.Digest(id), size, packed); err != nil {
			found = append(found, "evidence "+id+": the bytes are not what the digest says")
		}
	}
	return found, rows.Err()
}

// drift compares the tables with those that the migrations make.
func (s *DB) drift(ctx context.Context, from asker) ([]string, error) {
	have, err := s.dialect.catalogue(ctx, from)
	if err != nil {
		return nil, err
	}
	want, err := s.expected(ctx)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, line := range want {
		if !slices.Contains(have, line) {
			found = append(found, "schema: missing or changed: "+line)
		}
	}
	for _, line := range have {
		if !slices.Contains(want, line) {
			found = append(found, "schema: not of the migrations: "+line)
		}
	}
	return found, nil
}

func (s *DB) expected(ctx context.Context) ([]string, error) {
	if s.dialect == postgresDialect {
		return strings.Split(strings.TrimSuffix(schema, "\n"), "\n"), nil
	}
	return sqliteExpected(ctx)
}

// sqliteCatalogue is what there is, and the statement that made it.
func sqliteCatalogue(ctx context.Context, from asker) ([]string, error) {
	return column(ctx, from, `SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_schema
		WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name`)
}

// sqliteExpected is what the migrations make of an empty file.
func sqliteExpected(ctx context.Context) ([]string, error) {
	folder, err := os.MkdirTemp("", "panel-schema-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	path := filepath.Join(folder, "empty.db")
	if err := makeFile(path); err != nil {
		return nil, err
	}
	pool := migrating.pool(path)
	defer done(pool)
	if _, err := migrate(ctx, sqliteDialect, pool); err != nil {
		return nil, err
	}
	return sqliteCatalogue(ctx, pool)
}
