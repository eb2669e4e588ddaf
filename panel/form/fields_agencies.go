package form

// agencyFields are section F: who else works with the pupil, and in what status.
var agencyFields = []Field{
	{Key: "agencies.level", Label: "Highest level of social care", Kind: OneCode, Codes: "social_care", Class: Safeguarding, Needed: from(Submit)},
	{Key: "agencies.looked_after", Label: "Looked after", Kind: OneCode, Codes: "agency_status", Class: Safeguarding, Needed: from(Submit)},
	{Key: "agencies.responsible_la", Label: "Responsible authority", Kind: OneCode, Codes: "la_code", Class: Safeguarding, Needed: from(Submit, when(OfLookedAfter, yes))},
	{Key: "agencies.placement_type", Label: "Where the looked-after pupil lives", Kind: OneCode, Codes: "care_placement", Class: Safeguarding, Needed: from(Panel, when(OfLookedAfter, yes))},
	{Key: "agencies.care_home", Label: "Lives in a care home?", Kind: YesNo, Class: Safeguarding, Needed: from(Submit)},
	{Key: "agencies.care_home_id", Label: "Which care home", Kind: Reference, Class: Safeguarding, Needed: from(Panel, when("agencies.care_home", yes))},
	{Key: "agencies.left_care", Label: "How being looked after ended", Kind: OneCode, Codes: "post_looked_after", Class: Safeguarding},
	{Key: "agencies.kinship", Label: "Kinship care", Kind: OneCode, Codes: "kinship_care", Class: Safeguarding},
	{Key: "agencies.child_in_need", Label: "In need (section 17)", Kind: OneCode, Codes: "agency_status", Class: Safeguarding, Needed: from(Submit)},
	{Key: "agencies.child_protection", Label: "Protection plan (section 47)", Kind: OneCode, Codes: "agency_status", Class: Safeguarding, Needed: from(Submit)},
	{Key: "agencies.early_help", Label: "Early help", Kind: OneCode, Codes: "agency_status", Class: Safeguarding, Needed: from(Panel)},
	{Key: "agencies.youth_justice", Label: "Youth justice service", Kind: OneCode, Codes: "agency_status", Class: Criminal, Needed: from(Panel)},
	{Key: "agencies.youth_justice_order", Label: "Order", Kind: Text, Class: Criminal},
	{Key: "agencies.police", Label: "Police involvement", Kind: OneCode, Codes: "agency_status", Class: Criminal, Needed: from(Panel)},
	{Key: "agencies.bail", Label: "On bail or under conditions?", Kind: YesNo, Class: Criminal, Needed: from(Panel, when("agencies.police", "current"))},
	{Key: "agencies.bail_conditions", Label: "Conditions", Kind: LongText, Class: Criminal, Needed: from(Panel, when("agencies.bail", yes))},
	{Key: "agencies.trafficking_referral", Label: "National referral mechanism", Kind: OneCode, Codes: "agency_status", Class: Safeguarding},
	{Key: "agencies.marac", Label: "MARAC", Kind: OneCode, Codes: "agency_status", Class: Safeguarding},
	{Key: "agencies.camhs", Label: "Mental health service (CAMHS)", Kind: OneCode, Codes: "agency_status", Class: Medical, Needed: from(Panel)},
	{Key: "agencies.psychologist", Label: "Educational psychologist", Kind: OneCode, Codes: "agency_status", Class: Schooling, Needed: from(Panel)},
	{Key: "agencies.speech_therapist", Label: "Speech and language therapist", Kind: OneCode, Codes: "agency_status", Class: Medical},
	{Key: "agencies.occupational_therapist", Label: "Occupational therapist", Kind: OneCode, Codes: "agency_status", Class: Medical},
	{Key: "agencies.paediatrics", Label: "Paediatrics", Kind: OneCode, Codes: "agency_status", Class: Medical},
	{Key: "agencies.school_nurse", Label: "School nurse", Kind: OneCode, Codes: "agency_status", Class: Medical},
	{Key: "agencies.welfare_officer", Label: "Education welfare officer", Kind: OneCode, Codes: "agency_status", Class: Schooling},
	{Key: "agencies.attendance_penalty", Label: "Penalty or legal action about attendance", Kind: OneCode, Codes: "agency_status", Class: Criminal},
	{Key: "agencies.virtual_school", Label: "Virtual school", Kind: OneCode, Codes: "agency_status", Class: Schooling, Needed: from(Panel, when(OfLookedAfter, yes))},
	{Key: "agencies.drug_service", Label: "Drug and alcohol service", Kind: OneCode, Codes: "agency_status", Class: Medical},
	{Key: "agencies.housing", Label: "Housing", Kind: OneCode, Codes: "agency_status", Class: Safeguarding},
	{Key: "agencies.prevent", Label: "Prevent or Channel", Kind: OneCode, Codes: "agency_status", Class: Safeguarding},
	{Key: "agencies.workers", Label: "Workers", Kind: Rows, Most: 20, Class: Safeguarding, Items: []Field{
		{Key: "agency", Label: "Agency", Kind: OneCode, Codes: "agency", Needed: from(Submit), Tolerance: Never},
		{Key: "name", Label: "Name", Kind: Name, Needed: from(Submit)},
		{Key: "phone", Label: "Telephone", Kind: Phone},
		{Key: "email", Label: "Email", Kind: Email},
		{Key: "from", Label: "Since", Kind: Date},
		{Key: "until", Label: "Until", Kind: Date},
	}},
}

