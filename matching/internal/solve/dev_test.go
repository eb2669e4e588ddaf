package solve

import (
	"context"
	"encoding/gob"
	"os"
	"strconv"
	"testing"
	"time"
)

func TestDev(t *testing.T) {
	f, err := os.Open(os.Getenv("GOB"))
	if err != nil {
		t.Skip()
	}
	p := new(Problem)
	if err := gob.NewDecoder(f).Decode(p); err != nil {
		t.Fatal(err)
	}
	limit, _ := strconv.Atoi(os.Getenv("LIMIT"))
	low, _ := strconv.Atoi(os.Getenv("LOW"))
	rounds, _ := strconv.Atoi(os.Getenv("ROUNDS"))
	its, _ := strconv.Atoi(os.Getenv("ITS"))
	if v, err := strconv.Atoi(os.Getenv("PIN")); err == nil {
		mostPinned = v
	}
	t0 := time.Now()
	m := newModel(p, nil, nil)
	pr := newPricer(m)
	for range 400 {
		pr.round(int64(low))
	}
	t.Logf("%v %d blocks price %d", time.Since(t0), len(m.blocks), pr.bound/point)
	a := newMaster(m, pr)
	best := int64(1) << 62
	step, stale := 1.0, 0
	if v, err := strconv.ParseFloat(os.Getenv("STEP"), 64); err == nil {
		step = v
	}
	smooth, _ := strconv.ParseFloat(os.Getenv("SMOOTH"), 64)
	a.smooth = smooth
	for k := range its {
		n0 := a.nodes
		l := a.round(rounds, limit)
		if l < best {
			if best-l > best>>13 {
				stale = 0
			}
			best = l
		}
		if stale++; stale > 10 {
			stale, step = 0, step/2
		}
		if k < 2 || k%10 == 9 {
			exact, taken, gap := 0, 0, int64(0)
			for i := range a.bound {
				taken += len(a.sol[i])
				a.workers[0].b = &m.blocks[i]
				v := a.workers[0].worthOf(a.sol[i])
				gap += a.bound[i] - v
				if a.bound[i] == v {
					exact++
				}
			}
			t.Logf("%v master %d: %d best %d nodes %d exact %d/%d gap %d taken %d", time.Since(t0), k, l/point, best/point, a.nodes-n0, exact, len(m.blocks), gap/point, taken)
		}
		a.move(step, int64(low)*point)
	}
}

func TestSolve(t *testing.T) {
	f, err := os.Open(os.Getenv("GOB"))
	if err != nil {
		t.Skip()
	}
	p := new(Problem)
	if err := gob.NewDecoder(f).Decode(p); err != nil {
		t.Fatal(err)
	}
	t0 := time.Now()
	Trace = func(f string, args ...any) { t.Logf("%v "+f, append([]any{time.Since(t0)}, args...)...) }
	d, _ := time.ParseDuration(os.Getenv("TIME"))
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	r, err := Solve(ctx, p, Options{})
	t.Log(time.Since(t0), r.Value, r.Bound, r.Nodes, r.Iterations, err)
}
