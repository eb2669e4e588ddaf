package matchtest

import (
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A resource of functions; those left out are sound.
type resource struct {
	code     matching.Code
	pool     func(*matching.Group) (string, bool)
	capacity func(string, calendar.Session) (int, bool)
	demand   func(*matching.Pupil) (int, bool)
}

func (r resource) Code() matching.Code {
	if r.code != "" {
		return r.code
	}
	return "broken"
}

func (r resource) Pool(g *matching.Group) (string, bool) {
	if r.pool != nil {
		return r.pool(g)
	}
	return "all", true
}

func (r resource) Capacity(pool string, s calendar.Session) (int, bool) {
	if r.capacity != nil {
		return r.capacity(pool, s)
	}
	return 3, true
}

func (r resource) Demand(p *matching.Pupil) (int, bool) {
	if r.demand != nil {
		return r.demand(p)
	}
	return 1, true
}

func TestResources_broken(t *testing.T) {
	asked := 0
	one := func(r resource) func(*matching.Snapshot) []matching.Resource { return always[matching.Resource](r) }
	wantCaught(t, resourceKind, map[Law]func(*matching.Snapshot) []matching.Resource{
		Pure: one(resource{demand: func(p *matching.Pupil) (int, bool) {
			slices.Sort(p.Traits)
			return len(p.Traits), true
		}}),
		Deterministic: one(resource{capacity: func(string, calendar.Session) (int, bool) { asked++; return asked % 3, true }}),
		OrderBlind: one(resource{demand: func(p *matching.Pupil) (int, bool) {
			return max(slices.Index(p.Traits, "arson"), 0), true
		}}),
		RenamingBlind: one(resource{pool: func(g *matching.Group) (string, bool) { return string(g.ID), g.ID > "g1" }}),
		Monotone: func(s *matching.Snapshot) []matching.Resource {
			return one(resource{capacity: func(string, calendar.Session) (int, bool) { return 100 * (len(s.Placements) % 2), true }})(s)
		},
		UnknownPasses: one(resource{demand: func(p *matching.Pupil) (int, bool) {
			return len(p.Traits), p.Knows(matching.FactTraits)
		}}),
		UnknownAsked: one(resource{demand: func(p *matching.Pupil) (int, bool) {
			if !p.Knows(matching.FactTraits) {
				return 1, false // and it could be more
			}
			return len(p.Traits), true
		}}),
		Explained: one(resource{code: "Mini Bus"}),
		InRange:   one(resource{capacity: func(string, calendar.Session) (int, bool) { return -1, true }}),
		NoAllocation: one(resource{demand: func(p *matching.Pupil) (int, bool) {
			return len(slices.Concat(p.Traits, []string{"seat"})), true
		}}),
		Speaks: one(resource{capacity: func(string, calendar.Session) (int, bool) { return 0, false }}),
	})
}

// A datedResource has another capacity on some days.
type datedResource struct {
	resource
	changes []matching.CapacityChange
}

func (d datedResource) Changes(string) []matching.CapacityChange { return d.changes }

func TestResources_datedOutOfRange(t *testing.T) {
	t.Parallel()
	from, to := calendar.MustDate("2026-11-23"), calendar.MustDate("2026-12-04")
	for name, c := range map[string]struct {
		changes []matching.CapacityChange
		sound   bool
	}{
		"one after the other": {[]matching.CapacityChange{{From: from, To: to, Capacity: matching.Every(2)}, {From: to + 1, To: to + 9, Capacity: matching.Every(0)}}, true},
		"at other sessions": {[]matching.CapacityChange{
			{From: from, To: to, Capacity: matching.PerSession{calendar.MonAM: 2}}, {From: from, To: to, Capacity: matching.PerSession{calendar.MonPM: 1}},
		}, true},
		"below 0":         {[]matching.CapacityChange{{From: from, To: to, Capacity: matching.PerSession{calendar.MonAM: -2}}}, false},
		"two for one day": {[]matching.CapacityChange{{From: from, To: to, Capacity: matching.Every(2)}, {From: to, To: to + 9, Capacity: matching.Every(3)}}, false},
	} {
		if err := changesInRange(datedResource{changes: c.changes}, "all"); (err == nil) != c.sound {
			t.Errorf("%s: %v", name, err)
		}
	}
}
