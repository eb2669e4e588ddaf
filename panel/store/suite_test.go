package store_test

import (
	"testing"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/paneltest"
)

func TestStore(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		paneltest.StoreSuite(t, func(t testing.TB) panel.Store { return e.Open(t, nil) })
	})
}
