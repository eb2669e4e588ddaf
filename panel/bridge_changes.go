package panel

import (
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// changes adds the dated changes to places and adults that are in force between the day of
// the snapshot and its horizon. One for good lasts until the horizon.
func (x *bridging) changes() error {
	list, err := gather(x.tx.Changes().List(From(ByLastDay, x.day.String())))
	if err != nil {
		return err
	}
	slices.SortStableFunc(list, func(a, b Change) int { return int(a.From) - int(b.From) })
	for _, c := range list {
		if c.From > x.horizon {
			continue
		}
		to := c.To
		if to == 0 {
			to = max(x.horizon, c.From)
		}
		if c.Group == "" {
			x.changeSite(c, to)
		} else {
			x.changeGroup(c, to)
		}
	}
	return nil
}

func (x *bridging) changeSite(c Change, to calendar.Date) {
	for i := range x.snapshot.Sites {
		if s := &x.snapshot.Sites[i]; s.ID == c.Site {
			s.Changes = append(s.Changes, matching.SiteChange{From: c.From, To: to, FloatingAdults: c.Adults})
		}
	}
}

func (x *bridging) changeGroup(c Change, to calendar.Date) {
	for i := range x.snapshot.Groups {
		if g := &x.snapshot.Groups[i]; g.ID == c.Group {
			g.Changes = append(g.Changes, matching.GroupChange{From: c.From, To: to, Places: c.Places, Adults: c.Adults})
		}
	}
}
