package panel

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/form"
)

// DocumentInput is a document as it comes. Its file name is not kept: names of files name
// pupils.
type DocumentInput struct {
	Kind       form.DocumentKind
	MediaType  string // what the sender says it is; empty: nothing
	Bytes      []byte
	ThirdParty bool // it holds facts about other people
}

// DocumentContent is a document with its bytes.
type DocumentContent struct {
	Document
	Bytes []byte
}

// mostDocuments bounds how many documents a referral has.
const mostDocuments = 100

// Attach adds a document to a referral, unless that is over.
func (s *Service) Attach(ctx context.Context, id ReferralID, in DocumentInput) (Document, error) {
	return do(ctx, s, NounDocument, VerbAttach, func(w *work) (Document, error) {
		r, err := w.findReferral(id)
		if err != nil {
			return Document{}, err
		}
		if r.State == Withdrawn || r.State == Closed {
			return Document{}, &Error{Kind: WrongState, Detail: "the referral is over", State: r.State}
		}
		d, err := in.document()
		if err != nil {
			return d, err
		}
		others, err := gather(w.Documents().List(Is(ByReferral, r.ID)))
		if err != nil {
			return d, err
		}
		if len(others) >= mostDocuments {
			return d, Errorf(Conflict, "a referral has at most %d documents", mostDocuments)
		}
		if slices.ContainsFunc(others, func(o Document) bool { return o.Kind == d.Kind && o.Digest == d.Digest }) {
			return d, Errorf(Conflict, "the referral has this document already")
		}
		d.ID, d.Referral, d.Pupil, d.Added, d.By = DocumentID(w.id()), r.ID, r.Pupil, w.Now(), w.person.ID
		if err := w.Documents().Add(&d); err != nil {
			return d, err
		}
		if err := w.Contents().Add(d.ID, in.Bytes); err != nil {
			return d, err
		}
		return w.noteDocument(VerbAttach, &r, d, audit.Pair{Key: "kind", Value: string(d.Kind)})
	})
}

// document is what is known of the input by itself, or all that is wrong with it.
func (in DocumentInput) document() (Document, error) {
	var faults []Fault
	kind, known := form.LookupDocument(in.Kind)
	if !known {
		faults = append(faults, Fault{"/kind", "code", "a kind of document"})
	}
	found := ""
	switch {
	case len(in.Bytes) == 0:
		faults = append(faults, Fault{"/bytes", "empty", "a document"})
	case len(in.Bytes) > MostBytes:
		faults = append(faults, Fault{"/bytes", "too_large", "at most " + strconv.Itoa(MostBytes>>20) + " MiB"})
	default:
		if found = sniff(in.Bytes); found == "" {
			faults = append(faults, Fault{"/bytes", "media_type", "a PDF, a Word document without programs, a PNG or a JPEG image"})
		}
	}
	said, _, _ := strings.Cut(in.MediaType, ";")
	if found != "" && said != "" && !strings.EqualFold(strings.TrimSpace(said), found) {
		faults = append(faults, Fault{"/media_type", "other_content", "the media type of the content"})
	}
	if len(faults) > 0 {
		return Document{}, invalid("the document is not as it has to be", faults)
	}
	return Document{
		Kind: in.Kind, Class: kind.Class, MediaType: found, Size: len(in.Bytes), Digest: digestOf(in.Bytes),
		ThirdParty: in.ThirdParty,
	}, nil
}

// noteDocument adds the line of the journal, and is what the caller may see of the document.
func (w *work) noteDocument(verb Verb, r *Referral, d Document, detail ...audit.Pair) (Document, error) {
	pupils, err := w.pseudonyms(*r)
	if err != nil {
		return d, err
	}
	w.noteRead(verb, NounDocument, string(d.ID), pupils, []string{string(d.Class)}, detail...)
	sees, err := w.sightOf(r)
	return sees.showDocument(d), err
}

func (s sight) showDocument(d Document) Document {
	if !s.panel {
		d.Pupil = ""
	}
	return d
}

func (s sight) seesDocument(d Document) bool { return s.sees(d.Class, form.Attachments) }

// Documents lists those of a referral that the caller may see.
func (s *Service) Documents(ctx context.Context, id ReferralID) ([]Document, error) {
	return read(ctx, s, NounDocument, VerbList, func(w *work) ([]Document, error) {
		r, err := w.findReferral(id)
		if err != nil {
			return nil, err
		}
		sees, err := w.sightOf(&r)
		if err != nil {
			return nil, err
		}
		var list []Document
		var classes []string
		for d, err := range w.Documents().List(Is(ByReferral, id)) {
			if err != nil {
				return nil, err
			}
			if sees.seesDocument(d) {
				list = append(list, sees.showDocument(d))
				classes = append(classes, string(d.Class))
			}
		}
		pupils, err := w.pseudonyms(r)
		slices.Sort(classes)
		w.noteRead(VerbList, NounDocument, string(id), pupils, slices.Compact(classes))
		return list, err
	})
}

