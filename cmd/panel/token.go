package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/panel"
)

// token is the command panel token.
func (p *program) token() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "token",
		Short: "Let programs act as a person, within some of that person's roles",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(p.tokenAdd(), p.tokenList(), p.tokenRevoke())
	return cmd
}

func (p *program) tokenAdd() *cobra.Command {
	var what string
	var roles []string
	var days int
	cmd := &cobra.Command{
		Use:   "add NAME",
		Short: "Make a token, and show its secret once",
		Long: "add writes the secret of the new token to standard output, and nothing else. It is stored nowhere: lost, it is\n" +
			"revoked and made anew; what can't be written is revoked at once. Keep it in a file that only the program can read.",
		Example: "  panel token add a.khan --for \"school's system\" --role school --days 90 > token.txt",
		Args:    exactly(1, aName),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.serving(cmd, func(ctx context.Context, s *panel.Service) error {
				person, err := named(ctx, s, args[0])
				if err != nil {
					return err
				}
				list := make([]panel.Role, len(roles))
				for i, role := range roles {
					list[i] = panel.Role(role)
				}
				token, secret, err := s.IssueToken(ctx, person.ID, what, list, time.Now().AddDate(0, 0, days))
				if err != nil {
					return err
				}
				if err := p.handOver(ctx, s, token.ID, secret); err != nil {
					return err
				}
				p.complain(fmt.Sprintf("The token %s lasts until %s. Its secret is shown this once.", token.ID, clock(token.Expires)))
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&what, "for", "", "what it is for, in a `FEW WORDS`")
	cmd.Flags().StringArrayVar(&roles, "role", nil, "a `ROLE` of the person's that the program needs; may be given again")
	cmd.Flags().IntVar(&days, "days", 90, "for how many `DAYS`")
	for _, flag := range []string{"for", "role"} {
		_ = cmd.MarkFlagRequired(flag) // fails only for a flag that is not there
	}
	return cmd
}

// handOver writes the secret of a token. One that could not be written is nobody's, and
// ends at once.
func (p *program) handOver(ctx context.Context, s *panel.Service, id panel.TokenID, secret string) error {
	failure := p.writeText(secret + "\n")
	if failure == nil {
		return nil
	}
	said := "its secret could not be written, and it is revoked"
	if err := s.RevokeToken(context.WithoutCancel(ctx), id); err != nil {
		said = "its secret could not be written; revoke it: panel token revoke " + string(id)
	}
	return &refusal{status: failed, err: fmt.Errorf("the token %s is of no use: %s: %s", id, said, failure.Error())}
}

func (p *program) tokenList() *cobra.Command {
	return &cobra.Command{
		Use:     "list [NAME]",
		Short:   "List tokens, of somebody or of all",
		Example: "  panel token list",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.serving(cmd, func(ctx context.Context, s *panel.Service) error {
				var of panel.PersonID
				if len(args) > 0 {
					person, err := named(ctx, s, args[0])
					if err != nil {
						return err
					}
					of = person.ID
				}
				tokens, err := s.Tokens(ctx, of)
				if err != nil {
					return err
				}
				if len(tokens) == 0 {
					return p.say("There are no tokens.")
				}
				people, err := s.Persons(ctx, panel.PersonFilter{})
				if err != nil {
					return err
				}
				names := map[panel.PersonID]string{}
				for _, person := range people {
					names[person.ID] = person.SignIn
				}
				return p.screen(func(out *screen.Screen) { showTokens(out, tokens, names) })
			})
		},
	}
}

func showTokens(out *screen.Screen, tokens []panel.Token, names map[panel.PersonID]string) {
	var rows []screen.Row
	for _, t := range tokens {
		state := "until " + panel.Day(t.Expires).String()
		switch {
		case t.Revoked:
			state = "revoked"
		case !time.Now().Before(t.Expires):
			state = "over"
		}
		used := "never"
		if !t.LastUsed.IsZero() {
			used = panel.Day(t.LastUsed).String()
		}
		rows = append(rows, cells(string(t.ID), names[t.Person], t.Name, inWords(t.Roles), used, state))
	}
	out.Table(0, []screen.Column{
		{Head: "token"}, {Head: "acts as", Width: 14}, {Head: "for", Wide: true}, {Head: "roles", Width: 12}, {Head: "last used"}, {Head: "state"},
	}, rows)
}

func (p *program) tokenRevoke() *cobra.Command {
	return &cobra.Command{
		Use:     "revoke TOKEN",
		Short:   "End a token, at once and for good",
		Example: "  panel token revoke 4ctq5dr7zsjhgmhjnxmyc2ue2q",
		Args:    exactly(1, "the TOKEN, by its id: panel token list lists them"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.serving(cmd, func(ctx context.Context, s *panel.Service) error {
				if err := s.RevokeToken(ctx, panel.TokenID(args[0])); err != nil {
					return err
				}
				return p.say("The token is revoked.")
			})
		},
	}
}
