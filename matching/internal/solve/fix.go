package solve

// fix bars every option of which it is certain that a choice with it is worth no more
// than lower, in fixed point. It returns how many.
func (a *master) fix(lower int64, rounds, nodes int) int {
	m := a.m
	over := a.total - lower
	found := make([][]int32, len(m.clusters))
	a.share(len(m.clusters), func(w *worker, n int) { found[n] = w.hopeless(int32(n), over, rounds, nodes) })
	count := 0
	for _, list := range found {
		for _, p := range list {
			if o := m.option[p]; !a.barred[o] {
				a.bar(o)
				count++
			}
		}
	}
	return count
}

// hopeless lists the parts of a cluster whose options can be barred: with one of them the
// cluster is worth so much less that over, what the bound is above what is asked for, is gone.
func (w *worker) hopeless(n int32, over int64, rounds, nodes int) []int32 {
	a, m := w.a, w.m
	sum := int64(0)
	for _, b := range m.clusters[n] {
		sum += a.bound[b]
	}
	var found []int32
	for _, b := range m.clusters[n] {
		w.b = &m.blocks[b]
		most := a.of[n] - over - (sum - a.bound[b])
		prices := w.keepPrices(nil)
		for _, parts := range w.b.parts {
			for _, p := range parts {
				o := m.option[p]
				if a.barred[o] || m.at[o+1]-m.at[o] > 1 {
					continue
				}
				if w.probe(p, most, rounds, nodes) {
					found = append(found, p)
				}
				w.restorePrices(prices)
			}
		}
	}
	return found
}
