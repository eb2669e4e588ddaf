package audit_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/panel/audit"
)

func TestHead_textAndBack(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 20} {
		want := headOf(t, journal(20), n)
		got, err := audit.ParseHead(want.Text())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-signed +parsed):\n%s", diff)
		}
		if !got.SignedBy(key(t).Public()) || got.SignedBy() {
			t.Error("signed by the key, and by it alone")
		}
		raw, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var kept audit.SignedHead
		if err := json.Unmarshal(raw, &kept); err != nil || kept != want {
			t.Errorf("kept as JSON: %+v, %v", kept, err)
		}
	}
}

func TestStart_textAndBack(t *testing.T) {
	t.Parallel()
	want := audit.SignStart(key(t), audit.Start{Seq: 21, Prev: journal(20)[19].Hash}, start)
	got, err := audit.ParseStart(want.Text())
	if err != nil {
		t.Fatal(err)
	}
	if got != want || !got.SignedBy(key(t).Public()) || got.SignedBy() {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if _, err := audit.ParseHead(want.Text()); !errors.Is(err, audit.ErrNote) {
		t.Errorf("as a head: %v", err)
	}
	if _, err := audit.ParseStart(headOf(t, journal(20), 20).Text()); !errors.Is(err, audit.ErrNote) {
		t.Errorf("a head as a start: %v", err)
	}
	if _, err := audit.ParseStart(audit.SignStart(key(t), audit.Start{}, start).Text()); !errors.Is(err, audit.ErrNote) {
		t.Errorf("at entry 0: %v", err)
	}
}

// TestParseHead_oneSpelling changes each byte, and what a lenient reader would pass.
func TestParseHead_oneSpelling(t *testing.T) {
	t.Parallel()
	head := headOf(t, journal(20), 20)
	good := head.Text()
	for i := range good {
		for _, b := range []byte{0, '\n', ' ', '0', 'A', '=', '+', good[i] ^ 1, good[i] ^ 0x20} {
			if b == good[i] {
				continue
			}
			changed := good[:i] + string([]byte{b}) + good[i+1:]
			if got, err := audit.ParseHead(changed); err == nil && got.SignedBy(key(t).Public()) {
				t.Errorf("byte %d as %q: still signed", i, b)
			}
		}
	}
	for name, change := range map[string][2]string{
		"a leading zero":      {"\n20\n", "\n020\n"},
		"a plus":              {"\n20\n", "\n+20\n"},
		"too great":           {"\n20\n", "\n9007199254740992\n"},
		"no fraction":         {".000000Z", "Z"},
		"another zone":        {".000000Z", ".000000+00:00"},
		"a comma":             {".000000Z", ",000000Z"},
		"no time":             {"time ", ""},
		"another end of line": {"\n", "\r\n"},
		"a hyphen":            {"—", "-"},
		"another name":        {"— journal", "— Journal"},
		"a line more":         {"\n\n", "\nmore\n\n"},
		"a signature more":    {"— ", "— journal.example.org/ashwick AAAA\n— "},
		"text before":         {origin, " " + origin},
		"text after":          {"time", "time"},
	} {
		changed := strings.Replace(good, change[0], change[1], 1)
		if name == "text after" {
			changed = good + "\n"
		}
		if _, err := audit.ParseHead(changed); !errors.Is(err, audit.ErrNote) || changed == good {
			t.Errorf("%s: got %v", name, err)
		}
	}
	for _, text := range []string{"", "\n\n\n\n\n\n", good[:len(good)-1], strings.Repeat("a", 1<<20)} {
		if _, err := audit.ParseHead(text); !errors.Is(err, audit.ErrNote) {
			t.Errorf("text of %d bytes: got %v", len(text), err)
		}
	}
}

func FuzzParseHead_oneSpelling(f *testing.F) {
	f.Add(headOf(f, journal(3), 3).Text())
	f.Add(audit.SignStart(key(f), audit.Start{Seq: 2}, start).Text())
	f.Fuzz(func(t *testing.T, text string) {
		head, errHead := audit.ParseHead(text)
		begin, errStart := audit.ParseStart(text)
		if errHead == nil && head.Text() != text || errStart == nil && begin.Text() != text || errHead == nil && errStart == nil {
			t.Errorf("head %v, start %v", errHead, errStart)
		}
	})
}

func TestKey_textAndBack(t *testing.T) {
	t.Parallel()
	private := key(t)
	for _, end := range []string{"", "\n"} {
		again, err := audit.ParsePrivateKey(private.Text() + end)
		if err != nil {
			t.Fatal(err)
		}
		public, err := audit.ParsePublicKey(private.Public().Text() + end)
		if err != nil {
			t.Fatal(err)
		}
		if head := audit.SignHead(again, audit.Head{}, start); !head.SignedBy(public) || again.Text() != private.Text() {
			t.Error("the key that was read back is another")
		}
	}
	other, err := audit.GenerateKey(origin, bytes.NewReader(bytes.Repeat([]byte{9}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	if other.Text() == private.Text() {
		t.Error("other randomness gave the same key")
	}
}

func TestKey_refused(t *testing.T) {
	t.Parallel()
	private, public := key(t).Text(), key(t).Public().Text()
	if _, err := audit.ParsePublicKey(private); err == nil {
		t.Error("a private key is taken for a public one")
	}
	if _, err := audit.ParsePrivateKey(public); err == nil {
		t.Error("a public key is taken for a private one")
	}
	for i := range public {
		if k, err := audit.ParsePublicKey(public[:i] + string([]byte{public[i] ^ 1}) + public[i+1:]); err == nil {
			t.Errorf("byte %d changed: still the key of %s", i, k.Origin)
		}
		if _, err := audit.ParsePublicKey(public[:i]); err == nil {
			t.Errorf("cut after %d bytes: still a key", i)
		}
	}
	for i := range private {
		_, err := audit.ParsePrivateKey(private[:i] + string([]byte{private[i] ^ 1}) + private[i+1:])
		if err == nil {
			t.Errorf("byte %d of the private key changed: still a key", i)
		} else if strings.Contains(err.Error(), private[len(private)-20:]) {
			t.Error("the error repeats the key")
		}
	}
	if _, err := audit.ParsePublicKey(strings.Replace(public, "5ff04893", "5FF04893", 1)); err == nil {
		t.Error("a key has two spellings")
	}
	for _, name := range []string{"", "a b", "a+b", "a\nb", strings.Repeat("a", 129)} {
		if _, err := audit.GenerateKey(name, bytes.NewReader(make([]byte, 32))); err == nil {
			t.Errorf("the origin %.20q has a key", name)
		}
	}
	if _, err := audit.GenerateKey(origin, bytes.NewReader(make([]byte, 31))); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("too little randomness: %v", err)
	}
}

// TestPrivateKey_isNotPrinted is for logs and messages.
func TestPrivateKey_isNotPrinted(t *testing.T) {
	t.Parallel()
	private := key(t)
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("key", "key", private)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("key", "key", private)
	fmt.Fprintf(&log, "%v %+v %#v %s %q %x", private, private, private, private, private, private)
	for _, secret := range []string{"0 1 2 3", "AAECAwQF", "00010203", "0x0, 0x1", `\x00\x01`} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the key is printed: %s", log.String())
		}
	}
}
