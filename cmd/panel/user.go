package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
)

// user is the command panel user.
func (p *program) user() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "user",
		Short: "Add people who use the panel, give them roles and passwords",
		Long:  "A person is named by the name that they sign in with. What each role may do is in docs/reference/access.md.",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(p.userAdd(), p.userList(), p.userGrant(), p.userRevoke(), p.userAble("disable"), p.userAble("enable"), p.userPassword())
	return cmd
}

const aName = "the NAME that the person signs in with"

func (p *program) userAdd() *cobra.Command {
	var in panel.PersonInput
	var without bool
	cmd := &cobra.Command{
		Use:   "add NAME",
		Short: "Add somebody, with a password",
		Long: "add makes a person without any role; panel user grant gives one. The password is asked for twice at a terminal,\n" +
			"and does not show; without a terminal it is the first line of standard input.\n" +
			"--profession takes no list: any word of letters, digits and . _ : - will do, and the minutes print it with _ as\n" +
			"a blank. Use one word for one profession: the panel goes by it to see who is at the table.",
		Example: "  panel user add a.khan --name \"Amina Khan\" --email a.khan@example.org --profession education\n" +
			"  panel user grant a.khan coordinator",
		Args: exactly(1, aName),
		RunE: func(cmd *cobra.Command, args []string) error {
			in.SignIn = args[0]
			return p.serving(cmd, func(ctx context.Context, s *panel.Service) (err error) {
				if !without {
					if in.Password, err = p.askPassword(); err != nil {
						return err
					}
				}
				person, err := s.SavePerson(ctx, in)
				if panel.KindOf(err) == panel.Conflict {
					return &answerError{fmt.Errorf("somebody signs in as %s already", strings.ToLower(args[0]))}
				}
				if err != nil {
					return err
				}
				return p.say(fmt.Sprintf("Added %s. There is no role yet: panel user grant %s ROLE gives one.", person.SignIn, person.SignIn))
			})
		},
	}
	cmd.Flags().StringVar(&in.Name, "name", "", "the `NAME` that others see")
	cmd.Flags().StringVar(&in.Email, "email", "", "an `ADDRESS`")
	cmd.Flags().StringVar(&in.Profession, "profession", "", "what they bring to the panel, for the minutes: a `WORD` of your own, such as education, health or social_care")
	cmd.Flags().BoolVar(&without, "no-password", false, "add nobody's password: panel user password sets one")
	_ = cmd.MarkFlagRequired("name") // fails only for a flag that is not there
	return cmd
}

// askPassword reads a password from a terminal, without showing it, or from the first line
// of standard input. There is no flag for it: others can read a command's arguments.
func (p *program) askPassword() (string, error) {
	f, ok := p.stdin.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(p.stdin, 1024)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", &answerError{err}
		}
		if line = strings.TrimRight(line, "\r\n"); line == "" {
			return "", &answerError{errors.New("want a password on the first line of standard input")}
		}
		return line, nil
	}
	var typed [2]string
	for i, question := range []string{"Password: ", "And again: "} {
		_, _ = io.WriteString(p.stderr, question) // if it does not show, neither will what follows
		secret, err := term.ReadPassword(int(f.Fd()))
		_, _ = io.WriteString(p.stderr, "\n")
		if err != nil {
			return "", &refusal{status: failed, err: err}
		}
		typed[i] = string(secret)
	}
	if typed[0] != typed[1] {
		return "", &answerError{errors.New("the two are not the same")}
	}
	return typed[0], nil
}

func (p *program) userList() *cobra.Command {
	var role string
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List everybody, with their roles",
		Example: "  panel user list\n  panel user list --role chair",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.serving(cmd, func(ctx context.Context, s *panel.Service) error {
				people, err := s.Persons(ctx, panel.PersonFilter{Role: panel.Role(role)})
				if err != nil {
					return err
				}
				if len(people) == 0 {
					return p.say("There is nobody: panel user add adds somebody.")
				}
				return p.screen(func(out *screen.Screen) {
					var rows []screen.Row
					for _, one := range people {
						state := ""
						if one.Disabled {
							state = "disabled"
						}
						rows = append(rows, cells(one.SignIn, one.Name, grantsOf(one.Grants), state))
					}
					out.Table(0, []screen.Column{{Head: "signs in as"}, {Head: "name", Width: 24}, {Head: "roles", Wide: true}, {Head: ""}}, rows)
				})
			})
		},
	}
	cmd.Flags().StringVar(&role, "role", "", "only those who have this `ROLE`, on any day")
	return cmd
}

// cells is a row of plain text.
func cells(texts ...string) (r screen.Row) {
	for _, text := range texts {
		r.Cells = append(r.Cells, screen.Text(text))
	}
	return r
}

func grantsOf(grants []panel.Grant) string {
	words := make([]string, len(grants))
	for i, g := range grants {
		words[i] = string(g.Role)
		if g.Organisation != "" {
			words[i] += " of " + string(g.Organisation)
		}
		if g.From != 0 {
			words[i] += " from " + g.From.String()
		}
		if g.To != 0 {
			words[i] += " to " + g.To.String()
		}
	}
	return cmp.Or(strings.Join(words, ", "), "none")
}

// named finds somebody by the name to sign in with.
func named(ctx context.Context, s *panel.Service, name string) (panel.Person, error) {
	people, err := s.Persons(ctx, panel.PersonFilter{SignIn: strings.ToLower(name)})
	if err != nil {
		return panel.Person{}, err
	}
	if len(people) != 1 {
		return panel.Person{}, &answerError{errors.New("nobody signs in by that name: panel user list lists the names")}
	}
	return people[0], nil
}

