//! Edge cases, line by line of the contract: a company that meets everything on 2026-06-15, changed in one respect.

use super::{differences, examples, judge};
use serde_json::{Value, json};

/// Everything met: start 1 March, order 24 February, audit report 22 April, review 6 and 8 May.
fn base() -> Value {
    let mut facts = examples().into_iter().find(|example| example["name"] == "penalties-in-window").unwrap()["facts"].take();
    facts["penalties"] = json!([]);
    facts
}

/// Puts a change over a value: objects are merged, `$add` appends to a list, `$0` changes a list's first entry.
fn change(value: &mut Value, by: &Value) {
    let Value::Object(changes) = by else {
        *value = by.clone();
        return;
    };
    if let Some(list) = value.as_array_mut() {
        for (key, by) in changes {
            match key.as_str() {
                "$add" => list.push(by.clone()),
                _ => change(&mut list[key[1..].parse::<usize>().unwrap()], by),
            }
        }
        return;
    }
    if !value.is_object() {
        *value = json!({});
    }
    for (key, by) in changes {
        let place = &mut value[key];
        if place.is_null() && by.get("$add").is_some() {
            *place = json!([]);
        }
        change(place, by);
    }
}

/// Judges each changed company and compares what the case names of one condition.
fn check(condition: usize, cases: &[(&str, Value, Value)]) {
    let mut found = Vec::new();
    for (name, by, wanted) in cases {
        let mut facts = base();
        change(&mut facts, by);
        let mut verdict = judge(&facts);
        let judged = if facts["application_on"].is_string() { verdict["application"]["conditions"].take() } else { verdict["conditions"].take() };
        for (key, wanted) in wanted.as_object().unwrap() {
            differences(&format!("{name}/{key}"), &judged[condition][key], wanted, &mut found);
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn legal_status() {
    let name = "Clearbay Data Ltd.";
    let overseas = |extract: &str, to: Value| json!({"applicant": {"kind": "overseas"}, "legal_documents": [{"id": "REG", "kind": "registration_certificate", "holder_name": name, "valid_from": "2020-01-01", "valid_to": to, "file_id": "F", "extract_on": extract}]});
    check(
        0,
        &[
            (
                "last day counts",
                json!({"legal_documents": {"$0": {"valid_to": "2026-06-15"}}}),
                json!({"status": "met", "met_since": "2018-05-02", "rules": ["E1-1"]}),
            ),
            (
                "expired yesterday",
                json!({"legal_documents": {"$0": {"valid_to": "2026-06-14"}}}),
                json!({"status": "not_met", "rules": ["E1-4"], "evidence": ["LIC-1"], "missing": []}),
            ),
            (
                "dead before expired",
                json!({"legal_documents": {"$0": {"valid_to": "2026-06-14", "status": "revoked"}}}),
                json!({"status": "not_met", "rules": ["E1-6"]}),
            ),
            (
                "revocation of tomorrow",
                json!({"legal_documents": {"$0": {"status": "revoked", "status_since": "2026-06-16"}}}),
                json!({"status": "met", "rules": ["E1-1"]}),
            ),
            (
                "expired before unproved",
                json!({"legal_documents": {"$0": {"valid_to": "2026-06-14", "file_id": null}}}),
                json!({"status": "not_met", "missing": []}),
            ),
            (
                "unproved before future",
                json!({"legal_documents": {"$0": {"valid_from": "2026-06-16", "holder_name": "x", "file_id": null, "needs_translation": true}}}),
                json!({"status": "unknown", "rules": ["E1-10"], "missing": ["document_file:LIC-1", "document_holder:LIC-1", "document_translation:LIC-1"]}),
            ),
            (
                "future",
                json!({"legal_documents": {"$0": {"valid_from": "2026-06-16"}}}),
                json!({"status": "not_yet", "eligible_from": "2026-06-16", "basis": "calendar", "rules": ["E1-5"]}),
            ),
            ("nothing", json!({"legal_documents": []}), json!({"status": "unknown", "rules": ["E1-10"], "missing": ["legal_document"], "evidence": []})),
            ("foreign invested", json!({"applicant": {"kind": "cn_foreign_invested"}}), json!({"status": "met", "rules": ["E1-1", "E1-3"]})),
            (
                "abnormal",
                json!({"legal_documents": {"$0": {"status": "abnormal"}}}),
                json!({"status": "met", "rules": ["E1-1", "E1-6"], "warnings": ["abnormal_operation:LIC-1"]}),
            ),
            (
                "abnormal from tomorrow",
                json!({"legal_documents": {"$0": {"status": "abnormal", "status_since": "2026-06-16"}}}),
                json!({"rules": ["E1-1"], "warnings": []}),
            ),
            ("extract of twelve months", overseas("2025-06-15", Value::Null), json!({"status": "met", "rules": ["E1-2"]})),
            (
                "extract too old",
                overseas("2025-06-14", Value::Null),
                json!({"status": "unknown", "rules": ["E1-2", "E1-10"], "missing": ["registry_extract:REG"]}),
            ),
            ("extract of tomorrow", overseas("2026-06-16", Value::Null), json!({"status": "unknown", "missing": ["registry_extract:REG"]})),
            ("no extract needed", overseas("2020-01-01", json!("2026-06-15")), json!({"status": "met", "missing": []})),
            (
                "permit not yet",
                json!({"applicant": {"permits_required": ["p", "p"]}, "legal_documents": {"$add": {"id": "P", "kind": "permit", "permit_code": "p", "holder_name": name, "valid_from": "2026-07-01", "file_id": "F"}}}),
                json!({"status": "not_yet", "eligible_from": "2026-07-01", "rules": ["E1-1", "E1-5", "E1-9"], "missing": ["permit:p"], "evidence": ["LIC-1", "P"]}),
            ),
            (
                "permit missing",
                json!({"applicant": {"permits_required": ["p"]}}),
                json!({"status": "not_met", "rules": ["E1-1", "E1-9"], "missing": ["permit:p"]}),
            ),
            (
                "permit missing, warned",
                json!({"applicant": {"permits_required": ["p"]}, "rules": {"permit_rule": "warn"}}),
                json!({"status": "met", "rules": ["E1-1", "E1-9"], "missing": [], "warnings": ["permit:p"]}),
            ),
            (
                "branch without parent's name",
                json!({"applicant": {"kind": "cn_branch"}, "legal_documents": [{"id": "PL", "kind": "parent_licence", "holder_name": "y", "valid_from": "2020-01-01", "file_id": "F"}]}),
                json!({"status": "not_met", "rules": ["E1-7", "E1-10"], "missing": ["document_holder:PL", "parent_authorisation"], "evidence": ["PL"]}),
            ),
            (
                "stage 2 today",
                json!({"planned_stage2_on": "2026-06-15", "legal_documents": {"$0": {"valid_to": "2026-06-15"}}}),
                json!({"rules": ["E1-1"], "warnings": []}),
            ),
            (
                "stage 2 past",
                json!({"planned_stage2_on": "2026-06-14", "legal_documents": {"$0": {"valid_from": "2026-06-15"}}}),
                json!({"rules": ["E1-1"], "warnings": []}),
            ),
            (
                "successor reaches stage 2",
                json!({"planned_stage2_on": "2026-07-02", "legal_documents": {"$0": {"valid_to": "2026-07-01"}, "$add": {"id": "L2", "kind": "legal_person_licence", "holder_name": name, "valid_from": "2026-07-02", "file_id": "F"}}}),
                json!({"rules": ["E1-1"], "warnings": [], "evidence": ["LIC-1"]}),
            ),
            (
                "unproved successor",
                json!({"planned_stage2_on": "2026-07-02", "legal_documents": {"$0": {"valid_to": "2026-07-01"}, "$add": {"id": "L2", "kind": "legal_person_licence", "holder_name": name, "valid_from": "2026-07-02"}}}),
                json!({"rules": ["E1-1", "E1-11"], "warnings": ["expires_before_stage2"]}),
            ),
        ],
    );
}

#[test]
fn operation() {
    let stop = |from: &str, to: Value| json!({"suspensions": [{"id": "U", "from_on": from, "resumed_on": to}]});
    check(
        1,
        &[
            ("no items", json!({"required_items": []}), json!({"status": "unknown", "rules": ["E2-4"], "missing": ["required_items"]})),
            (
                "document planned for today",
                json!({"documents": {"$0": {"effective_on": null, "planned_effective_on": "2026-06-15"}}}),
                json!({"status": "not_yet", "eligible_from": "2026-06-15", "basis": "planned", "rules": ["E2-5"], "missing": ["uncovered_item:3.1-02"]}),
            ),
            (
                "document overdue",
                json!({"documents": {"$0": {"effective_on": null, "planned_effective_on": "2026-06-14"}}}),
                json!({"status": "not_met", "rules": ["E2-5"], "warnings": ["plan_overdue:DOC-1"]}),
            ),
            ("document of tomorrow without plan", json!({"documents": {"$0": {"effective_on": "2026-06-16"}}}), json!({"status": "not_met", "warnings": []})),
            (
                "excused today",
                json!({"documents": {"$0": {"effective_on": null}}, "required_items": {"$0": {"excused_on": "2026-06-15"}}}),
                json!({"status": "met", "met_since": "2026-06-15", "rules": ["E2-1"]}),
            ),
            (
                "order after start",
                json!({"issue_orders": {"$0": {"issued_on": "2026-03-09"}}}),
                json!({"status": "met", "met_since": "2026-06-09", "rules": ["E2-1", "E2-4"], "warnings": ["start_before_issue:S1"], "dates": {"operation_start": "2026-03-09", "counted_from": "2026-03-09", "complete_on": "2026-06-09"}}),
            ),
            (
                "re-established after start",
                json!({"issue_orders": {"$add": {"id": "ORD-2", "kind": "re_establishment", "issued_on": "2026-03-09", "file_id": "F"}}}),
                json!({"rules": ["E2-1", "E2-9"], "warnings": ["clock_restarted:ORD-2"], "missing": []}),
            ),
            ("no order", json!({"issue_orders": []}), json!({"status": "unknown", "rules": ["E2-4"], "missing": ["issue_order:S1"], "dates": {}})),
            ("no scope", json!({"scope_parts": {"$0": {"in_scope": false}}}), json!({"status": "unknown", "rules": ["E2-4"], "missing": ["scope"]})),
            (
                "start ahead needs no order",
                json!({"scope_parts": {"$0": {"start_on": null, "planned_start_on": "2026-06-15"}}, "issue_orders": []}),
                json!({"status": "not_yet", "eligible_from": "2026-09-15", "basis": "planned", "rules": ["E2-3"], "missing": []}),
            ),
            (
                "restart on the start",
                json!({"restarts": [{"id": "X", "on": "2026-03-01", "reason": "scope_widened"}]}),
                json!({"status": "met", "rules": ["E2-1"]}),
            ),
            (
                "two restarts of a day",
                json!({"restarts": [{"id": "X", "on": "2026-03-02", "reason": "scope_widened"}, {"id": "Y", "on": "2026-03-02", "reason": "process_rebuilt"}, {"id": "W", "on": "2026-06-16", "reason": "process_rebuilt"}]}),
                json!({"status": "met", "met_since": "2026-06-02", "rules": ["E2-1", "E2-9"], "warnings": ["clock_restarted:X", "clock_restarted:Y"]}),
            ),
            ("seven days", stop("2026-04-01", json!("2026-04-08")), json!({"status": "met", "met_since": "2026-06-01", "rules": ["E2-1"], "warnings": []})),
            (
                "eight days",
                stop("2026-04-01", json!("2026-04-09")),
                json!({"status": "not_yet", "eligible_from": "2026-07-09", "rules": ["E2-2", "E2-6", "E2-7"], "warnings": ["clock_restarted:U", "records_gap"], "dates": {"operation_start": "2026-03-01", "counted_from": "2026-04-09", "complete_on": "2026-07-09"}}),
            ),
            (
                "stop before the start",
                stop("2026-01-01", json!("2026-03-09")),
                json!({"dates": {"operation_start": "2026-03-01", "counted_from": "2026-03-09", "complete_on": "2026-06-09"}}),
            ),
            (
                "stop until soon after the start",
                stop("2026-01-01", json!("2026-03-08")),
                json!({"status": "met", "met_since": "2026-06-01", "rules": ["E2-1"]}),
            ),
            (
                "stop on the due day",
                stop("2026-06-01", json!("2026-06-12")),
                json!({"status": "met", "rules": ["E2-1", "E2-7"], "warnings": ["suspended_after_completion:U"]}),
            ),
            (
                "stop on the day before",
                stop("2026-05-31", json!("2026-06-12")),
                json!({"status": "not_yet", "eligible_from": "2026-09-12", "warnings": ["clock_restarted:U", "records_gap"]}),
            ),
            ("stopped for seven days", stop("2026-06-09", Value::Null), json!({"status": "met", "rules": ["E2-1", "E2-7"], "warnings": ["suspended_now:U"]})),
            (
                "stopped for eight days",
                stop("2026-06-08", Value::Null),
                json!({"status": "not_met", "rules": ["E2-7"], "warnings": ["suspended_now:U"], "dates": {"operation_start": "2026-03-01"}}),
            ),
            ("resumes tomorrow", stop("2026-06-08", json!("2026-06-16")), json!({"status": "not_met", "warnings": ["suspended_now:U"]})),
            (
                "touching stops are one",
                json!({"suspensions": [{"id": "V", "from_on": "2026-04-05", "resumed_on": "2026-04-09"}, {"id": "U", "from_on": "2026-04-01", "resumed_on": "2026-04-05"}]}),
                json!({"warnings": ["clock_restarted:U", "clock_restarted:V", "records_gap"]}),
            ),
            (
                "stops a day apart",
                json!({"suspensions": [{"id": "V", "from_on": "2026-04-06", "resumed_on": "2026-04-10"}, {"id": "U", "from_on": "2026-04-01", "resumed_on": "2026-04-05"}]}),
                json!({"status": "met", "warnings": []}),
            ),
            (
                "extended",
                json!({"rules": {"suspension_rule": "extend"}, "suspensions": [{"id": "U", "from_on": "2026-04-01", "resumed_on": "2026-04-09"}, {"id": "V", "from_on": "2026-06-08", "resumed_on": "2026-06-15"}]}),
                json!({"status": "met", "met_since": "2026-06-09", "warnings": ["clock_extended:U"], "dates": {"operation_start": "2026-03-01", "counted_from": "2026-03-01", "complete_on": "2026-06-09"}}),
            ),
            (
                "process documented late",
                json!({"documents": {"$2": {"effective_on": "2026-03-02"}}}),
                json!({"status": "met", "met_since": "2026-06-02", "rules": ["E2-1", "E2-5"], "warnings": ["process_clock:6.1"]}),
            ),
            (
                "second edition",
                json!({"issue_orders": {"$add": {"id": "O2", "kind": "second_edition", "issued_on": "2026-06-15"}}}),
                json!({"status": "met", "rules": ["E2-1", "E2-9"], "warnings": []}),
            ),
            (
                "a month without a record",
                json!({"issue_orders": {"$0": {"issued_on": "2026-03-10"}}}),
                json!({"status": "unknown", "rules": ["E2-4", "E2-6"], "missing": ["records_month:2026-04-10"]}),
            ),
            ("no records", json!({"operating_records": []}), json!({"status": "unknown", "rules": ["E2-6"]})),
            (
                "record before the start",
                json!({"operating_records": {"$add": {"id": "R0", "process": "6.1", "recorded_on": "2026-02-28", "entered_on": "2026-02-28"}}}),
                json!({"status": "met", "rules": ["E2-1", "E2-11"], "warnings": ["backfilled"]}),
            ),
            ("edition 2011", json!({"edition": "2011"}), json!({"status": "met", "rules": ["E2-1", "E2-10"], "warnings": ["edition_2011"]})),
            ("strict", json!({"rules": {"month_rule": "strict"}}), json!({"status": "met", "met_since": "2026-06-02"})),
        ],
    );
}

#[test]
fn audit_and_review() {
    check(
        2,
        &[
            (
                "no start",
                json!({"scope_parts": {"$0": {"start_on": null}}}),
                json!({"status": "unknown", "rules": ["E3-4"], "missing": ["operation_start"], "dates": {"review_done": "2026-05-08"}}),
            ),
            ("no audit", json!({"audits": []}), json!({"status": "not_met", "rules": ["E3-3"], "missing": ["internal_audit"], "warnings": []})),
            ("begins on the start", json!({"scope_parts": {"$0": {"start_on": "2026-04-13"}}}), json!({"status": "met"})),
            (
                "begins the day before",
                json!({"scope_parts": {"$0": {"start_on": "2026-04-14"}}}),
                json!({"status": "not_met", "rules": ["E3-3", "E3-4"], "warnings": ["audit_early:IA-1"], "missing": ["internal_audit"]}),
            ),
            (
                "mock under procedure",
                json!({"audits": {"$0": {"kind": "mock", "under_procedure": true}}}),
                json!({"status": "met", "rules": ["E3-1", "E3-12"], "warnings": []}),
            ),
            (
                "ended, no report",
                json!({"audits": {"$0": {"report_approved_on": null}}}),
                json!({"status": "unknown", "rules": ["E3-10"], "missing": ["audit_report:IA-1"], "evidence": ["IA-1", "MR-1"]}),
            ),
            (
                "report planned",
                json!({"audits": {"$0": {"report_approved_on": null, "planned_report_on": "2026-06-20"}}}),
                json!({"status": "not_met", "rules": ["E3-2", "E3-3", "E3-9"], "warnings": ["review_early:MR-1"], "missing": ["management_review"], "dates": {"audit_done": "2026-06-20"}}),
            ),
            (
                "report plan overdue",
                json!({"audits": {"$0": {"report_approved_on": null, "planned_report_on": "2026-06-14"}}}),
                json!({"status": "unknown", "warnings": ["plan_overdue:IA-1"]}),
            ),
            (
                "minor with plan",
                json!({"audits": {"$0": {"findings": [{"id": "N", "grade": "minor", "plan_accepted_on": "2026-05-20", "due_on": "2026-05-21"}]}}}),
                json!({"status": "met", "met_since": "2026-05-20", "warnings": [], "dates": {"audit_done": "2026-05-20", "review_done": "2026-05-08"}}),
            ),
            (
                "minor due today",
                json!({"audits": {"$0": {"findings": [{"id": "N", "grade": "minor", "due_on": "2026-06-15"}]}}}),
                json!({"status": "not_yet", "eligible_from": "2026-06-15", "rules": ["E3-7"], "warnings": ["open_minor:N"], "evidence": ["IA-1", "MR-1", "N"]}),
            ),
            (
                "major with plan, overdue",
                json!({"audits": {"$0": {"findings": [{"id": "N", "grade": "major", "plan_accepted_on": "2026-05-20", "due_on": "2026-06-14"}]}}}),
                json!({"status": "not_met", "rules": ["E3-6"], "warnings": ["open_major:N"]}),
            ),
            (
                "observation",
                json!({"audits": {"$0": {"records_kept": ["plan", "report", "checklist"], "findings": [{"id": "N", "grade": "observation"}]}}}),
                json!({"status": "met", "rules": ["E3-1"]}),
            ),
            (
                "no follow-up",
                json!({"audits": {"$0": {"records_kept": ["plan", "report", "checklist"], "findings": [{"id": "N", "grade": "minor", "verified_on": "2026-05-01"}]}}}),
                json!({"status": "unknown", "missing": ["audit_record:IA-1:nc_follow_up"]}),
            ),
            (
                "second part started later",
                json!({"scope_parts": {"$add": {"id": "S2", "start_on": "2026-04-14"}}, "audits": {"$0": {"part_ids": ["S1", "S2"]}}}),
                json!({"status": "not_met", "rules": ["E3-5"], "missing": ["audit_part:S2"]}),
            ),
            (
                "department not audited",
                json!({"departments": {"$add": {"id": "D3"}}}),
                json!({"status": "not_met", "missing": ["audit_department:D3"], "dates": {"review_done": "2026-05-08"}}),
            ),
            (
                "literal",
                json!({"departments": {"$add": {"id": "D3"}}, "rules": {"audit_rule": "literal"}}),
                json!({"status": "met", "rules": ["E3-1", "E3-5"], "warnings": ["audit_gap"], "missing": []}),
            ),
            ("review on the day of the report", json!({"reviews": {"$0": {"held_on": "2026-04-22"}}}), json!({"status": "met", "met_since": "2026-05-08"})),
            (
                "review the day before",
                json!({"reviews": {"$0": {"held_on": "2026-04-21", "supplement_approved_on": "2026-06-01"}}}),
                json!({"status": "not_met", "rules": ["E3-3", "E3-9"], "warnings": ["review_early:MR-1"], "missing": ["management_review"]}),
            ),
            (
                "supplemented",
                json!({"rules": {"review_rule": "supplement"}, "reviews": {"$0": {"held_on": "2026-04-21", "supplement_approved_on": "2026-06-01"}}}),
                json!({"status": "met", "met_since": "2026-06-01", "rules": ["E3-1", "E3-9"], "warnings": ["review_supplemented:MR-1"]}),
            ),
            (
                "minutes none",
                json!({"reviews": {"$0": {"minutes_approved_on": null}}}),
                json!({"status": "unknown", "rules": ["E3-10"], "missing": ["review_minutes:MR-1"], "warnings": []}),
            ),
            (
                "minutes overdue",
                json!({"reviews": {"$0": {"minutes_approved_on": null, "planned_minutes_on": "2026-06-14"}}}),
                json!({"status": "unknown", "warnings": ["plan_overdue:MR-1"]}),
            ),
            (
                "minutes today",
                json!({"reviews": {"$0": {"minutes_approved_on": null, "planned_minutes_on": "2026-06-15"}}}),
                json!({"status": "not_yet", "eligible_from": "2026-06-15", "basis": "planned", "rules": ["E3-2"]}),
            ),
            (
                "review gaps",
                json!({"reviews": {"$0": {"records_kept": [], "decisions_assigned": false}}}),
                json!({"status": "unknown", "missing": ["review_decisions:MR-1", "review_record:MR-1:agenda", "review_record:MR-1:minutes"]}),
            ),
            ("chair", json!({"reviews": {"$0": {"chair": "other"}}}), json!({"status": "not_met", "rules": ["E3-3"], "warnings": ["review_chair:MR-1"]})),
            ("not stale yet", json!({"as_of": "2027-04-22"}), json!({"warnings": []})),
            ("audit stale", json!({"as_of": "2027-04-23"}), json!({"rules": ["E3-1", "E3-11"], "warnings": ["audit_stale"]})),
            ("both stale", json!({"as_of": "2027-05-07"}), json!({"warnings": ["audit_stale", "review_stale"]})),
            (
                "kept plans",
                json!({"application_on": "2026-07-10", "reviews": [{"id": "MR-2", "planned_on": "2026-07-09", "planned_minutes_on": "2026-07-10", "chair": "top_management"}]}),
                json!({"status": "met", "met_since": "2026-07-10"}),
            ),
            (
                "minutes after application",
                json!({"application_on": "2026-07-10", "reviews": [{"id": "MR-2", "planned_on": "2026-07-10", "planned_minutes_on": "2026-07-11", "chair": "top_management"}]}),
                json!({"status": "not_yet", "eligible_from": "2026-07-11"}),
            ),
        ],
    );
}

#[test]
fn no_penalty() {
    let penalty = |more: Value| {
        let mut penalty = json!({"id": "P", "authority": "a", "decided_on": "2026-04-01", "kind": "fine", "subject": "applicant"});
        change(&mut penalty, &more);
        json!({"penalties": [penalty]})
    };
    check(
        3,
        &[
            (
                "no order",
                json!({"issue_orders": []}),
                json!({"status": "unknown", "rules": ["E4-15"], "missing": ["establishment"], "dates": {}, "evidence": ["CS-1", "DEC-1"]}),
            ),
            (
                "order overdue",
                json!({"issue_orders": {"$0": {"issued_on": null, "planned_on": "2026-06-14"}}}),
                json!({"status": "unknown", "warnings": ["plan_overdue:ORD-1"]}),
            ),
            (
                "order ahead",
                json!({"issue_orders": {"$0": {"issued_on": null, "planned_on": "2026-06-20"}}}),
                json!({"status": "not_yet", "eligible_from": "2026-06-20", "basis": "planned", "rules": ["E4-15"], "dates": {"window_from": "2025-06-20"}, "evidence": ["CS-1", "DEC-1", "ORD-1"]}),
            ),
            (
                "re-established",
                json!({"issue_orders": {"$add": {"id": "O2", "kind": "re_establishment", "issued_on": "2026-03-01"}}}),
                json!({"status": "met", "rules": ["E4-1", "E4-13", "E4-14"], "dates": {"window_from": "2025-03-01"}, "evidence": ["CS-1", "DEC-1", "O2"]}),
            ),
            (
                "counts",
                penalty(json!({})),
                json!({"status": "not_met", "rules": ["E4-3", "E4-14"], "dates": {"window_from": "2025-02-24", "reissue_from": "2027-04-02", "reissue_complete_on": "2027-07-02"}}),
            ),
            (
                "cleared while it counts",
                penalty(json!({"decided_on": "2025-03-01"})),
                json!({"status": "not_met", "dates": {"window_from": "2025-02-24", "reissue_from": "2026-06-15", "reissue_complete_on": "2026-09-15"}}),
            ),
            (
                "counts, rolling",
                {
                    let mut by = penalty(json!({}));
                    by["rules"] = json!({"penalty_rule": "rolling"});
                    by
                },
                json!({"status": "not_yet", "eligible_from": "2027-04-02", "basis": "calendar", "rules": ["E4-3", "E4-14"]}),
            ),
            (
                "revoked, one paper",
                penalty(json!({"status": "revoked", "file_id": "F"})),
                json!({"status": "unknown", "rules": ["E4-6"], "missing": ["penalty_papers:P"], "warnings": ["penalty_revoked:P"]}),
            ),
            (
                "revoked tomorrow",
                penalty(json!({"status": "revoked", "status_since": "2026-06-16"})),
                json!({"status": "not_met", "rules": ["E4-3", "E4-14"], "warnings": []}),
            ),
            (
                "appeal of tomorrow, repaired",
                penalty(json!({"status": "under_appeal", "status_since": "2026-06-16", "repaired_on": "2026-06-15", "authority_abroad": true})),
                json!({"rules": ["E4-3", "E4-8", "E4-14"]}),
            ),
            ("unrelated counts", penalty(json!({"related": false, "status": "changed"})), json!({"status": "not_met", "rules": ["E4-7", "E4-11", "E4-14"]})),
            ("talk with an employee", penalty(json!({"kind": "regulatory_talk", "subject": "employee"})), json!({"status": "met", "rules": ["E4-1", "E4-9"]})),
            (
                "outside, without a violation day",
                {
                    let mut by = penalty(json!({"decided_on": "2025-02-23"}));
                    by["rules"] = json!({"penalty_date": "violation"});
                    by
                },
                json!({"status": "met", "rules": ["E4-1", "E4-4"], "warnings": ["penalty_outside:P", "violation_date:P"]}),
            ),
            (
                "thirty days",
                json!({"declarations": {"$0": {"signed_on": "2026-06-10", "covers_to": "2026-05-16"}}}),
                json!({"status": "met", "met_since": "2026-06-10"}),
            ),
            (
                "thirty-one days",
                json!({"declarations": {"$0": {"signed_on": "2026-06-10", "covers_to": "2026-05-15"}}}),
                json!({"status": "unknown", "rules": ["E4-2"], "missing": ["declaration_stale"], "evidence": ["CS-1", "ORD-1"]}),
            ),
            ("no file", json!({"credit_searches": {"$0": {"file_id": null}}}), json!({"status": "unknown", "missing": ["credit_search_file:CS-1"]})),
            ("signed tomorrow", json!({"declarations": {"$0": {"signed_on": "2026-06-16"}}}), json!({"status": "unknown", "missing": ["declaration"]})),
            (
                "earliest serves",
                json!({"declarations": {"$add": {"id": "DEC-0", "signed_on": "2026-06-01", "file_id": "F"}}, "credit_searches": {"$0": {"searched_on": "2026-06-01"}}}),
                json!({"status": "met", "met_since": "2026-06-01", "evidence": ["CS-1", "DEC-0", "ORD-1"]}),
            ),
        ],
    );
}

#[test]
fn assumed_names_every_plan_kept_and_only_those() {
    let mut facts = base();
    change(
        &mut facts,
        &json!({
            "application_on": "2026-07-01",
            "scope_parts": {"$add": {"id": "S2", "in_scope": false, "planned_start_on": "2026-06-15"}},
            "issue_orders": {"$add": {"id": "O2", "kind": "second_edition", "planned_on": "2026-07-01"}},
            "documents": {"$add": {"id": "C2", "items": ["5-01"], "planned_effective_on": "2026-07-02"}},
            "audits": {"$add": {"id": "A2", "kind": "mock", "planned_start_on": "2026-06-20", "planned_report_on": "2026-06-14", "findings": [
                {"id": "N1", "grade": "major", "due_on": "2026-06-30"}, {"id": "N2", "grade": "observation", "due_on": "2026-06-30"},
                {"id": "N3", "grade": "minor", "due_on": "2026-06-30", "verified_on": "2026-06-15"}, {"id": "N4", "grade": "minor", "due_on": "2026-07-02"}]}},
            "reviews": {"$0": {"planned_on": "2026-06-20"}, "$add": {"id": "V2", "held_on": "2026-06-15", "planned_minutes_on": "2026-06-15", "chair": "other"}},
        }),
    );
    assert_eq!(judge(&facts)["application"]["assumed"], json!(["A2", "N1", "O2", "S2", "V2"]));
    facts["application_on"] = json!("2026-06-15");
    assert_eq!(judge(&facts)["application"]["assumed"], json!([]));
    assert_eq!(judge(&facts)["application"]["conditions"], judge(&facts)["conditions"]);
}

#[test]
fn operation_on_the_very_day() {
    let stop =
        |from: &str, to: Value| json!({"issue_orders": {"$0": {"issued_on": "2026-03-10"}}, "suspensions": [{"id": "U", "from_on": from, "resumed_on": to}]});
    let silent_month = |as_of: &str| json!({"as_of": as_of, "issue_orders": {"$0": {"issued_on": "2026-03-10"}}});
    check(
        1,
        &[
            (
                "stopped today",
                json!({"suspensions": [{"id": "U", "from_on": "2026-06-15"}]}),
                json!({"status": "met", "rules": ["E2-1", "E2-7"], "warnings": ["suspended_now:U"]}),
            ),
            ("month not over", silent_month("2026-05-09"), json!({"status": "not_yet", "rules": ["E2-2", "E2-4"], "missing": []})),
            (
                "month over",
                silent_month("2026-05-10"),
                json!({"status": "not_yet", "rules": ["E2-2", "E2-4", "E2-6"], "missing": ["records_month:2026-04-10"], "warnings": ["records_gap", "start_before_issue:S1"]}),
            ),
            ("the day before completion", silent_month("2026-06-09"), json!({"status": "not_yet", "eligible_from": "2026-06-10", "basis": "calendar"})),
            (
                "the day of completion",
                silent_month("2026-06-10"),
                json!({"status": "unknown", "rules": ["E2-4", "E2-6"], "warnings": ["start_before_issue:S1"]}),
            ),
            ("resumed on the first of the month", stop("2026-04-05", json!("2026-04-10")), json!({"missing": ["records_month:2026-04-10"]})),
            ("resumed on the second", stop("2026-04-05", json!("2026-04-11")), json!({"missing": [], "status": "met"})),
            ("stopped on the last of the month", stop("2026-05-09", json!("2026-05-10")), json!({"missing": []})),
            ("stopped on the first of the next", stop("2026-05-10", json!("2026-05-11")), json!({"missing": ["records_month:2026-04-10"]})),
            (
                "newest re-establishment",
                json!({"issue_orders": {"$add": {"id": "N1", "kind": "re_establishment", "issued_on": "2026-03-09", "file_id": "F"}, "$0": {"kind": "re_establishment"}}}),
                json!({"warnings": ["clock_restarted:N1"], "dates": {"operation_start": "2026-03-09", "counted_from": "2026-03-09", "complete_on": "2026-06-09"}}),
            ),
            (
                "later document, same due day",
                json!({"as_of": "2026-12-15", "scope_parts": {"$0": {"start_on": "2026-08-30"}}, "documents": {"$2": {"effective_on": "2026-08-31"}}}),
                json!({"rules": ["E2-6", "E2-11"], "warnings": ["backfilled"]}),
            ),
            (
                "covered by the earlier document",
                json!({"documents": {"$add": {"id": "DOC-9", "items": ["3.1-02"], "effective_on": "2026-06-10"}}}),
                json!({"status": "met", "met_since": "2026-06-01"}),
            ),
        ],
    );
}

#[test]
fn plans_are_kept_for_the_application_only() {
    let planned = json!({
        "application_on": "2026-07-10",
        "audits": [{"id": "A2", "kind": "internal", "planned_start_on": "2026-06-20", "planned_report_on": "2026-07-10", "planned_full_scope": true}],
        "reviews": [{"id": "V2", "planned_on": "2026-07-10", "chair": "top_management"}],
    });
    let mut seen_only = planned.clone();
    seen_only["application_on"] = Value::Null;
    let mut early = planned.clone();
    early["audits"][0]["planned_start_on"] = json!("2026-06-14");
    early["scope_parts"] = json!([{"id": "S1", "start_on": "2026-03-01"}, {"id": "S2", "planned_start_on": "2026-07-11"}]);
    check(
        2,
        &[
            ("kept", planned, json!({"status": "met", "met_since": "2026-07-10", "rules": ["E3-1"]})),
            ("ahead", seen_only, json!({"status": "not_yet", "eligible_from": "2026-07-10", "rules": ["E3-2"], "evidence": ["A2", "V2"]})),
            (
                "part starts after the audit",
                early,
                json!({"status": "not_met", "rules": ["E3-5"], "missing": ["audit_part:S2"], "dates": {"review_done": "2026-07-10"}}),
            ),
            (
                "application before the review",
                json!({"application_on": "2026-05-01"}),
                json!({"status": "not_met", "rules": ["E3-3"], "missing": ["management_review"], "dates": {"audit_done": "2026-04-22"}}),
            ),
        ],
    );
}
