package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
)

// A refusal is a group without an option for a referral, or a referral without one
// in a group: the pattern that is nearest to being possible, and the others.
type refusal struct {
	nearest *matching.Option
	others  []*matching.Option
}

// refusals gathers refused options by what they are about, leaving out what is
// possible in another pattern; those nearest to being possible come first.
func refusals(possible, rejected []matching.Option, about func(*matching.Option) string) []refusal {
	isPossible := map[string]bool{}
	for i := range possible {
		if len(possible[i].Stays) == 1 {
			isPossible[about(&possible[i])] = true
		}
	}
	var out []refusal
	at := map[string]int{}
	for i := range rejected {
		o := &rejected[i]
		key := about(o)
		if isPossible[key] {
			continue
		}
		n, found := at[key]
		if !found {
			at[key] = len(out)
			out = append(out, refusal{nearest: o})
			continue
		}
		r := &out[n]
		if nearer(o, r.nearest) < 0 {
			o, r.nearest = r.nearest, o
		}
		r.others = append(r.others, o)
	}
	slices.SortStableFunc(out, func(a, b refusal) int { return nearer(a.nearest, b.nearest) })
	return out
}

func aboutGroup(o *matching.Option) string    { return string(o.Stays[0].Group) }
func aboutReferral(o *matching.Option) string { return string(o.Referral) }

// refusedGroups are the groups that are refused with every pattern.
func refusedGroups(k *matching.Ranking) []refusal {
	return refusals(k.Ranking, k.Rejected, aboutGroup)
}

// nearer orders refused options: the easier to lift, then the fewer reasons, then
// the higher total.
func nearer(a, b *matching.Option) int {
	return cmp.Or(
		text.CompareToLift(text.ToLift(a.Reasons), text.ToLift(b.Reasons)),
		cmp.Compare(len(a.Reasons), len(b.Reasons)),
		cmp.Compare(b.Total, a.Total),
	)
}

// A Detail says how much of the refusals is wanted.
type Detail struct {
	Few    int                          // how many of each kind to tell in full; the rest is counted
	All    bool                         // tell every one in full
	Unlock func(*matching.Option) error // fills in what would unlock an option; nil: not wanted
}

// Refusals writes the refused groups by what it takes to lift all of their
// reasons: each of them with every reason when all are asked for, else the few
// that are nearest to being possible, and counts of the rest.
func (r *Report) Refusals(k *matching.Ranking, d Detail) error {
	groups := refusedGroups(k)
	if len(groups) > 0 {
		r.Head("Refused: " + text.Count(len(groups), "group", "groups"))
		if err := r.byClass(groups, d, r.groupTitle); err != nil {
			return err
		}
	}
	n := len(k.Rejected)
	for _, g := range groups {
		n -= 1 + len(g.others)
	}
	if n > 0 {
		r.Say("Of the groups that are possible, " + text.Count(n, "other pattern is refused.", "other patterns are refused."))
	}
	return nil
}

// RefusedReferrals writes the referrals that do not fit a group, in the same way.
func (r *Report) RefusedReferrals(k *matching.GroupRanking, d Detail) error {
	referrals := refusals(k.Ranking, k.Rejected, aboutReferral)
	if len(referrals) == 0 {
		return nil
	}
	r.Head("Refused: " + text.Count(len(referrals), "referral", "referrals"))
	return r.byClass(referrals, d, func(o *matching.Option) (string, string) {
		return r.words.Heading(o.Referral), string(o.Referral)
	})
}

func (r *Report) groupTitle(o *matching.Option) (name, id string) {
	return r.title(o), string(o.Stays[0].Group)
}

// A titler names what a refusal is about, and gives its id.
type titler func(o *matching.Option) (name, id string)