// Document is one document with its bytes.
func (s *Service) Document(ctx context.Context, id DocumentID) (DocumentContent, error) {
	return read(ctx, s, NounDocument, VerbRead, func(w *work) (DocumentContent, error) {
		d, r, err := w.findDocument(id)
		if err != nil {
			return DocumentContent{}, err
		}
		content, err := w.Contents().Get(id)
		if err != nil {
			return DocumentContent{}, err
		}
		if digestOf(content) != d.Digest {
			return DocumentContent{}, Errorf(Corrupt, "the bytes of a document are not those that were attached")
		}
		d, err = w.noteDocument(VerbRead, &r, d)
		return DocumentContent{d, content}, err
	})
}

// findDocument loads a document that the caller may do the verb to and may see, with its
// referral.
func (w *work) findDocument(id DocumentID) (Document, Referral, error) {
	d, err := w.Documents().Get(id)
	if KindOf(err) == NotFound {
		if err := w.may(about{}); err != nil {
			return d, Referral{}, err
		}
		return d, Referral{}, absent(w.noun)
	}
	if err != nil {
		return d, Referral{}, err
	}
	r, err := w.findReferral(d.Referral)
	if err != nil {
		return d, r, err
	}
	sees, err := w.sightOf(&r)
	if err == nil && !sees.seesDocument(d) {
		err = absent(w.noun)
	}
	return d, r, err
}

// A RemoveReason is why a document was taken away after the referral was handed in.
type RemoveReason string

// The reasons for taking a document away.
const (
	WrongPupil  RemoveReason = "wrong_pupil"
	Replaced    RemoveReason = "replaced"
	Unreadable  RemoveReason = "unreadable"
	NotRedacted RemoveReason = "not_redacted"
	NotNeeded   RemoveReason = "not_needed"
)

// RemoveReasons are all of them, in the order of the documentation.
func RemoveReasons() []RemoveReason {
	return []RemoveReason{WrongPupil, Replaced, Unreadable, NotRedacted, NotNeeded}
}

// Remove takes a document away, and its bytes with it. While the referral is a draft or
// came back its school may do that; later only the panel's officer, who gives a reason.
func (s *Service) Remove(ctx context.Context, id DocumentID, reason RemoveReason) error {
	_, err := do(ctx, s, NounDocument, VerbRemove, func(w *work) (struct{}, error) {
		d, r, err := w.findDocument(id)
		if err != nil {
			return struct{}{}, err
		}
		editable := r.State == Draft || r.State == Returned
		if !editable && w.as(RoleCoordinator) == "" {
			return struct{}{}, &Error{Kind: WrongState, Detail: "the panel's officer takes documents away once the referral is handed in", State: r.State}
		}
		if !slices.Contains(RemoveReasons(), reason) && (reason != "" || !editable) {
			return struct{}{}, invalid("the reason is not as it has to be", []Fault{{"/reason", "code", "a code of the list of reasons for taking away"}})
		}
		if err := w.Contents().Delete(d.ID); err != nil {
			return struct{}{}, err
		}
		if err := w.Documents().Delete(d.ID); err != nil {
			return struct{}{}, err
		}
		detail := []audit.Pair{{Key: "kind", Value: string(d.Kind)}}
		if reason != "" {
			detail = append(detail, audit.Pair{Key: "reason", Value: string(reason)})
		}
		_, err = w.noteDocument(VerbRemove, &r, d, detail...)
		return struct{}{}, err
	})
	return err
}

// Receive says that the receiving centre has a document (D4). Saying it again changes
// nothing.
func (s *Service) Receive(ctx context.Context, id DocumentID) (Document, error) {
	return do(ctx, s, NounDocument, VerbReceive, func(w *work) (Document, error) {
		d, r, err := w.findDocument(id)
		if err != nil {
			return d, err
		}
		placements, err := gather(w.Placements().List(Is(ByReferral, r.ID)))
		if err != nil {
			return d, err
		}
		if !slices.ContainsFunc(placements, func(p Placement) bool { return p.live() }) {
			return d, &Error{Kind: WrongState, Detail: "there is no centre to receive it yet", State: r.State}
		}
		if d.Received == 0 {
			d.Received = w.day
			if err := w.Documents().Put(&d); err != nil {
				return d, err
			}
		}
		return w.noteDocument(VerbReceive, &r, d)
	})
}
