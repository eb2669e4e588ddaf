package generate

import (
	"errors"
	"fmt"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// Options say how large a snapshot is wanted. The national size is 25,000
// referrals, 3,000 groups and 45,000 placements.
type Options struct {
	Referrals  int
	Groups     int    // at least 1
	Placements int    // standing pupils, each in one group; 0: 15 for each group; less than 0: none
	Seed       uint64 // another seed, another snapshot

	AsOf           calendar.Date         // the day of the panel; zero: 2026-11-23
	Establishments []Establishment       // where groups meet; empty: made-up places in England
	Progress       func(done, total int) // told now and then how far it is; may be nil
}

// The largest snapshot that can be asked for: ids have six digits.
const most = 999_999

const perGroup = 15 // standing pupils for each group, where no number is given

// Snapshot makes a snapshot. Equal options give an equal snapshot, on any machine;
// options that differ in Referrals only share their places and standing placements.
// The error says which option is out of range.
//
// Time and memory grow with the numbers asked for: the national size takes about
// a second, and less than 300 MiB.
func Snapshot(o Options) (*matching.Snapshot, error) {
	o, err := o.filled()
	if err != nil {
		return nil, err
	}
	m := &maker{options: o, policy: matching.DefaultPolicy(), year: yearOf(o.AsOf), openHomes: map[int][]*careHome{}}
	m.policy.ID, m.policy.Name = "generated", "Generated"
	m.snapshot = &matching.Snapshot{
		Format: matching.Format, AsOf: o.AsOf, Horizon: m.year.last,
		Calendar: matching.Calendar{Closed: m.year.closedFrom(o.AsOf)},
		Policy:   m.policy,
	}
	m.layOut()
	m.open()
	if err := m.stand(); err != nil {
		return nil, err
	}
	m.refer()
	m.tie()
	m.finish()
	return m.snapshot, nil
}

func (o Options) filled() (Options, error) {
	if o.Placements == 0 {
		o.Placements = perGroup * o.Groups
	}
	o.Placements = max(o.Placements, 0)
	if o.AsOf == 0 {
		o.AsOf = calendar.MustDate("2026-11-23")
	}
	var errs []error
	check := func(name string, n, least, most int) {
		if n < least || n > most {
			errs = append(errs, fmt.Errorf("generate: %s: want a whole number from %d to %d", name, least, most))
		}
	}
	check("referrals", o.Referrals, 0, most)
	check("groups", o.Groups, 1, most)
	check("placements", o.Placements, 0, most-o.Referrals)
	if first, last := calendar.MustDate("2000-01-01"), calendar.MustDate("2199-12-31"); o.AsOf < first || o.AsOf > last {
		errs = append(errs, fmt.Errorf("generate: as of: want a date from %s to %s", first, last))
	}
	for i, e := range o.Establishments {
		if err := e.check(); err != nil {
			errs = append(errs, fmt.Errorf("generate: establishment %d: %w", i, err))
			break
		}
	}
	return o, errors.Join(errs...)
}

// A maker holds what is made so far. Each stage of [Snapshot] adds to it, with random
// numbers of its own, so that a change to one leaves the stages before it as they are.
type maker struct {
	options  Options
	policy   *matching.Policy
	year     schoolYear
	snapshot *matching.Snapshot

	sites    []*site
	hoods    []*hood
	groups   []*group
	pupils   []*pupil
	referred []*pupil // by referral
	reach    [2]int   // metres: how far primary and secondary pupils travel
	done     int

	openHomes map[int][]*careHome // by authority: the care homes that have room
	careHomes int
}

// step tells Progress that one more group, placement or referral is done.
func (m *maker) step() {
	m.done++
	total := m.options.Groups + m.options.Placements + m.options.Referrals
	if m.options.Progress != nil && (m.done%500 == 0 || m.done == total) {
		m.options.Progress(m.done, total)
	}
}
