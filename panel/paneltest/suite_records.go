package paneltest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"example.org/backontrack/panel"
)

func everyNoun(t *testing.T, s panel.Store) {
	x := NewSample("x")
	do(t, s, x.AddTo)
	look(t, s, func(tx panel.Tx) error {
		people(t, tx, x)
		cases(t, tx, x)
		work(t, tx, x)
		return nil
	})
}

// got is a Get's answer.
type got[N any] struct {
	value N
	err   error
}

func get[ID ~string, N any](from interface{ Get(ID) (N, error) }, id ID) got[N] {
	v, err := from.Get(id)
	return got[N]{v, err}
}

func check[N any](t *testing.T, g got[N], want N) {
	t.Helper()
	same(t, g.value, g.err, want)
}

func people(t *testing.T, tx panel.Tx, x *Sample) {
	check(t, get(tx.Organisations(), x.Organisation.ID), x.Organisation)
	check(t, get(tx.Sites(), x.Site.ID), x.Site)
	check(t, get(tx.Groups(), x.Group.ID), x.Group)
	check(t, get(tx.Changes(), x.Change.ID), x.Change)
	check(t, get(tx.Outcodes(), x.Outcode.ID), x.Outcode)
	check(t, get(tx.People(), x.Person.ID), x.Person)
	check(t, get(tx.Tokens(), x.Token.ID), x.Token)
	check(t, get(tx.Pupils(), x.Pupil.ID), x.Pupil)
	check(t, get(tx.Pupils(), x.Merged.ID), x.Merged)
	check(t, get(tx.Policies(), x.Policy.ID), x.Policy)
	check(t, get(tx.Activations(), x.Activation.ID), x.Activation)
	check(t, get(tx.Years(), x.Year.ID), x.Year)
	check(t, get(tx.Settings(), x.Settings.ID), x.Settings)
}

func cases(t *testing.T, tx panel.Tx, x *Sample) {
	check(t, get(tx.Meetings(), x.Meeting.ID), x.Meeting)
	check(t, get(tx.Referrals(), x.Referral.ID), x.Referral)
	check(t, get(tx.Documents(), x.Document.ID), x.Document)
	check(t, get(tx.Tentatives(), x.Tentative.ID), x.Tentative)
	check(t, get(tx.Rankings(), x.Ranking.ID), x.Ranking)
	check(t, get(tx.Decisions(), x.Decision.ID), x.Decision)
	check(t, get(tx.Decisions(), x.Second.ID), x.Second)
	check(t, get(tx.Waivers(), x.Waiver.ID), x.Waiver)
}

func work(t *testing.T, tx panel.Tx, x *Sample) {
	check(t, get(tx.Placements(), x.Placement.ID), x.Placement)
	check(t, get(tx.Placements(), x.Next.ID), x.Next)
	check(t, get(tx.Reviews(), x.Review.ID), x.Review)
	check(t, get(tx.Ratifications(), x.Ratification.ID), x.Ratification)
	check(t, get(tx.Register(), x.RegisterEntry.ID), x.RegisterEntry)
	check(t, get(tx.Jobs(), x.Job.ID), x.Job)
	check(t, get(tx.Holds(), x.Hold.ID), x.Hold)
	check(t, get(tx.Erasures(), x.Erasure.ID), x.Erasure)
}

func pupilID(p panel.Pupil) panel.PupilID             { return p.ID }
func placementID(p panel.Placement) panel.PlacementID { return p.ID }

func narrowed(t *testing.T, s panel.Store) {
	x, y := NewSample("x"), NewSample("y")
	y.Placement.To = 0 // for good
	do(t, s, x.AddTo)
	do(t, s, y.AddTo)
	look(t, s, func(tx panel.Tx) error {
		p := tx.Placements()
		listed(t, placementID, p.List(panel.Is(panel.BySite, x.Site.ID)), x.Next.ID, x.Placement.ID)
		listed(t, placementID, p.List(panel.Is(panel.BySite, x.Site.ID, y.Site.ID), panel.Is(panel.ByState, panel.Started)), x.Next.ID, y.Next.ID)
		listed(t, placementID, p.List(panel.Is[panel.SiteID](panel.BySite)))
		listed(t, placementID, p.List(panel.Is(panel.ByPlacement, "")), x.Placement.ID, y.Placement.ID)
		listed(t, placementID, p.List(panel.From(panel.ByLastDay, "9000-01-01")), y.Placement.ID)
		listed(t, placementID, p.List(panel.Until(panel.ByFirstDay, "2000-01-01")))
		many := make([]panel.SiteID, 5000)
		for i := range many {
			many[i] = panel.SiteID(fmt.Sprint("s", i))
		}
		listed(t, placementID, p.List(panel.Is(panel.BySite, append(many, y.Site.ID)...)), y.Next.ID, y.Placement.ID)
		listed(t, pupilID, tx.Pupils().List(panel.Is(panel.ByMatchKey, x.Pupil.LooksLike, y.Pupil.MatchKey)), x.Pupil.ID, y.Pupil.ID)
		listed(t, func(e panel.RegisterEntry) panel.EntryID { return e.ID },
			tx.Register().List(panel.Is(panel.ByPupil, y.Other.ID)), y.RegisterEntry.ID)
		if _, err := gather(p.List(panel.Is(panel.ByURN, "1"))); err == nil {
			t.Error("placements can be narrowed by the number of a school")
		}
		if _, err := gather(p.List(panel.Where{Key: panel.ByState, Test: "like", Values: []string{"%"}})); err == nil {
			t.Error("a test that there is none of narrows")
		}
		return nil
	})
}

