// Package demo holds the demo authority: one placement snapshot of Thornmere, a
// local authority that does not exist, on the day of a panel. Its provisions work
// as the fifteen systems of the reports do (Y1 to Y15 of the requirements), its
// pupils stand in them, and its agenda of thirty referrals is written so that each
// story of the reports happens.
//
// Every pupil is synthetic and has an id only. Provisions, schools and estates are
// made up; towns and postcode areas are borrowed from Hertfordshire so that journeys
// are of a real length.
//
// [Load] brings the authority to life in package panel: organisations, people, forms with
// made-up names, registers and a policy, all through the verbs of the service. [Hold] holds
// its panel, and lets the autumn term pass. Both go by a [Clock] of their own and by ids of
// [NewIDs], so that they do the same each time.
package demo

import (
	"bytes"
	_ "embed"
)

//go:embed authority.json
var authority []byte

// Authority returns the demo authority: a snapshot in JSON, the caller's own copy.
func Authority() []byte { return bytes.Clone(authority) }
