package matching

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"example.org/backontrack/matching/internal/strictjson"
)

// A Difference is one stay whose rank is another when facts are.
type Difference struct {
	Stays  []Stay `json:"stays"`
	Before int    `json:"before"` // rank from 1, 0 for not possible
	After  int    `json:"after"`
}

// A WhatIf is a ranking under other facts, and what they change.
type WhatIf struct {
	Ranking     *Ranking     `json:"ranking"`
	Differences []Difference `json:"differences"` // by rank after, then by rank before
}

// WhatIf ranks a referral as if facts of its pupil, or of the referral itself,
// were others. Nothing is kept. A fact that change sets is no longer unknown only
// if change removes it from Unknown too. The error is a [Faults] when the changed
// snapshot has any.
func (e *Engine) WhatIf(id ReferralID, change func(*Pupil, *Referral)) (*WhatIf, error) {
	r, err := e.referral(id)
	if err != nil {
		return nil, err
	}
	s := e.changed(r, change)
	if err := e.checkChanged(s, r); err != nil {
		return nil, err
	}
	after, err := e.sharing(s, r).Rank(id)
	if err != nil {
		return nil, err
	}
	return &WhatIf{after, differences(e.feasible(r), after.Ranking)}, nil
}

// changed is the snapshot with one pupil and one referral changed.
func (e *Engine) changed(r *referralIndex, change func(*Pupil, *Referral)) *Snapshot {
	s := *e.snapshot
	s.Pupils, s.Referrals = slices.Clone(s.Pupils), slices.Clone(s.Referrals)
	pupil, referral := &s.Pupils[r.pupil], &s.Referrals[e.referralOf[r.referral.ID]]
	*pupil, *referral = pupil.clone(), referral.clone()
	change(pupil, referral)
	*pupil, *referral = pupil.canonical(), referral.canonical()
	return &s
}

// clone shares nothing with p, so that who changes it in place changes nothing else.
func (p Pupil) clone() Pupil {
	p.Areas, p.Traits, p.Access = slices.Clone(p.Areas), slices.Clone(p.Traits), slices.Clone(p.Access)
	p.Needs, p.Friends, p.Unknown = slices.Clone(p.Needs), slices.Clone(p.Friends), slices.Clone(p.Unknown)
	p.Latitude, p.Longitude = cloned(p.Latitude), cloned(p.Longitude)
	return p
}

// clone shares nothing with r.
func (r Referral) clone() Referral {
	w := &r.Wants
	w.Offers, w.Approaches, w.Groups = slices.Clone(w.Offers), slices.Clone(w.Approaches), slices.Clone(w.Groups)
	r.Given = maps.Clone(r.Given)
	for id, given := range r.Given {
		given.AdultDemand, given.Patterns = cloned(given.AdultDemand), maps.Clone(given.Patterns)
		r.Given[id] = given
	}
	return r
}

func cloned[V any](p *V) *V {
	if p == nil {
		return nil
	}
	return new(*p)
}

// checkChanged finds what a change made wrong. Its pointers are into the pupil and the referral.
func (e *Engine) checkChanged(s *Snapshot, r *referralIndex) error {
	n := e.referralOf[r.referral.ID]
	pupil, referral := &s.Pupils[r.pupil], &s.Referrals[n]
	if pupil.ID != e.snapshot.Pupils[r.pupil].ID || referral.ID != r.referral.ID || referral.Pupil != pupil.ID {
		return Faults{{"/pupil/id", "the ids of the pupil and the referral as they are"}}
	}
	err := s.check(nil, e.extensions)
	if faults, ok := errors.AsType[Faults](err); ok {
		for i, f := range faults {
			f.Pointer = strings.Replace(f.Pointer, pointer("pupils", r.pupil), "/pupil", 1)
			faults[i].Pointer = strings.Replace(f.Pointer, pointer("referrals", n), "/referral", 1)
		}
	}
	return err
}

