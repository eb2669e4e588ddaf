package published

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"example.org/backontrack/matching"
)

// ErrNoFriends says that an instance is a snapshot already, and has lost who is friends with whom.
var ErrNoFriends = errors.New("a snapshot does not hold the friends of the instance that it was made of")

// Panel reads an instance of a panel: ap-panel-1, as gen.py writes it and [Generated] offers, or the
// snapshot that was made of one. It is the instance's core: who is with whom is worth nothing. The
// error of a snapshot is that of [matching.Read].
func Panel(r io.Reader) (*matching.Snapshot, error) {
	s, _, err := readPanel(r)
	return s, err
}

// SoftPanel reads an instance of a panel, ap-panel-1 only, with composition as a policy prices it
// by default. The instance has prices of its own for friends, and for girls who are the only one,
// which are not a snapshot's: compare plans with models of the snapshot. The error is [ErrNoFriends]
// for a snapshot.
func SoftPanel(r io.Reader) (*matching.Snapshot, error) {
	s, instance, err := readPanel(r)
	if err != nil {
		return nil, err
	}
	if instance == nil {
		return nil, ErrNoFriends
	}
	s.Policy.Composition = matching.DefaultPolicy().Composition
	for _, f := range instance.Friends {
		p := &s.Pupils[f[0]]
		p.Friends = append(p.Friends, pupilID(f[1]))
	}
	return s, nil
}

// readPanel gives no instance where r is a snapshot.
func readPanel(r io.Reader) (*matching.Snapshot, *panelInstance, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, nil, fmt.Errorf("read panel instance: %w", err)
	}
	var header struct{ Format string }
	if err := json.Unmarshal(text, &header); err != nil {
		return nil, nil, fmt.Errorf("read panel instance: %w", err)
	}
	switch header.Format {
	case matching.Format:
		s, err := matching.Read(bytes.NewReader(text))
		return s, nil, err
	case "ap-panel-1":
	default:
		return nil, nil, fmt.Errorf("read panel instance: expected the format ap-panel-1 or %s", matching.Format)
	}
	instance := &panelInstance{}
	if err := json.Unmarshal(text, instance); err != nil {
		return nil, nil, fmt.Errorf("read panel instance: %w", err)
	}
	if err := instance.check(); err != nil {
		return nil, nil, fmt.Errorf("read panel instance: %w", err)
	}
	return instance.snapshot(), instance, nil
}
