package panel

import (
	"encoding/json"
	"slices"

	"example.org/backontrack/matching"
)

// makeMinutes writes the minutes of a meeting as it stands.
func (w *work) makeMinutes(m *Meeting) (Minutes, error) {
	x := &clerk{work: w, meeting: m}
	x.minutes = Minutes{
		Meeting: m.ID, Draft: m.State != Closed, Date: m.Date, Horizon: m.Horizon, Opened: m.Opened, Closed: m.Closed,
		Quorum: m.Quorum, Engine: matching.Version,
	}
	for _, step := range []func() error{x.people, x.policy, x.items, x.ratifications, x.notes} {
		if err := step(); err != nil {
			return Minutes{}, err
		}
	}
	return x.minutes, nil
}

// clerk writes minutes.
type clerk struct {
	*work
	meeting *Meeting
	minutes Minutes
}

func (x *clerk) people() error {
	for _, a := range x.meeting.Attendance {
		p, err := x.People().Get(a.Person)
		if err != nil {
			return err
		}
		entry := MinutesPerson{Person: p.ID, Name: p.Name, Profession: p.Profession, Seat: x.meeting.seat(p.ID)}
		if a.Present {
			x.minutes.Present = append(x.minutes.Present, entry)
		} else {
			x.minutes.Apologies = append(x.minutes.Apologies, entry)
		}
	}
	return nil
}

// seat is what somebody is to the meeting.
func (m *Meeting) seat(p PersonID) string {
	if p == m.Chair {
		return "chair"
	}
	if p == m.Deputy {
		return "deputy"
	}
	return "member"
}

func (x *clerk) policy() error {
	p, err := policyNamed(x.Tx, x.meeting.Policy)
	x.minutes.Policy = MinutesPolicy{p.ID, p.Name, p.Number}
	return err
}

// items writes the agenda, and after it what was decided besides it.
func (x *clerk) items() error {
	made, err := gather(x.Decisions().List(Is(ByMeeting, x.meeting.ID)))
	if err != nil {
		return err
	}
	referrals := slices.Clone(x.meeting.Agenda)
	for _, d := range made {
		if !slices.Contains(referrals, d.Referral) {
			referrals = append(referrals, d.Referral)
		}
	}
	for i, id := range referrals {
		item, err := x.item(id, made)
		if err != nil {
			return err
		}
		if i < len(x.meeting.Agenda) {
			item.Number = i + 1
		}
		x.minutes.Items = append(x.minutes.Items, item)
	}
	return nil
}

func (x *clerk) item(id ReferralID, made []Decision) (MinutesItem, error) {
	item := MinutesItem{Referral: id}
	r, err := x.Referrals().Get(id)
	if err != nil && KindOf(err) != NotFound {
		return item, err
	}
	item.State = r.State
	for _, p := range x.meeting.Papers {
		if p.Referral == id {
			item.Papers = append(item.Papers, p)
		}
	}
	for _, i := range x.meeting.Interests {
		if i.Referral != id {
			continue
		}
		name, err := x.name(i.Person)
		if err != nil {
			return item, err
		}
		item.Interests = append(item.Interests, MinutesInterest{i.Person, name, i.Kind, i.Text, i.Automatic})
	}
	for _, d := range made {
		if d.Referral != id {
			continue
		}
		decision, err := x.decision(d)
		if err != nil {
			return item, err
		}
		item.Decisions = append(item.Decisions, decision)
	}
	return item, nil
}

