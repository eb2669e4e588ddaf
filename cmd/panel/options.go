package main

import (
	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/report"
	"example.org/backontrack/matching"
)

// options is the command panel options.
func (p *program) options() *cobra.Command {
	var in, referral string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "options --in SNAPSHOT",
		Short: "List every option of every referral, the refused ones with every reason",
		Long: "options lists what was considered: for each referral and each group and pattern every start that is possible,\n" +
			"or why none is. Referrals come by id.",
		Example: "  panel options --in thornmere.json\n" +
			"  panel options --in thornmere.json --referral r01\n" +
			"  panel demo --snapshot | panel options --in - --json > options.json",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			e, err := p.engine(in)
			if err != nil {
				return err
			}
			ids, err := referrals(e, referral)
			if err != nil {
				return err
			}
			if asJSON {
				return p.optionsJSON(e, ids)
			}
			return p.optionsTable(e, ids)
		},
	}
	inFlag(cmd, &in)
	cmd.Flags().StringVar(&referral, "referral", "", "of this `REFERRAL` only")
	jsonFlag(cmd, &asJSON)
	return cmd
}

// referrals are the ids of all referrals, or the one that is asked for.
func referrals(e *matching.Engine, only string) ([]matching.ReferralID, error) {
	var ids []matching.ReferralID
	for i := range e.Snapshot().Referrals {
		if id := e.Snapshot().Referrals[i].ID; only == "" || string(id) == only {
			ids = append(ids, id)
		}
	}
	if only != "" && ids == nil {
		return nil, missing("referral", only)
	}
	return ids, nil
}

func (p *program) optionsJSON(e *matching.Engine, ids []matching.ReferralID) error {
	hash, err := e.Hash()
	if err != nil {
		return err
	}
	list, err := newList(p.stdout, "options", [2]string{"snapshot", hash}, [2]string{"engine", matching.Version})
	if err != nil {
		return err
	}
	if err := p.eachOption(e, ids, func(o *matching.Option) error { return list.add(o) }); err != nil {
		return err
	}
	return list.close()
}

func (p *program) optionsTable(e *matching.Engine, ids []matching.ReferralID) error {
	var err error
	written := p.report(e, func(r *report.Report) {
		r.OptionsHead()
		err = p.eachOption(e, ids, func(o *matching.Option) error {
			r.OptionLine(o)
			return nil
		})
	})
	if err != nil {
		return err
	}
	return written
}

// eachOption passes on every option, and says how far it has come.
func (p *program) eachOption(e *matching.Engine, ids []matching.ReferralID, each func(*matching.Option) error) error {
	progress := newProgress(p.stderr, "referrals")
	defer progress.end()
	for i, id := range ids {
		options, err := e.Options(id)
		if err != nil {
			return err
		}
		for n := range options {
			if err := each(&options[n]); err != nil {
				return err
			}
		}
		progress.at(i+1, len(ids))
	}
	return nil
}
