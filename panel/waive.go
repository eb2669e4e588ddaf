package panel

import (
	"context"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/audit"
)

// A WaiverInput sets one rule aside: why, who owns the risk, what is done about it, and
// when it is looked at again.
type WaiverInput struct {
	Rule       matching.Code
	Text       string
	Owner      string
	Mitigation string
	ReviewBy   calendar.Date
}

// excuse checks that each reason against the choice is covered by a waiver that the policy
// allows, and that no waiver is without a reason.
func (d *deciding) excuse(reasons []matching.Reason, stays []matching.Stay) error {
	var uncovered []matching.Reason
	used := map[matching.Code]bool{}
	for _, r := range reasons {
		terms, ok := d.q.policy.waivable(r)
		asked := slices.IndexFunc(d.in.Waivers, func(v WaiverInput) bool { return v.Rule == r.Code })
		if !ok || asked < 0 {
			uncovered = append(uncovered, r)
			continue
		}
		if used[r.Code] {
			continue
		}
		used[r.Code] = true
		waiver, err := d.waiver(d.in.Waivers[asked], terms, reasons, stays)
		if err != nil {
			return err
		}
		d.waivers = append(d.waivers, waiver)
		d.decision.Waivers = append(d.decision.Waivers, Waived{Waiver: waiver.ID, Rule: waiver.Rule, Pupils: waiver.Pupils})
	}
	if uncovered != nil {
		return &Error{Kind: RulesBroken, Detail: "hard rules stand against it", Reasons: uncovered}
	}
	f := &faults{}
	for i, v := range d.in.Waivers {
		f.when(!used[v.Rule], pointer("waivers", i, "rule"), "not_needed", "a rule that stands against the choice")
	}
	return f.err("a waiver sets nothing aside")
}

// waivable tells whether the policy lets a reason be set aside. What is of class never is not.
func (p *Policy) waivable(r matching.Reason) (Waivable, bool) {
	i := slices.IndexFunc(p.Waivable, func(w Waivable) bool { return w.Rule == r.Code })
	if i < 0 || r.Class == matching.Never {
		return Waivable{}, false
	}
	return p.Waivable[i], true
}

// waiver is the one that covers a rule: made now, or for a rule of safety the one that a
// second person has approved, for these stays and these pupils.
func (d *deciding) waiver(in WaiverInput, terms Waivable, reasons []matching.Reason, stays []matching.Stay) (Waiver, error) {
	if err := terms.review(in.ReviewBy, d.day); err != nil {
		return Waiver{}, err
	}
	concerned := concernedBy(in.Rule, reasons)
	if !terms.Safety {
		return d.newWaiver(d.q, in, terms, stays, concerned), nil
	}
	for v, err := range d.Waivers().List(Is(ByReferral, d.q.referral.ID)) {
		if err != nil {
			return Waiver{}, err
		}
		if v.State == Approved && v.Rule == in.Rule && v.fits(d, stays, concerned) {
			return v, nil
		}
	}
	return Waiver{}, Errorf(NeedsApproval, "setting %s aside needs a second approver", in.Rule)
}

// fits tells whether an approved waiver is for this: the same stays before the same meeting,
// by the same papers, nobody else concerned, not yet due to be looked at again, and
// approved by somebody else than who decides.
func (v *Waiver) fits(d *deciding, stays []matching.Stay, concerned []Pseudonym) bool {
	return v.ReviewBy > d.day && v.Meeting == d.q.meetingID() && v.Papers == d.q.papers && v.Approver != d.person.ID &&
		slices.Equal(inOrder(v.Stays), inOrder(stays)) && within(concerned, v.Pupils)
}

// meetingID is the meeting's id; empty between meetings.
func (q *question) meetingID() MeetingID {
	if q.meeting == nil {
		return ""
	}
	return q.meeting.ID
}

// review checks that the waiver is looked at again soon enough.
func (t Waivable) review(by, day calendar.Date) error {
	f := &faults{}
	f.when(by <= day, "/review_by", "past", "a day to come")
	f.when(t.Days > 0 && by > day+calendar.Date(t.Days), "/review_by", "late", "a day within what the policy allows")
	return f.err("the waiver is not looked at again in time")
}

func (w *work) newWaiver(q *question, in WaiverInput, terms Waivable, stays []matching.Stay, concerned []Pseudonym) Waiver {
	v := Waiver{
		ID: WaiverID(w.id()), Referral: q.referral.ID, Pupil: q.referral.Pupil, Rule: in.Rule, Stays: slices.Clone(stays),
		Pupils: concerned, Text: in.Text, Owner: in.Owner, Mitigation: in.Mitigation, ReviewBy: in.ReviewBy,
		Safety: terms.Safety, State: Requested, By: w.person.ID, At: w.Now(), Meeting: q.meetingID(), Papers: q.papers,
	}
	return v
}

