package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/duty"
)

// mostDocument is how long a document of JSON may be.
const mostDocument = 16 << 20

// readDocument reads JSON into v: every member known, nothing behind it. Known says in
// words which members there are; what stands in their place is not repeated.
func readDocument(in io.Reader, v any, known string) error {
	raw, err := io.ReadAll(io.LimitReader(in, mostDocument+1))
	if err != nil {
		return fmt.Errorf("read the file: %w", err)
	}
	if len(raw) > mostDocument {
		return Faults{{Code: "long", Expected: fmt.Sprintf("a file of at most %d MB", mostDocument>>20)}}
	}
	return decodeStrictly(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), v, known)
}

func decodeStrictly(raw []byte, v any, known string) error {
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
	return Faults{{Line: line, Code: "member", Expected: known + ", and dates such as 2026-11-23"}}
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
	if err := readDocument(in, &list, "the members authority, name, terms, closures and bank_holidays of a year, each of the last three with name, from and to"); err != nil {
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
// sites and groups are [matching.Faults], with pointers into the file; the timetable is
// there as well then, as far as it can be read, so that more can be said of it.
func ReadTimetable(in io.Reader, day calendar.Date) (*Timetable, error) {
	var document timetableDocument
	if err := readDocument(in, &document, "the members provisions (each with id, name, urn, postcode and registered), sites and groups"); err != nil {
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
	out := &Timetable{Provisions: document.Provisions}
	var faults matching.Faults
	if s, err := matching.Read(bytes.NewReader(whole)); err == nil {
		out.Sites, out.Groups = s.Sites, s.Groups
	} else {
		var is bool
		if faults, is = errors.AsType[matching.Faults](err); !is {
			return nil, err
		}
		out.readable(&document)
	}
	for _, f := range out.notHere() {
		if !slices.ContainsFunc(faults, func(other matching.Fault) bool { return other.Pointer == f.Pointer }) {
			faults = append(faults, f)
		}
	}
	if len(faults) > 0 {
		return out, faults
	}
	return out, nil
}

// readable reads of sites and groups that have faults what others refer to. A member of
// another type is among the faults already, and the rest is read all the same.
func (t *Timetable) readable(document *timetableDocument) {
	type one struct {
		ID        string            `json:"id"`
		Provision string            `json:"provision"`
		Site      matching.SiteID   `json:"site"`
		Changes   []json.RawMessage `json:"changes"`
	}
	list := func(raw json.RawMessage) []one {
		var parts []json.RawMessage
		_ = json.Unmarshal(raw, &parts)
		all := make([]one, len(parts))
		for i, part := range parts {
			_ = json.Unmarshal(part, &all[i])
		}
		return all
	}
	for _, g := range list(document.Groups) {
		t.Groups = append(t.Groups, matching.Group{
			ID: matching.GroupID(g.ID), Provision: matching.ProvisionID(g.Provision), Site: g.Site, Changes: make([]matching.GroupChange, len(g.Changes)),
		})
	}
	for _, s := range list(document.Sites) {
		t.Sites = append(t.Sites, matching.Site{ID: matching.SiteID(s.ID), Changes: make([]matching.SiteChange, len(s.Changes))})
	}
}

// notHere is what a snapshot may have and a timetable may not, and the other way round.
func (t *Timetable) notHere() (faults matching.Faults) {
	for i, g := range t.Groups {
		if len(g.Changes) > 0 {
			faults = append(faults, matching.Fault{Pointer: fmt.Sprintf("/groups/%d/changes", i), Expected: "no changes here: provisions record theirs one by one"})
		}
		if g.Provision == "" {
			faults = append(faults, matching.Fault{Pointer: fmt.Sprintf("/groups/%d/provision", i), Expected: "whose group it is: the id or the URN of a provision"})
		}
	}
	for i, site := range t.Sites {
		if len(site.Changes) > 0 {
			faults = append(faults, matching.Fault{Pointer: fmt.Sprintf("/sites/%d/changes", i), Expected: "no changes here: provisions record theirs one by one"})
		}
	}
	return faults
}
