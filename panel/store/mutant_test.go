package store_test

import (
	"context"
	"iter"
	"testing"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/paneltest"
	"example.org/backontrack/panel/store"
)

// The races notice when what they guard is taken away (CC-10): each of these stores is
// broken on purpose, and a race has to fail on it.

// A mutant is a store that is broken in one way.
type mutant struct {
	name   string
	engine string
	broken func(*testing.T, *store.DB) panel.Store
}

var mutants = []mutant{
	{"the rules look at what was there before the transaction", "sqlite", outside},
	{"the rules look at what was there before the transaction", "postgres", outside},
	{"transactions that begin by reading", "sqlite", func(t *testing.T, s *store.DB) panel.Store { return store.Deferred(t, s) }},
	{"no lock on sites", "postgres", func(_ *testing.T, s *store.DB) panel.Store { return store.Unlocked(s) }},
	{"a lock on the placements there are", "postgres", func(_ *testing.T, s *store.DB) panel.Store { return store.ChildrenLocked(s) }},
	{"repeatable read in place of the lock", "postgres", func(_ *testing.T, s *store.DB) panel.Store { return store.RepeatableRead(s) }},
}

func TestConcurrency_noticesBrokenStores(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		for _, m := range mutants {
			if m.engine != e.Name {
				continue
			}
			noticed := false
			for range 10 {
				broken := m.broken(t, e.Open(t, paneltest.Noon))
				if noticed = raceFails(t, broken); noticed {
					break
				}
			}
			if !noticed {
				t.Errorf("%s: no race has failed on it", m.name)
			}
		}
	})
}

// raceFails tells whether CC-1, made small, fails on a store: a group is over-filled, or
// deciders are turned away who should not be.
func raceFails(t *testing.T, s panel.Store) bool {
	const deciders, groups, places = 8, 2, 3
	town, c := fillGroups(t, s, deciders, groups, places)
	t.Logf("%v", c)
	return c.made.Load() != groups*places || c.refused.Load() != deciders*groups-groups*places || len(findings(t, town)) > 0
}

// outside gives transactions the placements that were there before they began, as if the
// rules had been checked outside.
func outside(_ *testing.T, s *store.DB) panel.Store { return checkedOutside{s} }

type checkedOutside struct{ panel.Store }

func (s checkedOutside) Update(ctx context.Context, fn func(panel.Tx) error) error {
	var before []panel.Placement
	if err := s.View(ctx, func(tx panel.Tx) error {
		for p, err := range tx.Placements().List() {
			if err != nil {
				return err
			}
			before = append(before, p)
		}
		return nil
	}); err != nil {
		return err
	}
	return s.Store.Update(ctx, func(tx panel.Tx) error { return fn(oldPlacements{tx, before}) })
}

type oldPlacements struct {
	panel.Tx
	before []panel.Placement
}

func (t oldPlacements) Placements() panel.Table[panel.PlacementID, panel.Placement] {
	return oldTable{t.Tx.Placements(), t.before}
}

type oldTable struct {
	panel.Table[panel.PlacementID, panel.Placement]
	before []panel.Placement
}

func (t oldTable) List(wheres ...panel.Where) iter.Seq2[panel.Placement, error] {
	for _, w := range wheres {
		if w.Key != panel.BySite && w.Key != panel.ByLastDay {
			return t.Table.List(wheres...)
		}
	}
	return func(yield func(panel.Placement, error) bool) {
		for _, p := range t.before {
			if !yield(p, nil) {
				return
			}
		}
	}
}
