package matchtest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"example.org/backontrack/matching"
)

// A Law is something that every extension of a kind keeps to, because the engine,
// and whoever reads its answers, leans on it.
type Law string

// The laws of the suite. Not every kind of extension has them all.
const (
	// Pure: asked twice, it says the same, and changes nothing that it was given.
	Pure Law = "pure"
	// Deterministic: made anew, and asked in another order, it says the same.
	Deterministic Law = "deterministic"
	// OrderBlind: the order of lists that are sets means nothing to it.
	OrderBlind Law = "order-blind"
	// RenamingBlind: other ids in the same order change nothing but the ids.
	RenamingBlind Law = "renaming-blind"
	// Monotone: one more standing pupil never makes a refused option possible.
	Monotone Law = "monotone"
	// Symmetric: a separation says of b and a what it says of a and b.
	Symmetric Law = "symmetric"
	// UnknownPasses: a fact that is not known never refuses, and its value is not read.
	UnknownPasses Law = "unknown-passes"
	// UnknownAsked: where some answer would refuse, or change the value, it says so.
	UnknownAsked Law = "unknown-asked"
	// Explained: what it says is complete and well-formed, and the same whether or
	// not it is asked why.
	Explained Law = "explained"
	// InRange: values, demands and capacities are in their ranges.
	InRange Law = "in-range"
	// NoAllocation: it allocates nothing while it is not asked why.
	NoAllocation Law = "no-allocation"
	// Speaks: in some world it has something to say. It is tried last, because
	// without it the other laws prove nothing, and skipped when one of them fails.
	Speaks Law = "speaks"
)

// sentences are what a failure says of its law.
var sentences = map[Law]string{
	Pure:          "asked twice, it says the same, and changes nothing that it was given",
	Deterministic: "made anew, and asked in another order, it says the same",
	OrderBlind:    "the order of lists that are sets means nothing to it",
	RenamingBlind: "other ids in the same order change nothing but the ids",
	Monotone:      "one more standing pupil never makes a refused option possible",
	Symmetric:     "a separation says of b and a what it says of a and b",
	UnknownPasses: "a fact that is not known never refuses, and its value is not read",
	UnknownAsked:  "where some answer would refuse, or change the value, it says so",
	Explained:     "what it says is complete and well-formed, and the same whether or not it is asked why",
	InRange:       "values, demands and capacities are in their ranges",
	NoAllocation:  "it allocates nothing while it is not asked why",
	Speaks:        "in some world it has something to say",
}

// With changes how the suite is run.
type With func(*settings)

type settings struct {
	worlds  int
	world   func(seed uint64) *matching.Snapshot
	excused []Law
}

// In tries the laws in other worlds than those of [World]: worlds in which the
// extension has something to do. It has to return a new snapshot at every call,
// and the same one for the same seed; usually World's, with a little changed.
func In(world func(seed uint64) *matching.Snapshot) With {
	return func(s *settings) { s.world = world }
}

// Except leaves laws out: RenamingBlind, for a rule that is about one group by its id.
func Except(laws ...Law) With {
	return func(s *settings) { s.excused = append(s.excused, laws...) }
}

// TestRule checks an eligibility rule. Call it from a test that is not parallel, or
// leave out NoAllocation: allocations can't be counted while other tests run.
func TestRule(t *testing.T, rule matching.Rule, with ...With) {
	t.Helper()
	TestRules(t, always(rule), with...)
}

// TestRules is TestRule for rules that are made from a snapshot.
func TestRules(t *testing.T, from func(*matching.Snapshot) []matching.Rule, with ...With) {
	t.Helper()
	run(t, ruleKind, from, with)
}

// TestSeparation checks a separation, from a test that is not parallel.
func TestSeparation(t *testing.T, separation matching.Separation, with ...With) {
	t.Helper()
	TestSeparations(t, always(separation), with...)
}

// TestSeparations is TestSeparation for separations that are made from a snapshot.
func TestSeparations(t *testing.T, from func(*matching.Snapshot) []matching.Separation, with ...With) {
	t.Helper()
	run(t, separationKind, from, with)
}

// TestResource checks a resource, from a test that is not parallel.
func TestResource(t *testing.T, resource matching.Resource, with ...With) {
	t.Helper()
	TestResources(t, always(resource), with...)
}

// TestResources is TestResource for resources that are made from a snapshot.
func TestResources(t *testing.T, from func(*matching.Snapshot) []matching.Resource, with ...With) {
	t.Helper()
	run(t, resourceKind, from, with)
}

// TestCriterion checks a criterion, from a test that is not parallel.
func TestCriterion(t *testing.T, criterion matching.Criterion, with ...With) {
	t.Helper()
	TestCriteria(t, always(criterion), with...)
}

// TestCriteria is TestCriterion for criteria that are made from a snapshot.
func TestCriteria(t *testing.T, from func(*matching.Snapshot) []matching.Criterion, with ...With) {
	t.Helper()
	run(t, criterionKind, from, with)
}

func always[E any](extension E) func(*matching.Snapshot) []E {
	return func(*matching.Snapshot) []E { return []E{extension} }
}

