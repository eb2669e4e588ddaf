// Package text turns what the matching library answers, which is data, into
// sentences for a panel chair. It knows the snapshot for the names of groups and
// sites; pupils have no names here, only ids.
package text

import (
	"fmt"
	"strings"

	"example.org/backontrack/matching"
)

// Words speaks about one snapshot.
type Words struct {
	snapshot  *matching.Snapshot
	groups    map[matching.GroupID]*matching.Group
	sites     map[matching.SiteID]*matching.Site
	pupils    map[matching.PupilID]*matching.Pupil
	referrals map[matching.ReferralID]*matching.Referral
}

// New returns the words for a snapshot in its canonical form.
func New(s *matching.Snapshot) *Words {
	w := &Words{
		snapshot:  s,
		groups:    make(map[matching.GroupID]*matching.Group, len(s.Groups)),
		sites:     make(map[matching.SiteID]*matching.Site, len(s.Sites)),
		pupils:    make(map[matching.PupilID]*matching.Pupil, len(s.Pupils)),
		referrals: make(map[matching.ReferralID]*matching.Referral, len(s.Referrals)),
	}
	for i := range s.Groups {
		w.groups[s.Groups[i].ID] = &s.Groups[i]
	}
	for i := range s.Sites {
		w.sites[s.Sites[i].ID] = &s.Sites[i]
	}
	for i := range s.Pupils {
		w.pupils[s.Pupils[i].ID] = &s.Pupils[i]
	}
	for i := range s.Referrals {
		w.referrals[s.Referrals[i].ID] = &s.Referrals[i]
	}
	return w
}

// Group is a group's name, or its id where it has none.
func (w *Words) Group(id matching.GroupID) string {
	if g := w.groups[id]; g != nil && g.Name != "" {
		return g.Name
	}
	return string(id)
}

// Groups names the groups of an option's stays.
func (w *Words) Groups(stays []matching.Stay) string {
	names := make([]string, len(stays))
	for i, stay := range stays {
		names[i] = w.Group(stay.Group)
	}
	return strings.Join(names, " + ")
}

// HasGroup tells whether the snapshot has a group.
func (w *Words) HasGroup(id matching.GroupID) bool { return w.groups[id] != nil }

// plain are codes whose plain words are not simply the code with spaces.
var plain = map[string]string{
	"SEMH": "social, emotional and mental health", "SLCN": "speech, language and communication",
	"SPLD": "specific learning difficulty", "MLD": "moderate learning difficulty",
	"SLD": "severe learning difficulty", "PMLD": "profound and multiple learning difficulty",
	"ASD": "autism", "PD": "physical disability", "HI": "hearing impairment", "VI": "visual impairment",
	"MSI": "multi-sensory impairment", "OTH": "another need",
	"english": "English", "ict": "ICT", "pshe": "PSHE", "step_free": "step-free access",
	"permanently_excluded": "permanently excluded", "prevent_exclusion": "to prevent exclusion",
	"pru_transfer": "transfer from a pupil referral unit", "reintegration_failed": "return to school failed",
	"pregnant_or_parent": "pregnant or a parent", "new_arrival": "new arrival",
	"need_fit": "need fit", "start": "early start", "headroom": "room to spare", "balance": "shared load",
	"care_home": "care home", "ehcp": "EHC plan", "busy": "what the week already holds",
	"areas": "home area", "latitude": "home address", "longitude": "home address",
	"support": "how much support", "looked_after": "looked after", "access": "access needs",
}

// Plain is a code in plain words.
func Plain(code string) string {
	if words, ok := plain[code]; ok {
		return words
	}
	return strings.ReplaceAll(code, "_", " ")
}

// plains are the plain words of codes, each once.
func plains[C ~string](codes []C) []string {
	words := make([]string, 0, len(codes))
	seen := map[string]bool{}
	for _, code := range codes {
		if word := Plain(string(code)); !seen[word] {
			seen[word] = true
			words = append(words, word)
		}
	}
	return words
}

// List joins items as a sentence does: "a, b and c".
func List(items []string) string { return join(items, "and") }

func either(items []string) string { return join(items, "or") }

func join(items []string, last string) string {
	switch n := len(items); n {
	case 0:
		return "nothing"
	case 1:
		return items[0]
	default:
		return strings.Join(items[:n-1], ", ") + " " + last + " " + items[n-1]
	}
}

// Count is a number with its noun.
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Number(n) + " " + many
}

// Number groups the digits of large numbers: "12,500".
func Number(n int) string {
	s := fmt.Sprint(max(n, -n))
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	if n < 0 {
		return "-" + s
	}
	return s
}

// Signed is a number that says which way it goes, or a dash for 0.
func Signed(n int) string {
	if n == 0 {
		return "–"
	}
	return fmt.Sprintf("%+d", n)
}

// Adults is adult time, which is counted in thousandths.
func Adults(thousandths int) string {
	switch {
	case thousandths == 1000:
		return "1 adult"
	case thousandths%1000 == 0:
		return fmt.Sprintf("%d adults", thousandths/1000)
	case thousandths < 1000:
		return decimal(thousandths) + " of an adult"
	}
	return decimal(thousandths) + " adults"
}

func decimal(thousandths int) string {
	s := fmt.Sprintf("%d.%03d", thousandths/1000, thousandths%1000)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// Sentence gives s a capital and a full stop.
func Sentence(s string) string {
	if s == "" {
		return ""
	}
	s = capital(s)
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

// capital begins s with a capital.
func capital(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// Ordinal is a number that says which: "2nd".
func Ordinal(n int) string {
	switch {
	case n%100 >= 11 && n%100 <= 13:
	case n%10 == 1:
		return fmt.Sprintf("%dst", n)
	case n%10 == 2:
		return fmt.Sprintf("%dnd", n)
	case n%10 == 3:
		return fmt.Sprintf("%drd", n)
	}
	return fmt.Sprintf("%dth", n)
}

// IDs lists ids.
func IDs[I ~string](ids []I) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = string(id)
	}
	return List(names)
}
