package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/report"
	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/matching"
)

// jsonFlag adds --json.
func jsonFlag(cmd *cobra.Command, asJSON *bool) {
	cmd.Flags().BoolVar(asJSON, "json", false, "write JSON, the same bytes for the same snapshot")
}

// writeJSON writes an answer: indented, without escapes for HTML, one newline at the end.
func (p *program) writeJSON(answer any) error {
	encoded, err := encode(answer, "")
	if err != nil {
		return err
	}
	if _, err := p.stdout.Write(append(encoded, '\n')); err != nil {
		return &writeError{err}
	}
	return nil
}

// encode is the JSON of an answer whose lines but the first begin with a prefix.
func encode(answer any, prefix string) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent(prefix, "  ")
	if err := encoder.Encode(answer); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// report writes an answer for a person.
func (p *program) report(e *matching.Engine, write func(r *report.Report)) error {
	s := screen.New(p.stdout)
	write(report.New(s, e))
	if err := s.Flush(); err != nil {
		return &writeError{err}
	}
	return nil
}

// An answer in both forms.
type answer struct {
	json any
	text func(r *report.Report) error
}

// write writes an answer in the form that is asked for.
func (p *program) write(e *matching.Engine, asJSON bool, a *answer) error {
	if asJSON {
		return p.writeJSON(a.json)
	}
	var failure error
	written := p.report(e, func(r *report.Report) { failure = a.text(r) })
	if failure != nil {
		return failure
	}
	return written
}

// A listWriter writes a JSON object that ends in one long list, without holding
// the list in memory.
type listWriter struct {
	w     *bufio.Writer
	items int
}

// newList begins an object with some members, in order, and a list of the given name.
func newList(w io.Writer, list string, members ...[2]string) (*listWriter, error) {
	l := &listWriter{w: bufio.NewWriterSize(w, 1<<16)}
	_, _ = l.w.WriteString("{\n") // the error is sticky: close returns it
	for _, member := range append(members, [2]string{list, ""}) {
		name, err := encode(member[0], "")
		if err != nil {
			return nil, err
		}
		_, _ = l.w.WriteString("  " + string(name) + ": ")
		if member[0] == list {
			break
		}
		value, err := encode(member[1], "")
		if err != nil {
			return nil, err
		}
		_, _ = l.w.WriteString(string(value) + ",\n")
	}
	_, _ = l.w.WriteString("[")
	return l, nil
}

// add writes one more item. Its error is that of the writing so far.
func (l *listWriter) add(item any) error {
	encoded, err := encode(item, "    ")
	if err != nil {
		return err
	}
	if l.items > 0 {
		_, _ = l.w.WriteString(",")
	}
	l.items++
	_, _ = l.w.WriteString("\n    ")
	if _, err := l.w.Write(encoded); err != nil {
		return &writeError{err}
	}
	return nil
}

func (l *listWriter) close() error {
	end := "]\n}\n"
	if l.items > 0 {
		end = "\n  " + end
	}
	_, _ = l.w.WriteString(end)
	if err := l.w.Flush(); err != nil {
		return &writeError{err}
	}
	return nil
}

// writeText writes an answer that is one text, as it is.
func (p *program) writeText(text string) error {
	if _, err := io.WriteString(p.stdout, text); err != nil {
		return &writeError{err}
	}
	return nil
}

// A sink remembers why writing failed, for code that tells errors of writing and others alike.
type sink struct {
	w   io.Writer
	err error
}

func (s *sink) Write(b []byte) (int, error) {
	n, err := s.w.Write(b)
	if err != nil {
		s.err = err
	}
	return n, err
}

// writeNew writes a file that is not there yet.
func writeNew(name, text string, mode os.FileMode) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if errors.Is(err, os.ErrExist) {
		return &answerError{fmt.Errorf("%s is there already, and is not replaced", name)}
	}
	if err != nil {
		return &answerError{err}
	}
	_, err = f.WriteString(text)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return &refusal{status: failed, err: err}
	}
	return nil
}
