//! Findings of an audit (rows E3-6, E3-7): a major one is settled by verification, a minor one by an accepted plan with a due day. Nobody verifies their own action.

use super::store;
use crate::{
    access::permissions::EditAudits,
    database::Snapshot,
    records::{Register, RegisterWords},
    register_store, scope,
    web::form::{Filled, FormSpec, Kind, needed, optional},
    words::Say,
};
use chrono::NaiveDate;
use serde_json::Value;

/// The register.
#[derive(Debug)]
pub struct Findings;

static SPEC: FormSpec = FormSpec {
    name: "audit_finding",
    fields: &[
        needed("audit_id", Say::finding_audit, Kind::Pick),
        needed("code", Say::finding_code, Kind::Line(40)),
        needed(
            "grade",
            Say::finding_grade,
            Kind::Choice(&[
                ("major", Say::finding_grade_major),
                ("minor", Say::finding_grade_minor),
                ("observation", Say::finding_grade_observation),
                ("good_practice", Say::finding_grade_good_practice),
            ]),
        ),
        optional("item", Say::finding_item, Kind::Line(20)).hint(Say::finding_item_hint),
        optional("department_id", Say::finding_department, Kind::Pick),
        needed("fact", Say::finding_fact, Kind::Lines(2000)),
        optional("owner_id", Say::finding_owner, Kind::Pick),
        optional("plan_accepted_on", Say::finding_plan_accepted_on, Kind::Date),
        optional("due_on", Say::finding_due_on, Kind::Date),
        optional("verified_on", Say::finding_verified_on, Kind::Date),
        optional("verified_by", Say::finding_verified_by, Kind::Pick).hint(Say::finding_verified_by_hint),
    ],
};

impl Register for Findings {
    type Edit = EditAudits;
    const PATH: &'static str = "findings";
    const SUBJECT: &'static str = "finding";
    const ENTERED: &'static str = "finding_entered";
    const CHANGED: &'static str = "finding_changed";
    const WITHDRAWN: &'static str = "finding_withdrawn";
    const BLANK: &'static [&'static str] = &["item"];
    const COLUMNS: &'static [&'static str] = &["code", "grade", "item", "department_id", "owner_id", "due_on", "verified_on"];
    const SPEC: &'static FormSpec = &SPEC;
    const WORDS: RegisterWords = RegisterWords {
        title: Say::audit_findings_of,
        lead: Say::finding_lead,
        enter: Say::finding_enter,
        empty: Say::finding_empty,
        entry: Say::finding_entry,
    };

    fn check(form: &mut Filled, _: Option<&Value>, today: NaiveDate) {
        let say = form.say();
        for name in ["plan_accepted_on", "verified_on"] {
            if form.date(name).is_some_and(|day| day > today) {
                form.refuse(name, say.date_not_ahead(today));
            }
        }
        if let Some(item) = form.some("item")
            && crate::catalogue::catalogue().requirement(&item).is_none()
        {
            form.refuse("item", say.finding_item_unknown(item));
        }
        let (owner, verifier) = (form.some("owner_id"), form.some("verified_by"));
        if form.date("verified_on").is_some() && verifier.is_none() {
            form.refuse("verified_by", say.finding_verifier_missing());
        }
        if verifier.is_some() && owner == verifier {
            form.refuse("verified_by", say.finding_verifier_is_owner());
        }
    }

    fn state(say: Say, row: &Value, today: NaiveDate) -> Option<crate::web::table::State> {
        let day = |name: &str| row.get(name).and_then(Value::as_str).and_then(|text| text.parse::<NaiveDate>().ok());
        let grade = row.get("grade").and_then(Value::as_str).unwrap_or_default();
        let (shape, words) = match grade {
            "major" | "minor" if day("verified_on").is_some() => ("done", say.finding_state_verified()),
            "major" | "minor" if day("due_on").is_some_and(|due| due < today) => ("late", say.finding_state_overdue()),
            "minor" if day("plan_accepted_on").is_some() && day("due_on").is_some() => ("doing", say.finding_state_plan_accepted()),
            "major" | "minor" => ("todo", say.finding_state_open()),
            _ => return None,
        };
        Some(crate::web::table::State { shape, words: words.to_owned() })
    }

    fn clash(constraint: &str) -> Option<(&'static str, crate::web::form::Phrase)> {
        (constraint == "audit_findings_engagement_id_audit_id_code_idx").then_some(("code", Say::finding_code_taken))
    }

    async fn offer(snapshot: &mut Snapshot, form: Filled) -> sqlx::Result<Filled> {
        let audits = store::audit_choices(snapshot).await?;
        let departments = scope::store::department_choices(snapshot, form.say()).await?;
        let people = scope::store::person_choices(snapshot).await?;
        Ok(form.offer("audit_id", audits).offer("department_id", departments).offer("owner_id", people.clone()).offer("verified_by", people))
    }

    register_store!(store::audit_findings);
}
