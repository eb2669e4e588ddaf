package audit

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A PrivateKey signs the heads and starts of one journal. It prints as its origin
// alone; [PrivateKey.Text] is what a file holds.
type PrivateKey struct {
	origin string
	key    ed25519.PrivateKey
}

// A PublicKey is what a verifier trusts: the name of a journal, its origin, and who
// may sign for it.
type PublicKey struct {
	Origin string
	Key    ed25519.PublicKey
}

// The texts of keys are those of C2SP's signed notes, with algorithm 1, Ed25519.
const (
	ed25519Algorithm = 1
	privatePrefix    = "PRIVATE+KEY+"
)

var (
	errOrigin = fmt.Errorf("origin of a journal: expected 1 to %d of A-Z a-z 0-9 _ . - : / =", MaxID)
	errKey    = errors.New("key of a journal: expected name+hash+key, a line as it was generated")
)

// GenerateKey makes a key for the journal called origin, such as
// "journal.example.org/ashwick", of 32 bytes of random.
func GenerateKey(origin string, random io.Reader) (PrivateKey, error) {
	if !isOrigin(origin) {
		return PrivateKey{}, errOrigin
	}
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(random, seed); err != nil {
		return PrivateKey{}, fmt.Errorf("randomness for a key: %w", err)
	}
	return PrivateKey{origin: origin, key: ed25519.NewKeyFromSeed(seed)}, nil
}

// isOrigin leaves out the plus, which separates the parts of a key's text.
func isOrigin(text string) bool {
	return id.fits(text) && !strings.Contains(text, "+")
}

// Public is the key by which others verify.
func (k PrivateKey) Public() PublicKey {
	public, _ := k.key.Public().(ed25519.PublicKey)
	return PublicKey{Origin: k.origin, Key: public}
}

// String keeps the key out of logs.
func (k PrivateKey) String() string {
	return "private key of " + k.origin
}

// GoString keeps the key out of logs.
func (k PrivateKey) GoString() string {
	return k.String()
}

// Text is a line for a file that nobody else may read.
func (k PrivateKey) Text() string {
	if len(k.key) != ed25519.PrivateKeySize {
		return ""
	}
	return privatePrefix + keyText(k.Public(), k.key.Seed())
}

// Text is a line to hand out.
func (k PublicKey) Text() string {
	return keyText(k, k.Key)
}

// ParsePrivateKey reads what [PrivateKey.Text] gave, with or without a newline at its end.
func ParsePrivateKey(text string) (PrivateKey, error) {
	rest, found := strings.CutPrefix(text, privatePrefix)
	if !found {
		return PrivateKey{}, errKey
	}
	origin, hash, seed, ok := cutKey(rest)
	if !ok {
		return PrivateKey{}, errKey
	}
	k := PrivateKey{origin: origin, key: ed25519.NewKeyFromSeed(seed)}
	if k.Public().hash() != hash {
		return PrivateKey{}, errKey
	}
	return k, nil
}

// ParsePublicKey reads what [PublicKey.Text] gave, with or without a newline at its end.
func ParsePublicKey(text string) (PublicKey, error) {
	origin, hash, key, ok := cutKey(text)
	k := PublicKey{Origin: origin, Key: key}
	if !ok || k.hash() != hash {
		return PublicKey{}, errKey
	}
	return k, nil
}

// hash tells keys apart; it is no protection.
func (k PublicKey) hash() [4]byte {
	long := sha256.Sum256(append([]byte(k.Origin+"\n\x01"), k.Key...))
	return [4]byte(long[:4])
}

func keyText(public PublicKey, key []byte) string {
	hash := public.hash()
	typed := append([]byte{ed25519Algorithm}, key...)
	return public.Origin + "+" + hex.EncodeToString(hash[:]) + "+" + base64.StdEncoding.EncodeToString(typed)
}

// cutKey takes name+hash+base64 apart. Both kinds of key have 32 bytes.
func cutKey(text string) (origin string, hash [4]byte, key []byte, ok bool) {
	parts := strings.SplitN(strings.TrimSuffix(text, "\n"), "+", 3)
	if len(parts) != 3 || !isOrigin(parts[0]) || len(parts[1]) != 8 {
		return "", hash, nil, false
	}
	_, err := hex.Decode(hash[:], []byte(parts[1]))
	typed, ok := decode64(parts[2], 1+ed25519.PublicKeySize)
	if err != nil || !ok || strings.ToLower(parts[1]) != parts[1] {
		return "", hash, nil, false
	}
	key, ok = bytes.CutPrefix(typed, []byte{ed25519Algorithm})
	return parts[0], hash, key, ok
}

// decode64 takes base64 of exactly size bytes and no second spelling of it.
func decode64(text string, size int) ([]byte, bool) {
	raw, err := base64.StdEncoding.DecodeString(text)
	return raw, err == nil && len(raw) == size && base64.StdEncoding.EncodeToString(raw) == text
}
