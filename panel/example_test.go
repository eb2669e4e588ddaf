package panel_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/demo"
	"example.org/backontrack/panel/store"
)

// A program opens a store, makes a service of it, and says in whose name it asks.
func Example() {
	ctx := context.Background()
	folder, err := os.MkdirTemp("", "panel")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	clock := demo.NewClock() // a server leaves Clock out, and goes by the machine's
	options := store.Options{Database: filepath.Join(folder, "panel.db"), Clock: clock.Now}
	if _, err := store.Migrate(ctx, options); err != nil {
		log.Fatal(err)
	}
	db, err := store.Open(ctx, options)
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = db.Close() }()

	service := panel.New(db, panel.Options{NewID: demo.NewIDs()})
	loaded, err := demo.Load(ctx, service, clock)
	if err != nil {
		log.Fatal(err)
	}
	officer := panel.As(ctx, panel.Caller{Person: demo.Panel().Coordinator, Purpose: "panel"})
	ranked, err := service.Rank(officer, "", loaded.Referrals["r02"])
	if err != nil {
		log.Fatal(err)
	}
	var answer struct {
		Ranking []struct{ Stays []matching.Stay }
	}
	if err := json.Unmarshal(ranked.Answer, &answer); err != nil {
		log.Fatal(err)
	}
	fmt.Println("first:", answer.Ranking[0].Stays[0].Group)

	// Somebody who may not rank is told so, and the journal has it.
	admin := panel.As(ctx, panel.Caller{Person: demo.Panel().Admin})
	_, err = service.Rank(admin, "", loaded.Referrals["r02"])
	fmt.Println(panel.KindOf(err) == panel.Forbidden)

	same, err := service.Recompute(officer, ranked.Record.ID)
	fmt.Println("the same, years later:", same, err)
	// Output:
	// first: craft-kiln-b
	// true
	// the same, years later: true <nil>
}
