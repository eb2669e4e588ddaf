// Package report puts the words of package text on a screen: rankings, ledgers
// that add up, and refusals by what would lift them.
package report

import (
	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
)

// A Report writes about one snapshot.
type Report struct {
	*screen.Screen
	words  *text.Words
	policy *matching.Policy
}

// New returns a report on the engine's snapshot.
func New(s *screen.Screen, e *matching.Engine) *Report {
	return &Report{Screen: s, words: text.New(e.Snapshot()), policy: e.Snapshot().Policy}
}

// Words are those that the report speaks in.
func (r *Report) Words() *text.Words { return r.words }

// Referral writes who a referral is about and what is asked for.
func (r *Report) Referral(id matching.ReferralID) {
	r.Line(0, screen.In(screen.Bold, string(id)+"  "+r.words.Heading(id)), screen.In(screen.Dim, " · "+r.words.Priority(id)))
	for _, sentence := range r.words.About(id) {
		r.Para(indent, 2, screen.Text(sentence))
	}
}

// indent is that of what stands under a heading.
const indent = 4

// Head writes a heading within an answer.
func (r *Report) Head(text string) {
	r.Blank()
	r.Para(2, 2, screen.In(screen.Bold, text))
}

// Say writes sentences under a heading.
func (r *Report) Say(sentences ...string) {
	for _, sentence := range sentences {
		r.Para(indent, 2, screen.Text(sentence))
	}
}
