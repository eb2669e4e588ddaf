package demo

import "slices"

// A System is one provision of the demo authority, and the system of the reports
// that it works like.
type System struct {
	ID        string // the system: Y1 to Y15. Several provisions may make one system
	Provision string // the provision's id in the snapshot
	Different string // what makes it different from the others, in one line
}

// Systems returns the provisions by the system they belong to, Y1 first.
func Systems() []System { return slices.Clone(systems) }

var systems = []System{
	{"Y1", "esc", "Key Stage 3 off site for a fixed term, dual registered, before exclusion only; Key Stage 4 for longer"},
	{"Y2", "outreach", "a designated worker, one pupil at a time, one half day a week beside whatever else the week holds"},
	{"Y3", "swap", "one to three days at another centre, as a consequence or for safety; respite as a block or as key days over half a term"},
	{"Y4", "tarnside", "the unit of a package: core subjects Monday to Wednesday, the rest of the week with an outside provider"},
	{"Y4", "motor", "vehicle maintenance on Thursday and Friday, not a registered school"},
	{"Y4", "salon", "hair and beauty on Thursday and Friday, not a registered school"},
	{"Y4", "build", "construction at either end of the week, so that it fits more than one core"},
	{"Y4", "meadow", "animal care on Thursday and Friday, gentle enough for pupils who refuse school"},
	{"Y5", "ascent", "the academic one of three contracts for full-time Year 11, planned at ten pupils to one adult"},
	{"Y5", "trade", "the vocational one of three contracts for full-time Year 11; two high-risk pupils at a time"},
	{"Y5", "signal", "the key skills one of three contracts for full-time Year 11; one high-risk pupil at a time"},
	{"Y6", "west", "a schools' partnership with its own centre: whole weeks, part weeks, and kitchen days at a partner school"},
	{"Y6", "east", "a schools' partnership with its own centre: whole days or mornings only"},
	{"Y6", "south", "a schools' partnership with its own centre: whole weeks or the middle three days"},
	{"Y6", "nest", "for pregnant girls and young mothers aged 11 to 16, with a nursery; any school day is a first day"},
	{"Y7", "hub-ashmoor", "school-based: emotional literacy, every morning"},
	{"Y7", "hub-brindlewick", "school-based: behaviour management, three days"},
	{"Y7", "hub-cranwater", "school-based: literacy and numeracy for Key Stage 3, every morning"},
	{"Y7", "hub-dovermere", "school-based: coming back from absence, every other day"},
	{"Y7", "hub-elmscombe", "school-based: the move to secondary school, Year 7 only"},
	{"Y7", "hub-fenwater", "school-based: speech and language, two days"},
	{"Y7", "hub-greyholme", "school-based: an autism base, all week, four places"},
	{"Y7", "hub-harrowdene", "school-based: newcomers with little English, every morning"},
	{"Y7", "hub-ivelmoor", "school-based: a study base for Key Stage 4, all week"},
	{"Y7", "hub-kestrelwood", "school-based: mental health and counselling, two days"},
	{"Y7", "hub-lindenmarsh", "school-based: sport and mentoring, two days"},
	{"Y7", "hub-marlbeck", "school-based: restorative practice, two days"},
	{"Y7", "hub-oxenleaze", "school-based: young carers and part-time weeks, Monday and Friday"},
	{"Y7", "hub-quillbrook", "school-based: an outdoor classroom for Key Stage 3, two days"},
	{"Y8", "reset", "twenty full days from set start dates, ages 11 to 14; or two days a week for eight weeks, Year 9 only"},
	{"Y9", "craft", "groups of five on two craft sites, two days each, so that time and place both keep pupils apart"},
	{"Y10", "skills", "three days in seven-week cycles with two days back at school; or 22 weeks, roll on roll off, ages 16 to 19"},
	{"Y11", "land", "two days of themed study, two of work, one of sport and core subjects; two groups in opposite order"},
	{"Y12", "therapy", "education with therapy for pupils who are hard to place, six places to a group, the dearest in the authority"},
	{"Y13", "urban", "urban arts for two, three or four days, ages 14 to 16, not a registered school; and a group of Year 9 girls"},
	{"Y14", "ypc", "secondary: newcomers work apart in the assessment area for their first five days"},
	{"Y14", "psc", "primary: newcomers work apart in the assessment area for their first five days"},
	{"Y15", "beacon", "across the border of the authority, for pupils who are not safe in any provision at home"},
}
