package credential

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
)

// Prefix begins the secret of every token, so that one which lies about is told from
// other text, by people and by programs that look for lost secrets.
const Prefix = "bot_"

const secretLength = 32 // bytes

// ErrSecret is what text is that [NewSecret] cannot have made.
var ErrSecret = errors.New("not the secret of a token")

// NewSecret makes the secret of a token: 256 random bits, shown once.
func NewSecret() string {
	secret := make([]byte, secretLength)
	rand.Read(secret) // it never fails: crypto/rand stops the program instead
	return Prefix + base64.RawURLEncoding.EncodeToString(secret)
}

// SecretDigest is what is stored of a secret: "sha256:" and 64 digits. A secret of this
// length can't be guessed, so it needs no hash that takes its time.
func SecretDigest(secret string) (string, error) {
	text, ok := strings.CutPrefix(secret, Prefix)
	random, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if !ok || err != nil || len(random) != secretLength || strings.ContainsAny(text, "\r\n") {
		return "", ErrSecret
	}
	sum := sha256.Sum256([]byte(secret))
	return "sha256:" + hex.EncodeToString(sum[:]), nil
}
