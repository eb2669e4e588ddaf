package matching

import "example.org/backontrack/matching/calendar"

// A Verdict is what a rule or a separation says.
type Verdict uint8

// The verdicts. Unchecked passes, and says that the rule reads a fact that is not
// known.
const (
	Passes Verdict = iota
	Unchecked
	Refuses
)

// A Rule decides from the facts of the pupil, the referral, the group and the
// pattern whether they go together at all; dates, and who else is there, are not
// its business. It is pure, never refuses for a fact that the pupil's Unknown
// lists, and does not allocate while why is nil.
type Rule interface {
	Code() Code
	// Check gives the verdict. When it refuses and why is not nil, it sets Class, to Never or
	// ByWaiver (only a waiver is offered as an unlock), and of Limit, Observed, Codes and
	// Accepts what applies. The Code is set for it.
	Check(c *Case, why *Reason) Verdict
}

// A Separation says which two pupils may not be together at a scope. It is pure,
// symmetric, never refuses for an unknown fact, and does not allocate.
type Separation interface {
	Code() Code
	Scope() Scope
	// Apart refuses when a and b must not be together; until is the last day of
	// that, or zero when it has no end.
	Apart(a, b *Pupil) (verdict Verdict, until calendar.Date)
}

// A Resource is something of which there is only so much at a session: places,
// laptops, seats in a minibus. Groups that name the same pool share it. It is
// pure, and demands are at least 0.
type Resource interface {
	Code() Code
	// Pool names what the group draws on, or reports false when it draws on none.
	Pool(g *Group) (pool string, drawn bool)
	// Capacity is how much a pool has at a session, or false when that is not limited.
	Capacity(pool string, s calendar.Session) (n int, limited bool)
	// Demand is how much a pupil uses at each session, or false when that is unknown:
	// then the most that it could be. An unknown demand is not refused, but listed when
	// it would be too much. Demand does not allocate.
	Demand(p *Pupil) (n int, known bool)
}

// A DatedResource is a [Resource] of which there is more or less on some days. The places of groups are one.
type DatedResource interface {
	Resource
	// Changes are what a pool has instead; no two are about one session on one day.
	Changes(pool string) []CapacityChange
}

// A CapacityChange replaces the capacity of a pool at some sessions from a day to a day, both included. A session
// left out stays as it is.
type CapacityChange struct {
	From, To calendar.Date
	Capacity PerSession
}

// A Criterion values an option from 0 to 1000. It is pure, and does not allocate
// while why is nil.
type Criterion interface {
	Code() Code
	// Score gives the value; when why is not nil it notes there what the value rests on.
	Score(c *Case, why *Why) Value
}

// A Value is a criterion's: the expected one, and the lowest and highest that
// answers to unknown facts could give. 0 <= Low <= Expected <= High <= 1000; what is
// outside is brought to the nearest bound.
type Value struct{ Expected, Low, High int }

// Known is a value that no answer changes.
func Known(n int) Value { return Value{n, n, n} }

// A Case is one stay under consideration, as rules and criteria see it. It is
// valid only during the call.
type Case struct {
	Policy   *Policy
	Referral *Referral
	Pupil    *Pupil
	Group    *Group
	Site     *Site
	Sessions calendar.Sessions // of the stay's pattern
	Minutes  int               // the journey, or -1 when coordinates are unknown

	// The rest is set for criteria only: a rule knows no dates and no other stays, and
	// finds zero here. A Case made by hand serves rules; criteria need an engine's.

	From, To calendar.Date
	Week     calendar.Sessions // of all stays of the option
	Groups   []*Group          // of all stays of the option

	engine *Engine
	pupil  int32
	group  *groupIndex
	demand demand
	length stayLength
}

// An Extension adds to the rules of an [Engine] (see [New]) and to the codes that
// [Read] knows. Ours cannot be taken away. A code is its own: not one of ours, nor of
// another extension, nor of a separation of the policy; else it is a fault, at
// "/extensions" and the kind.
type Extension func(*extensions)

// WithRule adds an eligibility rule.
func WithRule(r Rule) Extension { return func(x *extensions) { x.rules = append(x.rules, r) } }

// WithSeparation adds a separation.
func WithSeparation(s Separation) Extension {
	return func(x *extensions) { x.separations = append(x.separations, s) }
}

// WithResource adds a resource.
func WithResource(r Resource) Extension {
	return func(x *extensions) { x.resources = append(x.resources, r) }
}

// WithCriterion adds a criterion. It counts with its weight in the policy's
// Weights, and with 0 when that has none.
func WithCriterion(c Criterion) Extension {
	return func(x *extensions) { x.criteria = append(x.criteria, c) }
}

type extensions struct {
	rules       []Rule
	separations []Separation
	resources   []Resource
	criteria    []Criterion
}

func newExtensions(list []Extension) *extensions {
	x := &extensions{criteria: Criteria()}
	for _, extend := range list {
		if extend != nil {
			extend(x)
		}
	}
	return x
}

func (x *extensions) hasCriterion(code Code) bool {
	for _, c := range x.criteria {
		if c != nil && c.Code() == code {
			return true
		}
	}
	return false
}
