package duty_test

import (
	"fmt"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/duty"
)

// A pupil is excluded on a Thursday before half term. The panel asks in the week after
// how much time is left until the authority has to provide.
func ExampleClock_Standing() {
	days, err := duty.NewCalendar(duty.Year{
		Authority: "Thornmere", Name: "2026/27",
		Terms:    []duty.Term{{Name: "Autumn", From: date("2026-09-02"), To: date("2026-12-18")}},
		Closures: []calendar.Closure{closure("2026-10-26", "2026-10-30", "Half term")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	clock, err := duty.NewClock(days, duty.Defaults())
	if err != nil {
		fmt.Println(err)
		return
	}
	excluded := duty.Exclusion{Permanent: true, From: date("2026-10-22")}
	for _, today := range []string{"2026-10-30", "2026-11-03", "2026-11-06"} {
		sixth := clock.Exclusions([]duty.Exclusion{excluded})[0][0]
		standing := clock.Standing(sixth, date(today))
		fmt.Println(today, sixth.Code, sixth.Due, standing.State, standing.Left)
	}
	// Output:
	// 2026-10-30 sixth_day 2026-11-05 on track 4
	// 2026-11-03 sixth_day 2026-11-05 at risk 2
	// 2026-11-06 sixth_day 2026-11-05 missed -1
}

// The reviews of a stay of six weeks that leads back to the home school.
func ExampleClock_Reviews() {
	days, err := duty.NewCalendar(year2026())
	if err != nil {
		fmt.Println(err)
		return
	}
	clock, err := duty.NewClock(days, duty.Defaults())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range clock.Reviews(duty.Stay{Route: duty.Respite, Tier: duty.TimeLimited, From: date("2026-11-02"), To: date("2026-12-11")}) {
		fmt.Println(r.Due, r.Kind)
	}
	// Output:
	// 2026-11-02 start_meeting
	// 2026-11-09 first_week
	// 2026-11-23 fortnightly
	// 2026-12-07 fortnightly
	// 2026-12-10 final
	// 2026-12-11 end_meeting
	// 2026-12-14 return_meeting
	// 2027-01-11 follow_up
}
