package solve

import "testing"

// The parts, on an agenda of 200 items and 60 groups: how long each takes, and how far it gets.

func benchModel(b *testing.B, company bool) *model {
	b.Helper()
	return newModel(&drawAgenda(7, 200, 60, company, false).Problem, nil, nil)
}

func BenchmarkModel(b *testing.B) {
	p := drawAgenda(7, 200, 60, false, false)
	for b.Loop() {
		newModel(&p.Problem, nil, nil)
	}
}

// BenchmarkFacets counts them, over many cells.
func BenchmarkFacets(b *testing.B) {
	cells := make([]*Problem, 100)
	for i := range cells {
		cells[i] = drawCell(drawRandom(uint64(i)))
	}
	found := 0
	for b.Loop() {
		found = 0
		for _, p := range cells {
			found += len(newModel(p, nil, nil).rows) - len(p.Rows)
		}
	}
	b.ReportMetric(float64(found), "facets")
}

func BenchmarkPricer(b *testing.B) {
	m := benchModel(b, true)
	bound := int64(0)
	for b.Loop() {
		p := newPricer(m)
		for range 100 {
			p.round(0)
		}
		bound = p.bound >> pointBits
	}
	b.ReportMetric(float64(bound), "bound")
}

func BenchmarkMaster(b *testing.B) {
	m := benchModel(b, true)
	bound, work := int64(0), int64(0)
	for b.Loop() {
		p := newPricer(m)
		for range 100 {
			p.round(0)
		}
		a := newMaster(m, p)
		bound = p.bound
		for range 10 {
			bound = min(bound, a.round(tuneRounds, 300))
			a.move(0.3, bound/2)
		}
		work = a.spent
	}
	b.ReportMetric(float64(bound>>pointBits), "bound")
	b.ReportMetric(float64(work), "nodes")
}

func BenchmarkSearch(b *testing.B) {
	m := benchModel(b, true)
	value := int64(0)
	for b.Loop() {
		r := favoured(m, 1)
		r.run(b.Context(), 100_000, r.heat, 1)
		value = r.record
	}
	b.ReportMetric(float64(value), "value")
}

// BenchmarkExhaust tries all choices of puzzles.
func BenchmarkExhaust(b *testing.B) {
	models := make([]*model, 100)
	for i := range models {
		models[i] = newModel(&drawPuzzle(drawRandom(uint64(i))).Problem, nil, nil)
	}
	nodes := int64(0)
	for b.Loop() {
		nodes = 0
		for _, m := range models {
			s := newSolver(b.Context(), m, Options{})
			s.exhaust(m.barred, smallNodes)
			nodes += s.nodes
		}
	}
	b.ReportMetric(float64(nodes), "nodes")
}

// BenchmarkSolve is all of it, for what a quick plan spends.
func BenchmarkSolve(b *testing.B) {
	p := drawAgenda(7, 200, 60, true, true)
	var r Result
	for b.Loop() {
		var err error
		if r, err = Solve(b.Context(), &p.Problem, Options{Effort: 1_000_000}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(r.Value), "value")
	b.ReportMetric(float64(r.Bound), "bound")
}
