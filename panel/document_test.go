package panel_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
	"github.com/google/go-cmp/cmp"
)

// archive is a zip with files of these names.
func archive(t *testing.T, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte("<x/>")); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bomb is a docx with a part that unpacks to a gigabyte of nothing, as it says.
func bomb(t *testing.T) []byte {
	t.Helper()
	b := archive(t, "[Content_Types].xml", "word/document.xml")
	at := bytes.LastIndex(b, []byte("PK\x01\x02")) + 24 // the size of the last part in the list of contents
	copy(b[at:], []byte{0, 0, 0, 0x40})
	return b
}

func picture(t *testing.T, encode func(*bytes.Buffer, image.Image) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAttach_goesByTheContent(t *testing.T) {
	t.Parallel()
	pngImage := picture(t, func(b *bytes.Buffer, i image.Image) error { return png.Encode(b, i) })
	jpegImage := picture(t, func(b *bytes.Buffer, i image.Image) error { return jpeg.Encode(b, i, nil) })
	tests := []struct {
		name string
		in   panel.DocumentInput
		want string // the media type
		not  []string
	}{
		{"pdf", panel.DocumentInput{Kind: "pupil_passport", Bytes: []byte("%PDF-1.7\n")}, panel.MediaPDF, nil},
		{"pdf said to be one", panel.DocumentInput{Kind: "ehcp", MediaType: "Application/PDF; x=y", Bytes: []byte("%PDF-1.7\n")}, panel.MediaPDF, nil},
		{"docx", panel.DocumentInput{Kind: "support_plan", Bytes: archive(t, "[Content_Types].xml", "word/document.xml")}, panel.MediaDOCX, nil},
		{"png", panel.DocumentInput{Kind: "consent", Bytes: pngImage}, panel.MediaPNG, nil},
		{"jpeg", panel.DocumentInput{Kind: "handling_plan", Bytes: jpegImage}, panel.MediaJPEG, nil},
		{"no kind", panel.DocumentInput{Kind: "selfie", Bytes: pngImage}, "", []string{"/kind code"}},
		{"nothing", panel.DocumentInput{Kind: "selfie"}, "", []string{"/kind code", "/bytes empty"}},
		{"html", panel.DocumentInput{Kind: "other", Bytes: []byte("<html><script>")}, "", []string{"/bytes media_type"}},
		{"svg", panel.DocumentInput{Kind: "other", Bytes: []byte("<svg xmlns='http://www.w3.org/2000/svg'/>")}, "", []string{"/bytes media_type"}},
		{"another type than said", panel.DocumentInput{Kind: "other", MediaType: "text/html", Bytes: pngImage}, "", []string{"/media_type other_content"}},
		{"xlsx", panel.DocumentInput{Kind: "other", Bytes: archive(t, "[Content_Types].xml", "xl/workbook.xml")}, "", []string{"/bytes media_type"}},
		{"with a program", panel.DocumentInput{Kind: "other", Bytes: archive(t, "[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")}, "", []string{"/bytes media_type"}},
		{"out of its folder", panel.DocumentInput{Kind: "other", Bytes: archive(t, "[Content_Types].xml", "word/document.xml", "../x")}, "", []string{"/bytes media_type"}},
		{"the same part twice", panel.DocumentInput{Kind: "other", Bytes: archive(t, "[Content_Types].xml", "word/document.xml", "Word/Document.xml")}, "", []string{"/bytes media_type"}},
		{"unpacks to a gigabyte", panel.DocumentInput{Kind: "other", Bytes: bomb(t)}, "", []string{"/bytes media_type"}},
		{"too large", panel.DocumentInput{Kind: "other", Bytes: append([]byte("%PDF-1.7\n"), make([]byte, panel.MostBytes)...)}, "", []string{"/bytes too_large"}},
	}
	eachReferWorld(t, func(w *referWorld) {
		r := w.draft()
		for _, test := range tests {
			got, err := w.Attach(w.as(ofAsh), r.ID, test.in)
			if diff := cmp.Diff(test.not, faultsInOrder(err)); diff != "" {
				w.Errorf("%s (-want +got):\n%s", test.name, diff)
			}
			if got.MediaType != test.want {
				w.Errorf("%s: got %q, want %q", test.name, got.MediaType, test.want)
			}
			if test.want == "" {
				continue
			}
			kind, _ := form.LookupDocument(test.in.Kind)
			back, err := w.Document(w.as(ofAsh), got.ID)
			w.wantKind("read "+test.name, err, "")
			if !bytes.Equal(back.Bytes, test.in.Bytes) || back.Digest != got.Digest || back.Class != kind.Class || back.Size != len(test.in.Bytes) {
				w.Errorf("%s: read back %+v", test.name, back.Document)
			}
			_, err = w.Attach(w.as(ofAsh), r.ID, test.in)
			w.wantKind("attach again "+test.name, err, panel.Conflict)
		}
	})
}

func TestD4_theCentreReceivesWhatItMaySee(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		r := w.draft()
		w.attachAll(r.ID)
		documents, err := w.Documents(w.as(ofAsh), r.ID)
		w.wantKind("documents", err, "")
		if len(documents) != len(form.Documents()) {
			w.Errorf("%d documents of %d", len(documents), len(form.Documents()))
		}
		risk := documents[slices.IndexFunc(documents, func(d panel.Document) bool { return d.Kind == "risk_assessment" })]
		_, err = w.Receive(w.as(officer), risk.ID)
		w.wantKind("receive before an offer", err, panel.WrongState)
		w.place(r.ID, panel.Offered)
		_, err = w.Receive(w.as(ofHill), risk.ID)
		w.wantKind("receive what only an acceptance opens", err, panel.NotFound)
		offered, err := w.Documents(w.as(ofHill), r.ID)
		w.wantKind("documents of an offer", err, "")
		for _, d := range offered {
			if d.Class == form.Safeguarding || d.Pupil != "" {
				w.Errorf("with the offer it sees %s of class %s, record %q", d.Kind, d.Class, d.Pupil)
			}
		}
		w.place(r.ID, panel.Accepted)
		_, err = w.Receive(w.as(ofRiver), risk.ID)
		w.wantKind("another provision receives", err, panel.NotFound)
		got, err := w.Receive(w.as(ofHill), risk.ID)
		w.wantKind("receive", err, "")
		again, err := w.Receive(w.as(officer), risk.ID)
		w.wantKind("receive again", err, "")
		if got.Received == 0 || again.Received != got.Received || again.Version != got.Version {
			w.Errorf("received %v, then %v", got.Received, again.Received)
		}
		w.place(r.ID, panel.Ended)
		_, err = w.Document(w.as(ofHill), risk.ID)
		w.wantKind("after the end", err, panel.NotFound)
	})
}