// byClass writes refusals, which are in order, under what it takes to lift them.
func (r *Report) byClass(list []refusal, d Detail, title titler) error {
	for len(list) > 0 {
		needed := text.ToLift(list[0].nearest.Reasons)
		n := slices.IndexFunc(list, func(x refusal) bool { return !slices.Equal(text.ToLift(x.nearest.Reasons), needed) })
		if n < 0 {
			n = len(list)
		}
		r.Para(indent, 2, screen.In(style(needed[0]), text.Lifts(needed)), screen.In(screen.Dim, fmt.Sprintf(" (%d)", n)))
		if err := r.ofClass(needed[0], list[:n], d, title); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

func (r *Report) ofClass(class matching.Class, list []refusal, d Detail, title titler) error {
	told := min(d.Few, len(list))
	switch {
	case d.All:
		told = len(list)
	case class == matching.Never:
		told = 0
	}
	for _, x := range list[:told] {
		if err := r.refused(x, d, title); err != nil {
			return err
		}
	}
	if rest := list[told:]; len(rest) > 0 {
		lead := ""
		if told > 0 {
			lead = fmt.Sprintf("and %d more: ", len(rest))
		}
		r.Para(indent+2, 2, screen.In(screen.Dim, lead+countRules(rest)))
	}
	return nil
}

func style(c matching.Class) screen.Style {
	if c == matching.Never {
		return screen.Bad
	}
	return screen.Warn
}

// refused writes one refusal: the pattern that is nearest to being possible, or
// all of them.
func (r *Report) refused(x refusal, d Detail, title titler) error {
	options := []*matching.Option{x.nearest}
	if d.All {
		options = append(options, x.others...)
	}
	for _, o := range options {
		name, id := title(o)
		if len(x.others) > 0 {
			id += ", " + r.words.Days(o.Stays[0])
		}
		r.Para(indent+2, 2, screen.In(screen.Bold, name), screen.In(screen.Dim, " ("+id+")"))
		r.Reasons(o, indent+4)
		if d.Unlock == nil {
			continue
		}
		if err := d.Unlock(o); err != nil {
			return err
		}
		r.Unlocks(o, indent+4)
		// Where nothing would lift it, or no start is open, the heading and the reason say so.
		if len(o.Unlock) == 0 && o.Stays[0].From != 0 && !slices.Contains(text.ToLift(o.Reasons), matching.Never) {
			r.Para(indent+4, 2, screen.In(screen.Dim, "→ No change that the panel can make is enough (more with --why-not)."))
		}
	}
	return nil
}

// Reasons writes every reason against an option, a sentence each.
func (r *Report) Reasons(o *matching.Option, indent int) {
	for i := range o.Reasons {
		r.Para(indent, 2, screen.Text("• "+r.words.Reason(o, &o.Reasons[i])))
	}
}

// Unlocks writes the sets of changes that would make an option possible.
func (r *Report) Unlocks(o *matching.Option, indent int) {
	const shown = 6
	for i := range o.Unlock[:min(shown, len(o.Unlock))] {
		r.Para(indent, 2, screen.In(screen.Good, "→ "+r.words.Unlock(o, &o.Unlock[i])))
	}
	if more := len(o.Unlock) - shown; more > 0 {
		r.Para(indent, 2, screen.In(screen.Dim, "→ and "+text.Count(more, "other way", "other ways")+" (all of them with --json)"))
	}
}

// countRules counts the rules that refuse groups, the most frequent first.
func countRules(list []refusal) string {
	counts := map[matching.Code]int{}
	for _, g := range list {
		seen := map[matching.Code]bool{}
		for _, reason := range g.nearest.Reasons {
			if !seen[reason.Code] {
				seen[reason.Code] = true
				counts[reason.Code]++
			}
		}
	}
	codes := make([]matching.Code, 0, len(counts))
	for code := range counts {
		codes = append(codes, code)
	}
	slices.SortFunc(codes, func(a, b matching.Code) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	parts := make([]string, len(codes))
	for i, code := range codes {
		parts[i] = fmt.Sprintf("%s %d", text.Rule(code), counts[code])
	}
	return strings.Join(parts, ", ")
}
