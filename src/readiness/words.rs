//! Rows and codes of a verdict in the reader's words (domain.md section 6; contract sections 5 to 9).

use super::{engine::Row, labels::Labels};
use crate::{
    catalogue::catalogue,
    words::{Language, Say},
};

/// How many subjects of one code are named before the rest is only counted.
const NAMED: usize = 24;

/// Something said, with the page that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The words.
    pub(super) words: String,
    /// Where to, if there is one place.
    pub(super) href: Option<String>,
}

/// A row of the rules in one plain sentence.
pub(super) fn row(say: Say, row: Row) -> &'static str {
    match row.as_str() {
        "E1-1" => say.ready_row_e1_1(),
        "E1-2" => say.ready_row_e1_2(),
        "E1-3" => say.ready_row_e1_3(),
        "E1-4" => say.ready_row_e1_4(),
        "E1-5" => say.ready_row_e1_5(),
        "E1-6" => say.ready_row_e1_6(),
        "E1-7" => say.ready_row_e1_7(),
        "E1-8" => say.ready_row_e1_8(),
        "E1-9" => say.ready_row_e1_9(),
        "E1-10" => say.ready_row_e1_10(),
        "E1-11" => say.ready_row_e1_11(),
        "E2-1" => say.ready_row_e2_1(),
        "E2-2" => say.ready_row_e2_2(),
        "E2-3" => say.ready_row_e2_3(),
        "E2-4" => say.ready_row_e2_4(),
        "E2-5" => say.ready_row_e2_5(),
        "E2-6" => say.ready_row_e2_6(),
        "E2-7" => say.ready_row_e2_7(),
        "E2-8" => say.ready_row_e2_8(),
        "E2-9" => say.ready_row_e2_9(),
        "E2-10" => say.ready_row_e2_10(),
        "E2-11" => say.ready_row_e2_11(),
        "E3-1" => say.ready_row_e3_1(),
        "E3-2" => say.ready_row_e3_2(),
        "E3-3" => say.ready_row_e3_3(),
        "E3-4" => say.ready_row_e3_4(),
        "E3-5" => say.ready_row_e3_5(),
        "E3-6" => say.ready_row_e3_6(),
        "E3-7" => say.ready_row_e3_7(),
        "E3-8" => say.ready_row_e3_8(),
        "E3-9" => say.ready_row_e3_9(),
        "E3-10" => say.ready_row_e3_10(),
        "E3-11" => say.ready_row_e3_11(),
        "E3-12" => say.ready_row_e3_12(),
        "E4-1" => say.ready_row_e4_1(),
        "E4-2" => say.ready_row_e4_2(),
        "E4-3" => say.ready_row_e4_3(),
        "E4-4" => say.ready_row_e4_4(),
        "E4-5" => say.ready_row_e4_5(),
        "E4-6" => say.ready_row_e4_6(),
        "E4-7" => say.ready_row_e4_7(),
        "E4-8" => say.ready_row_e4_8(),
        "E4-9" => say.ready_row_e4_9(),
        "E4-10" => say.ready_row_e4_10(),
        "E4-11" => say.ready_row_e4_11(),
        "E4-12" => say.ready_row_e4_12(),
        "E4-13" => say.ready_row_e4_13(),
        "E4-14" => say.ready_row_e4_14(),
        "E4-15" => say.ready_row_e4_15(),
        "E4-16" => say.ready_row_e4_16(),
        _ => "",
    }
}

/// A warning in words; `what` names its subjects.
fn warning(say: Say, code: &str, what: &str) -> Option<String> {
    Some(match code {
        "abnormal_operation" => say.ready_warn_abnormal_operation(what),
        "permit" => say.ready_warn_permit(what),
        "expires_before_stage2" => say.ready_warn_expires_before_stage2().to_owned(),
        "plan_overdue" => say.ready_warn_plan_overdue(what),
        "edition_2011" => say.ready_warn_edition_2011().to_owned(),
        "edition_2018" => say.ready_warn_edition_2018().to_owned(),
        "clock_restarted" => say.ready_warn_clock_restarted(what),
        "start_before_issue" => say.ready_warn_start_before_issue(what),
        "suspended_now" => say.ready_warn_suspended_now(what),
        "suspended_after_completion" => say.ready_warn_suspended_after_completion(what),
        "clock_extended" => say.ready_warn_clock_extended(what),
        "process_clock" => say.ready_warn_process_clock(what),
        "records_gap" => say.ready_warn_records_gap().to_owned(),
        "backfilled" => say.ready_warn_backfilled().to_owned(),
        "not_internal_audit" => say.ready_warn_not_internal_audit(what),
        "audit_early" => say.ready_warn_audit_early(what),
        "own_area" => say.ready_warn_own_area(what),
        "open_major" => say.ready_warn_open_major(what),
        "open_minor" => say.ready_warn_open_minor(what),
        "audit_gap" => say.ready_warn_audit_gap().to_owned(),
        "review_chair" => say.ready_warn_review_chair(what),
        "review_early" => say.ready_warn_review_early(what),
        "review_delegated" => say.ready_warn_review_delegated(what),
        "review_supplemented" => say.ready_warn_review_supplemented(what),
        "audit_stale" => say.ready_warn_audit_stale().to_owned(),
        "review_stale" => say.ready_warn_review_stale().to_owned(),
        "penalty_later" => say.ready_warn_penalty_later(what),
        "not_a_penalty" => say.ready_warn_not_a_penalty(what),
        "penalty_other_party" => say.ready_warn_penalty_other_party(what),
        "penalty_outside" => say.ready_warn_penalty_outside(what),
        "penalty_revoked" => say.ready_warn_penalty_revoked(what),
        "penalty_unrelated" => say.ready_warn_penalty_unrelated(what),
        "penalty_aged_out" => say.ready_warn_penalty_aged_out(what),
        "appeal_pending" => say.ready_warn_appeal_pending(what),
        "violation_date" => say.ready_warn_violation_date(what),
        _ => return None,
    })
}

