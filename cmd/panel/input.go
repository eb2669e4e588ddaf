package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
)

// faultsError is everything that is wrong with an input.
type faultsError struct {
	name   string
	faults matching.Faults
}

func (e *faultsError) Error() string {
	return text.Count(len(e.faults), "fault", "faults") + " in " + e.name
}

// inFlag adds --in.
func inFlag(cmd *cobra.Command, in *string) {
	cmd.Flags().StringVar(in, "in", "", "the snapshot: a `FILE` of JSON, or - for standard input")
	_ = cmd.MarkFlagRequired("in") // fails only for a flag that is not there
	_ = cmd.MarkFlagFilename("in", "json")
}

// planFlag adds --plan.
func planFlag(cmd *cobra.Command, plan *string, what string) {
	cmd.Flags().StringVar(plan, "plan", "", what+": a `FILE` of JSON, or - for standard input")
	_ = cmd.MarkFlagFilename("plan", "json")
}

// notBoth wants standard input to be read by one flag of two.
func notBoth(one, value, other, another string) error {
	if value == "-" && another == "-" {
		return fmt.Errorf("%s and %s can't both read standard input", one, other)
	}
	return nil
}

// readPlan reads a plan from a file, or from standard input.
func (p *program) readPlan(in string) (*matching.Plan, error) {
	name, r, err := p.open(in)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }() // it was only read
	plan, err := matching.ReadPlan(r)
	if err != nil {
		return nil, inputError(name, err)
	}
	return plan, nil
}

// engine reads a snapshot and makes an engine of it.
func (p *program) engine(in string) (*matching.Engine, error) {
	name, r, err := p.open(in)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }() // it was only read
	return newEngine(name, r)
}

func newEngine(name string, r io.Reader) (*matching.Engine, error) {
	s, err := matching.Read(r)
	if err != nil {
		return nil, inputError(name, err)
	}
	e, err := matching.New(s)
	if err != nil {
		return nil, inputError(name, err)
	}
	return e, nil
}

// open opens an input by its flag, and gives it a name for messages.
func (p *program) open(in string) (name string, r io.ReadCloser, err error) {
	if in == "-" {
		return "standard input", io.NopCloser(p.stdin), nil
	}
	f, err := os.Open(in)
	if err != nil {
		return "", nil, &answerError{err}
	}
	return in, f, nil
}

// inputError names the input, and counts its faults if it has any.
func inputError(name string, err error) error {
	if faults, ok := errors.AsType[matching.Faults](err); ok {
		return &faultsError{name, faults}
	}
	return &answerError{fmt.Errorf("%s: %w", name, err)}
}
