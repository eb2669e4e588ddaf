package paneltest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
)

var errMine = errors.New("mine")

func nothing(t *testing.T, s panel.Store) {
	x := NewSample("x")
	err := s.Update(t.Context(), func(tx panel.Tx) error {
		return errors.Join(x.AddTo(tx), tx.Journal().Append(entry(0, 0)), errMine)
	})
	if !errors.Is(err, errMine) {
		t.Errorf("the error of the function came back as %v", err)
	}
	func() {
		defer func() {
			if recover() != "mine" {
				t.Error("a panic did not come through")
			}
		}()
		_ = s.Update(t.Context(), func(tx panel.Tx) error {
			if err := x.AddTo(tx); err != nil {
				return err
			}
			panic("mine")
		})
	}()
	look(t, s, func(tx panel.Tx) error {
		wants(t, "after an error and a panic", get(tx.Sites(), x.Site.ID).err, panel.NotFound)
		head, err := tx.Journal().Head()
		same(t, head, err, audit.Head{})
		return nil
	})
	do(t, s, x.AddTo) // and the store goes on
}

func passedOver(t *testing.T, s panel.Store) {
	x := NewSample("x")
	do(t, s, x.AddTo)
	fresh := panel.Outcode{ID: "fresh"}
	err := s.Update(t.Context(), func(tx panel.Tx) error {
		if err := tx.Outcodes().Add(&fresh); err != nil {
			return err
		}
		wants(t, "an id again", tx.Sites().Add(&x.Site), panel.Conflict)
		wants(t, "whatever comes after a failure", get(tx.Outcodes(), fresh.ID).err, panel.Conflict)
		return nil
	})
	wants(t, "a transaction in which something failed", err, panel.Conflict)
	do(t, s, func(tx panel.Tx) error { // but what is absent or stale is an answer
		wants(t, "absent", get(tx.Outcodes(), fresh.ID).err, panel.NotFound)
		old := x.Site
		old.Version = 7
		wants(t, "stale", tx.Sites().Put(&old), panel.Stale)
		return tx.Outcodes().Add(&fresh)
	})
}

func over(t *testing.T, s panel.Store) {
	x := NewSample("x")
	do(t, s, x.AddTo)
	var kept panel.Tx
	do(t, s, func(tx panel.Tx) error { kept = tx; return nil })
	list := kept.Sites().List()
	_, listErr := gather(list)
	_, journalErr := gather(kept.Journal().List(0))
	_, headErr := kept.Journal().Head()
	_, addErr := kept.Evidence().Add([]byte("late"))
	for what, err := range map[string]error{
		"Get": get(kept.Sites(), x.Site.ID).err, "Add": kept.Outcodes().Add(&panel.Outcode{ID: "late"}), "Put": kept.Sites().Put(&x.Site),
		"Delete": kept.Changes().Delete(x.Change.ID), "List": listErr, "Append": kept.Journal().Append(entry(0, 0)),
		"journal": journalErr, "Head": headErr, "evidence": addErr, "contents": kept.Contents().Delete(x.Document.ID),
		"Lock": kept.Lock([]panel.SiteID{x.Site.ID}, nil), "LockMeeting": kept.LockMeeting(x.Meeting.ID), "Erase": kept.Erase(x.Pupil.ID),
	} {
		if err == nil {
			t.Errorf("%s works after the transaction", what)
		}
	}
	look(t, s, func(tx panel.Tx) error { return get(tx.Changes(), x.Change.ID).err })
}

func viewStores(t *testing.T, s panel.Store) {
	x := NewSample("x")
	do(t, s, x.AddTo)
	look(t, s, func(tx panel.Tx) error {
		_, added := tx.Evidence().Add([]byte("new"))
		for what, err := range map[string]error{
			"Add": tx.Outcodes().Add(&panel.Outcode{ID: "o"}), "Put": tx.Sites().Put(&x.Site), "Delete": tx.Changes().Delete(x.Change.ID),
			"Append": tx.Journal().Append(entry(0, 0)), "evidence": added, "contents": tx.Contents().Add("d", nil),
			"Lock": tx.Lock(nil, nil), "LockMeeting": tx.LockMeeting(x.Meeting.ID), "Erase": tx.Erase(x.Pupil.ID),
		} {
			if err == nil {
				t.Errorf("%s works in a view", what)
			}
		}
		return nil
	})
}

