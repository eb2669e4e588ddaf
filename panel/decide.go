package panel

import (
	"context"
	"encoding/json"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/audit"
)

// A DecisionInput is what a chair decides.
type DecisionInput struct {
	Meeting     MeetingID // empty: chair's action between meetings, for a later one to ratify
	Referral    ReferralID
	Outcome     Outcome
	Stays       []matching.Stay // of place
	Placement   PlacementID     // of extend and end
	To          calendar.Date   // of extend and end: the last day
	EndReason   EndReason       // of end
	Destination Destination     // of end
	Reason      Reason
	Waivers     []WaiverInput
	Dissent     []Dissent
	Targets     []string
	Conditions  []string
	Actions     []Action
	ReturnOn    calendar.Date
	Ranking     Digest // what the panel was looking at; empty: what it saw last
	RequestKey  string // a repeat of the request with the same key gets the same decision
}

// Decided is a decision with what it made or changed.
type Decided struct {
	Decision   Decision
	Placements []Placement
}

// Decide writes a decision. Inside the transaction, with the sites and the pupil held
// against anybody else, it runs every hard rule again on what is stored at that moment.
//
// Errors: AlreadyDecided, when somebody was quicker; RulesBroken with every reason that
// no waiver covers; NeedsApproval, when a safety waiver lacks its second approver;
// NeedsReason, when it departs from the first rank, or places nobody, without a code and
// words; PapersChanged, when papers, policy or tentative choices are not those of the ranking;
// Inquorate; Forbidden to whoever does not preside, and NotFound to whoever has an interest
// in the referral, for whom it is not there. In each case nothing is stored.
func (s *Service) Decide(ctx context.Context, in DecisionInput) (Decided, error) {
	verb, ok := verbOf[in.Outcome]
	if !ok {
		return Decided{}, &Error{Kind: Invalid, Detail: "no such outcome", Faults: []Fault{{"/outcome", "unknown", "an outcome"}}}
	}
	asked, err := requestDigest(in)
	if err != nil {
		return Decided{}, err
	}
	if err := s.seen(ctx, &in, asked, verb); err != nil {
		return Decided{}, err
	}
	return do(ctx, s, NounDecision, verb, func(w *work) (Decided, error) {
		if again, found, err := w.decidedBefore(&in, asked); found || err != nil {
			return again, w.toldAgain(&again, err)
		}
		d := &deciding{work: w, in: &in, asked: asked}
		for _, step := range []func() error{d.find, d.hold, d.find, d.preside, d.shape, d.look, d.act, d.write} {
			if err := step(); err != nil {
				return Decided{}, err
			}
		}
		return Decided{d.decision, d.placements}, nil
	})
}

var verbOf = map[Outcome]Verb{
	Place: VerbPlace, Wait: VerbWait, Defer: VerbDefer, Decline: VerbDecline, Redirect: VerbRedirect,
	Outreach: VerbOutreach, Extend: VerbExtend, End: VerbEnd,
}

// deciding is a decision under way.
type deciding struct {
	*work
	in         *DecisionInput
	asked      Digest // of the input as it came
	q          *question
	next       State // of the referral
	decision   Decision
	placements []Placement
	waivers    []Waiver
}

// decidedBefore finds the decision of an earlier request with the same key.
func (w *work) decidedBefore(in *DecisionInput, asked Digest) (again Decided, found bool, err error) {
	if in.RequestKey == "" {
		return again, false, nil
	}
	list, err := gather(w.Decisions().List(Is(ByRequestKey, w.requestKey(in))))
	if err != nil || len(list) == 0 {
		return again, false, err
	}
	again.Decision = list[0]
	if again.Decision.RequestDigest != asked {
		return again, true, Errorf(Conflict, "the key of the request was used for another one")
	}
	again.Placements, err = gather(w.Placements().List(Is(ByDecision, list[0].ID)))
	return again, true, err
}

// toldAgain checks that the caller may still read the decision, and notes that it was read.
func (w *work) toldAgain(again *Decided, err error) error {
	if err != nil {
		return err
	}
	r, err := w.Referrals().Get(again.Decision.Referral)
	if err != nil {
		return err
	}
	a := about{referral: &r, school: r.School}
	if again.Decision.Meeting != "" {
		m, err := w.Meetings().Get(again.Decision.Meeting)
		if err != nil {
			return err
		}
		a.meeting = &m
	}
	if err := w.mayDo(NounDecision, VerbRead, a); err != nil {
		return err
	}
	pupil, err := livingRecord(w.Tx, r.Pupil)
	w.note(VerbRead, NounDecision, string(again.Decision.ID), []Pseudonym{pupil.Pseudonym})
	return err
}

// requestDigest names what was asked for, whatever it is asked by.
func requestDigest(in DecisionInput) (Digest, error) {
	in.RequestKey = ""
	bytes, err := json.Marshal(in)
	return digestOf(bytes), err
}

