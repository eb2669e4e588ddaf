package panel

import (
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/form"
)

// A RegisterKind is which register an entry belongs to.
type RegisterKind string

// The registers: pupils who are kept apart by name, and areas that are at odds. A rivalry is of
// places and never of a child.
const (
	KeepApartRegister RegisterKind = "keep_apart"
	RivalryRegister   RegisterKind = "area_rivalry"
)

// An EntryAct is what an entry does to the matter that it is about.
type EntryAct string

// The acts.
const (
	OpenEntry   EntryAct = "open"
	AmendEntry  EntryAct = "amend"
	CloseEntry  EntryAct = "close"
	ReopenEntry EntryAct = "reopen"
)

// A RegisterEntry says one thing about one matter of a register. Entries are never
// changed: the last one of a matter is what holds.
type RegisterEntry struct {
	ID       EntryID
	Subject  string // the matter: the id of the entry that opened it
	Kind     RegisterKind
	Act      EntryAct
	Pupils   []PupilID // of keep_apart: two, in the order of their ids
	Areas    []string  // of area_rivalry: two, in order
	Scope    matching.Scope
	Reason   string // a code: fight, bullying, co_defendant, victim, court_order, …
	Text     string // the evidence, in words
	Source   string // who says so: police, school, social_care, family, youth_justice, panel
	Grade    form.Grade
	Until    calendar.Date // the last day on which it holds; zero: until it is closed
	ReviewOn calendar.Date
	By       PersonID
	At       time.Time
}
