package panel

import (
	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// changes takes dated changes to places and adults into account, where they are in force
// on the day of the snapshot or later. A group has one figure for each session in a
// snapshot, so the lowest of those in force counts: nobody is placed on adults who
// will not be there.
func (x *bridging) changes() error {
	for c, err := range x.tx.Changes().List() {
		if err != nil {
			return err
		}
		if c.To != 0 && c.To < x.day || c.From > x.horizon {
			continue
		}
		whole := c.From <= x.day && (c.To == 0 || c.To >= x.horizon)
		for i := range x.snapshot.Groups {
			if g := &x.snapshot.Groups[i]; c.Group != "" && g.ID == c.Group {
				g.Places, g.Adults = lowest(g.Places, c.Places, whole, g.Timetable), lowest(g.Adults, c.Adults, whole, g.Timetable)
			}
		}
		for i := range x.snapshot.Sites {
			if s := &x.snapshot.Sites[i]; c.Group == "" && s.ID == c.Site {
				s.FloatingAdults = lowest(s.FloatingAdults, c.Adults, whole, calendar.Week)
			}
		}
	}
	return nil
}

// lowest is a figure for each session with a change to some: the change where it counts
// for the whole time, and else the lower of both. One figure for all sessions may stand for
// more than the timetable has; once they differ, there are only those of the timetable.
func lowest(usual, change matching.PerSession, whole bool, timetable calendar.Sessions) matching.PerSession {
	if len(change) == 0 {
		return usual
	}
	out := matching.PerSession{}
	for s := range timetable.All() {
		before, limited := usual[s]
		after, changed := change[s]
		switch {
		case changed && (whole || !limited || after < before):
			out[s] = after
		case limited:
			out[s] = before
		}
	}
	return out
}
