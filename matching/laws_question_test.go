package matching_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/matchtest"
)

// pupilOf finds a referral and its pupil in a snapshot.
func pupilOf(s *matching.Snapshot, id matching.ReferralID) (*matching.Pupil, *matching.Referral) {
	for i := range s.Referrals {
		r := &s.Referrals[i]
		for j := range s.Pupils {
			if r.ID == id && r.Pupil == s.Pupils[j].ID {
				return &s.Pupils[j], r
			}
		}
	}
	return nil, nil
}

func TestLaw_answersDoWhatQuestionsSay(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 120, answersHold)
}

func answersHold(t testing.TB, seed uint64) {
	e := lawEngine(t, matchtest.World(seed))
	for _, r := range e.Snapshot().Referrals {
		questions, err := e.Questions(r.ID)
		if err != nil {
			t.Fatal(err)
		}
		before := lawRank(t, e, r.ID).Ranking
		for _, q := range questions {
			first, order := 0, 0
			for _, a := range q.Answers {
				answerHolds(t, seed, r.ID, &q, &a, before)
				if a.ChangesFirst {
					first++
				}
				if a.ChangesOrder {
					order++
				}
			}
			if first != q.ChangesFirst || order != q.ChangesOrder || order == 0 {
				t.Errorf("question %s", lawJSON(t, q))
			}
		}
	}
}

func answerHolds(t testing.TB, seed uint64, id matching.ReferralID, q *matching.Question, a *matching.Answer, before []matching.Option) {
	t.Helper()
	s := matchtest.World(seed)
	p, _ := pupilOf(s, id)
	for _, f := range q.Facts {
		if !slices.Contains(p.Unknown, f) && f != matching.FactLongitude && f != matching.FactLatitude {
			t.Errorf("asked, and known: %s", f)
		}
	}
	p.Unknown = slices.DeleteFunc(slices.Clone(p.Unknown), func(f matching.Fact) bool { return slices.Contains(q.Facts, f) })
	answer(t, s, p, q.Facts[0], a.Answer)
	after := lawRank(t, lawEngine(t, s), id).Ranking
	stays := func(list []matching.Option) [][]matching.Stay {
		out := [][]matching.Stay{}
		for _, o := range list {
			out = append(out, o.Stays)
		}
		return out
	}
	was, is := stays(before), stays(after)
	changesFirst := !reflect.DeepEqual(was[:min(1, len(was))], is[:min(1, len(is))])
	if a.Feasible != len(after) || a.ChangesFirst != changesFirst || a.ChangesOrder == reflect.DeepEqual(was, is) {
		t.Errorf("%s of %s: a new engine ranks %s", lawJSON(t, a), q.Facts, lawJSON(t, is))
	}
	if (a.First == nil) != (len(after) == 0) || a.First != nil && !slices.Equal(a.First, after[0].Stays) {
		t.Errorf("%s of %s: first is %s", lawJSON(t, a), q.Facts, lawJSON(t, is))
	}
}

// answer gives a pupil the fact that an answer names.
func answer(t testing.TB, s *matching.Snapshot, p *matching.Pupil, f matching.Fact, text string) {
	t.Helper()
	list := []string{text}
	if text == "none" {
		list = nil
	}
	switch f {
	case matching.FactYear:
		p.Year, _ = strconv.Atoi(text)
	case matching.FactSex:
		p.Sex = matching.Sex(text)
	case matching.FactAreas:
		p.Areas = list
	case matching.FactCareHome:
		p.CareHome = strings.Join(list, "")
	case matching.FactTraits:
		p.Traits = list
	case matching.FactNeeds:
		p.Needs = nil
		for _, code := range list {
			p.Needs = append(p.Needs, matching.Need{Code: code, Must: true})
		}
	case matching.FactAccess:
		p.Access = list
	case matching.FactSupport:
		p.Support = text
	case matching.FactBusy:
		p.Busy = 0
		for d := time.Monday; d <= time.Friday; d++ {
			if strings.ToLower(d.String()[:3]) == text {
				p.Busy = calendar.OnDays(d)
			}
		}
	case matching.FactEHCP:
		p.EHCP = text == "true"
	case matching.FactLookedAfter:
		p.LookedAfter = text == "true"
	case matching.FactFriends:
		p.Friends = nil
		for _, id := range list {
			p.Friends = append(p.Friends, matching.PupilID(id))
		}
	default:
		for i := range s.Sites {
			if "near "+string(s.Sites[i].ID) == text {
				p.Latitude, p.Longitude = s.Sites[i].Latitude, s.Sites[i].Longitude
			}
		}
	}
}

func TestLaw_whatIfEqualsANewEngine(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 250, whatIfHolds)
}

func whatIfHolds(t testing.TB, seed uint64) {
	e := lawEngine(t, matchtest.World(seed))
	for i, r := range e.Snapshot().Referrals {
		before := lawRank(t, e, r.ID)
		same, err := e.WhatIf(r.ID, func(*matching.Pupil, *matching.Referral) {})
		if err != nil {
			t.Fatal(err)
		}
		if len(same.Differences) > 0 || lawJSON(t, same.Ranking) != lawJSON(t, before) {
			t.Errorf("with nothing changed: %s", lawJSON(t, same))
		}
		asked := seed*10 + uint64(i)
		then, err := e.WhatIf(r.ID, func(p *matching.Pupil, r *matching.Referral) { otherFacts(e.Snapshot(), asked, p, r) })
		if err != nil {
			t.Fatal(err)
		}
		s := matchtest.World(seed)
		p, referral := pupilOf(s, r.ID)
		otherFacts(e.Snapshot(), asked, p, referral)
		want := lawRank(t, lawEngine(t, s), r.ID)
		lawEqual(t, lawJSON(t, want), lawJSON(t, then.Ranking))
		differencesHold(t, then.Differences, before.Ranking, want.Ranking)
		if lawJSON(t, lawRank(t, e, r.ID)) != lawJSON(t, before) {
			t.Errorf("a what-if was kept")
		}
	}
}

