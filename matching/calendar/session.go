package calendar

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math/bits"
	"time"
)

// A Session is a half day of the school week, [MonAM] to [FriPM].
type Session uint8

// The ten sessions, in the order of the week.
const (
	MonAM Session = iota
	MonPM
	TueAM
	TuePM
	WedAM
	WedPM
	ThuAM
	ThuPM
	FriAM
	FriPM

	// PerWeek is how many sessions there are.
	PerWeek = 10
)

var sessionNames = [PerWeek]string{
	"mon-am", "mon-pm", "tue-am", "tue-pm", "wed-am", "wed-pm", "thu-am", "thu-pm", "fri-am", "fri-pm",
}

var errSession = errors.New("want a session, mon-am to fri-pm")

// ParseSession reads a session's name, such as "wed-am".
func ParseSession(s string) (Session, error) {
	for i, name := range sessionNames {
		if s == name {
			return Session(i), nil
		}
	}
	return 0, errSession
}

// String is the session's name, such as "wed-am".
func (s Session) String() string {
	if s >= PerWeek {
		return fmt.Sprintf("Session(%d)", uint8(s))
	}
	return sessionNames[s]
}

// Weekday is the day of the week that the session is in.
func (s Session) Weekday() time.Weekday { return time.Weekday(s/2 + 1) }

// MarshalText writes the session's name.
func (s Session) MarshalText() ([]byte, error) {
	if s >= PerWeek {
		return nil, errSession
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads a session's name.
func (s *Session) UnmarshalText(text []byte) error {
	read, err := ParseSession(string(text))
	if err != nil {
		read = PerWeek // no session, and in no set
	}
	*s = read
	return err
}

// Sessions is a set of sessions. The zero value is the empty set.
type Sessions uint16

// Week is the set of all ten sessions.
const Week Sessions = 1<<PerWeek - 1

// Of returns the set of the given sessions.
func Of(sessions ...Session) Sessions {
	var set Sessions
	for _, s := range sessions {
		set |= 1 << s
	}
	return set & Week
}

// OnDays returns both sessions of each of the given weekdays; a Saturday or a
// Sunday has none.
func OnDays(days ...time.Weekday) Sessions {
	var set Sessions
	for _, day := range days {
		if day >= time.Monday && day <= time.Friday {
			set |= 3 << (2 * (day - 1))
		}
	}
	return set
}

// Has tells whether s is in the set.
func (set Sessions) Has(s Session) bool { return set>>s&1 == 1 }

// Len is the number of sessions in the set.
func (set Sessions) Len() int { return bits.OnesCount16(uint16(set)) }

// All yields the sessions of the set in the order of the week.
func (set Sessions) All() iter.Seq[Session] {
	return func(yield func(Session) bool) {
		for rest := set; rest != 0; rest &= rest - 1 {
			if !yield(rest.First()) {
				return
			}
		}
	}
}

// First is the earliest session of a set that is not empty.
func (set Sessions) First() Session { return Session(bits.TrailingZeros16(uint16(set))) }

// MarshalJSON writes the set as a list of names, in the order of the week.
func (set Sessions) MarshalJSON() ([]byte, error) {
	names := make([]string, 0, PerWeek)
	if set&^Week != 0 {
		return nil, errSession
	}
	for s := range set.All() {
		names = append(names, s.String())
	}
	return json.Marshal(names)
}

// UnmarshalJSON reads what MarshalJSON writes. Snapshots are read strictly instead: each session once.
func (set *Sessions) UnmarshalJSON(data []byte) error {
	var names []Session
	if err := json.Unmarshal(data, &names); err != nil {
		return err
	}
	if names != nil {
		*set = Of(names...)
	}
	return nil
}
