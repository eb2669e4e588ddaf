package panel

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/audit"
)

// A Finding is something stored that should not be so.
type Finding struct {
	Invariant string // places, mix, decisions, journal, ranking, override, states, records, documents, minutes, stuck
	Noun      Noun
	ID        string
	Detail    string // codes, numbers and ids
}

// A Health is what [Service.Fsck] found, and how much it looked at.
type Health struct {
	Findings   []Finding
	Decisions  int
	Placements int
	Rankings   int
	Journal    uint64
}

// Fsck checks what has to hold of what is stored: that no group is over-filled and nobody
// together who must be apart, from today on, but for what was waived; that each referral
// has one line of decisions and is in the state that the last one gave it; that placements
// are those that were decided, but for moves and extensions, and stand where their
// referrals say so; that each decision and each departure is explained, and has one line in
// the journal, and none is gone from it but with a pupil who was erased; that records,
// waivers, documents and minutes are whole; and that every ranking still recomputes, byte
// for byte, where the engine is of the version that made it. A check that cannot go on is a
// finding ("stuck"), and the others are made.
// The chain of the journal itself is for package audit. It reads one state of the
// database and changes nothing.
func (s *Service) Fsck(ctx context.Context) (Health, error) {
	x := &fscking{}
	err := s.store.View(ctx, func(tx Tx) error {
		w, err := s.begin(ctx, tx, NounDatabase, VerbVerify)
		if err != nil {
			return err
		}
		if err := w.may(about{}); err != nil {
			return err
		}
		*x = fscking{work: w, told: map[string]int{}, pupils: map[string][]string{}, erased: map[string]bool{}, until: map[string]calendar.Date{}}
		for _, check := range x.checks() {
			err := check.run()
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				x.found("stuck", NounDatabase, check.name, "the check could not go on: %s", why(err))
			}
		}
		return nil
	})
	return x.health, err
}

// fscking is a check under way.
type fscking struct {
	*work
	health Health
	told   map[string]int           // journal lines of each decision
	pupils map[string][]string      // whom those are about
	erased map[string]bool          // pseudonyms of pupils who were erased
	until  map[string]calendar.Date // the last day that an extension gave a placement
	lost   []string
}

// check is one of the checks, with what it is called where it is stuck.
type check struct {
	name string
	run  func() error
}

// checks are all of them. The journal comes first: others go by it.
func (x *fscking) checks() []check {
	return []check{
		{"journal", x.journal}, {"gone", x.gone}, {"decisions", x.decisions}, {"placements", x.placements}, {"stands", x.stands},
		{"records", x.records}, {"waivers", x.waivers}, {"documents", x.documents}, {"meetings", x.meetings},
		{"rules", x.rules}, {"rankings", x.rankings},
	}
}

func (x *fscking) found(invariant string, noun Noun, id, format string, args ...any) {
	x.health.Findings = append(x.health.Findings, Finding{invariant, noun, id, fmt.Sprintf(format, args...)})
}

func (x *fscking) journal() error {
	for e, err := range x.Journal().List(1) {
		if err != nil {
			return err
		}
		x.health.Journal = e.Seq
		if e.Outcome != "done" {
			continue
		}
		x.placementLine(&e)
		if Verb(e.Verb) == VerbErase && e.Noun == string(NounPupil) {
			for _, p := range e.Pupils {
				x.erased[p] = true
			}
		}
		if _, decides := outcomeOf[Verb(e.Verb)]; (decides || Verb(e.Verb) == VerbRecord) && e.Noun == string(NounDecision) {
			x.told[e.Subject]++
			x.pupils[e.Subject] = e.Pupils
		}
	}
	return nil
}

// placementLine keeps until when a line extends a placement, if it does.
func (x *fscking) placementLine(e *audit.Entry) {
	if Verb(e.Verb) != VerbExtend || e.Noun != string(NounPlacement) {
		return
	}
	for _, d := range e.Detail {
		if day, err := calendar.ParseDate(d.Value); d.Key == "to" && err == nil {
			x.until[e.Subject] = max(x.until[e.Subject], day)
		}
	}
}

var outcomeOf = func() map[Verb]Outcome {
	m := map[Verb]Outcome{}
	for outcome, verb := range verbOf {
		m[verb] = outcome
	}
	return m
}()

// decisions checks each decision by itself, and the line of them that each referral has.
func (x *fscking) decisions() error {
	last := map[ReferralID]Decision{}
	for d, err := range x.Decisions().List() {
		if err != nil {
			return err
		}
		x.health.Decisions++
		if n := x.told[string(d.ID)]; n != 1 {
			x.found("journal", NounDecision, string(d.ID), "has %d lines in the journal", n)
		}
		if before := last[d.Referral]; d.Supersedes != before.ID {
			x.found("decisions", NounDecision, string(d.ID), "does not supersede the one before it")
		}
		last[d.Referral] = d
		if err := x.explained(&d); err != nil {
			return err
		}
	}
	for r, err := range x.Referrals().List() {
		if err != nil {
			return err
		}
		if d, decided := last[r.ID]; decided && !follows(d.Outcome, r.State) {
			x.found("states", NounReferral, string(r.ID), "is %s after the decision %s", r.State, d.Outcome)
		} else if !decided && decidedState(r.State) {
			x.found("states", NounReferral, string(r.ID), "is %s without a decision", r.State)
		}
	}
	return nil
}

