package demo_test

import (
	"testing"
	"time"

	"example.org/backontrack/panel/demo"
	"example.org/backontrack/panel/paneltest"
)

func TestHold(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		s, loaded := thornmere(t, e)
		began := time.Now()
		held, err := demo.Hold(t.Context(), s, loaded, func(line string) { t.Log(line) })
		if err != nil {
			t.Fatal(err, told(err))
		}
		t.Logf("held in %v", time.Since(began))
		_ = held
	})
}
