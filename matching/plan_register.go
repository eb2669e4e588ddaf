package matching

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"example.org/backontrack/matching/calendar"
)

// A Register says which missing capability kept how many referrals out of a plan. Each unplaced referral is in
// exactly one row, so that the counts add up to Unplaced.
type Register struct {
	Unplaced int   `json:"unplaced"`
	Rows     []Gap `json:"rows"` // by code in the order of reasons, then by detail
}

// A Gap is one missing capability: a rule, and what of it: the needs not met, the traits refused, the access lacking, the
// reason of the referral, the pupil's year, sex or areas, else the session at which it fails.
type Gap struct {
	Code      Code         `json:"code"`
	Detail    []string     `json:"detail"`
	Count     int          `json:"count"`
	Alone     int          `json:"alone"`     // of these, whom this rule alone keeps out of some option
	Referrals []ReferralID `json:"referrals"` // by id
}

// The codes of those whom no rule keeps out.
const (
	CodeChoice   Code = "choice"       // the panel's own choice leaves it out: no gap
	CodeTie      Code = "tie"          // something is possible beside the plan, and would not lower the objective
	CodeNoOption Code = "no_option"    // nothing is an option at all, as scores are given for no group
	CodeNotWorth Code = "not_worth_it" // something is possible beside the plan, but would lower the objective
)

// Register finds the gap that each unplaced referral of a plan fell into: the rule, of those in its smallest explanation, that
// alone keeps it out of the most options; where no rule alone does, that which keeps it out of most; then the
// first in the order of reasons. Of its detail likewise, then the first in order. What the standing placements leave open is
// looked at beside the plan. The error is [ErrForeignPlan]. Cost is that of [Engine.Planner], and of every option of the unplaced.
func (e *Engine) Register(plan *Plan) (*Register, error) {
	reg := &Register{Rows: []Gap{}}
	err := e.eachUnplaced(plan, func(r *referralIndex, code Code, f *refusals) {
		reg.Unplaced++
		detail := []string{}
		if f.merged[code] != nil {
			detail = e.detailOf(code, r, f)
		}
		at := slices.IndexFunc(reg.Rows, func(g Gap) bool { return g.Code == code && slices.Equal(g.Detail, detail) })
		if at < 0 {
			at = len(reg.Rows)
			reg.Rows = append(reg.Rows, Gap{Code: code, Detail: detail})
		}
		row := &reg.Rows[at]
		row.Count++
		row.Alone += min(f.sole[code], 1)
		row.Referrals = append(row.Referrals, r.referral.ID)
	})
	if err != nil {
		return nil, err
	}
	order := append(e.codesInOrder(), CodeChoice, CodeTie, CodeNotWorth, CodeNoOption)
	slices.SortFunc(reg.Rows, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Code), slices.Index(order, b.Code)), slices.Compare(a.Detail, b.Detail))
	})
	return reg, nil
}

// eachUnplaced visits the unplaced referrals of a plan with the code of the gap and all that shuts out their options.
func (e *Engine) eachUnplaced(plan *Plan, visit func(r *referralIndex, code Code, f *refusals)) error {
	hash, err := e.Hash()
	if err != nil {
		return err
	}
	if plan == nil || plan.Snapshot != hash {
		return ErrForeignPlan
	}
	p := e.Planner(len(plan.Moves))
	choice, _, err := p.chosen(plan)
	if err != nil {
		return err
	}
	if len(plan.Unplaced) == 0 {
		return nil
	}
	k, err := p.keeper(plan, choice, &PlanOptions{})
	if err != nil {
		return err
	}
	q := k.ask(inFull)
	for i := range plan.Unplaced {
		r := e.referralOf[plan.Unplaced[i].Referral]
		if plan.Unplaced[i].ByChoice {
			visit(&e.referrals[r], CodeChoice, newRefusals(q.order))
			continue
		}
		q.turn(&Unplaced{Referral: plan.Unplaced[i].Referral})
		from, to := q.options(r)
		switch gain, fits := q.l.beside(r, from, to, nil); {
		case fits && gain.value >= 0:
			visit(&e.referrals[r], CodeTie, newRefusals(q.order))
			continue
		case fits:
			visit(&e.referrals[r], CodeNotWorth, newRefusals(q.order))
			continue
		}
		f, code := q.refusals(true), CodeNoOption
		if primary := f.primary(); primary != "" {
			code = primary
		} else if from < to {
			code = CodeNotWorth
		}
		visit(&e.referrals[r], code, f)
	}
	return nil
}

// primary is the code that is chosen, empty where nothing is shut out.
func (f *refusals) primary() (code Code) {
	most := [2]int{-1, -1}
	for _, n := range f.fewest() {
		c := f.order[n]
		if now := [2]int{f.sole[c], f.merged[c].Times}; slices.Compare(now[:], most[:]) > 0 {
			code, most = c, now
		}
	}
	return code
}

// detailOf is what of a rule is missing.
func (e *Engine) detailOf(code Code, r *referralIndex, f *refusals) []string {
	pupil := &e.snapshot.Pupils[r.pupil]
	switch code {
	case CodeYearGroup:
		return []string{strconv.Itoa(pupil.Year)}
	case CodeSex:
		return []string{string(pupil.Sex)}
	case CodeJourney, CodeRivalAreas:
		return append([]string{}, sorted(pupil.Areas)...)
	}
	best, most := "", 0
	for _, at := range sortedKeys(f.detail[code]) {
		if n := f.detail[code][at]; n > most {
			best, most = at, n
		}
	}
	if best == "" {
		return []string{}
	}
	return strings.Split(best, "\x00")
}

// mostInvestments bounds what is suggested.
const mostInvestments = 20

// Investments suggests what to ask [Engine.Worth] about: wherever, beside the plan, nothing but places, adult time or the pupil's
// own week keeps an unplaced referral out, a place, half an adult, or the group at the other half of the day. Those that concern
// most referrals come first, then by kind and group; at most 20. The error and the cost are those of [Engine.Register].
func (e *Engine) Investments(plan *Plan) ([]Investment, error) {
	counts := map[[2]string]int{}
	kinds := map[Code]InvestmentKind{CodePlaces: MorePlaces, CodeStaffing: MoreAdults, CodeBusy: NewTimetable}
	err := e.eachUnplaced(plan, func(_ *referralIndex, _ Code, f *refusals) {
		for code, kind := range kinds {
			for _, g := range sorted(f.doors[code]) {
				counts[[2]string{string(kind), string(e.groups[g].group.ID)}]++
			}
		}
	})
	if err != nil {
		return nil, err
	}
	type suggestion struct {
		Investment
		count int
	}
	var list []suggestion
	for key, n := range counts {
		s := suggestion{Investment{Kind: InvestmentKind(key[0]), Group: GroupID(key[1])}, n}
		if s.Kind == NewTimetable {
			group := e.groups[e.groupOf[s.Group]].group
			if s.Sessions = otherHalf(group.Timetable); s.Sessions&group.Timetable != 0 || s.Sessions&^e.snapshot.Calendar.Sessions != 0 {
				continue
			}
		}
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b suggestion) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Group, b.Group))
	})
	out := []Investment{}
	for _, s := range list[:min(len(list), mostInvestments)] {
		out = append(out, s.Investment)
	}
	return out, nil
}

// otherHalf turns mornings into afternoons, and the other way round.
func otherHalf(mask calendar.Sessions) (out calendar.Sessions) {
	for s := range mask.All() {
		out |= calendar.Of(s ^ 1)
	}
	return out
}
