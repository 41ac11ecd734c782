//! The statements of the slice.

use crate::register_statements;

register_statements!(
    legal_documents,
    "legal_documents",
    "kind, permit_code, number, issuer, holder_name, valid_from, valid_to, status, status_since, needs_translation, extract_on, file_id, translation_file_id",
    "valid_from desc, id"
);
register_statements!(
    penalties,
    "penalties",
    "authority, document_no, decided_on, violation_on, kind, subject, related, authority_abroad, status, status_since, repaired_on, file_id, status_file_id",
    "decided_on desc, id"
);
register_statements!(no_penalty_declarations, "no_penalty_declarations", "signed_on, signed_by, covers_to, file_id", "signed_on desc, id");
register_statements!(credit_searches, "credit_searches", "source, searched_on, file_id", "searched_on desc, id");
