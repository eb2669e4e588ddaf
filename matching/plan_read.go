package matching

import (
	"encoding/json"
	"fmt"
	"io"

	"example.org/backontrack/matching/internal/strictjson"
)

// ReadPlan reads a plan from JSON. The error is a [Faults] that holds everything
// that is wrong with the text, as [Read] has it: keys that are unknown or given twice, wrong
// types, bad dates, another format, and what a plan can't do without. Whether the plan
// holds is not looked at: package verify says that, against the snapshot.
// An error of r itself comes as it is.
//
// It holds the whole text in memory; time and memory grow with its length.
func ReadPlan(r io.Reader) (*Plan, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read plan: %w", err)
	}
	p := &Plan{}
	c := &checker{unread: map[string]bool{}}
	whole := strictjson.Decode(data, p, func(pointer, expected string) {
		c.faults.add(pointer, "%s", expected)
		c.unread[pointer] = true
	})
	if whole {
		c.plan(p)
	}
	if err := c.faults.err(); err != nil {
		return nil, err
	}
	return p, nil
}

// plan finds what is missing in a plan, or can't be.
func (c *checker) plan(p *Plan) {
	if p.Format != PlanFormat {
		c.fault("/format", "%q", PlanFormat)
	}
	oneOf(c, "/status", p.Status, PlanOptimal, PlanFeasible)
	for i := range p.Assignments {
		a, at := &p.Assignments[i], pointer("assignments", i)
		c.id(at+"/referral", string(a.Referral))
		for j, s := range a.Stays {
			at := pointerIn(at, "stays", j)
			c.id(at+"/group", string(s.Group))
			c.id(at+"/pattern", string(s.Pattern))
			c.required(at+"/from", s.From)
			c.required(at+"/to", s.To)
		}
	}
	for i := range p.Moves {
		m, at := &p.Moves[i], pointer("moves", i)
		c.id(at+"/placement", string(m.Placement))
		c.id(at+"/group", string(m.Group))
		c.id(at+"/pattern", string(m.Pattern))
		c.required(at+"/from", m.From)
	}
	for i := range p.Unplaced {
		c.id(pointer("unplaced", i, "referral"), string(p.Unplaced[i].Referral))
	}
}

// UnmarshalStrict reads the list of changes that MarshalJSON writes. What becomes
// possible is not in it.
func (u *Unlock) UnmarshalStrict(d *strictjson.Decoder, first json.Token) error {
	return d.Value(first, &u.Changes)
}

// UnmarshalJSON reads the list of changes that MarshalJSON writes, as [ReadPlan] does. The error is a [Faults].
func (u *Unlock) UnmarshalJSON(data []byte) error {
	*u = Unlock{}
	return unmarshal(data, u)
}

// UnmarshalJSON reads the notes that MarshalJSON writes, as [ReadPlan] does. The error is a [Faults].
func (w *Why) UnmarshalJSON(data []byte) error {
	*w = Why{}
	return unmarshal(data, w)
}

// unmarshal reads one value for encoding/json.
func unmarshal(data []byte, value strictjson.Unmarshaler) error {
	var faults Faults
	strictjson.Decode(data, value, func(pointer, expected string) { faults.add(pointer, "%s", expected) })
	return faults.err()
}

// UnmarshalStrict reads the notes that MarshalJSON writes, in their order.
func (w *Why) UnmarshalStrict(d *strictjson.Decoder, first json.Token) error {
	if first != json.Delim('{') {
		d.Fault("an object")
		return d.Skip(first)
	}
	return d.Members(func(name string, value json.Token) error {
		n := note{name: name}
		if value == json.Delim('[') {
			n.codes = &[]string{}
			if err := d.Value(value, n.codes); err != nil {
				return err
			}
		} else if err := d.Value(value, &n.number); err != nil {
			return err
		}
		w.notes = append(w.notes, n)
		return nil
	})
}
