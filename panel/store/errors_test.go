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
