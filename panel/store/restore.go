package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	gormlite "gorm.io/driver/sqlite"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
)

// Restoring says what [Restore] may do that it would refuse.
type Restoring struct {
	Replace bool // the database that is there
	Damaged bool // go on although something in the backup does not hold together
}

// A Restored is what [Restore] did.
type Restored struct {
	Aside    string   // the file that keeps what was there; empty: nothing was
	Findings []string // what does not hold together in the backup, as [DB.Check] says it
}

// Restore puts a backup in the place of the SQLite file at path. It refuses while a
// program has that open; when there is a database, unless that may be replaced; and when
// something in the backup does not hold together, or with the chain of its journal. What was
// there is kept beside it, under a name that ends in ".replaced" or, if there is such a file
// already, a number after it. Until all is well, what is there stays as it is.
func Restore(ctx context.Context, from, path string, may Restoring) (Restored, error) {
	var out Restored
	if isPostgres(path) {
		return out, errServer
	}
	if err := checkName(path); err != nil {
		return out, err
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return out, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return out, err
	}
	held, err := lockFile(path)
	if err != nil {
		return out, err
	}
	defer held.release() //nolint:errcheck // it was only locked
	if _, err := os.Lstat(path); err == nil && !may.Replace {
		return out, fmt.Errorf("store: there is a database %s: it is replaced only when that is asked for", path)
	}
	if err := errors.Join(onThisMachine(path), sweep(path)); err != nil {
		return out, err
	}
	part := path + ".part"
	defer func() { _ = remove(part) }() // there only if something went wrong
	if err := copyFile(from, part); err != nil {
		return out, err
	}
	if err := whole(ctx, part); err != nil {
		return out, err
	}
	if out.Findings, err = examine(ctx, part); err != nil {
		return out, err
	}
	if len(out.Findings) > 0 && !may.Damaged {
		return out, panel.Errorf(panel.Corrupt, "the backup does not hold together")
	}
	if out.Aside, err = setAside(ctx, path); err != nil {
		return out, err
	}
	if err := os.Rename(part, path); err != nil {
		return out, err
	}
	return out, errors.Join(syncFile(path), held.mark())
}

// examine says all that does not hold together in a file that nobody else uses, and in the
// chain of its journal. Tables of an older version are as they were, and not examined.
func examine(ctx context.Context, path string) (findings []string, err error) {
	pool := copied.pool(path)
	s := &DB{dialect: sqliteDialect, clock: time.Now}
	defer done(pool)
	have, err := schemaVersion(ctx, sqliteDialect, pool)
	if err != nil {
		return nil, translate(err)
	}
	if want, err := latestVersion(sqliteDialect); err != nil || have < want {
		return nil, err
	}
	if s.readers, err = s.gorm(gormlite.New(gormlite.Config{Conn: pool}), nil); err != nil {
		return nil, err
	}
	if findings, err = s.Check(ctx); err != nil {
		return nil, err
	}
	err = s.run(ctx, ctx, s.readers, &s.dialect.view, func(tx panel.Tx) error {
		_, err := audit.Verify(tx.Journal().List(1), audit.Evidence{})
		return err
	})
	fault, broken := errors.AsType[audit.Fault](err)
	switch {
	case broken:
		findings = append(findings, fmt.Sprintf("journal %d: the chain is broken: %s", fault.Seq, fault.Code))
	case panel.KindOf(err) == panel.Corrupt:
		findings = append(findings, "journal: an entry can't be read")
	case err != nil:
		return nil, err
	}
	return findings, nil
}

// setAside keeps what is at the path under another name, complete, and takes away the log
// that would be taken for that of the restored file.
func setAside(ctx context.Context, path string) (aside string, err error) {
	if _, err := os.Lstat(path); err == nil {
		// What the log holds goes into the file, if it is one that SQLite can read.
		pool := migrating.pool(path)
		_, cut := pool.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
		if err := errors.Join(cut, pool.Close()); err != nil && ctx.Err() != nil {
			return "", translate(ctx.Err())
		}
		if aside, err = keep(path); err != nil {
			return "", err
		}
	}
	return aside, remove(path+"-wal", path+"-shm")
}

// keep copies a file and its log to a name that is free, the file last and at once.
func keep(path string) (aside string, err error) {
	for n := 1; ; n++ {
		aside = path + ".replaced"
		if n > 1 {
			aside = fmt.Sprintf("%s-%d", aside, n)
		}
		if free(aside) && free(aside+"-wal") {
			break
		}
	}
	if err := copyFile(path+"-wal", aside+"-wal"); err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	part := aside + ".part"
	if err := copyFile(path, part); err != nil {
		return "", errors.Join(err, remove(part))
	}
	return aside, errors.Join(os.Rename(part, aside), syncFile(aside))
}

func free(path string) bool {
	_, err := os.Lstat(path)
	return errors.Is(err, os.ErrNotExist)
}

// sweep removes what a run left that was killed. Whoever holds the lock is alone with these.
func sweep(path string) error {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return err
	}
	var left []string
	for _, e := range entries {
		if name := e.Name(); strings.HasPrefix(name, filepath.Base(path)+".replaced") && strings.HasSuffix(name, ".part") {
			left = append(left, filepath.Join(filepath.Dir(path), name))
		}
	}
	return remove(append(left, path+".part", path+".part-wal", path+".part-shm", path+".part-journal")...)
}

// remove removes files, if they are there.
func remove(paths ...string) error {
	var errs []error
	for _, path := range paths {
		if err := os.Remove(path); !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
