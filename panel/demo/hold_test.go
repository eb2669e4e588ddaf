package demo_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/demo"
	"example.org/backontrack/panel/paneltest"
)

var updateMinutes = flag.Bool("update-minutes", false, "write testdata/minutes.txt anew")

// The meeting of the demo authority as a script: thirty referrals, decided, with two
// overrides, one waiver, one recusal, one deferral, a declined offer and a move. Minutes
// come out, fsck is clean, and the ranking of each decision recomputes byte for byte.
func TestW3_meetingOfTheDemoAuthority(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		w := worldOn(t, e)
		figures(t, w)
		recomputes(t, w)
		nobodyByName(t, w)
		minutesAsFiled(t, w)
	})
}

// worldOn is the world on an engine. That on SQLite is shared.
func worldOn(t *testing.T, e paneltest.Engine) *world {
	t.Helper()
	if e.Name == "sqlite" {
		return term(t)
	}
	notShort(t)
	clock := demo.NewClock()
	w, err := hold(t.Context(), e.Open(t, clock.Now), clock)
	if err != nil {
		t.Fatalf("%v\n%s", err, told(err))
	}
	return w
}

// figures counts what the issue asks for.
func figures(t *testing.T, w *world) {
	t.Helper()
	people := demo.Panel()
	count := map[string]int{}
	for _, item := range w.held.Minutes.Items {
		count["items"]++
		count["decisions"] += len(item.Decisions)
		for _, d := range item.Decisions {
			count[string(d.Outcome)]++
			count["waivers"] += len(d.Waivers)
			count["dissent"] += len(d.Dissent)
			if d.Departs && d.Outcome == panel.Place && len(d.Waivers) == 0 {
				count["overrides"]++
			}
			if len(d.Recused) > 0 {
				count["recusals"]++
			}
			if d.Departs && (d.Reason.Code == "" || d.Reason.Text == "") {
				t.Errorf("item %d departs and does not say why", item.Number)
			}
		}
		for _, p := range item.Papers {
			if p.Late {
				count["late papers"]++
			}
		}
	}
	want := map[string]int{
		"items": 30, "decisions": 30, "place": 27, "defer": 1, "wait": 1, "redirect": 1, "waivers": 1, "dissent": 1, "overrides": 2,
		"recusals": 1, "late papers": 1,
	}
	same(t, "figures", fmt.Sprint(count), fmt.Sprint(want))
	for _, ds := range w.held.Decisions {
		d := ds[0]
		by := people.Chair
		if len(d.Recused) > 0 {
			by = people.Deputy
			if !slices.Contains(d.Recused, people.Chair) {
				t.Error("the chair did not step out")
			}
		}
		same(t, "decided by", d.By, by)
	}
	same(t, "offers that were declined", w.placement(t, w.held.Declined).State, panel.Declined)
	same(t, "moved from", w.placement(t, w.placement(t, w.held.Moved).MovedFrom).State, panel.Moved)
	plan := w.held.Plan
	same(t, "the plan is done", plan.Job.State, panel.Done)
	same(t, "the plan places", len(plan.Plan.Assignments), 28)
}

func (w *world) placement(t *testing.T, id panel.PlacementID) panel.Placement {
	t.Helper()
	p, err := w.Placement(asOperator(t), id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// recomputes checks the whole database, and each decision's ranking by itself.
func recomputes(t *testing.T, w *world) {
	t.Helper()
	health, err := w.Fsck(asOperator(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range health.Findings {
		t.Errorf("fsck: %+v", f)
	}
	seen := 0
	for _, ds := range w.held.Decisions {
		for _, d := range ds {
			ok, err := w.Recompute(asOperator(t), d.Ranking)
			if err != nil || !ok {
				t.Errorf("a ranking does not recompute: %v", err)
			}
			seen++
		}
	}
	same(t, "decisions of the meetings and between them", seen, 32)
	entries := journal(t, w.store)
	if _, err := audit.Verify(each(entries), audit.Evidence{}); err != nil {
		t.Errorf("the journal: %v", err)
	}
}

func each(entries []audit.Entry) func(func(audit.Entry, error) bool) {
	return func(yield func(audit.Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// nobodyByName looks for every name of a pupil in the minutes and in the journal.
func nobodyByName(t *testing.T, w *world) {
	t.Helper()
	same(t, "enough names to look for", len(w.loaded.Names) > 60, true)
	signed, err := json.Marshal([]panel.Minutes{w.held.Minutes, w.held.SecondOnes})
	if err != nil {
		t.Fatal(err)
	}
	lines, err := json.Marshal(journal(t, w.store))
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{"minutes": w.held.Minutes.Text(), "signed minutes": string(signed), "journal": string(lines)}
	for where, text := range texts {
		for i, name := range w.loaded.Names {
			if strings.Contains(text, name) {
				t.Errorf("name number %d is in the %s", i, where)
			}
		}
	}
}

var (
	anID     = regexp.MustCompile(`\b[a-z2-7]{26}\b`)
	aDigest  = regexp.MustCompile(`sha256:[0-9a-f]{64}`)
	anEngine = regexp.MustCompile(regexp.QuoteMeta(matching.Version))
)

// minutesAsFiled holds the text of the minutes against the file, but for digests and ids,
// which change with every field that is added: an id is the number of its first appearance.
func minutesAsFiled(t *testing.T, w *world) {
	t.Helper()
	numbers := map[string]int{}
	text := anID.ReplaceAllStringFunc(w.held.Minutes.Text()+"\n\n"+w.held.SecondOnes.Text(), func(id string) string {
		if numbers[id] == 0 {
			numbers[id] = len(numbers) + 1
		}
		return fmt.Sprintf("%022d-%03d", 0, numbers[id])
	})
	text = aDigest.ReplaceAllString(text, "sha256:"+strings.Repeat("0", 64))
	text = anEngine.ReplaceAllString(text, "the engine's version")
	path := filepath.Join("testdata", "minutes.txt")
	if *updateMinutes {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	got, filed := strings.Split(text, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(got), len(filed)) {
		if line(got, i) != line(filed, i) {
			t.Fatalf("line %d of the minutes is %q, in the file %q; run with -update-minutes if that is meant", i+1, line(got, i), line(filed, i))
		}
	}
}
