package store

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"io/fs"
	"net"
	"strconv"
	"strings"
	"syscall"

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
	panel.Unavailable: "the database is away",
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
	detail := details[kind]
	if kind == panel.Unavailable {
		detail = cmp.Or(hindrance(err), detail)
	}
	return &panel.Error{Kind: kind, Detail: detail, Err: cause}
}

// What is in the way, where that is known: each asks somebody to do something else.
const (
	isBusy     = "the database is busy: somebody else has held it for too long"
	isSlow     = "it took too long, or nobody waits for the answer any more"
	isFull     = "there is no room: the disk, or what this user may have of it, is full"
	isReadOnly = "the database can be read only: its file, its folder or its server lets nobody write"
	isDenied   = "permission denied: this user may not open the database, or not do this in it"
	isDown     = "nothing answers where the database should be: its server may not be running"
	isStarting = "the server of the database is starting or stopping"
	isCrowded  = "the server of the database takes no more connections"
	isAbsent   = "the server has no such database"
	isUnread   = "the disk can't be read or written"
	noMemory   = "the database has no memory left"
)

// hindrance says which of the things is in the way that make a database unavailable; "" where
// nothing more is known.
func hindrance(err error) string {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return ofSQLiteCode[e.Code()&0xff]
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return cmp.Or(ofPostgresCode[e.Code], ofPostgresCode[e.Code[:min(2, len(e.Code))]])
	}
	for _, c := range []struct {
		cause error
		words string
	}{
		{context.Canceled, isSlow},
		{context.DeadlineExceeded, isSlow},
		{fs.ErrPermission, isDenied},
		{syscall.EROFS, isReadOnly},
		{syscall.ENOSPC, isFull},
		{syscall.EDQUOT, isFull},
		{syscall.ECONNREFUSED, isDown},
		{fs.ErrNotExist, isDown}, // a socket
	} {
		if errors.Is(err, c.cause) {
			return c.words
		}
	}
	if _, connecting := errors.AsType[*pgconn.ConnectError](err); connecting {
		return isDown
	}
	return ""
}

var ofSQLiteCode = map[int]string{
	sqlite3.SQLITE_BUSY: isBusy, sqlite3.SQLITE_LOCKED: isBusy, sqlite3.SQLITE_PROTOCOL: isBusy, sqlite3.SQLITE_INTERRUPT: isSlow,
	sqlite3.SQLITE_READONLY: isReadOnly, sqlite3.SQLITE_PERM: isDenied, sqlite3.SQLITE_AUTH: isDenied, sqlite3.SQLITE_CANTOPEN: isDenied,
	sqlite3.SQLITE_FULL: isFull, sqlite3.SQLITE_IOERR: isUnread, sqlite3.SQLITE_NOMEM: noMemory,
}

var ofPostgresCode = map[string]string{
	"40001": isBusy, "40P01": isBusy, "55P03": isBusy, "57014": isSlow, "25P03": isSlow, "25006": isReadOnly, "53100": isFull,
	"53200": noMemory, "53300": isCrowded, "57P01": isStarting, "57P02": isStarting, "57P03": isStarting, "58030": isUnread,
	"28": isDenied, "42501": isDenied, "3D000": isAbsent, "08": isDown,
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
		sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PERM,
		sqlite3.SQLITE_AUTH:
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
	case "40001", "40P01", "55P03", "57014", "25P03", "25006", // to try again, locked, out of time, read-only
		"42501", "3D000": // no right, no such database
		return panel.Unavailable
	case "XX001", "XX002":
		return panel.Corrupt
	}
	switch code[:min(2, len(code))] {
	case "08", "28", "53", "57", "58": // connection, who may, resources, an operator stopped it, the system
		return panel.Unavailable
	}
	return ""
}

// isAway tells errors of the way to the database, and of a caller who no longer waits.
func isAway(err error) bool {
	for _, target := range []error{
		context.Canceled, context.DeadlineExceeded, driver.ErrBadConn, sql.ErrConnDone, sql.ErrTxDone,
		io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, pgx.ErrTxClosed, fs.ErrPermission, syscall.EROFS, syscall.ENOSPC, syscall.EDQUOT,
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
