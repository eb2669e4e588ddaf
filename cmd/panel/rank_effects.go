package main

import (
	"example.org/backontrack/cmd/panel/internal/report"
	"example.org/backontrack/matching"
)

// An effects is what panel rank --effects --json writes.
type effects struct {
	Referral matching.ReferralID `json:"referral"`
	Stays    []matching.Stay     `json:"stays"`
	Effects  []matching.Effect   `json:"effects"`
}

// askEffects says what the best option in a group means for those already there.
func (f *rankFlags) askEffects(e *matching.Engine) (*answer, error) {
	k, err := e.Rank(matching.ReferralID(f.referral))
	if err != nil {
		return nil, err
	}
	o, err := pick(k, f.effects)
	if err != nil {
		return nil, err
	}
	list, err := e.Effects(o)
	if err != nil {
		return nil, err
	}
	return &answer{effects{k.Referral, o.Stays, list}, func(r *report.Report) error {
		r.Referral(k.Referral)
		r.Effects(o, list)
		return nil
	}}, nil
}
