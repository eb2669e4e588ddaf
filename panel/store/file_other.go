//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package store

import (
	"errors"
	"os"
)

func openLocked(string) (*os.File, error) {
	return nil, errors.New("store: on this system no SQLite file can be kept from a second server; PostgreSQL can be used")
}

func unlock(*os.File) error { return nil } // closing does it