// sharing indexes a snapshot that differs from e's in one pupil and referral. Only a pupil
// with standing placements makes it work anew.
func (e *Engine) sharing(s *Snapshot, r *referralIndex) *Engine {
	if len(e.pupilStays[r.pupil]) > 0 {
		return e.rebuild(s)
	}
	c := *e
	c.snapshot = s
	c.indexFacts()
	c.indexFriends()
	c.indexReferrals()
	return &c
}

func differences(before, after []Option) []Difference {
	rankIn := func(list []Option, o *Option) int {
		return 1 + slices.IndexFunc(list, func(other Option) bool { return slices.Equal(other.Stays, o.Stays) })
	}
	list := []Difference{}
	for i := range after {
		if rank := rankIn(before, &after[i]); rank != i+1 {
			list = append(list, Difference{after[i].Stays, rank, i + 1})
		}
	}
	for i := range before {
		if rankIn(after, &before[i]) == 0 {
			list = append(list, Difference{before[i].Stays, i + 1, 0})
		}
	}
	return list
}

// WhatIfJSON is WhatIf with the change given as an RFC 7396 merge patch of
// {"pupil": {…}, "referral": {…}}, in the fields of the snapshot; null takes a
// value away. A fact of the pupil that the patch gives is no longer unknown,
// unless it says itself what is. The error is a [Faults] with pointers into the patch where it, or what it
// makes of the facts, is wrong.
func (e *Engine) WhatIfJSON(id ReferralID, patch []byte) (*WhatIf, error) {
	r, err := e.referral(id)
	if err != nil {
		return nil, err
	}
	facts := patched{Pupil: e.snapshot.Pupils[r.pupil], Referral: *r.referral}
	merged, err := mergePatch(&facts, patch)
	if err != nil {
		return nil, err
	}
	var faults Faults
	facts = patched{}
	strictjson.Decode(merged, &facts, func(pointer, expected string) { faults.add(pointer, "%s", expected) })
	if len(faults) > 0 {
		return nil, faults
	}
	return e.WhatIf(id, func(p *Pupil, r *Referral) { *p, *r = facts.Pupil, facts.Referral })
}

type patched struct {
	Pupil    Pupil    `json:"pupil"`
	Referral Referral `json:"referral"`
}

// mergePatch applies a patch to what facts encode to.
func mergePatch(facts *patched, patch []byte) ([]byte, error) {
	encoded, err := json.Marshal(facts)
	if err != nil {
		return nil, err
	}
	var target, change strictjson.Any
	var faults Faults
	report := func(pointer, expected string) { faults.add(pointer, "%s", expected) }
	strictjson.Decode(encoded, &target, report)
	if !strictjson.Decode(patch, &change, report) && len(faults) == 0 {
		faults.add("", "an object with pupil, referral or both")
	}
	if len(faults) > 0 {
		return nil, faults
	}
	if !facts.Pupil.Knows(FactYear) {
		// One who makes it known has to give it.
		delete(target.Value.(map[string]any)["pupil"].(map[string]any), "year")
	}
	merged := merge(target.Value, change.Value)
	makeKnown(merged, change.Value)
	return json.Marshal(merged)
}

// makeKnown takes the facts of the pupil that a patch gives from those that are
// unknown, unless the patch says itself which are.
func makeKnown(merged, patch any) {
	changes, isObject := patch.(map[string]any)["pupil"].(map[string]any)
	if _, says := changes["unknown"]; !isObject || says {
		return
	}
	pupil := merged.(map[string]any)["pupil"].(map[string]any)
	unknown, _ := pupil["unknown"].([]any)
	pupil["unknown"] = slices.DeleteFunc(unknown, func(fact any) bool {
		name, _ := fact.(string)
		return changes[name] != nil
	})
	if len(unknown) == 0 {
		delete(pupil, "unknown")
	}
}

// merge is the algorithm of RFC 7396, section 2.
func merge(target, patch any) any {
	changes, isObject := patch.(map[string]any)
	if !isObject {
		return patch
	}
	object, isObject := target.(map[string]any)
	if !isObject {
		object = map[string]any{}
	}
	for key, value := range changes {
		if value == nil {
			delete(object, key)
		} else {
			object[key] = merge(object[key], value)
		}
	}
	return object
}
