package panel

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel/form"
)

// RegisterReasons are why two are kept apart, as codes, in the order of the documentation.
// Of a rivalry only the last three can be said.
func RegisterReasons() []string {
	return []string{
		"fight", "bullying", "co_defendant", "victim", "witness", "relationship", "family", "court_order", "bail_condition",
		"threat", "area_conflict", "other",
	}
}

// CloseReasons are why a matter of a register ends, as codes.
func CloseReasons() []string {
	return []string{"resolved", "mediated", "moved_away", "expired", "mistaken", "other"}
}

// RegisterSources are who says so, as codes.
func RegisterSources() []string {
	return []string{"police", "youth_justice", "social_care", "school", "provision", "health", "family", "pupil", "panel"}
}

var areaReasons = []string{"threat", "area_conflict", "other"}

// mostArea is how long the name of an area may be, in characters.
const mostArea = 60

// checkEntry reports everything that is wrong with an entry.
func (w *work) checkEntry(kind RegisterKind, in *EntryInput) error {
	var f faults
	acts := []EntryAct{OpenEntry, AmendEntry, CloseEntry, ReopenEntry}
	if !slices.Contains(acts, in.Act) {
		f.add("/act", "unknown", "one of %v", acts)
	}
	if opens := in.Act == OpenEntry; opens == (in.Subject != "") {
		f.add("/subject", "required", "the matter, where it is not opened just now, and only there")
	}
	f.text("/text", in.Text, LeastReason)
	if err := w.checkParties(&f, kind, in); err != nil {
		return err
	}
	if in.Act == CloseEntry {
		if !slices.Contains(CloseReasons(), in.Reason) {
			f.add("/reason", "unknown", "one of %v", CloseReasons())
		}
		f.absent("/until", in.Until != 0)
		f.absent("/review_on", in.ReviewOn != 0)
		f.absent("/scope", in.Scope != "")
		f.absent("/source", in.Source != "")
		f.absent("/grade", in.Grade != "")
	} else {
		w.checkMatter(&f, kind, in)
	}
	return f.err("the entry cannot be written down like this")
}

func (f *faults) absent(pointer string, given bool) {
	if given {
		f.add(pointer, "unexpected", "left out")
	}
}

// checkMatter checks what is said of a matter that holds.
func (w *work) checkMatter(f *faults, kind RegisterKind, in *EntryInput) {
	reasons, scopes := RegisterReasons(), []matching.Scope{matching.InGroup, matching.InZone, matching.OnSite}
	if kind == RivalryRegister {
		reasons, scopes = areaReasons, []matching.Scope{""} // the policy says how far areas are kept apart
	}
	if !slices.Contains(reasons, in.Reason) {
		f.add("/reason", "unknown", "one of %v", reasons)
	}
	if !slices.Contains(scopes, in.Scope) {
		f.add("/scope", "unknown", "one of %q", scopes)
	}
	if !slices.Contains(RegisterSources(), in.Source) {
		f.add("/source", "unknown", "one of %v", RegisterSources())
	}
	grades := []form.Grade{form.Verified, form.Reported, form.Unknown}
	if !slices.Contains(grades, in.Grade) {
		f.add("/grade", "unknown", "one of %v", grades)
	}
	if in.Until != 0 && in.Until < w.day {
		f.add("/until", "range", "today or later, or left out")
	}
	if in.ReviewOn != 0 && in.ReviewOn < w.day {
		f.add("/review_on", "range", "today or later, or left out")
	}
	if in.Until == 0 && in.ReviewOn == 0 {
		f.add("/review_on", "required", "a day on which it is looked at again, where it has no last day")
	}
}

// checkParties checks whom or what an entry is about. Later entries take that over.
func (w *work) checkParties(f *faults, kind RegisterKind, in *EntryInput) error {
	if in.Act != OpenEntry {
		f.absent("/pupils", len(in.Pupils) > 0)
		f.absent("/areas", len(in.Areas) > 0)
		return nil
	}
	if kind == RivalryRegister {
		f.absent("/pupils", len(in.Pupils) > 0)
		f.checkAreas(in.Areas)
		return nil
	}
	f.absent("/areas", len(in.Areas) > 0)
	if len(sortedSet(in.Pupils)) != 2 || len(in.Pupils) != 2 {
		f.add("/pupils", "pair", "two different pupils")
	}
	for i, id := range in.Pupils {
		p, err := w.Pupils().Get(id)
		switch {
		case KindOf(err) == NotFound:
			f.add(pointer("pupils", i), "unknown", "the id of a pupil's record")
		case err != nil:
			return err
		case p.Merged != "":
			f.add(pointer("pupils", i), "merged", "the record that goes on in place of this one")
		}
	}
	return nil
}

func (f *faults) checkAreas(areas []string) {
	if len(areas) != 2 || len(normalAreas(areas)) != 2 {
		f.add("/areas", "pair", "two different areas")
	}
	for i, a := range areas {
		n := normalArea(a)
		if n == "" || utf8.RuneCountInString(n) > mostArea || strings.ContainsFunc(n, notOfArea) {
			f.add(pointer("areas", i), "area", "an outcode or the name of an estate: letters, digits, spaces, at most %d characters", mostArea)
		}
	}
}

func notOfArea(r rune) bool {
	return !unicode.In(r, unicode.L, unicode.M, unicode.Nd) && !strings.ContainsRune(" '’-.&", r)
}

// normalAreas are areas as they are compared, each once, in order.
func normalAreas(areas []string) []string {
	var list []string
	for _, a := range areas {
		list = append(list, normalArea(a))
	}
	return sortedSet(list)
}

// normalArea writes an outcode or an estate in capitals, with single spaces.
func normalArea(area string) string { return strings.ToUpper(strings.Join(strings.Fields(area), " ")) }
