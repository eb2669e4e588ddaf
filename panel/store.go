package panel

import (
	"context"
	"iter"
	"time"

	"example.org/backontrack/panel/audit"
)

// A Store keeps the nouns. A [Tx] is valid only while the function that got it runs,
// in the goroutine that called it; after that each of its calls fails.
type Store interface {
	// View runs fn on one consistent state of the database and stores nothing.
	View(ctx context.Context, fn func(Tx) error) error
	// Update runs fn and stores all that it did, or nothing when it or the commit fails.
	// The store may run fn again from the start when the database asks for it, so fn
	// leaves nothing behind outside the transaction.
	Update(ctx context.Context, fn func(Tx) error) error
}

// A Tx is one transaction.
type Tx interface {
	// Now is the time of the transaction, the same throughout, in UTC, whole microseconds.
	Now() time.Time
	// Lock holds the rows of these sites and pupils until the transaction ends, and waits
	// for whoever holds them. Lock first, then read what must not change; lock once.
	Lock(sites []SiteID, pupils []PupilID) error
	// LockMeeting does the same for a meeting, before anything else is locked.
	LockMeeting(MeetingID) error

	Organisations() Table[OrganisationID, Organisation]
	Sites() Table[SiteID, Site]
	Groups() Table[GroupID, Group]
	Changes() Table[ChangeID, Change]
	People() Table[PersonID, Person]
	Tokens() Table[TokenID, Token]
	Outcodes() Table[OutcodeID, Outcode]
	Pupils() Table[PupilID, Pupil]
	Referrals() Table[ReferralID, Referral]
	Documents() Table[DocumentID, Document]
	Meetings() Table[MeetingID, Meeting]
	Tentatives() Table[TentativeID, Tentative]
	Waivers() Table[WaiverID, Waiver]
	Placements() Table[PlacementID, Placement]
	Reviews() Table[ReviewID, Review]
	Jobs() Table[JobID, Job]
	Holds() Table[HoldID, Hold]

	Decisions() Book[DecisionID, Decision]
	Ratifications() Book[RatificationID, Ratification]
	Register() Book[EntryID, RegisterEntry]
	Policies() Book[PolicyID, Policy]
	Activations() Book[ActivationID, Activation]
	Years() Book[YearID, Year]
	Settings() Book[SettingsID, Settings]
	Rankings() Book[Digest, Ranking]
	Erasures() Book[ErasureID, Erasure]

	// Evidence is bytes that are kept under their own digest and never change.
	Evidence() Evidence
	// Contents are the bytes of documents; erasing a document takes them away.
	Contents() Contents
	Journal() Journal
	// Erase deletes all that is stored of a pupil, and the pseudonym with it. The erasure
	// has been added first. What stays names the pupil nowhere.
	Erase(PupilID) error
}

// A Table holds nouns that people edit. Each has a version, from 1: Add and Put set it.
type Table[ID ~string, N any] interface {
	Get(ID) (N, error)                 // NotFound
	Add(*N) error                      // Conflict when the id, or what has to be unique, is taken
	Put(*N) error                      // Stale unless the version is the stored one; NotFound
	Delete(ID) error                   // NotFound; Conflict while something refers to it
	List(...Where) iter.Seq2[N, error] // in the order of ids
}

// A Book holds nouns that nobody edits: what is added stays.
type Book[ID ~string, N any] interface {
	Get(ID) (N, error)
	Add(*N) error
	List(...Where) iter.Seq2[N, error] // in the order in which they were added
}

// Evidence keeps bytes by their digest.
type Evidence interface {
	Add(bytes []byte) (Digest, error) // what is there already is not added twice
	Get(Digest) ([]byte, error)
}

// Contents keeps the bytes of documents.
type Contents interface {
	Add(DocumentID, []byte) error
	Get(DocumentID) ([]byte, error)
	Delete(DocumentID) error
}

// Journal is the chain of what was done and read (package audit).
type Journal interface {
	// Append adds an entry in this transaction; sequence, time and hashes are the store's to fill.
	Append(audit.Entry) error
	Head() (audit.Head, error)
	// List yields the entries from a sequence number on, in order.
	List(from uint64) iter.Seq2[audit.Entry, error]
}

// A Where narrows a list. A table that does not know the key answers with an error.
type Where struct {
	Key    Key
	Test   Test
	Values []string
	Limit  int // of Key "": at most so many, and Values[0], if there, is the id after which to go on
}

// A Key is what a list can be narrowed by.
type Key string

// The keys.
const (
	ByID           Key = "id"
	ByPupil        Key = "pupil"
	BySchool       Key = "school"
	ByOrganisation Key = "organisation"
	BySite         Key = "site"
	ByGroup        Key = "group"
	ByState        Key = "state"
	ByReferral     Key = "referral"
	ByMeeting      Key = "meeting"
	ByDecision     Key = "decision"
	ByPlacement    Key = "placement"
	ByPerson       Key = "person"
	ByKind         Key = "kind"
	BySubject      Key = "subject"
	ByRequestKey   Key = "request_key" // of decisions: what the caller named the request by
	ByMatchKey     Key = "match_key"   // of pupils: names as they are compared
	ByUPN          Key = "upn"
	ByPseudonym    Key = "pseudonym"
	ByMerged       Key = "merged" // of pupils: the record that goes on
	ByName         Key = "name"   // of people: the name to sign in with, in lower case
	ByURN          Key = "urn"    // of organisations
	ByFirstDay     Key = "first_day"
	ByLastDay      Key = "last_day"
	ByDue          Key = "due"
	ByHash         Key = "hash"
)

// A Test compares a column with the values.
type Test string

// The tests. Dates compare as they are written.
const (
	Equals  Test = "equals" // one of the values; none: nothing matches
	AtLeast Test = "at_least"
	AtMost  Test = "at_most"
)

// Is narrows to those whose key has one of the values.
func Is[V ~string](key Key, values ...V) Where {
	w := Where{Key: key, Test: Equals, Values: make([]string, len(values))}
	for i, v := range values {
		w.Values[i] = string(v)
	}
	return w
}

// From narrows to those whose key is the value or later.
func From(key Key, value string) Where {
	return Where{Key: key, Test: AtLeast, Values: []string{value}}
}

// Until narrows to those whose key is the value or earlier.
func Until(key Key, value string) Where {
	return Where{Key: key, Test: AtMost, Values: []string{value}}
}

// Page narrows to at most limit, after an id if one is given.
func Page[V ~string](after V, limit int) Where {
	w := Where{Limit: limit}
	if after != "" {
		w.Values = []string{string(after)}
	}
	return w
}
