package matching

import (
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/internal/strictjson"
)

// PerSession is a number for each session: of pupils, or thousandths of an adult.
// JSON may give one number for all sessions. What a session left out means is said
// where the value is used.
type PerSession map[calendar.Session]int

// Every is the same number at each session.
func Every(n int) PerSession {
	p := make(PerSession, calendar.PerWeek)
	for s := range calendar.Week.All() {
		p[s] = n
	}
	return p
}

// UnmarshalStrict reads one number, or an object of session and number.
func (p *PerSession) UnmarshalStrict(d *strictjson.Decoder, first json.Token) error {
	if first == json.Delim('{') {
		return d.Value(first, (*map[calendar.Session]int)(p))
	}
	number, ok := first.(json.Number)
	if !ok {
		d.Fault("a whole number, or one for each session")
		return d.Skip(first)
	}
	n, err := number.Int64()
	if err != nil {
		d.Fault("a whole number")
		return nil
	}
	*p = Every(int(n))
	return nil
}

// UnmarshalJSON reads what MarshalJSON writes. Snapshots are read by [Read], which is strict.
func (p *PerSession) UnmarshalJSON(data []byte) error {
	var n *int
	if json.Unmarshal(data, &n) == nil {
		if n != nil {
			*p = Every(*n)
		}
		return nil
	}
	return json.Unmarshal(data, (*map[calendar.Session]int)(p))
}

// MarshalJSON writes one number where all ten sessions have the same.
func (p PerSession) MarshalJSON() ([]byte, error) {
	if n, ok := p.uniform(); ok {
		return json.Marshal(n)
	}
	return json.Marshal(map[calendar.Session]int(p))
}

func (p PerSession) uniform() (n int, ok bool) {
	if len(p) != calendar.PerWeek {
		return 0, false
	}
	for _, v := range p {
		if v != p[calendar.MonAM] {
			return 0, false
		}
	}
	return p[calendar.MonAM], true
}

// A Weekday is Monday to Friday; JSON writes "mon" to "fri".
type Weekday time.Weekday

var weekdayNames = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// MarshalText writes "mon" to "fri".
func (w Weekday) MarshalText() ([]byte, error) {
	if w < Weekday(time.Monday) || w > Weekday(time.Friday) {
		return nil, errWeekday
	}
	return []byte(weekdayNames[w]), nil
}

var errWeekday = errors.New("want a weekday, mon to fri")

// UnmarshalText reads "mon" to "fri".
func (w *Weekday) UnmarshalText(text []byte) error {
	i := slices.Index(weekdayNames, string(text))
	if i < 1 || i > 5 {
		return errWeekday
	}
	*w = Weekday(i)
	return nil
}

// sorted returns a set in order, each once; of none, none.
func sorted[E cmp.Ordered](set []E) []E {
	out := slices.Clone(set)
	slices.Sort(out)
	return slices.Compact(out)
}
