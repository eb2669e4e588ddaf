package generate

// A profile says who is meant: national shares of the pupils of one route.
type profile struct {
	sex   shares[string]
	years shares[int] // 12 stands for Year 12 and above
	sen   shares[senProvision]
	needs shares[string] // primary need of those with SEN, by SEN type code
}

type senProvision int

const (
	noSEN senProvision = iota
	senSupport
	ehcPlan
)

// Source of both profiles: DfE SFR35/2017, national tables of 2015/16 (Open Government
// Licence v3), as recorded in shared/data/synthetic_distributions.json; suppressed
// figures are taken as 2. Left out are pupils in nursery classes, and those whose year is
// not given or not followed. "No specialist assessment" is NSA, "other" is OTH.

// excluded is the profile of pupils who are permanently excluded
// (synthetic_distributions.json: permanent_exclusions).
var excluded = profile{
	sex: shares[string]{{"M", 5225}, {"F", 1460}}, // Gender
	years: shares[int]{ // NC_year
		{0, 50}, {1, 95}, {2, 135}, {3, 180}, {4, 195}, {5, 260}, {6, 245},
		{7, 615}, {8, 995}, {9, 1410}, {10, 1690}, {11, 650}, {12, 45},
	},
	sen: shares[senProvision]{{noSEN, 3405}, {senSupport, 2915}, {ehcPlan, 370}}, // SEN_provision
	needs: shares[string]{ // SEN_primary_need
		{"ASD", 150}, {"HI", 10}, {"MLD", 450}, {"MSI", 2}, {"NSA", 100}, {"OTH", 120}, {"PD", 5},
		{"SEMH", 1840}, {"SLCN", 150}, {"SLD", 20}, {"SPLD", 230}, {"VI", 10},
	},
}

// suspended is the profile of everybody else who is referred: suspensions are the
// nearest national count of pupils for whom school is not going well
// (synthetic_distributions.json: suspensions).
var suspended = profile{
	sex: shares[string]{{"M", 249445}, {"F", 89920}},
	years: shares[int]{
		{0, 2940}, {1, 5785}, {2, 6910}, {3, 8515}, {4, 10060}, {5, 11760}, {6, 12955},
		{7, 38960}, {8, 55645}, {9, 65505}, {10, 70720}, {11, 45830}, {12, 2305},
	},
	sen: shares[senProvision]{{noSEN, 181010}, {senSupport, 125090}, {ehcPlan, 33265}},
	needs: shares[string]{
		{"ASD", 9040}, {"HI", 1070}, {"MLD", 27060}, {"MSI", 60}, {"NSA", 2880}, {"OTH", 5815}, {"PD", 820},
		{"PMLD", 90}, {"SEMH", 79935}, {"SLCN", 10085}, {"SLD", 870}, {"SPLD", 13265}, {"VI", 555},
	},
}

// excludedStanding is the share of standing pupils with the profile of the excluded, of a
// thousand: fewer than half of the pupils of AP schools had been excluded (domain.md section 5, fft).
const excludedStanding = 400

// The rest has no national figure among our sources. These are assumptions, of a
// thousand pupils unless said otherwise; an authority that knows better has its own data.
const (
	lookedAfter      = 80
	inCareHome       = 500 // of those looked after
	anxiousRefusers  = 200
	aggressivePupils = 250 // never together with the one before
	highRisk         = 150
	secondNeed       = 250 // of those with a need
	needsStepFree    = 15
	secondArea       = 80
	dualRegistered   = 350 // of pupils who are not excluded: busy at their home school
)

// rareTraits are few, and some groups refuse them.
var rareTraits = shares[string]{{"arson", 10}, {"weapon", 20}, {"harms_animals", 5}}

// support is how much of an adult pupils need, by what the school has found. No
// national figure either: it makes the mean about a quarter of an adult, between the
// ten to one that was planned and the groups of three and four that were
// found necessary (domain.md section 2, R20).
var support = [...]shares[string]{
	noSEN:      {{"standard", 70}, {"enhanced", 25}, {"intensive", 5}},
	senSupport: {{"standard", 30}, {"enhanced", 50}, {"intensive", 17}, {"one_to_one", 3}},
	ehcPlan:    {{"standard", 5}, {"enhanced", 35}, {"intensive", 45}, {"one_to_one", 15}},
}
