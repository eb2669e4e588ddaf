package form

// homeSchool holds while a school keeps the pupil on its roll, and so sends work.
var homeSchool = unless("referral.roll", "single")

// declarationFields are section L: who agreed to what. Agreement is recorded as a fact;
// it is not what makes the sharing lawful.
var declarationFields = []Field{
	{Key: "agreed.parent", Label: "Parents agree to the referral?", Kind: YesNo, Class: Core, Needed: from(Submit)},
	{Key: "agreed.parent_why_not", Label: "Why not", Kind: LongText, Class: Core, Needed: from(Submit, when("agreed.parent", no))},
	{Key: "agreed.parent_sharing", Label: "Parents agree to sharing with the panel and providers?", Kind: YesNo, Class: Core, Needed: from(Submit)},
	{Key: "agreed.notice_version", Label: "Privacy notice that was shown", Kind: Text, Class: Core, Needed: from(Submit)},
	{Key: "agreed.pupil_consulted", Label: "Pupil consulted?", Kind: YesNo, Class: Core, Needed: laterForSixthDay},
	{Key: "agreed.emergency_medical", Label: "Emergency medical treatment agreed?", Kind: YesNo, Class: Medical, Needed: from(Start)},
	{Key: "agreed.photographs", Label: "Photographs agreed?", Kind: YesNo, Class: Core},
	{Key: "agreed.trips", Label: "Trips agreed?", Kind: YesNo, Class: Core, Needed: from(Start)},
	{Key: "agreed.transport", Label: "Transport agreed?", Kind: YesNo, Class: Core},
	{Key: "agreed.work_placement", Label: "Work placement agreed?", Kind: YesNo, Class: Core},
	{Key: "agreed.withdrawn", Label: "Agreement withdrawn on", Kind: Date, Class: Core},
	{Key: "agreed.return", Label: "Home school undertakes to take the pupil back?", Kind: YesNo, Class: Core, Needed: agreedFrom(Start, when(OfTier, "time_limited"), homeSchool), Tolerance: Never},
	{Key: "agreed.funding", Label: "Funding agreed?", Help: "On the sixth day after an exclusion the authority pays in any case.", Kind: YesNo, Class: Core, Needed: agreedFrom(Start, notSameDay), Tolerance: Never},
	{Key: "agreed.cost_code", Label: "Cost code", Kind: Text, Class: Core},
	{Key: "agreed.head_declares", Label: "Does the head declare the form to be accurate?", Kind: YesNo, Class: Core, Needed: agreedFrom(Submit, when("referral.source", "school", "pru")), Tolerance: Never},
	{Key: "agreed.provider_terms", Label: "Provider's terms agreed? (W10)", Kind: YesNo, Class: Core, Needed: agreedFrom(Start), Tolerance: Never},
	{Key: "agreed.work_english", Label: "Work in English agreed with the home school? (W8)", Kind: YesNo, Class: Schooling, Needed: agreedFrom(Start, homeSchool), Tolerance: Never},
	{Key: "agreed.work_maths", Label: "Work in maths agreed with the home school? (W8)", Kind: YesNo, Class: Schooling, Needed: agreedFrom(Start, homeSchool), Tolerance: Never},
	{Key: "agreed.work_options", Label: "Work in the option subjects agreed with the home school? (W8)", Kind: YesNo, Class: Schooling, Needed: agreedFrom(Start, homeSchool, when(OfKeyStage, "KS4")), Tolerance: Never},
}
