package panel_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/panel"
)

const passphrase = "three herons over the mere"

func TestPeople_everyFaultIsToldAtOnce(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		_, err := o.SavePerson(o.admin, panel.PersonInput{
			ID: "operator", SignIn: "A b", Name: "", Email: "nowhere", Profession: "a b", Password: "password1",
		})
		faultsAre(t, "person", err, "/id", "/sign_in", "/name", "/email", "/profession", "/password", "/password")
		p := made(o.SavePerson(o.admin, panel.PersonInput{SignIn: "Amina", Name: "Amina Khan"}))(t)
		if p.SignIn != "amina" || p.ID == "" || p.Version != 1 {
			t.Errorf("saved as %+v", p)
		}
		_, err = o.SavePerson(o.admin, panel.PersonInput{SignIn: "amina", Name: "Amina Bell"})
		refused(t, "a name to sign in with that another has", err, panel.Conflict)
		for what, test := range map[string]struct {
			grant panel.Grant
			want  []string
		}{
			"no role":              {panel.Grant{Role: "king"}, []string{"/role"}},
			"staff of nobody":      {panel.Grant{Role: panel.RoleSchool}, []string{"/organisation"}},
			"a chair of a school":  {panel.Grant{Role: panel.RoleChair, Organisation: home}, []string{"/organisation"}},
			"a school as provider": {panel.Grant{Role: panel.RoleProvider, Organisation: home}, []string{"/organisation"}},
			"the other way round":  {panel.Grant{Role: panel.RoleChair, From: o.day, To: o.day - 1}, []string{"/to"}},
		} {
			_, err := o.Grant(o.admin, p.ID, p.Version, test.grant)
			faultsAre(t, what, err, test.want...)
		}
		p = made(o.Grant(o.admin, p.ID, p.Version, panel.Grant{Role: panel.RoleChair, From: o.day, To: o.day + 10}))(t)
		_, err = o.Grant(o.admin, p.ID, p.Version, panel.Grant{Role: panel.RoleChair, From: o.day + 10})
		faultsAre(t, "a role twice on one day", err, "/role")
		p = made(o.Grant(o.admin, p.ID, p.Version, panel.Grant{Role: panel.RoleChair, From: o.day + 11}))(t)
		_, err = o.TakeAway(o.admin, p.ID, p.Version, panel.RoleMember, "")
		faultsAre(t, "a role that is not there", err, "/role")
		_, err = o.TakeAway(o.admin, p.ID, 1, panel.RoleChair, "")
		refused(t, "an old version", err, panel.Stale)
		if p = made(o.TakeAway(o.admin, p.ID, p.Version, panel.RoleChair, ""))(t); len(p.Grants) != 0 {
			t.Errorf("still has %v", p.Grants)
		}
	})
}

func TestPeople_aGrantCountsOnItsDays(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		locum := o.as("locum", panel.Grant{Role: panel.RoleSchool, Organisation: home, From: o.day + 1, To: o.day + 2},
			panel.Grant{Role: panel.RoleProvider, Organisation: farm})
		roles := func() []panel.Role { return made(o.Me(locum))(t).Roles }
		start := o.now
		for days, want := range [][]panel.Role{
			{panel.RoleProvider}, {panel.RoleSchool, panel.RoleProvider}, {panel.RoleSchool, panel.RoleProvider}, {panel.RoleProvider},
		} {
			o.now = start.AddDate(0, 0, days)
			if diff := cmp.Diff(want, roles()); diff != "" {
				t.Errorf("after %d days (-want +got)\n%s", days, diff)
			}
		}
		o.now = start.AddDate(0, 0, 1)
		me := made(o.Me(locum))(t)
		if diff := cmp.Diff([]panel.OrganisationID{home}, me.Schools); diff != "" {
			t.Errorf("schools (-want +got)\n%s", diff)
		}
		if diff := cmp.Diff([]panel.OrganisationID{farm}, me.Provisions); diff != "" {
			t.Errorf("provisions (-want +got)\n%s", diff)
		}
	})
}

