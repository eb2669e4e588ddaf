package panel_test

import (
	"database/sql"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/paneltest"
)

// TestRank_theSameThingIsOneRecord: whoever asks, and however often, while nothing has
// changed; and another one when something has.
func TestRank_theSameThingIsOneRecord(t *testing.T) {
	t.Parallel()
	eachHall(t, one(2, 2, 1), func(t *testing.T, h *hall) {
		rank := func(p panel.PersonID) panel.Ranked {
			t.Helper()
			return made(h.Service.Rank(h.as(p), h.Meetings[0], h.Agendas[0][0]))(t)
		}
		first := rank(h.Chairs[0])
		h.now = h.now.Add(1)
		if diff := cmp.Diff(first, rank(listening)); diff != "" {
			t.Errorf("seen twice (-first +second)\n%s", diff)
		}
		h.place(1, 0)
		second := rank(h.Chairs[0])
		if second.Record.ID == first.Record.ID || second.Record.Snapshot == first.Record.Snapshot {
			t.Error("another state of the groups is the same record")
		}
		h.changeReferral(0, func(r *panel.Referral) { r.Form = r.Form.With(paneltest.Said("referral.story", "Late.")) })
		third := rank(h.Chairs[0])
		if third.Record.Papers == second.Record.Papers || third.Record.ID == second.Record.ID || third.Record.Answer != second.Record.Answer {
			t.Errorf("papers of which matching sees nothing: %+v", third.Record)
		}
		for _, r := range []panel.Ranked{first, second, third} {
			if same := made(h.Service.Recompute(h.as(coordinating), r.Record.ID))(t); !same {
				t.Errorf("%s does not recompute", r.Record.ID)
			}
		}
		_, err := h.Service.Recompute(h.as(listening), first.Record.ID)
		refused(t, "a member recomputes", err, panel.Forbidden)
		_, err = h.Service.Recompute(h.as(coordinating), "sha256:none")
		refused(t, "no such ranking", err, panel.NotFound)
		h.sound()
	})
}

// Who sits in the meeting ranks its referrals; between meetings a chair ranks what is ready.
func TestRank_whoMay(t *testing.T) {
	t.Parallel()
	plot := one(2, 1, 1)
	plot.Panels = 2
	eachHall(t, plot, func(t *testing.T, h *hall) {
		for _, test := range []struct {
			name     string
			who      panel.PersonID
			meeting  panel.MeetingID
			referral panel.ReferralID
			want     panel.Kind
		}{
			{"a provision", providing, h.Meetings[0], h.Agendas[0][0], panel.Forbidden},
			{"a school", referring, h.Meetings[0], h.Agendas[0][0], panel.Forbidden},
			{"another panel", h.Chairs[1], h.Meetings[0], h.Agendas[0][0], panel.NotFound},
			{"a referral of another meeting", h.Chairs[0], h.Meetings[0], h.Agendas[1][0], panel.NotFound},
			{"a member between meetings", listening, "", h.Agendas[0][1], panel.NotFound},
			{"a chair between meetings", h.Chairs[1], "", h.Agendas[0][1], ""},
			{"no referral", h.Chairs[0], h.Meetings[0], "none", panel.NotFound},
		} {
			h.between(1, panel.Ready)
			_, err := h.Service.Rank(h.as(test.who), test.meeting, test.referral)
			refused(t, test.name, err, test.want)
		}
	})
}

// onSQLite runs a test in a hall of which the database is a file.
func onSQLite(t *testing.T, plot paneltest.Plot, test func(*testing.T, *hall)) {
	t.Helper()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		if e.Name != "sqlite" {
			t.Skip("left out: on SQLite what is stored can be altered in its file")
		}
		test(t, hallOn(t, e, plot))
	})
}

// tampered is the hall after somebody has altered what is stored behind the panel's back.
// What keeps books from being altered is taken away first.
func (h *hall) tampered(statement string, args ...any) *hall {
	h.t.Helper()
	file, err := sql.Open("sqlite", h.file)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	names, err := file.Query("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
	if err != nil {
		h.t.Fatal(err)
	}
	var drop []string
	for names.Next() {
		var name string
		if err := names.Scan(&name); err != nil {
			h.t.Fatal(err)
		}
		drop = append(drop, "DROP TRIGGER "+name)
	}
	if err := names.Close(); err != nil {
		h.t.Fatal(err)
	}
	for _, s := range drop {
		if _, err := file.Exec(s); err != nil {
			h.t.Fatal(err)
		}
	}
	done, err := file.Exec(statement, args...)
	if err != nil {
		h.t.Fatalf("%s: %v", statement, err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		h.t.Fatalf("%s altered %d rows, %v", statement, n, err)
	}
	return h
}

// TestRecompute_noticesEvidenceThatWasAltered: bytes that are not those of their digest
// are corrupt; others in their place do not recompute.
func TestRecompute_noticesEvidenceThatWasAltered(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		alter func(h *hall, mine, other panel.Ranking)
		kind  panel.Kind
	}{
		{"the snapshot's bytes", func(h *hall, mine, other panel.Ranking) {
			h.tampered("UPDATE evidence SET (packed, size) = (SELECT packed, size FROM evidence WHERE id = ?) WHERE id = ?", other.Snapshot, mine.Snapshot)
		}, panel.Corrupt},
		{"the answer's bytes", func(h *hall, mine, other panel.Ranking) {
			h.tampered("UPDATE evidence SET (packed, size) = (SELECT packed, size FROM evidence WHERE id = ?) WHERE id = ?", other.Answer, mine.Answer)
		}, panel.Corrupt},
		{"no bytes at all", func(h *hall, mine, _ panel.Ranking) {
			h.tampered("UPDATE evidence SET packed = zeroblob(3) WHERE id = ?", mine.Answer)
		}, panel.Corrupt},
		{"another answer", func(h *hall, mine, other panel.Ranking) {
			h.tampered("UPDATE rankings SET answer = ?, body = json_set(body, '$.Answer', ?) WHERE id = ?", other.Answer, other.Answer, mine.ID)
		}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			onSQLite(t, one(2, 2, 1), func(t *testing.T, h *hall) {
				mine := made(h.Service.Rank(h.chair(), h.Meetings[0], h.Agendas[0][0]))(t).Record
				h.place(1, 0)
				other := made(h.Service.Rank(h.chair(), h.Meetings[0], h.Agendas[0][0]))(t).Record
				test.alter(h, mine, other)
				same, err := h.Service.Recompute(h.as(coordinating), mine.ID)
				if same || panel.KindOf(err) != test.kind || test.kind == "" && err != nil {
					t.Errorf("it recomputes: %t, %v", same, err)
				}
				if same := made(h.Service.Recompute(h.as(coordinating), other.ID))(t); !same {
					t.Error("the other ranking does not recompute")
				}
				h.finds("ranking", string(mine.ID))
			})
		})
	}
}

// finds wants the panel's own check to find one thing.
func (h *hall) finds(invariant, id string) {
	h.t.Helper()
	var got [][2]string
	for _, f := range made(h.Service.Fsck(h.as(coordinating)))(h.t).Findings {
		got = append(got, [2]string{f.Invariant, f.ID})
		if f.Detail == "" || f.Noun == "" {
			h.t.Errorf("a finding says too little: %+v", f)
		}
	}
	if !slices.Contains(got, [2]string{invariant, id}) { // one thing that is wrong may break several
		h.t.Errorf("fsck finds %v, want %s of %s among it", got, invariant, id)
	}
}
