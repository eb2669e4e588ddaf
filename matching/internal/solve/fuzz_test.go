package solve

import (
	"bytes"
	"testing"
)

// FuzzSolve reads a puzzle from bytes, solves it in blocks with what effort they say, and compares with trying everything.
func FuzzSolve(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{2, 0, 3, 2, 0, 1, 1, 2, 2, 2})
	f.Add(bytes.Repeat([]byte{1, 0, 2, 3}, 40))
	f.Add(bytes.Repeat([]byte{5, 4, 3, 2, 1, 0, 7}, 40))
	for seed := range 6 {
		d, data := drawRandom(uint64(seed)), make([]byte, 300)
		for i := range data {
			data[i] = byte(d(256))
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d := drawBytes(data)
		effort, small := int64(d(2)*d(200)*d(50)), float64(d(2)*smallProduct)
		p := drawPuzzle(d)
		all := p.tryAll(p.barred, p.forced)
		r, err := p.solveWith(t.Context(), effort, small)
		if (err == nil) != all.any {
			t.Fatalf("%v, but trying everything finds %t", err, all.any)
		}
		if err != nil {
			return
		}
		p.check(t, 0, r, all)
		if effort == 0 && r.Value != r.Bound {
			t.Errorf("value %d, bound %d, with no limit to the effort", r.Value, r.Bound)
		}
	})
}
