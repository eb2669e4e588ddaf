package intake_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/duty"
	"example.org/backontrack/panel/form"
	"example.org/backontrack/panel/intake"
)

var day = calendar.MustDate("2026-11-23")

const heading = "URN,LA (code),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (code),EstablishmentStatus (code)," +
	"OpenDate,CloseDate,StatutoryLowAge,StatutoryHighAge,Postcode,Easting,Northing,UKPRN,Other\n"

const register = heading +
	"130359,919,1102,Chestnut Road,14,1,01-09-1995,,11,16,sg29hq,528594,184450,,x\n" +
	"130360,919,1103,Closed Unit,42,2,,31-08-2019,,,,,,,\n" +
	"117546,919,75,Marlbeck,34,3,2000-09-01,,11,18,SG1 1AA,0,0,10012345,\n" +
	"117547,881,4076,Elsewhere,34,1,,,,99,,,,,\n" +
	"117548,919,4077,Closed School,34,2,,31/08/2019,,,,,,,\n"

func TestReadRegister(t *testing.T) {
	t.Parallel()
	got, err := intake.ReadRegister(strings.NewReader(register), intake.RegisterFilter{Provisions: true})
	if err != nil {
		t.Fatal(err)
	}
	want := &intake.Register{
		Establishments: []intake.Establishment{{
			Line: 2, Latitude: new(51.5443), Longitude: new(-0.14698),
			Organisation: panel.Organisation{
				Kind: panel.Provision, Name: "Chestnut Road", URN: "130359", LAESTAB: "9191102", Type: "14", Authority: "919", Postcode: "SG2 9HQ",
				LowAge: 11, HighAge: 16, Registered: true, Opened: calendar.MustDate("1995-09-01"),
			},
		}},
		Closed: 1, Others: 3,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("provisions: (-want +got)\n%s", diff)
	}
	filter := intake.RegisterFilter{Authority: "919", Known: map[string]bool{"117548": true}}
	if got, err = intake.ReadRegister(strings.NewReader(register), filter); err != nil {
		t.Fatal(err)
	}
	want = &intake.Register{
		Establishments: []intake.Establishment{
			{Line: 4, Organisation: panel.Organisation{
				Kind: panel.School, Name: "Marlbeck", URN: "117546", LAESTAB: "9190075", UKPRN: "10012345", Type: "34", Authority: "919",
				Postcode: "SG1 1AA", LowAge: 11, HighAge: 18, Registered: true, Opened: calendar.MustDate("2000-09-01"),
			}},
			{Line: 6, Closed: true, Organisation: panel.Organisation{
				Kind: panel.School, Name: "Closed School", URN: "117548", LAESTAB: "9194077", Type: "34", Authority: "919", Registered: true,
				Closed: calendar.MustDate("2019-08-31"),
			}},
		},
		Others: 3,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("schools: (-want +got)\n%s", diff)
	}
}

