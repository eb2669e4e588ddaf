package panel

import (
	"archive/zip"
	"bytes"
	"net/http"
	"strings"
)

// What a document may be (reliability: no file that runs, none that unpacks without end).
const (
	MostBytes   = 10 << 20 // of one document
	mostEntries = 2000     // of the archive that a docx is
	mostInflate = 200 << 20
)

// The media types of documents.
const (
	MediaPDF  = "application/pdf"
	MediaPNG  = "image/png"
	MediaJPEG = "image/jpeg"
	MediaDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)

// MediaTypes are what a document may be, in the order of the documentation.
func MediaTypes() []string { return []string{MediaPDF, MediaDOCX, MediaPNG, MediaJPEG} }

// sniff tells the media type from the content, or "" for what no document may be. What the
// sender says it is counts for nothing.
func sniff(content []byte) string {
	switch found, _, _ := strings.Cut(http.DetectContentType(content), ";"); found {
	case MediaPDF, MediaPNG, MediaJPEG:
		return found
	case "application/zip":
		if isDocx(content) {
			return MediaDOCX
		}
	}
	return ""
}

// isDocx looks at the archive's list of contents, and unpacks nothing.
func isDocx(content []byte) bool {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil || len(archive.File) > mostEntries {
		return false
	}
	var size uint64
	parts := map[string]bool{}
	for _, f := range archive.File {
		name := strings.ToLower(f.Name)
		if parts[name] || strings.HasPrefix(name, "/") || strings.Contains(name, "..") || strings.Contains(name, "\\") {
			return false
		}
		if strings.HasSuffix(name, "vbaproject.bin") {
			return false // a program, whatever its name
		}
		parts[name] = true
		if size += f.UncompressedSize64; size > mostInflate || f.UncompressedSize64 > mostInflate {
			return false
		}
	}
	return parts["[content_types].xml"] && parts["word/document.xml"]
}
