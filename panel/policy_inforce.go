package panel

import (
	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// DefaultPolicyID is the id of the policy that is in force while nobody has activated
// one. It is stored with the first thing that refers to it ([DefaultPolicy] is what it says).
const DefaultPolicyID PolicyID = "default"

// DefaultPolicy is what the panel works by until it says otherwise: the numbers of
// [matching.DefaultPolicy], three members, and those rules waivable that
// requirements R3 and R9 name or that only a person's judgement can lift. To put
// together pupils who were kept apart for safety takes a second approver.
func DefaultPolicy() Policy {
	return Policy{
		ID:       DefaultPolicyID,
		Name:     defaultName,
		Number:   1,
		Matching: *matching.DefaultPolicy(),
		Waivable: []Waivable{
			{Rule: matching.CodeAnxiousWithAggressive, Safety: true, Days: 28},
			{Rule: matching.CodeJourney, Days: 84},
			{Rule: matching.CodeKeepApart, Safety: true, Days: 28},
			{Rule: matching.CodeNeedsNotMet, Days: 42},
			{Rule: matching.CodeRivalAreas, Safety: true, Days: 28},
			{Rule: matching.CodeStaffing, Days: 42},
		},
		Quorum: 3,
	}
}

// policyInForce is the policy that counts on a day: that of the activation which began
// last, and of two that began on one day the one that was written later.
func policyInForce(tx Tx, day calendar.Date) (Policy, error) {
	var last Activation
	for a, err := range tx.Activations().List() {
		if err != nil {
			return Policy{}, err
		}
		if a.From <= day && (last.ID == "" || a.From >= last.From) {
			last = a
		}
	}
	if last.ID == "" {
		return DefaultPolicy(), nil
	}
	return policyNamed(tx, last.Policy)
}

const defaultName = "default"

// policyNamed is a policy by its id, the default's too, which may not be stored yet.
func policyNamed(tx Tx, id PolicyID) (Policy, error) {
	p, err := tx.Policies().Get(id)
	if id == DefaultPolicyID && KindOf(err) == NotFound {
		return DefaultPolicy(), nil
	}
	return p, err
}

// keepPolicy sees to it that a policy is stored before a meeting, a ranking or a decision
// refers to it: the default is what nobody published.
func keepPolicy(tx Tx, p Policy) error {
	if p.ID != DefaultPolicyID {
		return nil
	}
	_, err := tx.Policies().Get(p.ID)
	if KindOf(err) == NotFound {
		return tx.Policies().Add(&p)
	}
	return err
}
