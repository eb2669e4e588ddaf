package text

import (
	"fmt"
	"strings"

	"example.org/backontrack/matching"
)

// asks is the question about each fact.
var asks = map[matching.Fact]string{
	matching.FactYear: "Which year is the pupil in?", matching.FactSex: "Is the pupil a girl or a boy?",
	matching.FactAreas: "Which areas count for rivalry?", matching.FactCareHome: "Which care home, if any?",
	matching.FactLatitude: "Where does the pupil live?", matching.FactTraits: "What has been noted about the pupil?",
	matching.FactNeeds: "Which needs must be met?", matching.FactSupport: "How much adult support is needed?",
	matching.FactAccess: "Which access needs are there?", matching.FactBusy: "What does the week already hold?",
	matching.FactFriends: "Who are the pupil's friends?", matching.FactEHCP: "Is there an EHC plan?",
	matching.FactLookedAfter: "Is the pupil looked after?",
}

// Question asks for what is not known.
func Question(q *matching.Question) string {
	if ask, ok := asks[q.Facts[0]]; ok {
		return ask
	}
	return "What about " + List(plains(q.Facts)) + "?"
}

// Matters says how much the answer to a question would change.
func (w *Words) Matters(q *matching.Question) string {
	of := fmt.Sprintf("of %s", Count(len(q.Answers), "answer", "answers"))
	if q.ChangesFirst == 0 {
		return fmt.Sprintf("%d %s would change the order, none the first rank.", q.ChangesOrder, of)
	}
	const shown = 3
	var parts []string
	for i := range q.Answers {
		a := &q.Answers[i]
		if !a.ChangesFirst || len(parts) == shown {
			continue
		}
		first := "nothing fits"
		if a.First != nil {
			first = w.Groups(a.First) + " first"
		}
		parts = append(parts, w.answerName(q.Facts[0], a.Answer)+": "+first)
	}
	said := fmt.Sprintf("%d %s would change the first rank (%s", q.ChangesFirst, of, strings.Join(parts, "; "))
	if q.ChangesFirst > shown {
		said += "; …"
	}
	return said + ")."
}

// answerName is an answer in plain words.
func (w *Words) answerName(fact matching.Fact, answer string) string {
	if days := map[string]string{"mon": "Mondays", "tue": "Tuesdays", "wed": "Wednesdays", "thu": "Thursdays", "fri": "Fridays"}; fact == matching.FactBusy && days[answer] != "" {
		return days[answer]
	}
	switch answer {
	case "true":
		return "yes"
	case "false":
		return "no"
	case string(matching.Female):
		return "a girl"
	case string(matching.Male):
		return "a boy"
	}
	if site, near := strings.CutPrefix(answer, "near "); near && fact == matching.FactLatitude {
		return "near " + w.Site(matching.SiteID(site))
	}
	return Plain(answer)
}
