package report

import (
	"fmt"
	"slices"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
)

// Authority sums up a snapshot.
func (r *Report) Authority(e *matching.Engine) {
	s := e.Snapshot()
	provisions, placed := map[matching.ProvisionID]bool{}, map[matching.PupilID]bool{}
	for i := range s.Groups {
		provisions[s.Groups[i].Provision] = true
	}
	for i := range s.Placements {
		placed[s.Placements[i].Pupil] = true
	}
	r.Line(0, screen.In(screen.Bold, "Thornmere"), screen.In(screen.Dim, ", a local authority that does not exist"))
	r.Say(
		fmt.Sprintf("The panel meets on %s. On its agenda: %s.", text.Date(s.AsOf), text.Count(len(s.Referrals), "referral", "referrals")),
		fmt.Sprintf("It may place in %s of %s on %s, where %s stand already.",
			text.Count(len(s.Groups), "group", "groups"), text.Count(len(provisions), "provision", "provisions"),
			text.Count(len(s.Sites), "site", "sites"), text.Count(len(placed), "pupil", "pupils")),
		"Every pupil is synthetic. The provisions work as those of the published reports do, and the agenda is written so that what they tell happens.",
	)
	r.Blank()
	r.Say(
		"For each referral: what is possible, best first; why the first comes first, as points that add up to its total; what is refused, by what would lift it; and the story it was written for.",
		"The ranking advises. The panel decides.",
	)
	r.Blank()
}

// Story tells what a referral was written for.
func (r *Report) Story(title, requirement, tells string) {
	r.Blank()
	r.Para(2, 2, screen.In(screen.Accent, "▌ "), screen.In(screen.Bold, title), screen.In(screen.Dim, " ("+requirement+")"))
	r.Para(indent, 0, screen.Text(tells))
}

// Evidence shows what the engine says about the group of a story: its rank, or why it is refused.
func (r *Report) Evidence(k *matching.Ranking, group matching.GroupID, options []matching.Option) {
	list := choices(k.Ranking)
	rank := map[string]int{}
	for i, c := range list {
		rank[where(c.best)] = i + 1
	}
	r.Line(indent, screen.In(screen.Bold, r.words.Group(group)))
	seen := map[string]bool{}
	for i := range options {
		o := &options[i]
		if !seen[where(o)] {
			seen[where(o)] = true
			r.evidence(o, rank[where(o)])
		}
	}
	for i, c := range list {
		if len(c.best.Stays) > 1 && slices.ContainsFunc(c.best.Stays, func(s matching.Stay) bool { return s.Group == group }) {
			r.Para(indent+2, 2, screen.In(screen.Dim, "in a package: "), screen.In(screen.Good, r.title(c.best)+", ranked "+text.Ordinal(i+1)+"."))
			return
		}
	}
}

func (r *Report) evidence(o *matching.Option, rank int) {
	days := screen.In(screen.Dim, r.words.Days(o.Stays[0])+": ")
	if o.Feasible {
		r.Para(indent+2, 2, days, screen.In(screen.Good, fmt.Sprintf("possible from %s, ranked %s.", text.Date(o.Stays[0].From), text.Ordinal(rank))))
		return
	}
	r.Para(indent+2, 2, days, screen.In(screen.Bad, "refused."))
	r.Reasons(o, indent+4)
	r.Unlocks(o, indent+4)
}
