package credential

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"

	"golang.org/x/crypto/argon2"
)

// cost is what a hash takes.
type cost struct {
	memory  uint32 // KiB
	time    uint32
	threads uint8
}

// today is the cost of a hash that is made now: 19 MiB, two passes, one thread, the least
// that the OWASP password storage cheat sheet has for argon2id.
var today = cost{memory: 19 * 1024, time: 2, threads: 1}

// bounds are what a stored hash may ask for at most, so that a row that somebody has
// tampered with does not take the machine down.
var bounds = cost{memory: 256 * 1024, time: 10, threads: 8}

const (
	saltLength = 16
	keyLength  = 32
)

// ErrMalformed is what a stored hash is that [Hash] cannot have made.
var ErrMalformed = errors.New("not a password hash")

// Hash encodes a password as a PHC string: argon2id with a fresh salt.
func Hash(password string) string {
	salt := make([]byte, saltLength)
	rand.Read(salt) // it never fails: crypto/rand stops the program instead
	return encode(today, salt, derive(password, today, salt, keyLength))
}

func derive(password string, c cost, salt []byte, length int) []byte {
	return argon2.IDKey([]byte(password), salt, c.time, c.memory, c.threads, uint32(length))
}

func encode(c cost, salt, key []byte) string {
	return "$argon2id$v=" + strconv.Itoa(argon2.Version) +
		"$m=" + number(c.memory) + ",t=" + number(c.time) + ",p=" + number(uint32(c.threads)) +
		"$" + base64.RawStdEncoding.EncodeToString(salt) + "$" + base64.RawStdEncoding.EncodeToString(key)
}

func number(n uint32) string { return strconv.FormatUint(uint64(n), 10) }

// Verify tells whether a password is the one of a stored hash, in a time that does not
// say how near it was, and whether the hash is to be made anew, since hashes cost more
// by now. What is no hash matches nothing, and takes as long.
func Verify(stored, password string) (matches, rehash bool) {
	c, salt, key, err := parse(stored)
	if err != nil {
		Pretend(password)
		return false, false
	}
	matches = subtle.ConstantTimeCompare(derive(password, c, salt, len(key)), key) == 1
	return matches, matches && (c != today || len(salt) != saltLength || len(key) != keyLength)
}

// Pretend takes as long as [Verify]: for a name that nobody has, so that the time of the
// answer does not tell which names there are.
func Pretend(password string) { derive(password, today, make([]byte, saltLength), keyLength) }

// parse reads a PHC string that Hash may have made, now or when hashes cost less.
func parse(stored string) (c cost, salt, key []byte, err error) {
	parts := strings.Split(stored, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != "v="+strconv.Itoa(argon2.Version) {
		return c, nil, nil, ErrMalformed
	}
	if c, err = parseCost(parts[3]); err != nil {
		return c, nil, nil, err
	}
	strict := base64.RawStdEncoding.Strict()
	salt, saltErr := strict.DecodeString(parts[4])
	key, keyErr := strict.DecodeString(parts[5])
	if saltErr != nil || keyErr != nil || len(salt) < 8 || len(salt) > 64 || len(key) < 16 || len(key) > 64 {
		return c, nil, nil, ErrMalformed
	}
	if encode(c, salt, key) != stored { // a line break in base64, a number with a zero in front
		return c, nil, nil, ErrMalformed
	}
	return c, salt, key, nil
}

func parseCost(text string) (cost, error) {
	var values [3]uint64
	parts := strings.Split(text, ",")
	if len(parts) != len(values) {
		return cost{}, ErrMalformed
	}
	for i, prefix := range []string{"m=", "t=", "p="} {
		digits, ok := strings.CutPrefix(parts[i], prefix)
		n, err := strconv.ParseUint(digits, 10, 32)
		if !ok || err != nil || n == 0 {
			return cost{}, ErrMalformed
		}
		values[i] = n
	}
	if values[0] > uint64(bounds.memory) || values[1] > uint64(bounds.time) || values[2] > uint64(bounds.threads) {
		return cost{}, ErrMalformed
	}
	return cost{uint32(values[0]), uint32(values[1]), uint8(values[2])}, nil
}
