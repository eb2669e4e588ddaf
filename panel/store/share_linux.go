package store

import (
	"fmt"
	"path/filepath"
	"syscall"
)

// shares are the kinds of file system on which locks and the log's shared memory fail:
// NFS, SMB, CIFS, SMB2.
var shares = map[uint32]bool{0x6969: true, 0x517b: true, 0xff534d42: true, 0xfe534d42: true}

func onThisMachine(path string) error {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(filepath.Dir(path), &fs); err != nil {
		return err
	}
	if shares[uint32(fs.Type)] {
		return fmt.Errorf("store: %s is on another machine: an SQLite file has to be on a disk of this one", path)
	}
	return nil
}
