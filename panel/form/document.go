package form

// A DocumentKind is a kind of attachment (section K).
type DocumentKind string

// A Document is a kind of attachment: what it is, when it is needed, and who needs to
// know it. A document that says that there is nothing to say, such as no known concerns,
// is one of its kind.
type Document struct {
	Kind          DocumentKind
	Label         string
	Class         Class
	Needed        []Need
	Instead       DocumentKind // another kind that will do
	MayNameOthers bool         // usually names others than the pupil: to be redacted before others see it
}

// Documents are all kinds of attachment, in their order.
func Documents() []Document {
	list := make([]Document, len(documents))
	for i, d := range documents {
		d.Needed = append([]Need(nil), d.Needed...)
		list[i] = d
	}
	return list
}

// LookupDocument finds a kind of attachment.
func LookupDocument(kind DocumentKind) (Document, bool) {
	for _, d := range Documents() {
		if d.Kind == kind {
			return d, true
		}
	}
	return Document{}, false
}

// placed holds for a referral that leads to a start somewhere else than in its school.
var placed = unless(OfTier, "outreach")

var documents = []Document{
	// What the receiving centre has to have before the start (D4).
	{Kind: "pupil_passport", Label: "Pupil passport", Class: Schooling, Needed: from(Start)},
	{Kind: "risk_assessment", Label: "Current risk assessment", Class: Safeguarding, Needed: from(Start), MayNameOthers: true},
	{Kind: "support_plan", Label: "Individual support plan", Class: Schooling, Needed: from(Start)},
	{Kind: "handling_plan", Label: "Positive handling plan", Class: Safeguarding, Needed: from(Start)},
	{Kind: "safeguarding_access", Label: "Access to the safeguarding record", Class: Safeguarding, Needed: from(Start)},
	{Kind: "safeguarding_concerns", Label: "Known safeguarding concerns", Class: Safeguarding, Needed: from(Start), MayNameOthers: true},
	{Kind: "home_contact", Label: "Issues with home and making contact", Class: Safeguarding, Needed: from(Start), MayNameOthers: true},
	// The workbook of the programme (W9).
	{Kind: "workbook", Label: "Programme workbook (W9)", Class: Schooling, Needed: from(Start, placed, when(OfStay, stayWeek))},
	{Kind: "workbook_light", Label: "Programme workbook, light (W9)", Class: Schooling, Needed: from(Start, placed, when(OfStay, stayShort)), Instead: "workbook"},
	// What a panel reads, by route.
	{Kind: "attendance_certificate", Label: "Attendance certificate", Class: Schooling, Needed: from(Panel, when("referral.source", "school", "pru"))},
	{Kind: "behaviour_log", Label: "Behaviour log", Class: Schooling, Needed: from(Panel, when(OfRoute, "prevent_pex", "offsite_direction", "respite")), MayNameOthers: true},
	{Kind: "intervention_evidence", Label: "Provision map or evidence of what was tried", Class: Schooling, Needed: from(Panel, when(OfRoute, "prevent_pex", "offsite_direction", "managed_move_support"))},
	{Kind: "pastoral_plan", Label: "Individual education or pastoral support plan, with reviews", Class: Schooling, Needed: from(Panel, when(OfRoute, "prevent_pex"))},
	{Kind: "exclusion_letter", Label: "Letter of the permanent exclusion", Class: Schooling, Needed: from(Panel, when(OfRoute, "day6_pex"))},
	{Kind: "head_report", Label: "Head's report on the permanent exclusion", Class: Schooling, Needed: from(Panel, when(OfRoute, "day6_pex")), MayNameOthers: true},
	{Kind: "suspension_letter", Label: "Letter of the suspension", Class: Schooling, Needed: from(Panel, when(OfRoute, "suspension_day6"))},
	{Kind: "offsite_notice", Label: "Notice of an off-site direction (section 29A)", Class: Schooling, Needed: from(Start, when(OfRoute, "offsite_direction"))},
	{Kind: "medical_evidence", Label: "Medical evidence", Class: Medical, Needed: from(Panel, when(OfRoute, "medical"))},
	{Kind: "medical_plan", Label: "Health care plan", Class: Medical, Needed: from(Start, when("health.care_plan", yes))},
	{Kind: "ehcp", Label: "Education, health and care plan", Class: Schooling, Needed: from(Panel, when(OfEHCP, yes))},
	{Kind: "annual_review", Label: "Last annual review of the plan", Class: Schooling, Needed: from(Panel, when(OfEHCP, yes))},
	{Kind: "personal_education_plan", Label: "Personal education plan of a looked-after pupil", Class: Schooling, Needed: from(Start, when(OfLookedAfter, yes))},
	{Kind: "consent", Label: "Signed consents", Class: Core, Needed: from(Start)},
	{Kind: "exam_entries", Label: "Exam entries and attainment", Class: Schooling, Needed: from(Start, when(OfKeyStage, "KS4"))},
	{Kind: "psychologist_report", Label: "Educational psychologist's report", Class: Medical},
	{Kind: "mental_health_report", Label: "Mental health service's report", Class: Medical},
	{Kind: "therapist_report", Label: "Therapist's report", Class: Medical},
	{Kind: "other", Label: "Other", Class: Safeguarding, MayNameOthers: true},
}
