package matching

import (
	"cmp"
	"slices"
	"time"

	"example.org/backontrack/matching/calendar"
)

// A Question is about a fact of the pupil that nobody has given yet, and whose
// answer would change the ranking.
type Question struct {
	Facts []Fact `json:"facts"` // one, or latitude and longitude together
	// Answers are those that the snapshot gives a reason to think of, each with what it
	// would do.
	Answers      []Answer `json:"answers"`
	ChangesFirst int      `json:"changes_first"` // of the answers, how many change the first rank
	ChangesOrder int      `json:"changes_order"` // how many change the order at all
}

// An Answer is one that a question could have.
type Answer struct {
	Answer       string `json:"answer"`          // a code, or an id of the snapshot
	First        []Stay `json:"first,omitempty"` // the first rank then; nil: nothing fits
	Feasible     int    `json:"feasible"`        // how many options fit then
	ChangesFirst bool   `json:"changes_first"`
	ChangesOrder bool   `json:"changes_order"`
}

// mostAnswers bounds how many answers of one question are tried.
const mostAnswers = 40

// Questions lists the unknown facts of a referral's pupil whose answers would change
// the order of the ranking, the most decisive first: by the share of answers that
// change the first rank, then the share that change the order, then the order of
// [Facts]. Each answer is tried by ranking again; time grows with their number.
func (e *Engine) Questions(id ReferralID) ([]Question, error) {
	r, err := e.referral(id)
	if err != nil {
		return nil, err
	}
	pupil := &e.snapshot.Pupils[r.pupil]
	before := e.feasible(r)
	list := []Question{}
	for _, fact := range Facts() {
		if !pupil.asks(fact) {
			continue
		}
		q := e.ask(r, fact, before)
		if q.ChangesOrder > 0 {
			list = append(list, q)
		}
	}
	slices.SortStableFunc(list, func(a, b Question) int {
		return cmp.Or(
			cmp.Compare(share(b.ChangesFirst, len(b.Answers)), share(a.ChangesFirst, len(a.Answers))),
			cmp.Compare(share(b.ChangesOrder, len(b.Answers)), share(a.ChangesOrder, len(a.Answers))),
		)
	})
	return list, nil
}

// asks tells whether a fact is worth a question. Coordinates that are left out are
// not known, listed or not, and are asked for together.
func (p *Pupil) asks(fact Fact) bool {
	nowhere := p.Latitude == nil || !p.Knows(FactLatitude) || !p.Knows(FactLongitude)
	switch fact {
	case FactLatitude:
		return nowhere
	case FactLongitude:
		return false
	default:
		return !p.Knows(fact)
	}
}

func (e *Engine) ask(r *referralIndex, fact Fact, before []Option) Question {
	q := Question{Facts: []Fact{fact}}
	if fact == FactLatitude {
		q.Facts = []Fact{FactLatitude, FactLongitude}
	}
	answers := e.answers(r, fact, before)
	for _, a := range answers[:min(len(answers), mostAnswers)] {
		s := e.changed(r, func(p *Pupil, _ *Referral) {
			p.Unknown = slices.DeleteFunc(slices.Clone(p.Unknown), func(f Fact) bool { return slices.Contains(q.Facts, f) })
			a.set(p)
		})
		then := e.sharing(s, r)
		after := then.feasible(&then.referrals[e.referralOf[r.referral.ID]])
		answer := Answer{Answer: a.name, Feasible: len(after), ChangesOrder: !sameOrder(before, after)}
		if len(after) > 0 {
			answer.First = after[0].Stays
		}
		answer.ChangesFirst = !sameOrder(before[:min(1, len(before))], after[:min(1, len(after))])
		q.Answers = append(q.Answers, answer)
		if answer.ChangesFirst {
			q.ChangesFirst++
		}
		if answer.ChangesOrder {
			q.ChangesOrder++
		}
	}
	return q
}

func sameOrder(a, b []Option) bool {
	return slices.EqualFunc(a, b, func(x, y Option) bool { return slices.Equal(x.Stays, y.Stays) })
}

// feasible is the ranking in short: what sorts it, and nothing that explains.
func (e *Engine) feasible(r *referralIndex) []Option {
	t := e.try(r)
	options := []Option{}
	for i := range e.groups {
		t.matchesIn(&e.groups[i], func(m Match) bool {
			options = append(options, e.brief(m, r.referral))
			return true
		})
	}
	options = append(options, t.packages()...)
	slices.SortStableFunc(options, func(a, b Option) int { return compareOptions(&a, &b) })
	return options
}

func (e *Engine) brief(m Match, r *Referral) Option {
	o := Option{Stays: []Stay{{m.Group, m.Pattern, m.From, m.To}}, Score: m.Score, Composition: m.Composition}
	e.total(&o, r)
	if m.Minutes >= 0 {
		o.Minutes = new(m.Minutes)
	}
	return o
}

// possibleAnswer is an answer, and how it changes the pupil.
type possibleAnswer struct {
	name string
	set  func(*Pupil)
}

// answers lists what the answer to a fact could be, as far as the snapshot has
// anything that would notice.
func (e *Engine) answers(r *referralIndex, fact Fact, before []Option) []possibleAnswer {
	none := possibleAnswer{"none", func(p *Pupil) { p.clear(fact) }}
	switch fact {
	case FactYear:
		return each(e.yearsAccepted(), func(p *Pupil, year int) { p.Year = year })
	case FactSex:
		return each([]Sex{Female, Male}, func(p *Pupil, sex Sex) { p.Sex = sex })
	case FactAreas:
		return append([]possibleAnswer{none}, each(e.rivalAreas(), func(p *Pupil, a string) { p.Areas = []string{a} })...)
	case FactCareHome:
		return append([]possibleAnswer{none}, each(e.careHomes(before), func(p *Pupil, h string) { p.CareHome = h })...)
	case FactTraits:
		return append([]possibleAnswer{none}, each(e.traitsThatCount(), func(p *Pupil, t string) { p.Traits = []string{t} })...)
	case FactNeeds:
		return append([]possibleAnswer{none}, each(e.needsMet(), func(p *Pupil, n string) { p.Needs = []Need{{n, true}} })...)
	case FactAccess:
		return append([]possibleAnswer{none}, each(e.accessAsked(), func(p *Pupil, a string) { p.Access = []string{a} })...)
	case FactSupport:
		return each(sortedKeys(e.policy.Support), func(p *Pupil, level string) { p.Support = level })
	case FactBusy:
		return append([]possibleAnswer{none}, daysBusy()...)
	case FactEHCP:
		return each([]bool{true, false}, func(p *Pupil, yes bool) { p.EHCP = yes })
	case FactLookedAfter:
		return each([]bool{true, false}, func(p *Pupil, yes bool) { p.LookedAfter = yes })
	case FactFriends:
		return append([]possibleAnswer{none}, e.friendsThere(r, before)...)
	default:
		return e.homes()
	}
}

func (p *Pupil) clear(f Fact) {
	switch f {
	case FactAreas:
		p.Areas = nil
	case FactCareHome:
		p.CareHome = ""
	case FactTraits:
		p.Traits = nil
	case FactNeeds:
		p.Needs = nil
	case FactAccess:
		p.Access = nil
	case FactBusy:
		p.Busy = 0
	case FactFriends:
		p.Friends = nil
	default: // the others have no value that means none
	}
}

func daysBusy() []possibleAnswer {
	var list []possibleAnswer
	for d := time.Monday; d <= time.Friday; d++ {
		list = append(list, possibleAnswer{weekdayNames[d], func(p *Pupil) { p.Busy = calendar.OnDays(d) }})
	}
	return list
}
