package panel

import (
	"context"
	"slices"
	"time"
	_ "time/tzdata" // Europe/London, on any machine

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/audit"
)

// A Service has the verbs. It holds no state between them, and any number of
// goroutines, and of servers on one database, may use it at once.
type Service struct {
	store Store
	newID func() string
}

// Options are what a service may be told. The zero value is right for a server.
type Options struct {
	NewID func() string // for demonstrations and tests that repeat; nil: [NewID]
}

// New returns a service on a store.
func New(store Store, o Options) *Service {
	if o.NewID == nil {
		o.NewID = NewID
	}
	return &Service{store: store, newID: o.NewID}
}

// A Caller is who asks, in which request, and what for.
type Caller struct {
	Person  PersonID
	Roles   []Role // of a token: at most these; nil: all that the person has
	Request string
	Purpose string // a code: panel, audit, safeguarding, …
}

type callerKey struct{}

// As returns a context in which the caller asks.
func As(ctx context.Context, c Caller) context.Context { return context.WithValue(ctx, callerKey{}, c) }

// CallerOf is who asks in a context.
func CallerOf(ctx context.Context) (Caller, bool) {
	c, ok := ctx.Value(callerKey{}).(Caller)
	return c, ok
}

// Day is the civil day in Europe/London at a moment.
func Day(t time.Time) calendar.Date {
	y, m, d := t.In(london).Date()
	return calendar.NewDate(y, m, d)
}

var london = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err) // the zone is in the binary
	}
	return l
}()

// work is one verb under way: a transaction, who asks, and what the journal will say.
type work struct {
	Tx
	s       *Service
	caller  Caller
	person  Person
	grants  []Grant // in force, and within what the token allows
	day     calendar.Date
	verb    Verb
	noun    Noun
	entries []audit.Entry
}

// begin finds out who asks. Whoever is unknown, disabled or without a role is nobody.
func (s *Service) begin(ctx context.Context, tx Tx, noun Noun, verb Verb) (*work, error) {
	caller, ok := CallerOf(ctx)
	if !ok || caller.Person == "" {
		return nil, Errorf(Unauthenticated, "nobody is signed in")
	}
	person, err := who(tx, caller.Person)
	if err != nil {
		return nil, err
	}
	w := &work{Tx: tx, s: s, caller: caller, person: person, day: Day(tx.Now()), noun: noun, verb: verb}
	for _, g := range person.Grants {
		inForce := (g.From == 0 || g.From <= w.day) && (g.To == 0 || w.day <= g.To)
		if inForce && (caller.Roles == nil || slices.Contains(caller.Roles, g.Role)) {
			w.grants = append(w.grants, g)
		}
	}
	return w, nil
}

// Operator is whoever runs the panel's own command on the machine of the database. No
// request from outside acts as the operator: only a program that sets it in [As].
const Operator PersonID = "operator"

// who is the person of an id, if that person may sign in.
func who(tx Tx, id PersonID) (Person, error) {
	if id == Operator {
		return Person{ID: Operator, Grants: []Grant{{Role: RoleCoordinator}, {Role: RoleAuditor}, {Role: RoleAdmin}}}, nil
	}
	person, err := tx.People().Get(id)
	if KindOf(err) == NotFound || err == nil && person.Disabled {
		return Person{}, Errorf(Unauthenticated, "nobody is signed in")
	}
	return person, err
}

// do runs a verb in a transaction that writes. What it noted goes into the journal with
// it; a refusal for want of rights is noted by itself.
func do[T any](ctx context.Context, s *Service, noun Noun, verb Verb, fn func(*work) (T, error)) (T, error) {
	var out, none T
	var denied *work
	err := s.store.Update(ctx, func(tx Tx) error {
		w, err := s.begin(ctx, tx, noun, verb)
		if err != nil {
			return err
		}
		if out, err = fn(w); err != nil {
			denied = w
			return err
		}
		return w.journal()
	})
	if err != nil {
		return none, s.refused(ctx, denied, err)
	}
	return out, nil
}

// read runs a verb that only looks, on one state of the database, and returns what it
// found once the journal has it.
func read[T any](ctx context.Context, s *Service, noun Noun, verb Verb, fn func(*work) (T, error)) (T, error) {
	var out, none T
	var looked *work
	err := s.store.View(ctx, func(tx Tx) error {
		w, err := s.begin(ctx, tx, noun, verb)
		if err != nil {
			return err
		}
		looked = w
		out, err = fn(w)
		return err
	})
	if err != nil {
		return none, s.refused(ctx, looked, err)
	}
	if len(looked.entries) == 0 {
		return out, nil // nothing of a child's
	}
	if err := s.store.Update(ctx, func(tx Tx) error { return appendAll(tx, looked.entries) }); err != nil {
		return none, err
	}
	return out, nil
}

// refused notes that somebody was refused, and returns why.
func (s *Service) refused(ctx context.Context, w *work, why error) error {
	if kind := KindOf(why); w == nil || kind != Forbidden && kind != NotFound {
		return why
	}
	entry := w.entry(w.verb, w.noun, "")
	entry.Outcome = "denied"
	if err := s.store.Update(ctx, func(tx Tx) error { return tx.Journal().Append(entry) }); err != nil {
		return err
	}
	return why
}

func appendAll(tx Tx, entries []audit.Entry) error {
	for _, e := range entries {
		if err := tx.Journal().Append(e); err != nil {
			return err
		}
	}
	return nil
}

func (w *work) journal() error { return appendAll(w.Tx, w.entries) }

// entry is a line of the journal that says who does what to which.
func (w *work) entry(verb Verb, noun Noun, subject string) audit.Entry {
	return audit.Entry{
		Actor: string(w.person.ID), Verb: string(verb), Noun: string(noun), Subject: subject,
		Request: w.caller.Request, Purpose: w.caller.Purpose, Outcome: "done",
	}
}

// note adds a line to the journal: whose records, and in pairs of code and value what else counts.
func (w *work) note(verb Verb, noun Noun, subject string, pupils []Pseudonym, detail ...audit.Pair) {
	e := w.entry(verb, noun, subject)
	for _, p := range pupils {
		e.Pupils = append(e.Pupils, string(p))
	}
	slices.Sort(e.Pupils)
	e.Pupils = slices.Compact(e.Pupils)
	e.Count = len(e.Pupils)
	slices.SortFunc(detail, func(a, b audit.Pair) int {
		if a.Key < b.Key {
			return -1
		}
		return 1
	})
	e.Detail = detail
	w.entries = append(w.entries, e)
}

// id is a fresh identifier.
func (w *work) id() string { return w.s.newID() }

// roles are those of the grants in force.
func (w *work) roles() []Role {
	var roles []Role
	for _, g := range w.grants {
		if !slices.Contains(roles, g.Role) {
			roles = append(roles, g.Role)
		}
	}
	return roles
}

// has tells whether the caller acts for the organisation in the role.
func (w *work) has(role Role, organisation OrganisationID) bool {
	return organisation != "" && slices.ContainsFunc(w.grants, func(g Grant) bool {
		return g.Role == role && g.Organisation == organisation
	})
}

// as is the first of the roles that the caller has, for the record of who decided.
func (w *work) as(roles ...Role) Role {
	for _, role := range roles {
		if slices.ContainsFunc(w.grants, func(g Grant) bool { return g.Role == role }) {
			return role
		}
	}
	return ""
}