func TestPeople_administratorsGiveThemselvesNothing(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		keeper := made(o.Person(o.admin, "keeper"))(t)
		_, err := o.Grant(o.admin, keeper.ID, keeper.Version, panel.Grant{Role: panel.RoleCoordinator})
		refused(t, "a role for oneself", err, panel.Forbidden)
		p := o.placed(mornings, "full", answer("pupil.surname", "Kestrel"))
		for what, try := range map[string]func() error{
			"a placement":    func() error { _, err := o.Placement(o.admin, p.ID); return err },
			"placements":     func() error { _, err := o.Placements(o.admin, panel.PlacementFilter{}); return err },
			"a snapshot":     func() error { _, err := o.ExportSnapshot(o.admin, 0); return err },
			"a change":       func() error { _, err := o.Changes(o.admin, panel.ChangeFilter{}); return err },
			"the journal":    func() error { _, err := o.JournalEntries(o.admin, panel.JournalFilter{}); return err },
			"an erasure":     func() error { _, err := o.Erase(o.admin, p.Pupil, "request"); return err },
			"a legal hold":   func() error { _, err := o.Hold(o.admin, panel.HoldInput{Pupil: p.Pupil}); return err },
			"the timescales": func() error { _, err := o.Timescales(o.admin, o.day, o.day); return err },
		} {
			refused(t, "an administrator reads "+what, try(), panel.Forbidden)
		}
		for what, try := range map[string]func() error{
			"people": func() error { _, err := o.Persons(o.chief, panel.PersonFilter{}); return err },
			"a person": func() error {
				_, err := o.SavePerson(o.chief, panel.PersonInput{SignIn: "mine", Name: "Mine"})
				return err
			},
			"a role": func() error {
				_, err := o.Grant(o.chief, keeper.ID, keeper.Version, panel.Grant{Role: panel.RoleChair})
				return err
			},
			"a token": func() error {
				_, _, err := o.IssueToken(o.chief, keeper.ID, "mine", []panel.Role{panel.RoleAdmin}, o.now.Add(time.Hour))
				return err
			},
		} {
			refused(t, "an officer makes "+what, try(), panel.Forbidden)
		}
	})
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		p := made(o.SavePerson(o.admin, panel.PersonInput{SignIn: "amina", Name: "Amina Khan", Password: passphrase}))(t)
		if p.Password != "" {
			t.Error("the password is told")
		}
		in := made(o.SignIn(t.Context(), "AMINA", passphrase))(t)
		if in.ID != p.ID || in.Password != "" {
			t.Errorf("signed in as %+v", in)
		}
		if line := o.last(); line.Verb != "sign_in" || line.Outcome != "done" || line.Actor != string(p.ID) {
			t.Errorf("the journal has %+v", line)
		}
		before := len(o.journal())
		wrong := []struct{ name, password string }{
			{"amina", passphrase + "!"}, {"amina", ""}, {"nobody", passphrase}, {"", ""}, {"amina", strings.Repeat("x", 5000)},
			{"chief", ""}, {"amina' OR 1=1 --", passphrase},
		}
		var words []string
		for _, w := range wrong {
			_, err := o.SignIn(t.Context(), w.name, w.password)
			refused(t, "a wrong password", err, panel.Unauthenticated)
			words = append(words, err.Error())
		}
		if slices.Sort(words); len(slices.Compact(words)) != 1 {
			t.Errorf("the answers tell what was wrong: %q", words)
		}
		lines := o.journal()[before:]
		if len(lines) != len(wrong) {
			t.Errorf("%d lines of the journal for %d attempts", len(lines), len(wrong))
		}
		for _, line := range lines {
			if line.Verb != "sign_in" || line.Outcome != "denied" {
				t.Errorf("the journal has %+v", line)
			}
		}
		p = made(o.Disable(o.admin, p.ID, p.Version))(t)
		_, err := o.SignIn(t.Context(), "amina", passphrase)
		refused(t, "somebody shut out", err, panel.Unauthenticated)
		made(o.Enable(o.admin, p.ID, p.Version))(t)
		made(o.SignIn(t.Context(), "amina", passphrase))(t)
	})
}

func TestSignIn_anOlderHashIsMadeAnew(t *testing.T) {
	t.Parallel()
	// argon2id of the passphrase with 8 MiB and one pass.
	const older = "$argon2id$v=19$m=8192,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$C90+wDkibMA0cA5KnvBz9zCpuU999dcA9BS7+78Ggmo"
	eachOffice(t, func(t *testing.T, o *office) {
		o.update(func(tx panel.Tx) error {
			return tx.People().Add(&panel.Person{ID: "amina", SignIn: "amina", Name: "Amina", Password: older})
		})
		stored := func() (hash string) {
			o.update(func(tx panel.Tx) error { p, err := tx.People().Get("amina"); hash = p.Password; return err })
			return hash
		}
		_, err := o.SignIn(t.Context(), "amina", passphrase+"!")
		if refused(t, "another password", err, panel.Unauthenticated); stored() != older {
			t.Error("a wrong password changes the hash")
		}
		made(o.SignIn(t.Context(), "amina", passphrase))(t)
		if !strings.HasPrefix(stored(), "$argon2id$v=19$m=19456,t=2,p=1$") {
			t.Error("the hash is the old one")
		}
		made(o.SignIn(t.Context(), "amina", passphrase))(t)
	})
}