// concernedBy are the pupils whom the reasons of a rule name, in order.
func concernedBy(rule matching.Code, reasons []matching.Reason) []Pseudonym {
	var all []Pseudonym
	for _, r := range reasons {
		if r.Code == rule {
			all = append(all, r.Pupils...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func within(some, all []Pseudonym) bool {
	return !slices.ContainsFunc(some, func(p Pseudonym) bool { return !slices.Contains(all, p) })
}

// RequestWaiver asks a second person to approve that a rule of safety is set aside for
// these stays. Whom it concerns is what the rules say now: if by the time of the decision
// somebody else is concerned, it has to be asked again.
func (s *Service) RequestWaiver(ctx context.Context, meeting MeetingID, referral ReferralID, stays []matching.Stay, in WaiverInput) (Waiver, error) {
	return do(ctx, s, NounWaiver, VerbRequest, func(w *work) (Waiver, error) {
		q, err := w.question(meeting, referral)
		if err != nil {
			return Waiver{}, err
		}
		d := &deciding{work: w, q: q, in: &DecisionInput{Meeting: meeting, Referral: referral, Outcome: Place, Stays: stays, Waivers: []WaiverInput{in}}}
		if err := d.shape(); err != nil {
			return Waiver{}, err
		}
		found, err := w.verdict(q, stays)
		if err != nil {
			return Waiver{}, err
		}
		at := slices.IndexFunc(found.reasons, func(r matching.Reason) bool { return r.Code == in.Rule })
		if at < 0 {
			return Waiver{}, &Error{Kind: Invalid, Detail: "the rule does not stand against it", Faults: []Fault{{"/rule", "not_needed", "a rule that stands against the choice"}}}
		}
		terms, ok := q.policy.waivable(found.reasons[at])
		if !ok {
			return Waiver{}, &Error{Kind: RulesBroken, Detail: "the policy does not let it be set aside", Reasons: found.reasons[at : at+1]}
		}
		if err := terms.review(in.ReviewBy, w.day); err != nil {
			return Waiver{}, err
		}
		v := w.newWaiver(q, in, terms, stays, concernedBy(in.Rule, found.reasons))
		w.note(VerbRequest, NounWaiver, string(v.ID), append(slices.Clone(v.Pupils), q.pupil.Pseudonym), audit.Pair{Key: "rule", Value: string(in.Rule)})
		return v, w.Waivers().Add(&v)
	})
}

// ApproveWaiver lets the decision use a waiver. Whoever asked for it can't approve it.
func (s *Service) ApproveWaiver(ctx context.Context, id WaiverID, version int) (Waiver, error) {
	return s.answerWaiver(ctx, id, version, VerbApprove)
}

// RefuseWaiver turns a waiver down.
func (s *Service) RefuseWaiver(ctx context.Context, id WaiverID, version int) (Waiver, error) {
	return s.answerWaiver(ctx, id, version, VerbRefuse)
}

func (s *Service) answerWaiver(ctx context.Context, id WaiverID, version int, verb Verb) (Waiver, error) {
	return do(ctx, s, NounWaiver, verb, func(w *work) (Waiver, error) {
		v, err := w.Waivers().Get(id)
		if err != nil {
			return v, w.away(err)
		}
		if err := w.may(about{}); err != nil {
			return v, err
		}
		if v.By == w.person.ID {
			return v, Errorf(Forbidden, "whoever asks for a waiver does not approve it")
		}
		if err := w.impartial(v.Referral); err != nil {
			return v, err
		}
		if v.State, err = step(NounWaiver, v.State, verb); err != nil {
			return v, err
		}
		pupil, err := livingRecord(w.Tx, v.Pupil)
		if err != nil {
			return v, err
		}
		v.Version, v.Approver, v.ApprovedAt = version, w.person.ID, w.Now()
		w.note(verb, NounWaiver, string(id), append(slices.Clone(v.Pupils), pupil.Pseudonym), audit.Pair{Key: "rule", Value: string(v.Rule)})
		return v, w.Waivers().Put(&v)
	})
}

// impartial refuses whoever has an interest in a referral.
func (w *work) impartial(id ReferralID) error {
	r, err := w.Referrals().Get(id)
	if err != nil {
		return w.away(err)
	}
	interested, err := w.interested(r)
	if err == nil && interested {
		err = Errorf(Forbidden, "you have an interest in this referral")
	}
	return err
}
