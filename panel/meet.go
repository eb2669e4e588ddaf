package panel

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"example.org/backontrack/matching/calendar"
)

// A MeetingInput is what the officer says of a meeting that is called.
type MeetingInput struct {
	Date    calendar.Date
	Horizon calendar.Date // no placement is planned to end later
	Chair   PersonID
	Deputy  PersonID   // who presides where the chair takes no part; may be empty
	Members []PersonID // the others: school leaders, authority, health, social care, providers (W2)
	Quorum  int        // 0: as the policy in force on the day has it; it may ask for more, not for fewer
}

// mostHorizon is how many days after a meeting its horizon may be: three school years.
const mostHorizon = 3 * 366

// lastDate is the last day that can be written down: years have four digits.
var lastDate = calendar.NewDate(9999, time.December, 31)

// Call calls a meeting (W1). Errors: Invalid with everything that is wrong.
func (s *Service) Call(ctx context.Context, in MeetingInput) (Meeting, error) {
	return do(ctx, s, NounMeeting, VerbCall, func(w *work) (Meeting, error) {
		m := Meeting{ID: MeetingID(w.id())}
		in.fill(&m)
		if err := w.may(about{meeting: &m}); err != nil {
			return m, err
		}
		var err error
		if m.State, err = step(NounMeeting, "", VerbCall); err != nil {
			return m, err
		}
		if err := w.checkMeeting(&in); err != nil {
			return m, err
		}
		w.note(VerbCall, NounMeeting, string(m.ID), nil)
		return m, w.Meetings().Add(&m)
	})
}

// EditMeeting changes a meeting that is planned. Its agenda stays as it is.
func (s *Service) EditMeeting(ctx context.Context, id MeetingID, version int, in MeetingInput) (Meeting, error) {
	return do(ctx, s, NounMeeting, VerbEdit, func(w *work) (Meeting, error) {
		m, err := w.plannedMeeting(id, version)
		if err != nil {
			return m, err
		}
		if err := w.checkMeeting(&in); err != nil {
			return m, err
		}
		in.fill(&m)
		if err := w.findAllInterests(&m); err != nil {
			return m, err
		}
		w.note(VerbEdit, NounMeeting, string(id), nil)
		return w.keepMeeting(&m)
	})
}

func (in *MeetingInput) fill(m *Meeting) {
	m.Date, m.Horizon, m.Chair, m.Deputy, m.Quorum = in.Date, in.Horizon, in.Chair, in.Deputy, in.Quorum
	m.Members = slices.Clone(in.Members)
}

// sitting finds a meeting to which the caller may do the verb of this transaction.
func (w *work) sitting(id MeetingID) (Meeting, error) {
	m, err := w.Meetings().Get(id)
	if err != nil {
		return m, w.away(err)
	}
	return m, w.may(about{meeting: &m})
}

func (w *work) plannedMeeting(id MeetingID, version int) (Meeting, error) {
	m, err := w.sitting(id)
	if err != nil {
		return m, err
	}
	if m.Version != version {
		return m, staleMeeting()
	}
	_, err = step(NounMeeting, m.State, VerbEdit)
	return m, err
}

func staleMeeting() error {
	return Errorf(Stale, "somebody else changed the meeting since it was read")
}

// openMeeting finds a meeting that is open.
func (w *work) openMeeting(id MeetingID) (Meeting, error) {
	m, err := w.sitting(id)
	if err != nil {
		return m, err
	}
	return m, m.mustBe(Open)
}

// mustBe returns nil when the meeting is in one of the states.
func (m *Meeting) mustBe(states ...State) error {
	if slices.Contains(states, m.State) {
		return nil
	}
	_, err := step(NounMeeting, m.State, "") // says what is allowed from there
	if e, ok := errors.AsType[*Error](err); ok {
		e.Detail = "the meeting is " + string(m.State)
	}
	return err
}

// seated are those who sit in the meeting, once each: chair, deputy, members.
func (m *Meeting) seated() []PersonID {
	var all []PersonID
	for _, p := range append([]PersonID{m.Chair, m.Deputy}, m.Members...) {
		if p != "" && !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	return all
}

func (w *work) checkMeeting(in *MeetingInput) error {
	var f faults
	if in.Date < w.day || in.Date > lastDate {
		f.add("/date", "range", "today or later, and at most %s", lastDate)
	}
	day := max(w.day, min(in.Date, lastDate)) // what hangs on it is looked at all the same
	if in.Horizon <= in.Date || in.Horizon > min(day+mostHorizon, lastDate) {
		f.add("/horizon", "range", "after the date, and at most %d days after it and %s", mostHorizon, lastDate)
	}
	check := func(pointer string, p PersonID, roles ...Role) error {
		return w.checkSeat(&f, pointer, p, in.Date, roles...)
	}
	if err := check("/chair", in.Chair, RoleChair); err != nil {
		return err
	}
	if in.Deputy != "" {
		if in.Deputy == in.Chair {
			f.add("/deputy", "twice", "somebody other than the chair")
		}
		if err := check("/deputy", in.Deputy, RoleChair); err != nil {
			return err
		}
	}
	for i, p := range in.Members {
		at := pointer("members", i)
		if slices.Contains(in.Members[:i], p) {
			f.add(at, "twice", "each member once")
		}
		if err := check(at, p, RoleMember, RoleChair); err != nil {
			return err
		}
	}
	var m Meeting
	in.fill(&m)
	policy, err := policyInForce(w.Tx, day)
	if err != nil {
		return err
	}
	if in.Quorum != 0 && (in.Quorum < policy.Quorum || in.Quorum > len(m.seated())) {
		f.add("/quorum", "range", "0, or from the policy's %d to as many as sit in the meeting", policy.Quorum)
	}
	return f.err("the meeting cannot be held like this")
}

// checkSeat finds out whether a person has one of the roles on the day.
func (w *work) checkSeat(f *faults, pointer string, id PersonID, day calendar.Date, roles ...Role) error {
	p, err := w.People().Get(id)
	switch {
	case KindOf(err) == NotFound || err == nil && p.Disabled:
		f.add(pointer, "unknown", "the id of a person who uses the system")
		return nil
	case err != nil:
		return err
	}
	if !slices.ContainsFunc(p.Grants, func(g Grant) bool { return g.on(day) && slices.Contains(roles, g.Role) }) {
		f.add(pointer, "role", "somebody whose role on the day of the meeting is one of %v", roles)
	}
	return nil
}

// on tells whether a grant is in force on a day.
func (g Grant) on(day calendar.Date) bool {
	return (g.From == 0 || g.From <= day) && (g.To == 0 || day <= g.To)
}

// add adds a fault whose words hold numbers or codes.
func (f *faults) add(pointer, code, format string, args ...any) {
	f.when(true, pointer, code, fmt.Sprintf(format, args...))
}

// oneFault is an Invalid error with one fault.
func oneFault(pointer, code, expected, detail string) error {
	return &Error{Kind: Invalid, Detail: detail, Faults: []Fault{{pointer, code, expected}}}
}

// textFault is an Invalid error where a text that stands alone is not as it should be.
func textFault(text string, least int, detail string) error {
	var f faults
	f.text("/text", text, least)
	return f.err(detail)
}
