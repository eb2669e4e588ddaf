package panel

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// columns is how wide the text of minutes is, in characters.
const columns = 100

// Text is the minutes for reading: plain text of at most 100 columns but for digests and
// ids that are longer, in civil time of Europe/London. The same minutes are the same bytes.
func (m *Minutes) Text() string {
	p := &page{}
	p.heading(m)
	for i := range m.Items {
		p.item(&m.Items[i])
	}
	p.ratifications(m)
	p.notes("Notes", m.Notes)
	p.closing(m)
	return p.String()
}

// page is text under way.
type page struct{ strings.Builder }

func (p *page) heading(m *Minutes) {
	title := "MINUTES OF THE PLACEMENT PANEL"
	if m.Draft {
		title = "DRAFT " + title
	}
	p.line(0, title)
	p.line(0, longDate(m.Date))
	p.line(0, strings.Repeat("=", columns))
	p.field(0, "Meeting", string(m.Meeting))
	p.field(0, "Opened", moment(m.Opened))
	p.field(0, "Placements end by", longDate(m.Horizon))
	p.field(0, "Policy", fmt.Sprintf("%s, version %d (%s)", m.Policy.Name, m.Policy.Number, m.Policy.ID))
	p.field(0, "Engine", m.Engine)
	p.field(0, "Quorum", fmt.Sprintf("%d needed, %d present", m.Quorum, len(m.Present)))
	p.people("Present", m.Present)
	p.people("Apologies", m.Apologies)
}

func (p *page) people(title string, list []MinutesPerson) {
	if len(list) == 0 {
		p.field(0, title, "none")
		return
	}
	p.line(0, title+":")
	for _, one := range list {
		words := one.Name + ", " + one.Seat
		if one.Profession != "" {
			words += " (" + spoken(one.Profession) + ")"
		}
		p.bullet(2, words)
	}
}

func (p *page) item(i *MinutesItem) {
	p.line(0, "")
	p.line(0, strings.Repeat("-", columns))
	title := "Referral " + string(i.Referral)
	if i.Number > 0 {
		title = fmt.Sprintf("Item %d: referral %s", i.Number, i.Referral)
	}
	p.line(0, title)
	for _, one := range i.Interests {
		words := one.Name + " took no part (" + spoken(string(one.Kind)) + ")"
		if one.Text != "" {
			words += ": " + one.Text
		}
		p.field(2, "Interest", words)
	}
	if i.Withheld {
		p.line(2, "You have an interest in this item: it is not shown.")
		return
	}
	for _, paper := range i.Papers {
		words := string(paper.Digest) + ", " + moment(paper.Frozen)
		if paper.Late {
			words = "LATE: " + words
		}
		p.field(2, "Papers", words)
	}
	if len(i.Decisions) == 0 {
		p.field(2, "Outcome", "not decided; "+stateWords(i.State))
	}
	for n := range i.Decisions {
		p.decision(&i.Decisions[n])
	}
}

func stateWords(s State) string {
	if s == "" {
		return "the record was erased"
	}
	return "the referral is " + spoken(string(s))
}

func (p *page) decision(d *MinutesDecision) {
	p.field(2, "Outcome", strings.ToUpper(spoken(string(d.Outcome))))
	for _, s := range d.Stays {
		name := string(s.Group)
		if s.Name != "" {
			name = s.Name + " (" + name + ")"
		}
		if s.Organisation != "" {
			name += " of " + s.Organisation
		}
		p.bullet(4, fmt.Sprintf("%s, pattern %s, from %s to %s", name, s.Pattern, longDate(s.From), longDate(s.To)))
	}
	if d.Ranking != "" {
		p.field(4, "Rank", rankWords(d))
	}
	if d.Departs {
		p.field(4, "DEPARTS FROM THE FIRST RANK", "the reason is below")
	}
	if d.Reason != (Reason{}) {
		p.field(4, "Reason", strings.Trim(spoken(d.Reason.Code)+": "+d.Reason.Text, ": "))
	}
	for i := range d.Waivers {
		p.waiver(&d.Waivers[i])
	}
	if len(d.Unchecked) > 0 {
		p.field(4, "Waits for an answer", codes(d.Unchecked))
	}
	for _, text := range d.Conditions {
		p.field(4, "Condition", text)
	}
	for _, text := range d.Targets {
		p.field(4, "Target", text)
	}
	for _, a := range d.Actions {
		p.field(4, "Action", fmt.Sprintf("%s (%s, by %s)", a.Text, a.Owner, longDate(a.Due)))
	}
	for _, n := range d.Dissent {
		p.field(4, "Dissent", n.By+": "+n.Text)
	}
	if d.ReturnOn != 0 {
		p.field(4, "Comes back", longDate(d.ReturnOn))
	}
	if len(d.Recused) > 0 {
		p.field(4, "Took no part", strings.Join(d.Recused, "; "))
	}
	p.field(4, "Decided", fmt.Sprintf("by %s (%s), %s", d.By, d.Role, moment(d.At)))
	p.field(4, "Decision", string(d.ID))
	if d.Supersedes != "" {
		p.field(4, "In place of", string(d.Supersedes))
	}
	p.field(4, "Ranking", orNone(string(d.Ranking)))
	p.field(4, "Rules run on", orNone(string(d.Snapshot)))
	p.field(4, "Engine", orNone(d.Engine))
}

