package generate_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"testing"
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/generate"
)

func TestTmpMany(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	f, _ := os.Open("/work/shared/data/england_ap_pru_establishments.csv")
	es, _ := generate.ReadEstablishments(f)
	t0 := time.Now()
	runs := 0
	for time.Since(t0) < 40*time.Second {
		o := generate.Options{Referrals: r.IntN(60), Groups: 1 + r.IntN(40), Seed: r.Uint64()}
		o.AsOf = calendar.MustDate("2026-08-01") + calendar.Date(r.IntN(800))
		switch r.IntN(4) {
		case 0:
			o.Placements = r.IntN(60 * o.Groups)
		case 1:
			o.Placements = -1
		}
		switch r.IntN(4) {
		case 0:
			o.Establishments = es
		case 1:
			i := r.IntN(len(es))
			o.Establishments = es[i : i+1]
		}
		s, err := generate.Snapshot(o)
		if err != nil {
			t.Fatalf("%+v %v", o, err)
		}
		if _, err := matching.New(s); err != nil {
			t.Fatalf("%+v %v", o, err)
		}
		w := see(s)
		for _, id := range sortedSites(w) {
			w.checkSums(t, id)
			w.checkPairs(t, w.stays[id])
			for _, x := range w.stays[id] {
				w.checkStay(t, x)
			}
		}
		if t.Failed() {
			o.Establishments = o.Establishments[:min(1, len(o.Establishments))]
			t.Fatalf("%+v", o)
		}
		runs++
	}
	fmt.Println(runs, "runs")
}

func TestTmpNational(t *testing.T) {
	f, _ := os.Open("/work/shared/data/england_ap_pru_establishments.csv")
	es, _ := generate.ReadEstablishments(f)
	for _, use := range [][]generate.Establishment{nil, es} {
		t0 := time.Now()
		s, err := generate.Snapshot(generate.Options{Referrals: 25000, Groups: 3000, Placements: 45000, Seed: 1, Establishments: use})
		if err != nil {
			t.Fatal(err)
		}
		gen := time.Since(t0)
		var ms runtime.MemStats
		runtime.ReadMemStats(&ms)
		sys := ms.Sys >> 20
		n := len(encoded(t, s))
		t0 = time.Now()
		e, err := matching.New(s)
		if err != nil {
			t.Fatal(err)
		}
		nw := time.Since(t0)
		ok, asked := 0, 0
		t0 = time.Now()
		for i := 0; i < 25000; i += 500 {
			opts, _ := e.Options(s.Referrals[i].ID)
			asked++
			for _, o := range opts {
				if o.Feasible {
					ok++
					break
				}
			}
		}
		fmt.Println(len(use), "gen", gen, "sys", sys, "MiB; json bytes", n, "New", nw, "feasible", ok, "of", asked, "options", time.Since(t0), len(s.KeepApart), len(s.Sites))
	}
}
