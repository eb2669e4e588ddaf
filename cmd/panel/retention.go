package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/store"
)

// retention is the command panel retention.
func (p *program) retention() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "retention",
		Short: "Erase records that are kept long enough, and keep those under a legal hold",
		Long: "Each class of record is kept for its own time. A pupil's record is due for erasure once that of every class in it\n" +
			"is over. Pupils are named by the ids of their records here; no name is shown.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(p.retentionDue(), p.retentionErase(), p.retentionErasures(), p.retentionHold(), p.retentionLift(), p.retentionHolds())
	return cmd
}

func (p *program) retentionDue() *cobra.Command {
	return &cobra.Command{
		Use:     "due",
		Short:   "List the records that are due for erasure",
		Example: "  panel retention due",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.serving(cmd, func(ctx context.Context, s *panel.Service) error {
				list, err := s.DueForErasure(ctx)
				if err != nil {
					return err
				}
				if len(list) == 0 {
					return p.say("No record is due for erasure.")
				}
				return p.screen(func(out *screen.Screen) {
					var rows []screen.Row
					for _, d := range list {
						rows = append(rows, cells(string(d.Pupil), text.Date(d.Until), strings.Join(d.Classes, ", ")))
					}
					out.Table(0, []screen.Column{{Head: "record of"}, {Head: "had to be kept until"}, {Head: "classes", Wide: true}}, rows)
				})
			})
		},
	}
}

const aPupil = "the PUPIL, by the id of the record"

func (p *program) retentionErase() *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use:   "erase PUPIL",
		Short: "Erase all that is stored of a pupil",
		Long: "erase takes away everything that is stored of a pupil, with the records that were merged into the pupil's, also\n" +
			"from the database's log. What stays is that it was done. Backups still hold the record until they are deleted.\n" +
			"It refuses while a hold stands, a referral is open or a placement stands; and for the reason retention while a\n" +
			"time runs. Reasons: " + strings.Join(panel.ErasureCodes(), ", ") + ".",
		Example: "  panel retention erase 4ctq5dr7zsjhgmhjnxmyc2ue2q --reason retention",
		Args:    exactly(1, aPupil),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.with(cmd, store.Options{}, func(ctx context.Context, db *store.DB) error {
				erased, err := panel.New(db, panel.Options{}).Erase(ctx, panel.PupilID(args[0]), reason)
				if err != nil {
					return err
				}
				if err := db.Purge(ctx); err != nil {
					return err
				}
				var counts []string
				for _, c := range erased.Counts {
					counts = append(counts, fmt.Sprintf("%s %d", c.Class, c.Rows))
				}
				said := "Erased."
				if len(counts) > 0 {
					said += " It was: " + strings.Join(counts, ", ") + "."
				}
				return p.say(said, "Backups that were made before still hold the record.")
			})
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why: a `CODE`, "+strings.Join(panel.ErasureCodes(), " or "))
	_ = cmd.MarkFlagRequired("reason") // fails only for a flag that is not there
	return cmd
}

func (p *program) retentionErasures() *cobra.Command {
	return &cobra.Command{
		Use:   "erasures",
		Short: "Write who was erased, as JSON, for panel restore",
		Long: "erasures writes the ids of the records that were erased. Keep it where the backups are not: after a restore it\n" +
			"says whom to erase again.",
		Example: "  panel retention erasures > erasures.json\n  panel restore --erasures erasures.json panel-2026-11-23.db",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.looking(cmd, func(ctx context.Context, db *store.DB) error {
				list, err := panel.New(db, panel.Options{}).Erasures(ctx)
				if err != nil {
					return err
				}
				if list == nil {
					list = []panel.Erasure{}
				}
				return p.writeJSON(list)
			})
		},
	}
}

func (p *program) retentionHold() *cobra.Command {
	var reason, review string
	cmd := &cobra.Command{
		Use:     "hold PUPIL",
		Short:   "Keep a pupil's record from being erased",
		Long:    "hold keeps a record until the hold is lifted. Reasons: " + strings.Join(panel.HoldCodes(), ", ") + ".",
		Example: "  panel retention hold 4ctq5dr7zsjhgmhjnxmyc2ue2q --reason complaint --review 2027-06-01",
		Args:    exactly(1, aPupil),
		RunE: func(cmd *cobra.Command, args []string) error {
			day, err := dayFlag("review", review)
			if err != nil {
				return err
			}
			return p.serving(cmd, func(ctx context.Context, s *panel.Service) error {
				h, err := s.Hold(ctx, panel.HoldInput{Pupil: panel.PupilID(args[0]), Reason: reason, Review: day})
				if err != nil {
					return err
				}
				return p.say(fmt.Sprintf("The hold %s stands, to be looked at again by %s.", h.ID, text.Date(h.Review)))
			})
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why: a `CODE`, such as complaint")
	cmd.Flags().StringVar(&review, "review", "", "the `DAY` by which it is looked at again")
	for _, flag := range []string{"reason", "review"} {
		_ = cmd.MarkFlagRequired(flag) // fails only for a flag that is not there
	}
	return cmd
}

func (p *program) retentionLift() *cobra.Command {
	return &cobra.Command{
		Use:     "lift HOLD",
		Short:   "Lift a hold",
		Example: "  panel retention lift 4ctq5dr7zsjhgmhjnxmyc2ue2q",
		Args:    exactly(1, "the HOLD, by its id: panel retention holds lists them"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.serving(cmd, func(ctx context.Context, s *panel.Service) error {
				holds, err := s.Holds(ctx, "")
				if err != nil {
					return err
				}
				i := slices.IndexFunc(holds, func(h panel.Hold) bool { return string(h.ID) == args[0] })
				if i < 0 {
					return &answerError{errors.New("there is no such hold: panel retention holds lists them")}
				}
				if _, err := s.LiftHold(ctx, holds[i].ID, holds[i].Version); err != nil {
					return err
				}
				return p.say("The hold is lifted.")
			})
		},
	}
}

func (p *program) retentionHolds() *cobra.Command {
	return &cobra.Command{
		Use:     "holds",
		Short:   "List the holds",
		Example: "  panel retention holds",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.serving(cmd, func(ctx context.Context, s *panel.Service) error {
				list, err := s.Holds(ctx, "")
				if err != nil {
					return err
				}
				if len(list) == 0 {
					return p.say("There are no holds.")
				}
				return p.screen(func(out *screen.Screen) {
					var rows []screen.Row
					for _, h := range list {
						state := "stands"
						if h.Lifted != 0 {
							state = "lifted " + h.Lifted.String()
						}
						rows = append(rows, cells(string(h.ID), string(h.Pupil), h.Reason, h.Review.String(), state))
					}
					out.Table(0, []screen.Column{{Head: "hold"}, {Head: "record of"}, {Head: "reason"}, {Head: "review"}, {Head: "state"}}, rows)
				})
			})
		},
	}
}
