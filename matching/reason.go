package matching

import "example.org/backontrack/matching/calendar"

// A Reason is one rule's refusal of an option, as data; what does not apply is
// zero. It holds ids, never names. Who else is involved (Pupils) is for readers
// who may know of them.
type Reason struct {
	Code     Code          `json:"code"`
	Class    Class         `json:"class"`
	Limit    *int          `json:"limit,omitempty"`
	Observed *int          `json:"observed,omitempty"`
	Floating *int          `json:"floating,omitempty"` // of staffing: thousandths of floating adults that are left for the group beside its own (Limit)
	Codes    []string      `json:"codes,omitempty"`    // what is at issue: the needs not met, the trait refused
	Accepts  []string      `json:"accepts,omitempty"`  // what the group takes instead
	Date     calendar.Date `json:"date,omitzero"`      // the first date and session at which it fails
	Session  string        `json:"session,omitempty"`
	Times    int           `json:"times,omitempty"`  // the dates and sessions at which it fails
	Pupils   []PupilID     `json:"pupils,omitempty"` // who blocks, by id
	Clears   calendar.Date `json:"clears,omitzero"`  // the first start at which this rule no longer refuses
}

// reasonOrder is the order of our own codes among reasons: that of the
// contract's table. Separations come between them and keep_apart, in the order of the policy.
var reasonOrder = []Code{
	CodeYearGroup, CodeSex, CodeReferralReason, CodeNeedsNotMet, CodeRefusedTrait, CodeAccess, CodeJourney,
	CodeBusy, CodeTooShort, CodeNotOpen, CodePlaces, CodeStaffing, CodeTraitLimit, CodeUnregisteredFullTime,
}

func (r *Reason) numbers(limit, observed int) {
	both := &[2]int{limit, observed} // one allocation, as reasons are many
	r.Limit, r.Observed = &both[0], &both[1]
}