func (x *clerk) decision(d Decision) (MinutesDecision, error) {
	out := MinutesDecision{
		ID: d.ID, Outcome: d.Outcome, Reason: d.Reason, Rank: d.Rank, Departs: d.Departs, Unchecked: d.Unchecked,
		Conditions: d.Conditions, Targets: d.Targets, Actions: d.Actions, ReturnOn: d.ReturnOn, Role: d.Role, At: d.At,
		Ranking: d.Ranking, Snapshot: d.Snapshot, Papers: d.Papers, Engine: d.Engine, Supersedes: d.Supersedes,
	}
	var err error
	if out.By, err = x.name(d.By); err != nil {
		return out, err
	}
	if out.Of, err = optionsOf(x.Tx, d.Ranking); err != nil {
		return out, err
	}
	for _, p := range d.Recused {
		name, err := x.name(p)
		if err != nil {
			return out, err
		}
		out.Recused = append(out.Recused, name)
	}
	for _, one := range d.Dissent {
		name, err := x.name(one.Person)
		if err != nil {
			return out, err
		}
		out.Dissent = append(out.Dissent, MinutesNote{Text: one.Text, By: name, At: d.At})
	}
	return out, x.particulars(d, &out)
}

// particulars writes where the pupil goes, and what was set aside for it.
func (x *clerk) particulars(d Decision, out *MinutesDecision) error {
	for _, s := range d.Stays {
		stay := MinutesStay{Group: s.Group, Pattern: s.Pattern, From: s.From, To: s.To}
		g, err := x.Groups().Get(s.Group)
		if err != nil && KindOf(err) != NotFound {
			return err
		}
		stay.Name = g.Terms.Name
		o, err := x.Organisations().Get(g.Organisation)
		if err != nil && KindOf(err) != NotFound {
			return err
		}
		stay.Organisation = o.Name
		out.Stays = append(out.Stays, stay)
	}
	for _, waived := range d.Waivers {
		v, err := x.Waivers().Get(waived.Waiver)
		if err != nil && KindOf(err) != NotFound {
			return err
		}
		entry := MinutesWaiver{
			Waiver: waived.Waiver, Rule: waived.Rule, Text: v.Text, Owner: v.Owner, Mitigation: v.Mitigation,
			ReviewBy: v.ReviewBy, Safety: v.Safety,
		}
		if entry.Approver, err = x.name(v.Approver); err != nil {
			return err
		}
		out.Waivers = append(out.Waivers, entry)
	}
	return nil
}

// name is what somebody is called: their id where nobody knows.
func (w *work) name(id PersonID) (string, error) {
	if id == "" {
		return "", nil
	}
	p, err := w.People().Get(id)
	if KindOf(err) == NotFound || err == nil && p.Name == "" {
		return string(id), nil
	}
	return p.Name, err
}

// optionsOf counts the options of a ranking that was kept.
func optionsOf(tx Tx, id Digest) (int, error) {
	if id == "" {
		return 0, nil
	}
	kept, err := tx.Rankings().Get(id)
	if err != nil {
		return 0, err
	}
	bytes, err := tx.Evidence().Get(kept.Answer)
	if err != nil {
		return 0, err
	}
	var answer struct{ Ranking []json.RawMessage }
	if json.Unmarshal(bytes, &answer) != nil {
		return 0, Errorf(Corrupt, "the answer of a ranking cannot be read")
	}
	return len(answer.Ranking), nil
}

func (x *clerk) ratifications() error {
	spoken, err := gather(x.Ratifications().List(Is(ByMeeting, x.meeting.ID)))
	if err != nil {
		return err
	}
	for _, r := range spoken {
		d, err := x.Decisions().Get(r.Decision)
		if err != nil && KindOf(err) != NotFound {
			return err
		}
		by, err := x.name(r.By)
		if err != nil {
			return err
		}
		x.minutes.Ratified = append(x.minutes.Ratified, MinutesRatification{r.Decision, d.Referral, r.Ratified, r.Text, by})
	}
	open, err := unratified(x.Tx)
	for _, d := range open {
		x.minutes.Unratified = append(x.minutes.Unratified, d.ID)
	}
	return err
}

func (x *clerk) notes() error {
	for _, n := range x.meeting.Notes {
		by, err := x.name(n.By)
		if err != nil {
			return err
		}
		x.minutes.Notes = append(x.minutes.Notes, MinutesNote{n.Text, by, n.At})
	}
	return nil
}
