package matching

import (
	"encoding/gob"
	"os"
	"testing"
)

func TestGob(t *testing.T) {
	f, err := os.Open(os.Getenv("DEV"))
	if err != nil {
		t.Skip()
	}
	s, err := Read(f)
	if err != nil {
		t.Fatal(err)
	}
	e, err := New(s)
	if err != nil {
		t.Fatal(err)
	}
	m := e.planModel()
	m.problem.Company = nil
	g, _ := os.Create(os.Getenv("GOB"))
	if err := gob.NewEncoder(g).Encode(&m.problem); err != nil {
		t.Fatal(err)
	}
	g.Close()
}
