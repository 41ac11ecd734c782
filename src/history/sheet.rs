//! The log as rows of a sheet.

use crate::{history_lines::HistoryLine, words::Say};

/// The heads of the columns.
pub(super) fn heads(say: Say) -> Vec<String> {
    [
        say.history_head_number(),
        say.history_head_time(),
        say.history_head_person(),
        say.history_head_roles(),
        say.history_head_event(),
        say.history_head_kind(),
        say.history_head_subject_id(),
        say.history_head_changes(),
        say.history_head_event_id(),
    ]
    .map(str::to_owned)
    .to_vec()
}

/// A line as a row; `kind` and `subject` are the words of the trail, for programs.
pub(super) fn row(say: Say, line: &HistoryLine, kind: &str, subject: uuid::Uuid) -> Vec<String> {
    let changes = line.changes.iter().map(|change| {
        let before = change.before.as_deref().map_or_else(String::new, |before| format!("{before} → "));
        format!("{}{}{before}{}", change.label, say.colon(), change.after.as_deref().unwrap_or("–"))
    });
    vec![
        line.number.map_or_else(String::new, |number| number.to_string()),
        line.at.clone(),
        if line.who.is_empty() { say.history_system().to_owned() } else { line.who.clone() },
        line.roles.clone(),
        line.what.clone(),
        kind.to_owned(),
        subject.to_string(),
        changes.collect::<Vec<_>>().join("\n"),
        line.id.to_string(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{history_lines::Changed, import::to_csv, words::Language};

    #[test]
    fn s9_a_row_has_a_cell_for_each_head_and_no_formula() {
        let say = Say { language: Language::English };
        let line = HistoryLine {
            id: uuid::Uuid::nil(),
            at: "2026-11-16 10:42".to_owned(),
            who: "=cmd()".to_owned(),
            roles: String::new(),
            what: "Penalty entered".to_owned(),
            changes: vec![Changed { label: "Status".to_owned(), before: Some("a".to_owned()), after: None }],
            number: Some(7),
        };
        let row = row(say, &line, "penalty_entered", uuid::Uuid::nil());
        assert_eq!(row.len(), heads(say).len());
        assert_eq!(row[7], "Status: a → –");
        let text = String::from_utf8(to_csv(&[heads(say), row])).unwrap();
        assert!(text.starts_with('\u{feff}') && text.contains(",'=cmd(),"), "{text}");
    }
}
