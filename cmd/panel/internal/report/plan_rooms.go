package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// rooms draws how full each group is that the plan places somebody in, at the
// session at which the fewest places are left while the new ones are there.
func (v *planView) rooms() {
	if len(v.e.Snapshot().Groups) == 0 {
		return
	}
	rooms := v.byProvision()
	days := calendar.NewDays(v.e.Snapshot().AsOf, v.e.Snapshot().Horizon, v.e.Snapshot().Calendar.Closed)
	table := []screen.Column{{Head: "group", Wide: true}, {}, {Head: "pupils", Right: true},
		{Head: "places left", Right: true}, {Head: "adults left", Right: true}}
	var rows []screen.Row
	var others []*room
	for _, g := range rooms {
		if !g.touched() {
			others = append(others, g)
		} else if m, found := g.tightest(days); found {
			rows = append(rows, v.roomRow(g, &m))
		}
	}
	v.Head("How full the groups then are, when they are fullest")
	if len(rows) > 0 {
		v.Para(indent, 2, screen.In(screen.Accent, "█"), screen.Text(" there already "), screen.In(screen.Accent, "▒"), screen.Text(" new with this plan "),
			screen.In(screen.Accent, "·"), screen.Text(" free"))
		v.Table(indent, table, rows)
	}
	v.elsewhere(others, days)
}

func (v *planView) roomRow(g *room, m *moment) screen.Row {
	left, pupils := screen.In(screen.Dim, "no limit"), fmt.Sprintf("%d + %d", m.standing, m.added)
	if m.limited {
		pupils += fmt.Sprintf(" of %d", m.places)
		left = screen.Text(fmt.Sprint(m.left()))
		if m.left() == 0 {
			left = screen.In(screen.Warn, "full")
		}
	}
	adults := screen.Text("")
	if m.staffed {
		adults = screen.Text(text.Spare(m.adults))
	}
	return cells(screen.In(screen.Bold, v.words.Group(g.group.ID)), screen.In(screen.Accent, m.bar()), screen.Text(pupils), left, adults)
}

// elsewhere says where places are left at all times in the groups to which the plan brings nobody.
func (v *planView) elsewhere(others []*room, days *calendar.Days) {
	if len(others) == 0 {
		return
	}
	const shown = 12
	type room struct {
		id   matching.GroupID
		left int
	}
	var free []room
	for _, g := range others {
		if m, found := g.tightest(days); found && m.limited && m.left() > 0 {
			free = append(free, room{g.group.ID, m.left()})
		}
	}
	slices.SortStableFunc(free, func(a, b room) int { return cmp.Compare(b.left, a.left) })
	said := text.Count(len(others), "group gets", "groups get") + " nobody new"
	if len(free) == 0 {
		v.Say(said + "; none of them has places left at all times.")
		return
	}
	var parts []string
	for _, x := range free[:min(shown, len(free))] {
		parts = append(parts, fmt.Sprintf("%s %d", x.id, x.left))
	}
	if more := len(free) - shown; more > 0 {
		parts = append(parts, text.Count(more, "more group", "more groups"))
	}
	v.Say(said + ". Places left there at all times: " + strings.Join(parts, ", ") + ".")
}

// A room is a group with all who attend it once the plan holds.
type room struct {
	group *matching.Group
	seats []seat
}

// A seat is somebody's, standing or new.
type seat struct {
	pupil    matching.PupilID
	sessions calendar.Sessions
	from, to calendar.Date
	adults   int // thousandths
	added    bool
}

// touched tells whether the plan brings somebody into the group.
func (g *room) touched() bool {
	return slices.ContainsFunc(g.seats, func(s seat) bool { return s.added })
}

// byProvision are all groups with who attends them, by provision and id.
func (v *planView) byProvision() []*room {
	s := v.e.Snapshot()
	rooms := map[matching.GroupID]*room{}
	for i := range s.Groups {
		rooms[s.Groups[i].ID] = &room{group: &s.Groups[i]}
	}
	pupils := map[matching.PupilID]*matching.Pupil{}
	for i := range s.Pupils {
		pupils[s.Pupils[i].ID] = &s.Pupils[i]
	}
	v.standing(rooms, pupils)
	for i := range v.p.Assignments {
		r := v.referrals[v.p.Assignments[i].Referral]
		for _, stay := range v.p.Assignments[i].Stays {
			adults := v.adults(pupils[r.Pupil], r.OwnAdult)
			if given := r.Given[stay.Group].AdultDemand; given != nil && !r.OwnAdult {
				adults = *given
			}
			rooms[stay.Group].seats = append(rooms[stay.Group].seats, seat{r.Pupil, v.words.Sessions(stay), stay.From, stay.To, adults, true})
		}
	}
	return slices.SortedFunc(maps.Values(rooms), func(a, b *room) int {
		return cmp.Or(cmp.Compare(a.group.Provision, b.group.Provision), cmp.Compare(a.group.ID, b.group.ID))
	})
}