// requestKey is the caller's own: two people may use the same key.
func (w *work) requestKey(in *DecisionInput) string { return string(w.person.ID) + ":" + in.RequestKey }

// find reads the referral and what it hangs on, and checks that the caller may decide it.
func (d *deciding) find() (err error) {
	if d.q, err = d.question(d.in.Meeting, d.in.Referral); err != nil {
		return err
	}
	if d.next, err = step(NounReferral, d.q.referral.State, d.verb); err == nil {
		return nil
	}
	if decidedState(d.q.referral.State) {
		return &Error{Kind: AlreadyDecided, Detail: "the referral is decided", State: d.q.referral.State}
	}
	return err
}

// hold takes the locks. What was found before it is read again after it.
func (d *deciding) hold() error {
	if d.in.Meeting != "" {
		if err := d.LockMeeting(d.in.Meeting); err != nil { // so that it is not closed meanwhile
			return err
		}
	}
	stays := slices.Clone(d.in.Stays)
	if d.in.Placement != "" {
		p, err := d.Placements().Get(d.in.Placement)
		if err != nil {
			return d.away(err)
		}
		stays = append(stays, matching.Stay{Group: p.Group})
	}
	return d.lock(d.q.referral.Pupil, stays)
}

// preside checks that the caller chairs, that the meeting can decide, and writes down
// who took no part.
func (d *deciding) preside() error {
	d.decision.Role = d.as(RoleChair)
	m := d.q.meeting
	if m == nil {
		if d.q.referral.State == OnAgenda {
			return Errorf(WrongState, "the referral is on an agenda: the meeting decides it")
		}
		return d.alone()
	}
	if m.State != Open {
		return &Error{Kind: WrongState, Detail: "the meeting is not open", State: m.State}
	}
	interests, err := interestsOf(d.Tx, *m, d.q.referral, d.in.Stays)
	if err != nil {
		return err
	}
	for _, i := range interests {
		if !slices.Contains(d.decision.Recused, i.Person) {
			d.decision.Recused = append(d.decision.Recused, i.Person)
		}
	}
	slices.Sort(d.decision.Recused)
	out := func(p PersonID) bool { return slices.Contains(d.decision.Recused, p) || !m.present(p) }
	me := d.person.ID
	switch {
	case slices.Contains(d.decision.Recused, me):
		return Errorf(Forbidden, "you have an interest in this referral")
	case me != m.Chair && me != m.Deputy, me == m.Deputy && !out(m.Chair):
		return Errorf(Forbidden, "the chair of the meeting decides, or the deputy where the chair takes no part")
	case !m.present(me):
		return Errorf(Forbidden, "you are not recorded as present")
	}
	voting := 0
	for _, a := range m.Attendance {
		if a.Present && !out(a.Person) {
			voting++
		}
	}
	if voting < m.Quorum {
		return Errorf(Inquorate, "%d members without an interest are present, %d are needed", voting, m.Quorum)
	}
	return nil
}

// alone checks that a chair who acts between meetings has no interest.
func (d *deciding) alone() error {
	m := Meeting{Date: d.day, Chair: d.person.ID}
	interests, err := interestsOf(d.Tx, m, d.q.referral, d.in.Stays)
	if err != nil {
		return err
	}
	if len(interests) > 0 {
		return Errorf(Forbidden, "you have an interest in this referral")
	}
	return nil
}

// look settles which ranking the panel was looking at, and where the choice stands in it.
func (d *deciding) look() error {
	if d.in.Outcome == Extend || d.in.Outcome == End {
		return nil
	}
	kept, err := d.ranking()
	if err != nil {
		return err
	}
	fresh, err := d.current(&kept.record, d.q)
	if err != nil {
		return err
	}
	if !fresh {
		return Errorf(PapersChanged, "the papers, the policy or the tentative choices have changed since the ranking was made")
	}
	d.decision.Ranking = kept.record.ID
	var options int
	if d.decision.Rank, options, err = kept.place(d.in.Stays); err != nil {
		return err
	}
	// To place nobody departs from a ranking that has somewhere to place.
	d.decision.Departs = d.decision.Rank != 1 && (d.in.Outcome == Place || options > 0)
	return nil
}

// ranking is the one that was looked at.
func (d *deciding) ranking() (keptRanking, error) {
	record, err := d.Rankings().Get(d.in.Ranking)
	if err != nil {
		return keptRanking{}, d.away(err)
	}
	if record.Referral != d.in.Referral || record.Meeting != d.in.Meeting {
		return keptRanking{}, absent(d.noun)
	}
	return keptOf(d.Tx, record)
}

