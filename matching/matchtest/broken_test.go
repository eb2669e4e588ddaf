package matchtest

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A recorder takes the failures of a law, so that a test can want them.
type recorder struct {
	testing.TB
	failures []string
	skipped  bool
}

func (r *recorder) Errorf(format string, args ...any) {
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}

func (r *recorder) Skipf(string, ...any) { r.skipped = true }

// wantCaught runs each law of a kind on an extension that breaks it.
func wantCaught[E any](t *testing.T, k kind[E], broken map[Law]func(*matching.Snapshot) []E) {
	t.Helper()
	s := settings{worlds: manyWorlds, world: World}
	for _, l := range k.laws {
		from, found := broken[l.name]
		if !found {
			t.Errorf("no extension here breaks the law %q", l.name)
			continue
		}
		r := &recorder{TB: t}
		checkLaw(r, k, l, s, from)
		wantFailure(t, r, l.name)
	}
	r := &recorder{TB: t}
	checkSpeaks(r, k, s, broken[Speaks])
	wantFailure(t, r, Speaks)
	if len(broken) != len(k.laws)+1 {
		t.Errorf("%d extensions break %d laws", len(broken), len(k.laws)+1)
	}
}

func wantFailure(t *testing.T, r *recorder, name Law) {
	t.Helper()
	if len(r.failures) != 1 || !strings.Contains(r.failures[0], fmt.Sprintf("law %q", name)) {
		t.Errorf("the law %q caught nothing: %q", name, r.failures)
		return
	}
	if name != Speaks && !strings.Contains(r.failures[0], "in world") {
		t.Errorf("the failure does not name its world: %s", r.failures[0])
	}
	if !strings.Contains(r.failures[0], "\nthe law: "+sentences[name]) {
		t.Errorf("the failure does not say the law: %s", r.failures[0])
	}
}

// What a failure says of a law is what its comment says.
func TestSentences(t *testing.T) {
	source, err := os.ReadFile("suite.go")
	if err != nil {
		t.Fatal(err)
	}
	comment := regexp.MustCompile(`(?m)((?:^\t// .*\n)+)\t\w+ +Law = "(.+)"`)
	found := comment.FindAllStringSubmatch(string(source), -1)
	for _, law := range found {
		said := strings.Join(strings.Fields(strings.ReplaceAll(law[1], "//", "")), " ")
		if want := ": " + sentences[Law(law[2])] + "."; !strings.Contains(said, want) {
			t.Errorf("the comment of %q is %q, and its sentence %q", law[2], said, want)
		}
	}
	if len(found) != len(sentences) {
		t.Errorf("%d laws have a comment, and %d a sentence", len(found), len(sentences))
	}
}

// wantPanicCaught wants the law Explained to fail, and the others to leave it to that.
func wantPanicCaught[E any](t *testing.T, k kind[E], broken E) {
	t.Helper()
	s := settings{worlds: manyWorlds, world: World}
	for _, l := range append(slices.Clone(k.laws), law[E]{name: Speaks}) {
		r := &recorder{TB: t}
		if l.name == Speaks {
			checkSpeaks(r, k, s, always(broken))
		} else {
			checkLaw(r, k, l, s, always(broken))
		}
		if l.name != Explained {
			if !r.skipped || len(r.failures) > 0 {
				t.Errorf("the law %q is not skipped: %q", l.name, r.failures)
			}
			continue
		}
		wantFailure(t, r, l.name)
		if len(r.failures) > 0 && !strings.Contains(r.failures[0], errQuiet.Error()) {
			t.Errorf("the failure is %q", r.failures[0])
		}
	}
	s.excused = []Law{Explained}
	r := &recorder{TB: t}
	checkLaw(r, k, k.laws[0], s, always(broken))
	wantFailure(t, r, k.laws[0].name)
}

func TestRules_panic(t *testing.T) {
	wantPanicCaught[matching.Rule](t, ruleKind, rule(func(c *matching.Case, why *matching.Reason) matching.Verdict {
		why.Class, why.Observed = matching.Never, new(c.Pupil.Year)
		return refuseIf(c.Pupil.Knows(matching.FactYear) && c.Pupil.Year < 8, why)
	}))
}

func TestCriteria_panic(t *testing.T) {
	wantPanicCaught[matching.Criterion](t, criterionKind, criterion(func(_ *matching.Case, why *matching.Why) matching.Value {
		noted := *why
		noted.Number("n", 1)
		return matching.Known(1)
	}))
}

