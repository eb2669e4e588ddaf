package panel

import (
	"cmp"
	"context"
	"slices"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/duty"
)

// A DeadlineOf is something that is due for a referral, a placement or a review, and how
// it stands today.
type DeadlineOf struct {
	Noun         Noun
	ID           string
	Referral     ReferralID
	Pupil        Pseudonym
	School       OrganisationID
	Organisation OrganisationID // the provision, of placements and reviews
	Deadline     duty.Deadline
	Standing     duty.Standing
}

// Deadlines lists what is due and not done, of referrals, offers, placements and reviews
// that the caller may see: what is missed first, then what is at risk, each by the day on
// which it is due. While no school year is recorded nothing can be counted, and the
// answer is Incomplete.
func (s *Service) Deadlines(ctx context.Context) ([]DeadlineOf, error) {
	return read(ctx, s, NounReferral, VerbList, func(w *work) ([]DeadlineOf, error) {
		if len(reach(w.roles(), NounReferral, VerbList))+len(reach(w.roles(), NounPlacement, VerbList)) == 0 {
			return nil, w.may(about{})
		}
		clock, err := w.clock()
		if err != nil {
			return nil, err
		}
		x := &timing{work: w, clock: clock}
		if err := x.referrals(); err != nil {
			return nil, err
		}
		slices.SortFunc(x.list, byUrgency)
		var pupils []Pseudonym
		for _, d := range x.list {
			pupils = append(pupils, d.Pupil)
		}
		slices.Sort(pupils)
		w.noteMany(VerbList, NounReferral, "deadlines", slices.Compact(pupils))
		return x.list, nil
	})
}

// clock is the one that the panel goes by today.
func (w *work) clock() (*duty.Clock, error) {
	policy, err := policyInForce(w.Tx, w.day)
	if err != nil {
		return nil, err
	}
	clock, err := clockOf(w.Tx, policy.Authority)
	if err == nil && clock == nil {
		err = Errorf(Incomplete, "no school year is recorded, so that nothing can be counted in school days")
	}
	return clock, err
}

// urgency is how states of deadlines are sorted.
var urgency = []duty.State{duty.Missed, duty.AtRisk, duty.Unknown, duty.OnTrack}

func byUrgency(a, b DeadlineOf) int {
	return cmp.Or(
		cmp.Compare(slices.Index(urgency, a.Standing.State), slices.Index(urgency, b.Standing.State)),
		cmp.Compare(a.Deadline.Due, b.Deadline.Due), cmp.Compare(a.Noun, b.Noun), cmp.Compare(a.ID, b.ID),
		cmp.Compare(a.Deadline.Code, b.Deadline.Code),
	)
}

// timing is a list of deadlines under way.
type timing struct {
	*work
	clock *duty.Clock
	list  []DeadlineOf
}

// timed are the states of a referral of which something may be due.
var timed = []State{Submitted, Returned, Ready, OnAgenda, Placed, Waiting, Deferred, OnOutreach, Closed}

func (x *timing) referrals() error {
	list, err := gather(x.Tx.Referrals().List(Is(ByState, timed...)))
	if err != nil {
		return err
	}
	for i := range list {
		if err := x.referral(&list[i]); err != nil {
			return err
		}
	}
	return nil
}

// referral adds what is due of one referral and its placements, as far as the caller sees them.
func (x *timing) referral(r *Referral) error {
	placements, err := gather(x.Tx.Placements().List(Is(ByReferral, r.ID)))
	if err != nil {
		return err
	}
	pupil, err := livingRecord(x.Tx, r.Pupil)
	if err != nil {
		return err
	}
	base := DeadlineOf{Noun: NounReferral, ID: string(r.ID), Referral: r.ID, Pupil: pupil.Pseudonym, School: r.School}
	sees, err := x.sees(NounReferral, about{school: r.School, referral: r})
	if err != nil {
		return err
	}
	if sees && r.State != Closed {
		due, err := x.ofReferral(r, placements)
		if err != nil {
			return err
		}
		x.add(base, due...)
	}
	for i := range placements {
		p := &placements[i]
		base.Noun, base.ID, base.Organisation = NounPlacement, string(p.ID), p.Organisation
		if err := x.placement(base, r, p, lastOf(p, placements)); err != nil {
			return err
		}
	}
	return nil
}

