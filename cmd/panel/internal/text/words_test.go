package text

import (
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// same checks what a function says.
func same[V comparable](t *testing.T, what string, got, want V) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestDate(t *testing.T) {
	t.Parallel()
	same(t, "a day", Date(calendar.MustDate("2026-11-30")), "Mon 30 Nov 2026")
	same(t, "a day of one digit", Date(calendar.MustDate("2027-01-04")), "Mon 4 Jan 2027")
	same(t, "none", Date(0), "no date")
	same(t, "session", Session("wed-am"), "Wed am")
	day := calendar.MustDate("2026-11-30")
	same(t, "one day", Dates(matching.Stay{From: day, To: day}), "Mon 30 Nov 2026 only")
	same(t, "no dates", Dates(matching.Stay{}), "no start date")
}

func TestWeek(t *testing.T) {
	t.Parallel()
	am := func(days ...calendar.Session) calendar.Sessions { return calendar.Of(days...) }
	for want, set := range map[string]calendar.Sessions{
		"all week":                      calendar.Week,
		"Mon to Wed":                    calendar.OnDays(1, 2, 3),
		"Mon and Tue":                   calendar.OnDays(1, 2),
		"Mon, Wed and Fri":              calendar.OnDays(1, 3, 5),
		"Wed am":                        am(calendar.WedAM),
		"mornings Mon to Fri":           am(calendar.MonAM, calendar.TueAM, calendar.WedAM, calendar.ThuAM, calendar.FriAM),
		"Mon and Fri pm":                calendar.OnDays(1) | am(calendar.FriPM),
		"Tue am and Thu am":             am(calendar.TueAM, calendar.ThuAM),
		"Mon to Wed, Thu am and Fri pm": calendar.OnDays(1, 2, 3) | am(calendar.ThuAM, calendar.FriPM),
		"nothing":                       0,
	} {
		same(t, want, Week(set), want)
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	same(t, "an adult", Adults(1000), "1 adult")
	same(t, "adults", Adults(2000), "2 adults")
	same(t, "a part", Adults(300), "0.3 of an adult")
	same(t, "a small part", Adults(75), "0.075 of an adult")
	same(t, "more", Adults(1250), "1.25 adults")
	same(t, "large", Number(1234567), "1,234,567")
	same(t, "negative", Number(-1234), "-1,234")
	same(t, "small", Number(12), "12")
	same(t, "one", Count(1, "place", "places"), "1 place")
	same(t, "none", Count(0, "place", "places"), "0 places")
	same(t, "gain", Signed(40), "+40")
	same(t, "loss", Signed(-40), "-40")
	same(t, "neither", Signed(0), "–")
	for n, want := range map[int]string{1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 21: "21st", 112: "112th"} {
		same(t, want, Ordinal(n), want)
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	same(t, "none", List(nil), "nothing")
	same(t, "one", List([]string{"a"}), "a")
	same(t, "two", List([]string{"a", "b"}), "a and b")
	same(t, "three", List([]string{"a", "b", "c"}), "a, b and c")
	same(t, "sentence", Sentence("so it is"), "So it is.")
	same(t, "question", Sentence("is it?"), "Is it?")
	same(t, "nothing", Sentence(""), "")
	same(t, "code", Plain("motor_vehicle"), "motor vehicle")
	same(t, "need", Plain("SEMH"), "social, emotional and mental health")
}

func TestToLift(t *testing.T) {
	t.Parallel()
	of := func(classes ...matching.Class) []matching.Reason {
		var reasons []matching.Reason
		for _, c := range classes {
			reasons = append(reasons, matching.Reason{Class: c})
		}
		return reasons
	}
	busy := matching.Reason{Code: matching.CodeBusy, Class: matching.ByMove}
	for want, reasons := range map[string][]matching.Reason{
		"Waiting would lift it":                                                 of(matching.ByDate, matching.ByDate),
		"Someone else moving would lift it":                                     of(matching.ByMove),
		"A change of this pupil's own week would lift it":                       {busy},
		"Nothing would lift it":                                                 of(matching.ByDate, matching.Never, matching.ByAdults),
		"More adult time and a waiver together would lift it":                   of(matching.ByWaiver, matching.ByAdults, matching.ByWaiver),
		"A waiver would lift it, by somebody with the power and with a reason":  of(matching.ByWaiver),
		"A waiver and a change of this pupil's own week together would lift it": append(of(matching.ByWaiver), busy),
	} {
		same(t, want, Lifts(ToLift(reasons)), want)
	}
	same(t, "a reason", LiftsReason(matching.ByDate), "Waiting would lift this")
	for _, class := range Classes() {
		if mean(class) == string(class) {
			t.Errorf("class %s has no words", class)
		}
	}
	order := [][]matching.Class{{matching.ByDate}, {matching.ByWaiver}, {OwnWeek}, {matching.ByDate, matching.ByWaiver}, {matching.Never}}
	for i := range order[1:] {
		if CompareToLift(order[i], order[i+1]) >= 0 || CompareToLift(order[i+1], order[i]) <= 0 {
			t.Errorf("%v does not come before %v", order[i], order[i+1])
		}
	}
}
