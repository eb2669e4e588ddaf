package panel

// OutcodeID is an outcode, the part of a postcode before the blank.
type OutcodeID string

// An Outcode is where the middle of a postcode area is, in degrees. Journeys are
// estimated from it, since a snapshot must not say in which house a child lives.
type Outcode struct {
	ID        OutcodeID
	Version   int
	Latitude  float64
	Longitude float64
}
