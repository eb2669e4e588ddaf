// Package form is replaced by the branch that builds it.
package form

import "example.org/backontrack/matching/calendar"

// Grade is how far an answer can be leant on.
type Grade string

// Answer is one answer.
type Answer struct {
	Field  string
	Row    int
	Value  []string
	Grade  Grade
	By     string
	On     calendar.Date
	Reason string
}

// Form is the answers.
type Form struct{ Answers []Answer }

// DocumentKind is a kind of document.
type DocumentKind string

// Class is a class of need to know.
type Class string
