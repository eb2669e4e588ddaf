package solve

// An ascent looks for the prices of items that prove the lowest bound, and repairs what
// the blocks take at each into a choice.
type ascent struct {
	s     *solver
	best  int64 // in fixed point
	at    position
	step  float64
	stale int
	nodes int // for each block
}

func (s *solver) newAscent(step float64, nodes int) *ascent {
	clear(s.master.drift)
	return &ascent{s: s, best: 1 << 62, step: step, nodes: nodes}
}

// run makes so many rounds at most, and goes back to the best prices. It tells whether it is worth going on.
// patience is how many rounds may gain little before the steps get shorter. After so much work, if that is not 0,
// it makes no more rounds.
func (c *ascent) run(rounds, patience int, work int64) bool {
	a, s := c.s.master, c.s
	began := s.work
	for range rounds {
		total := a.round(tuneRounds, c.nodes)
		s.iterations++
		s.round = max(a.spent, s.round/2)
		s.spend()
		s.repair()
		if c.note(total); c.best <= s.target() || s.stopped() {
			break
		}
		if c.stale++; c.stale > patience {
			c.stale, c.step = 0, c.step/2
		}
		if c.step < 0.02 {
			break
		}
		a.move(c.step, s.target())
		if work > 0 && s.work-began > work {
			break
		}
	}
	a.goBack(c.at)
	return c.best > s.target() && c.step >= 0.02 && !s.stopped()
}

// tuneRounds is how often a block's own prices are improved for a case.
const tuneRounds = 4

func (c *ascent) note(total int64) {
	if total >= c.best {
		return
	}
	if (c.best-total)*100 > c.best-c.s.target() {
		c.stale = 0
	}
	c.best, c.at = total, c.s.master.position()
}
