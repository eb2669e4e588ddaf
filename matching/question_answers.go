package matching

import (
	"fmt"
	"slices"
)

// each makes an answer of every value.
func each[V any](values []V, set func(*Pupil, V)) []possibleAnswer {
	list := make([]possibleAnswer, len(values))
	for i, v := range values {
		list[i] = possibleAnswer{fmt.Sprint(v), func(p *Pupil) { set(p, v) }}
	}
	return list
}

// gathered is what every group says, in order and once each.
func gathered[V string | int](e *Engine, of func(*Group) []V) []V {
	var list []V
	for i := range e.snapshot.Groups {
		list = append(list, of(&e.snapshot.Groups[i])...)
	}
	return sorted(list)
}

func (e *Engine) yearsAccepted() []int {
	return gathered(e, func(g *Group) []int { return g.Accepts.Years })
}

func (e *Engine) needsMet() []string {
	return gathered(e, func(g *Group) []string { return g.Accepts.Needs })
}

// traitsThatCount are those that a group refuses or limits, or that the policy parts.
func (e *Engine) traitsThatCount() []string {
	list := gathered(e, func(g *Group) []string {
		traits := slices.Clone(g.Accepts.Refuses)
		for _, l := range g.Limits {
			traits = append(traits, l.Trait)
		}
		return traits
	})
	for _, s := range e.policy.Separations {
		list = append(list, s.Traits...)
	}
	return sorted(list)
}

func (e *Engine) rivalAreas() []string {
	var list []string
	for _, s := range e.policy.Separations {
		for _, pair := range s.Rivals {
			list = append(list, pair...)
		}
	}
	return sorted(list)
}

// accessAsked is the access that sites have, or other pupils need.
func (e *Engine) accessAsked() []string {
	var list []string
	for i := range e.snapshot.Sites {
		list = append(list, e.snapshot.Sites[i].Access...)
	}
	for i := range e.snapshot.Pupils {
		list = append(list, e.snapshot.Pupils[i].Access...)
	}
	return sorted(list)
}

// careHomes are those of the pupils in the groups that are possible.
func (e *Engine) careHomes(options []Option) []string {
	var list []string
	e.eachThere(options, func(p *Pupil) {
		if p.CareHome != "" && p.Knows(FactCareHome) {
			list = append(list, p.CareHome)
		}
	})
	return sorted(list)
}

// friendsThere are the pupils in the groups that are possible.
func (e *Engine) friendsThere(r *referralIndex, options []Option) []possibleAnswer {
	var ids []PupilID
	e.eachThere(options, func(p *Pupil) {
		if p.ID != r.referral.Pupil {
			ids = append(ids, p.ID)
		}
	})
	return each(sorted(ids), func(p *Pupil, friend PupilID) { p.Friends = []PupilID{friend} })
}

// eachThere visits the pupils who stand on the sites of some options.
func (e *Engine) eachThere(options []Option, visit func(*Pupil)) {
	seen := map[int32]bool{}
	for i := range options {
		for _, stay := range options[i].Stays {
			site := e.groups[e.groupOf[stay.Group]].site
			if seen[site] {
				continue
			}
			seen[site] = true
			for _, n := range e.sites[site].stays {
				visit(&e.snapshot.Pupils[e.stays[n].pupil])
			}
		}
	}
}

// homes are the places where sites are: a pupil could live near any of them.
func (e *Engine) homes() []possibleAnswer {
	var list []possibleAnswer
	for i := range e.snapshot.Sites {
		s := &e.snapshot.Sites[i]
		if s.Latitude != nil {
			list = append(list, possibleAnswer{"near " + string(s.ID), func(p *Pupil) { p.Latitude, p.Longitude = s.Latitude, s.Longitude }})
		}
	}
	return list
}