// apartFields are section H. They are evidence for the keep-apart register, for the
// safeguarding lead and the matching only; never a label on a pupil.
var apartFields = []Field{
	{Key: "apart.pupils", Label: "Pupils to be kept apart from", Kind: Rows, Most: 20, Class: Composition, Needed: from(Submit), Items: []Field{
		{Key: "pupil", Label: "Pupil, where on record", Kind: Reference},
		{Key: "name", Label: "Name, where not on record", Kind: Name},
		{Key: "reason", Label: "Reason", Kind: OneCode, Codes: "apart_reason", Needed: from(Submit)},
		{Key: "severity", Label: "How far apart", Kind: OneCode, Codes: "apart_severity", Needed: from(Submit)},
		{Key: "from", Label: "From", Kind: Date},
		{Key: "until", Label: "Until, or review on", Kind: Date, Needed: from(Panel)},
		{Key: "source", Label: "Who says so", Kind: Text, Needed: from(Submit), Tolerance: Never},
		{Key: "evidence", Label: "Evidence", Kind: LongText},
	}},
	{Key: "apart.areas", Label: "Areas that count for rivalry", Help: "Home, and others with a reason.", Kind: References, Most: 10, Class: Composition, Needed: from(Panel)},
	{Key: "apart.areas_source", Label: "Who says so, and why", Kind: LongText, Class: Composition},
	{Key: "apart.affiliations", Label: "Ties to an area or a group of an area", Kind: Rows, Most: 10, Class: Composition, Items: []Field{
		{Key: "area", Label: "Area", Kind: Reference, Needed: from(Submit)},
		{Key: "status", Label: "Tie", Kind: OneCode, Codes: "affiliation", Needed: from(Submit)},
		{Key: "rivals", Label: "Rival areas", Kind: References, Most: 10},
		{Key: "source", Label: "Who says so", Kind: Text, Needed: from(Submit), Tolerance: Never},
		{Key: "until", Label: "Review on", Kind: Date, Needed: from(Panel)},
	}},
	{Key: "apart.unsafe_places", Label: "Places, routes or times that are not safe", Kind: LongText, Class: Composition, Needed: from(Start)},
	{Key: "apart.friends", Label: "Pupils who would be a help", Kind: References, Most: 10, Class: Composition},
	{Key: "apart.not_the_only_one", Label: "Should not be the only girl or boy?", Kind: YesNo, Class: Composition},
	{Key: "apart.adult_sex", Label: "Adults who work best", Kind: OneCode, Codes: "adult_sex", Class: Composition},
}

