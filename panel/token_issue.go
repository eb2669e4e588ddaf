package panel

import (
	"context"
	"slices"
	"strings"
	"time"

	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/credential"
)

// longestToken is how far away the end of a token may be.
const longestToken = 366 * 24 * time.Hour

// IssueToken lets a program act as a person, within some of the person's roles, until a
// time. The secret is returned once and stored nowhere.
func (s *Service) IssueToken(ctx context.Context, person PersonID, name string, roles []Role, expires time.Time) (Token, string, error) {
	secret := credential.NewSecret()
	digest, err := credential.SecretDigest(secret)
	if err != nil {
		return Token{}, "", err
	}
	t, err := do(ctx, s, NounToken, VerbGrant, func(w *work) (Token, error) {
		if err := w.inPerson(); err != nil {
			return Token{}, err
		}
		p, err := w.People().Get(person)
		if err != nil && KindOf(err) != NotFound {
			return Token{}, err
		}
		f := &faults{}
		f.when(err != nil || p.Disabled, "/person", "unknown", "a person who may sign in")
		f.line("/name", name, 1)
		f.when(len(roles) == 0, "/roles", "required", "a role of the person's or several")
		for i, role := range roles {
			has := slices.ContainsFunc(p.Grants, func(g Grant) bool { return g.Role == role })
			f.when(!has || slices.Contains(roles[:i], role), pointer("roles", i), "unknown", "a role of the person's, each once")
		}
		f.when(!expires.After(w.Now()) || expires.Sub(w.Now()) > longestToken, "/expires", "range", "a time to come, within a year")
		if err := f.err("the token is not complete"); err != nil {
			return Token{}, err
		}
		t := Token{
			ID: TokenID(w.id()), Person: person, Name: name, Hash: Digest(digest), Roles: slices.Clone(roles),
			Created: w.Now(), Expires: expires.UTC().Truncate(time.Microsecond),
		}
		w.note(VerbGrant, NounToken, string(t.ID), nil, audit.Pair{Key: "person", Value: string(person)})
		return t, w.Tx.Tokens().Add(&t)
	})
	if err != nil {
		return Token{}, "", err
	}
	return t.shown(), secret, nil
}

// shown is a token as others see it: without the digest of its secret.
func (t Token) shown() Token {
	t.Hash = ""
	return t
}

// RevokeToken ends a token at once, and for good.
func (s *Service) RevokeToken(ctx context.Context, id TokenID) error {
	_, err := do(ctx, s, NounToken, VerbRemove, func(w *work) (struct{}, error) {
		var none struct{}
		if err := w.inPerson(); err != nil {
			return none, err
		}
		t, err := w.Tx.Tokens().Get(id)
		if err != nil {
			return none, absentOr(NounToken, err)
		}
		t.Revoked = true
		w.note(VerbRemove, NounToken, string(id), nil)
		return none, w.Tx.Tokens().Put(&t)
	})
	return err
}

// Tokens lists the tokens of a person, or of everybody, without the digests of their secrets.
func (s *Service) Tokens(ctx context.Context, person PersonID) ([]Token, error) {
	return listed(ctx, s, NounToken, func(tx Tx) ([]Token, error) {
		var wheres []Where
		if person != "" {
			wheres = append(wheres, Is(ByPerson, person))
		}
		list, err := gather(tx.Tokens().List(wheres...))
		for i := range list {
			list[i] = list[i].shown()
		}
		return list, err
	})
}

// TokenCaller is who a secret lets a program act as. Whatever is wrong with the secret,
// the answer is the same: nobody is signed in.
func (s *Service) TokenCaller(ctx context.Context, secret string) (Caller, error) {
	nobody := Errorf(Unauthenticated, "nobody is signed in")
	digest, err := credential.SecretDigest(secret)
	if err != nil {
		return Caller{}, nobody
	}
	var token Token
	good, due := false, false
	if err := s.store.View(ctx, func(tx Tx) error {
		list, err := gather(tx.Tokens().List(Is(ByHash, Digest(digest))))
		if err != nil || len(list) == 0 {
			return err
		}
		token = list[0]
		person, err := tx.People().Get(token.Person)
		if err != nil {
			return err
		}
		good = !token.Revoked && !person.Disabled && tx.Now().Before(token.Expires)
		due = tx.Now().Sub(token.LastUsed) >= usedEvery
		return nil
	}); err != nil {
		return Caller{}, err
	}
	if token.ID == "" {
		return Caller{}, nobody
	}
	if !good {
		if err := s.signedIn(ctx, NounToken, string(token.ID), token.Person, audit.Denied); err != nil {
			return Caller{}, err
		}
		return Caller{}, nobody
	}
	if due {
		if err := s.used(ctx, token.ID); err != nil {
			return Caller{}, err
		}
	}
	return Caller{Person: token.Person, Roles: token.Roles}, nil
}

// usedEvery is how exactly it is known when a token was used last: not each request writes.
const usedEvery = time.Hour

func (s *Service) used(ctx context.Context, id TokenID) error {
	err := s.store.Update(ctx, func(tx Tx) error {
		t, err := tx.Tokens().Get(id)
		if err != nil {
			return err
		}
		t.LastUsed = tx.Now()
		return tx.Tokens().Put(&t)
	})
	if KindOf(err) == Stale { // another request was quicker to note it
		return nil
	}
	return err
}

// SignIn is who has a name and a password. Whatever is wrong with them, the answer is the
// same and takes as long. Both ways it is in the journal; the name that was tried is not,
// since people type passwords there.
func (s *Service) SignIn(ctx context.Context, name, password string) (Person, error) {
	var person Person
	if err := s.store.View(ctx, func(tx Tx) error {
		list, err := gather(tx.People().List(Is(ByName, strings.ToLower(name))))
		if err == nil && len(list) > 0 {
			person = list[0]
		}
		return err
	}); err != nil {
		return Person{}, err
	}
	if len(password) > mostBytes {
		password = "" // longer than any: it costs what a wrong one does
	}
	matches, rehash := credential.Verify(person.Password, password)
	outcome := audit.Done
	if !matches || person.Disabled {
		outcome = audit.Denied
	}
	if err := s.signedIn(ctx, NounPerson, string(person.ID), person.ID, outcome); err != nil {
		return Person{}, err
	}
	if outcome == audit.Denied {
		return Person{}, Errorf(Unauthenticated, "the name or the password is wrong")
	}
	if rehash {
		if err := s.rehash(ctx, person, credential.Hash(password)); err != nil {
			return Person{}, err
		}
	}
	return person.shown(), nil
}

// signedIn notes that somebody came in, or was not let in.
func (s *Service) signedIn(ctx context.Context, noun Noun, subject string, person PersonID, outcome string) error {
	caller, _ := CallerOf(ctx)
	entry := audit.Entry{
		Actor: string(person), Verb: string(VerbSignIn), Noun: string(noun), Subject: subject,
		Request: caller.Request, Outcome: outcome,
	}
	if person == "" {
		entry.Actor = audit.System
	}
	return s.store.Update(ctx, func(tx Tx) error { return tx.Journal().Append(entry) })
}

// rehash keeps a password that hashes cost more for by now.
func (s *Service) rehash(ctx context.Context, seen Person, hash string) error {
	err := s.store.Update(ctx, func(tx Tx) error {
		p, err := tx.People().Get(seen.ID)
		if err != nil || p.Password != seen.Password {
			return err
		}
		p.Password = hash
		return tx.People().Put(&p)
	})
	if KindOf(err) == Stale {
		return nil
	}
	return err
}
