package panel

import (
	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// An OrganisationKind is what an organisation is to the panel.
type OrganisationKind string

// The kinds of organisation. One that both refers and offers places, as a pupil
// referral unit may, is a provision.
const (
	School    OrganisationKind = "school"
	Provision OrganisationKind = "provision"
	Authority OrganisationKind = "authority"
	Agency    OrganisationKind = "agency" // youth justice, social care, health
)

// An Organisation is a school, a provision, an authority or another agency.
type Organisation struct {
	ID         OrganisationID
	Version    int
	Kind       OrganisationKind
	Name       string
	URN        string // six digits, of a registered school
	LAESTAB    string // seven digits
	UKPRN      string
	Type       string // the national register's code of its type
	Authority  string // the three digits of its local authority
	Postcode   string
	LowAge     int // of a school: statutory ages; 0 where not stated
	HighAge    int
	Registered bool // a registered school; false changes what it may take (unregistered_full_time)
	Opened     calendar.Date
	Closed     calendar.Date
	Terms      string // what a school agrees to before it refers to this provision (W10)
	TermsFrom  calendar.Date
}

// A Site is where groups of a provision meet.
type Site struct {
	ID           SiteID
	Version      int
	Organisation OrganisationID
	Name         string
	Postcode     string
	Latitude     *float64 // degrees; both or none
	Longitude    *float64
	Access       []string
	Zones        []string            // parts whose occupants do not meet; none: "main"
	Floating     matching.PerSession // thousandths of an adult who may top up any group
}

// A Group is pupils who are taught together. Its terms are those of the matching
// library, but for what other nouns say: provision, site and whether the school is registered.
type Group struct {
	ID           GroupID
	Version      int
	Organisation OrganisationID
	Site         SiteID
	Terms        matching.Group
}

// A Change is what is different about a group's places or adults, or a site's floating
// adults, from one date to another: sickness, a new teacher, an inspection's condition.
// While it lasts, its figures replace the usual ones at the sessions that it names.
type Change struct {
	ID       ChangeID
	Version  int
	Site     SiteID
	Group    GroupID // empty: the site's floating adults
	From     calendar.Date
	To       calendar.Date // zero: for good
	Places   matching.PerSession
	Adults   matching.PerSession
	Reason   string // a code: sickness, vacancy, recruited, premises, other
	Recorded calendar.Date
}