func versions(t *testing.T, s panel.Store) {
	x := NewSample("x")
	do(t, s, x.AddTo)
	first := x.Site
	do(t, s, func(tx panel.Tx) error {
		x.Site.Name, x.Site.Zones = "", nil // what becomes zero is stored, too
		return tx.Sites().Put(&x.Site)
	})
	if x.Site.Version != 2 {
		t.Errorf("after a Put the version is %d, want 2", x.Site.Version)
	}
	look(t, s, func(tx panel.Tx) error {
		check(t, get(tx.Sites(), x.Site.ID), x.Site)
		return nil
	})
	err := s.Update(t.Context(), func(tx panel.Tx) error { return tx.Sites().Put(&first) })
	wants(t, "a Put of what was read before another", err, panel.Stale)
	if first.Version != 1 {
		t.Errorf("a Put that failed set the version to %d", first.Version)
	}
	missing := first
	missing.ID = "none"
	err = s.Update(t.Context(), func(tx panel.Tx) error { return tx.Sites().Put(&missing) })
	wants(t, "a Put of what there is not", err, panel.NotFound)
}

func absentAndTaken(t *testing.T, s panel.Store) {
	x := NewSample("x")
	do(t, s, x.AddTo)
	look(t, s, func(tx panel.Tx) error {
		wants(t, "an id that looks like a condition", get(tx.Sites(), "1=1 or 'x'='x'").err, panel.NotFound)
		wants(t, "no id", get(tx.Decisions(), "").err, panel.NotFound)
		return nil
	})
	taken := NewSample("y")
	taken.Person.SignIn = x.Person.SignIn
	upn := panel.Pupil{ID: "twin", Pseudonym: "twin", UPN: x.Pupil.UPN}
	again := x.Tentative
	again.ID = "again"
	unknown := panel.Site{ID: "of nobody", Organisation: "none"}
	for what, change := range map[string]func(panel.Tx) error{
		"an id again":                     func(tx panel.Tx) error { return tx.Organisations().Add(&x.Organisation) },
		"an id of a book again":           func(tx panel.Tx) error { return tx.Policies().Add(&x.Policy) },
		"a name to sign in with":          func(tx panel.Tx) error { return tx.People().Add(&taken.Person) },
		"a UPN":                           func(tx panel.Tx) error { return tx.Pupils().Add(&upn) },
		"a second choice for a referral":  func(tx panel.Tx) error { return tx.Tentatives().Add(&again) },
		"a reference to nothing":          func(tx panel.Tx) error { return tx.Sites().Add(&unknown) },
		"taking away what is referred to": func(tx panel.Tx) error { return tx.Sites().Delete(x.Site.ID) },
		"a document with its bytes":       func(tx panel.Tx) error { return tx.Documents().Delete(x.Document.ID) },
		"a decision extends no placement": func(tx panel.Tx) error { return orphan(tx, x) },
	} {
		wants(t, what, s.Update(t.Context(), change), panel.Conflict)
	}
	wants(t, "taking away what there is not", s.Update(t.Context(), func(tx panel.Tx) error { return tx.Sites().Delete("none") }), panel.NotFound)
	do(t, s, func(tx panel.Tx) error { // a record that goes on in another may have the same UPN
		upn.Merged = x.Pupil.ID
		return tx.Pupils().Add(&upn)
	})
	do(t, s, func(tx panel.Tx) error { return tx.Changes().Delete(x.Change.ID) })
	look(t, s, func(tx panel.Tx) error {
		wants(t, "what was taken away", get(tx.Changes(), x.Change.ID).err, panel.NotFound)
		return nil
	})
}

