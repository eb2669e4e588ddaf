package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/duty"
)

// mostDocument is how long a document of JSON may be.
const mostDocument = 16 << 20

// readDocument reads JSON into v: every member known, nothing behind it.
func readDocument(in io.Reader, v any) error {
	raw, err := io.ReadAll(io.LimitReader(in, mostDocument+1))
	if err != nil {
		return fmt.Errorf("read the file: %w", err)
	}
	if len(raw) > mostDocument {
		return Faults{{Code: "long", Expected: fmt.Sprintf("a file of at most %d MB", mostDocument>>20)}}
	}
	return decodeStrictly(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), v)
}

func decodeStrictly(raw []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	err := d.Decode(v)
	line := lineAt(raw, int(min(d.InputOffset(), int64(len(raw)))))
	if err == nil {
		if _, err := d.Token(); !errors.Is(err, io.EOF) {
			return Faults{{Line: line, Code: "json", Expected: "nothing after the end of the document"}}
		}
		return nil
	}
	if typed, is := errors.AsType[*json.UnmarshalTypeError](err); is {
		return Faults{{Line: lineAt(raw, int(typed.Offset)), Column: typed.Field, Code: "type", Expected: "another kind of value"}}
	}
	if syntax, is := errors.AsType[*json.SyntaxError](err); is {
		return Faults{{Line: lineAt(raw, int(min(syntax.Offset, int64(len(raw))))), Code: "json", Expected: "JSON"}}
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return Faults{{Line: line, Code: "json", Expected: "a document of JSON, whole"}}
	}
	return Faults{{Line: line, Code: "member", Expected: "the members that the documentation lists, and dates such as 2026-11-23"}}
}

// A school year as a file has it.
type yearDocument struct {
	Authority    string     `json:"authority"`
	Name         string     `json:"name"`
	Terms        []namedDay `json:"terms"`
	Closures     []namedDay `json:"closures"`
	BankHolidays []namedDay `json:"bank_holidays"`
}

type namedDay struct {
	Name string        `json:"name"`
	From calendar.Date `json:"from"`
	To   calendar.Date `json:"to"`
}

// ReadYears reads a list of school years in the order in which they follow each other.
// What is wrong with a year itself, [duty.Year.Check] says.
func ReadYears(in io.Reader) ([]duty.Year, error) {
	var list []yearDocument
	if err := readDocument(in, &list); err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, Faults{{Code: "empty", Expected: "a list of school years"}}
	}
	years := make([]duty.Year, len(list))
	for i, y := range list {
		years[i] = duty.Year{Authority: y.Authority, Name: y.Name}
		for _, t := range y.Terms {
			years[i].Terms = append(years[i].Terms, duty.Term(t))
		}
		for _, c := range y.Closures {
			years[i].Closures = append(years[i].Closures, calendar.Closure{From: c.From, To: c.To, Name: c.Name})
		}
		for _, b := range y.BankHolidays {
			years[i].BankHolidays = append(years[i].BankHolidays, duty.Change{From: b.From, To: b.To, Name: b.Name})
		}
	}
	return years, nil
}

// A Timetable is what an authority offers: provisions that no register has, sites and
// groups, the last two as a snapshot has them.
type Timetable struct {
	Provisions []Provision
	Sites      []matching.Site
	Groups     []matching.Group
}

// A Provision is an organisation that offers places and is in no national register.
type Provision struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	URN        string `json:"urn"`
	Postcode   string `json:"postcode"`
	Registered bool   `json:"registered"`
}

type timetableDocument struct {
	Provisions []Provision     `json:"provisions"`
	Sites      json.RawMessage `json:"sites"`
	Groups     json.RawMessage `json:"groups"`
}

// ReadTimetable reads provisions, sites and groups as they are on a day. The faults of
// sites and groups are [matching.Faults], with pointers into the file.
func ReadTimetable(in io.Reader, day calendar.Date) (*Timetable, error) {
	var document timetableDocument
	if err := readDocument(in, &document); err != nil {
		return nil, err
	}
	orNone := func(list json.RawMessage) json.RawMessage {
		if list == nil {
			return json.RawMessage("[]")
		}
		return list
	}
	// The rest of a snapshot, so that its own reader checks what there is.
	whole, err := json.Marshal(map[string]any{
		"format": matching.Format, "as_of": day, "horizon": day, "pupils": []string{}, "referrals": []string{},
		"sites": orNone(document.Sites), "groups": orNone(document.Groups),
	})
	if err != nil {
		return nil, err
	}
	s, err := matching.Read(bytes.NewReader(whole))
	if err != nil {
		return nil, err
	}
	var faults matching.Faults
	for i, g := range s.Groups {
		if len(g.Changes) > 0 {
			faults = append(faults, matching.Fault{Pointer: fmt.Sprintf("/groups/%d/changes", i), Expected: "no changes here: provisions record theirs one by one"})
		}
		if g.Provision == "" {
			faults = append(faults, matching.Fault{Pointer: fmt.Sprintf("/groups/%d/provision", i), Expected: "whose group it is: the id or the URN of a provision"})
		}
	}
	for i, site := range s.Sites {
		if len(site.Changes) > 0 {
			faults = append(faults, matching.Fault{Pointer: fmt.Sprintf("/sites/%d/changes", i), Expected: "no changes here: provisions record theirs one by one"})
		}
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return &Timetable{Provisions: document.Provisions, Sites: s.Sites, Groups: s.Groups}, nil
}
