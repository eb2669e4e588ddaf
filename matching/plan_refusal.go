package matching

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// refusals are what shuts out the options of one unplaced referral: a set of rules for each.
type refusals struct {
	order  []Code // in the order of reasons
	masks  []uint64
	merged map[Code]*Reason // of each code, over all options
	sole   map[Code]int     // how many options a code shuts out by itself
	doors  map[Code][]int32 // the groups of those
	detail map[Code]map[string]int
}

func newRefusals(order []Code) *refusals {
	return &refusals{order: order, merged: map[Code]*Reason{}, sole: map[Code]int{}, doors: map[Code][]int32{}, detail: map[Code]map[string]int{}}
}

// codesInOrder are all codes that a reason can have, in the order in which reasons are listed. Those
// beyond the 64th are left out of what is found; no policy has as many.
func (e *Engine) codesInOrder() []Code {
	var list []Code
	add := func(codes ...Code) {
		for _, c := range codes {
			if !slices.Contains(list, c) && len(list) < 64 {
				list = append(list, c)
			}
		}
	}
	for _, rule := range e.rules {
		add(rule.Code())
	}
	add(CodeBusy, CodeTooShort, CodeNotOpen, CodePlaces, CodeStaffing)
	for _, resource := range e.resources {
		add(resource.Code())
	}
	add(CodeUnregisteredFullTime)
	for _, s := range e.separate {
		add(s.Code())
	}
	return list
}

// add notes the reasons against one option, in a group. One without reasons is not shut out.
func (f *refusals) add(reasons []Reason, group int32) {
	mask := uint64(0)
	for i := range reasons {
		r := &reasons[i]
		n := slices.Index(f.order, r.Code)
		if n < 0 {
			continue
		}
		if m := f.merged[r.Code]; m == nil {
			f.merged[r.Code] = &Reason{Code: r.Code, Class: r.Class, Codes: slices.Clone(r.Codes), Clears: r.Clears, Times: 1}
		} else {
			m.merge(r, mask>>n&1 == 0)
		}
		mask |= 1 << n
	}
	if mask == 0 {
		return
	}
	f.masks = append(f.masks, mask)
	weight := 1
	if bits.OnesCount64(mask) == 1 {
		code := f.order[bits.TrailingZeros64(mask)]
		f.sole[code]++
		f.doors[code] = append(f.doors[code], group)
		weight = decisive
	}
	for i := range reasons {
		f.tally(&reasons[i], weight)
	}
}

// decisive is how much more counts what shuts out an option by itself.
const decisive = 1 << 20

// tally counts what is at issue: the codes of a reason, or the session at which it first fails.
func (f *refusals) tally(r *Reason, weight int) {
	if f.detail[r.Code] == nil {
		f.detail[r.Code] = map[string]int{}
	}
	at := r.Session
	if len(r.Codes) > 0 {
		at = strings.Join(r.Codes, "\x00")
	}
	f.detail[r.Code][at] += weight
}

// classesByEase are the classes from what is lifted most easily.
var classesByEase = []Class{ByDate, ByKnowing, ByAdults, ByMove, ByWaiver, Never}

// merge makes r the reason of another option too: of the class that is easiest to lift,
// with the first day on which any clears.
func (r *Reason) merge(other *Reason, counts bool) {
	if counts {
		r.Times++
	}
	if slices.Index(classesByEase, other.Class) < slices.Index(classesByEase, r.Class) {
		r.Class = other.Class
	}
	if other.Clears != 0 && (r.Clears == 0 || other.Clears < r.Clears) {
		r.Clears = other.Clears
	}
	for _, c := range other.Codes {
		if at, found := slices.BinarySearch(r.Codes, c); !found {
			r.Codes = slices.Insert(r.Codes, at, c)
		}
	}
}

// reasons are the fewest codes such that each option is shut out by one of them; of several such sets
// the one that shuts out most, counted by code, then the first in order.
func (f *refusals) reasons() []Reason {
	list := []Reason{}
	for _, n := range f.fewest() {
		list = append(list, *f.merged[f.order[n]])
	}
	return list
}

// mostCovers bounds the search for a smallest set. Beyond it the set is found by taking
// what shuts out most, which may be larger than need be.
const mostCovers = 20000

func (f *refusals) fewest() []int {
	masks := minimal(f.masks)
	if len(masks) == 0 {
		return nil
	}
	c := coverer{f: f, masks: masks, steps: mostCovers}
	for size := 1; size <= 8; size++ {
		c.search(0, size)
		if c.steps <= 0 {
			break
		}
		if c.best != 0 {
			return bitsOf(c.best)
		}
	}
	return bitsOf(f.greedy(masks))
}

// minimal are the masks that contain no other, sorted.
func minimal(masks []uint64) []uint64 {
	list := slices.Clone(masks)
	slices.SortFunc(list, func(a, b uint64) int {
		return cmp.Or(cmp.Compare(bits.OnesCount64(a), bits.OnesCount64(b)), cmp.Compare(a, b))
	})
	var kept []uint64
	for _, m := range list {
		if !slices.ContainsFunc(kept, func(k uint64) bool { return k&^m == 0 }) {
			kept = append(kept, m)
		}
	}
	return kept
}

// A coverer looks for a smallest set of codes that meets each mask.
type coverer struct {
	f     *refusals
	masks []uint64
	steps int
	best  uint64
	score int
}

func (c *coverer) search(chosen uint64, left int) {
	if c.steps--; c.steps <= 0 {
		return
	}
	at := slices.IndexFunc(c.masks, func(m uint64) bool { return m&chosen == 0 })
	if at < 0 {
		score := 0
		for _, n := range bitsOf(chosen) {
			score += c.f.merged[c.f.order[n]].Times
		}
		if c.best == 0 || score > c.score || score == c.score && bits.Reverse64(chosen) > bits.Reverse64(c.best) {
			c.best, c.score = chosen, score
		}
		return
	}
	if left == 0 {
		return
	}
	for _, n := range bitsOf(c.masks[at]) {
		c.search(chosen|1<<n, left-1)
	}
}

func (f *refusals) greedy(masks []uint64) (chosen uint64) {
	for {
		counts := make([]int, len(f.order))
		for _, m := range masks {
			if m&chosen == 0 {
				for _, n := range bitsOf(m) {
					counts[n]++
				}
			}
		}
		if slices.Max(counts) == 0 {
			return chosen
		}
		chosen |= 1 << slices.Index(counts, slices.Max(counts))
	}
}

func bitsOf(mask uint64) []int {
	var list []int
	for ; mask != 0; mask &= mask - 1 {
		list = append(list, bits.TrailingZeros64(mask))
	}
	return list
}
