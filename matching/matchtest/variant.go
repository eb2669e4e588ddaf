package matchtest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// Shuffle returns the snapshot with every list whose order means nothing in
// another order. It shares nothing that it shuffles.
func Shuffle(s *matching.Snapshot, seed uint64) *matching.Snapshot {
	r := rand.New(rand.NewPCG(seed, 2))
	out := *s
	out.Calendar.Closed = shuffled(r, s.Calendar.Closed)
	out.Sites, out.Groups, out.Pupils = shuffled(r, s.Sites), shuffled(r, s.Groups), shuffled(r, s.Pupils)
	out.KeepApart, out.Placements = shuffled(r, s.KeepApart), shuffled(r, s.Placements)
	out.Referrals = shuffled(r, s.Referrals)
	for i := range out.Sites {
		out.Sites[i] = shuffledSite(r, &out.Sites[i])
	}
	for i := range out.Groups {
		out.Groups[i] = shuffledGroup(r, &out.Groups[i])
	}
	for i := range out.Pupils {
		out.Pupils[i] = shuffledPupil(r, &out.Pupils[i])
	}
	for i := range out.KeepApart {
		out.KeepApart[i].Pupils = shuffled(r, out.KeepApart[i].Pupils)
	}
	for i := range out.Referrals {
		out.Referrals[i] = shuffledReferral(r, &out.Referrals[i])
	}
	out.Policy = shuffledPolicy(r, s.Policy)
	return &out
}

// shuffledPolicy leaves the separations in their order, which is that of reasons.
func shuffledPolicy(r *rand.Rand, p *matching.Policy) *matching.Policy {
	if p == nil {
		return nil
	}
	out := *p
	out.Separations = slices.Clone(p.Separations)
	for i := range out.Separations {
		s := &out.Separations[i]
		s.Traits, s.Rivals = shuffled(r, s.Traits), shuffled(r, s.Rivals)
		for j := range s.Rivals {
			s.Rivals[j] = shuffled(r, s.Rivals[j])
		}
	}
	return &out
}

