package matching_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/matchtest"
)

// TestEngine_equalsSlow holds the engine against the slow implementation, which
// was written from the contract alone, in every field of every option.
func TestEngine_equalsSlow(t *testing.T) {
	t.Parallel()
	for seed := range uint64(worlds(t)) {
		if !equalsSlow(t, seed) {
			t.Fatalf("world %d differs", seed)
		}
	}
}

// worlds is how many random worlds a test tries.
func worlds(t *testing.T) int {
	t.Helper()
	if testing.Short() {
		return 40
	}
	return 300
}

func equalsSlow(t *testing.T, seed uint64) bool {
	t.Helper()
	e, encoded := engineOf(t, matchtest.World(seed))
	want := map[string][]slowOption{}
	for _, o := range append(slowOptions(encoded), slowPackages(encoded)...) {
		want[o.Referral] = append(want[o.Referral], normal(o))
	}
	same := true
	for _, r := range e.Snapshot().Referrals {
		options, err := e.Options(r.ID)
		if err != nil {
			t.Fatal(err)
		}
		same = sameOptions(t, options, want[string(r.ID)]) && same
		ranking, err := e.Rank(r.ID)
		if err != nil {
			t.Fatal(err)
		}
		same = sameOptions(t, ranking.Ranking, slowRanking(encoded, string(r.ID), want[string(r.ID)])) && same
	}
	return same
}

func engineOf(t testing.TB, s *matching.Snapshot) (*matching.Engine, []byte) {
	t.Helper()
	e, err := matching.New(s)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := s.Encode(&b); err != nil {
		t.Fatal(err)
	}
	return e, b.Bytes()
}

func sameOptions(t *testing.T, got []matching.Option, want []slowOption) bool {
	t.Helper()
	converted := make([]slowOption, len(got))
	for i := range got {
		converted[i] = normal(asSlow(&got[i]))
	}
	if len(want)+len(converted) == 0 {
		return true
	}
	if diff := difference(want, converted); diff != "" {
		t.Errorf("options (-slow +engine):\n%s", diff)
		return false
	}
	return true
}

// normal makes nil what is empty, and orders what the two order differently: the
// reasons of several trait limits, which the engine has by trait.
func normal(o slowOption) slowOption {
	if len(o.Reasons) == 0 {
		o.Reasons = nil
	}
	o.Reasons = slices.Clone(o.Reasons)
	for i := range o.Reasons {
		if len(o.Reasons[i].Pupils) == 0 {
			o.Reasons[i].Pupils = nil
		}
	}
	slices.SortStableFunc(o.Reasons, func(a, b slowReason) int {
		if a.Code != "trait_limit" || b.Code != "trait_limit" {
			return 0
		}
		return strings.Compare(reasonKey(a), reasonKey(b))
	})
	if len(o.Unchecked) == 0 {
		o.Unchecked = nil
	}
	if len(o.Points) == 0 {
		o.Points, o.Values = nil, nil
	}
	return o
}

func reasonKey(r slowReason) string {
	return strings.Join(append([]string{r.Class, r.Date, r.Session, r.Clears}, r.Pupils...), " ")
}

func asSlow(o *matching.Option) slowOption {
	out := slowOption{
		Referral: string(o.Referral), Feasible: o.Feasible, Score: o.Score, Low: o.ScoreLow, High: o.ScoreHigh,
		Bonus: o.Bonus, Late: o.Late, Composition: o.Composition, Minutes: -1,
		Points: map[string]int{}, Values: map[string]int{},
	}
	if o.Minutes != nil {
		out.Minutes = *o.Minutes
	}
	for _, stay := range o.Stays {
		out.Stays = append(out.Stays, slowSpent{string(stay.Group), string(stay.Pattern), stay.From.String(), stay.To.String()})
	}
	out.From = out.Stays[0].From
	if len(out.Stays) == 1 {
		out.Group, out.Pattern, out.To = out.Stays[0].Group, out.Stays[0].Pattern, out.Stays[0].To
	}
	for _, c := range o.Contributions {
		out.Points[string(c.Criterion)], out.Values[string(c.Criterion)] = c.Points, c.Value
	}
	for i := range o.Reasons {
		out.Reasons = append(out.Reasons, asSlowReason(&o.Reasons[i]))
	}
	for _, code := range o.Unchecked {
		out.Unchecked = append(out.Unchecked, string(code))
	}
	return out
}

func asSlowReason(r *matching.Reason) slowReason {
	out := slowReason{
		Code: string(r.Code), Class: string(r.Class), Date: r.Date.String(), Session: r.Session,
		Times: r.Times, Clears: r.Clears.String(),
	}
	if r.Limit != nil {
		out.Limit = *r.Limit
	}
	if r.Observed != nil && r.Limit != nil {
		out.Observed = *r.Observed
	}
	for _, id := range r.Pupils {
		out.Pupils = append(out.Pupils, string(id))
	}
	return out
}
