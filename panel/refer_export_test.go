package panel

// PaperDigest is for tests.
var PaperDigest = paperDigest
