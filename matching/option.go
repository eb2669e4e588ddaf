package matching

import "example.org/backontrack/matching/calendar"

// An Option is one referral's stay in one group with one pattern and one start,
// or, as a package, several stays with one start and no common session.
type Option struct {
	Referral      ReferralID     `json:"referral"`
	Stays         []Stay         `json:"stays"`
	Feasible      bool           `json:"feasible"` // no rule refuses
	Score         int            `json:"score"`
	ScoreLow      int            `json:"score_low"` // what answers to unknown facts could make of it
	ScoreHigh     int            `json:"score_high"`
	Bonus         int            `json:"bonus"` // of the referral's priority; the same for all its options
	Late          bool           `json:"late"`  // starts after the deadline
	Composition   int            `json:"composition"`
	Contributions []Contribution `json:"contributions"`
	Reasons       []Reason       `json:"reasons"`
	Unchecked     []Code         `json:"unchecked"` // rules that wait for an answer, by code

	LatePenalty int  `json:"late_penalty"`              // what being late costs: 0, or less than 0
	Total       int  `json:"total"`                     // score + late penalty + composition: what a ranking sorts by
	Minutes     *int `json:"journey_minutes,omitempty"` // the longest journey; nil when unknown

	Unlock []Unlock `json:"unlock,omitzero"` // of a rejected option, where it was asked for
}

// A Stay is one pupil in one group with a pattern, both days included. The days
// are zero where a refused stay has no allowed start.
type Stay struct {
	Group   GroupID       `json:"group"`
	Pattern PatternID     `json:"pattern"`
	From    calendar.Date `json:"from,omitzero"`
	To      calendar.Date `json:"to,omitzero"`
}

// A Contribution is one criterion's part of a score. The points of all
// contributions add up to the score.
type Contribution struct {
	Criterion Code `json:"criterion"`
	Weight    int  `json:"weight"`
	Value     int  `json:"value"` // 0 to 1000; of given scores the score
	Points    int  `json:"points"`
	Low       *int `json:"value_low,omitempty"` // with High, where an answer could change the value
	High      *int `json:"value_high,omitempty"`
	Why       Why  `json:"why"`
}

// apportion writes into points each value's part of the weighted mean: rounded
// down, and the spare points to the largest remainders, earlier ones first. It
// returns the mean, rounded down, which is their sum.
func apportion(points []int, weights []int, sum int, value func(i int) int) int {
	if sum == 0 {
		clear(points)
		return 0
	}
	raw, given := 0, 0
	for i, w := range weights {
		product := w * value(i)
		raw += product
		points[i] = product / sum
		given += points[i]
	}
	mean := raw / sum
	for spare := mean - given; spare > 0; spare-- {
		best, most := -1, -1
		for i, w := range weights {
			product := w * value(i)
			if left := product % sum; product/sum == points[i] && left > most {
				best, most = i, left
			}
		}
		points[best]++
	}
	return mean
}

// weighted is the weighted mean of values, rounded down.
func weighted(weights []int, sum int, value func(i int) int) int {
	if sum == 0 {
		return 0
	}
	raw := 0
	for i, w := range weights {
		raw += w * value(i)
	}
	return raw / sum
}
