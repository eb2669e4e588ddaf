package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
)

// rankFlags are the flags of panel rank.
type rankFlags struct {
	in, referral, group                                  string
	whyNot, compare, whatIf, blockers, earliest, effects string
	asJSON, unlock, all                                  bool
	top, explain                                         int
}

// everyGroup is what --earliest means without a group.
const everyGroup = "*"

const rankExample = `  panel rank --in thornmere.json --referral r01
  panel rank --in thornmere.json --referral r01 --unlock --all
  panel rank --in thornmere.json --referral r01 --json > r01.json
  panel rank --in thornmere.json --group craft-kiln-a
  panel rank --in thornmere.json --referral r02 --why-not craft-kiln-a
  panel rank --in thornmere.json --referral r01 --compare craft-kiln-a,craft-forge-a
  panel rank --in thornmere.json --referral r07 --what-if '{"pupil":{"needs":[{"code":"ASD","must":true}]}}'
  panel rank --in thornmere.json --referral r03 --blockers west-ks4
  panel rank --in thornmere.json --referral r30 --earliest
  panel rank --in thornmere.json --referral r26 --effects craft-kiln-b`

// rank is the command panel rank.
func (p *program) rank() *cobra.Command {
	f := &rankFlags{}
	cmd := &cobra.Command{
		Use:   "rank --in SNAPSHOT (--referral REFERRAL | --group GROUP)",
		Short: "Rank the groups for a referral, and answer the questions of a panel",
		Long: "rank lists what is possible for a referral, best first, with figures that add up; and what is refused,\n" +
			"with every reason, by what would lift it. One flag asks one further question.",
		Example: rankExample,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 && f.earliest == everyGroup {
				f.earliest = args[0] // --earliest G, as well as --earliest=G
				return nil
			}
			if len(args) > 0 {
				return fmt.Errorf("unexpected argument %q", args[0])
			}
			return nil
		},
		RunE: func(*cobra.Command, []string) error { return p.runRank(f) },
	}
	f.register(cmd)
	return cmd
}

func (f *rankFlags) register(cmd *cobra.Command) {
	inFlag(cmd, &f.in)
	flags := cmd.Flags()
	flags.StringVar(&f.referral, "referral", "", "rank the groups for this `REFERRAL`")
	flags.StringVar(&f.group, "group", "", "rank the open referrals for this `GROUP`, which has a free place")
	flags.StringVar(&f.whyNot, "why-not", "", "why not this `GROUP`? Every reason, and what would unlock it")
	flags.StringVar(&f.compare, "compare", "", "why this one above that one? Two groups as `A,B`, each GROUP or GROUP/PATTERN, or joined by + for a package")
	flags.StringVar(&f.whatIf, "what-if", "", "what if facts were different? A merge `PATCH` of {\"pupil\":{…},\"referral\":{…}}: JSON, a file of it, or -")
	flags.StringVar(&f.blockers, "blockers", "", "who or what blocks the way into this `GROUP`?")
	flags.StringVar(&f.earliest, "earliest", "", "the first date on which each group, or this `GROUP`, would fit")
	flags.Lookup("earliest").NoOptDefVal = everyGroup
	flags.StringVar(&f.effects, "effects", "", "what would it mean for the pupils already in this `GROUP`?")
	flags.BoolVar(&f.unlock, "unlock", false, "show what would unlock the refused groups that are listed (always in JSON)")
	flags.BoolVar(&f.all, "all", false, "list every refused group with every reason, and every choice")
	flags.IntVar(&f.top, "top", 5, "how many choices to show, `N`")
	flags.IntVar(&f.explain, "explain", 1, "how many of them to explain row by row, `N`")
	jsonFlag(cmd, &f.asJSON)
}

// check finds what is wrong with the call.
func (f *rankFlags) check() error {
	questions := map[string]string{
		"--why-not": f.whyNot, "--compare": f.compare, "--what-if": f.whatIf,
		"--blockers": f.blockers, "--earliest": f.earliest, "--effects": f.effects,
	}
	var asked []string
	for _, name := range slices.Sorted(maps.Keys(questions)) {
		if questions[name] != "" {
			asked = append(asked, name)
		}
	}
	switch {
	case f.referral == "" && f.group == "":
		return errors.New("want --referral, to rank groups for it, or --group, to rank referrals for it")
	case f.referral != "" && f.group != "":
		return errors.New("--referral and --group can't go together: for one group and one referral, ask --why-not GROUP")
	case f.group != "" && len(asked) > 0:
		return errors.New(asked[0] + " is about a referral: want --referral instead of --group")
	case len(asked) > 1:
		return errors.New(text.List(asked) + " are different questions: ask one at a time")
	case f.top < 0 || f.explain < 0:
		return errors.New("--top and --explain want a number from 0")
	case f.in == "-" && f.whatIf == "-":
		return errors.New("--in and --what-if can't both read standard input")
	}
	return nil
}

func (p *program) runRank(f *rankFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	e, err := p.engine(f.in)
	if err != nil {
		return err
	}
	a, err := p.ask(e, f)
	if err != nil {
		return explainError(err)
	}
	return p.write(e, f.asJSON, a)
}

// ask asks the one question that the flags ask.
func (p *program) ask(e *matching.Engine, f *rankFlags) (*answer, error) {
	switch {
	case f.group != "":
		return f.askGroup(e)
	case f.whyNot != "":
		return f.askWhyNot(e)
	case f.compare != "":
		return f.askCompare(e)
	case f.whatIf != "":
		return p.askWhatIf(e, f)
	case f.blockers != "":
		return f.askBlockers(e)
	case f.earliest != "":
		return f.askEarliest(e)
	case f.effects != "":
		return f.askEffects(e)
	}
	return p.askReferral(e, f)
}

// explainError adds the id to an error that is about one.
func explainError(err error) error {
	if notFound, ok := errors.AsType[*matching.NotFoundError](err); ok {
		return missing(notFound.Kind, notFound.ID)
	}
	return err
}

// missing says that the snapshot does not have what was asked about.
func missing(kind, id string) error {
	return &answerError{fmt.Errorf("no %s %q in the snapshot", kind, strings.TrimSpace(id))}
}
