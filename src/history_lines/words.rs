//! The words of the trail: kinds of events, kinds of subjects, columns.

use crate::words::Say;

/// The kinds of subjects of an engagement's log, in the order of the filter.
pub const SUBJECTS: [&str; 23] = [
    "engagement",
    "scope_part",
    "department",
    "person",
    "membership",
    "document",
    "item_excuse",
    "issue_order",
    "operating_record",
    "suspension",
    "restart",
    "audit",
    "audit_area",
    "finding",
    "review",
    "legal_document",
    "penalty",
    "no_penalty_declaration",
    "credit_search",
    "evidence",
    "condition_proof",
    "recommendation",
    "ready_declaration",
];

/// What a kind of subject is called.
pub fn of_subject(say: Say, subject: &str) -> Option<&'static str> {
    Some(match subject {
        "engagement" | "engagement_facts" => say.history_of_engagement(),
        "scope_part" => say.history_of_scope_part(),
        "department" => say.history_of_department(),
        "person" => say.history_of_person(),
        "people" => say.history_of_people(),
        "membership" | "member" | "role" => say.history_of_membership(),
        "invitation" | "one_time_link" => say.history_of_invitation(),
        "document" => say.history_of_document(),
        "document_set" => say.history_of_document_set(),
        "rules" => say.history_of_rules(),
        "operating_record_sheet" => say.history_of_operating_record_sheet(),
        "item_excuse" | "excuse" => say.history_of_item_excuse(),
        "issue_order" => say.history_of_issue_order(),
        "operating_record" | "operating_records" => say.history_of_operating_record(),
        "suspension" => say.history_of_suspension(),
        "restart" => say.history_of_restart(),
        "audit" => say.history_of_audit(),
        "audit_area" => say.history_of_audit_area(),
        "finding" | "audit_finding" => say.history_of_finding(),
        "review" => say.history_of_review(),
        "legal_document" => say.history_of_legal_document(),
        "penalty" => say.history_of_penalty(),
        "no_penalty_declaration" => say.history_of_no_penalty_declaration(),
        "credit_search" => say.history_of_credit_search(),
        "evidence" => say.history_of_evidence(),
        "condition_proof" => say.history_of_condition_proof(),
        "recommendation" => say.history_of_recommendation(),
        "ready_declaration" | "declaration" | "readiness" => say.history_of_ready_declaration(),
        "account" => say.history_of_account(),
        "client" => say.history_of_client(),
        _ => return None,
    })
}

/// What happened, in words: the subject and a past word. A kind that nobody has put into words stands for itself.
pub fn of_kind(say: Say, kind: &str) -> String {
    let whole = match kind {
        "documents_put_in_force" => Some(say.history_documents_put_in_force()),
        "readiness_recommended" => Some(say.history_readiness_recommended()),
        "readiness_declared" => Some(say.history_readiness_declared()),
        "readiness_suspended" => Some(say.history_readiness_suspended()),
        _ => None,
    };
    if let Some(words) = whole {
        return words.to_owned();
    }
    let told = kind.rsplit_once('_').and_then(|(noun, verb)| {
        let noun = of_subject(say, noun)?;
        Some(match verb {
            "entered" | "added" => say.history_entered(noun),
            "changed" | "corrected" => say.history_changed(noun),
            "withdrawn" => say.history_withdrawn(noun),
            "removed" => say.history_removed(noun),
            "uploaded" => say.history_uploaded(noun),
            "opened" => say.history_opened(noun),
            "closed" => say.history_closed(noun),
            "imported" => say.history_imported(noun),
            "given" => say.history_given(noun),
            "ended" => say.history_ended(noun),
            "sent" | "made" | "created" => say.history_made(noun),
            "invited" => say.history_invited(noun),
            "renewed" => say.history_renewed(noun),
            "accepted" => say.history_accepted(noun),
            "revoked" => say.history_revoked(noun),
            "suspended" => say.history_suspended(noun),
            "confirmed" => say.history_confirmed(noun),
            "proved" | "recorded" => say.history_recorded(noun),
            _ => return None,
        })
    });
    told.unwrap_or_else(|| kind.to_owned())
}

/// The label of a column that no form has.
pub(super) fn of_column(say: Say, column: &str) -> Option<&'static str> {
    Some(match column {
        "number" => say.history_column_number(),
        "file_name" => say.evidence_name(),
        "media_type" => say.evidence_kind(),
        "size" => say.evidence_size(),
        "sha256" => say.evidence_hash(),
        "note" => say.evidence_note(),
        "reason_of_withdrawal" => say.record_withdraw_reason(),
        "role" => say.history_column_role(),
        "person_id" => say.history_of_person(),
        "until_on" => say.history_column_until(),
        "reason" => say.history_column_reason(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn every_subject_of_the_filter_has_words() {
        for language in [Language::Chinese, Language::English] {
            assert!(SUBJECTS.iter().all(|subject| of_subject(Say { language }, subject).is_some()));
        }
    }

    #[test]
    fn kinds_are_told_or_stand_for_themselves() {
        let say = Say { language: Language::English };
        assert_eq!(of_kind(say, "penalty_entered"), "Penalty entered");
        assert_eq!(of_kind(say, "stars_counted"), "stars_counted");
    }
}