// sees tells whether the caller may list one of a noun.
func (x *timing) sees(noun Noun, a about) (bool, error) {
	err := x.mayDo(noun, VerbList, a)
	if kind := KindOf(err); kind == NotFound || kind == Forbidden {
		return false, nil
	}
	return err == nil, err
}

// add lists those deadlines that are not done.
func (x *timing) add(base DeadlineOf, due ...duty.Deadline) {
	for _, d := range due {
		base.Deadline, base.Standing = d, x.clock.Standing(d, x.day)
		if slices.Contains(urgency, base.Standing.State) {
			x.list = append(x.list, base)
		}
	}
}

// lastOf is where a placement led by moves within the provision, for which the reviews
// that were planned are due as before.
func lastOf(p *Placement, all []Placement) *Placement {
	for range all {
		next := slices.IndexFunc(all, func(o Placement) bool { return o.MovedFrom == p.ID })
		if p.State != Moved || next < 0 {
			break
		}
		p = &all[next]
	}
	return p
}

// placement adds the answer, the admission and the reviews of a placement.
func (x *timing) placement(base DeadlineOf, r *Referral, p, last *Placement) error {
	a := about{school: r.School, organisation: p.Organisation, referral: r}
	sees, err := x.sees(NounPlacement, a)
	if err != nil {
		return err
	}
	if sees && (p.State == Offered || p.State == Accepted) && p.MovedFrom == "" {
		offer := duty.Offer{On: Day(p.Offered), Answered: p.Answered, Accepted: p.State == Accepted, StartPlanned: p.From}
		x.add(base, x.clock.Offer(offer)...)
	}
	if p.Started == 0 || !slices.Contains([]State{Accepted, Started, Ended, FollowedUp}, last.State) {
		return nil
	}
	if sees, err = x.sees(NounReview, a); err != nil || !sees {
		return err
	}
	return x.reviews(base, r, p, last)
}

// afterwards are the reviews that a stay has once it is over.
var afterwards = []string{string(duty.ReturnMeeting), string(duty.FollowUp)}

// reviews adds those of a placement that are planned and were not held.
func (x *timing) reviews(base DeadlineOf, r *Referral, p, last *Placement) error {
	stored, err := gather(x.Tx.Reviews().List(Is(ByPlacement, p.ID)))
	if err != nil {
		return err
	}
	route, _ := r.Form.Code("referral.route")
	tier, _ := r.Form.Code("referral.tier")
	planned := x.clock.Stay(duty.Stay{Route: duty.Route(route), Tier: duty.Tier(tier), From: p.Started, To: p.To})
	over := last.State == Ended || last.State == FollowedUp
	for _, review := range stored {
		if review.Held != 0 || over && (!slices.Contains(afterwards, review.Kind) || review.reported(last)) {
			continue
		}
		d := duty.Deadline{Code: duty.Code("review." + review.Kind), Who: duty.Provider, From: p.Started, Due: review.Due}
		if i := slices.IndexFunc(planned, func(o duty.Deadline) bool { return o.Code == d.Code }); i >= 0 {
			d.Who, d.Setting = planned[i].Who, planned[i].Setting
		}
		base.Noun, base.ID = NounReview, string(review.ID)
		x.add(base, d)
	}
	return nil
}

// reported tells whether the placement's own record says that the review took place.
func (r *Review) reported(p *Placement) bool {
	return r.Kind == string(duty.ReturnMeeting) && p.Return.Meeting != 0 || r.Kind == string(duty.FollowUp) && p.Return.FollowUp != 0
}

// firstDay is the first day at a provision, planned or as it was; zero where there is none.
func firstDay(placements []Placement, day func(*Placement) calendar.Date) (first calendar.Date) {
	for i := range placements {
		if d := day(&placements[i]); d != 0 && (first == 0 || d < first) {
			first = d
		}
	}
	return first
}
