package panel

import (
	"time"

	"example.org/backontrack/matching/calendar"
)

// A Role is what somebody may be to the panel. What each may do is in [Access].
type Role string

// The roles.
const (
	RoleSchool      Role = "school"      // a referring school's staff: own referrals
	RoleProvider    Role = "provider"    // a provision's staff: offers and placements there
	RoleMember      Role = "member"      // of the panel: the agenda of the meetings one sits in
	RoleChair       Role = "chair"       // a member who also decides and waives
	RoleCoordinator Role = "coordinator" // the panel's officer
	RoleAuditor     Role = "auditor"     // reads, writes nothing
	RoleAdmin       Role = "admin"       // users, tokens, settings; no case content
	RoleApprover    Role = "approver"    // head of service: second approver of safety waivers, funds an extra adult
)

// Roles are all roles, in the order of the documentation.
func Roles() []Role {
	return []Role{RoleSchool, RoleProvider, RoleMember, RoleChair, RoleCoordinator, RoleApprover, RoleAuditor, RoleAdmin}
}

// A Grant gives a person a role, for an organisation where the role is one of staff,
// while it lasts.
type Grant struct {
	Role         Role
	Organisation OrganisationID // of school and provider
	From         calendar.Date  // zero: since ever
	To           calendar.Date  // the last day; zero: until it is taken away
}

// A Person uses the system. Grants are read again at each verb, so that one taken away
// counts from the next request on.
type Person struct {
	ID         PersonID
	Version    int
	SignIn     string // the name to sign in with, lower case, unique
	Name       string
	Email      string
	Profession string // what they bring to a multi-agency panel (W2): education, health, social_care, …
	Password   string // as package credential encodes it; empty: no sign-in by password
	Grants     []Grant
	Disabled   bool
}

// A Token lets a program act as a person, within some of that person's roles.
type Token struct {
	ID       TokenID
	Version  int
	Person   PersonID
	Name     string // what it is for
	Hash     Digest // of the secret, which is shown once
	Roles    []Role
	Created  time.Time
	Expires  time.Time
	LastUsed time.Time
	Revoked  bool
}
