package panel

import (
	"context"
	"slices"
)

// An OpenInput is what the chair says when the meeting begins.
type OpenInput struct {
	Attendance []Attendance // whoever sits in the meeting and is not listed is absent
	Interests  []Declaration
}

// A Declaration is an interest that a member declares in a referral.
type Declaration struct {
	Referral ReferralID
	Person   PersonID // empty: the one who says so
	Text     string
}

// Open opens a planned meeting. The chair does, or the deputy when the chair is absent.
// From here on the policy is the one in force on the day of the meeting, the papers are
// those of this moment, and members with an interest see nothing of the item that it is in.
//
// Errors: Inquorate, when too few are present.
func (s *Service) Open(ctx context.Context, id MeetingID, version int, in OpenInput) (Meeting, error) {
	return do(ctx, s, NounMeeting, VerbOpen, func(w *work) (Meeting, error) {
		m, err := w.sitting(id)
		if err != nil {
			return m, err
		}
		if m.Version != version {
			return m, staleMeeting()
		}
		next, err := step(NounMeeting, m.State, VerbOpen)
		if err != nil {
			return m, err
		}
		if err := w.checkOpening(&m, &in); err != nil {
			return m, err
		}
		m.Attendance = attendance(&m, in.Attendance)
		if err := w.presiding(&m); err != nil {
			return m, err
		}
		if err := w.fixPolicy(&m); err != nil {
			return m, err
		}
		if n := m.attending(); n < m.Quorum {
			return m, Errorf(Inquorate, "%d are present, %d are needed", n, m.Quorum)
		}
		for _, d := range in.Interests {
			m.declare(w.person.ID, d)
		}
		if err := w.layPapers(&m); err != nil {
			return m, err
		}
		m.State, m.Opened = next, w.Now()
		w.note(VerbOpen, NounMeeting, string(id), nil)
		return w.keepMeeting(&m)
	})
}

// attendance has everybody who sits in the meeting, present or absent.
func attendance(m *Meeting, said []Attendance) []Attendance {
	var all []Attendance
	for _, p := range m.seated() {
		all = append(all, Attendance{Person: p, Present: slices.Contains(said, Attendance{Person: p, Present: true})})
	}
	return all
}

// attending counts who is present.
func (m *Meeting) attending() int {
	n := 0
	for _, a := range m.Attendance {
		if a.Present {
			n++
		}
	}
	return n
}

// presiding returns nil when the caller presides: the chair, or the deputy where the chair
// is absent, or has one of the interests.
func (w *work) presiding(m *Meeting, interests ...Interest) error {
	out := func(p PersonID) bool {
		return !m.present(p) || slices.ContainsFunc(interests, func(i Interest) bool { return i.Person == p })
	}
	me := w.person.ID
	if !out(me) && (me == m.Chair || me == m.Deputy && out(m.Chair)) {
		return nil
	}
	return Errorf(Forbidden, "the chair presides, or the deputy where the chair is absent or has an interest")
}

// fixPolicy settles by which policy the meeting works, and how many it needs.
func (w *work) fixPolicy(m *Meeting) error {
	p, err := policyInForce(w.Tx, m.Date)
	if err != nil {
		return err
	}
	m.Policy = p.ID
	m.Quorum = max(m.Quorum, p.Quorum)
	return keepPolicy(w.Tx, p)
}

// layPapers freezes the papers of the agenda, and finds who has an interest in each.
func (w *work) layPapers(m *Meeting) error {
	before, err := w.before(m)
	if err != nil {
		return err
	}
	for _, r := range before {
		if err := w.freeze(m, r, false); err != nil {
			return err
		}
	}
	return w.findInterests(m, before)
}

