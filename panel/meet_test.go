package panel_test

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
)

var lastDate = calendar.MustDate("9999-12-31")

// TestW1_callSaysEverythingThatIsWrong: a meeting that can't be held is told all its faults at once.
func TestW1_callSaysEverythingThatIsWrong(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		for _, test := range []struct {
			name   string
			change func(*panel.MeetingInput)
			want   []string
		}{
			{"nothing", func(*panel.MeetingInput) {}, nil},
			{"no deputy, and the policy's quorum", func(in *panel.MeetingInput) { in.Deputy, in.Quorum = "", 0 }, nil},
			{"yesterday", func(in *panel.MeetingInput) { in.Date = w.today - 1 }, []string{"/date range"}},
			{"horizon before it", func(in *panel.MeetingInput) { in.Horizon = in.Date }, []string{"/horizon range"}},
			{"horizon too far", func(in *panel.MeetingInput) { in.Horizon = in.Date + 3*366 + 1 }, []string{"/horizon range"}},
			{"a member chairs", func(in *panel.MeetingInput) { in.Chair = theNurse }, []string{"/chair role"}},
			{"chair and deputy in one", func(in *panel.MeetingInput) { in.Deputy = theChair }, []string{"/deputy twice"}},
			{"more needed than sit", func(in *panel.MeetingInput) { in.Quorum = 6 }, []string{"/quorum range"}},
			{"fewer needed than by the policy", func(in *panel.MeetingInput) { in.Quorum = 2 }, []string{"/quorum range"}},
			{"the year 10000", func(in *panel.MeetingInput) { in.Date, in.Horizon = lastDate+1, lastDate+2 }, []string{"/date range", "/horizon range"}},
			{"no day at all", func(in *panel.MeetingInput) { in.Date, in.Horizon = math.MaxInt32-1, math.MaxInt32 }, []string{"/date range", "/horizon range"}},
			{"all at once", func(in *panel.MeetingInput) {
				*in = panel.MeetingInput{Chair: "nobody", Members: []panel.PersonID{theNurse, theTeacher, theNurse}, Quorum: -1}
			}, []string{"/chair unknown", "/date range", "/horizon range", "/members/1 role", "/members/2 twice", "/quorum range"}},
		} {
			in := w.input()
			test.change(&in)
			_, err := w.Call(w.as(theOfficer), in)
			if diff := cmp.Diff(test.want, faultsOf(err)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.name, diff)
			}
		}
		_, err := w.Call(w.as(theNurse), w.input())
		w.wantKind("a member calls", err, panel.Forbidden)
	})
}

func TestEditMeeting_keepsTheAgendaAndMindsTheVersion(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		m := w.called("ref-a")
		in := w.input()
		in.Date, in.Members = w.today+7, []panel.PersonID{theNurse}
		_, err := w.EditMeeting(w.as(theOfficer), m.ID, m.Version-1, in)
		w.wantKind("with an old version", err, panel.Stale)
		edited := must(w.EditMeeting(w.as(theOfficer), m.ID, m.Version, in))(w.T)
		if edited.Date != w.today+7 || !slices.Equal(edited.Agenda, []panel.ReferralID{"ref-a"}) {
			t.Errorf("edited: %+v", edited)
		}
		if len(edited.Interests) != 0 {
			t.Errorf("who no longer sits there has an interest still: %v", edited.Interests)
		}
		_, err = w.EditMeeting(w.as(theOfficer), "elsewhere", 1, in)
		w.wantKind("of no meeting", err, panel.NotFound)
	})
}

