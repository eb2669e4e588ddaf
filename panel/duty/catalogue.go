package duty

import "slices"

// A Definition says what a key is about. Settings give it values.
type Definition struct {
	Key    Key
	Unit   Unit
	Rule   string // where it comes from: R for the rules with numbers, W for the workflow, P for panel practice
	Means  string
	Needed bool // the clock computes with it, so that it must be in force
}

// The keys with which the clock computes.
const (
	SixthDayPermanent  Key = "sixth_day.permanent"
	SixthDaySuspension Key = "sixth_day.suspension"
	SuspensionYear     Key = "suspension.year_limit"
	BoardAlways        Key = "board.meets_over"
	BoardOnRequest     Key = "board.on_request_over"
	BoardMeets         Key = "board.meets_within"
	BoardMeetsAsked    Key = "board.on_request_within"
	PanelApplication   Key = "review_panel.apply_within"
	DirectionNotice    Key = "direction.notice"
	DirectionReview    Key = "direction.review_on_request"
	FairAccessPlace    Key = "fair_access.place_within"
	DecisionWithin     Key = "referral.decide_within"
	ProviderAnswers    Key = "provider.answers_within"
	ProviderAdmits     Key = "provider.admits_within"
	ReviewStay         Key = "review.stay_from"
	ReviewFirst        Key = "review.first_after"
	ReviewThen         Key = "review.then_every"
	ReviewSixWeekly    Key = "review.panel_every"
	ReviewHalfTermly   Key = "review.half_termly"
	ReviewFinal        Key = "review.final_before"
	ReviewReturn       Key = "review.return_within"
	ReviewFollowUp     Key = "review.follow_up_after"
	WarnBefore         Key = "warn.before"
)

// catalogue has every key, in the order of the page.
var catalogue = []Definition{
	{SixthDayPermanent, SchoolDays, "R1", "after a permanent exclusion the authority provides full-time education by this school day; the first day of it is day 1", true},
	{SixthDaySuspension, SchoolDays, "R2", "in a suspension that is longer than the days before it, the school provides from this school day", true},
	{"suspension.work_set", SchoolDays, "R3", "the school sets and marks work for the first days", false},
	{SuspensionYear, SchoolDays, "R4", "the most that a pupil is suspended in a school year, all schools together; more warns, and is still read", true},
	{BoardAlways, SchoolDays, "R5", "over this total of a term the governing board meets", true},
	{BoardOnRequest, SchoolDays, "R5", "over this total of a term the governing board meets when a parent asks", true},
	{BoardMeets, SchoolDays, "R5a", "the governing board's time to meet, from notice, for a permanent exclusion or a total over the limit", true},
	{BoardMeetsAsked, SchoolDays, "R5a", "the governing board's time to meet, from notice, where a parent asks", true},
	{PanelApplication, SchoolDays, "R5a", "the parents' time to apply for an independent review, from notice of the board's decision", true},
	{DirectionNotice, SchoolDays, "R8", "written notice before an off-site direction starts", true},
	{DirectionReview, WeekUnit, "R8b", "a review of a direction that is asked for is held if none was in this time before", true},
	{"direction.review_within", Days, "R8b", "an off-site direction is reviewed within this time of its start", false},
	{"direction.length", WeekUnit, "R9", "an off-site direction in place of a trial at another school", false},
	{"direction.mid_review", WeekUnit, "R9", "the review in the middle of such a direction", false},
	{"full_time.from", Hours, "R10", "what counts as full-time in practice, at least", false},
	{"full_time.to", Hours, "R10", "what counts as full-time in practice, in Key Stage 4", false},
	{"registration.pupils", Pupils, "R11", "full-time pupils from whom on a provision must be registered as a school", false},
	{"registration.pupils_with_plan_or_looked_after", Pupils, "R11", "the same for pupils with an EHC plan or looked after", false},
	{"registration.hours", Hours, "R11a", "more than this in the day indicates full-time", false},
	{"non_school.weeks", WeekUnit, "R12", "the longest full-time stay in provision that is no school", false},
	{"non_school.sessions", Sessions, "R12", "the most sessions beside school for a longer one", false},
	{ReviewHalfTermly, HalfTerms, "R14", "the placing school reviews a stay at least once in so many", true},
	{FairAccessPlace, SchoolDays, "R15", "a place is found for a pupil accepted under fair access", true},
	{"fair_access.out_of_education", WeekUnit, "R15a", "out of education for this long with no place within reach is a ground for fair access", false},
	{"fair_access.plan_within", Months, "R15a", "a child-in-need or protection plan within this time is a ground for fair access", false},
	{"travel.under_8", Miles, "R16", "the walk from which transport is due, under 8", false},
	{"travel.from_8", Miles, "R16", "the walk from which transport is due, 8 to 16", false},
	{"travel.low_income_8_to_11", Miles, "R16", "the same for a low income, 8 to 11", false},
	{"travel.low_income_from", Miles, "R16", "the same for a low income, 11 to 16, to one of the three nearest: from", false},
	{"travel.low_income_to", Miles, "R16", "and to", false},
	{"travel.belief_to", Miles, "R16", "the same for a low income, by religion or belief: to, from the same distance", false},
	{"travel.minutes_primary", Minutes, "R16a", "the longest journey each way, primary", false},
	{"travel.minutes_secondary", Minutes, "R16a", "the longest journey each way, secondary", false},
	{"stay.weeks", WeekUnit, "R17a", "the length of an intervention in Key Stages 1 to 3", false},
	{"stay.terms", TermUnit, "R17a", "the longest stay in a unit before a new school is found", false},
	{ReviewSixWeekly, WeekUnit, "R17a", "the panel reviews a time-limited stay this often", true},
	{"review.panel_at_most", WeekUnit, "R17a", "and at the latest after", false},
	{DecisionWithin, WeekUnit, "R21", "from a complete referral to the panel's decision", true},
	{ReviewStay, WeekUnit, "W5", "a stay of this length or longer is reviewed while it lasts", true},
	{ReviewFirst, WeekUnit, "W5", "the first review after the start", true},
	{ReviewThen, WeekUnit, "W5", "the reviews after the first, each after the one before", true},
	{ReviewFinal, SchoolDays, "W5", "the final review, before the last day of the stay", true},
	{ReviewReturn, SchoolDays, "W7", "the meeting on the return: reintegration, and repair with those harmed", true},
	{ReviewFollowUp, WeekUnit, "W7", "the follow-up after the return", true},
	{"respite.approval_over", SchoolDays, "Y3", "a move between centres of more days needs the Head of Service", false},
	{ProviderAnswers, Days, "P", "a provider answers a referral", true},
	{ProviderAdmits, WorkingDays, "P", "a provider admits a pupil whom it has accepted", true},
	{"panel.quorum", People, "P", "members without whom a meeting cannot decide", false},
	{WarnBefore, SchoolDays, "P", "something due is at risk when fewer school days than these are left", true},
}

// Catalogue lists every key there is, in the order of the page.
func Catalogue() []Definition { return slices.Clone(catalogue) }

func definition(key Key) (Definition, bool) {
	i := place(key)
	if i == len(catalogue) {
		return Definition{}, false
	}
	return catalogue[i], true
}

// place is where a key stands in the catalogue, behind it where it is unknown.
func place(key Key) int {
	for i, d := range catalogue {
		if d.Key == key {
			return i
		}
	}
	return len(catalogue)
}
