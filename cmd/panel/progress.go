package main

import (
	"fmt"
	"io"
	"time"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
)

// A progress says on a terminal how far long work has come. On anything else,
// and for work that is soon done, it is silent.
type progress struct {
	w        io.Writer
	what     string
	next     time.Time
	terminal bool
	shown    bool
}

const (
	patience = 700 * time.Millisecond // before the first word
	pace     = 100 * time.Millisecond
)

func newProgress(w io.Writer, what string) *progress {
	return &progress{w: w, what: what, next: time.Now().Add(patience), terminal: screen.IsTerminal(w)}
}

// at says that so much is done.
func (p *progress) at(done, total int) {
	if !p.terminal {
		return
	}
	now := time.Now()
	if now.Before(p.next) {
		return
	}
	p.next, p.shown = now.Add(pace), true
	_, _ = fmt.Fprintf(p.w, "\r\x1b[K%s: %s of %s", p.what, text.Number(done), text.Number(total)) // progress is no answer
}

// end takes the line away.
func (p *progress) end() {
	if p.shown {
		_, _ = fmt.Fprint(p.w, "\r\x1b[K")
	}
}
