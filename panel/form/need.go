package form

// A Gate is a step that a referral passes only when what the step needs is there (D3).
type Gate string

// The gates in their order. What one needs, the later ones need too.
const (
	Submit Gate = "submit" // the school hands the form in
	Panel  Gate = "panel"  // it goes before the panel
	Start  Gate = "start"  // the placement begins
)

// Gates are all gates in their order.
func Gates() []Gate { return []Gate{Submit, Panel, Start} }

func (g Gate) order() int {
	for i, gate := range Gates() {
		if gate == g {
			return i
		}
	}
	return len(Gates())
}

// A Need says from which gate on something is needed. Of several needs each counts by
// itself.
type Need struct {
	Gate Gate
	When []Condition // all have to hold; none: always
	Is   string      // the only answer that will do, such as "yes"; empty: any
	Or   string      // a field whose answer will do instead
}

// A Condition holds when what it is about is known and is one of the values; one with Not
// is an exemption, and holds unless it is known to be one of them. So what is not known
// calls for nothing more, and exempts from nothing: the question itself has its own need.
type Condition struct {
	Of  string // the key of a field, or one of the facts of [Case]
	Is  []string
	Not bool
}

// The facts of a [Case] that conditions are about.
const (
	OfRoute       = "case.route"
	OfTier        = "case.tier"
	OfYear        = "case.year"
	OfKeyStage    = "case.key_stage"
	OfStay        = "case.stay" // "short" for under a week, else "week"
	OfLookedAfter = "case.looked_after"
	OfEHCP        = "case.ehcp"
)

// A Tolerance says how long the answer "unknown", with a reason, will do.
type Tolerance string

// The tolerances. Missing background stops a start, not the ranking (D3), so the zero
// value lets an unknown pass until the start.
const (
	UntilStart Tolerance = ""       // unknown will do to submit and before the panel
	Never      Tolerance = "never"  // an answer has to be known
	Always     Tolerance = "always" // unknown will do at a start, too
)

// allows tells whether an unknown passes the gate.
func (t Tolerance) allows(g Gate) bool {
	return t == Always || t == UntilStart && g != Start
}

func when(of string, is ...string) Condition      { return Condition{Of: of, Is: is} }
func unless(of string, is ...string) Condition    { return Condition{Of: of, Is: is, Not: true} }
func from(g Gate, conditions ...Condition) []Need { return []Need{{Gate: g, When: conditions}} }
func agreedFrom(g Gate, conditions ...Condition) []Need {
	return []Need{{Gate: g, When: conditions, Is: yes}}
}

const (
	yes  = "yes"
	no   = "no"
	none = "none"
)
