package audit

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"
	"slices"
)

// Evidence is what a verifier knows of a journal from elsewhere. Without any, Verify
// finds whatever breaks the chain, but no tail that was cut and no chain that was
// computed anew from some entry to the end.
type Evidence struct {
	Trusted []PublicKey  // whose signatures count
	Heads   []SignedHead // exported earlier, in any order
	Start   *SignedStart // of a journal whose front was pruned
}

// A Report is what Verify found, up to the first fault.
type Report struct {
	Entries   uint64 // found good
	Head      Head   // the last good entry
	Heads     int    // of the evidence that were found in the journal
	Confirmed uint64 // the latest of these: whatever comes after could be cut unseen
	Older     int    // heads from before the start of a pruned journal, which say nothing now
	Skew      Skew
}

// A Skew is a clock that was set back. It breaks no chain and is no fault.
type Skew struct {
	Times uint64 // how often an entry is earlier than the one before
	First uint64 // the first such entry
	Most  int64  // by how many microseconds at most
}

// A Code says what is wrong with a journal. docs/reference/journal.md describes them.
type Code string

// The faults of a journal.
const (
	Untrusted Code = "untrusted" // a head or a start that no trusted key signed
	Malformed Code = "malformed" // a row that cannot be an entry
	Missing   Code = "missing"   // a later entry stands where this one should
	Repeated  Code = "repeated"  // an earlier entry stands where this one should
	Edited    Code = "edited"    // the hash is not that of the entry
	Unlinked  Code = "unlinked"  // the entry does not follow from the one before
	Rewritten Code = "rewritten" // another entry than a head had signed
	Cut       Code = "cut"       // the journal ends before a head that was signed
)

// A Fault is the first thing wrong with a journal.
type Fault struct {
	Code  Code
	Seq   uint64 // where it shows; 0 for Untrusted
	Since uint64 // the first entry that may be wrong: earlier than Seq where only a later one shows it
}

// Error names the entry and what is wrong with it.
func (f Fault) Error() string {
	return fmt.Sprintf("journal: entry %d: %s", f.Seq, f.Code)
}

// Verify reads a journal from its first entry to its last and stops at the first
// fault, which it returns as a [Fault]. Any other error is one of reading. Its memory
// does not grow with the journal.
//
// While others append, read the heads first and the entries later: then no head can
// be ahead of the entries.
func Verify(entries iter.Seq2[Entry, error], evidence Evidence) (Report, error) {
	c, err := newChain(evidence)
	if err != nil {
		return c.report, err
	}
	for e, err := range entries {
		switch {
		case errors.Is(err, ErrMalformed):
			return c.report, c.fault(Malformed)
		case err != nil:
			return c.report, fmt.Errorf("reading entry %d of the journal: %w", c.next.Seq, err)
		}
		if err := c.add(e); err != nil {
			return c.report, err
		}
	}
	if len(c.heads) > 0 {
		return c.report, c.fault(Cut)
	}
	return c.report, nil
}

// A chain is what has to be known of the entries so far.
type chain struct {
	report Report
	next   Start        // what the next entry has to be
	at     int64        // of the last entry; 0 before the first
	since  uint64       // the first entry that no head has confirmed
	heads  []SignedHead // that are still ahead, the next first
	buffer []byte
}

func newChain(evidence Evidence) (*chain, error) {
	c := &chain{next: Start{Seq: 1}}
	untrusted := func(h SignedHead) bool { return !h.SignedBy(evidence.Trusted...) }
	if slices.ContainsFunc(evidence.Heads, untrusted) {
		return c, Fault{Code: Untrusted}
	}
	if s := evidence.Start; s != nil {
		if s.Start.Seq < 1 || !s.SignedBy(evidence.Trusted...) {
			return c, Fault{Code: Untrusted}
		}
		c.next = s.Start
	}
	c.since = c.next.Seq
	c.heads = slices.SortedFunc(slices.Values(evidence.Heads), func(a, b SignedHead) int {
		return cmp.Compare(a.Head.Seq, b.Head.Seq)
	})
	for len(c.heads) > 0 && c.heads[0].Head.Seq < c.next.Seq-1 {
		c.heads = c.heads[1:]
		c.report.Older++
	}
	c.report.Head = Head{Seq: c.next.Seq - 1, Hash: c.next.Prev}
	return c, c.meetHeads()
}

// add takes one more entry, or says what is wrong with it. Reading refuses much of it
// already; a table of a database does not.
func (c *chain) add(e Entry) error {
	switch {
	case e.Check() != nil:
		return c.fault(Malformed)
	case e.Seq > c.next.Seq:
		return c.fault(Missing)
	case e.Seq < c.next.Seq:
		return c.fault(Repeated)
	}
	c.buffer = e.tagged(c.buffer[:0])
	switch {
	case sha256.Sum256(c.buffer) != e.Hash:
		return c.fault(Edited)
	case e.Prev != c.next.Prev:
		f := c.fault(Unlinked)
		f.Since = max(f.Since-1, c.since) // it may as well be the one before, with its own hash
		return f
	}
	c.see(e)
	return c.meetHeads()
}

func (c *chain) see(e Entry) {
	if e.At < c.at {
		c.report.Skew.Times++
		c.report.Skew.First = cmp.Or(c.report.Skew.First, e.Seq)
		c.report.Skew.Most = max(c.report.Skew.Most, c.at-e.At)
	}
	c.at = e.At
	c.report.Entries++
	c.report.Head = e.Head()
	c.next = Start{Seq: e.Seq + 1, Prev: e.Hash}
}

// meetHeads compares the last entry with the heads that were signed there: their
// hashes, as a chain that was computed anew has the same numbers.
func (c *chain) meetHeads() error {
	for len(c.heads) > 0 && c.heads[0].Head.Seq == c.report.Head.Seq {
		if c.heads[0].Head != c.report.Head {
			return Fault{Code: Rewritten, Seq: c.report.Head.Seq, Since: min(c.since, c.report.Head.Seq)}
		}
		c.heads = c.heads[1:]
		c.report.Heads++
		c.report.Confirmed = c.report.Head.Seq
		c.since = c.next.Seq
	}
	return nil
}

func (c *chain) fault(code Code) Fault {
	return Fault{Code: code, Seq: c.next.Seq, Since: c.next.Seq}
}
