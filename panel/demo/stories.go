package demo

import "slices"

// A Story is something that the reports tell and the demo authority lets happen:
// rank its referral, and look at its group.
type Story struct {
	ID          string
	Requirement string // the requirement it shows, or the system
	Title       string
	Referral    string
	Group       string
	Tells       string // what happens, in plain words
}

// Stories returns the stories in the order in which they are best told.
func Stories() []Story { return slices.Clone(stories) }

var stories = []Story{
	{
		ID: "only-girl-on-wednesdays", Requirement: "S5", Referral: "r01", Group: "craft-forge-a",
		Title: "The only girl on Wednesdays",
		Tells: "A Year 9 girl asks for the forge first, and by fit alone it comes before the kiln. But the other two girls come on Tuesdays only: " +
			"on Wednesdays she would be the only girl, which costs the forge 60 points. Her friend is at the kiln on the same days, worth 40, and so the kiln tops her list.",
	},
	{
		ID: "only-girl-from-march", Requirement: "S5", Referral: "r26", Group: "craft-kiln-b",
		Title: "The girl who is about to become the only one",
		Tells: "Two girls stand in this group until 12 March; from the 13th one of them is alone among boys. " +
			"A girl who leaves hospital in mid-March would mend that: the group gains 120 points when she comes, because the one who is already there counts too.",
	},
	{
		ID: "care-home-fight", Requirement: "R5", Referral: "r02", Group: "craft-kiln-a",
		Title: "The fight at the care home",
		Tells: "The group she chose, and which would top her list, has a girl from her own care home in it, and the two had a fight. " +
			"Two rules refuse it: the same home never shares a group, and the two are named apart on the whole site until the end of February. " +
			"The group at the same kiln on Thursdays and Fridays takes its place: there they never meet.",
	},
	{
		ID: "quarter-mile", Requirement: "R4", Referral: "r03", Group: "west-ks4",
		Title: "Rivals who live a quarter of a mile apart",
		Tells: "He lives a few minutes' walk from the centre and cannot go there for the whole week: a boy from the rival estate, a quarter of a mile from his door, " +
			"is on the site from Monday to Wednesday until the summer. Nothing that living near is worth can mend that.",
	},
	{
		ID: "other-days", Requirement: "R8", Referral: "r03", Group: "west-ks4",
		Title: "The same centre on other days",
		Tells: "The same boy, the same centre, Thursdays and Fridays: the rival is not there, nothing is refused, and this pattern tops his list.",
	},
	{
		ID: "anxious-and-aggressive", Requirement: "R6", Referral: "r04", Group: "esc-ks3-a",
		Title: "The anxious girl and the aggressive boy, parted by day",
		Tells: "An aggressive Year 10 boy is in the main zone on Mondays and Tuesdays, in another group. Her patterns with those days are refused, " +
			"Wednesday and Thursday are possible, and so is the garden wing of the same building once it has a place.",
	},
	{
		ID: "ten-to-one", Requirement: "R2", Referral: "r05", Group: "ascent-y11",
		Title: "Ten to one, on paper",
		Tells: "Ten places and one adult: the contract was priced at ten to one. Four pupils are there, one of them with intensive support, and they use 950 thousandths of the adult. " +
			"A fifth pupil with the smallest share is one too many although six places are free. " +
			"The floating adult covers Monday morning only, so that it first fails on Monday afternoon.",
	},
	{
		ID: "own-adult", Requirement: "R3", Referral: "r06", Group: "ascent-y11",
		Title: "The pupil who brings her own adult",
		Tells: "She needs one-to-one support, far more than the same group can give. But an extra adult is funded and comes with her, " +
			"she uses nothing of the group's, and the group tops her list.",
	},
	{
		ID: "mass-referral", Requirement: "R10", Referral: "r11", Group: "trade-y11",
		Title: "Eight at once from two units",
		Tells: "Two pupil referral units send eight high-risk pupils on one day (r11 to r18). Trade Park may have two such pupils together and has one: " +
			"each of the five in Year 11 could go there, but only one of them. The Old Signal Box may have one and has one, and refuses all five. Ranking shows the first; a joint plan has to choose.",
	},
	{
		ID: "nine-tenths-unknown", Requirement: "D2", Referral: "r07", Group: "hub-greyholme",
		Title: "The form that is nine-tenths unknown",
		Tells: "The school gave his year and sex; home, needs, traits, support, special needs plan and the rest are not known. " +
			"No rule refuses for what is not known, so the list is long: but every row carries what is unchecked, and a wide range about its score.",
	},
	{
		ID: "unknown-is-not-no", Requirement: "D3", Referral: "r07", Group: "ypc-ks3",
		Title: "What is missing is listed, and does not stop the ranking",
		Tells: "The same form ranks today. What it leaves out is named, rule by rule, as something to find out before he starts: whom he must be kept from, whether his needs can be met, how much of an adult he uses.",
	},
	{
		ID: "sixth-day", Requirement: "S6", Referral: "r08", Group: "ypc-ks3",
		Title: "The sixth school day",
		Tells: "Permanently excluded, and Monday 30 November is the sixth school day. Groups that start on any day, or on Mondays, meet it. " +
			"The twenty-day courses fit him too, but their next start dates are in January: they are late, and fall to the foot of the list.",
	},
	{
		ID: "young-mothers-unit", Requirement: "R12", Referral: "r09", Group: "nest",
		Title: "The girl who needs the unit for young mothers",
		Tells: "Fifty-nine groups do not take this reason for referral, and no other merit helps. One unit is made for her: any school day is a first day, " +
			"mornings only or three days are possible, and there is a nursery.",
	},
	{
		ID: "full-until-january", Requirement: "R1", Referral: "r10", Group: "esc-ks3-b",
		Title: "Full until the end of January",
		Tells: "The family's first choice has six places and six pupils until 29 January. It is not refused: its row says 1 February, " +
			"and nine weeks of waiting cost it all that an early start is worth, so that a group with a place today comes first.",
	},
	{
		ID: "co-defendants", Requirement: "R7", Referral: "r30", Group: "skills-roll",
		Title: "The co-defendant",
		Tells: "There is one programme for his age, and his co-defendant is on it. The two are named apart on the whole site; the other finishes on 29 January, " +
			"and the only option there is starts on the Monday after.",
	},
	{
		ID: "planned-exception", Requirement: "R9", Referral: "r19", Group: "craft-forge-b",
		Title: "The rivals who could be paired on purpose",
		Tells: "He asked for the forge, deep in the wood and on nobody's ground, where a boy from the rival estate works on Thursdays and Fridays. " +
			"The rule refuses it with the class waiver: somebody with the power may plan the exception, with a reason, an owner and a review. " +
			"Without one, Tuesdays and Wednesdays at the same forge are possible.",
	},
	{
		ID: "first-week-apart", Requirement: "R11", Referral: "r20", Group: "ypc-ks3",
		Title: "The newcomer's first week",
		Tells: "New to the country, and named apart from a boy of this group until 1 December. He may start on 25 November all the same: " +
			"for his first five school days he works in the assessment area and meets nobody of the group, and by then the quarrel has run out.",
	},
	{
		ID: "home-school-days", Requirement: "R13", Referral: "r21", Group: "skills-cycle",
		Title: "Three days here, two days back at school",
		Tells: "His home school keeps him on Thursdays and Fridays, so every pattern with those days clashes. " +
			"The three-day cycle fits and tops his list, though it starts on 4 January only.",
	},
	{
		ID: "package-week", Requirement: "Y4", Referral: "r22", Group: "tarnside-core",
		Title: "A week made of two providers",
		Tells: "He needs ten sessions, his exams and something to do with engines. No group alone has it all; " +
			"three days at Tarnside and two at Sprocket Yard do, and the package tops his list, in time for his sixth day.",
	},
	{
		ID: "key-days", Requirement: "Y3", Referral: "r23", Group: "swap-respite",
		Title: "Respite on key days",
		Tells: "His centre asks for respite. Two key days a week over half a term come before the whole block, because that is what was asked for.",
	},
	{
		ID: "two-days-away", Requirement: "Y3", Referral: "r27", Group: "swap-mill",
		Title: "Two days away, for safety",
		Tells: "He has to be away from his centre for two school days while the risk is assessed. The stay is counted in school days, and may begin tomorrow.",
	},
	{
		ID: "across-the-border", Requirement: "Y15", Referral: "r25", Group: "beacon-ks4",
		Title: "Across the border",
		Tells: "He is not safe in the authority. Only the provider across the border takes that reason, and the journey is within his limit.",
	},
	{
		ID: "no-step-free-primary", Requirement: "D8", Referral: "r28", Group: "psc-ks2",
		Title: "The place that is not there",
		Tells: "A Year 6 boy who uses a wheelchair. One primary centre takes his reason for referral, and it has steps. " +
			"No waiver, move, date or adult lifts that: the agenda shows the authority what it does not have.",
	},
	{
		ID: "one-adult-short", Requirement: "R3", Referral: "r29", Group: "therapy-upper",
		Title: "A tenth of an adult short",
		Tells: "Fifty-one of the other fifty-nine groups do not take a boy who has set fires, and the rest refuse him for another reason. " +
			"The therapeutic unit would take him, and is short by a tenth of an adult: the class is adults, and so much more adult time at the unit, " +
			"or one of two pupils moving, would unlock it. With a funded adult of his own he would fit as well: that is a question for --what-if.",
	},
	{
		ID: "part-time-only", Requirement: "Y13", Referral: "r17", Group: "urban-a",
		Title: "Four days would be full time",
		Tells: "Urban arts is not a registered school. For a looked-after pupil its four-day week is full time and refused; two or three days are possible, or a package around them.",
	},
}
