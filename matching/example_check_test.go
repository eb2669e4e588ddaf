package matching_test

import (
	"errors"
	"fmt"
	"log"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// The panel would have Ada at the nurture group from a Wednesday on, which is before Eli leaves it, and until Easter.
func ExampleEngine_Check() {
	stay := matching.Stay{
		Group: "quay-nurture", Pattern: "all", From: calendar.MustDate("2026-12-02"), To: calendar.MustDate("2027-03-19"),
	}
	check, err := townEngine().Check("r-ada", []matching.Stay{stay})
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range check.Reasons {
		fmt.Print(r.Code, " ", r.Class)
		if r.Limit != nil {
			fmt.Printf(", %d where there may be %d", *r.Observed, *r.Limit)
		}
		if r.Clears != 0 {
			fmt.Print(", clears on ", r.Clears)
		}
		fmt.Println()
	}
	// What is no stay at all is an error, as faults of a snapshot are.
	stay.Group = "farm"
	_, err = townEngine().Check("r-ada", []matching.Stay{stay})
	if faults, ok := errors.AsType[matching.Faults](err); ok {
		fmt.Println(faults)
	}
	// Output:
	// start_date date, clears on 2026-12-07
	// end_date never, 16 where there may be 12
	// places date, 3 where there may be 2, clears on 2026-12-14
	// /stays/0/group: expected the id of one of the groups
}

// What is wrong among those who stand already? Someone has placed Ada where Ben is, and a third pupil at the Quay.
func ExampleEngine_Violations() {
	s := town()
	from, to := calendar.MustDate("2026-11-30"), calendar.MustDate("2026-12-18")
	s.Placements = append(s.Placements,
		matching.Placement{ID: "pl-5", Pupil: "ada", Group: "mill-return", Pattern: "mon-tue", From: from, To: to},
		matching.Placement{ID: "pl-6", Pupil: "fay", Group: "quay-nurture", From: from, To: to})
	engine, err := matching.New(s)
	if err != nil {
		log.Fatal(err)
	}
	for _, v := range engine.Violations(0) {
		fmt.Println(v.Code, v.Group, v.Pupils, "from", v.Date, v.Session)
	}
	// Output:
	// places quay-nurture [dee eli fay] from 2026-11-30 mon-am
	// anxious_with_aggressive  [ada ben] from 2026-11-30 mon-am
}
