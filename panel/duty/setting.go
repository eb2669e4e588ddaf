package duty

import (
	"cmp"
	"slices"

	"example.org/backontrack/matching/calendar"
)

// A Key names a number that somebody has set: "sixth_day.permanent".
type Key string

// A Unit is what a number counts.
type Unit string

// The units. Days are days of the calendar, weeks are seven of them.
const (
	SchoolDays  Unit = "school days"
	WorkingDays Unit = "working days"
	Days        Unit = "days"
	WeekUnit    Unit = "weeks"
	Months      Unit = "months"
	HalfTerms   Unit = "half terms"
	TermUnit    Unit = "terms"
	Sessions    Unit = "sessions a week"
	Hours       Unit = "hours a week"
	Minutes     Unit = "minutes"
	Miles       Unit = "miles"
	Pupils      Unit = "pupils"
	People      Unit = "people"
)

// A Status is how well founded a number is.
type Status string

// The statuses: an Act or regulations; guidance to which schools and authorities must
// have regard; what an authority or provider does; and what nobody has checked.
const (
	Statute    Status = "statute"
	Guidance   Status = "guidance"
	Practice   Status = "practice"
	Unverified Status = "unverified"
)

// Statuses are all of them, the best founded first.
func Statuses() []Status { return []Status{Statute, Guidance, Practice, Unverified} }

// Always and Open are the ends of a setting whose beginning is not recorded here, and
// of one that is still in force.
const (
	Always = calendar.Date(365)       // 1971-01-01, the first that can be written
	Open   = calendar.Date(2_932_896) // 9999-12-31, the last
)

// A Setting is one number, from a day to a day, both included, and who says so.
type Setting struct {
	Key    Key
	Value  int
	Unit   Unit
	From   calendar.Date
	To     calendar.Date
	Source string
	Status Status
}

// Holds tells whether the setting is in force on a day.
func (s Setting) Holds(on calendar.Date) bool { return s.From <= on && on <= s.To }

// Settings are the numbers of an authority with their history.
type Settings []Setting

// At is the setting that is in force for a key on a day, if there is one.
func (s Settings) At(key Key, on calendar.Date) (Setting, bool) {
	i := slices.IndexFunc(s, func(x Setting) bool { return x.Key == key && x.Holds(on) })
	if i < 0 {
		return Setting{}, false
	}
	return s[i], true
}

// History lists what a key has been, the oldest first.
func (s Settings) History(key Key) []Setting {
	var all []Setting
	for _, x := range s {
		if x.Key == key {
			all = append(all, x)
		}
	}
	slices.SortFunc(all, func(a, b Setting) int { return cmp.Compare(a.From, b.From) })
	return all
}

// With returns a later version of the settings: each override holds from its first to
// its last day, and on every other day what was in force before still is, so that a
// decision of years ago is read with the numbers of its time. The receiver does not
// change. Overrides that are wrong, or overlap each other, are [Faults].
func (s Settings) With(overrides Settings) (Settings, error) {
	if err := overrides.faults().err(); err != nil {
		return nil, err
	}
	var all Settings
	for _, old := range s {
		all = append(all, old.without(overrides)...)
	}
	all = append(all, overrides...)
	all.sort()
	return all, nil
}

// without is what overrides leave of a setting: nothing, one piece or several.
func (s Setting) without(overrides Settings) []Setting {
	var pieces []Setting
	rest, open := s, true
	for _, o := range overrides.History(s.Key) {
		if !open || o.To < rest.From || o.From > rest.To {
			continue
		}
		if o.From > rest.From {
			piece := rest
			piece.To = o.From - 1
			pieces = append(pieces, piece)
		}
		open = o.To < rest.To
		rest.From = o.To + 1
	}
	if open {
		pieces = append(pieces, rest)
	}
	return pieces
}

// sort orders by the catalogue, then by date.
func (s Settings) sort() {
	slices.SortStableFunc(s, func(a, b Setting) int {
		return cmp.Or(cmp.Compare(place(a.Key), place(b.Key)), cmp.Compare(a.From, b.From))
	})
}

// Check returns every fault of a full list of settings as [Faults], or nil: what is
// wrong with each, overlaps and gaps between those of one key, and keys that the clock
// needs and that are not in force today and from now on.
func (s Settings) Check() error {
	f := s.faults()
	for _, d := range catalogue {
		f = append(f, s.gaps(d)...)
	}
	return f.err()
}

// faults are those of each setting on its own, and overlaps.
func (s Settings) faults() Faults {
	var f Faults
	for i, x := range s {
		f = append(f, x.faults().under(item("", i))...)
		overlaps := func(o Setting) bool { return o.Key == x.Key && o.From <= x.To && x.From <= o.To && o.From <= o.To }
		if x.From <= x.To && slices.ContainsFunc(s[:i], overlaps) {
			f.add(item("", i)+"/From", "overlap", "days on which no other setting of the same key holds")
		}
	}
	return f
}

const mostOfAnything = 1000

func (s Setting) faults() Faults {
	var f Faults
	d, known := definition(s.Key)
	switch {
	case !known:
		f.add("/Key", "unknown", "a key of docs/reference/duties.md")
	case s.Unit != d.Unit:
		f.add("/Unit", "unit", "the unit of the key: "+string(d.Unit))
	}
	if s.Value < 1 || s.Value > mostOfAnything {
		f.add("/Value", "range", "a whole number from 1 to 1000")
	}
	ends := true
	for _, end := range []struct {
		name string
		day  calendar.Date
	}{{"/From", s.From}, {"/To", s.To}} {
		if end.day < Always || end.day > Open {
			f.add(end.name, "required", "a date; 1971-01-01 for always, 9999-12-31 for still in force")
			ends = false
		}
	}
	if ends && s.To < s.From {
		f.add("/To", "order", "a day that is not before From")
	}
	if s.Source == "" {
		f.add("/Source", "required", "who says so")
	}
	if !slices.Contains(Statuses(), s.Status) {
		f.add("/Status", "unknown", "statute, guidance, practice or unverified")
	}
	return f
}

// gaps are days between two settings of a key on which none holds, and for a key that
// the clock needs also days after the last.
func (s Settings) gaps(d Definition) Faults {
	var f Faults
	history := s.History(d.Key)
	for i, x := range history {
		if i > 0 && x.From > history[i-1].To+1 {
			f.add(item("", slices.Index(s, x))+"/From", "gap", "the day after the setting of the same key before it has ended")
		}
	}
	if d.Needed && (len(history) == 0 || history[len(history)-1].To < Open) {
		f.add("", "required", "a setting of "+string(d.Key)+" that is still in force")
	}
	return f
}