func oneState(t *testing.T, s panel.Store) {
	x := NewSample("x")
	do(t, s, x.AddTo)
	look(t, s, func(tx panel.Tx) error {
		before, err := tx.Journal().Head()
		if err != nil {
			return err
		}
		do(t, s, func(other panel.Tx) error { // while the view stands, somebody writes
			changed := x.Site
			changed.Name = "changed"
			return errors.Join(other.Sites().Put(&changed), other.Outcodes().Add(&panel.Outcode{ID: "new"}), other.Journal().Append(entry(0, 0)))
		})
		check(t, get(tx.Sites(), x.Site.ID), x.Site)
		wants(t, "what came later", get(tx.Outcodes(), "new").err, panel.NotFound)
		head, err := tx.Journal().Head()
		same(t, head, err, before)
		return nil
	})
	look(t, s, func(tx panel.Tx) error { return get(tx.Outcodes(), "new").err })
}

func entry(writer, number int) audit.Entry {
	return audit.Entry{
		Actor: fmt.Sprintf("person%d", writer), Verb: "read", Noun: "referral", Subject: fmt.Sprintf("r%d", number),
		Pupils: []string{"p1", "p2"}, Request: "q", Purpose: "panel", Classes: []string{"need"}, Count: 1, Outcome: audit.Done,
		Detail: []audit.Pair{{Key: "k", Value: "v"}},
	}
}

func journalInOrder(t *testing.T, s panel.Store) {
	const transactions, each = 3, 400
	var times []time.Time
	for i := range transactions {
		do(t, s, func(tx panel.Tx) error {
			times = append(times, tx.Now())
			for n := range each {
				if err := tx.Journal().Append(entry(i, n)); err != nil {
					return err
				}
			}
			head, err := tx.Journal().Head()
			if head.Seq != uint64(i*each) {
				t.Errorf("inside the transaction the head is %d, want what is stored: %d", head.Seq, i*each)
			}
			return err
		})
	}
	look(t, s, func(tx panel.Tx) error {
		all, err := gather(tx.Journal().List(0))
		if err != nil {
			return err
		}
		var before audit.Head
		for i, e := range all {
			want := entry(i/each, i%each)
			want.At = times[i/each].UnixMicro()
			want = audit.Next(before, want)
			if diff := cmp.Diff(want, e); diff != "" {
				t.Fatalf("entry %d (-want +got):\n%s", i+1, diff)
			}
			before = e.Head()
		}
		head, err := tx.Journal().Head()
		same(t, head, err, before)
		if len(all) != transactions*each {
			t.Errorf("%d entries, want %d", len(all), transactions*each)
		}
		some, err := gather(tx.Journal().List(700))
		if err != nil || len(some) != 501 || some[0].Seq != 700 {
			t.Errorf("from entry 700 there are %d, %v; want 501", len(some), err)
		}
		return nil
	})
}

// together runs fn for each of n at once, and reports their errors.
func together(t *testing.T, n int, fn func(i int) error) {
	t.Helper()
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			if err := fn(i); err != nil {
				t.Errorf("%d: %v", i, explained(err))
			}
		})
	}
	all.Wait()
}

func journalTogether(t *testing.T, s panel.Store) {
	const writers, each = 16, 20
	together(t, writers, func(i int) error {
		for n := range each {
			err := s.Update(t.Context(), func(tx panel.Tx) error { return tx.Journal().Append(entry(i, n)) })
			if err != nil {
				return err
			}
		}
		return nil
	})
	look(t, s, func(tx panel.Tx) error {
		all, err := gather(tx.Journal().List(1))
		if err != nil {
			return err
		}
		next := map[string]int{}
		var before audit.Head
		for _, e := range all {
			var writer int
			if _, err := fmt.Sscanf(e.Actor, "person%d", &writer); err != nil {
				return err
			}
			want := entry(writer, next[e.Actor])
			want.At = e.At
			if diff := cmp.Diff(audit.Next(before, want), e); diff != "" {
				t.Fatalf("entry %d (-want +got):\n%s", e.Seq, diff)
			}
			next[e.Actor]++
			before = e.Head()
		}
		if len(all) != writers*each {
			t.Errorf("%d entries, want %d", len(all), writers*each)
		}
		return nil
	})
}

// locks has many count the placements of a site and add one while there are too few. Without
// a lock they would all see the same count.
func locks(t *testing.T, s panel.Store) {
	const most, writers = 8, 16
	x := NewSample("x")
	do(t, s, x.AddTo)
	together(t, writers, func(i int) error {
		return s.Update(t.Context(), func(tx panel.Tx) error {
			if err := tx.Lock([]panel.SiteID{x.Site.ID, "none"}, []panel.PupilID{x.Pupil.ID, x.Other.ID}); err != nil {
				return err
			}
			there, err := gather(tx.Placements().List(panel.Is(panel.BySite, x.Site.ID)))
			if err != nil || len(there) >= most {
				return err
			}
			p := x.Next
			p.ID = panel.PlacementID(fmt.Sprint("p", i))
			return errors.Join(tx.Placements().Add(&p), tx.Journal().Append(entry(i, 0)))
		})
	})
	look(t, s, func(tx panel.Tx) error {
		there, err := gather(tx.Placements().List(panel.Is(panel.BySite, x.Site.ID)))
		if len(there) != most {
			t.Errorf("%d placements, want %d", len(there), most)
		}
		return err
	})
}

