package solve

import "slices"

// An exploration decides the items of a case one by one, depth first. What it gives up
// against the bound may not exceed what the bound is above the best.
type exploration struct {
	frames   []frame
	chosen   []int32
	ceiling  int     // of nodes
	promised []int64 // by room: what its company may be worth, less what each to come adds at best
	more     []int32

	hopes        []hope // by row
	stamp, first int64
	pivoted      int32
}

// A frame lists the items that are open at a depth.
type frame struct{ open []int32 }

// A hope is how much of a row open items may use.
type hope struct{ item, most, sum int64 }

// openPerNode is how many open items make a node count for one more.
const openPerNode = 32

// explore searches the case, as narrowed, within so many nodes. It tells whether it came to an end, so that
// best is the best of the case, if that is any better than what was best.
func (w *worker) explore(nodes int) bool {
	w.chosen = append(w.chosen[:0], w.fixed...)
	w.nodes -= nodes
	w.ceiling, w.pivoted = nodes, -1
	if len(w.frames) == 0 {
		w.frames = append(w.frames, frame{})
	}
	w.frames[0].open = w.frames[0].open[:0]
	for i := range w.items {
		w.frames[0].open = append(w.frames[0].open, int32(i))
	}
	w.descend(0, 0, w.worth)
	done := w.ceiling >= 0
	w.nodes += max(w.ceiling, 0)
	return done
}

// pivot is the part that the exploration decided on first, -1 if it did not get that far.
func (w *worker) pivot() int32 { return w.pivoted }

// descend searches what the open items can add. loss is what was given up so far against
// the bound; worth is what was earned.
func (w *worker) descend(depth int, loss, worth int64) {
	if w.ceiling -= 1 + len(w.frames[depth].open)/openPerNode; w.ceiling < 0 {
		return
	}
	if worth > w.best {
		w.best = worth
		w.sol = append(w.sol[:0], w.chosen...)
	}
	sure, which, gone := w.survey(depth, w.bound-w.best-loss)
	loss += gone
	if which < 0 || loss+sure+w.waste(w.frames[depth].open) >= w.bound-w.best {
		return
	}
	f := &w.frames[depth]
	it := w.items[f.open[which]]
	f.open = slices.Delete(f.open, which, which+1)
	sure -= w.least(&it)
	if depth+1 == len(w.frames) {
		w.frames = append(w.frames, frame{})
	}
	skipped := false
	for _, c := range w.found[it.from:it.to] {
		if !skipped && c.loss > it.skip {
			skipped = true
			w.skip(depth, loss, worth, sure, it.skip)
		}
		if loss+sure+c.loss >= w.bound-w.best {
			break
		}
		if w.s.fits(c.part) {
			if w.pivoted < 0 {
				w.pivoted = c.part
			}
			w.pick(depth, loss, worth, c)
		}
	}
	if !skipped {
		w.skip(depth, loss, worth, sure, it.skip)
	}
}

func (w *worker) skip(depth int, loss, worth, sure, skip int64) {
	if loss+sure+skip < w.bound-w.best {
		w.frames[depth+1].open = append(w.frames[depth+1].open[:0], w.frames[depth].open...)
		w.descend(depth+1, loss+skip, worth)
	}
}

func (w *worker) pick(depth int, loss, worth int64, c candidate) {
	w.frames[depth+1].open = append(w.frames[depth+1].open[:0], w.frames[depth].open...)
	w.s.take(c.part, 1)
	company := w.s.enter(c.part)
	more := w.profit(c.part) + company<<pointBits
	w.chosen = append(w.chosen, c.part)
	short, before := w.disappoint(c.part, w.frames[depth].open)
	w.descend(depth+1, loss+c.loss+short, worth+more)
	if w.m.companies && w.m.part[c.part].Room >= 0 {
		w.promised[w.m.part[c.part].Room] = before
	}
	w.chosen = w.chosen[:len(w.chosen)-1]
	w.s.back(c.part, company)
	w.s.take(c.part, -1)
}

