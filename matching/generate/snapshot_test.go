package generate_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/generate"
)

func generated(t testing.TB, o generate.Options) *matching.Snapshot {
	t.Helper()
	s, err := generate.Snapshot(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func encoded(t testing.TB, s *matching.Snapshot) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := s.Encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSnapshot_sameOptionsSameBytes(t *testing.T) {
	t.Parallel()
	for _, o := range sizes() {
		once, twice := encoded(t, generated(t, o)), encoded(t, generated(t, o))
		if !bytes.Equal(once, twice) {
			t.Errorf("%s: two snapshots", name(o))
		}
		if o.Groups == 1 {
			continue
		}
		o.Seed += 100
		if bytes.Equal(once, encoded(t, generated(t, o))) {
			t.Errorf("%s: another seed gives the same snapshot", name(o))
		}
	}
}

func TestSnapshot_canBeReadBack(t *testing.T) {
	t.Parallel()
	text := encoded(t, generated(t, generate.Options{Referrals: 300, Groups: 100, Seed: 1}))
	s, err := matching.Read(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(text, encoded(t, s)) {
		t.Error("what is read back is encoded in another way")
	}
}

func TestSnapshot_moreReferralsSamePlaces(t *testing.T) {
	t.Parallel()
	few := generated(t, generate.Options{Referrals: 10, Groups: 50, Seed: 3})
	many := generated(t, generate.Options{Referrals: 200, Groups: 50, Seed: 3})
	if !reflect.DeepEqual(few.Groups, many.Groups) || !reflect.DeepEqual(few.Sites, many.Sites) || !reflect.DeepEqual(few.Placements, many.Placements) {
		t.Error("the number of referrals changes sites, groups or placements")
	}
}

func TestSnapshot_badOptions(t *testing.T) {
	t.Parallel()
	nowhere := []generate.Establishment{{Latitude: -0.2, Longitude: 51.9}}
	for _, c := range []struct {
		options generate.Options
		want    string
	}{
		{generate.Options{Groups: 0, Referrals: 1}, "generate: groups: want a whole number from 1"},
		{generate.Options{Groups: 1, Referrals: -1}, "generate: referrals: want a whole number from 0"},
		{generate.Options{Groups: 1, Placements: 2_000_000}, "generate: placements: want a whole number from 0"},
		{generate.Options{Groups: 1, AsOf: calendar.MustDate("1999-12-31")}, "generate: as of: want a date from 2000-01-01 to 2199-12-31"},
		{generate.Options{Groups: 1, Establishments: nowhere}, "generate: establishment 0: want a latitude from 49 to 61"},
		{generate.Options{Groups: -1, Referrals: -1}, "generate: groups"},
	} {
		if _, err := generate.Snapshot(c.options); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: error %v, want %q", c.options, err, c.want)
		}
	}
}

func TestSnapshot_progress(t *testing.T) {
	t.Parallel()
	last, calls := 0, 0
	progress := func(done, total int) {
		if calls++; done <= last || total != 2600 {
			t.Errorf("progress(%d, %d) after %d", done, total, last)
		}
		last = done
	}
	generated(t, generate.Options{Referrals: 1000, Groups: 100, Seed: 1, Progress: progress})
	if last != 2600 || calls < 5 {
		t.Errorf("the last of %d calls said %d of 2600", calls, last)
	}
}

func BenchmarkSnapshot_national(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		generated(b, generate.Options{Referrals: 25_000, Groups: 3_000, Placements: 45_000, Seed: 1})
	}
}
