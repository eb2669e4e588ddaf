package demo_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/demo"
	"example.org/backontrack/panel/paneltest"
)

// asOperator is a context in which the operator asks.
func asOperator(t *testing.T) context.Context {
	return panel.As(t.Context(), panel.Caller{Person: panel.Operator, Purpose: "test"})
}

// beforePanel is a meeting that has every referral of the demo authority before it.
func beforePanel(t *testing.T, s *panel.Service, loaded *demo.Loaded) panel.Meeting {
	t.Helper()
	ctx, people := asOperator(t), demo.Panel()
	m, err := s.Call(ctx, panel.MeetingInput{
		Date: snapshot(t).AsOf, Horizon: snapshot(t).Horizon, Chair: people.Chair, Deputy: people.Deputy, Members: people.Members,
	})
	if err != nil {
		t.Fatal(err, told(err))
	}
	var agenda []panel.ReferralID
	for _, r := range snapshot(t).Referrals {
		agenda = append(agenda, loaded.Referrals[r.ID])
	}
	if m, err = s.SetAgenda(ctx, m.ID, m.Version, agenda); err != nil {
		t.Fatal(err, told(err))
	}
	return m
}

// Three things differ between the snapshot of the file and what the domain tells of the
// authority, all of them meant: homes are at the middle of their outcode, since nobody is
// told where a child lives; a building that two provisions share is a site of each; and of
// areas of which only a part is known, that part counts.
func asStored(loaded *demo.Loaded) func(*matching.Snapshot) {
	return func(s *matching.Snapshot) {
		for i := range s.Pupils {
			p := &s.Pupils[i]
			if p.Latitude != nil {
				middle := demo.MiddleOf(loaded, p.Areas[0])
				p.Latitude, p.Longitude = &middle[0], &middle[1]
			}
			if len(p.Areas) > 0 {
				p.Unknown = slices.DeleteFunc(p.Unknown, func(f matching.Fact) bool { return f == matching.FactAreas })
			}
		}
		const shared, ours = "school-kestrelwood", "west-kitchen"
		site := s.Sites[slices.IndexFunc(s.Sites, func(x matching.Site) bool { return x.ID == shared })]
		site.ID = ours
		s.Sites = append(s.Sites, site)
		for i := range s.Groups {
			if s.Groups[i].ID == ours {
				s.Groups[i].Site = site.ID
			}
		}
	}
}

// What matching is told of a stored form is what the snapshot says: every referral has
// the same options on the same days with the same scores and the same left unchecked, and
// is refused by the same groups for the same rules (D2, D3, D6, R1 to R15).
func TestD2_D3_D6_theStoredAuthorityRanksAsTheSnapshot(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		s, loaded := thornmere(t, e)
		m := beforePanel(t, s, loaded)
		fromFile, err := engine(asStored(loaded))
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range snapshot(t).Referrals {
			seen, err := s.Rank(asOperator(t), m.ID, loaded.Referrals[r.ID])
			if err != nil {
				t.Fatal(r.ID, err, told(err))
			}
			want, err := fromFile.Rank(r.ID)
			if err != nil {
				t.Fatal(err)
			}
			var got matching.Ranking
			if err := json.Unmarshal(seen.Answer, &got); err != nil {
				t.Fatal(err)
			}
			alike(t, string(r.ID)+": options", options(&got), options(want))
			alike(t, string(r.ID)+": refused", refusals(&got), refusals(want))
			first(t, r.ID, &got)
		}
	})
}

// first checks that what tops the list in the file's own snapshot tops it in the domain,
// which is where the stories are told.
func first(t *testing.T, id matching.ReferralID, got *matching.Ranking) {
	t.Helper()
	want := ranked(t, string(id)).Ranking.Ranking
	switch {
	case len(want) == 0 && len(got.Ranking) == 0:
	case len(want) == 0 || len(got.Ranking) == 0:
		t.Errorf("%s: %d options, in the snapshot %d", id, len(got.Ranking), len(want))
	default:
		same(t, string(id)+": first", fmt.Sprint(got.Ranking[0].Stays), fmt.Sprint(want[0].Stays))
	}
}

// alike compares lists and names the first line that differs.
func alike(t *testing.T, what string, got, want []string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Errorf("%s: %d for %d; number %d is %q for %q", what, len(got), len(want), i, line(got, i), line(want, i))
			return
		}
	}
}

func line(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

func options(r *matching.Ranking) (list []string) {
	for _, o := range r.Ranking {
		list = append(list, fmt.Sprint(o.Stays, o.Total, o.ScoreLow, o.ScoreHigh, o.Late, o.Unchecked))
	}
	return list
}

func refusals(r *matching.Ranking) (list []string) {
	for _, o := range r.Rejected {
		text := fmt.Sprint(o.Stays)
		for _, reason := range o.Reasons {
			text += fmt.Sprint(" ", reason.Code, reason.Class, reason.Clears)
		}
		list = append(list, text)
	}
	return list
}

// The school year of the demo authority has the school days of the snapshot.
func TestSchoolYearIsThatOfTheSnapshot(t *testing.T) {
	t.Parallel()
	file := snapshot(t)
	want := calendar.NewDays(file.AsOf, file.Horizon, file.Calendar.Closed)
	got := demo.Year().Days(file.AsOf, file.Horizon)
	for d := file.AsOf; d <= file.Horizon; d++ {
		if want.Count(d, d) != got.Count(d, d) {
			t.Errorf("%s is a school day in one of them", d)
		}
	}
}
