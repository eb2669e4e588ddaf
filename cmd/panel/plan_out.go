package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// checkOut finds out before a long search whether its plan can be kept: there has
// to be a folder, and no folder of the file's name.
func checkOut(name string) error {
	if name == "" {
		return nil
	}
	if at, err := os.Stat(name); err == nil && at.IsDir() {
		return &answerError{fmt.Errorf("--out: %s is a folder", name)}
	}
	if at, err := os.Stat(filepath.Dir(name)); err != nil || !at.IsDir() {
		return &answerError{fmt.Errorf("--out: there is no folder %s", filepath.Dir(name))}
	}
	return nil
}

// keep writes an answer to a file, whole or not at all: whoever reads it meanwhile
// finds what was there before.
func keep(name string, answer any) error {
	encoded, err := encode(answer, "")
	if err != nil {
		return err
	}
	encoded = append(encoded, '\n')
	if to, err := filepath.EvalSymlinks(name); err == nil {
		name = to // else it is not there yet
	}
	mode := os.FileMode(0o644)
	if at, err := os.Stat(name); err == nil {
		if !at.Mode().IsRegular() {
			return keepError(os.WriteFile(name, encoded, mode)) // a pipe or a device: nothing to replace
		}
		mode = at.Mode().Perm() // who may read it stays as it was
	}
	return keepError(replace(name, encoded, mode))
}

func keepError(err error) error {
	if err != nil {
		return &writeError{err}
	}
	return nil
}

// replace puts a file in the place of another. The new one stands beside it until it is whole.
func replace(name string, text []byte, mode os.FileMode) error {
	beside := filepath.Join(filepath.Dir(name), fmt.Sprintf(".%s.%d", filepath.Base(name), os.Getpid()))
	f, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(beside, name)
	}
	if err != nil {
		_ = os.Remove(beside) // the first error is the one to tell
	}
	return err
}
