package panel

import (
	"cmp"
	"errors"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/form"
)

// A brief says what a snapshot is to hold. This file and facts.go are the one place where
// what is stored becomes what matching sees: of a pupil no name, no date of birth, no
// address, and the pseudonym for an id.
type brief struct {
	day     calendar.Date
	horizon calendar.Date
	policy  Policy
	open    []Referral  // those to be placed
	sites   []SiteID    // only what is there, and wherever the open referrals' pupils are; nil: everything
	leaning []Tentative // choices that count as if they were standing
	instead []Placement // these in place of what is stored under their ids, or beside it
}

// bridge makes the snapshot of a brief.
func bridge(tx Tx, b brief) (*matching.Snapshot, error) {
	x := &bridging{
		tx: tx, brief: b, kin: newKin(tx), forms: map[PupilID]form.Form{},
		snapshot: &matching.Snapshot{Format: matching.Format, AsOf: b.day, Horizon: b.horizon},
	}
	for _, step := range []func() error{x.calendar, x.standing, x.groups, x.referrals, x.pupils, x.apart, x.rules} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return x.snapshot, nil
}

// bridging is a snapshot half made.
type bridging struct {
	brief
	tx         Tx
	snapshot   *matching.Snapshot
	placements []Placement
	known      map[GroupID]bool
	kin        *kin
	forms      map[PupilID]form.Form // what is known of each pupil who takes part, by the record that goes on
}

func (x *bridging) calendar() error {
	closed, err := closures(x.tx, x.policy.Authority, x.day, x.horizon)
	x.snapshot.Calendar.Closed = closed
	return err
}

// standing finds the placements that take up a place on the day or later.
func (x *bridging) standing() error {
	narrow := []Where{From(ByLastDay, x.day.String())}
	if x.sites != nil {
		narrow = append(narrow, Is(BySite, x.sites...))
	}
	list, err := gather(x.tx.Placements().List(narrow...))
	if err != nil {
		return err
	}
	if x.sites != nil {
		elsewhere, err := x.elsewhere()
		if err != nil {
			return err
		}
		list = append(list, elsewhere...)
	}
	for _, p := range x.instead {
		list = slices.DeleteFunc(list, func(stored Placement) bool { return stored.ID == p.ID })
	}
	list = append(list, x.instead...)
	for _, t := range x.leaning {
		list = append(list, leaningPlacements(t)...)
	}
	list = slices.DeleteFunc(list, func(p Placement) bool { return !p.occupies(x.day) })
	slices.SortFunc(list, func(a, b Placement) int { return cmp.Compare(a.ID, b.ID) })
	x.placements = slices.CompactFunc(list, func(a, b Placement) bool { return a.ID == b.ID })
	return nil
}

// elsewhere are the placements of those whom it is about, wherever they are: their week is
// one, and so are their records.
func (x *bridging) elsewhere() ([]Placement, error) {
	var ids []PupilID
	for _, r := range x.open {
		ids = append(ids, r.Pupil)
	}
	for _, p := range x.instead {
		ids = append(ids, p.Pupil)
	}
	if err := x.kin.load(ids...); err != nil {
		return nil, err
	}
	var all []PupilID
	for _, id := range ids {
		family, err := x.kin.all(id)
		if err != nil {
			return nil, err
		}
		all = append(all, family...)
	}
	return gather(x.tx.Placements().List(Is(ByPupil, all...), From(ByLastDay, x.day.String())))
}

// occupies tells whether a placement takes up its place on a day or later.
func (p *Placement) occupies(day calendar.Date) bool {
	stood := p.live() || p.State == Moved || p.State == Ended || p.State == FollowedUp
	return stood && p.To >= day && p.From <= p.To
}

// leaningPlacements are what a tentative choice would be if it were decided.
func leaningPlacements(t Tentative) []Placement {
	list := make([]Placement, len(t.Stays))
	for i, s := range t.Stays {
		list[i] = Placement{
			ID: PlacementID("leaning-" + string(t.Referral) + "-" + string(s.Group)), Referral: t.Referral, Pupil: t.Pupil,
			Group: s.Group, Pattern: s.Pattern, From: s.From, To: s.To, State: Offered,
		}
	}
	return list
}

// groups adds the groups that may be asked about, with their sites and what changes about them.
func (x *bridging) groups() error {
	wanted := func(Group) bool { return true }
	if x.sites != nil {
		wanted = func(g Group) bool {
			return slices.Contains(x.sites, g.Site) ||
				slices.ContainsFunc(x.placements, func(p Placement) bool { return p.Group == g.ID })
		}
	}
	x.known = map[GroupID]bool{}
	var sites []SiteID
	registered := map[OrganisationID]bool{}
	for o, err := range x.tx.Organisations().List() {
		if err != nil {
			return err
		}
		registered[o.ID] = o.Registered
	}
	for g, err := range x.tx.Groups().List() {
		if err != nil {
			return err
		}
		if !wanted(g) {
			continue
		}
		terms := g.Terms
		terms.ID, terms.Site, terms.Provision = g.ID, g.Site, matching.ProvisionID(g.Organisation)
		terms.Registered = new(registered[g.Organisation])
		x.snapshot.Groups = append(x.snapshot.Groups, terms)
		x.known[g.ID] = true
		sites = append(sites, g.Site)
	}
	for s, err := range x.tx.Sites().List() {
		if err != nil {
			return err
		}
		if x.sites == nil || slices.Contains(sites, s.ID) {
			x.snapshot.Sites = append(x.snapshot.Sites, matching.Site{
				ID: s.ID, Name: s.Name, Postcode: s.Postcode, Latitude: s.Latitude, Longitude: s.Longitude,
				Access: s.Access, FloatingAdults: s.Floating,
			})
		}
	}
	return x.changes()
}

