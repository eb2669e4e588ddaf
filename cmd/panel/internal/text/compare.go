package text

import (
	"fmt"
	"slices"
	"strings"

	"example.org/backontrack/matching"
)

// Part names a row of a comparison.
func Part(row string) string {
	if row == "late_penalty" {
		return "late start"
	}
	return Plain(row)
}

// Decided says what settles the order of two options, where the total does not.
func (w *Words) Decided(c *matching.Comparison) []string {
	switch c.Decided {
	case "total":
		return nil
	case "start":
		return []string{"Their totals are equal: A comes first because it starts earlier."}
	case "journey_minutes":
		return []string{"Their totals and first days are equal: A comes first because the journey is shorter."}
	}
	return []string{"They are equal in everything: A comes first by its name only."}
}

// TooClose says why the first rank should not be leant on.
func TooClose(f *matching.Firmness) string {
	var parts []string
	for _, because := range f.Because {
		switch because {
		case "margin":
			parts = append(parts, "they are within 10 points")
		case "unknown":
			parts = append(parts, "answers that are missing could turn them round")
		case "weights":
			parts = append(parts, "a small change of one weight turns them round"+nearest(f.Swaps))
		default:
			parts = append(parts, Plain(because))
		}
	}
	return List(parts)
}

// nearest is the swap that needs the smallest change.
func nearest(swaps []matching.Swap) string {
	if len(swaps) == 0 {
		return ""
	}
	best := swaps[0]
	for _, s := range swaps[1:] {
		if max(s.Becomes-s.Weight, s.Weight-s.Becomes) < max(best.Becomes-best.Weight, best.Weight-best.Becomes) {
			best = s
		}
	}
	return fmt.Sprintf(" (%s %d instead of %d)", Part(string(best.Criterion)), best.Becomes, best.Weight)
}

// AboutGroup says when and where a group is, in sentences.
func (w *Words) AboutGroup(id matching.GroupID) []string {
	g := w.groups[id]
	if g == nil {
		return nil
	}
	place := "At " + w.Site(g.Site)
	if g.Zone != "" && g.Zone != "main" {
		place += ", zone " + Plain(g.Zone)
	}
	return []string{Sentence(strings.Join([]string{place, Week(g.Timetable)}, "; "))}
}

// Placements says where standing placements are, and until when.
func (w *Words) Placements(ids []matching.PlacementID) string {
	var parts []string
	for i := range w.snapshot.Placements {
		p := &w.snapshot.Placements[i]
		if slices.Contains(ids, p.ID) {
			stay := matching.Stay{Group: p.Group, Pattern: p.Pattern}
			parts = append(parts, fmt.Sprintf("%s: %s, %s, until %s", p.ID, w.Group(p.Group), w.Days(stay), Date(p.To)))
		}
	}
	return strings.Join(parts, "; ")
}

// Site is a site's name, or its id where it has none.
func (w *Words) Site(id matching.SiteID) string {
	if s := w.sites[id]; s != nil && s.Name != "" {
		return s.Name
	}
	return string(id)
}
