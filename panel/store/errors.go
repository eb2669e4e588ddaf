package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"example.org/backontrack/panel"
)

// A databaseError is what a database said, by its code alone: its words may hold what
// somebody typed.
type databaseError struct {
	code string
	err  error
}

func (e *databaseError) Error() string { return e.code }
func (e *databaseError) Unwrap() error { return e.err }

var details = map[panel.Kind]string{
	panel.NotFound:    "there is no such record",
	panel.Conflict:    "it exists already, or something refers to it, or it may not change",
	panel.Unavailable: "the database is busy, full or away",
	panel.Corrupt:     "the database is damaged",
}

// translate gives an error of a database its kind. It asks for codes and never reads a
// text. What has no kind is a mistake in this program, and stays a plain error.
func translate(err error) error {
	if err == nil {
		return nil
	}
	if panel.KindOf(err) != "" {
		return err
	}
	kind, code := classify(err)
	cause := &databaseError{code, err}
	if kind == "" {
		return cause
	}
	return &panel.Error{Kind: kind, Detail: details[kind], Err: cause}
}

func classify(err error) (panel.Kind, string) {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return ofSQLite(e.Code()), "sqlite " + strconv.Itoa(e.Code())
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return ofPostgres(e.Code), "postgres " + e.Code + " " + e.ConstraintName
	}
	if errors.Is(err, gorm.ErrRecordNotFound) || errors.Is(err, sql.ErrNoRows) {
		return panel.NotFound, "no row"
	}
	if isAway(err) {
		return panel.Unavailable, "connection"
	}
	return "", "database"
}

// ofSQLite goes by the extended code where that matters, or else by the primary one.
func ofSQLite(code int) panel.Kind {
	switch code {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID,
		sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY,
		sqlite3.SQLITE_CONSTRAINT_TRIGGER: // RESTRICT, and what is append-only
		return panel.Conflict
	}
	switch code & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_IOERR,
		sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOMEM:
		return panel.Unavailable
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return panel.Corrupt
	}
	return ""
}

// appendOnly is the code that the triggers of migrations/postgres raise.
const appendOnly = "BT001"

func ofPostgres(code string) panel.Kind {
	switch code {
	case "23505", "23503", "23001", appendOnly: // unique, foreign key, RESTRICT
		return panel.Conflict
	case "40001", "40P01", "55P03", "57014", "25P03", "25006": // to try again, locked, out of time, read-only
		return panel.Unavailable
	case "XX001", "XX002":
		return panel.Corrupt
	}
	switch code[:min(2, len(code))] {
	case "08", "53", "57", "58": // connection, resources, an operator stopped it, the system
		return panel.Unavailable
	}
	return ""
}

// isAway tells errors of the way to the database, and of a caller who no longer waits.
func isAway(err error) bool {
	for _, target := range []error{
		context.Canceled, context.DeadlineExceeded, driver.ErrBadConn, sql.ErrConnDone, sql.ErrTxDone,
		io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, pgx.ErrTxClosed,
	} {
		if errors.Is(err, target) {
			return true
		}
	}
	_, connecting := errors.AsType[*pgconn.ConnectError](err)
	_, network := errors.AsType[net.Error](err)
	return connecting || network || pgconn.Timeout(err) || pgconn.SafeToRetry(err)
}

// asksAgain tells whether PostgreSQL wants the transaction from the start. SQLite never
// does: its one writer begins as such.
func asksAgain(err error) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (e.Code == "40001" || e.Code == "40P01")
}

func notFound(table string) error {
	return panel.Errorf(panel.NotFound, "there is no such record among the %s", words(table))
}

func stale(table string) error {
	return panel.Errorf(panel.Stale, "somebody else changed this record of the %s since it was read", words(table))
}

func words(table string) string { return strings.ReplaceAll(table, "_", " ") }
