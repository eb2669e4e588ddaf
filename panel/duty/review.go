package duty

import (
	"cmp"
	"slices"

	"example.org/backontrack/matching/calendar"
)

// Reviews plans the reviews of a stay, in order, those at the end that the calendar does
// not reach with no day. The settings are those in force when the stay began.
//
// A stay of a school week (five school days), or of seven days, has the full [Cadence];
// a shorter one only its meetings: at the start if it has more than one day, on its last
// day, and on the return. A weekly review that would fall on no school day is held on
// the first one after it, several of them as one; half-termly, final and last meetings
// on the last one before. From the final review on there are no weekly ones.
//
// A stay that was extended, moved or cut short is planned anew; what was held stays: a
// held review takes the place of the planned one of its kind that is nearest, within a
// week (weekly, panel and half-termly reviews count as one kind here), and one that has
// no place is listed as it was held.
func (c *Clock) Reviews(s Stay) []Review {
	if s.From == 0 || s.To != 0 && s.To < s.From {
		return kept(nil, s.Held)
	}
	p := planner{Clock: c, stay: s, cadence: CadenceOf(s.Route, s.Tier)}
	if s.To != 0 {
		p.last = c.OnOrBefore(s.To)
	}
	p.meetings()
	if p.full() {
		p.final()
		p.weekly()
		p.panel()
		p.halfTermly()
	}
	slices.SortStableFunc(p.reviews, inOrder)
	return kept(p.reviews, s.Held)
}

// planner collects the reviews of one stay.
type planner struct {
	*Clock
	stay    Stay
	cadence Cadence
	last    calendar.Date // the last school day of the stay; zero: not known
	until   calendar.Date // the day of the final review; zero: not known
	reviews []Review
}

func (p *planner) add(kind Kind, due calendar.Date) {
	p.reviews = append(p.reviews, Review{Kind: kind, Due: due})
}

// number is a setting's value where it was in force when the stay began.
func (p *planner) number(key Key) (int, bool) {
	s, ok := p.settings.At(key, p.stay.From)
	return s.Value, ok
}

// full tells whether the stay is long enough for all its reviews. One without an end is.
func (p *planner) full() bool {
	weeks, ok := p.number(ReviewStay)
	if !ok {
		return false
	}
	if p.stay.To == 0 || p.stay.To-p.stay.From+1 >= calendar.Date(7*weeks) {
		return true
	}
	n, known := p.Count(p.stay.From, p.stay.To)
	return known && n >= 5*weeks
}

// meetings are those with the parents, and the one on the return.
func (p *planner) meetings() {
	first := p.OnOrAfter(p.stay.From)
	if p.stay.From < p.First() {
		first = p.stay.From // long past: the day that it was, and no guess
	}
	if p.cadence.Meetings && (first != p.last || first == 0) {
		p.add(StartMeeting, first)
	}
	if p.stay.To == 0 {
		return
	}
	if p.cadence.Meetings {
		p.add(EndMeeting, p.last)
	}
	if n, ok := p.number(ReviewReturn); ok && p.cadence.Return {
		p.add(ReturnMeeting, p.After(p.stay.To, n))
	}
}

// final is the last review before the end, and the follow-up after it.
func (p *planner) final() {
	if p.stay.To == 0 {
		return
	}
	if n, ok := p.number(ReviewFinal); ok && p.cadence.Final {
		if p.last != 0 {
			p.until = max(p.Before(p.last, n), p.OnOrAfter(p.stay.From))
		}
		p.add(Final, p.until)
	}
	if n, ok := p.number(ReviewFollowUp); ok && p.cadence.FollowUp {
		back := p.After(p.stay.To, 1)
		if back != 0 {
			back = p.OnOrAfter(Weeks(back, n))
		}
		p.add(FollowUp, back)
	}
}

// weekly are the first review and the fortnightly ones, and one more a week after each
// move within the provision.
func (p *planner) weekly() {
	first, ok := p.number(ReviewFirst)
	every, also := p.number(ReviewThen)
	if !p.cadence.Weekly || !ok || !also {
		return
	}
	for _, start := range append([]calendar.Date{p.stay.From}, p.stay.Moves...) {
		p.recurring(FirstWeek, p.OnOrAfter(Weeks(start, first)))
	}
	for d := Weeks(p.stay.From, first+every); d <= p.Last(); d = Weeks(d, every) {
		p.recurring(Fortnightly, p.OnOrAfter(d))
	}
	slices.SortStableFunc(p.reviews, inOrder)
}