// One that panics whether or not it is asked why breaks the law that is tried.
func TestRules_panicAlways(t *testing.T) {
	r := &recorder{TB: t}
	from := always[matching.Rule](rule(func(c *matching.Case, _ *matching.Reason) matching.Verdict {
		return refuseIf(*c.Pupil.Latitude > 52, nil)
	}))
	checkLaw(r, ruleKind, law[matching.Rule]{Pure, rulePure}, settings{worlds: manyWorlds, world: World}, from)
	wantFailure(t, r, Pure)
	if len(r.failures) > 0 && !strings.Contains(r.failures[0], "it panics: runtime error") {
		t.Errorf("the failure is %q", r.failures[0])
	}
}

// Allocations can't be counted in a parallel test: that is said, and no panic.
func TestRules_parallel(t *testing.T) {
	r := &recorder{TB: t}
	t.Run("one", func(t *testing.T) {
		t.Parallel()
		from := always[matching.Rule](rule(func(*matching.Case, *matching.Reason) matching.Verdict { return matching.Passes }))
		checkLaw(r, ruleKind, law[matching.Rule]{NoAllocation, ruleNoAllocation}, settings{worlds: fewWorlds, world: World}, from)
	})
	t.Cleanup(func() {
		if want := fmt.Sprintf("law %q can't be tried: %v", NoAllocation, errParallel); len(r.failures) != 1 || r.failures[0] != want {
			t.Errorf("the failures are %q, not %q", r.failures, want)
		}
	})
}

func TestDifference(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{`[{"a":1,"b":[1,2]}]`, `[{"a":1,"b":[1,3]}]`, "/0/b/1: 2, 3"},
		{`{"a":1}`, `{"a":1,"b":{}}`, "/b: nothing, {}"},
		{`[1,2]`, `[1]`, "/1: 2, nothing"},
		{`{"a":[]}`, `{"a":null}`, "/a: [], null"},
		{`{"a":12345678901234567890}`, `{"a":12345678901234567891}`, "/a: 12345678901234567890, 12345678901234567891"},
		{`[]`, `null`, "the top: [], null"},
		{`{"a":"` + strings.Repeat("é", 500) + `"}`, `{}`, `/a: "` + strings.Repeat("é", 199) + "…, nothing"},
	} {
		at, was, is := difference(c.before, c.after)
		if got := at + ": " + was + ", " + is; got != c.want {
			t.Errorf("from %s to %s: %s, not %s", c.before, c.after, got, c.want)
		}
	}
}

// A rule that is a function, to be broken in few words.
type rule func(c *matching.Case, why *matching.Reason) matching.Verdict

func (rule) Code() matching.Code { return "broken" }

func (r rule) Check(c *matching.Case, why *matching.Reason) matching.Verdict { return r(c, why) }

func refuse(why *matching.Reason) matching.Verdict {
	if why != nil {
		why.Class, why.Codes = matching.Never, []string{"so"}
	}
	return matching.Refuses
}

func refuseIf(yes bool, why *matching.Reason) matching.Verdict {
	if !yes {
		return matching.Passes
	}
	return refuse(why)
}

func TestRules_broken(t *testing.T) {
	wantCaught(t, ruleKind, map[Law]func(*matching.Snapshot) []matching.Rule{
		Pure: always[matching.Rule](rule(func(c *matching.Case, _ *matching.Reason) matching.Verdict {
			slices.Sort(c.Pupil.Traits)
			return matching.Passes
		})),
		Deterministic: always[matching.Rule](rule(remembering())),
		OrderBlind: always[matching.Rule](rule(func(c *matching.Case, why *matching.Reason) matching.Verdict {
			return refuseIf(len(c.Pupil.Traits) > 0 && c.Pupil.Traits[0] == "high_risk", why)
		})),
		RenamingBlind: always[matching.Rule](rule(func(c *matching.Case, why *matching.Reason) matching.Verdict {
			return refuseIf(c.Group.ID == "g1", why)
		})),
		Monotone: func(s *matching.Snapshot) []matching.Rule {
			return []matching.Rule{rule(func(_ *matching.Case, why *matching.Reason) matching.Verdict {
				return refuseIf(len(s.Placements) < 8, why)
			})}
		},
		UnknownPasses: always[matching.Rule](rule(func(c *matching.Case, why *matching.Reason) matching.Verdict {
			return refuseIf(c.Pupil.EHCP, why)
		})),
		UnknownAsked: always[matching.Rule](rule(func(c *matching.Case, why *matching.Reason) matching.Verdict {
			return refuseIf(c.Pupil.Knows(matching.FactEHCP) && c.Pupil.EHCP, why)
		})),
		Explained: always[matching.Rule](rule(func(*matching.Case, *matching.Reason) matching.Verdict { return matching.Refuses })),
		NoAllocation: always[matching.Rule](rule(func(c *matching.Case, why *matching.Reason) matching.Verdict {
			names := map[string]bool{}
			for _, trait := range c.Pupil.Traits {
				names[trait+"!"] = true
			}
			return refuseIf(names["arson!"], why)
		})),
		Speaks: always[matching.Rule](rule(func(*matching.Case, *matching.Reason) matching.Verdict { return matching.Unchecked })),
	})
}

