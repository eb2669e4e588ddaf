package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
)

// A planProgress shows on a terminal how far planning has come, in one line that
// it draws again and again. On anything else it is silent, as no log wants it.
type planProgress struct {
	w     io.Writer
	width int
	began time.Time

	mu    sync.Mutex
	last  *matching.Progress // nil: nothing heard yet
	shown bool

	ended   chan struct{}
	drawing sync.WaitGroup
}

func newPlanProgress(w io.Writer) *planProgress {
	p := &planProgress{w: w, width: screen.New(w).Width(), began: time.Now(), ended: make(chan struct{})}
	if screen.IsTerminal(w) {
		p.draw()
	}
	return p
}

// draw begins to draw: by the clock, and not when there is news, as time passes
// between news too.
func (p *planProgress) draw() {
	p.drawing.Go(func() {
		wait := time.NewTimer(patience)
		defer wait.Stop()
		for {
			select {
			case <-p.ended:
				return
			case <-wait.C:
				p.line("planning", " · Ctrl-C: stop at this plan", "")
				wait.Reset(pace)
			}
		}
	})
}

// at hears how far planning has come.
func (p *planProgress) at(now matching.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = &now
}

// end leaves a last line where one was drawn, and says how long planning took.
func (p *planProgress) end() time.Duration {
	close(p.ended)
	p.drawing.Wait()
	if p.shown {
		p.line("planned", "", "\n")
	}
	return time.Since(p.began)
}

// line draws the line in the place of the last one, with a hint where there is room.
func (p *planProgress) line(verb, hint, end string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.shown = true
	said := progressLine(verb, time.Since(p.began), p.last, p.width-1)
	if columns := len([]rune(said + hint)); columns < p.width {
		said += hint
	}
	_, _ = fmt.Fprint(p.w, "\r\x1b[K"+said+end) // progress is no answer
}

// progressLine says how far planning has come, in at most so many columns.
func progressLine(verb string, elapsed time.Duration, at *matching.Progress, columns int) string {
	said := fmt.Sprintf("%s %.1f s", verb, elapsed.Seconds())
	if at == nil {
		return said
	}
	parts := []string{
		fmt.Sprintf("%s of %s placed", text.Number(at.Placed), text.Number(at.Referrals)),
		text.Number(at.Objective) + " points",
	}
	if text.IsBound(at.Bound) {
		parts = append(parts, "at most "+text.Number(at.Bound), "gap "+text.Gap(at.Objective, at.Bound))
	}
	for _, part := range parts {
		if len([]rune(said+" · "+part)) > columns {
			break
		}
		said += " · " + part
	}
	return strings.TrimSpace(said)
}
