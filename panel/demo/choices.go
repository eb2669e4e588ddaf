package demo

import (
	"fmt"
	"slices"
	"strings"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
)

const (
	chairsOwn matching.ReferralID = "r10" // of the school whose head is in the chair
	exception matching.ReferralID = "r19" // rivals who are paired on purpose (R9)
	deferral  matching.ReferralID = "r07" // nine-tenths unknown
)

// A choice is where the panel does not simply take what tops the list.
type choice struct {
	outcome panel.Outcome // empty: place
	pick    string        // groups and patterns, as in "craft-forge-a/all"; empty: the first
	code    string
	text    string
	more    func(*panel.DecisionInput)
}

var choices = map[matching.ReferralID]choice{
	"r01": {
		pick: "craft-forge-a/all", code: "pupil_wish",
		text: "She has wanted to work with iron since she saw the forge, and came to the panel to say so. The kiln is kept in mind.",
	},
	deferral: {
		outcome: panel.Defer, code: "more_information",
		text: "Nine answers in ten are not known. Places are there, and nobody can say which would be safe.",
		more: func(in *panel.DecisionInput) {
			in.ReturnOn = secondDay
			in.Actions = []panel.Action{
				{Text: "Gets the record from the last school.", Owner: "Admissions office", Due: calendar.MustDate("2026-11-30")},
				{Text: "Sees him, and writes down what he needs.", Owner: "Educational psychology", Due: calendar.MustDate("2026-12-02")},
			}
		},
	},
	"r17": {
		pick: "esc-ks4-y10/all", code: "continuity",
		text: "His key worker goes with him to Chestnut Road, and he has lost four adults in two years.",
		more: func(in *panel.DecisionInput) {
			in.Dissent = []panel.Dissent{{Person: psychology, Text: "The therapy that the first of the list offers is what he needs most."}}
		},
	},
	exception: {
		pick: "craft-forge-b/all", code: "relationships",
		text: "The two know each other from the club, asked for it themselves, and the forge is on nobody's ground.",
		more: func(in *panel.DecisionInput) {
			in.Conditions = []string{"The two travel apart for the first four weeks."}
			in.Waivers = []panel.WaiverInput{{
				Rule: matching.CodeRivalAreas, Owner: "Youth justice service", ReviewBy: calendar.MustDate("2026-12-14"),
				Text:       "A planned exception: the rivalry is of the estates, and these two have been friends since primary school.",
				Mitigation: "Taxis at different times, one adult with them at breaks, and a call to both families every Friday.",
			}}
		},
	},
	"r28": {
		outcome: panel.Redirect, code: "no_suitable_place",
		text: "One primary centre takes the reason, and it has steps. No date, move or waiver changes that.",
		more: func(in *panel.DecisionInput) {
			in.Actions = []panel.Action{{Text: "Commissions a step-free primary place.", Owner: "Commissioning", Due: january}}
		},
	},
	"r29": {
		outcome: panel.Wait, code: "no_suitable_place",
		text: "The therapeutic unit would take him and is a tenth of an adult short until somebody leaves.",
		more: func(in *panel.DecisionInput) {
			in.ReturnOn = january
			in.Actions = []panel.Action{{Text: "Asks for the money for an adult of his own.", Owner: "Head of service", Due: calendar.MustDate("2026-12-04")}}
		},
	},
}

// choose is what the panel decides of a referral, once it has seen the ranking.
func choose(id matching.ReferralID, r *matching.Ranking) (panel.DecisionInput, error) {
	c := choices[id]
	in := panel.DecisionInput{Outcome: c.outcome, Reason: panel.Reason{Code: c.code, Text: c.text}}
	if in.Outcome == "" {
		in.Outcome = panel.Place
		in.Targets = []string{"Attends nine sessions in ten by half-term."}
		options := r.Ranking
		if id == exception {
			options = r.Rejected
		}
		at := 0
		if c.pick != "" {
			at = slices.IndexFunc(options, func(o matching.Option) bool { return stayed(o) == c.pick })
		}
		if at < 0 || len(options) == 0 {
			return in, fmt.Errorf("the ranking does not have what the script takes from it")
		}
		in.Stays = options[at].Stays
	}
	if c.more != nil {
		c.more(&in)
	}
	return in, nil
}

// stayed is what an option is called in the script.
func stayed(o matching.Option) string {
	var parts []string
	for _, s := range o.Stays {
		parts = append(parts, string(s.Group)+"/"+string(s.Pattern))
	}
	return strings.Join(parts, " ")
}