func orphan(tx panel.Tx, x *Sample) error {
	d := x.Second
	d.ID, d.Supersedes, d.Placement, d.RequestKey = "orphan", x.Second.ID, "none", ""
	return tx.Decisions().Add(&d)
}

func pages(t *testing.T, s panel.Store) {
	var ids []panel.OutcodeID
	do(t, s, func(tx panel.Tx) error {
		for i := range 1203 {
			o := panel.Outcode{ID: panel.OutcodeID(fmt.Sprintf("o%04d", (i*7)%1203))}
			ids = append(ids, o.ID)
			if err := tx.Outcodes().Add(&o); err != nil {
				return err
			}
		}
		return nil
	})
	slices.Sort(ids)
	id := func(o panel.Outcode) panel.OutcodeID { return o.ID }
	look(t, s, func(tx panel.Tx) error {
		o := tx.Outcodes()
		listed(t, id, o.List(), ids...)
		listed(t, id, o.List(panel.Page("", 3)), ids[:3]...)
		listed(t, id, o.List(panel.Page(ids[2], 3)), ids[3:6]...)
		listed(t, id, o.List(panel.Page(ids[1], 1001)), ids[2:1003]...)
		listed(t, id, o.List(panel.Page(ids[1200], 50)), ids[1201:]...)
		listed(t, id, o.List(panel.Page("", 0)))
		for _, err := range o.List() {
			if err != nil {
				return err
			}
			break // and the transaction goes on
		}
		return get(o, ids[0]).err
	})
}

func bookOrder(t *testing.T, s panel.Store) {
	var ids []panel.PolicyID
	for _, i := range []int{3, 1, 2} {
		p := panel.Policy{ID: panel.PolicyID(fmt.Sprint("p", i)), Name: "n", Number: i}
		ids = append(ids, p.ID)
		do(t, s, func(tx panel.Tx) error { return tx.Policies().Add(&p) })
	}
	id := func(p panel.Policy) panel.PolicyID { return p.ID }
	look(t, s, func(tx panel.Tx) error {
		listed(t, id, tx.Policies().List(), ids...)
		listed(t, id, tx.Policies().List(panel.Page(ids[0], 1)), ids[1])
		_, err := gather(tx.Policies().List(panel.Page("none", 1)))
		wants(t, "a page after what there is not", err, panel.NotFound)
		return nil
	})
}

func succession(t *testing.T, s panel.Store) {
	x := NewSample("x")
	do(t, s, x.AddTo)
	for _, before := range []panel.DecisionID{"", x.Decision.ID} {
		d := x.Second
		d.ID, d.Supersedes, d.RequestKey = "other", before, ""
		err := s.Update(t.Context(), func(tx panel.Tx) error { return tx.Decisions().Add(&d) })
		wants(t, "in place of "+string(before), err, panel.Conflict)
	}
	key := x.Second
	key.ID, key.Supersedes = "third", x.Second.ID
	err := s.Update(t.Context(), func(tx panel.Tx) error { return tx.Decisions().Add(&key) })
	wants(t, "a request's key again", err, panel.Conflict)
	key.RequestKey = ""
	do(t, s, func(tx panel.Tx) error { return tx.Decisions().Add(&key) })
}

func bytesKept(t *testing.T, s panel.Store) {
	x := NewSample("x")
	do(t, s, x.AddTo)
	do(t, s, func(tx panel.Tx) error {
		again, err := tx.Evidence().Add(x.Snapshot)
		if again != x.Ranking.Snapshot {
			t.Errorf("the same bytes have digests %s and %s", x.Ranking.Snapshot, again)
		}
		return err
	})
	look(t, s, func(tx panel.Tx) error {
		check(t, get(tx.Evidence(), x.Ranking.Snapshot), x.Snapshot)
		check(t, get(tx.Contents(), x.Document.ID), x.Content)
		wants(t, "evidence", get(tx.Evidence(), panel.Digest("sha256:none")).err, panel.NotFound)
		wants(t, "contents", get(tx.Contents(), panel.DocumentID("none")).err, panel.NotFound)
		return nil
	})
	do(t, s, func(tx panel.Tx) error {
		return errors.Join(tx.Contents().Delete(x.Document.ID), tx.Documents().Delete(x.Document.ID))
	})
	err := s.Update(t.Context(), func(tx panel.Tx) error { return tx.Contents().Delete(x.Document.ID) })
	wants(t, "contents that are gone", err, panel.NotFound)
}
