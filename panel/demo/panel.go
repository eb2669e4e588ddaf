package demo

import (
	"slices"

	"example.org/backontrack/panel"
)

// Seats are who sits in the panel of Thornmere, and who works for it.
type Seats struct {
	Chair       panel.PersonID // the head of a school that refers
	Deputy      panel.PersonID
	Members     []panel.PersonID // of several professions (W2)
	Coordinator panel.PersonID
	Approver    panel.PersonID
	Auditor     panel.PersonID
	Admin       panel.PersonID
}

// Panel returns them.
func Panel() Seats {
	return Seats{
		Chair: chair, Deputy: deputy, Members: slices.Clone(members), Coordinator: coordinator, Approver: approver, Auditor: auditor, Admin: admin,
	}
}