// recurring adds a review that is known, before the final one, and on a day of its own.
func (p *planner) recurring(kind Kind, due calendar.Date) {
	if due == 0 || !p.before(due) {
		return
	}
	if !slices.ContainsFunc(p.reviews, func(r Review) bool { return r.Due == due && r.Kind.recurs() }) {
		p.add(kind, due)
	}
}

// before tells whether a day is before the final review, or the end where there is none.
func (p *planner) before(d calendar.Date) bool {
	end := cmp.Or(p.until, p.last, p.stay.To)
	return end == 0 || d < end
}

// panel lets weekly reviews serve the panel too; without any it has days of its own.
func (p *planner) panel() {
	weeks, ok := p.number(ReviewSixWeekly)
	if !p.cadence.Panel || !ok {
		return
	}
	if !p.cadence.Weekly {
		for d := Weeks(p.stay.From, weeks); d <= p.Last() && p.before(d); d = Weeks(d, weeks) {
			p.recurring(SixWeekly, p.OnOrAfter(d))
		}
		return
	}
	last := p.stay.From
	for i, r := range p.reviews {
		if r.Kind.recurs() && r.Due >= Weeks(last, weeks) {
			p.reviews[i].With = append(p.reviews[i].With, SixWeekly)
			last = r.Due
		}
	}
}

// halfTermly sees that no half term passes without a review for the placing school, but
// for one of which the stay has less than a school week, or in which it ends.
func (p *planner) halfTermly() {
	every, ok := p.number(ReviewHalfTermly)
	if !p.cadence.HalfTermly || !ok {
		return
	}
	n := 0
	for _, half := range p.halfTerms {
		from, to := max(half.From, p.stay.From), half.To
		if !p.before(to) {
			break
		}
		if p.days.Count(from, to) < 5 {
			continue
		}
		if n++; n%every == 0 {
			p.serveHalfTerm(from, to)
		}
	}
}

func (p *planner) serveHalfTerm(from, to calendar.Date) {
	last := -1
	for i, r := range p.reviews {
		if r.Kind.recurs() && r.Due >= from && r.Due <= to {
			last = i
		}
	}
	if last < 0 {
		p.add(HalfTermly, to)
		return
	}
	p.reviews[last].With = append(p.reviews[last].With, HalfTermly)
}

// recurs tells whether reviews of a kind come again and again while a stay lasts.
func (k Kind) recurs() bool {
	return k == FirstWeek || k == Fortnightly || k == SixWeekly || k == HalfTermly
}

func (k Kind) place() int { return slices.Index(Kinds(), k) }

// inOrder sorts by day, those without one last, and by kind.
func inOrder(a, b Review) int {
	return cmp.Or(cmp.Compare(orLast(a.Due), orLast(b.Due)), cmp.Compare(a.Kind.place(), b.Kind.place()))
}

func orLast(d calendar.Date) calendar.Date {
	if d == 0 {
		return Open
	}
	return d
}

// kept puts what was held in the place of what was planned.
func kept(reviews []Review, held []Held) []Review {
	const near = 7
	for _, h := range slices.SortedStableFunc(slices.Values(held), func(a, b Held) int { return cmp.Compare(a.On, b.On) }) {
		best, distance := -1, calendar.Date(near+1)
		for i, r := range reviews {
			same := r.Kind == h.Kind || r.Kind.recurs() && h.Kind.recurs()
			if d := max(r.Due-h.On, h.On-r.Due); same && r.On == 0 && r.Due != 0 && d < distance {
				best, distance = i, d
			}
		}
		if best < 0 {
			reviews = append(reviews, Review{Kind: h.Kind, Due: h.On, On: h.On})
			continue
		}
		reviews[best].On = h.On
	}
	slices.SortStableFunc(reviews, inOrder)
	return reviews
}

// Stay gives the reviews of a stay as deadlines, so that they stand as others do.
func (c *Clock) Stay(s Stay) []Deadline {
	var ds []Deadline
	for _, r := range c.Reviews(s) {
		i := r.Kind.place()
		if i < 0 {
			continue // a kind that is not ours has no setting
		}
		d := Deadline{Code: Code("review." + string(r.Kind)), Who: kinds[i].who, From: s.From, Due: r.Due, Met: r.On}
		d.Setting, _ = c.settings.At(kinds[i].key, s.From)
		ds = append(ds, d)
	}
	return ds
}