// disappoint is what the company of a part's room can be worth less than was hoped for, now that
// the part is there.
func (w *worker) disappoint(p int32, open []int32) (short, before int64) {
	r := w.m.part[p].Room
	if !w.m.companies || r < 0 {
		return 0, 0
	}
	w.more = w.more[:0]
	for _, i := range open {
		it := &w.items[i]
		for _, c := range w.found[it.from:it.to] {
			if w.m.part[c.part].Room == r && w.s.fits(c.part) {
				w.more = append(w.more, w.m.part[c.part].Seat)
			}
		}
	}
	before = w.promised[r]
	hoped := before + w.m.most[p]
	w.promised[r] = min(hoped, w.m.Company.Ceiling(r, w.s.seats[r], w.more))
	return (hoped - w.promised[r]) << pointBits, before
}

// survey tells what the open items lose at least, which of them has most to lose, and what
// is lost with items that no longer fit anywhere, which it closes. It stops once that is the whole budget.
func (w *worker) survey(depth int, budget int64) (sure int64, which int, gone int64) {
	f := &w.frames[depth]
	which = -1
	most := int64(-1)
	kept := f.open[:0]
	for _, i := range f.open {
		it := &w.items[i]
		first, second, fits := it.skip, it.skip, false
		for _, c := range w.found[it.from:it.to] {
			if !w.s.fits(c.part) {
				continue
			}
			if fits = true; c.loss < first {
				first, second = c.loss, first
			} else {
				second = min(second, c.loss)
				break
			}
		}
		if !fits {
			gone += it.skip
		} else {
			sure += first
			if second-first > most {
				most, which = second-first, len(kept)
			}
			kept = append(kept, i)
		}
		if sure+gone >= budget {
			return sure, -1, gone
		}
	}
	f.open = kept
	return sure, which, gone
}

// least is what an open item loses at least.
func (w *worker) least(it *choiceOf) int64 {
	for _, c := range w.found[it.from:it.to] {
		if c.loss >= it.skip {
			break
		}
		if w.s.fits(c.part) {
			return c.loss
		}
	}
	return it.skip
}

// waste is what the capacity is worth that the open items can not use any more.
func (w *worker) waste(open []int32) int64 {
	m := w.m
	w.first = w.stamp + 1
	for _, i := range open {
		it := &w.items[i]
		w.stamp++
		for _, c := range w.found[it.from:it.to] {
			if w.s.fits(c.part) {
				w.hope(m.uses[m.part[c.part].Uses])
			}
		}
	}
	sum := int64(0)
	for _, r := range w.b.rows {
		price := w.a.rows.row[r]
		if price == 0 || m.rows[r].Pool >= 0 {
			continue
		}
		left := m.rows[r].Capacity - w.s.used[r]
		if h := &w.hopes[r]; h.item >= w.first {
			left -= h.sum
		}
		if left > 0 {
			sum += price * left
		}
	}
	return sum >> (fineBits - pointBits)
}

// hope adds what the item of the stamp may use beyond what it was known to.
func (w *worker) hope(uses []Use) {
	for _, use := range uses {
		h := &w.hopes[use.Row]
		if h.item != w.stamp {
			if h.item < w.first {
				h.sum = 0
			}
			h.item, h.most = w.stamp, 0
		}
		if more := int64(use.Amount) - h.most; more > 0 {
			h.sum += more
			h.most += more
		}
	}
}

// greedy adds to what is fixed what the best choice so far takes, and then what fits, by what would be
// lost otherwise.
func (w *worker) greedy() {
	w.chosen = append(w.chosen[:0], w.fixed...)
	worth := w.worth
	take := func(p int32) bool {
		company := w.s.enter(p)
		more := w.profit(p) + company<<pointBits
		if more <= 0 {
			w.s.back(p, company)
			return false
		}
		w.s.take(p, 1)
		w.taken[w.m.itemOf(p)] = true
		w.chosen = append(w.chosen, p)
		worth += more
		return true
	}
	for _, p := range w.sol {
		if !w.out(p) && w.s.fits(p) {
			take(p)
		}
	}
	for i := range w.items {
		for _, c := range w.found[w.items[i].from:w.items[i].to] {
			if w.taken[w.m.itemOf(c.part)] {
				break
			}
			if w.profit(c.part)+w.m.most[c.part]<<pointBits > 0 && w.s.fits(c.part) && take(c.part) {
				break
			}
		}
	}
	for _, p := range w.chosen[len(w.fixed):] {
		w.taken[w.m.itemOf(p)] = false
		w.s.take(p, -1)
		w.s.leave(p)
	}
	if worth > w.best {
		w.best = worth
		w.sol = append(w.sol[:0], w.chosen...)
	}
}
