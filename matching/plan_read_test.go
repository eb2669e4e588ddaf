package matching_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/matchtest"
)

// TestReadPlan_givesBack reads what is written, down to what contributions rest on
// and what would unlock the unplaced.
func TestReadPlan_givesBack(t *testing.T) {
	t.Parallel()
	notes, unlocks := 0, 0
	for seed := range uint64(60) {
		e := lawEngine(t, matchtest.World(seed))
		p := &matching.Plan{
			Format: matching.PlanFormat, Snapshot: hashOf(t, e), Engine: matching.Version, Policy: "p", Status: matching.PlanFeasible,
			Objective: -3, Bound: 1 << 50, Effort: matching.PlanEffort{Nodes: 1, Iterations: 2, Milliseconds: 3},
			Assignments: []matching.Assignment{}, Composition: -40, Unplaced: []matching.Unplaced{},
			Moves: []matching.Move{{Placement: "pl", Group: "g", Pattern: "all", From: day(firstMonday)}},
		}
		everyOption(t, e, func(r *matching.Referral, o *matching.Option) {
			if o.Feasible {
				p.Assignments = append(p.Assignments, matching.Assignment{
					Referral: r.ID, Stays: o.Stays, Bonus: o.Bonus, Score: o.Score, Late: o.Late, Contributions: o.Contributions,
				})
				for _, c := range o.Contributions {
					notes += len(c.Why.Names())
				}
				return
			}
			unlock, err := e.Unlocks(o)
			if err != nil {
				t.Fatal(err)
			}
			unlocks += len(unlock)
			p.Unplaced = append(p.Unplaced, matching.Unplaced{Referral: r.ID, Reasons: o.Reasons, Unlock: unlock})
		})
		written := lawJSON(t, p)
		read, err := matching.ReadPlan(strings.NewReader(written))
		if err != nil {
			t.Fatal(err)
		}
		lawEqual(t, written, lawJSON(t, read))
		var plain matching.Plan
		if err := json.Unmarshal([]byte(written), &plain); err != nil {
			t.Fatal(err)
		}
		lawEqual(t, written, lawJSON(t, &plain))
	}
	if notes == 0 || unlocks == 0 {
		t.Errorf("%d notes and %d unlocks were written", notes, unlocks)
	}
}

// Names are as free as ids. Go would write some of them as no JSON has them.
func TestWhy_anyName(t *testing.T) {
	t.Parallel()
	var w matching.Why
	for _, name := range []string{"\U000e0001", "\x7f", "\u200b", `"quoted"`, "a<b"} {
		w.Number(name, 1)
		w.Codes("in "+name, name)
	}
	written := lawJSON(t, w)
	var read matching.Why
	if err := json.Unmarshal([]byte(written), &read); err != nil {
		t.Fatal(err)
	}
	lawEqual(t, written, lawJSON(t, read))
	lawEqual(t, lawJSON(t, w.Names()), lawJSON(t, read.Names()))
}

// What ReadPlan faults in an unlock or in what a contribution rests on, encoding/json does.
func TestPlan_unmarshalFaults(t *testing.T) {
	t.Parallel()
	for text, fault := range map[string]string{
		`{"unplaced": [{"unlock": [[{"kind": "wait"}]]}]}`:                  "/0/kind: expected a known field",
		`{"assignments": [{"contributions": [{"why": {"n": 1, "n": 2}}]}]}`: "/n: expected each key once",
	} {
		var p matching.Plan
		faults, ok := errors.AsType[matching.Faults](json.Unmarshal([]byte(text), &p))
		if !ok || len(faults) != 1 || faults[0].Error() != fault {
			t.Errorf("%s: %v, want %s", text, faults, fault)
		}
	}
}

func TestReadPlan_faults(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"all at once": {
			`{"format": "placement-plan/1", "status": "best", "objective": 1.5, "colour": 1, "moves": [{"placement": "p", "group": "g", "pattern": ""}],
			"assignments": [{"referral": "", "stays": [{"group": "g", "pattern": "all", "from": "2026-02-30", "to": "2026-03-01"}],
				"contributions": [{"why": {"n": "x", "m": 1}}, {"why": 1}]}],
			"unplaced": [{"referral": "r", "unlock": [[{"type": "wait", "kind": "x"}]]}]}`,
			`/objective: expected a whole number
			/colour: expected a known field
			/assignments/0/stays/0/from: expected a date such as 2026-11-23
			/assignments/0/contributions/0/why/n: expected a whole number
			/assignments/0/contributions/1/why: expected an object
			/unplaced/0/unlock/0/0/kind: expected a known field
			/status: expected one of "optimal", "feasible"
			/assignments/0/referral: expected an id: 1 to 256 bytes, no control characters
			/moves/0/pattern: expected an id: 1 to 256 bytes, no control characters
			/moves/0/from: expected a date such as 2026-11-23`,
		},
		"another format": {`{"format": "placement-snapshot/1", "status": "optimal"}`, `/format: expected "placement-plan/1"`},
		"twice":          {`{"format": "placement-plan/1", "status": "optimal", "status": "optimal"}`, `/status: expected each key once`},
		"no JSON":        {`plan`, `expected one JSON document; the text breaks off or is none near line 1`},
		"broken off":     {`{"moves": [{"from": `, `expected one JSON document; the text breaks off or is none near line 1`},
	} {
		p, err := matching.ReadPlan(strings.NewReader(c.text))
		faults, ok := errors.AsType[matching.Faults](err)
		if !ok || p != nil {
			t.Errorf("%s: got %v, %v", name, p, err)
			continue
		}
		want(t, name, strings.ReplaceAll(c.want, "\t", ""), faults.Error())
	}
	broken := errors.New("no disk")
	if _, err := matching.ReadPlan(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

// FuzzReadPlan reads anything; what it takes, it takes again as it writes it.
func FuzzReadPlan(f *testing.F) {
	f.Add(`{"format": "placement-plan/1", "status": "optimal", "assignments": [{"referral": "r", "stays": [{"group": "g", "pattern": "all", "from": "2026-11-23", "to": "2026-12-06"}], "contributions": [{"criterion": "given", "why": {"n": 1, "of": ["a"]}}]}]}`)
	f.Add(`{"format": "placement-plan/1", "status": "feasible", "moves": [{"placement": "p", "group": "g", "pattern": "all", "from": "2026-11-23"}], "unplaced": [{"referral": "r", "reasons": [{"code": "busy", "class": "move", "limit": 1}], "unlock": [[{"type": "adults", "sessions": ["mon-am"]}]]}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		p, err := matching.ReadPlan(strings.NewReader(text))
		if err != nil {
			return
		}
		written, err := json.Marshal(p)
		if err != nil || strings.Contains(string(written), "null") {
			return // a list that was left out, or a note that only another program could have named
		}
		if _, err := matching.ReadPlan(strings.NewReader(string(written))); err != nil {
			t.Errorf("read %s, and not what was written of it, %s: %v", text, written, err)
		}
	})
}
