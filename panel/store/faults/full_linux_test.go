package faults_test

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"example.org/backontrack/panel"
)

// insideVariable says to a test that it runs in a program of its own, in this folder.
const insideVariable = "PANEL_FAULTS_INSIDE"

// room is the size of the disk that fills up.
const room = 6 << 20

// A disk is where files can be refused room.
type disk interface {
	// fill leaves about so many bytes.
	fill(t *testing.T, leave int)
	free(t *testing.T)
}

// TestDU4_diskFull fills a real file system: a small one in memory that only this test sees.
func TestDU4_diskFull(t *testing.T) {
	t.Parallel()
	folder := os.Getenv(insideVariable)
	if folder == "" {
		ownProgram(t, ownMounts())
		return
	}
	mountSmall(t, folder, room)
	outlive(t, folder, &ballast{path: filepath.Join(folder, "ballast")})
}

// TestDU4_fileTooLarge does the same for a file that may not grow, which needs no rights.
func TestDU4_fileTooLarge(t *testing.T) {
	t.Parallel()
	folder := os.Getenv(insideVariable)
	if folder == "" {
		ownProgram(t, nil)
		return
	}
	outlive(t, folder, limitFiles(filepath.Join(folder, "panel.db-wal")))
}

// ownProgram runs this test again in a program of its own.
func ownProgram(t *testing.T, how *syscall.SysProcAttr) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	inside := exec.Command(self, "-test.v", "-test.count=1", "-test.run=^"+t.Name()+"$")
	inside.Env = append(os.Environ(), insideVariable+"="+t.TempDir())
	inside.SysProcAttr = how
	var out strings.Builder
	inside.Stdout, inside.Stderr = &out, &out
	err = run(inside)
	if err == nil {
		err = inside.Wait()
	}
	if how != nil && errors.Is(err, syscall.EPERM) || strings.Contains(out.String(), "--- SKIP") {
		t.Skipf("this user may not mount a file system here: the test of a full disk is left out\n%s", &out)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	t.Logf("%s", &out)
}

// outlive has a store on a disk that fills up, and frees it again.
func outlive(t *testing.T, folder string, disk disk) {
	t.Helper()
	dsn := filepath.Join(folder, "panel.db")
	store := opened(t, dsn)
	if err := furnish(t.Context(), store); err != nil {
		t.Fatal(err)
	}
	acknowledged := decideSome(t, store, 5) // few: once the log is long, SQLite begins it again and needs no room
	for _, leave := range []int{200_000, 60_000, 20_000, 4_096, 0} {
		disk.fill(t, leave)
		acknowledged = append(acknowledged, decideUntilRefused(t, store)...)
		wantWhole(t, store, acknowledged)
	}
	lookUntilRefused(t, store, acknowledged[0])
	for range 20 {
		id := panel.NewID()
		if err := decide(t.Context(), store, id, 0); panel.KindOf(err) != panel.Unavailable {
			t.Errorf("deciding with a full disk: %v, want %v", err, panel.Unavailable)
		}
		r, err := look(t.Context(), store, acknowledged[0])
		if panel.KindOf(err) != panel.Unavailable || r.ID != "" {
			t.Errorf("reading a record with a full disk: %v, want %v: the journal cannot say that it was read", err, panel.Unavailable)
		}
	}
	before := wantWhole(t, store, acknowledged)
	disk.free(t)
	acknowledged = append(acknowledged, decideSome(t, store, 20)...)
	if _, err := look(t.Context(), store, acknowledged[0]); err != nil {
		t.Errorf("reading a record once there is room again: %v", err)
	}
	wantSound(t, store)
	after := wantWhole(t, store, acknowledged)
	closed(t, store)
	store = opened(t, dsn)
	if again := wantWhole(t, store, acknowledged); again != after {
		t.Errorf("opened again: %+v, before %+v", again, after)
	}
	t.Logf("%d decisions before the disk was full, %d after", before.decisions, after.decisions)
}

func decideSome(t *testing.T, store panel.Store, times int) (acknowledged []string) {
	t.Helper()
	for turn := range times {
		id := panel.NewID()
		if err := decide(t.Context(), store, id, turn); err != nil {
			t.Fatalf("decision %d: %v", turn+1, err)
		}
		acknowledged = append(acknowledged, id)
	}
	return acknowledged
}

// decideUntilRefused decides until there is no room left.
func decideUntilRefused(t *testing.T, store panel.Store) (acknowledged []string) {
	t.Helper()
	for range 1000 {
		id := panel.NewID()
		err := decide(t.Context(), store, id, 0)
		if err == nil {
			acknowledged = append(acknowledged, id)
			continue
		}
		if panel.KindOf(err) != panel.Unavailable {
			t.Errorf("with no room left: %v, want %v", err, panel.Unavailable)
		}
		return acknowledged
	}
	t.Fatal("1,000 decisions and the disk is not full")
	return nil
}

// lookUntilRefused reads a record until there is no room for that, either: it takes less
// than a decision, and finds some in the log, where a decision had begun.
func lookUntilRefused(t *testing.T, store panel.Store, id string) {
	t.Helper()
	for range 1000 {
		if _, err := look(t.Context(), store, id); err != nil {
			if panel.KindOf(err) != panel.Unavailable {
				t.Errorf("with no room left: %v, want %v", err, panel.Unavailable)
			}
			return
		}
	}
	t.Fatal("1,000 readings and the disk is not full")
}

// ownMounts gives a program file systems of its own: root may have them, and others
// where the system lets them be root of nothing else.
func ownMounts() *syscall.SysProcAttr {
	if os.Geteuid() == 0 {
		return &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	}
	return &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWNS | syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
}

// mountSmall mounts a file system of so many bytes, for this program only.
func mountSmall(t *testing.T, folder string, size int) {
	t.Helper()
	private := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, "")
	if err := first(private, syscall.Mount("tmpfs", folder, "tmpfs", 0, "size="+strconv.Itoa(size))); err != nil {
		t.Skipf("cannot mount: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(folder, syscall.MNT_DETACH) })
}

// ballast is a file that takes up the room.
type ballast struct{ path string }

func (b *ballast) fill(t *testing.T, leave int) {
	t.Helper()
	var fs syscall.Statfs_t
	if err := syscall.Statfs(filepath.Dir(b.path), &fs); err != nil {
		t.Fatal(err)
	}
	size := int(fs.Bavail)*int(fs.Bsize) - leave
	file, err := os.OpenFile(b.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write(make([]byte, max(0, size))); err != nil && !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
}

func (b *ballast) free(t *testing.T) {
	t.Helper()
	if err := os.Remove(b.path); err != nil {
		t.Fatal(err)
	}
}

// A limit is on the size of each file that this program writes, of which the log alone
// grows. Where none is left, what the files hold may not be written over either.
type limit struct{ log string }

func limitFiles(log string) *limit {
	signal.Ignore(syscall.SIGXFSZ) // the write fails, and that is all
	return &limit{log: log}
}

func (l *limit) fill(t *testing.T, leave int) {
	t.Helper()
	log, err := os.Stat(l.log)
	if err != nil {
		t.Fatal(err)
	}
	if leave == 0 {
		set(t, 0)
		return
	}
	set(t, uint64(log.Size())+uint64(leave))
}

func (l *limit) free(t *testing.T) {
	t.Helper()
	var now syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &now); err != nil {
		t.Fatal(err)
	}
	set(t, now.Max)
}

func set(t *testing.T, size uint64) {
	t.Helper()
	var now syscall.Rlimit
	err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &now)
	now.Cur = size
	if err := first(err, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &now)); err != nil {
		t.Fatal(err)
	}
}