// otherFacts gives a pupil facts of another, and a referral other wishes. Ids stay.
func otherFacts(s *matching.Snapshot, seed uint64, p *matching.Pupil, r *matching.Referral) {
	random := rand.New(rand.NewPCG(seed, 11))
	as := s.Pupils[random.IntN(len(s.Pupils))]
	for range 1 + random.IntN(3) {
		switch random.IntN(9) {
		case 0:
			p.Year, p.Sex = max(as.Year, 0), as.Sex
		case 1:
			p.Areas, p.CareHome = as.Areas, as.CareHome
		case 2:
			p.Traits, p.Needs = as.Traits, as.Needs
		case 3:
			p.Support, p.Access = as.Support, as.Access
		case 4:
			p.Latitude, p.Longitude, p.Busy = as.Latitude, as.Longitude, as.Busy
		case 5:
			p.Friends = nil
			if as.ID != p.ID {
				p.Friends = []matching.PupilID{as.ID}
			}
		case 6:
			p.Unknown, p.Year = as.Unknown, as.Year // an engine keeps no year that is unknown
		case 7:
			r.Wants.Weeks, r.Wants.Sessions, r.OwnAdult = random.IntN(12), random.IntN(11), random.IntN(2) == 0
		case 8:
			r.ReadyFrom, r.Deadline = s.AsOf+calendar.Date(random.IntN(40)), s.AsOf+calendar.Date(random.IntN(40))
		}
	}
	p.Year = max(p.Year, 0)
}

func differencesHold(t testing.TB, differences []matching.Difference, before, after []matching.Option) {
	t.Helper()
	rankIn := func(list []matching.Option, stays []matching.Stay) int {
		return 1 + slices.IndexFunc(list, func(o matching.Option) bool { return slices.Equal(o.Stays, stays) })
	}
	told := 0
	for _, d := range differences {
		if d.Before == d.After || d.Before != rankIn(before, d.Stays) || d.After != rankIn(after, d.Stays) {
			t.Errorf("difference %s", lawJSON(t, d))
		}
	}
	for _, o := range after {
		if rankIn(before, o.Stays) != rankIn(after, o.Stays) {
			told++
		}
	}
	for _, o := range before {
		if rankIn(after, o.Stays) == 0 {
			told++
		}
	}
	if told != len(differences) {
		t.Errorf("%d differences are told, there are %d", len(differences), told)
	}
}

func TestLaw_effectsAreTheComposition(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 200, effectsAreTheComposition)
}

// effectsAreTheComposition adds up, over the pupils of the first day, what company is
// worth with the option and without. Friends are counted from both sides.
func effectsAreTheComposition(t testing.TB, seed uint64) {
	e := lawEngine(t, matchtest.World(seed))
	price := e.Snapshot().Policy.Composition
	everyOption(t, e, func(r *matching.Referral, o *matching.Option) {
		if o.Stays[0].From == 0 {
			return
		}
		want := 0
		for _, stay := range o.Stays {
			// One stay at a time: an effect does not name its group.
			effects, err := e.Effects(&matching.Option{Referral: r.ID, Stays: []matching.Stay{stay}})
			if err != nil {
				t.Fatal(err)
			}
			there := attending(e.Snapshot(), stay, r.Pupil)
			friends, alone, told := 0, 0, 0
			for _, f := range effects {
				if f.Date != stay.From {
					continue
				}
				told++
				sessions := there[f.Pupil]
				friends += len(f.After.Friends)
				alone += price.Alone * len(f.After.Alone) / sessions.after.Len()
				if sessions.before != 0 {
					friends -= len(f.Before.Friends)
					alone -= price.Alone * len(f.Before.Alone) / sessions.before.Len()
				}
			}
			if told != len(there) {
				t.Errorf("%d effects on the first day, %d pupils: %s", told, len(there), lawJSON(t, effects))
			}
			want += price.Friend*friends/2 - alone
		}
		if want != o.Composition {
			t.Errorf("effects give %d: %s", want, lawJSON(t, o))
		}
	})
}

// attendance is what a pupil attends of a group, without an option and with it.
type attendance struct{ before, after calendar.Sessions }

// attending is who is in a stay's group on its first day.
func attending(s *matching.Snapshot, stay matching.Stay, newcomer matching.PupilID) map[matching.PupilID]attendance {
	patterns := map[matching.PatternID]calendar.Sessions{}
	for _, g := range s.Groups {
		for _, p := range g.Patterns {
			if g.ID == stay.Group {
				patterns[p.ID] = p.Sessions
			}
		}
	}
	there := map[matching.PupilID]attendance{}
	for _, p := range s.Placements {
		if p.Group == stay.Group && p.From <= stay.From && stay.From <= p.To {
			sessions := there[p.Pupil].before | patterns[p.Pattern]
			there[p.Pupil] = attendance{sessions, sessions}
		}
	}
	a := there[newcomer]
	a.after |= patterns[stay.Pattern]
	there[newcomer] = a
	return there
}
