package matching

// A Code names a rule, a separation, a resource or a criterion. Codes are part
// of the contract: they never change their meaning.
type Code string

// The codes of the rules, in the order in which reasons are listed
// (docs/reference/rules.md says what each means).
const (
	CodeYearGroup            Code = "year_group"
	CodeSex                  Code = "sex"
	CodeReferralReason       Code = "referral_reason"
	CodeNeedsNotMet          Code = "needs_not_met"
	CodeRefusedTrait         Code = "refused_trait"
	CodeAccess               Code = "access"
	CodeJourney              Code = "journey" // also a criterion
	CodeBusy                 Code = "busy"
	CodeTooShort             Code = "too_short"
	CodeNotOpen              Code = "not_open"
	CodePlaces               Code = "places"
	CodeStaffing             Code = "staffing"
	CodeTraitLimit           Code = "trait_limit"
	CodeUnregisteredFullTime Code = "unregistered_full_time"
	CodeKeepApart            Code = "keep_apart"
)

// The codes of the separations that a policy has by default.
const (
	CodeRivalAreas            Code = "rival_areas"
	CodeCareHomePeers         Code = "care_home_peers"
	CodeAnxiousWithAggressive Code = "anxious_with_aggressive"
)

// The codes of what every option that the engine lists keeps to by itself: only stays that people
// chose can break it ([Engine.Check]).
const (
	CodeNotOffered      Code = "not_offered"       // the referral's given scores leave the group or pattern out
	CodeStartDate       Code = "start_date"        // no allowed start of the group
	CodeEndDate         Code = "end_date"          // after the last day that the group has, or longer than the group's stays
	CodeTooManyGroups   Code = "too_many_groups"   // more groups than the policy's max_groups
	CodeGroupTwice      Code = "group_twice"       // two stays in one group
	CodeSessionTwice    Code = "session_twice"     // a session in two groups
	CodeTooManySessions Code = "too_many_sessions" // a package of more sessions a week than wanted
	CodeStartsDiffer    Code = "starts_differ"     // stays that do not begin together
)

// The codes of the criteria (docs/reference/scores.md).
const (
	CodeNeedFit    Code = "need_fit"
	CodeWishes     Code = "wishes"
	CodeCurriculum Code = "curriculum"
	CodeStart      Code = "start"
	CodeCoverage   Code = "coverage"
	CodeHeadroom   Code = "headroom"
	CodeBalance    Code = "balance"
	CodeGiven      Code = "given" // in place of all others where a referral brings scores
)

// A Class says what could lift a refusal.
type Class string

// The classes, from the one that nothing lifts to the one that lifts itself.
const (
	Never     Class = "never"
	ByWaiver  Class = "waiver" // a person with the power may accept it, with a reason
	ByMove    Class = "move"   // someone else's placement would have to change
	ByAdults  Class = "adults" // more adult time
	ByDate    Class = "date"   // it clears by itself, on the date given
	ByKnowing Class = "data"   // it hangs on something unknown
)
