// Package audit is replaced by the branch that builds it.
package audit

// Pair is a code and its value.
type Pair struct{ Key, Value string }

// Entry is an entry.
type Entry struct {
	Seq        uint64
	At         int64
	Actor      string
	Verb       string
	Noun       string
	Subject    string
	Pupils     []string
	Request    string
	Purpose    string
	Classes    []string
	Count      int
	Outcome    string
	Detail     []Pair
	Prev, Hash [32]byte
}

// Head is a head.
type Head struct {
	Seq  uint64
	Hash [32]byte
}
