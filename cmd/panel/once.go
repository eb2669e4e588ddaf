package main

import (
	"context"
	"errors"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/store"
)

// joined is a store whose transactions are all part of one that is under way: verbs that
// are many in an import are stored together, or not at all.
type joined struct{ tx panel.Tx }

func (j joined) View(_ context.Context, fn func(panel.Tx) error) error   { return fn(j.tx) }
func (j joined) Update(_ context.Context, fn func(panel.Tx) error) error { return fn(j.tx) }

// errTried ends a transaction that was only tried.
var errTried = errors.New("tried")

// once runs verbs in one transaction, and stores nothing when try is set. The work may be
// run again from the start.
func once(ctx context.Context, db *store.DB, try bool, work func(*panel.Service) error) error {
	return onceIn(ctx, db, try, func(_ panel.Tx, s *panel.Service) error { return work(s) })
}

// onceIn is once for work that also looks at what the verbs don't list.
func onceIn(ctx context.Context, db *store.DB, try bool, work func(panel.Tx, *panel.Service) error) error {
	err := db.Update(ctx, func(tx panel.Tx) error {
		if err := work(tx, panel.New(joined{tx}, panel.Options{})); err != nil {
			return err
		}
		if try {
			return errTried
		}
		return nil
	})
	if errors.Is(err, errTried) {
		return nil
	}
	return err
}
