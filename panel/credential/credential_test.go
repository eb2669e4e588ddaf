package credential_test

import (
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/panel/credential"
)

const good = "three herons over the mere"

func TestVerify(t *testing.T) {
	t.Parallel()
	stored := credential.Hash(good)
	if again := credential.Hash(good); again == stored {
		t.Error("two hashes of one password are the same: the salt is not fresh")
	}
	long := strings.Repeat("ä", credential.MostLength-1)
	for _, test := range []struct {
		name, stored, password string
		want                   bool
	}{
		{"the password", stored, good, true},
		{"another case", stored, strings.ToUpper(good), false},
		{"a blank more", stored, good + " ", false},
		{"nothing", stored, "", false},
		{"no hash", "", "", false},
		{"the hash itself", stored, stored, false},
		{"the last of 128 characters", credential.Hash(long + "x"), long + "y", false},
		{"all of 128 characters", credential.Hash(long + "x"), long + "x", true},
	} {
		if got, rehash := credential.Verify(test.stored, test.password); got != test.want || rehash {
			t.Errorf("%s: matches is %t and rehash %t, want %t and false", test.name, got, rehash, test.want)
		}
	}
}

func TestVerify_anOlderHashMatchesAndIsToBeMadeAnew(t *testing.T) {
	t.Parallel()
	// argon2id of "three herons over the mere" with 8 MiB and one pass.
	const older = "$argon2id$v=19$m=8192,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$C90+wDkibMA0cA5KnvBz9zCpuU999dcA9BS7+78Ggmo"
	if matches, rehash := credential.Verify(older, good); !matches || !rehash {
		t.Errorf("matches is %t and rehash %t, want both", matches, rehash)
	}
	if matches, rehash := credential.Verify(older, good+"!"); matches || rehash {
		t.Errorf("of another password: matches is %t and rehash %t, want neither", matches, rehash)
	}
}

func TestVerify_aStoredHashIsReadStrictly(t *testing.T) {
	t.Parallel()
	stored := credential.Hash(good)
	parts := strings.Split(stored, "$")
	for name, tampered := range map[string]string{
		"another kind":       strings.Replace(stored, "argon2id", "argon2i", 1),
		"another version":    strings.Replace(stored, "v=19", "v=16", 1),
		"a zero in front":    strings.Replace(stored, "t=2", "t=02", 1),
		"no time":            strings.Replace(stored, "t=2", "t=0", 1),
		"too much memory":    strings.Replace(stored, "m=19456", "m=4194304", 1),
		"parameters moved":   strings.Replace(stored, "m=19456,t=2", "t=2,m=19456", 1),
		"a part more":        stored + "$",
		"a line break":       stored + "\n",
		"padded":             stored + "=",
		"an empty key":       strings.Join(parts[:5], "$") + "$",
		"an empty salt":      strings.Join([]string{"", parts[1], parts[2], parts[3], "", parts[5]}, "$"),
		"a key cut short":    stored[:len(stored)-40],
		"a line break in it": strings.Replace(stored, parts[4], parts[4][:4]+"\n"+parts[4][4:], 1),
	} {
		if matches, _ := credential.Verify(tampered, good); matches {
			t.Errorf("%s: it matches", name)
		}
	}
}

// What the work costs is its memory, which a machine that is busy does not change.
func TestPretend_doesTheSameWorkAsVerify(t *testing.T) {
	stored := credential.Hash(good)
	cost := func(f func()) int64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		f()
		runtime.ReadMemStats(&after)
		return int64(after.TotalAlloc-before.TotalAlloc) >> 20
	}
	known := cost(func() { credential.Verify(stored, "wrong") })
	unknown := cost(func() { credential.Pretend("wrong") })
	if known < 19 || unknown != known {
		t.Errorf("a name that nobody has costs %d MiB, one that somebody has %d; want the same, 19 at least", unknown, known)
	}
}

func TestWeaknesses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, password, signIn string
		want                   []credential.Weakness
	}{
		{"four words", good, "amina", nil},
		{"another script", "鶴が三羽湖の上を飛ぶ朝に", "", nil},
		{"twelve characters", "xkvq mzpl wj", "", nil},
		{"eleven characters", "xkvq mzpl w", "", []credential.Weakness{credential.Short}},
		{"eleven that are more bytes", "äöüßéèêñçøå", "", []credential.Weakness{credential.Short}},
		{"128 characters", strings.Repeat("heron mere lake ", 8), "", nil},
		{"129 characters", strings.Repeat("heron mere lake ", 8) + "!", "", []credential.Weakness{credential.Long}},
		{"one character", strings.Repeat("z", 20), "", []credential.Weakness{credential.Uniform}},
		{"two characters in two cases", "zZqQzZqQzZqQzZ", "", []credential.Weakness{credential.Uniform}},
		{"common", "qwertyuiopasdf", "", []credential.Weakness{credential.Listed}},
		{"common, with capitals, digits and a sign", "Password2026!", "", []credential.Weakness{credential.Listed}},
		{"common, twice", "stevenagestevenage", "", []credential.Weakness{credential.Listed}},
		{"common and short", "Letmein1", "", []credential.Weakness{credential.Short, credential.Listed}},
		{"the name in it", "my Amina.Khan is best", "amina.khan", []credential.Weakness{credential.Named}},
		{"a short name in it", "three herons of jo", "jo", nil},
		{"no text", "\xff\xfe three herons", "", []credential.Weakness{credential.Bytes}},
	} {
		if diff := cmp.Diff(test.want, credential.Weaknesses(test.password, test.signIn)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", test.name, diff)
		}
	}
	for _, w := range []credential.Weakness{
		credential.Short, credential.Long, credential.Listed, credential.Uniform, credential.Bytes, credential.Named,
	} {
		if w.Expected() == "" {
			t.Errorf("%s: nothing says what would do", w)
		}
	}
}

func TestSecret(t *testing.T) {
	t.Parallel()
	secret := credential.NewSecret()
	if other := credential.NewSecret(); other == secret {
		t.Error("two secrets are the same")
	}
	digest, err := credential.SecretDigest(secret)
	if err != nil || len(digest) != len("sha256:")+64 || strings.Contains(digest, secret) {
		t.Errorf("digest %q, error %v", digest, err)
	}
	for name, text := range map[string]string{
		"nothing": "", "no prefix": strings.TrimPrefix(secret, credential.Prefix), "short": secret[:len(secret)-4],
		"padded": secret + "=", "a line break": secret + "\n", "twice": secret + secret,
	} {
		if _, err := credential.SecretDigest(text); err == nil {
			t.Errorf("%s: it passes for a secret", name)
		}
	}
}
