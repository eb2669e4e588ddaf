package published

import (
	"bufio"
	"fmt"
	"io"
	"strconv"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// The days of every instance. All stays begin on one day and end on another, so that dates
// decide nothing.
var (
	firstDay = calendar.MustDate("2026-11-23")
	lastDay  = calendar.MustDate("2026-12-18")
	received = calendar.MustDate("2026-11-16")
)

// routine is the priority of every referral.
const routine = "routine"

// frame is a snapshot with a policy that prices nothing beside given scores, and a
// bonus for each placed referral.
func frame(bonus int) *matching.Snapshot {
	policy := matching.DefaultPolicy()
	policy.ID = "bench"
	policy.Separations = nil
	policy.Composition = matching.CompositionPolicy{}
	policy.PriorityBonus[routine] = bonus
	policy.StartsPerGroup = 1
	policy.FullTimeSessions = 11 // nothing is full time
	return &matching.Snapshot{Format: matching.Format, AsOf: firstDay, Horizon: lastDay, Policy: policy}
}

// bin is a group with one session a week in which adults, in thousandths, are the
// one thing that is short. The instance's own units stand for the thousandths.
func bin(i, adults int) matching.Group {
	g := group(i, 0)
	g.Timetable = calendar.Of(calendar.MonAM)
	g.Adults = matching.Every(adults)
	return g
}

// group is the i-th group, at a site, without sessions.
func group(i, site int) matching.Group {
	id := "g" + strconv.Itoa(i)
	return matching.Group{
		ID: matching.GroupID(id), Provision: matching.ProvisionID(id), Site: siteID(site), Name: id,
		Starts: matching.Starts{Dates: []calendar.Date{firstDay}},
	}
}

// oneSite is the site of instances that have none.
func oneSite() []matching.Site { return []matching.Site{{ID: "s", Name: "s"}} }

// item is a pupil of whom nothing counts, and the referral of that pupil.
func item(s *matching.Snapshot, i int, given map[matching.GroupID]matching.Given) {
	s.Pupils = append(s.Pupils, matching.Pupil{ID: pupilID(i), Year: 9, Sex: "U"})
	s.Referrals = append(s.Referrals, referral(i, given))
}

func referral(i int, given map[matching.GroupID]matching.Given) matching.Referral {
	return matching.Referral{
		ID: matching.ReferralID("r" + strconv.Itoa(i)), Pupil: pupilID(i), Received: received,
		Reason: "prevent_exclusion", Priority: routine, Aim: matching.Qualification, Given: given,
	}
}

func pupilID(i int) matching.PupilID { return matching.PupilID("p" + strconv.Itoa(i)) }
func groupID(i int) matching.GroupID { return matching.GroupID("g" + strconv.Itoa(i)) }
func siteID(i int) matching.SiteID   { return matching.SiteID("s" + strconv.Itoa(i)) }

// integers reads numbers that white space parts.
func integers(r io.Reader) ([]int, error) {
	var all []int
	scanner := bufio.NewScanner(r)
	scanner.Split(bufio.ScanWords)
	for scanner.Scan() {
		n, err := strconv.Atoi(scanner.Text())
		if err != nil {
			return nil, fmt.Errorf("number %d of the file: expected an integer", len(all)+1)
		}
		all = append(all, n)
	}
	return all, scanner.Err()
}
