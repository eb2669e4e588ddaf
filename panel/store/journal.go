package store

import (
	"encoding/json"
	"errors"
	"iter"
	"slices"

	"gorm.io/gorm"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
)

const journalTable = "journal"

type journal struct{ tx *tx }

func (j journal) query() *gorm.DB { return j.tx.db.Table(journalTable) }

// A journalBody is what an entry says, without its place in the chain, which has columns.
type journalBody struct {
	At      int64
	Actor   string
	Verb    string
	Noun    string
	Subject string
	Pupils  []string
	Request string
	Purpose string
	Classes []string
	Count   int
	Outcome string
	Detail  []audit.Pair
}

type journalRow struct {
	Seq  int64
	Prev []byte
	Hash []byte
	Body string
}

// Append keeps the entry until the transaction is about to commit: only then is its place
// in the chain known, and nobody has to wait for the end of the chain longer than that.
func (j journal) Append(e audit.Entry) error {
	if err := j.tx.usable(true); err != nil {
		return err
	}
	if slices.ContainsFunc(e.Detail, func(p audit.Pair) bool { return p.Key == writtenKey }) {
		return errors.New("store: what an entry has written is for the store to say")
	}
	e.Seq, e.Prev, e.Hash = 0, [32]byte{}, [32]byte{}
	e.At = j.tx.now.UnixMicro()
	j.tx.entries = append(j.tx.entries, e)
	return nil
}

// Head is the last entry that is stored.
func (j journal) Head() (audit.Head, error) {
	if err := j.tx.usable(false); err != nil {
		return audit.Head{}, err
	}
	return j.head()
}

func (j journal) head() (audit.Head, error) {
	var last journalRow
	err := j.query().Select("seq", "hash").Order("seq DESC").Limit(1).Take(&last).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return audit.Head{}, nil
	}
	if err != nil {
		return audit.Head{}, j.tx.latch(err)
	}
	if len(last.Hash) != 32 {
		return audit.Head{}, errChain
	}
	return audit.Head{Seq: uint64(last.Seq), Hash: [32]byte(last.Hash)}, nil
}

var errChain = panel.Errorf(panel.Corrupt, "a hash of the journal is not one")

// List yields what is stored. Who has a hash of his own has to compare: see audit.Verify.
func (j journal) List(from uint64) iter.Seq2[audit.Entry, error] {
	return func(yield func(audit.Entry, error) bool) {
		for {
			rows, err := j.read(from)
			if err != nil {
				yield(audit.Entry{}, err)
				return
			}
			for _, r := range rows {
				e, err := r.entry()
				if !yield(e, err) || err != nil {
					return
				}
			}
			if len(rows) < chunk {
				return
			}
			from = uint64(rows[len(rows)-1].Seq) + 1
		}
	}
}

func (j journal) read(from uint64) ([]journalRow, error) {
	if err := j.tx.usable(false); err != nil {
		return nil, err
	}
	var rows []journalRow
	err := j.query().Where("seq >= ?", int64(min(from, 1<<62))).Order("seq").Limit(chunk).Find(&rows).Error
	return rows, j.tx.latch(err)
}

func (r journalRow) entry() (audit.Entry, error) {
	var b journalBody
	if len(r.Prev) != 32 || len(r.Hash) != 32 {
		return audit.Entry{}, errChain
	}
	if err := json.Unmarshal([]byte(r.Body), &b); err != nil {
		return audit.Entry{}, panel.Errorf(panel.Corrupt, "entry %d of the journal can't be read", r.Seq)
	}
	return audit.Entry{
		Seq: uint64(r.Seq), At: b.At, Actor: b.Actor, Verb: b.Verb, Noun: b.Noun, Subject: b.Subject, Pupils: b.Pupils,
		Request: b.Request, Purpose: b.Purpose, Classes: b.Classes, Count: b.Count, Outcome: b.Outcome, Detail: b.Detail,
		Prev: [32]byte(r.Prev), Hash: [32]byte(r.Hash),
	}, nil
}

func rowOf(e audit.Entry) (map[string]any, error) {
	body, err := json.Marshal(journalBody{
		At: e.At, Actor: e.Actor, Verb: e.Verb, Noun: e.Noun, Subject: e.Subject, Pupils: e.Pupils,
		Request: e.Request, Purpose: e.Purpose, Classes: e.Classes, Count: e.Count, Outcome: e.Outcome, Detail: e.Detail,
	})
	if err != nil {
		return nil, err
	}
	return map[string]any{"seq": int64(e.Seq), "prev": e.Prev[:], "hash": e.Hash[:], "body": string(body)}, nil
}

// writeJournal chains what the transaction has appended. It takes the end of the chain
// last of all locks, so that no two transactions wait for each other.
func (t *tx) writeJournal() error {
	t.nameMarks()
	if len(t.entries) == 0 {
		return nil
	}
	if err := t.store.dialect.holdJournal(t); err != nil {
		return translate(err)
	}
	j := journal{t}
	head, err := j.head()
	if err != nil {
		return err
	}
	for _, e := range t.entries {
		e = audit.Next(head, e)
		head = e.Head()
		r, err := rowOf(e)
		if err != nil {
			return err
		}
		if err := j.query().Create(r).Error; err != nil {
			return t.latch(err)
		}
	}
	return t.writeMarks(head.Seq)
}