// healthFields are section I: health, access and the journey.
var healthFields = []Field{
	{Key: "health.conditions", Label: "Medical conditions", Kind: Rows, Most: 15, Class: Medical, Needed: laterForSixthDay, Items: []Field{
		{Key: "condition", Label: "Condition", Kind: Text, Needed: from(Submit), Tolerance: Never},
		{Key: "care", Label: "What to do", Kind: LongText, Needed: from(Start)},
	}},
	{Key: "health.medication", Label: "Medication", Kind: Rows, Most: 15, Class: Medical, Needed: laterForSixthDay, Items: []Field{
		{Key: "medicine", Label: "Medicine", Kind: Text, Needed: from(Submit), Tolerance: Never},
		{Key: "dose", Label: "Dose and times", Kind: Text, Needed: from(Start)},
		{Key: "at_school", Label: "Taken during the school day?", Kind: YesNo, Needed: from(Start)},
	}},
	{Key: "health.allergies", Label: "Allergies", Help: "The value none where there are none.", Kind: Rows, Most: 15, Class: Medical, Needed: laterForSixthDay, Items: []Field{
		{Key: "allergy", Label: "Allergy", Kind: Text, Needed: from(Submit), Tolerance: Never},
		{Key: "reaction", Label: "Reaction and what to do", Kind: LongText, Needed: from(Start)},
	}},
	{Key: "health.disabilities", Label: "Disabilities", Kind: SomeCodes, Codes: "disability", Most: 16, Class: Medical},
	{Key: "health.access", Label: "Access that a site has to have", Help: "The value none where nothing special is needed.", Kind: SomeCodes, Codes: "access", Most: 12, Class: Medical, Needed: from(Submit)},
	{Key: "health.care_plan", Label: "Is there a health care plan?", Kind: YesNo, Class: Medical, Needed: from(Panel)},
	{Key: "health.gp", Label: "General practitioner", Kind: Text, Class: Medical, Needed: from(Start)},
	{Key: "health.diet", Label: "Diet", Kind: Text, Class: Medical},
	{Key: "health.mobility", Label: "Mobility", Kind: Text, Class: Medical},
	{Key: "health.toileting", Label: "Toileting", Kind: Text, Class: Medical},
	{Key: "health.due_date", Label: "Due date of a pregnancy", Kind: Date, Class: Medical},
	{Key: "health.travel_mode", Label: "Way of travelling", Kind: OneCode, Codes: "travel_mode", Class: Core, Needed: from(Panel)},
	{Key: "health.travel_eligible", Label: "Eligible for help with travel?", Kind: YesNo, Class: Core},
	{Key: "health.travel_alone", Label: "Can travel alone?", Kind: YesNo, Class: Core, Needed: from(Panel)},
	{Key: "health.travel_risk", Label: "Risk when transported", Kind: LongText, Class: Safeguarding},
	{Key: "health.uniform_size", Label: "Uniform, boots and equipment", Kind: Text, Class: Core},
	{Key: "health.meals", Label: "Free school meals while off site", Kind: Text, Class: Core, Needed: from(Start, when("pupil.free_school_meals", yes))},
}

// voiceFields are section J: what the pupil and the family say, and what is to come of it.
var voiceFields = []Field{
	{Key: "voice.pupil_view", Label: "The pupil's view", Kind: LongText, Class: Core, Needed: laterForSixthDay},
	{Key: "voice.pupil_view_how", Label: "How it was gathered", Kind: Text, Class: Core},
	{Key: "voice.wants_to_attend", Label: "Does the pupil want to attend?", Kind: OneCode, Codes: "willing", Class: Core, Needed: from(Panel)},
	{Key: "voice.visited", Label: "Visit or taster on", Kind: Date, Class: Core},
	{Key: "voice.interests", Label: "What the pupil would like to do", Kind: SomeCodes, Codes: "offer", Most: 30, Class: Core},
	{Key: "voice.outcomes", Label: "Outcomes wanted", Kind: Rows, Most: 3, Class: Schooling, Needed: from(Panel), Items: []Field{
		{Key: "outcome", Label: "Outcome", Kind: Text, Needed: from(Submit), Tolerance: Never},
		{Key: "baseline", Label: "Where it stands", Kind: Text},
		{Key: "target", Label: "Target", Kind: Text, Needed: from(Panel)},
		{Key: "measure", Label: "How it is measured", Kind: Text},
		{Key: "by", Label: "By when", Kind: Date},
	}},
	{Key: "voice.success", Label: "What has to be so for a return", Kind: LongText, Class: Schooling, Needed: from(Start, when(OfTier, "time_limited"))},
	{Key: "voice.return_contact", Label: "The home school's contact for the return", Kind: Name, Class: Core, Needed: from(Start, when(OfTier, "time_limited"))},
	{Key: "voice.return_review", Label: "First review of the return", Kind: Date, Class: Core, Needed: from(Start, when(OfTier, "time_limited"))},
	{Key: "voice.return_plan", Label: "Phased timetable and conditions", Kind: LongText, Class: Schooling},
	{Key: "voice.school_changes", Label: "What the school will change", Kind: LongText, Class: Schooling},
	{Key: "voice.after_16", Label: "Plan for after Year 11", Kind: LongText, Class: Schooling, Needed: from(Panel, when(OfYear, "11"))},
}
