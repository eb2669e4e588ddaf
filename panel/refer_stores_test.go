package panel_test

import (
	"testing"
	"time"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/paneltest"
)

// referTime is the time of all that happens in the tests of referrals: a Monday morning.
func referTime() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }

// eachStore runs a test on a store of its own on every engine.
func eachStore(t *testing.T, test func(*testing.T, panel.Store)) {
	t.Helper()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		t.Helper()
		test(t, e.Open(t, referTime))
	})
}