// remembering refuses whoever is asked about first.
func remembering() func(*matching.Case, *matching.Reason) matching.Verdict {
	var first *matching.Policy
	var refused matching.ReferralID
	return func(c *matching.Case, why *matching.Reason) matching.Verdict {
		if first != c.Policy {
			first, refused = c.Policy, c.Referral.ID
		}
		return refuseIf(refused == c.Referral.ID, why)
	}
}

// Explained has several sides.
func TestRules_unexplained(t *testing.T) {
	unsound := map[string]func(why *matching.Reason){
		"no class":          func(why *matching.Reason) { why.Codes = []string{"so"} },
		"no number":         func(why *matching.Reason) { why.Class = matching.Never },
		"no such class":     func(why *matching.Reason) { why.Class, why.Codes = "soon", []string{"so"} },
		"class date":        func(why *matching.Reason) { refuse(why); why.Class = matching.ByDate },
		"class move":        func(why *matching.Reason) { refuse(why); why.Class = matching.ByMove },
		"class adults":      func(why *matching.Reason) { refuse(why); why.Class = matching.ByAdults },
		"class data":        func(why *matching.Reason) { refuse(why); why.Class = matching.ByKnowing },
		"limit alone":       func(why *matching.Reason) { why.Class, why.Limit = matching.Never, new(1) },
		"another code":      func(why *matching.Reason) { why.Class, why.Codes, why.Code = matching.Never, []string{"so"}, "other" },
		"a date of its own": func(why *matching.Reason) { refuse(why); why.Date = 1 },
	}
	for name, say := range unsound {
		r := &recorder{TB: t}
		broken := rule(func(_ *matching.Case, why *matching.Reason) matching.Verdict {
			if why != nil {
				say(why)
			}
			return matching.Refuses
		})
		checkLaw(r, ruleKind, law[matching.Rule]{Explained, ruleExplained}, settings{worlds: fewWorlds, world: World}, always[matching.Rule](broken))
		if len(r.failures) != 1 {
			t.Errorf("%s: not caught", name)
		} else if strings.Contains(name, "class") && !strings.Contains(r.failures[0], "it refuses with class") {
			t.Errorf("%s: %s", name, r.failures[0])
		}
	}
}

// A separation that is a function.
type separation func(a, b *matching.Pupil) (matching.Verdict, calendar.Date)

func (separation) Code() matching.Code   { return "broken" }
func (separation) Scope() matching.Scope { return matching.OnSite }

func (s separation) Apart(a, b *matching.Pupil) (matching.Verdict, calendar.Date) { return s(a, b) }

// apartIf is a separation by what is so of both pupils.
func apartIf(yes func(a, b *matching.Pupil) bool) func(*matching.Snapshot) []matching.Separation {
	return always[matching.Separation](separation(func(a, b *matching.Pupil) (matching.Verdict, calendar.Date) {
		if yes(a, b) {
			return matching.Refuses, 0
		}
		return matching.Passes, 0
	}))
}

