package panel

import (
	"crypto/rand"
	"strings"

	"example.org/backontrack/matching"
)

// Identifiers are opaque. What a snapshot names by the same id is the same type there.
type (
	// GroupID identifies a group.
	GroupID = matching.GroupID
	// SiteID identifies a site.
	SiteID = matching.SiteID
	// PatternID identifies a pattern within its group.
	PatternID = matching.PatternID
	// ReferralID identifies a referral.
	ReferralID = matching.ReferralID
	// PlacementID identifies a placement.
	PlacementID = matching.PlacementID
	// Pseudonym stands for a pupil in snapshots and in the journal. Only the pupil's own
	// row says whose it is, and erasure takes that row away.
	Pseudonym = matching.PupilID
)

type (
	// OrganisationID identifies a school, a provision or another organisation.
	OrganisationID string
	// ChangeID identifies a dated change to a group's or a site's staffing.
	ChangeID string
	// PersonID identifies a person who uses the system.
	PersonID string
	// TokenID identifies a program's token.
	TokenID string
	// PupilID identifies a pupil's record.
	PupilID string
	// DocumentID identifies a document.
	DocumentID string
	// MeetingID identifies a meeting.
	MeetingID string
	// TentativeID identifies a tentative choice.
	TentativeID string
	// WaiverID identifies a waiver that was asked for.
	WaiverID string
	// DecisionID identifies a decision.
	DecisionID string
	// RatificationID identifies what a later meeting said of a chair's action.
	RatificationID string
	// ReviewID identifies a review.
	ReviewID string
	// EntryID identifies an entry of a register.
	EntryID string
	// PolicyID identifies a version of the policy.
	PolicyID string
	// ActivationID identifies the coming into force of a policy.
	ActivationID string
	// YearID identifies a version of a school year's calendar.
	YearID string
	// SettingsID identifies a version of the statutory and local numbers.
	SettingsID string
	// JobID identifies a job.
	JobID string
	// HoldID identifies a legal hold.
	HoldID string
	// ErasureID identifies an erasure.
	ErasureID string
	// Digest names bytes by what they are: "sha256:" and 64 hexadecimal digits.
	Digest string
)

// NewID returns 128 random bits in lower case, from which nothing can be guessed.
func NewID() string { return strings.ToLower(rand.Text()) }
