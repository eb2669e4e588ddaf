package form

// sameDay is the route on which the form may go in on the day of the event, with the
// rest to follow before the panel.
var (
	sameDay    = when(OfRoute, "day6_pex")
	notSameDay = unless(OfRoute, "day6_pex")

	// laterForSixthDay is for what a school can give later where a pupil was excluded today.
	laterForSixthDay = []Need{{Gate: Submit, When: []Condition{notSameDay}}, {Gate: Panel, When: []Condition{sameDay}}}
)

// referralFields are section A: who asks for what, and why.
var referralFields = []Field{
	{Key: "referral.date", Label: "Date of the referral", Kind: Date, Class: Core, Needed: from(Submit), Tolerance: Never},
	{Key: "referral.panel_date", Label: "Date of the panel asked for", Kind: Date, Class: Core},
	{Key: "referral.source", Label: "Who refers", Kind: OneCode, Codes: "referral_source", Class: Core, Needed: from(Submit), Tolerance: Never},
	{Key: "referral.route", Label: "Route", Kind: OneCode, Codes: "referral_route", Class: Core, Needed: from(Submit), Tolerance: Never},
	{Key: "referral.reason", Label: "Reason that provisions select by", Kind: OneCode, Codes: "referral_reason", Class: Core,
		Help: "Where it is left out, the route decides."},
	{Key: "referral.circumstances", Label: "Circumstances", Help: "All that apply.", Kind: SomeCodes, Codes: "circumstance", Most: 16, Class: Core, Needed: from(Submit)},
	{Key: "referral.tier", Label: "Tier asked for", Kind: OneCode, Codes: "tier", Class: Core, Needed: from(Submit), Tolerance: Never},
	{Key: "referral.aim", Label: "Aim of the placement", Kind: OneCode, Codes: "aim", Class: Core, Needed: from(Panel)},
	{Key: "referral.priority", Label: "Priority", Help: "Set by the screening officer.", Kind: OneCode, Codes: "priority", Class: Core, Needed: from(Panel)},
	{Key: "referral.deadline", Label: "Latest lawful first day", Kind: Date, Class: Core, Needed: from(Panel, when(OfRoute, "day6_pex", "suspension_day6"))},
	{Key: "referral.ready_from", Label: "Ready to start from", Kind: Date, Class: Core, Needed: from(Panel)},
	{Key: "referral.provisions", Label: "Provisions asked for, best first", Kind: References, Most: 3, Class: Core},
	{Key: "referral.wants_groups", Label: "Groups that the family chose, best first", Help: "After a visit or a taster.", Kind: References, Most: 10, Class: Core},
	{Key: "referral.duration", Label: "Duration asked for", Kind: OneCode, Codes: "duration", Class: Core, Needed: from(Submit, when(OfTier, "time_limited", "transitional"))},
	{Key: "referral.wants_weeks", Label: "Weeks asked for", Kind: Whole, Min: 1, Max: 78, Class: Core, Needed: from(Submit, when("referral.duration", "weeks"))},
	{Key: "referral.wants_days", Label: "School days asked for", Help: "For short stays.", Kind: Whole, Min: 1, Max: 60, Class: Core, Needed: from(Submit, when("referral.duration", "days"))},
	{Key: "referral.wants_sessions", Label: "Sessions a week asked for", Kind: Whole, Min: 1, Max: 10, Class: Core, Needed: from(Panel, unless(OfTier, "outreach"))},
	{Key: "referral.wants_pattern", Label: "Sessions asked for", Kind: Sessions, Class: Core},
	{Key: "referral.wants_offers", Label: "Subjects and programmes asked for", Kind: SomeCodes, Codes: "offer", Most: 30, Class: Core, Needed: from(Panel)},
	{Key: "referral.wants_approaches", Label: "Ways of working that suit", Kind: SomeCodes, Codes: "approach", Most: 10, Class: Core},
	{Key: "referral.duration_discussed", Label: "Day on which the duration was discussed with the parents", Kind: Date, Class: Core, Needed: from(Panel, when(OfTier, "time_limited"))},
	{Key: "referral.roll", Label: "Roll arrangement", Kind: OneCode, Codes: "roll", Class: Core, Needed: from(Submit)},
	{Key: "referral.organisation", Label: "Referring organisation", Kind: Text, Class: Core, Needed: from(Submit), Tolerance: Never},
	{Key: "referral.organisation_type", Label: "Kind of organisation", Kind: OneCode, Codes: "organisation_type", Class: Core, Needed: from(Submit)},
	{Key: "referral.laestab", Label: "DfE number (LAESTAB)", Kind: LAESTAB, Class: Core, Needed: from(Submit, when("referral.source", "school", "pru"))},
	{Key: "referral.urn", Label: "URN", Kind: URNKind, Class: Core},
	{Key: "referral.ukprn", Label: "UKPRN", Help: "Of a college or another provider.", Kind: UKPRNKind, Class: Core},
	{Key: "referral.referrer_name", Label: "Referrer", Kind: Name, Class: Core, Needed: from(Submit), Tolerance: Never},
	{Key: "referral.referrer_role", Label: "Referrer's role", Kind: Text, Class: Core, Needed: from(Submit), Tolerance: Never},
	{Key: "referral.referrer_phone", Label: "Referrer's telephone", Kind: Phone, Class: Core, Needed: from(Submit), Tolerance: Never},
	{Key: "referral.referrer_email", Label: "Referrer's email", Kind: Email, Class: Core, Needed: from(Submit), Tolerance: Never},
	{Key: "referral.leader_name", Label: "Senior leader who signs", Help: "The head, after a permanent exclusion.", Kind: Name, Class: Core, Needed: from(Submit, when("referral.source", "school", "pru")), Tolerance: Never},
	{Key: "referral.leader_role", Label: "Senior leader's role", Kind: Text, Class: Core, Needed: from(Submit, when("referral.source", "school", "pru")), Tolerance: Never},
	{Key: "referral.leader_signed", Label: "Signed on", Kind: Date, Class: Core, Needed: from(Submit, when("referral.source", "school", "pru")), Tolerance: Never},
	{Key: "referral.link_name", Label: "Link person who attends meetings", Kind: Name, Class: Core, Needed: laterForSixthDay},
	{Key: "referral.link_role", Label: "Link person's role", Kind: Text, Class: Core, Needed: laterForSixthDay},
	{Key: "referral.link_phone", Label: "Link person's telephone", Kind: Phone, Class: Core},
	{Key: "referral.link_email", Label: "Link person's email", Kind: Email, Class: Core},
	{Key: "referral.provider_asked", Label: "Discussed with a provider beforehand?", Kind: YesNo, Class: Core},
	{Key: "referral.provider_asked_who", Label: "With whom", Kind: Text, Class: Core},
	{Key: "referral.story", Label: "Why this referral is made", Kind: LongText, Class: Schooling, Needed: from(Submit), Tolerance: Never},
	{Key: "referral.tried", Label: "What was tried, and what came of it", Kind: LongText, Class: Schooling, Needed: laterForSixthDay},
	{Key: "referral.concerns", Label: "Main concerns", Kind: Rows, Most: 3, Class: Schooling, Items: []Field{
		{Key: "concern", Label: "Concern", Kind: Text, Needed: from(Submit), Tolerance: Never},
		{Key: "impact", Label: "How much it affects the pupil", Kind: OneCode, Codes: "impact", Needed: from(Submit)},
	}},
	{Key: "referral.behaviour", Label: "Main behaviour concern", Kind: OneCode, Codes: "behaviour", Class: Schooling, Needed: laterForSixthDay},
	{Key: "referral.behaviour_second", Label: "Second behaviour concern", Kind: OneCode, Codes: "behaviour", Class: Schooling},
	{Key: "referral.frequency", Label: "How often the concern arises", Kind: OneCode, Codes: "frequency", Class: Schooling, Needed: laterForSixthDay},
	{Key: "referral.severity", Label: "How severe it is, 1 to 10", Kind: Whole, Min: 1, Max: 10, Class: Schooling, Needed: laterForSixthDay},
	{Key: "referral.risk_of_suspension", Label: "At risk of suspension?", Kind: YesNo, Class: Schooling, Needed: laterForSixthDay},
	{Key: "referral.risk_of_exclusion", Label: "At risk of permanent exclusion?", Kind: YesNo, Class: Schooling, Needed: laterForSixthDay},
}
