package panel

// A Pupil is the record that ties a child's referrals together. What is known of the
// child is in the forms; here is only what tells two children apart.
type Pupil struct {
	ID         PupilID
	Version    int
	Pseudonym  Pseudonym // in snapshots and in the journal
	UPN        string    // empty while it is not known
	MatchKey   string    // name and date of birth as they are compared, to spot a second record
	LooksLike  string    // the same, with letters of other scripts that look alike folded
	MinutesKey []byte    // what the minutes say of this pupil is encrypted with it; erasure takes it away
	Merged     PupilID   // the record that goes on in place of this one; a person decides that
}
