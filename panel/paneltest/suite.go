package paneltest

import (
	"errors"
	"iter"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/panel"
)

// StoreSuite is what every store has to pass. Open gives an empty one each time.
func StoreSuite(t *testing.T, open func(testing.TB) panel.Store) {
	t.Helper()
	for _, part := range []struct {
		name string
		test func(*testing.T, panel.Store)
	}{
		{"every noun comes back as it was", everyNoun},
		{"what others may narrow by is narrowed by", narrowed},
		{"versions", versions},
		{"absent and taken", absentAndTaken},
		{"an error or a panic stores nothing", nothing},
		{"a failed statement can't be passed over", passedOver},
		{"a transaction is over when its function returns", over},
		{"a view stores nothing", viewStores},
		{"a view sees one state", oneState},
		{"pages", pages},
		{"books keep the order of adding", bookOrder},
		{"two decisions can't take the place of the same one", succession},
		{"evidence and contents", bytesKept},
		{"erasing a pupil", erasing},
		{"the journal", journalInOrder},
		{"the journal under sixteen writers", journalTogether},
		{"locks", locks},
		{"locks in either order", locksCrossed},
		{"a caller who no longer waits", gone},
	} {
		t.Run(part.name, func(t *testing.T) {
			t.Parallel()
			part.test(t, open(t))
		})
	}
}

// do runs fn in an Update that has to succeed.
func do(t *testing.T, s panel.Store, fn func(panel.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), fn); err != nil {
		t.Fatalf("update: %v", explained(err))
	}
}

// look runs fn in a View that has to succeed.
func look(t *testing.T, s panel.Store, fn func(panel.Tx) error) {
	t.Helper()
	if err := s.View(t.Context(), fn); err != nil {
		t.Fatalf("view: %v", explained(err))
	}
}

// explained is an error with its causes, which its text leaves out.
func explained(err error) []error {
	var all []error
	for _, e := range tree(err) {
		if !slices.Contains(all, e) {
			all = append(all, e)
		}
	}
	return all
}

func tree(err error) []error {
	all := []error{err}
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range many.Unwrap() {
			all = append(all, tree(e)...)
		}
	}
	if e := errors.Unwrap(err); e != nil {
		all = append(all, tree(e)...)
	}
	return all
}

// wants tells whether an error has the kind.
func wants(t *testing.T, what string, err error, kind panel.Kind) {
	t.Helper()
	if panel.KindOf(err) != kind || err == nil {
		t.Errorf("%s: %v, want %s", what, err, kind)
	}
}

// gather reads a list to its end.
func gather[N any](list iter.Seq2[N, error]) ([]N, error) {
	var all []N
	for v, err := range list {
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}

// same compares what a Get gave with what was added.
func same[N any](t *testing.T, got N, err error, want N) {
	t.Helper()
	if err != nil {
		t.Errorf("%T: %v", want, err)
	} else if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%T came back otherwise (-added +read):\n%s", want, diff)
	}
}

func listed[ID ~string, N any](t *testing.T, id func(N) ID, list iter.Seq2[N, error], want ...ID) {
	t.Helper()
	all, err := gather(list)
	if err != nil {
		t.Error(err)
		return
	}
	ids := make([]ID, len(all))
	for i, v := range all {
		ids[i] = id(v)
	}
	if !slices.Equal(ids, want) {
		t.Errorf("%T: listed %v, want %v", *new(N), ids, want)
	}
}
