package demo

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"
	"sync"
	"time"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
)

// A Clock is the time of the demonstration. It stands still until the script moves it, so
// that the same script gives the same bytes. It is the clock of the store that the demo
// authority is loaded into.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock that stands on the morning of the first school day after the
// autumn half-term, which is when Thornmere begins to keep its records here.
func NewClock() *Clock {
	c := &Clock{}
	c.set(firstDay, 8, 0)
	return c
}

var firstDay = calendar.MustDate("2026-11-02")

// Now is the time that the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// today is the day that the clock shows.
func (c *Clock) today() calendar.Date { return panel.Day(c.Now()) }

// set moves the clock on to an hour of a day. It never goes back.
func (c *Clock) set(day calendar.Date, hour, minute int) {
	at := time.Unix(int64(day)*24*60*60, 0).UTC()
	at = time.Date(at.Year(), at.Month(), at.Day(), hour, minute, 0, 0, london)
	c.mu.Lock()
	defer c.mu.Unlock()
	if at.After(c.now) {
		c.now = at
	}
}

// tick lets a little time pass between one verb and the next.
func (c *Clock) tick() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(7 * time.Second)
}

var london = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err) // package panel brings the zone along
	}
	return l
}()

// NewIDs returns identifiers that look like those of a server, and are the same each time:
// what [panel.Options] wants for a demonstration that repeats.
func NewIDs() func() string {
	var mu sync.Mutex
	n := 0
	return func() string {
		mu.Lock()
		defer mu.Unlock()
		n++
		sum := sha256.Sum256(fmt.Appendf(nil, "thornmere %d", n))
		return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:26]
	}
}