// locksCrossed has transactions hold sites in either order, which nobody should: a database
// that lets them wait for each other picks one, and the store runs that one again.
func locksCrossed(t *testing.T, s panel.Store) {
	const each = 3
	x, y := NewSample("x"), NewSample("y")
	do(t, s, x.AddTo)
	do(t, s, y.AddTo)
	order := [][]panel.SiteID{{x.Site.ID, y.Site.ID}, {y.Site.ID, x.Site.ID}}
	together(t, len(order), func(i int) error {
		for range each {
			if err := s.Update(t.Context(), func(tx panel.Tx) error {
				for _, id := range order[i] {
					if err := tx.Lock([]panel.SiteID{id}, nil); err != nil {
						return err
					}
				}
				return tx.Journal().Append(entry(i, 0))
			}); err != nil {
				return err
			}
		}
		return nil
	})
	look(t, s, func(tx panel.Tx) error {
		head, err := tx.Journal().Head()
		if want := uint64(2 + len(order)*each); head.Seq != want { // two have added what there is
			t.Errorf("%d transactions are stored, want %d", head.Seq, want)
		}
		return err
	})
}

// gone has callers who leave: while they wait, and before their transaction is stored.
func gone(t *testing.T, s panel.Store) {
	left, leave := context.WithCancel(t.Context())
	leave()
	wants(t, "a caller who has left", s.Update(left, func(panel.Tx) error { return nil }), panel.Unavailable)
	wants(t, "a reader who has left", s.View(left, func(panel.Tx) error { return nil }), panel.Unavailable)
	leaving, leave := context.WithCancel(t.Context())
	err := s.Update(leaving, func(tx panel.Tx) error {
		err := tx.Outcodes().Add(&panel.Outcode{ID: "o"})
		leave()
		return err
	})
	wants(t, "a caller who leaves", err, panel.Unavailable)
	look(t, s, func(tx panel.Tx) error {
		wants(t, "what was not stored", get(tx.Outcodes(), "o").err, panel.NotFound)
		return nil
	})
	do(t, s, func(tx panel.Tx) error { return tx.Outcodes().Add(&panel.Outcode{ID: "o"}) })
}

func erasing(t *testing.T, s panel.Store) {
	x, y := NewSample("x"), NewSample("y")
	x.Hold.Lifted = 0
	do(t, s, x.AddTo)
	do(t, s, y.AddTo)
	id := x.Pupil.ID
	erase := func(tx panel.Tx) error { return tx.Erase(id) }
	erasure := panel.Erasure{ID: "e", Pupil: id, Reason: "request"}
	wants(t, "a pupil under a hold", s.Update(t.Context(), erase), panel.Held)
	do(t, s, func(tx panel.Tx) error {
		x.Hold.Lifted = x.Hold.From + 1
		return tx.Holds().Put(&x.Hold)
	})
	wants(t, "a pupil of whom no erasure says so", s.Update(t.Context(), erase), panel.Incomplete)
	do(t, s, func(tx panel.Tx) error { return errors.Join(tx.Erasures().Add(&erasure), tx.Erase(id)) })
	look(t, s, func(tx panel.Tx) error {
		for what, err := range map[string]error{
			"pupil": get(tx.Pupils(), id).err, "referral": get(tx.Referrals(), x.Referral.ID).err,
			"document": get(tx.Documents(), x.Document.ID).err, "content": get(tx.Contents(), x.Document.ID).err,
			"decision": get(tx.Decisions(), x.Decision.ID).err, "second": get(tx.Decisions(), x.Second.ID).err,
			"placement": get(tx.Placements(), x.Placement.ID).err, "next": get(tx.Placements(), x.Next.ID).err,
			"waiver": get(tx.Waivers(), x.Waiver.ID).err, "review": get(tx.Reviews(), x.Review.ID).err,
			"ranking": get(tx.Rankings(), x.Ranking.ID).err, "ratification": get(tx.Ratifications(), x.Ratification.ID).err,
			"entry": get(tx.Register(), x.RegisterEntry.ID).err, "tentative": get(tx.Tentatives(), x.Tentative.ID).err,
			"hold": get(tx.Holds(), x.Hold.ID).err,
		} {
			wants(t, what, err, panel.NotFound)
		}
		people(t, tx, y)
		cases(t, tx, y)
		work(t, tx, y)
		return get(tx.Pupils(), x.Other.ID).err
	})
	wants(t, "a pupil who is gone", s.Update(t.Context(), erase), panel.NotFound)
}
