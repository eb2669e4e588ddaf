package matching

import (
	"context"

	"example.org/backontrack/matching/calendar"
)

// PlanFormat names the format of a plan's JSON.
const PlanFormat = "placement-plan/1"

// A Plan places a whole agenda at once: at most one option for each referral, such
// that all hard rules hold together, and with the highest objective that was
// found. Assignments and unplaced referrals come by referral id, moves by placement id.
type Plan struct {
	Format      string       `json:"format"`
	Snapshot    string       `json:"snapshot"` // its hash
	Engine      string       `json:"engine"`
	Policy      string       `json:"policy"`
	Status      PlanStatus   `json:"status"`
	Objective   int          `json:"objective"`
	Bound       int          `json:"bound"` // proven: no plan exceeds it
	Effort      PlanEffort   `json:"effort"`
	Assignments []Assignment `json:"assignments"`
	Composition int          `json:"composition"` // the change of the composition sum over all groups
	Moves       []Move       `json:"moves"`
	Unplaced    []Unplaced   `json:"unplaced"`
}

// PlanStatus says whether an objective is proven to be the highest possible.
type PlanStatus string

// The statuses of a plan. An optimal plan's bound equals its objective.
const (
	PlanOptimal  PlanStatus = "optimal"
	PlanFeasible PlanStatus = "feasible"
)

// PlanEffort is what a plan took: nodes of search trees, and rounds of pricing and of
// improvement. The library never sets Milliseconds: the command does, and only where the clock bounded the
// search, as equal input would not give equal bytes otherwise.
type PlanEffort struct {
	Nodes        int64 `json:"nodes"`
	Iterations   int64 `json:"iterations"`
	Milliseconds int64 `json:"milliseconds,omitempty"`
}

// An Assignment is the option that a plan gives a referral. Its value in the objective
// is bonus + score, less the policy's late_penalty where it is late.
type Assignment struct {
	Referral      ReferralID     `json:"referral"`
	Stays         []Stay         `json:"stays"`
	Bonus         int            `json:"bonus"`
	Score         int            `json:"score"`
	Late          bool           `json:"late"`
	Contributions []Contribution `json:"contributions"`
}

// A Move re-seats a standing placement within its provision from a day on; it ends
// when it would have.
type Move struct {
	Placement PlacementID   `json:"placement"`
	Group     GroupID       `json:"group"`
	Pattern   PatternID     `json:"pattern"`
	From      calendar.Date `json:"from"`
}

// An Unplaced referral is one that a plan gives no option, with what keeps it out
// (docs/reference/commissioning.md). [Engine.Plan] says so within bounds, [Planner.Explain] in full.
type Unplaced struct {
	Referral  ReferralID   `json:"referral"`
	Reasons   []Reason     `json:"reasons"`             // the fewest rules that shut out all its options; Times: how many each does
	Referrals []ReferralID `json:"referrals,omitempty"` // the fewest others of the agenda that would have to give way for it, by id
	Cost      *PlanCost    `json:"cost,omitempty"`      // where it has an option at all
	ByChoice  bool         `json:"by_choice,omitempty"` // what was fixed or barred leaves it out: nothing else is said then
	Unlock    []Unlock     `json:"unlock"`              // verified, beside the plan as it is; each ends in what it makes possible ([Place])
}

// A PlanCost is how much less than its plan the best plan is worth that places a referral,
// in points of the objective: from Low to High, which are equal where it is proven. Less than 0
// is a better plan, and only where a plan is not proven to be optimal.
type PlanCost struct {
	Low  int `json:"low"`
	High int `json:"high"`
}

// PlanOptions say how to plan. The zero value plans until the plan is proven to be
// optimal, however long that takes.
type PlanOptions struct {
	Effort   int            // at most so much work, in units that do not depend on the machine; 0 or less: no limit
	Moves    int            // at most so many movable standing placements are re-seated
	Fixed    []Choice       // what the panel has decided: the plan keeps to it
	Barred   []Choice       // options that the panel has ruled out; each has stays ([*BarredUnplacedError])
	Aim      PlanAim        // what counts beside the objective; zero: nothing
	Progress func(Progress) // called now and then by the planning goroutine
}

// A Choice is one option for a referral: its stays, or none to leave it unplaced. The latter can be fixed, and not barred.
type Choice struct {
	Referral ReferralID `json:"referral"`
	Stays    []Stay     `json:"stays"`
}

// A PlanAim is what a plan favours beside the objective of the contract. It gives each placement points from 0 to 1000, and
// the plan maximises 5 × Σ over placed referrals (bonus + points) + objective: a weighted sum, in which nothing comes strictly
// before anything else. Only [MostPlaced] is strict: as many placements as possible, then the objective
// (docs/reference/questions-of-a-plan.md). Objective, Bound and Status of the plan stay those of the contract's objective.
type PlanAim string

// The aims of a plan. The zero value is the contract's objective alone.
const (
	MostPlaced       PlanAim = "most_placed"
	LeastRisk        PlanAim = "least_risk"        // fewest rules that wait for an answer, then the narrowest ranges of scores
	ShortestJourneys PlanAim = "shortest_journeys" // fewest minutes in all
	FewestMoves      PlanAim = "fewest_moves"
	MostRoom         PlanAim = "most_room" // most places left free in the fullest groups
)

// Progress is how far planning has come. With an aim, other than the contract's objective, Objective and Bound are 0: the
// search counts in the aim's points then.
type Progress struct {
	Objective, Bound  int
	Placed, Referrals int
	Nodes, Iterations int64
}

// Plan places the whole agenda: see [Plan] and docs/reference/format.md#5-plan. When ctx
// is done, by its deadline or otherwise, the best plan so far comes back with the best bound
// proven so far, and no error. The answer depends on the snapshot and the options alone, on however
// many processors, unless ctx ended it. Preparing, and the step under way, are not interrupted: at 1,000 referrals
// and 300 groups the answer comes some two seconds after ctx is done.
//
// The errors are about choices: a [*NotFoundError] for a referral, an [*ImpossibleChoiceError], a [*BarredUnplacedError];
// [ErrNoSuchAim] about an aim that there is none of; and [ErrMoves] where o.Moves is below 0.
func (e *Engine) Plan(ctx context.Context, o PlanOptions) (*Plan, error) {
	return e.Planner(o.Moves).Plan(ctx, o)
}