// seen finds what the panel was looking at, where the input does not say: what it saw
// last of the papers as they are. If it has seen nothing, the referral is ranked now,
// before anything is locked, so that no decision is without what it was weighed against.
func (s *Service) seen(ctx context.Context, in *DecisionInput, asked Digest, verb Verb) error {
	if in.Ranking != "" || in.Outcome == Extend || in.Outcome == End {
		return nil
	}
	again, err := read(ctx, s, NounDecision, verb, func(w *work) (again bool, err error) {
		if _, again, err = w.decidedBefore(in, asked); again || err != nil {
			return again, err
		}
		q, err := w.question(in.Meeting, in.Referral)
		if err != nil {
			return false, err
		}
		records, err := gather(w.Rankings().List(Is(ByReferral, in.Referral)))
		for _, record := range slices.Backward(records) {
			if record.Meeting != in.Meeting {
				continue
			}
			fresh, err := w.current(&record, q)
			if err != nil {
				return false, err
			}
			if fresh {
				in.Ranking = record.ID
				break
			}
		}
		return false, err
	})
	if err != nil || again || in.Ranking != "" {
		return err
	}
	ranked, err := s.Rank(ctx, in.Meeting, in.Referral)
	in.Ranking = ranked.Record.ID
	return err
}

// write stores the decision and all that follows from it.
func (d *deciding) write() error {
	in, r := d.in, d.q.referral
	before, err := gather(d.Decisions().List(Is(ByReferral, r.ID)))
	if err != nil {
		return err
	}
	made := &d.decision
	if n := len(before); n > 0 {
		made.Supersedes = before[n-1].ID
	}
	made.Meeting, made.Referral, made.Pupil, made.Placement = in.Meeting, r.ID, r.Pupil, in.Placement
	made.Outcome, made.Stays, made.Reason, made.Actions = in.Outcome, slices.Clone(in.Stays), in.Reason, in.Actions
	made.Dissent, made.Targets, made.Conditions, made.ReturnOn = in.Dissent, in.Targets, in.Conditions, in.ReturnOn
	made.By, made.At, made.Day, made.Policy, made.Engine = d.person.ID, d.Now(), d.day, d.q.policy.ID, matching.Version
	made.Papers = d.q.papers
	if made.Sealed, err = d.sealPapers(); err != nil {
		return err
	}
	if in.RequestKey != "" {
		made.RequestKey, made.RequestDigest = d.requestKey(in), d.asked
	}
	if err := keepPolicy(d.Tx, d.q.policy); err != nil {
		return err
	}
	if err := d.Decisions().Add(made); err != nil {
		return alreadyDecided(err)
	}
	if err := d.settle(); err != nil {
		return err
	}
	r.State, r.ReviewOn = d.next, in.ReturnOn
	if err := d.Referrals().Put(&r); err != nil {
		return alreadyDecided(err)
	}
	d.tell()
	return d.forget(tentativeID(in.Meeting, r.ID))
}

// settle stores placements and waivers.
func (d *deciding) settle() error {
	for i := range d.placements {
		p := &d.placements[i]
		p.Decision = d.decision.ID
		var err error
		if d.in.Outcome == Place {
			err = d.Placements().Add(p)
		} else {
			err = d.Placements().Put(p)
		}
		if err != nil {
			return err
		}
	}
	for i := range d.waivers {
		v := &d.waivers[i]
		v.Decision, v.State = d.decision.ID, Used
		if v.Version == 0 {
			if err := d.Waivers().Add(v); err != nil {
				return err
			}
		} else if err := d.Waivers().Put(v); err != nil {
			return err
		}
	}
	return nil
}

// tell writes the journal: one line for the decision, one for each offer and waiver.
func (d *deciding) tell() {
	pupil := []Pseudonym{d.q.pupil.Pseudonym}
	detail := []audit.Pair{{Key: "outcome", Value: string(d.in.Outcome)}}
	if d.decision.Departs {
		detail = append(detail, audit.Pair{Key: "departs", Value: d.in.Reason.Code})
	}
	if d.in.Meeting == "" {
		detail = append(detail, audit.Pair{Key: "chairs_action", Value: "yes"})
	}
	d.note(d.verb, NounDecision, string(d.decision.ID), pupil, detail...)
	for _, p := range d.placements {
		if d.in.Outcome == Place {
			d.note(VerbOffer, NounPlacement, string(p.ID), pupil)
		}
	}
	for _, v := range d.waivers {
		d.note(VerbUse, NounWaiver, string(v.ID), append(slices.Clone(v.Pupils), pupil...), audit.Pair{Key: "rule", Value: string(v.Rule)})
	}
}

// alreadyDecided is what a lost race looks like: the referral changed, or its decision
// was superseded, since it was read.
func alreadyDecided(err error) error {
	if kind := KindOf(err); kind == Stale || kind == Conflict {
		return &Error{Kind: AlreadyDecided, Detail: "the referral was decided in the meantime", Err: err}
	}
	return err
}
