//! The form of an upload.

use crate::{
    web::form::{FormSpec, Kind, needed, optional},
    words::Say,
};

/// One file with what it proves.
pub(super) static UPLOAD: FormSpec = FormSpec {
    name: "evidence",
    fields: &[
        needed("file", Say::evidence_file, Kind::File).hint(Say::evidence_file_hint),
        optional("note", Say::evidence_note, Kind::Line(300)).hint(Say::evidence_note_hint),
    ],
};
