package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"example.org/backontrack/panel"
)

// errServer is what backup and restore say of PostgreSQL.
var errServer = errors.New("store: a PostgreSQL database is backed up by pg_dump and restored by pg_restore, or by archiving its log")

// Backup writes a copy of the database to a new file while the database is in use. The
// file is there when it is complete, on the disk and checked, and not before; one that is
// there already is not replaced.
func (s *DB) Backup(ctx context.Context, path string) error {
	if s.dialect != sqliteDialect {
		return errServer
	}
	pool, err := s.readers.DB()
	if err != nil {
		return err
	}
	return copyInto(ctx, pool, path)
}

func copyInto(ctx context.Context, pool *sql.DB, path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("store: %s is there already", path)
	}
	part := path + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := makeFile(part); err != nil { // SQLite would let others read it
		return err
	}
	if err := fill(ctx, pool, part); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	return syncFile(path)
}

func fill(ctx context.Context, pool *sql.DB, part string) error {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return translate(err)
	}
	defer done(conn)
	// The copy is no change of this database, but the setting does not know that.
	if _, err := conn.ExecContext(ctx, "PRAGMA query_only(0)"); err != nil {
		return translate(err)
	}
	_, err = conn.ExecContext(ctx, "VACUUM INTO ?", part)
	_, back := conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA query_only(1)")
	if err := errors.Join(err, back); err != nil {
		return translate(err)
	}
	if err := syncFile(part); err != nil {
		return err
	}
	return whole(ctx, part)
}

// whole checks a file that nobody else uses: one of ours, undamaged, every reference
// there, and of a version that this program knows.
func whole(ctx context.Context, path string) error {
	pool := copied.pool(path)
	defer done(pool)
	var id int
	if err := pool.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return translate(err)
	}
	if id != applicationID {
		return panel.Errorf(panel.Corrupt, "%s is no database of the panel", path)
	}
	said, err := sqliteIntegrity(ctx, pool)
	if err != nil {
		return translate(err)
	}
	if len(said) > 0 {
		return panel.Errorf(panel.Corrupt, "%s is damaged", path)
	}
	have, err := schemaVersion(ctx, sqliteDialect, pool)
	if err != nil {
		return translate(err)
	}
	want, err := latestVersion(sqliteDialect)
	if err != nil {
		return err
	}
	if have == 0 || have > want {
		return fmt.Errorf("store: %s is at version %d and this program at %d: a newer program is needed", path, have, want)
	}
	return nil
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer done(in)
	if err := os.Remove(to); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