func shuffled[E any](r *rand.Rand, list []E) []E {
	out := slices.Clone(list)
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func shuffledSite(r *rand.Rand, s *matching.Site) matching.Site {
	out := *s
	out.Access, out.Changes = shuffled(r, s.Access), shuffled(r, s.Changes)
	return out
}

func shuffledGroup(r *rand.Rand, g *matching.Group) matching.Group {
	out := *g
	out.Patterns, out.Limits = shuffled(r, g.Patterns), shuffled(r, g.Limits)
	out.Offers, out.Approaches = shuffled(r, g.Offers), shuffled(r, g.Approaches)
	out.Accepts.Years, out.Accepts.Reasons = shuffled(r, g.Accepts.Years), shuffled(r, g.Accepts.Reasons)
	out.Accepts.Needs, out.Accepts.Refuses = shuffled(r, g.Accepts.Needs), shuffled(r, g.Accepts.Refuses)
	out.Starts.Weekdays, out.Starts.Dates = shuffled(r, g.Starts.Weekdays), shuffled(r, g.Starts.Dates)
	out.Changes = shuffled(r, g.Changes)
	return out
}

func shuffledPupil(r *rand.Rand, p *matching.Pupil) matching.Pupil {
	out := *p
	out.Areas, out.Traits, out.Needs = shuffled(r, p.Areas), shuffled(r, p.Traits), shuffled(r, p.Needs)
	out.Access, out.Friends, out.Unknown = shuffled(r, p.Access), shuffled(r, p.Friends), shuffled(r, p.Unknown)
	return out
}

// shuffledReferral leaves the family's choice of groups, which has an order.
func shuffledReferral(r *rand.Rand, f *matching.Referral) matching.Referral {
	out := *f
	out.Wants.Offers, out.Wants.Approaches = shuffled(r, f.Wants.Offers), shuffled(r, f.Wants.Approaches)
	return out
}

// Rename changes every id of a snapshot in place, and keeps the order of the ids.
// What it returns gives JSON that was written with the new ids the old ones back.
func Rename(s *matching.Snapshot) (back func(encoded string) string) {
	n := naming{letter: 'A'}
	sites, groups := renames(&n, ids(s.Sites, siteID)), renames(&n, ids(s.Groups, groupID))
	provisions := renames(&n, ids(s.Groups, func(g *matching.Group) matching.ProvisionID { return g.Provision }))
	pupils, placements := renames(&n, ids(s.Pupils, pupilID)), renames(&n, ids(s.Placements, placementID))
	referrals := renames(&n, ids(s.Referrals, referralID))
	patterns := renamePatterns(&n, s)
	for i := range s.Sites {
		s.Sites[i].ID = sites[s.Sites[i].ID]
	}
	for i := range s.Placements {
		p := &s.Placements[i]
		p.ID, p.Pupil, p.Pattern = placements[p.ID], pupils[p.Pupil], patterns(p.Group, p.Pattern)
		p.Group = groups[p.Group]
	}
	for i := range s.Referrals {
		f := &s.Referrals[i]
		f.ID, f.Pupil, f.Wants.Groups = referrals[f.ID], pupils[f.Pupil], renamed(f.Wants.Groups, groups)
		f.Given = renamedGiven(f.Given, groups, patterns)
	}
	for i := range s.Groups {
		g := &s.Groups[i]
		g.Patterns = slices.Clone(g.Patterns)
		for j := range g.Patterns {
			g.Patterns[j].ID = patterns(g.ID, g.Patterns[j].ID)
		}
		g.ID, g.Site, g.Provision = groups[g.ID], sites[g.Site], provisions[g.Provision]
	}
	for i := range s.Pupils {
		s.Pupils[i].ID, s.Pupils[i].Friends = pupils[s.Pupils[i].ID], renamed(s.Pupils[i].Friends, pupils)
	}
	for i := range s.KeepApart {
		s.KeepApart[i].Pupils = renamed(s.KeepApart[i].Pupils, pupils)
	}
	return strings.NewReplacer(n.pairs...).Replace
}

func siteID(s *matching.Site) matching.SiteID                { return s.ID }
func groupID(g *matching.Group) matching.GroupID             { return g.ID }
func pupilID(p *matching.Pupil) matching.PupilID             { return p.ID }
func placementID(p *matching.Placement) matching.PlacementID { return p.ID }
func referralID(r *matching.Referral) matching.ReferralID    { return r.ID }

// A naming gives new names, and remembers which old one each stands for, as JSON.
type naming struct {
	letter rune
	pairs  []string
}

func ids[E any, K ~string](list []E, id func(*E) K) []K {
	out := make([]K, len(list))
	for i := range list {
		out[i] = id(&list[i])
	}
	return out
}

func renames[K ~string](n *naming, old []K) map[K]K {
	old = slices.Clone(old)
	slices.Sort(old)
	to := map[K]K{}
	for i, id := range slices.Compact(old) {
		if id == "" {
			continue // none stays none
		}
		to[id] = K(fmt.Sprintf("%c~%04d", n.letter, i))
		quoted, err := json.Marshal(string(id))
		if err != nil {
			panic(err) // a string has an encoding
		}
		n.pairs = append(n.pairs, string(to[id]), string(quoted[1:len(quoted)-1]))
	}
	n.letter++
	return to
}

func renamed[K ~string](list []K, to map[K]K) []K {
	out := slices.Clone(list)
	for i, id := range out {
		out[i] = to[id]
	}
	return out
}

// renamePatterns renames the patterns that groups state. The one that a group has
// when it states none keeps its name.
func renamePatterns(n *naming, s *matching.Snapshot) func(matching.GroupID, matching.PatternID) matching.PatternID {
	stated := map[matching.GroupID]bool{}
	var list []matching.PatternID
	for i := range s.Groups {
		stated[s.Groups[i].ID] = s.Groups[i].Patterns != nil
		for _, p := range s.Groups[i].Patterns {
			list = append(list, p.ID)
		}
	}
	to := renames(n, list)
	return func(g matching.GroupID, p matching.PatternID) matching.PatternID {
		switch {
		case !stated[g]:
			return p
		case p == "":
			return to["all"]
		}
		return to[p]
	}
}

func renamedGiven(
	given map[matching.GroupID]matching.Given, groups map[matching.GroupID]matching.GroupID,
	patterns func(matching.GroupID, matching.PatternID) matching.PatternID,
) map[matching.GroupID]matching.Given {
	if given == nil {
		return nil
	}
	out := map[matching.GroupID]matching.Given{}
	for id, g := range given {
		if g.Patterns != nil {
			scores := map[matching.PatternID]int{}
			for p, score := range g.Patterns {
				scores[patterns(id, p)] = score
			}
			g.Patterns = scores
		}
		out[groups[id]] = g
	}
	return out
}

// AddStanding places one more pupil, made up by the seed and like one who is there, in
// some group.
func AddStanding(s *matching.Snapshot, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 3))
	if len(s.Pupils) == 0 || len(s.Groups) == 0 {
		return
	}
	p := s.Pupils[r.IntN(len(s.Pupils))]
	p.ID, p.Friends = "one-more", nil
	g := &s.Groups[r.IntN(len(s.Groups))]
	placement := matching.Placement{ID: "one-more", Pupil: p.ID, Group: g.ID, Movable: r.IntN(2) == 0}
	if len(g.Patterns) > 0 {
		placement.Pattern = g.Patterns[r.IntN(len(g.Patterns))].ID
	}
	placement.From = s.AsOf + calendar.Date(r.IntN(60)-30)
	placement.To = placement.From + calendar.Date(r.IntN(90))
	s.Pupils, s.Placements = append(s.Pupils, p), append(s.Placements, placement)
}

// Possible tells whether a referral could have a stay on exactly its day: it asks for
// the first start from that day on, so that how many starts are listed does not matter.
func Possible(s *matching.Snapshot, id matching.ReferralID, stay matching.Stay, extensions ...matching.Extension) (bool, error) {
	ready := *s
	ready.Referrals = slices.Clone(s.Referrals)
	for i := range ready.Referrals {
		if ready.Referrals[i].ID == id {
			ready.Referrals[i].ReadyFrom = stay.From
		}
	}
	e, err := matching.New(&ready, extensions...)
	if err != nil {
		return false, err
	}
	options, err := e.Options(id)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(options, func(o matching.Option) bool {
		first := o.Stays[0]
		return len(o.Stays) == 1 && o.Feasible && first.Group == stay.Group && first.Pattern == stay.Pattern && first.From == stay.From
	}), nil
}