// TestW1_aReferralIsOnOneAgenda: scheduling goes by the table of transitions.
func TestW1_aReferralIsOnOneAgenda(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		first := w.called("ref-a", "ref-b")
		if r := w.referral("ref-a"); r.State != panel.OnAgenda || r.Meeting != first.ID {
			t.Errorf("ref-a is %s, of meeting %q", r.State, r.Meeting)
		}
		other := w.called()
		_, err := w.SetAgenda(w.as(theOfficer), other.ID, other.Version, []panel.ReferralID{"ref-c", "ref-a", "ref-c", "none"})
		want := []string{"/agenda/1 state", "/agenda/2 twice", "/agenda/3 unknown"}
		if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
			t.Errorf("faults (-want +got):\n%s", diff)
		}
		if r := w.referral("ref-c"); r.State != panel.Ready {
			t.Errorf("ref-c is %s after an agenda that was refused", r.State)
		}
		first = must(w.SetAgenda(w.as(theOfficer), first.ID, first.Version, []panel.ReferralID{"ref-c", "ref-b"}))(w.T)
		if r := w.referral("ref-a"); r.State != panel.Ready || r.Meeting != "" {
			t.Errorf("ref-a, taken off, is %s of meeting %q", r.State, r.Meeting)
		}
		must(w.SetAgenda(w.as(theOfficer), other.ID, other.Version, []panel.ReferralID{"ref-a"}))(w.T)
		_, err = w.SetAgenda(w.as(theChair), first.ID, first.Version, []panel.ReferralID{"ref-b", "ref-c", "ref-d"})
		w.wantKind("the chair schedules", err, panel.Forbidden)
		turned := must(w.SetAgenda(w.as(theChair), first.ID, first.Version, []panel.ReferralID{"ref-b", "ref-c"}))(w.T)
		if diff := cmp.Diff([]panel.ReferralID{"ref-b", "ref-c"}, turned.Agenda); diff != "" {
			t.Errorf("the chair's order (-want +got):\n%s", diff)
		}
	})
}

func TestOpen_takesWhoPresidesAndAQuorum(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		m := w.called("ref-a")
		there := func(people ...panel.PersonID) panel.OpenInput {
			var in panel.OpenInput
			for _, p := range people {
				in.Attendance = append(in.Attendance, panel.Attendance{Person: p, Present: true})
			}
			return in
		}
		for _, test := range []struct {
			name string
			who  panel.PersonID
			in   panel.OpenInput
			want panel.Kind
		}{
			{"two of three", theChair, there(theChair, theNurse), panel.Inquorate},
			{"the deputy beside the chair", theDeputy, there(theChair, theDeputy, theNurse), panel.Forbidden},
			{"a chair who is not there", theChair, there(theDeputy, theNurse, theHead), panel.Forbidden},
			{"a member", theNurse, there(theChair, theNurse, theHead), panel.Forbidden},
			{"strangers", theChair, there(theChair, theTeacher), panel.Invalid},
		} {
			_, err := w.Open(w.as(test.who), m.ID, m.Version, test.in)
			w.wantKind(test.name, err, test.want)
		}
		m = must(w.Open(w.as(theDeputy), m.ID, m.Version, there(theDeputy, theNurse, theHead)))(w.T)
		if m.State != panel.Open || m.Policy != panel.DefaultPolicyID || len(m.Attendance) != 5 {
			t.Errorf("opened: %s by policy %q, %d in attendance", m.State, m.Policy, len(m.Attendance))
		}
		_, err := w.Open(w.as(theDeputy), m.ID, m.Version, there(theDeputy, theNurse, theHead))
		w.wantKind("twice", err, panel.WrongState)
		_, err = w.SetAgenda(w.as(theOfficer), m.ID, m.Version, nil)
		w.wantKind("another agenda while it is open", err, panel.WrongState)
		m = must(w.Attend(w.as(theOfficer), m.ID, panel.Attendance{Person: theChair, Present: true}))(w.T)
		_, err = w.Close(w.as(theDeputy), m.ID, m.Version)
		w.wantKind("the deputy closes though the chair has come", err, panel.Forbidden)
	})
}

func TestOpen_quorumOfThePolicyWhereTheMeetingHasNone(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		in := w.input()
		in.Quorum = 0
		m := must(w.Call(w.as(theOfficer), in))(w.T)
		m = must(w.Open(w.as(theChair), m.ID, m.Version, panel.OpenInput{Attendance: everybody()}))(w.T)
		if m.Quorum != panel.DefaultPolicy().Quorum {
			t.Errorf("quorum %d, want %d", m.Quorum, panel.DefaultPolicy().Quorum)
		}
	})
}

