// Package form is the referral form: what is asked about a pupil whom a panel is to
// place, as a table that code, pages, the API and the documentation share.
//
//   - [Fields] lists every question by section, A to L; [Lookup] finds one by its key.
//   - A [Form] is a list of answers. Each [Answer] has a value or is unknown with a
//     reason, and says who said so, on which day, and how far it was checked (D2). What
//     is unknown or not answered is never read as "no": the accessors of Form say whether
//     they know.
//   - [Normalise] brings names, postcodes and pupil numbers to one spelling, and [Check]
//     reports everything that is wrong, at once, without repeating a value.
//   - [Complete] lists what is missing to submit a form, to put it before a panel, and to
//     let a placement start (D3, D4).
//   - [Traits] and its neighbours derive from the answers what the matching needs.
//
// The questions are the union of real referral forms; code lists are those of the
// Department for Education's Common Basic Data Set (Open Government Licence v3.0) and the
// form's own. Nothing here has a clock: whoever asks gives the day.
package form
