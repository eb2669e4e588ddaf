package panel

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/credential"
	"example.org/backontrack/panel/form"
)

// A PersonInput is what is written about a person who uses the system.
type PersonInput struct {
	ID         PersonID // may be chosen for a new one
	Version    int      // 0: a new one
	SignIn     string
	Name       string
	Email      string
	Profession string
	Password   string // in the clear; empty: as it was, or for a new one none
}

var signInName = regexp.MustCompile(`^[a-z0-9][a-z0-9._@+-]{1,99}$`)

// SavePerson adds somebody who uses the system, with no role yet, or changes the version
// given. What comes back has no password in it.
func (s *Service) SavePerson(ctx context.Context, in PersonInput) (Person, error) {
	hash := ""
	if in.Password != "" && len(in.Password) <= mostBytes {
		hash = credential.Hash(in.Password) // outside of the transaction, since it takes its time
	}
	return do(ctx, s, NounPerson, VerbEdit, func(w *work) (Person, error) {
		if err := w.inPerson(); err != nil {
			return Person{}, err
		}
		var p Person
		if err := priorVersion(w.People(), NounPerson, in.ID, in.Version, &p); err != nil {
			return Person{}, err
		}
		in.SignIn = strings.ToLower(in.SignIn)
		f := &faults{}
		f.chosenID(string(in.ID))
		f.when(PersonID(in.ID) == Operator || string(in.ID) == audit.System, "/id", "reserved", "an id that means nobody else")
		f.when(!signInName.MatchString(in.SignIn), "/sign_in", "format", "2 to 100 letters, digits, and . _ @ + - between them")
		f.says("/name", form.CheckName(in.Name))
		f.given("/email", in.Email, form.CheckEmail)
		f.given("/profession", in.Profession, form.CheckReference)
		if in.Password != "" {
			f.password("/password", in.Password, in.SignIn)
		}
		if err := f.err("the person is not complete"); err != nil {
			return Person{}, err
		}
		p.ID, p.Version, p.SignIn, p.Name, p.Email, p.Profession = in.ID, in.Version, in.SignIn, in.Name, in.Email, in.Profession
		detail := []audit.Pair{}
		if hash != "" {
			p.Password = hash
			detail = append(detail, audit.Pair{Key: "password", Value: "set"})
		}
		if err := save(w, w.People(), &p.ID, p.Version, &p); err != nil {
			return Person{}, err
		}
		w.note(VerbEdit, NounPerson, string(p.ID), nil, detail...)
		return p.shown(), nil
	})
}

// mostBytes is what a password of the greatest length takes at most.
const mostBytes = 4 * credential.MostLength

// password checks a password that somebody wants to have.
func (f *faults) password(pointer, password, name string) {
	for _, weakness := range credential.Weaknesses(password, name) {
		f.when(true, pointer, string(weakness), weakness.Expected())
	}
}

// shown is a person as others see one: without the password.
func (p Person) shown() Person {
	p.Password = ""
	return p
}

// inPerson lets nobody through who may not, nor any program: a token makes no users, no
// roles and no tokens.
func (w *work) inPerson() error {
	if w.caller.Roles != nil {
		return Errorf(Forbidden, "a token may not %s a %s", w.verb, w.noun)
	}
	return w.may(about{person: w.person.ID})
}

// ChangePassword gives whoever asks another password, if they know the one before. Every
// person may do that for themselves, whatever their roles.
func (s *Service) ChangePassword(ctx context.Context, old, fresh string) error {
	var stored Person
	if err := s.store.View(ctx, func(tx Tx) error {
		w, err := s.begin(ctx, tx, NounPerson, VerbEdit)
		if err != nil {
			return err
		}
		if w.caller.Roles != nil || w.person.ID == Operator {
			return Errorf(Forbidden, "only somebody who signed in has a password")
		}
		stored = w.person
		return nil
	}); err != nil {
		return err
	}
	f := &faults{}
	f.password("/password", fresh, stored.SignIn)
	if len(old) > mostBytes {
		old = ""
	}
	if matches, _ := credential.Verify(stored.Password, old); !matches {
		f.when(true, "/old", "wrong", "the password until now")
	}
	if err := f.err("the password cannot be changed"); err != nil {
		return err
	}
	hash := credential.Hash(fresh)
	_, err := do(ctx, s, NounPerson, VerbEdit, func(w *work) (struct{}, error) {
		p := w.person
		if p.Password != stored.Password {
			return struct{}{}, Errorf(Stale, "the password has changed meanwhile")
		}
		p.Password = hash
		w.note(VerbEdit, NounPerson, string(p.ID), nil, audit.Pair{Key: "password", Value: "set"})
		return struct{}{}, w.People().Put(&p)
	})
	return err
}

