package store_test

import (
	"path/filepath"
	"testing"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/paneltest"
	"example.org/backontrack/panel/store"
)

// BenchmarkFresh is a new SQLite file with its tables, opened.
func BenchmarkFresh(b *testing.B) {
	for b.Loop() {
		path := filepath.Join(b.TempDir(), "panel.db")
		if _, err := store.Migrate(b.Context(), store.Options{Database: path}); err != nil {
			b.Fatal(err)
		}
		s, err := store.Open(b.Context(), store.Options{Database: path})
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkUpdate is one journalled write, on the disk.
func BenchmarkUpdate(b *testing.B) {
	path := filepath.Join(b.TempDir(), "panel.db")
	if _, err := store.Migrate(b.Context(), store.Options{Database: path}); err != nil {
		b.Fatal(err)
	}
	s := paneltest.OpenAt(b, path, nil)
	o := panel.Outcode{ID: "o"}
	if err := s.Update(b.Context(), func(tx panel.Tx) error { return tx.Outcodes().Add(&o) }); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := s.Update(b.Context(), func(tx panel.Tx) error {
			return errorsOf(tx.Outcodes().Put(&o), tx.Journal().Append(entry()))
		}); err != nil {
			b.Fatal(err)
		}
	}
}
