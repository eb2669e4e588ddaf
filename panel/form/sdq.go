package form

// The scales of the strengths and difficulties questionnaire, as the items of
// baseline.sdq call them.
const (
	SDQEmotion       = "emotion"
	SDQConduct       = "conduct"
	SDQHyperactivity = "hyperactivity"
	SDQPeer          = "peer"
	SDQProsocial     = "prosocial"
	SDQTotal         = "total"
)

// sdqDifficulties are the scales that add up to the total.
var sdqDifficulties = []string{SDQEmotion, SDQConduct, SDQHyperactivity, SDQPeer}

// sdqBands have the lowest score of each band of a teacher's answers above the first, in
// four bands (PMC4830858, table 1); the prosocial scale runs the other way.
var sdqBands = map[string][3]int{
	SDQTotal: {12, 16, 19}, SDQEmotion: {4, 5, 6}, SDQConduct: {3, 4, 5}, SDQHyperactivity: {6, 8, 9}, SDQPeer: {3, 5, 6},
}

// SDQBand is the band of a teacher's score, close_to_average, raised, high or very_high
// (for the prosocial scale lowered, low and very_low), or of a parent's total, normal,
// borderline or abnormal, in the three bands of the United Kingdom. There are none for
// other scores that this can be asked about, nor for scores out of range.
func SDQBand(respondent, scale string, score int) (band string, ok bool) {
	most := 10
	if scale == SDQTotal {
		most = 40
	}
	if score < 0 || score > most {
		return "", false
	}
	switch bands, known := sdqBands[scale]; {
	case respondent == "parent" && scale == SDQTotal:
		return nameOf(score, [3]int{14, 17, 41}, "normal", "borderline", "abnormal", ""), true
	case respondent != "teacher":
		return "", false
	case scale == SDQProsocial:
		return nameOf(most-score, [3]int{5, 6, 7}, "close_to_average", "lowered", "low", "very_low"), true
	case known:
		return nameOf(score, bands, "close_to_average", "raised", "high", "very_high"), true
	}
	return "", false
}

func nameOf(score int, from [3]int, names ...string) string {
	band := names[0]
	for i, lowest := range from {
		if score >= lowest {
			band = names[i+1]
		}
	}
	return band
}