/// What is missing in words; `what` names its subjects.
fn lack(say: Say, code: &str, what: &str) -> Option<String> {
    Some(match code {
        "operation_start" if what.is_empty() => say.ready_lack_operation_start_any().to_owned(),
        "legal_document" => say.ready_lack_legal_document().to_owned(),
        "business_licence" => say.ready_lack_business_licence().to_owned(),
        "production_licence" => say.ready_lack_production_licence().to_owned(),
        "parent_licence" => say.ready_lack_parent_licence().to_owned(),
        "parent_authorisation" => say.ready_lack_parent_authorisation().to_owned(),
        "permit" => say.ready_lack_permit(what),
        "document_file" => say.ready_lack_document_file(what),
        "document_holder" => say.ready_lack_document_holder(what),
        "document_translation" => say.ready_lack_document_translation(what),
        "registry_extract" => say.ready_lack_registry_extract(what),
        "required_items" => say.ready_lack_required_items().to_owned(),
        "uncovered_item" => say.ready_lack_uncovered_item(what),
        "scope" => say.ready_lack_scope().to_owned(),
        "operation_start" => say.ready_lack_operation_start(what),
        "issue_order" => say.ready_lack_issue_order(what),
        "issue_order_file" => say.ready_lack_issue_order_file(what),
        "records_process" => say.ready_lack_records_process(what),
        "records_month" => say.ready_lack_records_month(what),
        "audit_record" => say.ready_lack_audit_record(what),
        "audit_report" => say.ready_lack_audit_report(what),
        "internal_audit" => say.ready_lack_internal_audit().to_owned(),
        "audit_clause" => say.ready_lack_audit_clause(what),
        "audit_department" => say.ready_lack_audit_department(what),
        "audit_part" => say.ready_lack_audit_part(what),
        "review_record" => say.ready_lack_review_record(what),
        "review_decisions" => say.ready_lack_review_decisions(what),
        "review_minutes" => say.ready_lack_review_minutes(what),
        "management_review" => say.ready_lack_management_review().to_owned(),
        "establishment" => say.ready_lack_establishment().to_owned(),
        "penalty_papers" => say.ready_lack_penalty_papers(what),
        "declaration" => say.ready_lack_declaration().to_owned(),
        "declaration_stale" => say.ready_lack_declaration_stale().to_owned(),
        "declaration_file" => say.ready_lack_declaration_file(what),
        "credit_search" => say.ready_lack_credit_search().to_owned(),
        "credit_search_stale" => say.ready_lack_credit_search_stale().to_owned(),
        "credit_search_file" => say.ready_lack_credit_search_file(what),
        _ => return None,
    })
}

/// The parts of `code`, `code:subject` or `code:subject:detail`.
pub(super) fn parts(code: &str) -> (&str, &str, &str) {
    let (head, rest) = code.split_once(':').unwrap_or((code, ""));
    let (subject, detail) = rest.split_once(':').unwrap_or((rest, ""));
    (head, subject, detail)
}

/// Warnings, those of one code in one line.
pub(super) fn warnings<C: AsRef<str>>(labels: &Labels<'_>, codes: &[C]) -> Vec<Line> {
    lines(labels, codes, warning)
}

/// What is missing, that of one code in one line.
pub(super) fn missing<C: AsRef<str>>(labels: &Labels<'_>, codes: &[C]) -> Vec<Line> {
    lines(labels, codes, lack)
}

/// Codes stand in order, so those of one kind stand together.
fn lines<C: AsRef<str>>(labels: &Labels<'_>, codes: &[C], said: fn(Say, &str, &str) -> Option<String>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut rest = codes;
    while let Some(first) = rest.first() {
        let head = parts(first.as_ref()).0;
        let count = rest.iter().take_while(|code| parts(code.as_ref()).0 == head).count();
        let (group, after) = rest.split_at(count);
        rest = after;
        let words = said(labels.say, head, &subjects(labels, group)).unwrap_or_else(|| first.as_ref().to_owned());
        lines.push(Line { words, href: if let [only] = group { place(labels, only.as_ref()) } else { None } });
    }
    lines
}

