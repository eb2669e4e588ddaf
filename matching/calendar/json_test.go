package calendar_test

import (
	"encoding/json"
	"testing"

	"example.org/backontrack/matching/calendar"
)

func TestDate_encodingJSON(t *testing.T) {
	t.Parallel()
	for date, want := range map[calendar.Date]string{0: "null", calendar.MustDate("2028-02-29"): `"2028-02-29"`} {
		got, err := json.Marshal(date)
		if err != nil || string(got) != want {
			t.Errorf("%v is written as %s, %v; want %s", date, got, err, want)
		}
		back := calendar.MustDate("2001-01-01")
		if err := json.Unmarshal(got, &back); err != nil || back != date {
			t.Errorf("%s is read as %v, %v; want %v", got, back, err, date)
		}
	}
	for _, wrong := range []string{`""`, `"2027-02-29"`, `20270101`, `"2027-1-1"`, `{}`} {
		if err := json.Unmarshal([]byte(wrong), new(calendar.Date)); err == nil {
			t.Errorf("%s is read as a date", wrong)
		}
	}
}