// granting are the flags of panel user grant and revoke.
type granting struct{ organisation, from, to string }

func (p *program) userGrant() *cobra.Command {
	var g granting
	cmd := &cobra.Command{
		Use:   "grant NAME ROLE",
		Short: "Give somebody a role",
		Long:  "grant gives a role: " + inWords(panel.Roles()) + ".\nThe roles school and provider are for an organisation. It counts from the person's next request on.",
		Example: "  panel user grant a.khan chair\n" +
			"  panel user grant j.doe school --organisation 117546 --to 2027-07-16",
		Args: exactly(2, "the NAME and the ROLE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			from, err := dayFlag("from", g.from)
			if err != nil {
				return err
			}
			to, err := dayFlag("to", g.to)
			if err != nil {
				return err
			}
			return p.serving(cmd, func(ctx context.Context, s *panel.Service) error {
				return p.grant(ctx, s, args, g.organisation, from, to)
			})
		},
	}
	cmd.Flags().StringVar(&g.organisation, "organisation", "", "of the roles school and provider: a `URN`, or an id")
	cmd.Flags().StringVar(&g.from, "from", "", "the first `DAY` (default at once)")
	cmd.Flags().StringVar(&g.to, "to", "", "the last `DAY` (default until it is taken away)")
	return cmd
}

func (p *program) grant(ctx context.Context, s *panel.Service, args []string, organisation string, from, to calendar.Date) error {
	person, err := named(ctx, s, args[0])
	if err != nil {
		return err
	}
	id, err := organisationBy(ctx, s, organisation)
	if err != nil {
		return err
	}
	person, err = s.Grant(ctx, person.ID, person.Version, panel.Grant{Role: panel.Role(args[1]), Organisation: id, From: from, To: to})
	if err != nil {
		return err
	}
	return p.say(fmt.Sprintf("%s has the roles: %s.", person.SignIn, grantsOf(person.Grants)))
}

// inWords lists roles.
func inWords(roles []panel.Role) string {
	words := make([]string, len(roles))
	for i, role := range roles {
		words[i] = string(role)
	}
	return strings.Join(words, ", ")
}

// organisationBy finds an organisation by its URN or its id.
func organisationBy(ctx context.Context, s *panel.Service, name string) (panel.OrganisationID, error) {
	if name == "" {
		return "", nil
	}
	list, err := s.Organisations(ctx, panel.OrganisationFilter{URN: name})
	if err != nil {
		return "", err
	}
	if len(list) > 0 {
		return list[0].ID, nil
	}
	return panel.OrganisationID(name), nil
}

func (p *program) userRevoke() *cobra.Command {
	var organisation string
	cmd := &cobra.Command{
		Use:     "revoke NAME ROLE",
		Short:   "Take a role away from somebody",
		Example: "  panel user revoke a.khan chair",
		Args:    exactly(2, "the NAME and the ROLE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.serving(cmd, func(ctx context.Context, s *panel.Service) error {
				person, err := named(ctx, s, args[0])
				if err != nil {
					return err
				}
				id, err := organisationBy(ctx, s, organisation)
				if err != nil {
					return err
				}
				if person, err = s.TakeAway(ctx, person.ID, person.Version, panel.Role(args[1]), id); err != nil {
					return err
				}
				return p.say(fmt.Sprintf("%s has the roles: %s.", person.SignIn, grantsOf(person.Grants)))
			})
		},
	}
	cmd.Flags().StringVar(&organisation, "organisation", "", "of the roles school and provider: a `URN`, or an id")
	return cmd
}

// userAble is panel user disable, or enable.
func (p *program) userAble(verb string) *cobra.Command {
	short, said := "Shut somebody out, and their tokens for good", "is shut out, and so are the tokens"
	change := (*panel.Service).Disable
	if verb == "enable" {
		short, said, change = "Let somebody in again", "may sign in again; the tokens stay ended", (*panel.Service).Enable
	}
	return &cobra.Command{
		Use:     verb + " NAME",
		Short:   short,
		Example: "  panel user " + verb + " a.khan",
		Args:    exactly(1, aName),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.serving(cmd, func(ctx context.Context, s *panel.Service) error {
				person, err := named(ctx, s, args[0])
				if err != nil {
					return err
				}
				if _, err := change(s, ctx, person.ID, person.Version); err != nil {
					return err
				}
				return p.say(person.SignIn + " " + said + ".")
			})
		},
	}
}

func (p *program) userPassword() *cobra.Command {
	return &cobra.Command{
		Use:     "password NAME",
		Short:   "Set somebody's password",
		Long:    "password asks twice at a terminal, and what is typed does not show; without a terminal it reads the first line of\nstandard input.",
		Example: "  panel user password a.khan",
		Args:    exactly(1, aName),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.serving(cmd, func(ctx context.Context, s *panel.Service) error {
				person, err := named(ctx, s, args[0])
				if err != nil {
					return err
				}
				secret, err := p.askPassword()
				if err != nil {
					return err
				}
				if _, err := s.SavePerson(ctx, panel.PersonInput{
					ID: person.ID, Version: person.Version, SignIn: person.SignIn, Name: person.Name, Email: person.Email,
					Profession: person.Profession, Password: secret,
				}); err != nil {
					return err
				}
				return p.say("The password of " + person.SignIn + " is set.")
			})
		},
	}
}
