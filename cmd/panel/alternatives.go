package main

import (
	"context"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/report"
	"example.org/backontrack/matching"
)

// An alternativesAnswer is what panel alternatives --json writes.
type alternativesAnswer struct {
	Alternatives []matching.Alternative `json:"alternatives"`
	LastPlaces   []matching.LastPlace   `json:"last_places"` // of the first
}

// alternatives is the command panel alternatives.
func (p *program) alternatives() *cobra.Command {
	f := &askFlags{}
	cmd := &cobra.Command{
		Use:   "alternatives --in SNAPSHOT",
		Short: "Set several good plans for the whole agenda side by side",
		Long: "alternatives plans for several aims: the highest sum of points, most placed, least risk, shortest journeys, most\n" +
			"room to spare and, with --moves, fewest moves. It shows the plans that are really different, what each comes to, and\n" +
			"which referrals they treat differently; and those for whom one place is all there is. Each plan is the best of its\n" +
			"kind that was found with the effort, which is no proof. Ctrl-C ends the search: what was found so far is shown.",
		Example: "  panel alternatives --in thornmere.json\n" +
			"  panel alternatives --in thornmere.json --time 30s\n" +
			"  panel alternatives --in thornmere.json --json > alternatives.json",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.asked(cmd, f, p.askAlternatives) },
	}
	f.register(cmd)
	return cmd
}

func (p *program) askAlternatives(ctx context.Context, e *matching.Engine, f *askFlags, o matching.PlanOptions) (*answer, error) {
	planner := e.Planner(f.moves)
	list, err := planner.Alternatives(ctx, o)
	if err != nil {
		return nil, err
	}
	last, err := planner.LastPlaces(list[0].Plan)
	if err != nil {
		return nil, err
	}
	return &answer{alternativesAnswer{list, last}, func(r *report.Report) error {
		r.Alternatives(list, ctx.Err() != nil)
		r.LastPlaces(last)
		return nil
	}}, nil
}