// changePerson runs a change on one person.
func (s *Service) changePerson(
	ctx context.Context, verb Verb, id PersonID, version int, change func(*work, *Person) ([]audit.Pair, error),
) (Person, error) {
	return do(ctx, s, NounPerson, verb, func(w *work) (Person, error) {
		if err := w.inPerson(); err != nil {
			return Person{}, err
		}
		p, err := w.People().Get(id)
		if err != nil {
			return Person{}, absentOr(NounPerson, err)
		}
		if p.Version != version {
			return Person{}, Errorf(Stale, "the person has changed since it was read")
		}
		detail, err := change(w, &p)
		if err != nil {
			return Person{}, err
		}
		if err := w.People().Put(&p); err != nil {
			return Person{}, err
		}
		w.note(verb, NounPerson, string(id), nil, detail...)
		return p.shown(), nil
	})
}

// Grant gives a person a role, from a day and to a day if they are given. Nobody gives
// one to themselves: whoever keeps the users gets no child's record by that.
func (s *Service) Grant(ctx context.Context, id PersonID, version int, g Grant) (Person, error) {
	return s.changePerson(ctx, VerbGrant, id, version, func(w *work, p *Person) ([]audit.Pair, error) {
		if p.ID == w.person.ID {
			return nil, Errorf(Forbidden, "nobody gives a role to themselves")
		}
		f := &faults{}
		if err := w.checkGrant(f, g, p); err != nil {
			return nil, err
		}
		if err := f.err("the grant is not complete"); err != nil {
			return nil, err
		}
		p.Grants = append(slices.Clip(p.Grants), g)
		return g.pairs("granted"), nil
	})
}

// checkGrant checks a grant by itself and against those that the person has.
func (w *work) checkGrant(f *faults, g Grant, p *Person) error {
	f.when(!slices.Contains(Roles(), g.Role), "/role", "unknown", "a role")
	f.when(g.To != 0 && g.To < g.From, "/to", "order", "a day not before the first")
	again := func(o Grant) bool { return o.Role == g.Role && o.Organisation == g.Organisation && o.overlaps(g) }
	f.when(slices.ContainsFunc(p.Grants, again), "/role", "twice", "a role that the person does not have in that time")
	staff := g.Role == RoleSchool || g.Role == RoleProvider
	if !staff {
		f.when(g.Organisation != "", "/organisation", "without", "no organisation: the role is not one of staff")
		return nil
	}
	o, err := w.Organisations().Get(g.Organisation)
	if err != nil && KindOf(err) != NotFound {
		return err
	}
	f.when(err != nil, "/organisation", "unknown", "the organisation whose staff it is")
	f.when(err == nil && g.Role == RoleProvider && o.Kind != Provision, "/organisation", "kind", "a provision")
	return nil
}

// overlaps tells whether two grants share a day.
func (g Grant) overlaps(o Grant) bool {
	ends := func(d calendar.Date) calendar.Date {
		if d == 0 {
			return 1 << 30
		}
		return d
	}
	return g.From <= ends(o.To) && o.From <= ends(g.To)
}

// pairs are a grant as the journal has it.
func (g Grant) pairs(key string) []audit.Pair {
	list := []audit.Pair{{Key: key, Value: string(g.Role)}}
	if g.Organisation != "" {
		list = append(list, audit.Pair{Key: "organisation", Value: string(g.Organisation)})
	}
	return list
}

// TakeAway takes a role from a person, for an organisation if it is one of staff. It
// counts from the person's next request on; what was has its lines in the journal.
func (s *Service) TakeAway(ctx context.Context, id PersonID, version int, role Role, organisation OrganisationID) (Person, error) {
	return s.changePerson(ctx, VerbGrant, id, version, func(_ *work, p *Person) ([]audit.Pair, error) {
		kept := slices.DeleteFunc(slices.Clone(p.Grants), func(g Grant) bool { return g.Role == role && g.Organisation == organisation })
		f := &faults{}
		f.when(len(kept) == len(p.Grants), "/role", "unknown", "a role that the person has")
		if err := f.err("there is nothing to take away"); err != nil {
			return nil, err
		}
		p.Grants = kept
		return Grant{Role: role, Organisation: organisation}.pairs("taken"), nil
	})
}

// Disable shuts a person out, and their tokens for good. What they did stays theirs.
func (s *Service) Disable(ctx context.Context, id PersonID, version int) (Person, error) {
	return s.changePerson(ctx, VerbEdit, id, version, func(w *work, p *Person) ([]audit.Pair, error) {
		p.Disabled = true
		tokens, err := gather(w.Tx.Tokens().List(Is(ByPerson, p.ID)))
		if err != nil {
			return nil, err
		}
		for _, t := range tokens {
			if t.Revoked {
				continue
			}
			t.Revoked = true
			if err := w.Tx.Tokens().Put(&t); err != nil {
				return nil, err
			}
		}
		return []audit.Pair{{Key: "disabled", Value: "yes"}}, nil
	})
}

// Enable lets a person in again who was shut out.
func (s *Service) Enable(ctx context.Context, id PersonID, version int) (Person, error) {
	return s.changePerson(ctx, VerbEdit, id, version, func(_ *work, p *Person) ([]audit.Pair, error) {
		p.Disabled = false
		return []audit.Pair{{Key: "disabled", Value: "no"}}, nil
	})
}
