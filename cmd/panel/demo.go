package main

import (
	"bytes"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/report"
	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/matching"
	"example.org/backontrack/panel/demo"
)

// demo is the command panel demo.
func (p *program) demo() *cobra.Command {
	var referral, hold string
	var snapshot bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Walk the agenda of a demo authority: start here",
		Long: "demo loads Thornmere, an authority that does not exist, and walks the agenda of its panel: each referral,\n" +
			"its best matches with figures that add up, its refusals in words, and the story that it was written for.\n" +
			"With --hold it stores Thornmere in a new SQLite file and holds the panel: decisions, minutes, offers, the term.",
		Example: "  panel demo | less -R\n" +
			"  panel demo --referral r02\n" +
			"  panel demo --snapshot > thornmere.json\n" +
			"  panel demo --hold thornmere.db",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if hold != "" {
				return p.demoHold(cmd, hold)
			}
			if snapshot {
				_, err := p.stdout.Write(demo.Authority())
				if err != nil {
					return &writeError{err}
				}
				return nil
			}
			return p.runDemo(referral)
		},
	}
	cmd.Flags().StringVar(&referral, "referral", "", "show this `REFERRAL` only")
	cmd.Flags().BoolVar(&snapshot, "snapshot", false, "write the authority's snapshot, to try the other commands on")
	cmd.Flags().StringVar(&hold, "hold", "", "store the authority in a new `FILE` and hold its panel there")
	cmd.MarkFlagsMutuallyExclusive("referral", "snapshot", "hold")
	return cmd
}

func (p *program) runDemo(only string) error {
	e, err := newEngine("the demo authority", bytes.NewReader(demo.Authority()))
	if err != nil {
		return err
	}
	ids, err := referrals(e, only)
	if err != nil {
		return err
	}
	var failure error
	written := p.report(e, func(r *report.Report) {
		if only == "" {
			r.Authority(e)
		}
		for _, id := range ids {
			if failure = demoReferral(r, e, id); failure != nil {
				return
			}
		}
		if only == "" {
			demoNext(r)
		}
	})
	if failure != nil {
		return failure
	}
	return written
}

// demoReferral walks one item of the agenda.
func demoReferral(r *report.Report, e *matching.Engine, id matching.ReferralID) error {
	k, err := e.Rank(id)
	if err != nil {
		return err
	}
	r.Rule()
	r.Referral(id)
	r.Blank()
	r.Summary(k)
	if len(k.Ranking) > 0 {
		r.Blank()
		r.Ranking(k.Ranking, 3)
		r.Ledgers(k.Ranking, 1)
		firmness := k.Firmness()
		r.Firmness(&firmness)
	}
	questions, err := e.Questions(id)
	if err != nil {
		return err
	}
	r.Questions(questions, 3)
	if err := r.Refusals(k, report.Detail{Few: 2}); err != nil {
		return err
	}
	if err := demoStories(r, e, k); err != nil {
		return err
	}
	r.Blank()
	return nil
}

// demoStories tells the stories of a referral, with what the engine says about
// the group of each.
func demoStories(r *report.Report, e *matching.Engine, k *matching.Ranking) error {
	shown := map[string]bool{}
	for _, story := range demo.Stories() {
		if story.Referral != string(k.Referral) {
			continue
		}
		r.Story(story.Title, story.Requirement, story.Tells)
		if shown[story.Group] {
			continue // it is right above
		}
		shown[story.Group] = true
		options, err := e.WhyNot(k.Referral, matching.GroupID(story.Group))
		if err != nil {
			return err
		}
		r.Evidence(k, matching.GroupID(story.Group), options)
	}
	return nil
}

// demoNext says what to try next.
func demoNext(r *report.Report) {
	r.Rule()
	r.Line(0, screen.In(screen.Bold, "What to try next"))
	for _, try := range [][2]string{
		{"panel demo --referral r02", "one referral of this agenda"},
		{"panel demo --snapshot > thornmere.json", "the snapshot, to ask your own questions of"},
		{"panel rank --in thornmere.json --referral r01", "its ranking; --json for a program"},
		{"panel rank --in thornmere.json --referral r02 --why-not craft-kiln-a", "every reason, and what would unlock it"},
		{"panel rank --in thornmere.json --referral r01 --compare craft-kiln-a,craft-forge-a", "row by row"},
		{"panel rank --in thornmere.json --group nest", "who needs this place most?"},
		{"panel plan --in thornmere.json", "the whole agenda placed at once, and how good that is known to be"},
		{"panel demo --hold thornmere.db", "the same authority in a database, and its panel held"},
		{"panel rank --help", "every question, with an example"},
	} {
		r.Line(2, screen.In(screen.Accent, try[0]))
		r.Line(6, screen.In(screen.Dim, try[1]))
	}
}