// TestW2_interestsKeepMembersOut: who works for the school or the provision concerned has an
// interest without saying so, and whoever has one sees none of the item's papers.
func TestW2_interestsKeepMembersOut(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		m := w.called("ref-a", "ref-b", "ref-c")
		automatic := []panel.Interest{
			{Person: theHead, Referral: "ref-a", Kind: panel.OwnSchool, Automatic: true},
			{Person: theProvider, Referral: "ref-b", Kind: panel.OwnProvision, Automatic: true},
		}
		if diff := cmp.Diff(automatic, m.Interests); diff != "" {
			t.Errorf("found when scheduled (-want +got):\n%s", diff)
		}
		_, err := w.Declare(w.as(theNurse), m.ID, panel.Declaration{Referral: "ref-d", Person: theHead, Text: "aunt"})
		w.wantKind("a member declares another's", err, panel.Forbidden)
		_, err = w.Declare(w.as(theNurse), m.ID, panel.Declaration{Referral: "ref-d", Text: "\t"})
		if diff := cmp.Diff([]string{"/referral unknown", "/text too_short"}, faultsOf(err)); diff != "" {
			t.Errorf("faults (-want +got):\n%s", diff)
		}
		m = must(w.Declare(w.as(theNurse), m.ID, panel.Declaration{Referral: "ref-c", Text: "her neighbour"}))(w.T)
		m = must(w.Open(w.as(theChair), m.ID, m.Version, panel.OpenInput{
			Attendance: everybody(), Interests: []panel.Declaration{{Referral: "ref-b", Person: theHead, Text: "taught there"}},
		}))(w.T)
		for person, want := range map[panel.PersonID][]panel.ReferralID{
			theChair: {"ref-a", "ref-b", "ref-c"}, theNurse: {"ref-a", "ref-b"}, theHead: {"ref-c"}, theProvider: {"ref-a", "ref-c"},
			theAuditor: {"ref-a", "ref-b", "ref-c"},
		} {
			seen := must(w.Meeting(w.as(person), m.ID))(w.T)
			var papers []panel.ReferralID
			for _, p := range seen.Papers {
				papers = append(papers, p.Referral)
			}
			if diff := cmp.Diff(want, papers); diff != "" {
				t.Errorf("papers that %s sees (-want +got):\n%s", person, diff)
			}
		}
		_, err = w.Meeting(w.as(theTeacher), m.ID)
		w.wantKind("somebody who does not sit there", err, panel.Forbidden)
	})
}

func TestPapers_thatChangeAfterOpeningAreLate(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		m := w.opened("ref-a", "ref-c")
		late := func(m panel.Meeting) (list []panel.ReferralID) {
			for _, p := range m.Papers {
				if p.Late {
					list = append(list, p.Referral)
				}
			}
			return list
		}
		if got := late(must(w.Meeting(w.as(theChair), m.ID))(w.T)); got != nil {
			t.Errorf("late though nothing changed: %v", got)
		}
		w.attach("ref-a", digestA)
		if diff := cmp.Diff([]panel.ReferralID{"ref-a"}, late(must(w.Meeting(w.as(theChair), m.ID))(w.T))); diff != "" {
			t.Errorf("late after a document came (-want +got):\n%s", diff)
		}
		m = must(w.AddLate(w.as(theOfficer), m.ID, "ref-d"))(w.T)
		if !slices.Equal(m.Agenda, []panel.ReferralID{"ref-a", "ref-c", "ref-d"}) {
			t.Errorf("agenda %v", m.Agenda)
		}
		_, err := w.AddLate(w.as(theChair), m.ID, "ref-b")
		w.wantKind("the chair adds a late item", err, panel.Forbidden)
		_, err = w.AddLate(w.as(theOfficer), m.ID, "ref-d")
		w.wantKind("an item twice", err, panel.WrongState)
		m = must(w.Close(w.as(theChair), m.ID, m.Version))(w.T)
		if diff := cmp.Diff([]panel.ReferralID{"ref-d", "ref-a"}, late(m)); diff != "" {
			t.Errorf("late when closed (-want +got):\n%s", diff)
		}
	})
}

func TestMeetings_areThoseThatOneMaySee(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		in := w.input()
		in.Date = w.today + 14
		in.Members = []panel.PersonID{theHead}
		later := must(w.Call(w.as(theOfficer), in))(w.T).ID
		soon := w.called().ID
		for _, test := range []struct {
			who      panel.PersonID
			from, to calendar.Date
			want     []panel.MeetingID
		}{
			{theOfficer, 0, 0, []panel.MeetingID{soon, later}},
			{theOfficer, 1, 0, []panel.MeetingID{later}},
			{theOfficer, 0, 13, []panel.MeetingID{soon}},
			{theNurse, 0, 0, []panel.MeetingID{soon}},
			{theHead, 0, 14, []panel.MeetingID{soon, later}},
		} {
			from, to := w.today+test.from, w.today+test.to
			if test.to == 0 {
				to = 0
			}
			var got []panel.MeetingID
			for _, m := range must(w.Meetings(w.as(test.who), from, to))(w.T) {
				got = append(got, m.ID)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s from %d to %d (-want +got):\n%s", test.who, test.from, test.to, diff)
			}
		}
		_, err := w.Meetings(w.as(theTeacher), 0, 0)
		w.wantKind("a teacher", err, panel.Forbidden)
	})
}
