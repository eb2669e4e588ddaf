package calendar

import "time"

// A Closure is a run of days, both ends included, on which no session takes place.
type Closure struct {
	From Date   `json:"from"`
	To   Date   `json:"to"`
	Name string `json:"name,omitempty"`
}

// Days knows the school days between two dates. It is made once, answers in
// constant time, and never changes.
type Days struct {
	first, last Date
	open        []bool     // by days from first
	schoolDays  []int32    // school days before that day
	before      [5][]int32 // by weekday from Monday: school days of that weekday before that day
	of          [5][]Date  // by weekday: its school days, in order
	all         []Date     // every school day, in order
}

// NewDays returns the school days from first to last, both included: Mondays to
// Fridays that are in no closure. Its cost is the number of days, and of days closed.
func NewDays(first, last Date, closed []Closure) *Days {
	n := max(int(last-first)+1, 0)
	c := &Days{first: first, last: last, open: make([]bool, n), schoolDays: make([]int32, n+1)}
	for i := range c.open {
		wd := (first + Date(i)).Weekday()
		c.open[i] = wd >= time.Monday && wd <= time.Friday
	}
	for _, run := range closed {
		for d := max(run.From, first); d <= min(run.To, last); d++ {
			c.open[d-first] = false
		}
	}
	for w := range c.before {
		c.before[w] = make([]int32, n+1)
	}
	for i, open := range c.open {
		d := first + Date(i)
		if open {
			w := d.Weekday() - 1
			c.of[w] = append(c.of[w], d)
			c.all = append(c.all, d)
		}
		c.schoolDays[i+1] = int32(len(c.all))
		for w := range c.before {
			c.before[w][i+1] = int32(len(c.of[w]))
		}
	}
	return c
}

// First and Last are the ends that the days were made for.
func (c *Days) First() Date { return c.first }

// Last is the last day that is known.
func (c *Days) Last() Date { return c.last }

// Open tells whether d is a school day. Days out of range are not.
func (c *Days) Open(d Date) bool {
	return d >= c.first && d <= c.last && c.open[d-c.first]
}

// Between returns the school days from one date to another, both included.
func (c *Days) Between(from, to Date) []Date {
	i, j := c.span(from, to)
	if i >= j {
		return nil
	}
	return c.all[c.schoolDays[i]:c.schoolDays[j]]
}

// Count is the number of school days from one date to another, both included.
func (c *Days) Count(from, to Date) int { return len(c.Between(from, to)) }

// Before is the school day that is n school days before d, which is one itself, or
// 0 where there is none.
func (c *Days) Before(d Date, n int) Date {
	i := int(c.schoolDays[d-c.first]) - n
	if i < 0 {
		return 0
	}
	return c.all[i]
}

// Occurrences gives the run of a session's occurrences from one date to another:
// the session takes place for the i-th time (from 0, since the first day) for
// each i with lo <= i < hi. A morning and an afternoon of one weekday have the same.
func (c *Days) Occurrences(s Session, from, to Date) (lo, hi int) {
	i, j := c.span(from, to)
	if i >= j {
		return 0, 0
	}
	before := c.before[s/2]
	return int(before[i]), int(before[j])
}

// On is the date of a session's i-th occurrence, and Len how many there are.
func (c *Days) On(s Session, i int) Date { return c.of[s/2][i] }

// Len is the number of a session's occurrences.
func (c *Days) Len(s Session) int { return len(c.of[s/2]) }

// span turns dates into a half-open run of days from first, clipped to what is known.
func (c *Days) span(from, to Date) (i, j int) {
	return max(int(from-c.first), 0), min(int(to-c.first)+1, len(c.open))
}
