package panel

import (
	"context"
	"slices"
	"strconv"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/duty"
)

// leastCount is the smallest number that is told: fewer pupils could be recognised.
const leastCount = 5

// A Count is a number of pupils as it may be published: rounded to the nearest five, so
// that what is hidden can't be found by subtraction, and hidden from 1 to 4.
type Count struct {
	Rounded int
	Hidden  bool // there are some, and fewer than five
}

func countOf(n int) Count {
	if n > 0 && n < leastCount {
		return Count{Hidden: true}
	}
	return Count{Rounded: (n + 2) / leastCount * leastCount}
}

// String is the number, or x where it is hidden.
func (c Count) String() string {
	if c.Hidden {
		return "x"
	}
	return strconv.Itoa(c.Rounded)
}

// A Took is how long something took, in school days, over cases. Of fewer than five
// cases nothing is said.
type Took struct {
	Cases         Count
	Told          bool  // whether the rest says anything
	Median        int   // half of the cases took so long at most
	ThreeQuarters int   // three quarters did
	InTime        Count // of those that a deadline has
	NotKnown      Count // cases that the recorded school years do not reach, which are not among the others
}

// Timescales are how long it took from a referral to its decision, and from a decision
// for a place to the start (M5).
type Timescales struct {
	From, To calendar.Date
	Decision Took // of referrals that were decided first in that time, but for putting off
	Start    Took // of placements that started in that time
}

// Timescales reports how the time limits were kept from a day to a day.
func (s *Service) Timescales(ctx context.Context, from, to calendar.Date) (Timescales, error) {
	return report(ctx, s, "timescales", from, to, func(w *work) (Timescales, error) {
		out := Timescales{From: from, To: to}
		clock, err := w.clock()
		if err != nil {
			return out, err
		}
		decisions, starts := &took{clock: clock}, &took{clock: clock}
		first := map[ReferralID]bool{}
		for d, err := range w.Decisions().List() {
			if err != nil {
				return out, err
			}
			if d.Recorded || d.Outcome == Defer || first[d.Referral] {
				continue
			}
			first[d.Referral] = true
			if d.Day < from || d.Day > to {
				continue
			}
			r, err := w.Referrals().Get(d.Referral)
			if err != nil {
				return out, err
			}
			decisions.add(r.Received, d.Day, clock.Referral(duty.Referral{Received: r.Received, Decided: d.Day}))
		}
		for p, err := range w.Tx.Placements().List(From(ByLastDay, from.String())) {
			if err != nil {
				return out, err
			}
			if p.Started < from || p.Started > to || p.MovedFrom != "" {
				continue
			}
			d, err := w.Decisions().Get(p.Decision)
			if err != nil {
				return out, err
			}
			if !d.Recorded {
				starts.add(d.Day, p.Started, nil)
			}
		}
		out.Decision, out.Start = decisions.told(), starts.told()
		return out, nil
	})
}

// report runs a reading of figures in which there is nobody's record.
func report[T any](ctx context.Context, s *Service, name string, from, to calendar.Date, fn func(*work) (T, error)) (T, error) {
	return read(ctx, s, NounReport, VerbRead, func(w *work) (T, error) {
		var none T
		if err := w.may(about{}); err != nil {
			return none, err
		}
		f := &faults{}
		f.when(from == 0, "/from", "required", "a day")
		f.when(to < from, "/to", "order", "a day not before the first")
		if err := f.err("the time is not sound"); err != nil {
			return none, err
		}
		w.note(VerbRead, NounReport, name, nil)
		return fn(w)
	})
}

// took gathers how long cases took.
type took struct {
	clock            *duty.Clock
	days             []int
	inTime, notKnown int
}

func (t *took) add(from, to calendar.Date, due []duty.Deadline) {
	n, known := t.clock.Took(from, to)
	if from == 0 || !known {
		t.notKnown++
		return
	}
	t.days = append(t.days, n)
	if len(due) > 0 && due[0].Due != 0 && to <= due[0].Due {
		t.inTime++
	}
}

func (t *took) told() Took {
	out := Took{Cases: countOf(len(t.days)), NotKnown: countOf(t.notKnown)}
	if len(t.days) < leastCount {
		return out
	}
	slices.Sort(t.days)
	out.Told, out.InTime = true, countOf(t.inTime)
	out.Median, out.ThreeQuarters = t.share(2, 4), t.share(3, 4)
	return out
}

// share is the number of days that so many of so many parts of the cases took at most.
func (t *took) share(part, of int) int { return t.days[(len(t.days)*part+of-1)/of-1] }

// Tally is how many of something there were, by code.
type Tally struct {
	From, To calendar.Date
	Total    Count
	Rows     []TallyRow
}

// A TallyRow is one code and how many there were.
type TallyRow struct {
	Code  string
	Count Count
}

// Destinations counts where pupils went whose placements ended from a day to a day (M6).
func (s *Service) Destinations(ctx context.Context, from, to calendar.Date) (Tally, error) {
	return s.ended(ctx, "destinations", from, to, codesOf(Destinations()), func(p *Placement) string { return string(p.Destination) })
}

// Breakdowns counts the placements that broke down from a day to a day, by the reason (M7).
// The total is of all placements that ended.
func (s *Service) Breakdowns(ctx context.Context, from, to calendar.Date) (Tally, error) {
	reasons := EndReasons()
	learnt := reasons[slices.Index(reasons, Breakdown):]
	return s.ended(ctx, "breakdowns", from, to, codesOf(learnt), func(p *Placement) string { return string(p.EndReason) })
}

func codesOf[C ~string](list []C) []string {
	out := make([]string, len(list))
	for i, c := range list {
		out[i] = string(c)
	}
	return out
}

// ended counts placements that ended, by a code.
func (s *Service) ended(
	ctx context.Context, name string, from, to calendar.Date, codes []string, code func(*Placement) string,
) (Tally, error) {
	return report(ctx, s, name, from, to, func(w *work) (Tally, error) {
		counts, total := map[string]int{}, 0
		for p, err := range w.Tx.Placements().List(Is(ByState, Ended, FollowedUp)) {
			if err != nil {
				return Tally{}, err
			}
			if from <= p.Ended && p.Ended <= to {
				counts[code(&p)]++
				total++
			}
		}
		out := Tally{From: from, To: to, Total: countOf(total)}
		for _, c := range codes {
			out.Rows = append(out.Rows, TallyRow{c, countOf(counts[c])})
		}
		return out, nil
	})
}
