// Command witness is a second opinion on a journal. It was written from
// docs/reference/journal.md and shares no code with panel/audit, so that one mistake
// does not make both wrong. It says "ok" and the last entry, or what is wrong and at
// which entry; its exit status is 0 or 1.
//
//	go run ./panel/audit/witness journal.ndjson head.txt pub.key [start.txt]
package main

import (
	"bufio"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"log"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

func main() {
	if len(os.Args) < 4 || len(os.Args) > 5 {
		log.Fatal("usage: witness journal.ndjson head.txt pub.key [start.txt]")
	}
	journal, err := os.Open(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var notes [3]string
	for i, name := range os.Args[2:] {
		text, _ := os.ReadFile(name) // nobody signed what cannot be read
		notes[i] = string(text)
	}
	verdict, seq := judge(journal, notes[0], notes[1], notes[2])
	fmt.Println(verdict, seq)
	if verdict != "ok" {
		os.Exit(1)
	}
}

// judge returns the verdict and the entry: the last one for "ok", else the first bad one.
func judge(journal io.Reader, head, key, start string) (string, uint64) {
	headSeq, headHash, ok := open(head, key, "")
	next, prev := uint64(1), strings.Repeat("0", 64)
	if ok && start != "" {
		next, prev, ok = open(start, key, "start ")
	}
	if !ok {
		return "untrusted", 0
	}
	if headSeq == next-1 && headHash != prev {
		return "rewritten", headSeq
	}
	for lines := bufio.NewReader(journal); ; next++ {
		line, err := lines.ReadString('\n')
		if err == io.EOF && line == "" {
			break
		}
		m := form.FindStringSubmatch(line)
		switch {
		case m == nil || !fits(m):
			return "malformed", next
		case number(m[1]) > next:
			return "missing", next
		case number(m[1]) < next:
			return "repeated", next
		case m[15] != sum(m):
			return "edited", next
		case m[14] != prev:
			return "unlinked", next
		case headSeq == next && m[15] != headHash:
			return "rewritten", next
		}
		prev = m[15]
	}
	if headSeq >= next {
		return "cut", next
	}
	return "ok", next - 1
}

const num, code, id, hash = `(0|[1-9][0-9]{0,15})`, `[a-z0-9_.-]+`, `[A-Za-z0-9_.:/+=-]+`, `([0-9a-f]{64})`

// form is a line; its groups are the members after "v", from 1.
var form = regexp.MustCompile(`^\{"v":1,"seq":` + num + `,"at":` + num + `,"actor":"(` + id + `)","verb":"(` + code + `)","noun":"(` + code +
	`)","subject":"(|` + id + `)","pupils":` + list(`"`+id+`"`) + `,"request":"(|` + id + `)","purpose":"(|` + code +
	`)","classes":` + list(`"`+code+`"`) + `,"count":` + num + `,"outcome":"(done|denied|failed)","detail":` +
	list(`\["`+code+`","`+id+`"\]`) + `,"prev":"` + hash + `","hash":"` + hash + `"\}\n$`)

func list(item string) string { return `\[((?:` + item + `(?:,` + item + `)*)?)\]` }

func texts(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune(`[",]`, r) })
}

func number(digits string) uint64 {
	n, _ := strconv.ParseUint(digits, 10, 64) // the pattern saw to that
	return n
}

// fits holds a line to what the pattern leaves open: ranges, lengths, order.
func fits(m []string) bool {
	pupils, classes, keys, values := texts(m[7]), texts(m[10]), []string{}, []string{}
	for pair := range slices.Chunk(texts(m[13]), 2) {
		keys, values = append(keys, pair[0]), append(values, pair[1])
	}
	longer := func(most int) func(string) bool { return func(text string) bool { return len(text) > most } }
	ok := !slices.ContainsFunc(slices.Concat(m[3:4], m[6:7], pupils, m[8:9], values), longer(128)) &&
		!slices.ContainsFunc(slices.Concat(m[4:6], m[9:10], classes, keys), longer(64))
	for _, set := range [][]string{pupils, classes, keys} {
		ok = ok && slices.IsSorted(set) && len(slices.Compact(set)) == len(set)
	}
	return ok && len(pupils) <= 10000 && len(classes) <= 100 && len(keys) <= 100 && number(m[11]) <= 1e9 &&
		number(m[1]) >= 1 && number(m[1]) < 1<<53 && number(m[2]) >= 1 && number(m[2]) < 1<<53
}

// sum is the hash of a line's canonical bytes.
func sum(m []string) string {
	b := []byte("backontrack journal entry 1\n\x01")
	for i, list := range m[1:14] {
		parts := []string{list}
		switch i + 1 {
		case 1, 2, 11:
			b, parts = binary.BigEndian.AppendUint64(b, number(list)), nil
		case 7, 10, 13:
			parts = texts(list)
			b = binary.BigEndian.AppendUint32(b, uint32(len(parts)/(1+(i+1)/13))) // 13 has pairs
		}
		for _, text := range parts {
			b = append(binary.BigEndian.AppendUint32(b, uint32(len(text))), text...)
		}
	}
	prev, _ := hex.DecodeString(m[14])
	return fmt.Sprintf("%x", sha256.Sum256(append(b, prev...)))
}

// open reads a signed note: the number after word, and the hash, if the key signed it.
func open(note, key, word string) (seq uint64, hash string, ok bool) {
	name, rest, _ := strings.Cut(strings.TrimSuffix(key, "\n"), "+")
	_, rest, _ = strings.Cut(rest, "+")
	public, _ := base64.StdEncoding.DecodeString(rest)
	text, last, _ := strings.Cut(note, "\n\n")
	raw, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(last, "— "+name+" "))
	lines := strings.Split(text, "\n")
	keyID := sha256.Sum256([]byte(name + "\n" + string(public)))
	if len(public) != 33 || public[0] != 1 || len(raw) != 68 || len(lines) != 4 || lines[0] != name ||
		string(keyID[:4]) != string(raw[:4]) || !ed25519.Verify(public[1:], []byte(text+"\n"), raw[4:]) {
		return 0, "", false
	}
	digits, found := strings.CutPrefix(lines[1], word)
	root, _ := base64.StdEncoding.DecodeString(lines[2])
	seq, err := strconv.ParseUint(digits, 10, 64)
	return seq, hex.EncodeToString(root), found && err == nil && len(root) == 32
}