// referrals adds the open referrals and the standing placements.
func (x *bridging) referrals() error {
	if err := x.records(); err != nil {
		return err
	}
	for _, r := range x.open {
		pupil, err := x.kin.root(r.Pupil)
		if err != nil {
			return err
		}
		x.snapshot.Referrals = append(x.snapshot.Referrals, referralFacts(r, pupil.Pseudonym, x.known, x.policy.Matching))
	}
	for _, p := range x.placements {
		pupil, err := x.kin.root(p.Pupil)
		if err != nil {
			return err
		}
		x.snapshot.Placements = append(x.snapshot.Placements, matching.Placement{
			ID: p.ID, Pupil: pupil.Pseudonym, Group: p.Group, Pattern: p.Pattern, From: p.From, To: p.To,
			Movable: p.Movable, OwnAdult: p.OwnAdult && !adultGone(x.forms[pupil.ID], p),
		})
	}
	return nil
}

// records reads, at once, all records of those who take part and every form about them.
func (x *bridging) records() error {
	var ids []PupilID
	for _, r := range x.open {
		ids = append(ids, r.Pupil)
	}
	for _, p := range x.placements {
		ids = append(ids, p.Pupil)
	}
	if err := x.kin.load(ids...); err != nil {
		return err
	}
	var families []PupilID
	for _, id := range ids {
		root, err := x.kin.root(id)
		if err != nil {
			return err
		}
		if _, known := x.forms[root.ID]; known {
			continue
		}
		x.forms[root.ID] = form.Form{}
		family, err := x.kin.all(id)
		if err != nil {
			return err
		}
		families = append(families, family...)
	}
	forms := map[PupilID][]Referral{}
	for r, err := range x.tx.Referrals().List(Is(ByPupil, families...)) {
		if err != nil {
			return err
		}
		root, err := x.kin.root(r.Pupil)
		if err != nil {
			return err
		}
		forms[root.ID] = append(forms[root.ID], r)
	}
	for id, list := range forms {
		x.forms[id] = together(list)
	}
	return nil
}

// pupils adds each pupil who takes part, once.
func (x *bridging) pupils() error {
	roots := make([]Pupil, 0, len(x.forms))
	for id := range x.forms {
		roots = append(roots, x.kin.record[id])
	}
	slices.SortFunc(roots, func(a, b Pupil) int { return cmp.Compare(a.Pseudonym, b.Pseudonym) })
	for _, p := range roots {
		facts, err := x.pupilFacts(p, x.forms[p.ID])
		if err != nil {
			return err
		}
		x.snapshot.Pupils = append(x.snapshot.Pupils, facts)
	}
	return nil
}

// apart adds the pairs of the register who both take part.
func (x *bridging) apart() error {
	entries, err := currentKeepApart(x.tx, x.day)
	if err != nil {
		return err
	}
	for _, e := range entries {
		var pair []Pseudonym
		for _, id := range e.Pupils {
			pupil, err := x.kin.root(id)
			if KindOf(err) == NotFound {
				break // erased since
			}
			if err != nil {
				return err
			}
			if _, here := x.forms[pupil.ID]; here {
				pair = append(pair, pupil.Pseudonym)
			}
		}
		if len(pair) == 2 && pair[0] != pair[1] {
			x.snapshot.KeepApart = append(x.snapshot.KeepApart, matching.KeepApart{
				Pupils: pair, Scope: e.Scope, Until: e.Until, Reason: e.Reason,
			})
		}
	}
	return nil
}

// rules adds the policy, with the areas that the register says are at odds.
func (x *bridging) rules() error {
	policy := x.policy.Matching
	policy.ID = string(x.policy.ID)
	rivals, err := currentRivalries(x.tx, x.day)
	if err != nil {
		return err
	}
	policy.Separations = slices.Clone(policy.Separations)
	at := slices.IndexFunc(policy.Separations, func(s matching.SeparationPolicy) bool { return s.Code == matching.CodeRivalAreas })
	if at < 0 && len(rivals) > 0 {
		policy.Separations = append(policy.Separations, matching.SeparationPolicy{Code: matching.CodeRivalAreas, Scope: matching.OnSite})
		at = len(policy.Separations) - 1
	}
	if at >= 0 {
		policy.Separations[at].Rivals = rivalPairs(policy.Separations[at].Rivals, rivals)
	}
	x.snapshot.Policy = &policy
	return nil
}

// rivalPairs are the areas that the policy and the register say are at odds, each pair once.
func rivalPairs(policy [][]string, register []RegisterEntry) [][]string {
	var pairs [][]string
	add := func(areas []string) {
		pair := areaKeys(areas)
		if pair[0] != pair[1] && !slices.ContainsFunc(pairs, func(p []string) bool { return slices.Equal(p, pair) }) {
			pairs = append(pairs, pair)
		}
	}
	for _, areas := range policy {
		add(areas)
	}
	for _, e := range register {
		add(e.Areas)
	}
	return pairs
}

// engine makes an engine of a snapshot that came from what is stored. Faults in it are
// ours, and their pointers and words hold no value.
func engine(s *matching.Snapshot) (*matching.Engine, error) {
	e, err := matching.New(s)
	if faults, ok := errors.AsType[matching.Faults](err); ok {
		out := &Error{Kind: Corrupt, Detail: "what is stored does not make a sound snapshot", Err: err}
		for _, f := range faults {
			out.Faults = append(out.Faults, Fault{Pointer: f.Pointer, Code: "snapshot", Detail: f.Expected})
		}
		return nil, out
	}
	return e, err
}
