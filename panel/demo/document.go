package demo

import (
	"bytes"
	"fmt"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
)

// needed are the kinds of document that a form's pupil has to have at a gate.
func needed(f form.Form, gate form.Gate) []form.DocumentKind {
	var kinds []form.DocumentKind
	for _, m := range form.Complete(f, nil, gate, form.CaseOf(f)) {
		if m.Document != "" {
			kinds = append(kinds, m.Document)
		}
	}
	return kinds
}

// document is a page of a kind: a PDF of one line, that names the referral by its number in
// the demonstration and nobody by name.
func document(kind form.DocumentKind, about string) panel.DocumentInput {
	return panel.DocumentInput{Kind: kind, MediaType: panel.MediaPDF, Bytes: page(fmt.Sprintf("%s, referral %s of the demonstration", kind, about))}
}

// page writes a PDF with one line of plain text on it.
func page(line string) []byte {
	var b bytes.Buffer
	var offsets []int
	object := func(format string, args ...any) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), fmt.Sprintf(format, args...))
	}
	b.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>")
	text := fmt.Sprintf("BT /F1 12 Tf 72 770 Td (%s) Tj ET", line)
	object("<< /Length %d >>\nstream\n%s\nendstream", len(text), text)
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return b.Bytes()
}
