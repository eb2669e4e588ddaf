package lint

import (
	"math"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// matchingWork is how many steps the search for a shortage of places may take.
const matchingWork = 50_000_000

// demand finds referrals that can only go to some groups which have not room for all
// of them, however their starts are chosen, while standing placements stay where they are.
//
// Each group is asked for the most referrals that it can ever take: for a set of
// moments such that every option in it covers at least one of them, the sum of what is
// free at those moments. Then referrals are matched with groups (Hall's theorem).
func (l *linter) demand() {
	asks := map[matching.GroupID][]ask{}
	free := l.unbound()
	for i := range l.offers {
		for _, option := range l.offers[i].options {
			if !free[i] {
				st := option[0]
				asks[st.group.ID] = append(asks[st.group.ID], ask{i, st, l.asked(l.offers[i].referral, st)})
			}
		}
	}
	groups := sortedKeys(asks)
	capacity := l.rooms(groups, asks)
	var seekers []int
	var adjacent [][]int
	for i := range l.offers {
		if free[i] {
			continue
		}
		var to []int
		unlimited := false
		for _, option := range l.offers[i].options {
			n, _ := slices.BinarySearch(groups, option[0].group.ID)
			to = append(to, n)
			unlimited = unlimited || capacity[n] == math.MaxInt
		}
		if !unlimited {
			seekers, adjacent = append(seekers, i), append(adjacent, sorted(to))
		}
	}
	for _, short := range shortages(adjacent, capacity, matchingWork) {
		f := Finding{Code: DemandExceeds, Limit: new(0), Observed: new(len(short.seekers))}
		for _, n := range short.seekers {
			f.Referrals = append(f.Referrals, l.offers[seekers[n]].referral.ID)
		}
		for _, n := range short.rooms {
			f.Groups = append(f.Groups, groups[n])
			*f.Limit += capacity[n]
		}
		l.add(f)
	}
}

// An ask is one option of a referral in a group.
type ask struct {
	referral int
	stay     *stay
	adults   int // thousandths
}

// asked is the adult time of an option in a group.
func (l *linter) asked(r *matching.Referral, st *stay) int {
	if given, ok := r.Given[st.group.ID]; ok && given.AdultDemand != nil && !r.OwnAdult {
		return *given.AdultDemand
	}
	return l.priced(st.pupil, r.OwnAdult)
}

// unbound are the referrals of which it can't be said that each takes a place of its own:
// the pupil is referred twice, or no session of a stay takes place; or not all options are
// known. (Nobody's option meets a standing stay of his own: he would be busy.)
func (l *linter) unbound() []bool {
	referred := map[*matching.Pupil]int{}
	for i := range l.offers {
		referred[l.offers[i].pupil]++
	}
	free := make([]bool, len(l.offers))
	for i := range l.offers {
		o := &l.offers[i]
		free[i] = len(o.options) == 0 || referred[o.pupil] > 1
		for _, option := range o.options {
			// A package takes a place in each of its groups; one is enough.
			free[i] = free[i] || l.firstMoment(option[0]) == 0
		}
	}
	return free
}

// firstMoment is the first date on which a session of the stay takes place, or 0.
func (l *linter) firstMoment(st *stay) calendar.Date {
	first := calendar.Date(0)
	for s := range st.mask.All() {
		if lo, hi := l.days.Occurrences(s, st.from, st.to); lo < hi && (first == 0 || l.days.On(s, lo) < first) {
			first = l.days.On(s, lo)
		}
	}
	return first
}

// rooms is the most referrals that each group can take, of those that ask.
func (l *linter) rooms(groups []matching.GroupID, asks map[matching.GroupID][]ask) []int {
	in := l.byGroup()
	most := make([]int, len(groups))
	for n, id := range groups {
		r := &roomFinder{
			l: l, g: l.groups[id], asks: asks[id],
			pupils: l.used(in[id], one), adults: l.used(in[id], l.standingDemand),
		}
		most[n] = r.most()
	}
	return most
}

// A roomFinder works out how many referrals one group can take.
type roomFinder struct {
	l              *linter
	g              *matching.Group
	asks           []ask
	pupils, adults *use
	cheapest       []int // the adult time that the k-th cheapest referral needs, summed up to it
}

// mostMoments is how many moments are looked at to find out how much room a group has.
const mostMoments = 12

// most is the sum of what is free at moments that between them meet every option, or
// math.MaxInt. Moments that meet many options for their room are taken first.
func (r *roomFinder) most() int {
	r.price()
	left, sum := r.asks, 0
	for range mostMoments {
		if len(left) == 0 {
			return sum
		}
		best, free := r.best(left)
		if free == math.MaxInt {
			return math.MaxInt
		}
		sum += free
		left = slices.DeleteFunc(slices.Clone(left), func(a ask) bool { return a.stay.there(best) })
	}
	if len(left) > 0 {
		return math.MaxInt
	}
	return sum
}

// price sums the adult time of the cheapest referrals.
func (r *roomFinder) price() {
	cheapest := map[int]int{}
	for _, a := range r.asks {
		if n, known := cheapest[a.referral]; !known || a.adults < n {
			cheapest[a.referral] = a.adults
		}
	}
	for _, n := range cheapest {
		r.cheapest = append(r.cheapest, n)
	}
	slices.Sort(r.cheapest)
	for i := 1; i < len(r.cheapest); i++ {
		r.cheapest[i] += r.cheapest[i-1]
	}
}

// best is the moment that meets the most options for each place that is free then.
func (r *roomFinder) best(left []ask) (best moment, free int) {
	days, met := r.l.days, 0
	for s := range calendar.Week.All() {
		steps := make([]int, days.Len(s)+1)
		for _, a := range left {
			if a.stay.mask.Has(s) {
				lo, hi := days.Occurrences(s, a.stay.from, a.stay.to)
				steps[lo]++
				steps[max(lo, hi)]--
			}
		}
		covers := 0
		for i := range days.Len(s) {
			covers += steps[i]
			if covers == 0 {
				continue
			}
			if n := r.free(s, i); met == 0 || better(covers, n, met, free) {
				best, free, met = moment{days.On(s, i), s}, n, covers
			}
		}
	}
	return best, free
}

// better compares covered options for each free place.
func better(covers, free, met, than int) bool {
	if free == math.MaxInt || than == math.MaxInt {
		return free < than
	}
	return covers*(than+1) > met*(free+1)
}

// free is how many more pupils the group can have at a session's i-th occurrence.
func (r *roomFinder) free(s calendar.Session, i int) int {
	free, d := math.MaxInt, r.l.days.On(s, i)
	if places, limited := r.g.PlacesOn(s, d); limited {
		free = max(places-r.pupils.at(s, i), 0)
	}
	if adults, limited := r.g.AdultsOn(s, d); limited {
		left := adults + r.l.sites[r.g.Site].FloatingAdultsOn(s, d) - r.adults.at(s, i)
		k, _ := slices.BinarySearch(r.cheapest, left+1) // how many sums are at most left
		if k < len(r.cheapest) {
			free = min(free, k)
		}
	}
	return free
}