func TestChangePassword(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		p := made(o.SavePerson(o.admin, panel.PersonInput{SignIn: "amina", Name: "Amina Khan", Password: passphrase}))(t)
		amina := panel.As(t.Context(), panel.Caller{Person: p.ID})
		faultsAre(t, "a wrong one and a weak one", o.ChangePassword(amina, "wrong", "short"), "/password", "/old")
		if err := o.ChangePassword(amina, passphrase, "a walk to the far mill"); err != nil {
			t.Fatal(err)
		}
		_, err := o.SignIn(t.Context(), "amina", passphrase)
		refused(t, "the old password", err, panel.Unauthenticated)
		made(o.SignIn(t.Context(), "amina", "a walk to the far mill"))(t)
		program := panel.As(t.Context(), panel.Caller{Person: p.ID, Roles: []panel.Role{}})
		refused(t, "a program", o.ChangePassword(program, "a walk to the far mill", passphrase), panel.Forbidden)
	})
}

func TestTokens(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		o.as("amina", panel.Grant{Role: panel.RoleCoordinator}, panel.Grant{Role: panel.RoleAdmin})
		_, _, err := o.IssueToken(o.admin, "nobody", "", []panel.Role{panel.RoleChair}, o.now)
		faultsAre(t, "token", err, "/person", "/name", "/roles/0", "/expires")
		token, secret, err := o.IssueToken(o.admin, "amina", "nightly export", []panel.Role{panel.RoleCoordinator}, o.now.Add(time.Hour))
		if err != nil || token.Hash != "" || secret == "" {
			t.Fatalf("token %+v, error %v", token, err)
		}
		caller := made(o.TokenCaller(t.Context(), secret))(t)
		if diff := cmp.Diff(panel.Caller{Person: "amina", Roles: []panel.Role{panel.RoleCoordinator}}, caller); diff != "" {
			t.Errorf("caller (-want +got)\n%s", diff)
		}
		program := panel.As(t.Context(), caller)
		made(o.ExportSnapshot(program, 0))(t)
		_, err = o.Persons(program, panel.PersonFilter{})
		refused(t, "more than the token's roles", err, panel.Forbidden)
		_, err = o.TokenCaller(t.Context(), secret+"x")
		refused(t, "another secret", err, panel.Unauthenticated)
		o.now = o.now.Add(time.Hour)
		_, err = o.TokenCaller(t.Context(), secret)
		refused(t, "a token that has expired", err, panel.Unauthenticated)
		if line := o.last(); line.Subject != string(token.ID) || line.Outcome != "denied" {
			t.Errorf("the journal has %+v", line)
		}
		_, second, _ := o.IssueToken(o.admin, "amina", "second", []panel.Role{panel.RoleAdmin}, o.now.Add(time.Hour))
		caller = made(o.TokenCaller(t.Context(), second))(t)
		_, err = o.SavePerson(panel.As(t.Context(), caller), panel.PersonInput{SignIn: "mine", Name: "Mine"})
		refused(t, "a token that makes users", err, panel.Forbidden)
		tokens := made(o.Tokens(o.admin, "amina"))(t)
		if len(tokens) != 2 || tokens[0].Hash != "" || tokens[0].LastUsed.IsZero() && tokens[1].LastUsed.IsZero() {
			t.Errorf("tokens: %+v", tokens)
		}
		for _, token := range tokens {
			if token.Name == "second" {
				if err := o.RevokeToken(o.admin, token.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
		_, err = o.TokenCaller(t.Context(), second)
		refused(t, "a token that was taken back", err, panel.Unauthenticated)
		refused(t, "a token that is not there", o.RevokeToken(o.admin, "none"), panel.NotFound)

		_, third, _ := o.IssueToken(o.admin, "amina", "third", []panel.Role{panel.RoleAdmin}, o.now.Add(time.Hour))
		p := made(o.Person(o.admin, "amina"))(t)
		p = made(o.Disable(o.admin, p.ID, p.Version))(t)
		made(o.Enable(o.admin, p.ID, p.Version))(t)
		_, err = o.TokenCaller(t.Context(), third)
		refused(t, "a token of somebody who was shut out", err, panel.Unauthenticated)
	})
}

func TestLG1_noSecretIsToldOrInTheJournal(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		made(o.SavePerson(o.admin, panel.PersonInput{ID: "amina", SignIn: "amina", Name: "Amina Canary", Email: "canary@example.org", Password: passphrase}))(t)
		o.SignIn(t.Context(), "canary-name", "canary-password") //nolint:errcheck // what it leaves behind is asked next
		_, secret, _ := o.IssueToken(o.admin, "amina", "none", nil, o.now)
		text, err := json.Marshal([]any{
			made(o.Persons(o.admin, panel.PersonFilter{}))(t), made(o.Tokens(o.admin, ""))(t), o.journal(),
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, canary := range []string{passphrase, "argon2", "sha256:", "canary-name", "canary-password", secret + "\x00"} {
			if strings.Contains(string(text), canary) {
				t.Errorf("%q is told", canary)
			}
		}
		for _, line := range o.journal() {
			text, _ := json.Marshal(line)
			if strings.Contains(string(text), "Canary") || strings.Contains(string(text), "example.org") {
				t.Errorf("the journal has a name: %s", text)
			}
		}
	})
}
