package panel_test

import (
	"slices"
	"testing"

	"example.org/backontrack/panel"
)

// decides are the verbs that access asks of the decision and the table of the referral.
var decides = []panel.Verb{
	panel.VerbPlace, panel.VerbWait, panel.VerbDefer, panel.VerbDecline, panel.VerbRedirect, panel.VerbOutreach, panel.VerbExtend, panel.VerbEnd,
}

// follows are steps that come with another verb: nobody asks for them.
var follows = []panel.Verb{panel.VerbOffer, panel.VerbReopen, panel.VerbClose, panel.VerbUse, panel.VerbRun, panel.VerbFinish, panel.VerbFail, panel.VerbLose}

func TestTransitions_whoMayIsWhoMay(t *testing.T) {
	t.Parallel()
	for _, step := range panel.Transitions() {
		noun, verb := step.Noun, step.Verb
		if noun == panel.NounReferral && slices.Contains(decides, verb) {
			noun = panel.NounDecision
		}
		if verb == panel.VerbReview {
			noun = panel.NounReview
		}
		if slices.Contains(follows, verb) && (noun != panel.NounMeeting) || noun == panel.NounJob {
			continue
		}
		for _, role := range step.Who {
			may := slices.ContainsFunc(panel.Matrix(), func(a panel.Access) bool { return a.Noun == noun && a.Verb == verb && a.Role == role })
			byDecision := step.Noun == panel.NounPlacement && role == panel.RoleChair
			if !may && !byDecision {
				t.Errorf("%s may %s a %s that is %q by the table of states, not by the matrix of access", role, verb, noun, step.From)
			}
		}
	}
}

func TestTransitions_oneStepEach(t *testing.T) {
	t.Parallel()
	type from struct {
		noun  panel.Noun
		state panel.State
		verb  panel.Verb
	}
	seen := map[from]bool{}
	for _, step := range panel.Transitions() {
		key := from{step.Noun, step.From, step.Verb}
		if seen[key] {
			t.Errorf("%v leads to two states", key)
		}
		seen[key] = true
		if len(step.Who) == 0 {
			t.Errorf("%v is nobody's", key)
		}
	}
}

// Every state but the first is reached by a step, and nothing is stuck that should go on.
func TestTransitions_everyStateIsReached(t *testing.T) {
	t.Parallel()
	type state struct {
		noun  panel.Noun
		state panel.State
	}
	reached, left := map[state]bool{}, map[state]bool{}
	for _, step := range panel.Transitions() {
		reached[state{step.Noun, step.To}] = true
		left[state{step.Noun, step.From}] = true
	}
	for s := range left {
		if s.state != "" && !reached[s] {
			t.Errorf("no step leads to %v", s)
		}
	}
	last := []panel.State{
		panel.Declined, panel.Redirected, panel.OnOutreach, panel.Withdrawn, panel.Closed, panel.Moved, panel.FollowedUp,
		panel.Used, panel.Done, panel.Stopped, panel.Failed, panel.Lost,
	}
	for s := range reached {
		if !left[s] && !slices.Contains(last, s.state) {
			t.Errorf("no step leads on from %v", s)
		}
	}
}
