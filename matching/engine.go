package matching

import (
	"errors"
	"fmt"
	"slices"

	"example.org/backontrack/matching/calendar"
)

// Version names the engine in what it writes. The same snapshot and the same
// version give the same bytes.
const Version = "backontrack-matching/1"

// An Engine answers questions about one snapshot. It is immutable, and safe for
// use by several goroutines.
type Engine struct {
	snapshot   *Snapshot // canonical
	policy     *Policy
	extensions *extensions
	days       *calendar.Days
	rules      []Rule
	ownRules   int // how many of the rules are ours: the first
	resources  []Resource
	separate   []Separation
	criteria   []Criterion
	weights    []int
	weightSum  int
	waived     map[Code]bool // of a hypothesis only: what no option is refused for

	sites     []siteIndex
	groups    []groupIndex
	pools     []pool
	pupils    []pupilIndex
	patterns  int // of all groups
	referrals []referralIndex

	siteOf     map[SiteID]int32
	groupOf    map[GroupID]int32
	pupilOf    map[PupilID]int32
	referralOf map[ReferralID]int32
	pupilStays [][]int32 // by pupil: her standing stays
	friends    [][]int32 // by pupil, both ways
	stays      []stayIndex
	provision  map[ProvisionID]int // placements, whenever they are
	mostPlaced int
}

// New checks a snapshot and indexes it. The error is a [Faults]. The snapshot
// must not change afterwards. Cost grows with the number of groups times their
// sessions and weeks, and with the number of placements.
func New(s *Snapshot, extensions ...Extension) (*Engine, error) {
	x := newExtensions(extensions)
	if s == nil {
		return nil, Faults{{"", "a snapshot"}}
	}
	if err := s.check(nil, x); err != nil {
		return nil, err
	}
	return build(s.canonical(), x), nil
}

// build indexes a canonical snapshot that has no faults.
func build(s *Snapshot, x *extensions) *Engine {
	e := &Engine{extensions: x, policy: s.Policy, criteria: x.criteria, rules: Rules()}
	e.days = calendar.NewDays(s.AsOf, s.Horizon, s.Calendar.Closed)
	e.ownRules = len(e.rules)
	e.rules = append(e.rules, x.rules...)
	e.separate = append(policySeparations(e.policy), x.separations...)
	e.separate = append(e.separate, keepApartSeparations(s)...)
	for _, c := range e.criteria {
		weight := e.policy.Weights[c.Code()]
		e.weights = append(e.weights, weight)
		e.weightSum += weight
	}
	return e.rebuild(s)
}

// rebuild indexes a canonical snapshot of e's frame and policy, with e's keep-apart
// entries or some of them.
func (e *Engine) rebuild(s *Snapshot) *Engine {
	c := &Engine{
		snapshot: s, extensions: e.extensions, policy: e.policy, days: e.days, rules: e.rules, ownRules: e.ownRules,
		separate: e.separate, criteria: e.criteria, weights: e.weights, weightSum: e.weightSum, waived: e.waived,
	}
	c.resources = append(ownResources(s), e.extensions.resources...)
	c.index()
	return c
}

// Snapshot returns the snapshot in its canonical form: entities by id, defaults written out.
// Don't change it.
func (e *Engine) Snapshot() *Snapshot { return e.snapshot }

// Hash is the hash of the engine's snapshot.
func (e *Engine) Hash() (string, error) { return e.snapshot.Hash() }

// ErrForeignOption says that an option is not one that the engine could have given:
// it has no stays, or other dates, patterns or criteria than the engine knows.
var ErrForeignOption = errors.New("matching: not an option of this engine")

// own checks that an option could be the engine's.
func (e *Engine) own(o *Option) error {
	if o == nil || len(o.Stays) == 0 {
		return ErrForeignOption
	}
	if _, err := e.referral(o.Referral); err != nil {
		return err
	}
	for _, stay := range o.Stays {
		g, err := e.group(stay.Group)
		if err != nil {
			return err
		}
		known := slices.ContainsFunc(g.patterns, func(p Pattern) bool { return p.ID == stay.Pattern })
		dated := e.days.First() <= stay.From && stay.From <= stay.To && stay.To <= e.days.Last()
		if !known || stay.From != 0 && !dated {
			return ErrForeignOption
		}
	}
	return nil
}

// NotFoundError says that a question named something that the snapshot does not have.
type NotFoundError struct{ Kind, ID string }

// Error names the kind, not the id, which came from outside.
func (n *NotFoundError) Error() string { return "no such " + n.Kind + " in the snapshot" }

func (e *Engine) referral(id ReferralID) (*referralIndex, error) {
	i, ok := e.referralOf[id]
	if !ok {
		return nil, &NotFoundError{"referral", string(id)}
	}
	return &e.referrals[i], nil
}

func (e *Engine) group(id GroupID) (*groupIndex, error) {
	i, ok := e.groupOf[id]
	if !ok {
		return nil, &NotFoundError{"group", string(id)}
	}
	return &e.groups[i], nil
}

// String says how large the engine's snapshot is.
func (e *Engine) String() string {
	return fmt.Sprintf("%d referrals, %d groups, %d placements", len(e.referrals), len(e.groups), len(e.stays))
}