func TestSeparations_broken(t *testing.T) {
	asked := 0
	wantCaught(t, separationKind, map[Law]func(*matching.Snapshot) []matching.Separation{
		Pure: apartIf(func(*matching.Pupil, *matching.Pupil) bool { asked++; return asked%2 == 0 }),
		Deterministic: apartIf(func(*matching.Pupil, *matching.Pupil) bool {
			asked++
			return asked%3 == 0
		}),
		OrderBlind: apartIf(func(a, b *matching.Pupil) bool {
			return len(a.Traits) > 0 && len(b.Traits) > 0 && a.Traits[0] == b.Traits[0]
		}),
		RenamingBlind: apartIf(func(a, b *matching.Pupil) bool { return max(a.ID, b.ID) > "p05" }),
		Monotone: func(s *matching.Snapshot) []matching.Separation {
			return apartIf(func(*matching.Pupil, *matching.Pupil) bool { return len(s.Placements)%2 == 0 })(s)
		},
		Symmetric:     apartIf(func(a, b *matching.Pupil) bool { return a.Year < b.Year }),
		UnknownPasses: apartIf(func(a, b *matching.Pupil) bool { return a.Year == b.Year }),
		UnknownAsked: apartIf(func(a, b *matching.Pupil) bool {
			return a.Knows(matching.FactYear) && b.Knows(matching.FactYear) && a.Year == b.Year
		}),
		Explained: always[matching.Separation](separation(func(*matching.Pupil, *matching.Pupil) (matching.Verdict, calendar.Date) {
			return matching.Passes, calendar.MustDate("2027-01-01")
		})),
		NoAllocation: apartIf(func(a, b *matching.Pupil) bool {
			return len(slices.Concat(a.Traits, b.Traits, []string{"other"})) > 100
		}),
		Speaks: apartIf(func(*matching.Pupil, *matching.Pupil) bool { return false }),
	})
}

// A criterion that is a function.
type criterion func(c *matching.Case, why *matching.Why) matching.Value

func (criterion) Code() matching.Code { return "broken" }

func (k criterion) Score(c *matching.Case, why *matching.Why) matching.Value { return k(c, why) }

func noted(n int, why *matching.Why) matching.Value {
	why.Number("n", n)
	return matching.Known(n)
}

func TestCriteria_broken(t *testing.T) {
	asked := 0
	broken := func(k criterion) func(*matching.Snapshot) []matching.Criterion { return always[matching.Criterion](k) }
	wantCaught(t, criterionKind, map[Law]func(*matching.Snapshot) []matching.Criterion{
		Pure: broken(func(c *matching.Case, why *matching.Why) matching.Value {
			slices.Sort(c.Group.Offers)
			return noted(len(c.Group.Offers), why)
		}),
		Deterministic: broken(func(_ *matching.Case, why *matching.Why) matching.Value { asked++; return noted(asked%1000, why) }),
		OrderBlind: broken(func(c *matching.Case, why *matching.Why) matching.Value {
			return noted(10*slices.Index(c.Group.Offers, "maths")+10, why)
		}),
		RenamingBlind: broken(func(c *matching.Case, why *matching.Why) matching.Value { return noted(len(c.Group.ID), why) }),
		UnknownAsked: broken(func(c *matching.Case, why *matching.Why) matching.Value {
			if !c.Pupil.Knows(matching.FactSex) {
				return noted(middle, why)
			}
			return noted(100*len(c.Pupil.Sex), why)
		}),
		Explained: broken(func(c *matching.Case, _ *matching.Why) matching.Value { return matching.Known(c.Week.Len()) }),
		InRange:   broken(func(c *matching.Case, why *matching.Why) matching.Value { return noted(400*c.Week.Len(), why) }),
		NoAllocation: broken(func(c *matching.Case, why *matching.Why) matching.Value {
			return noted(len(slices.Concat(c.Group.Offers, []string{"other"})), why)
		}),
		Speaks: broken(func(_ *matching.Case, why *matching.Why) matching.Value { return noted(1, why) }),
	})
}

const longestOutput = 8000

// The suite itself, with a broken rule, as a program would run it: it fails, says which
// law in which world, and the world can be read.
func TestRule_fails(t *testing.T) {
	if os.Getenv("MATCHTEST_BROKEN") != "" {
		TestRule(t, rule(func(*matching.Case, *matching.Reason) matching.Verdict { return matching.Refuses }), Except(Pure))
		return
	}
	cmd := exec.Command(os.Args[0], "-test.v", "-test.run=^TestRule_fails$", "-test.artifacts", "-test.outputdir="+t.TempDir())
	cmd.Env = append(os.Environ(), "MATCHTEST_BROKEN=1")
	out, err := cmd.CombinedOutput()
	if err == nil {
		t.Fatalf("a rule without a reason passes the suite:\n%s", out)
	}
	_, after, found := strings.Cut(string(out), `law "explained" does not hold in world 0: `)
	_, path, written := strings.Cut(after, "the world: ")
	path, _, _ = strings.Cut(path, " (")
	if !found || !written {
		t.Fatalf("the suite failed with\n%s", out)
	}
	if !strings.Contains(string(out), "--- SKIP: TestRule_fails/speaks") || len(out) > longestOutput {
		t.Errorf("the suite does not skip %q, or says too much:\n%s", Speaks, out)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if _, err := matching.Read(f); err != nil {
		t.Error(err)
	}
}
