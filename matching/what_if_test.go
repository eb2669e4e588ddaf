package matching_test

import (
	"errors"
	"testing"

	"example.org/backontrack/matching"
)

func whatIf(t *testing.T, e *matching.Engine, patch string) (*matching.WhatIf, string) {
	t.Helper()
	then, err := e.WhatIfJSON("r", []byte(patch))
	if err == nil {
		return then, ""
	}
	if _, ok := errors.AsType[matching.Faults](err); !ok {
		t.Errorf("error %v (%T), want faults", err, err)
	}
	return then, err.Error()
}

func TestWhatIfJSON_patches(t *testing.T) {
	t.Parallel()
	group := matching.Group{Accepts: matching.Accepts{Years: []int{9}, Refuses: []string{"arson"}}}
	pupil := matching.Pupil{ID: "new", Year: 9, Traits: []string{"arson", "absconds"}, Unknown: []matching.Fact{matching.FactNeeds}}
	e := authority(t, group, pupil)
	for patch, fits := range map[string]bool{
		`{}`:                                               false,
		`{"pupil": {}, "referral": {}}`:                    false,
		`{"pupil": {"traits": ["absconds"]}}`:              true,
		`{"pupil": {"traits": null}}`:                      true, // null takes away
		`{"pupil": {"traits": [], "year": 8}}`:             false,
		`{"pupil": {"unknown": ["traits", "needs"]}}`:      true, // what is not known does not refuse
		`{"referral": {"ready_from": "2026-12-01"}}`:       false,
		`{"referral": {"given": {"group": {"score": 1}}}}`: false,
	} {
		then, fault := whatIf(t, e, patch)
		want(t, "fault of "+patch, "", fault)
		want(t, patch+" fits", fits, len(then.Ranking.Ranking) == 1)
	}
	want(t, "ways that fit afterwards: nothing is kept", 0, len(rank(t, e).Ranking))
}

func TestWhatIfJSON_faults(t *testing.T) {
	t.Parallel()
	const noPatch = "expected an object with pupil, referral or both"
	const noDocument = "expected one JSON document; the text breaks off or is none near line 1"
	const noOther = "/pupil/id: expected the ids of the pupil and the referral as they are"
	e := authority(t, matching.Pupil{ID: "new", Year: 9})
	for patch, fault := range map[string]string{
		``:                                    noDocument,
		`null`:                                noPatch,
		`[]`:                                  noPatch,
		`{"pupil":`:                           noDocument,
		`{} {}`:                               "expected nothing after the document",
		`{}}`:                                 "expected nothing after the document",
		`{}]`:                                 "expected nothing after the document",
		`{"pupil": {"year": 8, "year": 9}}`:   "/pupil/year: expected each key once",
		`{"pupil": {"id": "other"}}`:          noOther,
		`{"pupil": null}`:                     noOther,
		`{"group": {}}`:                       "/group: expected a known field",
		`{"pupil": {"Year": 8}}`:              "/pupil/Year: expected a known field",
		`{"pupil": {"year": "8"}}`:            "/pupil/year: expected a whole number",
		`{"pupil": {"year": 80}}`:             "/pupil/year: expected a whole number from 0 to 14",
		`{"pupil": {"year": null}}`:           "/pupil/year: expected a whole number from 0 to 14",
		`{"pupil": {"friends": ["nobody"]}}`:  "/pupil/friends/0: expected the id of one of the pupils",
		`{"referral": {"priority": "first"}}`: "/referral/priority: expected a priority that policy.priority_bonus prices",
	} {
		_, got := whatIf(t, e, patch)
		want(t, patch, fault, got)
	}
}

func TestWhatIfJSON_yearThatBecomesKnownHasToBeGiven(t *testing.T) {
	t.Parallel()
	e := authority(t, matching.Pupil{ID: "new", Unknown: []matching.Fact{matching.FactYear}})
	_, fault := whatIf(t, e, `{"pupil": {"unknown": []}}`) // and not taken for Reception, which is Year 0
	want(t, "fault", "/pupil/year: expected a whole number from 0 to 14", fault)
	_, fault = whatIf(t, e, `{"pupil": {"unknown": [], "year": 0}}`)
	want(t, "fault", "", fault)
}

func TestWhatIf_idsStay(t *testing.T) {
	t.Parallel()
	e := authority(t, stands("bob", "group"))
	for _, patch := range []string{`{"pupil": {"id": "bob"}}`, `{"referral": {"id": "s"}}`, `{"referral": {"pupil": "bob"}}`, `{"pupil": null}`} {
		if _, err := e.WhatIfJSON("r", []byte(patch)); err == nil {
			t.Errorf("%s: no error", patch)
		}
	}
}
