package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// A fileLock keeps others from the same SQLite file. Its file stays beside the database,
// and says whether there has been one: a database that is missing is not made anew.
type fileLock struct{ file *os.File }

// errLocked is what a second server hears.
var errLocked = errors.New("store: another program has this database open")

func lockFile(path string) (*fileLock, error) {
	f, err := openLocked(path + ".lock")
	if err != nil {
		return nil, inTheWay(err)
	}
	return &fileLock{f}, nil
}

// inTheWay is an error of a file as one of the database, where that says what to do.
func inTheWay(err error) error {
	if errors.Is(err, fs.ErrNotExist) || hindrance(err) == "" {
		return err
	}
	return translate(err)
}

func (l *fileLock) release() error { return errors.Join(unlock(l.file), l.file.Close()) }

const madeHere = "There is a database beside this file. While it is missing, nobody makes another.\n"

// mark says that there is a database.
func (l *fileLock) mark() error {
	if _, err := l.file.WriteAt([]byte(madeHere), 0); err != nil {
		return err
	}
	return l.file.Sync()
}

// marked tells whether there has been a database at the path.
func marked(path string) bool {
	b, err := os.ReadFile(path + ".lock")
	return err == nil && len(b) > 0
}

// checkFile tells whether the file is there and only its owner can read or write it.
func checkFile(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && marked(path):
		return fmt.Errorf("store: the database %s is missing: panel restore brings it back from a backup", path)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("store: there is no database %s: panel migrate makes one", path)
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("store: %s is no file", path)
	}
	if runtime.GOOS == "windows" {
		return nil // which has no such modes
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(path + suffix)
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			return fmt.Errorf("store: others can read %s: chmod 600 mends that", path+suffix)
		}
	}
	folder, err := os.Stat(filepath.Dir(path))
	if err == nil && folder.Mode().Perm()&0o022 != 0 && folder.Mode()&fs.ModeSticky == 0 {
		return fmt.Errorf("store: others can replace files in %s: chmod 700 mends that", filepath.Dir(path))
	}
	return onThisMachine(path)
}

// makeFile makes an empty file, and its folder, for its owner alone.
func makeFile(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// syncFile brings a file, and its name, onto the disk.
func syncFile(path string) error {
	for _, p := range []string{path, filepath.Dir(path)} {
		if p != path && runtime.GOOS == "windows" {
			return nil // which can't sync folders
		}
		f, err := os.OpenFile(p, os.O_RDONLY, 0)
		if err != nil {
			return err
		}
		if err := errors.Join(f.Sync(), f.Close()); err != nil {
			return err
		}
	}
	return nil
}