/// The subjects of codes of one kind, in words.
pub(super) fn subjects<C: AsRef<str>>(labels: &Labels<'_>, group: &[C]) -> String {
    let named: Vec<String> = group.iter().take(NAMED).map(|code| subject(labels, code.as_ref())).filter(|words| !words.is_empty()).collect();
    let words = named.join(labels.say.list_comma());
    if group.len() > NAMED { labels.say.ready_and_more(words, group.len()) } else { words }
}

/// The subject of a code in words: a thing, a process, a clause, an item, a day.
pub(super) fn subject(labels: &Labels<'_>, code: &str) -> String {
    let say = labels.say;
    let zh = say.language == Language::Chinese;
    let (head, subject, detail) = parts(code);
    match head {
        "process_clock" | "records_process" => format!("{subject} {}", catalogue().process_name(subject, zh)),
        "uncovered_item" | "audit_clause" | "records_month" | "permit" => subject.to_owned(),
        "audit_record" | "review_record" => say.ready_of_audit(labels.label(subject), record(say, detail)),
        _ if subject.is_empty() => String::new(),
        _ => labels.label(subject),
    }
}

/// A record that must be kept, in words.
fn record(say: Say, word: &str) -> &'static str {
    match word {
        "plan" => say.ready_record_plan(),
        "checklist" => say.ready_record_checklist(),
        "report" => say.ready_record_report(),
        "nc_follow_up" => say.ready_record_nc_follow_up(),
        "agenda" => say.ready_record_agenda(),
        "minutes" => say.ready_record_minutes(),
        _ => say.ready_fact_thing(),
    }
}

/// The page that a code is about.
fn place(labels: &Labels<'_>, code: &str) -> Option<String> {
    let (head, subject, _) = parts(code);
    match head {
        "records_process" | "records_month" => Some(labels.path("/operation")),
        "uncovered_item" => Some(labels.path("/documents")),
        "audit_clause" => Some(labels.path("/audits")),
        _ => labels.href(subject),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        engine,
        facts::{
            Names,
            tests::{example, examples},
        },
    };
    use super::*;

    const LANGUAGES: [Say; 2] = [Say { language: Language::Chinese }, Say { language: Language::English }];

    #[test]
    fn every_row_has_a_sentence_in_both_languages() {
        let rows: Vec<Row> = (1..=4).flat_map(|condition| (1..=16).filter_map(move |number| Row::from_text(&format!("E{condition}-{number}")))).collect();
        assert_eq!(rows.len(), 50);
        for say in LANGUAGES {
            let said: Vec<&str> = rows.iter().map(|one| row(say, *one)).collect();
            assert!(said.iter().all(|words| words.chars().count() > 10));
            let mut once = said.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), said.len(), "no two rows say the same");
        }
    }

    /// Every string literal of the engine's rules that stands where a code does.
    fn codes_of_the_engine() -> Vec<String> {
        const RULES: [&str; 11] = [
            "audit_and_review",
            "audit_coverage",
            "clock",
            "coverage",
            "internal_audit",
            "legal_status",
            "management_review",
            "no_penalty",
            "operation",
            "proofs",
            "records",
        ];
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/readiness/engine");
        let mut codes = Vec::new();
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            if !RULES.contains(&name.as_str()) {
                continue;
            }
            let text = std::fs::read_to_string(path).unwrap();
            codes.extend(
                text.split('"')
                    .skip(1)
                    .step_by(2)
                    .filter(|word| word.len() > 4 && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'))
                    .map(str::to_owned),
            );
        }
        codes.sort();
        codes.dedup();
        codes
    }

    #[test]
    fn every_code_that_the_engine_can_give_has_words() {
        let codes = codes_of_the_engine();
        assert!(codes.len() >= 70, "{}: {codes:?}", codes.len());
        for say in LANGUAGES {
            for code in &codes {
                assert!(warning(say, code, "x").is_some() || lack(say, code, "x").is_some(), "{code}");
            }
        }
    }

    #[test]
    fn every_verdict_of_the_contract_reads_well_in_both_languages() {
        let names = Names::new();
        for name in examples() {
            let text = example(&name);
            let facts = engine::read(text.as_bytes()).unwrap();
            let verdict = engine::assess(&facts);
            for say in LANGUAGES {
                let labels = Labels::new(&facts, &names, say, "/e/HL".to_owned());
                for condition in &verdict.conditions {
                    for line in warnings(&labels, &condition.warnings).into_iter().chain(missing(&labels, &condition.missing)) {
                        let head = line.words.split([':', '：']).next().unwrap_or_default();
                        assert!(!head.contains('_') && !line.words.is_empty(), "{name}: {}", line.words);
                    }
                }
            }
        }
    }
}
