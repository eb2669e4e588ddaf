package calendar_test

import (
	"fmt"
	"time"

	"example.org/backontrack/matching/calendar"
)

func ExampleParseDate() {
	d, err := calendar.ParseDate("2026-11-23")
	fmt.Println(d, d.Weekday(), err)
	fmt.Println(d + 7) // a week later

	for _, s := range []string{"2026-02-30", "2026-1-5", "23/11/2026", "2026-11-23T09:00:00Z"} {
		_, err := calendar.ParseDate(s)
		fmt.Println(err)
	}
	// Output:
	// 2026-11-23 Monday <nil>
	// 2026-11-30
	// want a date such as 2026-11-23
	// want a date such as 2026-11-23
	// want a date such as 2026-11-23
	// want a date such as 2026-11-23
}

func ExampleOf() {
	mornings := calendar.Of(calendar.WedAM, calendar.MonAM)
	for s := range mornings.All() {
		fmt.Println(s, s.Weekday())
	}
	fmt.Println(mornings.Len(), mornings.Has(calendar.MonPM))
	// Output:
	// mon-am Monday
	// wed-am Wednesday
	// 2 false
}

func ExampleOnDays() {
	week := calendar.OnDays(time.Monday, time.Thursday)
	for s := range week.All() {
		fmt.Println(s)
	}
	home := calendar.Week &^ week // the other days
	fmt.Println(home.Len())
	// Output:
	// mon-am
	// mon-pm
	// thu-am
	// thu-pm
	// 6
}

func ExampleNewDays() {
	christmas := calendar.Closure{From: calendar.MustDate("2026-12-19"), To: calendar.MustDate("2027-01-03"), Name: "Christmas"}
	days := calendar.NewDays(calendar.MustDate("2026-12-14"), calendar.MustDate("2027-01-08"), []calendar.Closure{christmas})

	fmt.Println(days.Count(days.First(), days.Last()), "school days")
	fmt.Println(days.Open(calendar.MustDate("2026-12-21")), days.Open(calendar.MustDate("2027-01-04")))
	for _, d := range days.Between(calendar.MustDate("2026-12-17"), calendar.MustDate("2027-01-05")) {
		fmt.Println(d, d.Weekday())
	}
	// Output:
	// 10 school days
	// false true
	// 2026-12-17 Thursday
	// 2026-12-18 Friday
	// 2027-01-04 Monday
	// 2027-01-05 Tuesday
}