func TestRemove_byTheSchoolWhileItMayEdit(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		r := w.draft()
		attach := func() panel.DocumentID {
			w.Helper()
			d, err := w.Attach(w.as(ofAsh), r.ID, panel.DocumentInput{Kind: "other", Bytes: []byte("%PDF-1.7")})
			w.wantKind("attach", err, "")
			return d.ID
		}
		first := attach()
		w.wantKind("remove", w.Remove(w.as(ofAsh), first, ""), "")
		_, err := w.Document(w.as(ofAsh), first)
		w.wantKind("read what is gone", err, panel.NotFound)
		second := attach()
		_, err = w.Submit(w.as(ofAsh), r.ID, r.Version)
		w.wantKind("submit", err, "")
		w.wantKind("the school, later", w.Remove(w.as(ofAsh), second, panel.Replaced), panel.WrongState)
		w.wantKind("the officer without a reason", w.Remove(w.as(officer), second, ""), panel.Invalid)
		w.wantKind("the officer with words", w.Remove(w.as(officer), second, "is Ann's"), panel.Invalid)
		w.wantKind("the officer", w.Remove(w.as(officer), second, panel.NotRedacted), "")
		w.update(func(tx panel.Tx) error {
			return w.change(tx, r.ID, func(r *panel.Referral) { r.State = panel.Withdrawn })
		})
		_, err = w.Attach(w.as(ofAsh), r.ID, panel.DocumentInput{Kind: "other", Bytes: []byte("%PDF-1.7")})
		w.wantKind("attach to what is over", err, panel.WrongState)
	})
}
