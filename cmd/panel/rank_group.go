package main

import (
	"example.org/backontrack/cmd/panel/internal/report"
	"example.org/backontrack/matching"
)

// askGroup ranks the open referrals for a group.
func (f *rankFlags) askGroup(e *matching.Engine) (*answer, error) {
	k, err := e.ForGroup(matching.GroupID(f.group))
	if err != nil {
		return nil, err
	}
	return &answer{k, func(r *report.Report) error {
		top := f.shown(len(k.Ranking))
		r.GroupRanking(k, top)
		return r.RefusedReferrals(k, f.detail(e))
	}}, nil
}

// A whyNot is what panel rank --why-not --json writes.
type whyNot struct {
	Referral matching.ReferralID `json:"referral"`
	Group    matching.GroupID    `json:"group"`
	Options  []matching.Option   `json:"options"` // every pattern, the refused with every reason and unlock
}

// askWhyNot explains one group for a referral.
func (f *rankFlags) askWhyNot(e *matching.Engine) (*answer, error) {
	w := whyNot{Referral: matching.ReferralID(f.referral), Group: matching.GroupID(f.whyNot)}
	var err error
	if w.Options, err = e.WhyNot(w.Referral, w.Group); err != nil {
		return nil, err
	}
	return &answer{w, func(r *report.Report) error {
		r.Referral(w.Referral)
		r.WhyNot(w.Group, w.Options)
		return nil
	}}, nil
}

// A blocking is what panel rank --blockers --json writes.
type blocking struct {
	Referral matching.ReferralID `json:"referral"`
	Group    matching.GroupID    `json:"group"`
	*matching.Blocking
}

// askBlockers says who or what blocks a referral in a group.
func (f *rankFlags) askBlockers(e *matching.Engine) (*answer, error) {
	b := blocking{Referral: matching.ReferralID(f.referral), Group: matching.GroupID(f.blockers)}
	var err error
	if b.Blocking, err = e.Blockers(b.Referral, b.Group); err != nil {
		return nil, err
	}
	return &answer{b, func(r *report.Report) error {
		r.Referral(b.Referral)
		r.Blockers(b.Group, b.Blocking)
		return nil
	}}, nil
}

// An earliest is what panel rank --earliest --json writes.
type earliest struct {
	Referral matching.ReferralID `json:"referral"`
	Options  []matching.Option   `json:"options"` // by first day
}

// askEarliest gives the first date for each group, or one.
func (f *rankFlags) askEarliest(e *matching.Engine) (*answer, error) {
	a := earliest{Referral: matching.ReferralID(f.referral)}
	var groups []matching.GroupID
	if f.earliest != everyGroup {
		groups = append(groups, matching.GroupID(f.earliest))
	}
	var err error
	if a.Options, err = e.Earliest(a.Referral, groups...); err != nil {
		return nil, err
	}
	return &answer{a, func(r *report.Report) error {
		r.Referral(a.Referral)
		r.Earliest(a.Options, groups)
		return nil
	}}, nil
}