// A kind of extension has its laws, a way to tell that it speaks, a way into the
// engine, and, where it may be asked why, a guard for when it is not.
type kind[E any] struct {
	laws   []law[E]
	speaks func(*tried[E]) (bool, error)
	extend func(E) matching.Extension
	guard  func(E) E
}

var (
	ruleKind       = kind[matching.Rule]{ruleLaws, ruleSpeaks, matching.WithRule, guardRule}
	separationKind = kind[matching.Separation]{separationLaws, separationSpeaks, matching.WithSeparation, nil}
	resourceKind   = kind[matching.Resource]{resourceLaws, resourceSpeaks, matching.WithResource, nil}
	criterionKind  = kind[matching.Criterion]{criterionLaws, criterionSpeaks, matching.WithCriterion, guardCriterion}
)

// A law has a function that looks for a case against it in one world.
type law[E any] struct {
	name  Law
	holds func(*tried[E]) error
}

// A tried is a kind of extension in one world.
type tried[E any] struct {
	kind[E]
	settings
	seed uint64
	make func(*matching.Snapshot) []E
}

// from makes the extensions, guarded.
func (w *tried[E]) from(s *matching.Snapshot) []E {
	if w.guard == nil {
		return w.make(s)
	}
	var guarded []E
	for _, extension := range w.make(s) {
		guarded = append(guarded, w.guard(extension))
	}
	return guarded
}

// fresh is the world, made anew: a law may change it.
func (w *tried[E]) fresh() *matching.Snapshot { return w.world(w.seed) }

// engine indexes a snapshot with extensions made from it.
func (w *tried[E]) engine(s *matching.Snapshot) (*matching.Engine, error) {
	var extensions []matching.Extension
	for _, extension := range w.from(s) {
		extensions = append(extensions, w.extend(extension))
	}
	return matching.New(s, extensions...)
}

const (
	manyWorlds = 25
	fewWorlds  = 15
)

func run[E any](t *testing.T, k kind[E], from func(*matching.Snapshot) []E, with []With) {
	t.Helper()
	s := settings{worlds: manyWorlds, world: World}
	if testing.Short() {
		s.worlds = fewWorlds
	}
	for _, change := range with {
		change(&s)
	}
	sound := true
	for _, l := range k.laws {
		if !slices.Contains(s.excused, l.name) {
			sound = t.Run(string(l.name), func(t *testing.T) { checkLaw(t, k, l, s, from) }) && sound
		}
	}
	if !slices.Contains(s.excused, Speaks) {
		t.Run(string(Speaks), func(t *testing.T) {
			if !sound {
				t.Skip("another law does not hold")
			}
			checkSpeaks(t, k, s, from)
		})
	}
}

// checkLaw tries one law in every world, and stops at the first case against it.
func checkLaw[E any](t testing.TB, k kind[E], l law[E], s settings, from func(*matching.Snapshot) []E) {
	for seed := range uint64(s.worlds) {
		w := &tried[E]{k, s, seed, from}
		switch err := recovered(func() error { return l.holds(w) }); {
		case err == nil:
			continue
		case errors.Is(err, errParallel):
			t.Errorf("law %q can't be tried: %v", l.name, errParallel)
		case othersToTell(l.name, s, err):
			t.Skipf("%v: that is for the law %q", errQuiet, Explained)
		default:
			t.Errorf("law %q does not hold in world %d: %v\nthe law: %s\nthe world: %s",
				l.name, seed, err, sentences[l.name], Keep(t, w.fresh(), seed))
		}
		return
	}
}

// othersToTell is so of a panic that the law Explained reports, when another law meets it.
func othersToTell(name Law, s settings, err error) bool {
	return errors.Is(err, errQuiet) && name != Explained && !slices.Contains(s.excused, Explained)
}

func checkSpeaks[E any](t testing.TB, k kind[E], s settings, from func(*matching.Snapshot) []E) {
	for seed := range uint64(s.worlds) {
		spoken := false
		err := recovered(func() (err error) {
			spoken, err = k.speaks(&tried[E]{k, s, seed, from})
			return err
		})
		switch {
		case err != nil && othersToTell(Speaks, s, err):
			t.Skipf("%v: that is for the law %q", errQuiet, Explained)
			return
		case err != nil:
			t.Errorf("law %q can't be tried in world %d: %v\nthe law: %s", Speaks, seed, err, sentences[Speaks])
			return
		}
		if spoken {
			return
		}
	}
	t.Errorf("law %q does not hold: in %d worlds it had nothing to say, so that the other laws prove nothing; "+
		"try it In worlds that have what it looks for\nthe law: %s", Speaks, s.worlds, sentences[Speaks])
}

// Keep writes a snapshot into the artifacts of a test, and says where. They stay
// when the test is run with -artifacts.
func Keep(t testing.TB, s *matching.Snapshot, seed uint64) string {
	var b bytes.Buffer
	if err := s.Encode(&b); err != nil {
		return fmt.Sprintf("not written: %v", err)
	}
	path := filepath.Join(t.ArtifactDir(), fmt.Sprintf("world-%d.json", seed))
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		return fmt.Sprintf("not written: %v", err)
	}
	return path + " (go test -artifacts keeps it)"
}
