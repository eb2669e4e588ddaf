package text

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// mostBound is higher than any bound that was proven: a search that is stopped
// before it proves one gives a number of its own.
const mostBound = 1 << 53

// IsBound tells whether a bound says anything.
func IsBound(bound int) bool { return bound < mostBound }

// Verdict says how good a plan is known to be.
func Verdict(p *matching.Plan) string {
	switch gap := p.Bound - p.Objective; {
	case p.Status == matching.PlanOptimal:
		return "No better plan is possible."
	case !IsBound(p.Bound):
		return "How much better is possible is not known: the search was stopped too early."
	default:
		said := "At most " + Count(gap, "point", "points")
		if p.Objective > 0 {
			said += " (" + Gap(p.Objective, p.Bound) + ")"
		}
		return said + " better is possible."
	}
}

// Gap is by how much a bound exceeds an objective, in per cent of the objective,
// rounded up, so that only no gap is called 0.
func Gap(objective, bound int) string {
	gap := bound - objective
	if gap == 0 {
		return "0%"
	}
	if objective <= 0 {
		return "not known"
	}
	tenths := (gap*1000 + objective - 1) / objective
	if tenths >= 1000 {
		return Number(tenths/10) + "%"
	}
	return fmt.Sprintf("%d.%d%%", tenths/10, tenths%10)
}

// Took says how much, and by the clock how long, a plan was searched for: nothing
// of one that is proven and was not clocked.
func Took(p *matching.Plan) string {
	var parts []string
	if p.Status != matching.PlanOptimal {
		parts = append(parts, "through "+Count(int(p.Effort.Nodes), "node", "nodes")+" in "+Count(int(p.Effort.Iterations), "round", "rounds"))
	}
	if p.Effort.Milliseconds > 0 {
		parts = append(parts, fmt.Sprintf("for %.1f s", float64(p.Effort.Milliseconds)/1000))
	}
	if parts == nil {
		return ""
	}
	return "searched " + strings.Join(parts, ", ")
}

// Between says from when to when in few columns: "30 Nov – 24 Jan 2027". The
// first year is left out where it can only be one.
func Between(from, to calendar.Date) string {
	const aYear = 365
	first, last := day(from), day(to)
	switch {
	case from == to:
		return last.Format("2 Jan 2006") + " only"
	case int(to)-int(from) >= aYear:
		return first.Format("2 Jan 2006") + " – " + last.Format("2 Jan 2006")
	}
	return first.Format("2 Jan") + " – " + last.Format("2 Jan 2006")
}

func day(d calendar.Date) time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Spare is adult time that is left, or that floating adults give.
func Spare(thousandths int) string {
	if thousandths < 0 {
		return decimal(-thousandths) + " floating"
	}
	return decimal(thousandths)
}

// ShutsOut says of a rule that it keeps a referral out of a plan, how many options
// it shuts out, and what would lift that.
func ShutsOut(r *matching.Reason) string {
	said := Rule(r.Code)
	if len(r.Codes) > 0 {
		said += ", " + List(plains(r.Codes))
	}
	if r.Times > 0 {
		said += " (" + Count(r.Times, "option", "options") + ")"
	}
	said += ": "
	class := ClassOf(r)
	if r.Times > 1 && class != matching.Never {
		said += "for at least one of them " // the class is that of the option for which it is lifted most easily
	}
	said += uncapital(LiftsReason(class))
	if r.Clears != 0 {
		said += ", first for a start on " + Date(r.Clears)
	}
	return Sentence(said)
}

func uncapital(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// GiveWay says who would have to give way to an unplaced referral, and what that
// costs the plan; nothing where it has no option at all.
func GiveWay(u *matching.Unplaced) string {
	if u.Cost == nil {
		return ""
	}
	said := "to place it costs the plan "
	if len(u.Referrals) > 0 {
		said = "for it " + IDs(u.Referrals) + " would have to give way; that costs the plan "
	}
	low, high := max(u.Cost.Low, 0), u.Cost.High
	switch {
	case high <= 0:
		return "" // a better plan, which a longer search finds
	case low == high:
		said += Count(high, "point", "points")
	case low == 0:
		said += "at most " + Count(high, "point", "points")
	default:
		said += "from " + Number(low) + " to " + Count(high, "point", "points")
	}
	return Sentence(said)
}

// Unlocked says which changes make a place, and where and when unless the changes end in saying so.
func (w *Words) Unlocked(id matching.ReferralID, u *matching.Unlock) string {
	said := w.Unlock(&matching.Option{Referral: id, Stays: []matching.Stay{u.Stay}}, u)
	says := slices.ContainsFunc(u.Changes, func(c matching.Change) bool { return c.Kind == matching.Place })
	if says || u.Stay.Group == "" {
		return said // or the plan was read, and does not say
	}
	return w.Group(u.Stay.Group) + ", " + w.Days(u.Stay) + ", " + Dates(u.Stay) + ": " + said
}

// Points are points that add to a sum, or take from it: "+12,500".
func Points(n int) string {
	if n < 0 {
		return Number(n)
	}
	return "+" + Number(n)
}
