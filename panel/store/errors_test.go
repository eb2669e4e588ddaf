package store_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/paneltest"
	"example.org/backontrack/panel/store"
)

func TestErrors_kindsOfCodes(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]panel.Kind{
		"23505": panel.Conflict, "23503": panel.Conflict, "23001": panel.Conflict, "BT001": panel.Conflict,
		"23514": "", "23502": "", "22P02": "", "42P01": "", "P0001": "",
		"40001": panel.Unavailable, "40P01": panel.Unavailable, "55P03": panel.Unavailable, "57014": panel.Unavailable,
		"57P01": panel.Unavailable, "57P03": panel.Unavailable, "53100": panel.Unavailable, "53300": panel.Unavailable,
		"08006": panel.Unavailable, "25P03": panel.Unavailable, "25006": panel.Unavailable, "58030": panel.Unavailable,
		"XX001": panel.Corrupt,
	} {
		err := store.Translate(fmt.Errorf("wrapped: %w", &pgconn.PgError{Code: code, Message: "the value of a child"}))
		if got := panel.KindOf(err); got != want {
			t.Errorf("PostgreSQL %s: %q, want %q", code, got, want)
		}
		if strings.Contains(err.Error(), "child") {
			t.Errorf("PostgreSQL %s: the error has the server's words: %v", code, err)
		}
	}
	for _, away := range []error{
		context.Canceled, context.DeadlineExceeded, driver.ErrBadConn, sql.ErrConnDone, io.ErrUnexpectedEOF,
		&net.OpError{Op: "dial", Err: errors.New("no")}, &pgconn.ConnectError{},
	} {
		if got := panel.KindOf(store.Translate(away)); got != panel.Unavailable {
			t.Errorf("%T: %q, want unavailable", away, got)
		}
	}
	if got := store.Translate(errors.New("the value of a child")); panel.KindOf(got) != "" || strings.Contains(got.Error(), "child") {
		t.Errorf("an unknown error became %v", got)
	}
	own := panel.Errorf(panel.Held, "held")
	if got := store.Translate(own); !errors.Is(got, panel.Held) {
		t.Errorf("an error of the panel became %v", got)
	}
}

// What is unavailable says why: each cause asks for something else.
func TestErrors_saysWhatIsInTheWay(t *testing.T) {
	t.Parallel()
	for want, errs := range map[string][]error{
		"busy":              {&pgconn.PgError{Code: "55P03"}},
		"too long":          {&pgconn.PgError{Code: "57014"}, context.DeadlineExceeded},
		"no room":           {&pgconn.PgError{Code: "53100"}, syscall.ENOSPC, syscall.EDQUOT},
		"read only":         {&pgconn.PgError{Code: "25006"}, syscall.EROFS},
		"permission denied": {&pgconn.PgError{Code: "28P01"}, &pgconn.PgError{Code: "42501"}, syscall.EACCES},
		"no such database":  {&pgconn.PgError{Code: "3D000"}},
		"nothing answers":   {&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, &pgconn.ConnectError{}},
		"starting":          {&pgconn.PgError{Code: "57P03"}},
		"no more conn":      {&pgconn.PgError{Code: "53300"}},
	} {
		for _, err := range errs {
			got, is := errors.AsType[*panel.Error](store.Translate(fmt.Errorf("wrapped: %w", err)))
			if !is || got.Kind != panel.Unavailable || !strings.Contains(got.Detail, want) {
				t.Errorf("%v: %v, want unavailable: %s", err, got, want)
			}
		}
	}
}

// SQLite's own: a file that can only be read, and one that somebody else holds.
func TestErrors_saysWhatIsInTheWayOfSQLite(t *testing.T) {
	t.Parallel()
	s := paneltest.OpenAt(t, sqliteOnly(t), nil)
	c, err := s.Raw().Conn(t.Context())
	must(t, err)
	_, err = c.ExecContext(t.Context(), "PRAGMA query_only(1)")
	must(t, err)
	_, err = c.ExecContext(t.Context(), "DELETE FROM outcodes")
	if got, is := errors.AsType[*panel.Error](store.Translate(err)); !is || !strings.Contains(got.Detail, "read only") {
		t.Errorf("%v, want read only", got)
	}
	_, err = c.ExecContext(t.Context(), "PRAGMA query_only(0)")
	must(t, errors.Join(err, c.Close()))
}

func TestErrors_kindsOfWhatHappens(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		s, _ := whole(t, e)
		for statement, want := range map[string]panel.Kind{
			"INSERT INTO outcodes SELECT * FROM outcodes":                                  panel.Conflict, // primary key
			"INSERT INTO people SELECT 'other', 1, sign_in, body FROM people":              panel.Conflict, // unique
			"INSERT INTO sites VALUES ('s', 1, 'none', '{}')":                              panel.Conflict, // foreign key
			"DELETE FROM organisations":                                                    panel.Conflict, // RESTRICT
			"DELETE FROM policies":                                                         panel.Conflict, // append-only
			"INSERT INTO outcodes VALUES ('o', 0, '{}')":                                   "",             // CHECK
			"INSERT INTO outcodes VALUES ('o', NULL, '{}')":                                "",             // NOT NULL
			"INSERT INTO outcodes VALUES ('o', 1, 'no JSON')":                              "",
			"SELECT no_such_column FROM outcodes":                                          "",
			"UPDATE meetings SET day = 'soon'":                                             "",
			"UPDATE changes SET first_day = '2027-01-02', last_day = '2027-01-01'":         "",
			"UPDATE register_entries SET pupil_a = pupil_b":                                panel.Conflict,
			"UPDATE pupils SET id = 'another' WHERE id = (SELECT pupil_id FROM referrals)": panel.Conflict,
			"UPDATE placements SET moved_from = 'none' WHERE state = 'started'":            panel.Conflict,
			"UPDATE tentatives SET version = 0":                                            "",
		} {
			_, err := s.Raw().ExecContext(t.Context(), statement)
			if err == nil {
				t.Errorf("%s: passes", statement)
			} else if got := panel.KindOf(store.Translate(err)); got != want {
				t.Errorf("%s: %q, want %q (%v)", statement, got, want, err)
			}
		}
	})
}