// standing seats the standing placements, those that move in both of their groups.
func (v *planView) standing(rooms map[matching.GroupID]*room, pupils map[matching.PupilID]*matching.Pupil) {
	moved := map[matching.PlacementID]*matching.Move{}
	for i := range v.p.Moves {
		moved[v.p.Moves[i].Placement] = &v.p.Moves[i]
	}
	sessions := func(group matching.GroupID, pattern matching.PatternID) calendar.Sessions {
		return v.words.Sessions(matching.Stay{Group: group, Pattern: pattern})
	}
	for i := range v.e.Snapshot().Placements {
		pl := &v.e.Snapshot().Placements[i]
		adults := v.adults(pupils[pl.Pupil], pl.OwnAdult)
		here := rooms[pl.Group]
		m := moved[pl.ID]
		if m == nil {
			here.seats = append(here.seats, seat{pl.Pupil, sessions(pl.Group, pl.Pattern), pl.From, pl.To, adults, false})
			continue
		}
		here.seats = append(here.seats, seat{pl.Pupil, sessions(pl.Group, pl.Pattern), pl.From, m.From - 1, adults, false})
		there := rooms[m.Group]
		there.seats = append(there.seats, seat{pl.Pupil, sessions(m.Group, m.Pattern), m.From, pl.To, adults, true})
	}
}

// adults is how much of an adult a pupil uses, in thousandths.
func (v *planView) adults(p *matching.Pupil, own bool) int {
	switch {
	case own:
		return 0
	case !p.Knows(matching.FactSupport):
		return v.policy.Support[v.policy.UnknownSupport]
	}
	return v.policy.Support[cmp.Or(p.Support, "standard")]
}

// A moment is a session of one day, and who is there.
type moment struct {
	date            calendar.Date
	session         calendar.Session
	standing, added int
	places          int
	limited         bool
	adults          int // thousandths that are left, or less than 0: that others give
	staffed         bool
}

func (m *moment) left() int { return m.places - m.standing - m.added }

// tightest is the first moment at which the fewest places are left while somebody
// new is there, or ever where nobody is, with the fewest adults that are left at any such moment.
func (g *room) tightest(days *calendar.Days) (moment, bool) {
	var tight moment
	touched := g.touched()
	found, staffed, adults := false, false, 0
	for session := range g.group.Timetable.All() {
		for i := range days.Len(session) {
			m := g.at(days.On(session, i), session)
			if touched && m.added == 0 {
				continue
			}
			if m.staffed && (!staffed || m.adults < adults) {
				staffed, adults = true, m.adults
			}
			if !found || m.tighter(&tight) {
				tight, found = m, true
			}
		}
	}
	tight.staffed, tight.adults = staffed, adults
	return tight, found
}

// tighter compares moments: by places left, then by pupils, then by date.
func (m *moment) tighter(than *moment) bool {
	if m.limited != than.limited {
		return m.limited
	}
	order := cmp.Compare(than.standing+than.added, m.standing+m.added)
	if m.limited {
		order = cmp.Or(cmp.Compare(m.left(), than.left()), order)
	}
	return cmp.Or(order, cmp.Compare(m.date, than.date), cmp.Compare(m.session, than.session)) < 0
}

// at counts who is there at one moment. Somebody new who stands there already is one.
func (g *room) at(d calendar.Date, s calendar.Session) moment {
	m := moment{date: d, session: s}
	m.places, m.limited = g.group.PlacesOn(s, d)
	m.adults, m.staffed = g.group.AdultsOn(s, d)
	present := func(x *seat) bool { return x.from <= d && d <= x.to && x.sessions.Has(s) }
	for i := range g.seats {
		x := &g.seats[i]
		if !present(x) {
			continue
		}
		if x.added && slices.ContainsFunc(g.seats, func(y seat) bool { return !y.added && y.pupil == x.pupil && present(&y) }) {
			continue
		}
		m.adults -= x.adults
		if x.added {
			m.added++
		} else {
			m.standing++
		}
	}
	return m
}

// bar draws a moment, a column for each pupil and place where they are not too many.
func (m *moment) bar() string {
	const widest = 20
	all := max(m.places, m.standing+m.added)
	scale := func(n int) int {
		if all <= widest {
			return n
		}
		return (n*widest + all - 1) / all
	}
	standing, both := scale(m.standing), scale(m.standing+m.added)
	return strings.Repeat("█", standing) + strings.Repeat("▒", both-standing) + strings.Repeat("·", scale(all)-both)
}