func rankWords(d *MinutesDecision) string {
	switch {
	case d.Outcome != Place:
		return fmt.Sprintf("none of the %d that were possible", d.Of)
	case d.Rank == 0:
		return fmt.Sprintf("not among the %d that were possible", d.Of)
	}
	return fmt.Sprintf("%d of %d", d.Rank, d.Of)
}

func (p *page) waiver(v *MinutesWaiver) {
	p.field(4, "RULE SET ASIDE", spoken(string(v.Rule))+": "+v.Text)
	p.field(6, "Owner", v.Owner)
	p.field(6, "Mitigation", v.Mitigation)
	p.field(6, "Review by", longDate(v.ReviewBy))
	if v.Approver != "" {
		p.field(6, "Approved by", v.Approver)
	}
}

func (p *page) ratifications(m *Minutes) {
	if len(m.Ratified)+len(m.Unratified) == 0 {
		return
	}
	p.section("Chair's actions")
	for _, r := range m.Ratified {
		words := fmt.Sprintf("Decision %s on referral %s: ratified.", r.Decision, r.Referral)
		if !r.Ratified {
			words = fmt.Sprintf("Decision %s on referral %s: NOT ratified.", r.Decision, r.Referral)
		}
		p.bullet(2, strings.TrimSpace(words+" "+r.Text))
	}
	for _, id := range m.Unratified {
		p.bullet(2, fmt.Sprintf("Decision %s waits for ratification.", id))
	}
}

func (p *page) notes(title string, notes []MinutesNote) {
	if len(notes) == 0 {
		return
	}
	p.section(title)
	for _, n := range notes {
		p.bullet(2, fmt.Sprintf("%s (%s, %s)", n.Text, n.By, moment(n.At)))
	}
}

func (p *page) closing(m *Minutes) {
	p.line(0, "")
	p.line(0, strings.Repeat("=", columns))
	if m.Draft {
		p.line(0, "The meeting is not over.")
		return
	}
	p.field(0, "Closed", moment(m.Closed))
}

func (p *page) section(title string) {
	p.line(0, "")
	p.line(0, strings.Repeat("-", columns))
	p.line(0, title)
}

// field writes a label and its text, which goes on below itself.
func (p *page) field(indent int, label, text string) { p.wrapped(indent, label+": ", text, 2) }

func (p *page) bullet(indent int, text string) { p.wrapped(indent, "- ", text, 2) }

func (p *page) line(indent int, text string) { p.wrapped(indent, "", text, 0) }

// wrapped writes words at an indent, breaking between them. Lines after the first hang.
func (p *page) wrapped(indent int, label, text string, hang int) {
	line := strings.Repeat(" ", indent) + label
	used, empty := indent+utf8.RuneCountInString(label), true
	for word := range strings.FieldsSeq(text) {
		n := utf8.RuneCountInString(word)
		if !empty && used+1+n > columns || empty && used+n > columns && label != "" {
			p.end(line)
			line, used, empty = strings.Repeat(" ", indent+hang), indent+hang, true
		}
		if !empty {
			line, used = line+" ", used+1
		}
		line, used, empty = line+word, used+n, false
	}
	p.end(line)
}

func (p *page) end(line string) {
	p.WriteString(strings.TrimRight(line, " "))
	p.WriteByte('\n')
}

// spoken is a code as words.
func spoken(code string) string { return strings.ReplaceAll(code, "_", " ") }

func codes(list []matching.Code) string {
	words := make([]string, len(list))
	for i, c := range list {
		words[i] = spoken(string(c))
	}
	return strings.Join(words, ", ")
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func longDate(d calendar.Date) string {
	if d == 0 {
		return "no date"
	}
	return time.Unix(int64(d)*86400, 0).UTC().Format("Monday 2 January 2006")
}

func moment(t time.Time) string {
	if t.IsZero() {
		return "no time"
	}
	return t.In(london).Format("2 January 2006, 15:04")
}
