package panel_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/duty"
)

// schoolYear is a year of three terms that begins in September.
func schoolYear(begins string) duty.Year {
	first := calendar.MustDate(begins + "-09-01")
	return duty.Year{
		Authority: "919", Name: begins + "/x",
		Terms: []duty.Term{
			{Name: "Autumn", From: first, To: first + 108},
			{Name: "Spring", From: first + 126, To: first + 210},
			{Name: "Summer", From: first + 226, To: first + 320},
		},
	}
}

func TestYears(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		broken := schoolYear("2026")
		broken.Authority, broken.Terms[1].To = "", broken.Terms[1].From-1
		broken.BankHolidays = []duty.Change{{From: o.day, To: o.day}}
		_, err := o.RecordYear(o.chief, broken)
		faultsAre(t, "year", err, "/authority", "/terms/1/to", "/bank_holidays/0/name")
		_, err = o.RecordYear(o.admin, schoolYear("2026"))
		refused(t, "an administrator's year", err, panel.Forbidden)
		made(o.RecordYear(o.chief, schoolYear("2026")))(t)
		_, err = o.RecordYear(o.chief, schoolYear("2028"))
		faultsAre(t, "a year after a gap", err, "/name")
		made(o.RecordYear(o.chief, schoolYear("2027")))(t)
		made(o.RecordYear(o.chief, schoolYear("2025")))(t)
		again := schoolYear("2026")
		again.Closures = []calendar.Closure{{From: o.day, To: o.day, Name: "Snow"}}
		made(o.RecordYear(o.chief, again))(t)
		other := schoolYear("2030")
		other.Authority = "210"
		made(o.RecordYear(o.chief, other))(t)
		if list := made(o.Years(o.admin, "919"))(t); len(list) != 4 || list[3].Year.Closures == nil || list[0].By != "chief" {
			t.Errorf("years: %+v", list)
		}
		if list := made(o.Years(o.chief, ""))(t); len(list) != 5 {
			t.Errorf("of all authorities: %d", len(list))
		}
	})
}

func TestSettings(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		value := func(on calendar.Date) int {
			t.Helper()
			for _, v := range made(o.SettingsAt(o.chief, on))(t) {
				if v.Key == duty.ProviderAnswers {
					return v.Value
				}
			}
			t.Fatalf("no setting on %v", on)
			return 0
		}
		usual := value(o.day)
		own := duty.Setting{
			Key: duty.ProviderAnswers, Value: 5, Unit: duty.Days, From: o.day, To: o.day + 9, Source: "the panel", Status: duty.Practice,
		}
		_, err := o.RecordSettings(o.chief, nil)
		faultsAre(t, "nothing", err, "")
		_, err = o.RecordSettings(o.chief, []duty.Setting{{Key: "nobody.knows"}, own, own})
		if kind := panel.KindOf(err); kind != panel.Invalid {
			t.Errorf("unknown and twice: %v", err)
		}
		member := o.as("member", panel.Grant{Role: panel.RoleMember})
		_, err = o.RecordSettings(member, []duty.Setting{own})
		refused(t, "a member's settings", err, panel.Forbidden)
		made(o.RecordSettings(o.admin, []duty.Setting{own}))(t)
		got := []int{value(o.day - 1), value(o.day), value(o.day + 9), value(o.day + 10)}
		if diff := cmp.Diff([]int{usual, 5, 5, usual}, got); diff != "" {
			t.Errorf("the day before, the first, the last, the day after (-want +got)\n%s", diff)
		}
		if all := made(o.SettingsAt(member, o.day))(t); len(all) < 20 {
			t.Errorf("only %d settings are in force", len(all))
		}
		if list := made(o.SettingsRecorded(member))(t); len(list) != 1 || list[0].By != "keeper" {
			t.Errorf("recorded: %+v", list)
		}
	})
}