func TestReadRegister_columnsThatAreMissing(t *testing.T) {
	t.Parallel()
	_, err := intake.ReadRegister(strings.NewReader("URN,EstablishmentName\n"), intake.RegisterFilter{})
	want := []string{
		"line 1: LA (code): expected a column of this name", "line 1: EstablishmentNumber: expected a column of this name",
		"line 1: TypeOfEstablishment (code): expected a column of this name", "line 1: EstablishmentStatus (code): expected a column of this name",
	}
	if diff := cmp.Diff(want, linesOf(t, err)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// What the file is allowed to have wrong does not stop others: rows that nobody asked for.
func TestReadRegister_faultsOfOthersAreTheirs(t *testing.T) {
	t.Parallel()
	text := heading + "1,881,x,,34,1,never,,,,,,,,\n117546,919,4075,Marlbeck,34,1,,,,,,,,,\n"
	got, err := intake.ReadRegister(strings.NewReader(text), intake.RegisterFilter{Authority: "919"})
	if err != nil || len(got.Establishments) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestReadReferrals_answers(t *testing.T) {
	t.Parallel()
	text := "school,said_by,said_on,grade,pupil.surname,pupil.date_of_birth,pupil.upn,referral.wants_offers,education.busy,family.contacts.2.name," +
		"agreed.parent,agreed.parent!grade,agreed.parent!by,agreed.parent!on,referral.story\n" +
		"117546,head of year,20/11/2026,,O'Neil,03/05/2013,? asked the last school,english; maths,mon-am;tue-pm,Łukasz Ng,Yes,verified,mother,2026-11-19,\"One.\r\nTwo.\"\n"
	got, err := intake.ReadReferrals(strings.NewReader(text), day, map[string]bool{"117546": true})
	if err != nil {
		t.Fatal(err)
	}
	on := calendar.MustDate("2026-11-20")
	said := func(field string, row int, values ...string) form.Answer {
		return form.Answer{Field: field, Row: row, Value: values, Grade: form.Reported, By: "head of year", On: on}
	}
	unknown := said("pupil.upn", 0)
	unknown.Grade, unknown.Reason = form.Unknown, "asked the last school"
	agreed := said("agreed.parent", 0, "yes")
	agreed.Grade, agreed.By, agreed.On = form.Verified, "mother", calendar.MustDate("2026-11-19")
	want := []intake.Referral{{Line: 2, URN: "117546", Form: form.Normalise(form.Form{Answers: []form.Answer{
		said("referral.wants_offers", 0, "english", "maths"), said("referral.story", 0, "One.\nTwo."), said("pupil.surname", 0, "O'Neil"), unknown,
		said("pupil.date_of_birth", 0, "2013-05-03"), said("family.contacts.name", 2, "Łukasz Ng"), said("education.busy", 0, "mon-am", "tue-pm"), agreed,
	}})}}
	if diff := cmp.Diff(want, got.List); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestReadReferrals_onePupilTwice(t *testing.T) {
	t.Parallel()
	text := "school,said_by,said_on,pupil.upn,pupil.surname,pupil.date_of_birth\n" +
		strings.Repeat("117546,x,2026-11-20,J001110123004,,\n", 2) +
		"117546,x,2026-11-20,,O'Neil,2013-05-03\n117546,x,2026-11-20,,O’Neil,03/05/2013\n117546,x,2026-11-20,,O'Neil,2013-05-04\n117546,x,2026-11-20,,,\n"
	_, err := intake.ReadReferrals(strings.NewReader(text), day, map[string]bool{"117546": true})
	want := []string{
		"line 3: pupil.upn: expected each pupil once: line 2 has the number too",
		"line 5: pupil.surname: expected each pupil once: line 4 has the name and the date of birth too",
		"line 7: pupil.surname: expected whom the row is about: a name, or the number in pupil.upn",
	}
	if diff := cmp.Diff(want, linesOf(t, err)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// A file without its first line has a pupil's values where the names should be.
func TestReadReferrals_withoutTheNamesOfColumns(t *testing.T) {
	t.Parallel()
	_, err := intake.ReadReferrals(strings.NewReader("117546,head,2026-11-20,Secret,Secret2\n"), day, nil)
	want := []string{
		"line 1: school: expected a column of this name", "line 1: said_by: expected a column of this name", "line 1: said_on: expected a column of this name",
	}
	if diff := cmp.Diff(want, linesOf(t, err)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// The template has a column for every question, and can be read as it is.
func TestWriteTemplate_isReadBack(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := intake.WriteTemplate(&b); err != nil {
		t.Fatal(err)
	}
	table, err := intake.ReadTable(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range form.Fields() {
		if !table.Has(f.Key) {
			t.Errorf("%s has no column", f.Key)
		}
		for _, item := range f.Items {
			if name := f.Key + ".1" + strings.TrimPrefix(item.Key, f.Key); !table.Has(name) {
				t.Errorf("%s has no column", name)
			}
		}
	}
	if got, err := intake.ReadReferrals(bytes.NewReader(b.Bytes()), day, nil); err != nil || len(got.List) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestReadYears(t *testing.T) {
	t.Parallel()
	got, err := intake.ReadYears(strings.NewReader(`[{"authority": "919", "name": "2026/27", "terms": [{"name": "Autumn", "from": "2026-09-01", "to": "2026-12-18"}],
		"closures": [{"name": "half-term", "from": "2026-10-26", "to": "2026-10-30"}], "bank_holidays": [{"name": "A jubilee", "from": "2026-11-02", "to": "2026-11-02"}]}]`))
	if err != nil {
		t.Fatal(err)
	}
	date := calendar.MustDate
	want := []duty.Year{{
		Authority: "919", Name: "2026/27", Terms: []duty.Term{{Name: "Autumn", From: date("2026-09-01"), To: date("2026-12-18")}},
		Closures:     []calendar.Closure{{Name: "half-term", From: date("2026-10-26"), To: date("2026-10-30")}},
		BankHolidays: []duty.Change{{Name: "A jubilee", From: date("2026-11-02"), To: date("2026-11-02")}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for name, text := range map[string]string{
		"nothing": "", "no list": "{}", "an empty list": "[]", "another member": `[{"secret": 1}]`, "more behind": "[{}] []", "cut": `[{"name": "`,
		"no date": `[{"terms": [{"from": "secret"}]}]`, "another kind": `[{"terms": 1}]`,
	} {
		_, err := intake.ReadYears(strings.NewReader(text))
		if lines := linesOf(t, err); len(lines) != 1 || strings.Contains(lines[0], "secret") {
			t.Errorf("%s: %q", name, lines)
		}
	}
}

func TestReadTimetable(t *testing.T) {
	t.Parallel()
	got, err := intake.ReadTimetable(strings.NewReader(`{"provisions": [{"id": "craft", "name": "Craft", "registered": true}],
		"sites": [{"id": "s"}], "groups": [{"id": "g", "provision": "craft", "site": "s", "timetable": ["mon-am"], "places": 4}]}`), day)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Provisions) != 1 || len(got.Sites) != 1 || len(got.Groups) != 1 || got.Groups[0].Provision != "craft" {
		t.Errorf("%+v", got)
	}
	_, err = intake.ReadTimetable(strings.NewReader(`{"sites": [{"id": "s", "changes": [{"from": "2026-11-23", "to": "2026-11-24", "floating_adults": 1}]}],
		"groups": [{"id": "g", "site": "s", "timetable": ["mon-am"], "changes": [{"from": "2026-11-23", "to": "2026-11-24", "places": 1}]}]}`), day)
	faults, _ := err.(matching.Faults) //nolint:errorlint // it is one as it is
	var at []string
	for _, f := range faults {
		at = append(at, f.Pointer)
	}
	if diff := cmp.Diff([]string{"/groups/0/changes", "/groups/0/provision", "/sites/0/changes"}, at); diff != "" {
		t.Errorf("(-want +got)\n%s\n%v", diff, err)
	}
	if _, err := intake.ReadTimetable(strings.NewReader(`{"groups": [{"id": "g", "site": "s", "timetable": ["mon-am"], "places": -1}]}`), day); err == nil {
		t.Error("places below nought pass")
	}
}
