package form

// A risk item is one line of the grid, asked as a level: none, low, medium or high.
type riskItem struct {
	code, label string
	class       Class
	asked       bool // needed to submit: what a group is put together by
}

// riskItems are the lines of the grid. Those that traits are derived from are asked.
var riskItems = []riskItem{
	{"self_harm", "To self: self-harm", Medical, true},
	{"suicide", "To self: suicide", Medical, true},
	{"neglect", "To self: eating or neglect", Safeguarding, false},
	{"school_anxiety", "To self: anxiety about school or pupils", Medical, true},
	{"absconding", "To self: absconding or running out", Safeguarding, true},
	{"missing", "To self: missing from home", Safeguarding, false},
	{"substance", "To self: misuse of substances", Medical, true},
	{"alcohol", "To self: alcohol", Medical, true},
	{"online", "To self: online risks or grooming", Safeguarding, false},
	{"sexual_exploitation", "To self: sexual exploitation", Safeguarding, false},
	{"criminal_exploitation", "To self: criminal exploitation or county lines", Safeguarding, false},
	{"radicalisation", "To self: radicalisation", Safeguarding, false},
	{"pregnancy", "To self: pregnancy", Medical, false},
	{"verbal", "To others: verbal abuse or threats", Safeguarding, true},
	{"hate", "To others: racism or hate", Safeguarding, true},
	{"bullying", "To others: bullying", Safeguarding, true},
	{"assault_pupils", "To others: physical, to pupils", Safeguarding, true},
	{"assault_staff", "To others: physical, to staff", Safeguarding, true},
	{"weapon", "To others: carrying a weapon", Criminal, true},
	{"sexual_harm", "To others: harmful sexual behaviour", Safeguarding, true},
	{"false_allegations", "To others: false allegations", Safeguarding, false},
	{"retaliation", "To others: retaliation", Safeguarding, false},
	{"restraint", "To others: was restrained", Safeguarding, false},
	{"animals", "To others: harm to animals", Safeguarding, true},
	{"theft", "Property: theft", Criminal, false},
	{"damage", "Property: damage", Safeguarding, false},
	{"fire", "Property: arson or setting fires", Criminal, true},
	{"bullied", "From others: bullied", Safeguarding, false},
	{"exploited", "From others: exploited", Safeguarding, false},
	{"domestic_abuse", "From others: domestic abuse", Safeguarding, false},
	{"gang_threat", "From others: threat by a gang", Safeguarding, false},
	{"transport", "Setting: being transported", Safeguarding, false},
	{"unstructured_time", "Setting: unstructured time", Safeguarding, false},
	{"off_site", "Setting: activities off site", Safeguarding, false},
	{"tools", "Setting: tools, vehicles, kitchen or animals", Safeguarding, false},
	{"swimming", "Setting: swimming", Safeguarding, false},
	{"lone_work", "Setting: lone work", Safeguarding, false},
	{"adults", "Setting: sex of the adults", Safeguarding, false},
}

// riskFields are section G: a level for each item, and rows with what stands behind it.
// Alleged and actual risks count alike, until somebody changes the level.
func riskFields() []Field {
	fields := make([]Field, 0, len(riskItems)+2)
	for _, item := range riskItems {
		f := Field{Key: "risk." + item.code, Label: item.label, Kind: OneCode, Codes: "risk_level", Class: item.class}
		if item.asked {
			f.Needed = laterForSixthDay
		}
		fields = append(fields, f)
	}
	return append(fields,
		Field{Key: "risk.details", Label: "What stands behind each risk that is not none", Kind: Rows, Most: 40, Class: Safeguarding, Items: []Field{
			{Key: "item", Label: "Risk", Kind: OneCode, Codes: "risk_item", Needed: from(Submit), Tolerance: Never},
			{Key: "basis", Label: "Actual or alleged", Kind: OneCode, Codes: "risk_basis", Needed: from(Submit)},
			{Key: "last", Label: "How often, how lately", Kind: OneCode, Codes: "risk_last"},
			{Key: "where", Label: "Where", Kind: SomeCodes, Codes: "risk_where", Most: 5},
			{Key: "company", Label: "Alone or with others", Kind: OneCode, Codes: "risk_company"},
			{Key: "triggers", Label: "Triggers", Kind: LongText},
			{Key: "controls", Label: "Controls in place", Kind: LongText, Needed: from(Start)},
			{Key: "severity", Label: "Severity, 1 to 5", Kind: Whole, Min: 1, Max: 5},
			{Key: "likelihood", Label: "Likelihood, 1 to 5", Kind: Whole, Min: 1, Max: 5},
			{Key: "owner", Label: "Owner", Kind: Text},
			{Key: "date", Label: "Date", Kind: Date},
		}},
		Field{Key: "risk.assessed_on", Label: "Day of the risk assessment", Kind: Date, Class: Safeguarding, Needed: from(Start)},
	)
}
