package main

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/panel"
)

// export is the command panel export.
func (p *program) export() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write what is stored for other programs",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(p.exportSnapshot())
	return cmd
}

func (p *program) exportSnapshot() *cobra.Command {
	var date, file string
	var known bool
	cmd := &cobra.Command{
		Use:   "snapshot",
		Short: "Write what is open and standing on a day, for rank, plan and check",
		Long: "snapshot writes the referrals that are ready, on an agenda or waiting, the placements that stand, and the groups\n" +
			"with their places and adults, as they are on a day. Pupils are in it under pseudonyms, without names, dates of\n" +
			"birth or addresses. It is still about pupils: whose records left is in the journal.\n" +
			"It holds what is known now, with the day as its as_of, and not what was known then: a placement that began or\n" +
			"ended since is as it is today. So a day that has passed is refused without --as-known-now. What was seen at a\n" +
			"decision is kept with the decision.",
		Example: "  panel export snapshot --out today.json\n  panel export snapshot --date 2026-11-23 --as-known-now --out monday.json\n  panel plan --in monday.json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			day, err := dayFlag("date", date)
			if err != nil {
				return err
			}
			if day != 0 && day < panel.Day(time.Now()) {
				if !known {
					return fmt.Errorf("%s has passed, and a snapshot holds what is known now: --as-known-now writes that, with the day as its as_of", text.Date(day))
				}
				p.complain("The snapshot holds what is known now, with " + text.Date(day) + " as its as_of. It is not what was known then.")
			}
			return p.serving(cmd, func(ctx context.Context, s *panel.Service) error {
				snapshot, err := s.ExportSnapshot(ctx, day)
				if err != nil {
					return err
				}
				var b bytes.Buffer
				if err := snapshot.Encode(&b); err != nil {
					return err
				}
				if file == "" {
					return p.writeText(b.String())
				}
				if err := writeNew(file, b.String(), 0o600); err != nil {
					return err
				}
				return p.say(fmt.Sprintf("Wrote %s: %s, %s and %s on %s.", file,
					text.Count(len(snapshot.Referrals), "referral", "referrals"), text.Count(len(snapshot.Placements), "placement", "placements"),
					text.Count(len(snapshot.Groups), "group", "groups"), text.Date(snapshot.AsOf)))
			})
		},
	}
	cmd.Flags().StringVar(&date, "date", "", "the `DAY`, such as 2026-11-23 (default today)")
	cmd.Flags().BoolVar(&known, "as-known-now", false, "allow a day that has passed: what is known now, with that day as its as_of")
	cmd.Flags().StringVar(&file, "out", "", "a new `FILE` to write to, in place of standard output")
	return cmd
}
