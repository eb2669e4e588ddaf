package panel

import (
	"context"
	"slices"
)

// A PersonFilter narrows a list of people. The zero value narrows nothing.
type PersonFilter struct {
	SignIn       string // the name to sign in with
	Role         Role   // who has it, on any day
	Organisation OrganisationID
	After        PersonID // the last of the page before
	Limit        int      // at most so many are looked at; 0: all
}

// Persons lists people, by id, without their passwords.
func (s *Service) Persons(ctx context.Context, f PersonFilter) ([]Person, error) {
	return read(ctx, s, NounPerson, VerbList, func(w *work) ([]Person, error) {
		if err := w.may(about{}); err != nil {
			return nil, err
		}
		wheres := paged(f.After, f.Limit)
		if f.SignIn != "" {
			wheres = append(wheres, Is(ByName, f.SignIn))
		}
		list, err := gather(w.People().List(wheres...))
		if err != nil {
			return nil, err
		}
		var found []Person
		for _, p := range list {
			fits := f.Role == "" && f.Organisation == "" || slices.ContainsFunc(p.Grants, func(g Grant) bool {
				return (f.Role == "" || g.Role == f.Role) && (f.Organisation == "" || g.Organisation == f.Organisation)
			})
			if fits {
				found = append(found, p.shown())
			}
		}
		return found, nil
	})
}

// Person reads a person, without the password.
func (s *Service) Person(ctx context.Context, id PersonID) (Person, error) {
	p, err := one(ctx, s, NounPerson, id, Tx.People)
	return p.shown(), err
}

// Myself is who asks, and what that makes of them today.
type Myself struct {
	Person     Person // without the password
	Roles      []Role
	Schools    []OrganisationID
	Provisions []OrganisationID
}

// Me is who asks: with a token, as far as that goes.
func (s *Service) Me(ctx context.Context) (Myself, error) {
	return read(ctx, s, NounPerson, VerbRead, func(w *work) (Myself, error) {
		me := Myself{Person: w.person.shown(), Roles: w.roles()}
		for _, g := range w.grants {
			switch g.Role {
			case RoleSchool:
				me.Schools = append(me.Schools, g.Organisation)
			case RoleProvider:
				me.Provisions = append(me.Provisions, g.Organisation)
			default: // of no organisation
			}
		}
		return me, nil
	})
}
