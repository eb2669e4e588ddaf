package panel

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// Minutes are what is kept of a meeting for people to read (W3): who was there, what was
// decided of each item, on what grounds, and what was left. Pupils are in it as the ids
// of their referrals, and by no name.
type Minutes struct {
	Meeting    MeetingID
	Draft      bool // the meeting is not over
	Date       calendar.Date
	Horizon    calendar.Date
	Opened     time.Time
	Closed     time.Time
	Present    []MinutesPerson
	Apologies  []MinutesPerson
	Quorum     int
	Policy     MinutesPolicy
	Engine     string // that would rank now; each decision has its own
	Items      []MinutesItem
	Ratified   []MinutesRatification
	Unratified []DecisionID // chair's actions that no meeting has spoken about yet
	Notes      []MinutesNote
}

// MinutesPerson is somebody who sits in the meeting.
type MinutesPerson struct {
	Person     PersonID
	Name       string
	Profession string
	Seat       string // chair, deputy, member
}

// MinutesPolicy is the policy that the meeting worked by.
type MinutesPolicy struct {
	ID     PolicyID
	Name   string
	Number int
}

// MinutesItem is one referral, on the agenda or decided besides it.
type MinutesItem struct {
	Number    int // on the agenda; 0: not on it
	Referral  ReferralID
	State     State // that the meeting left it in; empty: it was erased
	Papers    []Paper
	Interests []MinutesInterest
	Decisions []MinutesDecision // oldest first; none: carried back, or withdrawn
	Withheld  bool              // the reader has an interest, and sees no more than that
}

// MinutesInterest is an interest, and with that who took no part.
type MinutesInterest struct {
	Person    PersonID
	Name      string
	Kind      InterestKind
	Text      string
	Automatic bool
}

// MinutesDecision is a decision in words and numbers.
type MinutesDecision struct {
	ID         DecisionID
	Outcome    Outcome
	Stays      []MinutesStay
	Reason     Reason
	Rank       int // of what was chosen; 0: not in the ranking
	Of         int // how many the ranking had
	Departs    bool
	Waivers    []MinutesWaiver
	Unchecked  []matching.Code
	Conditions []string
	Targets    []string
	Dissent    []MinutesNote
	Actions    []Action
	ReturnOn   calendar.Date
	Recused    []string // names
	By         string   // a name
	Role       Role
	At         time.Time
	Ranking    Digest
	Snapshot   Digest
	Papers     Digest
	Engine     string
	Supersedes DecisionID
}

// MinutesStay is a stay, with what its group is called.
type MinutesStay struct {
	Group        GroupID
	Name         string
	Organisation string
	Pattern      PatternID
	From         calendar.Date
	To           calendar.Date
}

// MinutesWaiver is a rule that was set aside.
type MinutesWaiver struct {
	Waiver     WaiverID
	Rule       matching.Code
	Text       string
	Owner      string
	Mitigation string
	ReviewBy   calendar.Date
	Safety     bool
	Approver   string // a name; empty: none was needed
}

// MinutesRatification is what the meeting said of a chair's action.
type MinutesRatification struct {
	Decision DecisionID
	Referral ReferralID
	Ratified bool
	Text     string
	By       string
}

// MinutesNote is what somebody said.
type MinutesNote struct {
	Text string
	By   string
	At   time.Time
}

// Minutes are those of a meeting: as they were signed, once it is over; until then a
// draft. Of an item in which the caller has an interest they say no more than that.
// A meeting that has not begun has none (WrongState).
func (s *Service) Minutes(ctx context.Context, id MeetingID) (Minutes, error) {
	return read(ctx, s, NounMeeting, VerbRead, func(w *work) (Minutes, error) {
		m, err := w.sitting(id)
		if err != nil {
			return Minutes{}, err
		}
		if err := m.mustBe(Open, Closed); err != nil {
			return Minutes{}, err
		}
		minutes, err := w.minutesOf(&m)
		if err != nil {
			return Minutes{}, err
		}
		if err := w.withhold(&minutes, &m); err != nil {
			return Minutes{}, err
		}
		pupils, err := w.pupilsOf(&minutes)
		if err != nil {
			return Minutes{}, err
		}
		w.note(VerbRead, NounMeeting, string(id), pupils)
		return minutes, nil
	})
}

func (w *work) minutesOf(m *Meeting) (Minutes, error) {
	if m.State == Closed {
		return w.signedMinutes(m)
	}
	if err := w.markLate(m); err != nil {
		return Minutes{}, err
	}
	return w.makeMinutes(m)
}

// signedMinutes reads what was signed, and checks that it is that.
func (w *work) signedMinutes(m *Meeting) (Minutes, error) {
	var signed signedMinutes
	bytes, err := w.Evidence().Get(m.Minutes)
	if err != nil {
		return Minutes{}, err
	}
	if digestOf(bytes) != m.Minutes || json.Unmarshal(bytes, &signed) != nil {
		return Minutes{}, Errorf(Corrupt, "the minutes of meeting %s are not those that were signed", m.ID)
	}
	return w.unseal(signed)
}

// withhold takes away what the caller may not see: items, and what was said of chair's
// actions, in which they have an interest, and of others' interests the words.
func (w *work) withhold(m *Minutes, meeting *Meeting) error {
	for i, item := range m.Items {
		mine := func(in MinutesInterest) bool { return in.Person == w.person.ID }
		out, err := w.keptOut(meeting, item.Referral)
		if err != nil {
			return err
		}
		if out || slices.ContainsFunc(item.Interests, mine) {
			m.Items[i] = MinutesItem{
				Number: item.Number, Referral: item.Referral, Withheld: true,
				Interests: slices.DeleteFunc(item.Interests, func(in MinutesInterest) bool { return !mine(in) }),
			}
			continue
		}
		for n, in := range item.Interests {
			if !w.hearsInterest(meeting, in.Person, item.Referral) {
				item.Interests[n].Text = ""
			}
		}
	}
	var open []MinutesRatification
	for _, r := range m.Ratified {
		out, err := w.keptOut(meeting, r.Referral)
		if err != nil {
			return err
		}
		if !out {
			open = append(open, r)
		}
	}
	m.Ratified = open
	return nil
}

// keptOut tells whether the caller has an interest in a referral that a meeting spoke of.
func (w *work) keptOut(m *Meeting, id ReferralID) (bool, error) {
	if m.recused(w.person.ID, id) {
		return true, nil
	}
	r, err := w.Referrals().Get(id)
	if KindOf(err) == NotFound {
		return false, nil // erased, and nothing left to withhold
	}
	if err != nil {
		return false, err
	}
	return w.interested(r)
}

// pupilsOf are the pupils of whom the minutes say something.
func (w *work) pupilsOf(m *Minutes) ([]Pseudonym, error) {
	var told []ReferralID
	for _, item := range m.Items {
		if !item.Withheld {
			told = append(told, item.Referral)
		}
	}
	for _, r := range m.Ratified {
		told = append(told, r.Referral)
	}
	var list []Referral
	for _, id := range told {
		r, err := w.Referrals().Get(id)
		if KindOf(err) == NotFound {
			continue // erased
		}
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return w.pseudonyms(list...)
}
