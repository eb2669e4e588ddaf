package panel

import (
	"fmt"
	"slices"
	"strings"
)

// reasonCodes are why a panel departs from the first rank, or places nobody.
var reasonCodes = []string{
	"family_wish", "pupil_wish", "relationships", "safety", "local_knowledge", "provider_advice", "journey", "continuity",
	"no_suitable_place", "needs_met_in_school", "ehcp_route", "out_of_area", "risk_unmanageable", "parent_refuses",
	"duplicate", "more_information", "progress", "completed", "breakdown", "wrong_mix", "other",
}

// ReasonCodes are the codes of reasons for a decision, in the order of the documentation.
func ReasonCodes() []string { return slices.Clone(reasonCodes) }

// shape checks what was sent, by itself: everything that is wrong at once.
func (d *deciding) shape() error {
	in := d.in
	f := &faults{}
	f.when(in.Outcome == Place && len(in.Stays) == 0, "/stays", "required", "at least one stay")
	f.when(in.Outcome != Place && len(in.Stays) > 0, "/stays", "not_here", "stays with the outcome place only")
	for i, s := range in.Stays {
		f.when(s.Group == "", pointer("stays", i, "group"), "required", "a group")
		f.when(s.Pattern == "", pointer("stays", i, "pattern"), "required", "a pattern")
		f.when(s.From == 0, pointer("stays", i, "from"), "required", "a first day")
		f.when(s.To == 0, pointer("stays", i, "to"), "required", "a last day")
		f.when(s.From != 0 && s.To != 0 && s.To < s.From, pointer("stays", i, "to"), "order", "a day that is not before the first")
	}
	onPlacement := in.Outcome == Extend || in.Outcome == End
	f.when(onPlacement && in.Placement == "", "/placement", "required", "the placement concerned")
	f.when(!onPlacement && in.Placement != "", "/placement", "not_here", "a placement with extend and end only")
	f.when(onPlacement && in.To == 0, "/to", "required", "a last day")
	f.when(in.Outcome == End && !slices.Contains(EndReasons(), in.EndReason), "/end_reason", "unknown", "a reason for an end")
	f.when(in.Outcome == End && !slices.Contains(Destinations(), in.Destination), "/destination", "unknown", "a destination")
	f.when(in.Outcome == Defer && in.ReturnOn == 0, "/return_on", "required", "the day on which it comes back")
	f.when(in.Outcome == Defer && len(in.Actions) == 0, "/actions", "required", "what somebody does until then")
	f.when(in.ReturnOn != 0 && in.ReturnOn <= d.day, "/return_on", "past", "a day to come")
	f.text("/reason/text", in.Reason.Text, 0)
	f.when(in.Reason.Code != "" && !slices.Contains(reasonCodes, in.Reason.Code), "/reason/code", "unknown", "a code of the list")
	for i, a := range in.Actions {
		f.text(pointer("actions", i, "text"), a.Text, 1)
		f.when(strings.TrimSpace(a.Owner) == "", pointer("actions", i, "owner"), "required", "who does it")
		f.when(a.Due == 0, pointer("actions", i, "due"), "required", "a day")
	}
	for i, v := range in.Dissent {
		f.text(pointer("dissent", i, "text"), v.Text, 1)
		f.when(!d.tookPart(v.Person), pointer("dissent", i, "person"), "unknown", "a member who took part")
	}
	for i, t := range in.Targets {
		f.text(pointer("targets", i), t, 1)
	}
	for i, t := range in.Conditions {
		f.text(pointer("conditions", i), t, 1)
	}
	f.when(in.Outcome != Place && in.Outcome != Extend && len(in.Waivers) > 0, "/waivers", "not_here", "waivers with place and extend only")
	for i := range in.Waivers {
		d.shapeWaiver(f, i)
	}
	return f.err("the decision is not complete")
}

// tookPart tells whether somebody was there and had no interest.
func (d *deciding) tookPart(p PersonID) bool {
	return d.q.meeting != nil && d.q.meeting.present(p) && !slices.Contains(d.decision.Recused, p)
}

func (d *deciding) shapeWaiver(f *faults, i int) {
	v := &d.in.Waivers[i]
	at := func(field string) string { return pointer("waivers", i, field) }
	f.when(v.Rule == "", at("rule"), "required", "the rule that is set aside")
	f.text(at("text"), v.Text, LeastReason)
	f.when(strings.TrimSpace(v.Owner) == "", at("owner"), "required", "who owns the risk")
	f.text(at("mitigation"), v.Mitigation, LeastReason)
	f.when(v.ReviewBy <= d.day, at("review_by"), "past", "a day to come")
	for j := range i {
		f.when(d.in.Waivers[j].Rule == v.Rule, at("rule"), "twice", "each rule once")
	}
}

// explained checks that a departure says why.
func (d *deciding) explained() error {
	if !d.decision.Departs && d.in.Outcome == Place {
		return nil
	}
	f := &faults{}
	f.when(d.in.Reason.Code == "", "/reason/code", "required", "a code of the list")
	f.text("/reason/text", d.in.Reason.Text, LeastReason)
	if len(f.list) == 0 {
		return nil
	}
	return &Error{Kind: NeedsReason, Detail: "it departs from the first of the ranking, or places nobody: say why", Faults: f.list}
}

// faults collects everything that is wrong.
type faults struct{ list []Fault }

// text checks words that people give.
func (f *faults) text(pointer, text string, least int) {
	f.list = append(f.list, checkText(pointer, text, least)...)
}

func (f *faults) when(wrong bool, pointer, code, detail string) {
	if wrong {
		f.list = append(f.list, Fault{pointer, code, detail})
	}
}

func (f *faults) err(detail string) error {
	if len(f.list) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Detail: detail, Faults: f.list}
}

// pointer is a JSON pointer of plain steps.
func pointer(steps ...any) string {
	var b strings.Builder
	for _, s := range steps {
		fmt.Fprintf(&b, "/%v", s)
	}
	return b.String()
}
