package demo_test

import (
	"testing"
	"time"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/demo"
	"example.org/backontrack/panel/paneltest"
)

// thornmere loads the demo authority into a database of its own.
func thornmere(t *testing.T, e paneltest.Engine) (*panel.Service, *demo.Loaded) {
	t.Helper()
	clock := demo.NewClock()
	s := panel.New(e.Open(t, clock.Now), panel.Options{NewID: demo.NewIDs()})
	began := time.Now()
	loaded, err := demo.Load(t.Context(), s, clock)
	if err != nil {
		t.Fatalf("%v\n%s", err, told(err))
	}
	t.Logf("loaded in %v", time.Since(began))
	return s, loaded
}