// explained checks reasons, roles and approvals.
func (x *fscking) explained(d *Decision) error {
	id := string(d.ID)
	if d.Departs && (d.Reason.Code == "" || checkReason("", d.Reason.Text) != nil) {
		x.found("override", NounDecision, id, "departs from the ranking and does not say why")
	}
	if d.Role != RoleChair && !d.Recorded {
		x.found("override", NounDecision, id, "was not decided by a chair")
	}
	for _, used := range d.Waivers {
		v, err := x.Waivers().Get(used.Waiver)
		if KindOf(err) == NotFound {
			x.found("override", NounDecision, id, "uses a waiver that is not there")
			continue
		}
		if err != nil {
			return err
		}
		if v.State != Used || v.Decision != d.ID {
			x.found("override", NounWaiver, string(v.ID), "is not marked as used by its decision")
		}
	}
	return nil
}

// follows tells whether a referral may be in a state after its last decision.
func follows(o Outcome, s State) bool {
	switch o {
	case Place, Extend:
		// An offer that was declined or withdrawn sends it round again.
		return slices.Contains([]State{Placed, Closed, Ready, Returned, Submitted, OnAgenda, Withdrawn}, s)
	case End:
		return slices.Contains([]State{Placed, Closed, Ready, Returned, Submitted, OnAgenda, Withdrawn}, s)
	case Wait, Defer:
		return slices.Contains([]State{Waiting, Deferred, OnAgenda, Returned, Submitted, Ready, Withdrawn}, s)
	case Decline:
		return s == Declined
	case Redirect:
		return s == Redirected
	case Outreach:
		return s == OnOutreach
	}
	return false
}

func decidedState(s State) bool {
	return slices.Contains([]State{Placed, Waiting, Deferred, Declined, Redirected, OnOutreach, Closed}, s)
}

// placements checks that each has a decision and dates that can be.
func (x *fscking) placements() error {
	for p, err := range x.Placements().List() {
		if err != nil {
			return err
		}
		x.health.Placements++
		if _, err := x.Decisions().Get(p.Decision); KindOf(err) == NotFound {
			x.found("decisions", NounPlacement, string(p.ID), "has no decision")
		} else if err != nil {
			return err
		}
		if p.live() && p.To < p.From {
			x.found("states", NounPlacement, string(p.ID), "ends before it begins")
		}
		if (p.State == Started || p.State == Ended) && p.Started == 0 && p.MovedFrom == "" {
			x.found("states", NounPlacement, string(p.ID), "has no first day")
		}
		if p.State == Ended && (p.EndReason == "" || p.Destination == "") {
			x.found("states", NounPlacement, string(p.ID), "ended without a reason and a destination")
		}
	}
	return nil
}

// rules runs every rule on whoever stands, from today on.
func (x *fscking) rules() error {
	policy, err := policyInForce(x.Tx, x.day)
	if err != nil {
		return err
	}
	b := brief{day: x.day, horizon: horizon(x.day), policy: policy}
	list, s, err := x.violations(b)
	if err != nil {
		return err
	}
	waived, err := waivedMixes(x.Tx)
	if err != nil {
		return err
	}
	for _, v := range list {
		if coveredBy(waived, v, s) {
			continue
		}
		invariant := "mix"
		if v.Limit != nil {
			invariant = "places"
		}
		x.found(invariant, NounGroup, string(v.Group), "%s is broken from %s on, among %d pupils", v.Code, v.Date, len(v.Pupils))
	}
	return nil
}

// rankings recomputes what every decision's panel saw.
func (x *fscking) rankings() error {
	for record, err := range x.Rankings().List() {
		if err != nil {
			return err
		}
		x.health.Rankings++
		kept, err := keptOf(x.Tx, record)
		if err != nil {
			x.found("ranking", NounRanking, string(record.ID), "has no evidence")
			continue
		}
		if digestOf(kept.snapshot) != record.Snapshot || digestOf(kept.answer) != record.Answer {
			x.found("ranking", NounRanking, string(record.ID), "its evidence is not what it was")
			continue
		}
		if record.Engine != matching.Version {
			continue // another engine may answer otherwise
		}
		same, err := kept.holds()
		if err != nil {
			return err
		}
		if !same {
			x.found("ranking", NounRanking, string(record.ID), "does not recompute")
		}
	}
	return nil
}

// why is what may be said of an error: its kind and detail, which hold no value.
func why(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Error()
	}
	return cmp.Or(string(KindOf(err)), "the database failed")
}
