package solve

import (
	"sync"
	"time"
)

// A search takes turns of so many steps for each item, but no more than most. The temperature falls over a cycle
// of turns, in which each item has several times as many.
const (
	stepsPerItem = 400
	mostSteps    = 500_000
	cyclePerItem = 4 * stepsPerItem
)

func (s *solver) turnSteps() int { return min(stepsPerItem*len(s.searches[0].items), mostSteps) }

// cycle is how many turns the temperature takes to fall.
func (s *solver) cycle() int {
	return max(4, cyclePerItem*len(s.searches[0].items)/max(s.turnSteps(), 1)/len(s.searches))
}

// search takes a turn, and returns its steps. The temperature has fallen after a cycle, or after half of what there is to
// spend; later cycles begin with the best choice, and less hot.
func (s *solver) search(turn int) int64 {
	steps, cycle, hot := s.turnSteps(), s.cycle(), s.searches[0].heat
	at := float64(turn%cycle) / float64(cycle)
	if turn >= cycle {
		hot = max(hot/3, 2)
		if turn%cycle == 0 {
			for _, r := range s.searches {
				r.set(s.best)
			}
		}
	} else {
		at = max(at, 2*s.spent())
	}
	from := max(int64((1-at)*float64(hot)), 1)
	to := max(from-hot/int64(cycle), 1)
	s.searchAt(steps, from, to, turn)
	return int64(steps * len(s.searches))
}

// spent is which part of what there is to spend is spent: of the effort, or of the time. A clock is looked at
// only where the context has a deadline.
func (s *solver) spent() (part float64) {
	if s.o.Effort > 0 {
		part = float64(s.work) / float64(s.o.Effort)
	}
	if deadline, ok := s.ctx.Deadline(); ok {
		part = max(part, 1-float64(time.Until(deadline))/float64(deadline.Sub(s.began)))
	}
	return part
}

// searchAt has every search take so many steps: where clusters can be parted, on one choice, each with
// clusters of its own; else each on its own choice.
func (s *solver) searchAt(steps int, from, to int64, turn int) {
	parted := len(s.m.globals) == 0 && len(s.m.clusters) >= 4*len(s.searches)
	if parted {
		s.part(turn)
	}
	var wg sync.WaitGroup
	for _, r := range s.searches {
		wg.Go(func() { r.run(s.ctx, steps, from, to) })
	}
	wg.Wait()
	if parted {
		s.join()
	}
	for _, r := range s.searches {
		s.offer(r)
		s.work += int64(steps)
	}
}

// part gives each search clusters of its own, others at every turn, and the items that are there. All
// go on from one choice.
func (s *solver) part(turn int) {
	n := len(s.searches)
	owner := func(x int) int { return int((uint32(x)*2654435761+uint32(turn)*2246822519)>>15) % n }
	whole := func(o int32) int {
		at := -2
		for p := s.m.at[o]; p < s.m.at[o+1]; p++ {
			own := -1
			if b := s.m.block[p]; b >= 0 {
				own = owner(int(s.m.cluster[b]))
			}
			if at != -2 && at != own {
				return -1
			}
			at = own
		}
		return at
	}
	base := s.searches[0].current()
	for k, r := range s.searches {
		if k > 0 {
			r.set(base)
		}
		r.keepTo(func(i int32) bool {
			if base[i] < 0 {
				return owner(int(i)) == k
			}
			return whole(base[i]) == k
		}, func(o int32) bool { return whole(o) == k })
	}
}

// join makes what the searches have each done with their own items one choice.
func (s *solver) join() {
	choice := s.searches[0].current()
	for _, r := range s.searches[1:] {
		for _, i := range r.movable {
			choice[i] = r.choice[i]
		}
	}
	for _, r := range s.searches {
		r.everywhere()
	}
	s.searches[0].set(choice)
}
