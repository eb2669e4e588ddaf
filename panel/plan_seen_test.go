package panel_test

import (
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
)

// A plan tells a member nothing of the referrals in which the member has an interest, and
// what is kept of it is whole.
func TestPlan_isWithoutWhatOneHasAnInterestIn(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		w.update(func(tx panel.Tx) error { // one place: two of the three stay out
			g, err := tx.Groups().Get("workshop")
			if err != nil {
				return err
			}
			g.Terms.Places = matching.PerSession{}
			for s := range g.Terms.Timetable.All() {
				g.Terms.Places[s] = 1
			}
			return tx.Groups().Put(&g)
		})
		m := w.opened("ref-a", "ref-c", "ref-d")
		of := func(p *matching.Plan) (all []panel.ReferralID) {
			for _, a := range p.Assignments {
				all = append(all, a.Referral)
			}
			for _, u := range p.Unplaced {
				all = append(append(all, u.Referral), u.Referrals...)
				for _, unlock := range u.Unlock {
					for _, c := range unlock.Changes {
						all = append(all, c.Referral)
					}
				}
			}
			return all
		}
		whole := must(w.Plan(w.as(theNurse), m.ID, panel.PlanInput{Effort: 1000}))(w.T)
		if got := of(whole.Plan); !slices.Contains(got, "ref-a") || !slices.Contains(got, "ref-c") {
			w.Errorf("a member without an interest sees %v", got)
		}
		seen := must(w.Plan(w.as(theHead), m.ID, panel.PlanInput{Effort: 1000}))(w.T)
		if got := of(seen.Plan); slices.Contains(got, "ref-a") || !slices.Contains(got, "ref-c") || !slices.Contains(got, "ref-d") {
			w.Errorf("a member of the school that refers ref-a sees %v", got)
		}
		if seen.Job.Result != whole.Job.Result || seen.Job.Result == "" {
			w.Errorf("what is kept is %q and %q", whole.Job.Result, seen.Job.Result)
		}
	})
}
