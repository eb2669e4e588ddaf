package store

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"example.org/backontrack/panel"
)

const (
	evidenceTable = "evidence"
	contentsTable = "contents"
)

type evidence struct{ tx *tx }

func (e evidence) query() *gorm.DB { return e.tx.db.Table(evidenceTable) }

func digest(b []byte) panel.Digest {
	sum := sha256.Sum256(b)
	return panel.Digest("sha256:" + hex.EncodeToString(sum[:]))
}

// Add keeps bytes, deflated: a snapshot is some ten times smaller so.
func (e evidence) Add(b []byte) (panel.Digest, error) {
	if err := e.tx.usable(true); err != nil {
		return "", err
	}
	id := digest(b)
	var there int64
	if err := e.query().Where("id = ?", string(id)).Count(&there).Error; err != nil {
		return "", e.tx.latch(err)
	}
	if there > 0 {
		return id, nil
	}
	packed, err := pack(b)
	if err != nil {
		return "", err
	}
	// On PostgreSQL somebody else may add the same at this moment.
	row := map[string]any{"id": string(id), "size": len(b), "packed": packed}
	if err := e.query().Clauses(clause.OnConflict{DoNothing: true}).Create(row).Error; err != nil {
		return "", e.tx.latch(err)
	}
	e.tx.mark(evidenceTable, string(id), sha256.Sum256(b))
	return id, nil
}

func (e evidence) Get(id panel.Digest) ([]byte, error) {
	if err := e.tx.usable(false); err != nil {
		return nil, err
	}
	var found struct {
		Size   int
		Packed []byte
	}
	err := e.query().Select("size", "packed").Where("id = ?", string(id)).Take(&found).Error
	if err != nil {
		return nil, e.tx.missing(err, evidenceTable)
	}
	return unpack(id, found.Size, found.Packed)
}

func pack(b []byte) ([]byte, error) {
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	_, err = w.Write(b)
	err = errors.Join(err, w.Close())
	return packed.Bytes(), err
}

// unpack gives the bytes back, if they are those that the digest names.
func unpack(id panel.Digest, size int, packed []byte) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), int64(size)+1))
	if err != nil || digest(b) != id {
		return nil, panel.Errorf(panel.Corrupt, "the evidence %s is not what its digest says", id)
	}
	return b, nil
}

type contents struct{ tx *tx }

func (c contents) query() *gorm.DB { return c.tx.db.Table(contentsTable) }

func (c contents) Add(id panel.DocumentID, b []byte) error {
	if err := c.tx.usable(true); err != nil {
		return err
	}
	if b == nil {
		b = []byte{} // nothing, which is not NULL
	}
	if err := c.query().Create(map[string]any{"id": string(id), "bytes": b}).Error; err != nil {
		return c.tx.latch(err)
	}
	c.tx.mark(contentsTable, string(id), sha256.Sum256(b))
	return nil
}

func (c contents) Get(id panel.DocumentID) ([]byte, error) {
	if err := c.tx.usable(false); err != nil {
		return nil, err
	}
	var found struct{ Bytes []byte }
	err := c.query().Select("bytes").Where("id = ?", string(id)).Take(&found).Error
	return found.Bytes, c.tx.missing(err, contentsTable)
}

func (c contents) Delete(id panel.DocumentID) error {
	if err := c.tx.usable(true); err != nil {
		return err
	}
	done := c.query().Where("id = ?", string(id)).Delete(nil)
	if done.Error != nil {
		return c.tx.latch(done.Error)
	}
	if done.RowsAffected == 0 {
		return notFound(contentsTable)
	}
	c.tx.mark(contentsTable, string(id), gone)
	return nil
}