func (w *work) checkOpening(m *Meeting, in *OpenInput) error {
	var f faults
	for i, a := range in.Attendance {
		at := pointer("attendance", i, "person")
		if !m.seats(a.Person) {
			f.add(at, "unknown", "somebody who sits in the meeting")
		}
		if slices.ContainsFunc(in.Attendance[:i], func(b Attendance) bool { return a.Person == b.Person }) {
			f.add(at, "twice", "each person once")
		}
	}
	for i, d := range in.Interests {
		f.checkDeclaration(pointer("interests", i), m, w.person.ID, d)
	}
	return f.err("the meeting cannot be opened like this")
}

// leastInterest is how many visible characters say what an interest is: "aunt".
const leastInterest = 3

func (f *faults) checkDeclaration(at string, m *Meeting, caller PersonID, d Declaration) {
	if p := d.person(caller); !m.seats(p) {
		f.add(at+"/person", "unknown", "somebody who sits in the meeting")
	}
	if !slices.Contains(m.Agenda, d.Referral) {
		f.add(at+"/referral", "unknown", "a referral on the agenda")
	}
	f.text(at+"/text", d.Text, leastInterest)
}

func (d *Declaration) person(caller PersonID) PersonID {
	if d.Person == "" {
		return caller
	}
	return d.Person
}

// declare adds an interest. Declared twice in the same words it is one.
func (m *Meeting) declare(caller PersonID, d Declaration) {
	i := Interest{Person: d.person(caller), Referral: d.Referral, Kind: Declared, Text: d.Text}
	if !slices.Contains(m.Interests, i) {
		m.Interests = append(m.Interests, i)
	}
}

// Declare writes down an interest, before the meeting or in it: one's own, or, for those
// who keep the record, another member's. From now on that member sees nothing of the item.
func (s *Service) Declare(ctx context.Context, id MeetingID, d Declaration) (Meeting, error) {
	return do(ctx, s, NounMeeting, VerbDeclare, func(w *work) (Meeting, error) {
		m, err := w.sitting(id)
		if err != nil {
			return m, err
		}
		if d.person(w.person.ID) != w.person.ID && w.as(RoleCoordinator, RoleChair) == "" {
			return m, Errorf(Forbidden, "a member declares their own interests")
		}
		if err := m.mustBe(Planned, Open); err != nil {
			return m, err
		}
		var f faults
		f.checkDeclaration("", &m, w.person.ID, d)
		if err := f.err("the interest cannot be written down like this"); err != nil {
			return m, err
		}
		m.declare(w.person.ID, d)
		w.note(VerbDeclare, NounMeeting, string(id), nil)
		return w.keepMeeting(&m)
	})
}

// Attend writes down that somebody came, or left, while the meeting is open.
func (s *Service) Attend(ctx context.Context, id MeetingID, a Attendance) (Meeting, error) {
	return do(ctx, s, NounMeeting, VerbAttend, func(w *work) (Meeting, error) {
		m, err := w.openMeeting(id)
		if err != nil {
			return m, err
		}
		i := slices.IndexFunc(m.Attendance, func(b Attendance) bool { return a.Person == b.Person })
		if i < 0 {
			return m, oneFault("/person", "unknown", "somebody who sits in the meeting", "nobody else attends")
		}
		m.Attendance[i] = a
		w.note(VerbAttend, NounMeeting, string(id), nil)
		return w.keepMeeting(&m)
	})
}

// Note adds a line to the minutes of an open meeting: apologies, matters arising.
func (s *Service) Note(ctx context.Context, id MeetingID, text string) (Meeting, error) {
	return do(ctx, s, NounMeeting, VerbNote, func(w *work) (Meeting, error) {
		m, err := w.openMeeting(id)
		if err != nil {
			return m, err
		}
		if err := textFault(text, 1, "the note cannot be written down like this"); err != nil {
			return m, err
		}
		m.Notes = append(m.Notes, Note{Text: text, By: w.person.ID, At: w.Now()})
		w.note(VerbNote, NounMeeting, string(id), nil)
		return w.keepMeeting(&m)
	})
}
