package verify

import (
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// composition is the change over all groups that a new or moved stay enters: the
// points of who is there under the plan, less those of who stands there in the snapshot,
// both on the latest of those stays' first days.
func (c *check) composition() int {
	change := 0
	for i := range c.Groups {
		g := c.groups[c.Groups[i].ID]
		entered, on := false, calendar.Date(0)
		for _, st := range g.stays {
			if st.planned && (!entered || st.from > on) {
				entered, on = true, st.from
			}
		}
		if entered {
			change += c.company(g.stays, on) - c.company(g.standing, on)
		}
	}
	return change
}

// company is what it is worth who is together in a group on a day: points for
// friends who share a session, less points for being alone of one's sex.
func (c *check) company(stays []*stay, on calendar.Date) int {
	attended := map[*matching.Pupil]calendar.Sessions{}
	for _, st := range stays {
		if st.includes(on) {
			attended[st.pupil] |= st.sessions
		}
	}
	var present [calendar.PerWeek]int
	of := map[matching.Sex]*[calendar.PerWeek]int{matching.Female: {}, matching.Male: {}}
	for p, sessions := range attended {
		for s := range sessions.All() {
			present[s]++
			if same := of[sexOf(p)]; same != nil {
				same[s]++
			}
		}
	}
	points := 0
	for p, sessions := range attended {
		points += c.Policy.Composition.Friend * c.friendsAmong(p, attended)
		alone := 0
		for s := range sessions.All() {
			if same := of[sexOf(p)]; same != nil && same[s] == 1 && present[s] > 1 {
				alone++
			}
		}
		points -= c.Policy.Composition.Alone * alone / sessions.Len()
	}
	return points
}

// friendsAmong counts the friends who share a session and come later by id, so that
// each pair counts once.
func (c *check) friendsAmong(p *matching.Pupil, attended map[*matching.Pupil]calendar.Sessions) int {
	var friends []matching.PupilID
	for _, id := range c.friends[p.ID] {
		if id > p.ID && attended[p]&attended[c.pupils[id]] != 0 && !slices.Contains(friends, id) {
			friends = append(friends, id)
		}
	}
	return len(friends)
}

// sexOf is a pupil's sex where it is known.
func sexOf(p *matching.Pupil) matching.Sex {
	if !knows(p, matching.FactSex) {
		return ""
	}
	return p.Sex
}
