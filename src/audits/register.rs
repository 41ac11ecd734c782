//! The audits themselves.

use super::store;
use crate::{
    access::permissions::EditAudits,
    database::Snapshot,
    evidence,
    records::{Register, RegisterWords},
    register_store, scope,
    web::form::{Filled, FormSpec, Kind, needed, optional},
    words::Say,
};
use chrono::NaiveDate;
use serde_json::Value;

/// The register.
#[derive(Debug)]
pub struct Audits;

static SPEC: FormSpec = FormSpec {
    name: "audit",
    fields: &[
        needed("code", Say::audit_code, Kind::Line(40)),
        optional("title", Say::audit_title, Kind::Line(200)),
        needed(
            "kind",
            Say::audit_kind,
            Kind::Choice(&[
                ("internal", Say::audit_kind_internal),
                ("diagnosis", Say::audit_kind_diagnosis),
                ("mock", Say::audit_kind_mock),
                ("pre_audit", Say::audit_kind_pre_audit),
            ]),
        ),
        optional("under_procedure", Say::audit_under_procedure, Kind::Tick).hint(Say::audit_under_procedure_hint),
        optional("planned_full_scope", Say::audit_planned_full_scope, Kind::Tick).hint(Say::audit_planned_full_scope_hint),
        optional("part_ids", Say::audit_parts, Kind::PickMany),
        optional("planned_start_on", Say::audit_planned_start_on, Kind::Date),
        optional("start_on", Say::audit_start_on, Kind::Date),
        optional("end_on", Say::audit_end_on, Kind::Date),
        optional("planned_report_on", Say::audit_planned_report_on, Kind::Date),
        optional("report_approved_on", Say::audit_report_approved_on, Kind::Date),
        optional("report_approved_by", Say::audit_report_approved_by, Kind::Line(100)),
        optional("plan_file_id", Say::audit_plan_file, Kind::File).hint(Say::file_hint),
        optional("checklist_file_id", Say::audit_checklist_file, Kind::File).hint(Say::file_hint),
        optional("report_file_id", Say::audit_report_file, Kind::File).hint(Say::file_hint),
        optional("follow_up_file_id", Say::audit_follow_up_file, Kind::File).hint(Say::file_hint),
    ],
};

impl Register for Audits {
    type Edit = EditAudits;
    const PATH: &'static str = "audits";
    const SUBJECT: &'static str = "audit";
    const ENTERED: &'static str = "audit_entered";
    const CHANGED: &'static str = "audit_changed";
    const WITHDRAWN: &'static str = "audit_withdrawn";
    const BLANK: &'static [&'static str] = &["title", "report_approved_by"];
    const COLUMNS: &'static [&'static str] = &["code", "title", "kind", "start_on", "end_on", "report_approved_on"];
    const SPEC: &'static FormSpec = &SPEC;
    const WORDS: RegisterWords =
        RegisterWords { title: Say::nav_audits, lead: Say::audit_lead, enter: Say::audit_enter, empty: Say::audit_empty, entry: Say::audit_entry };
    const DEFAULTS: &'static [(&'static str, &'static str)] = &[("kind", "internal")];

    fn check(form: &mut Filled, _: Option<&Value>, today: NaiveDate) {
        let say = form.say();
        for name in ["start_on", "end_on", "report_approved_on"] {
            if form.date(name).is_some_and(|day| day > today) {
                form.refuse(name, say.date_plan_instead(today));
            }
        }
        let (start, end, report) = (form.date("start_on"), form.date("end_on"), form.date("report_approved_on"));
        match (start, end) {
            (None, Some(_)) => form.refuse("start_on", say.audit_start_missing()),
            (Some(start), Some(end)) if end < start => form.refuse("end_on", say.audit_end_before(start)),
            _ => {}
        }
        match (end, report) {
            (None, Some(_)) => form.refuse("end_on", say.audit_end_missing()),
            (Some(end), Some(report)) if report < end => form.refuse("report_approved_on", say.audit_report_before(end)),
            _ => {}
        }
        if report.is_some() && form.some("report_approved_by").is_none() {
            form.refuse("report_approved_by", say.audit_approver_missing());
        }
    }

    fn clash(constraint: &str) -> Option<(&'static str, crate::web::form::Phrase)> {
        (constraint == "audits_engagement_id_code_idx").then_some(("code", Say::audit_code_taken))
    }

    fn links(say: Say, id: uuid::Uuid, _: &Value) -> Vec<(String, String)> {
        vec![
            (say.audit_areas_of().to_owned(), format!("/audit-areas?audit_id={id}")),
            (say.area_enter().to_owned(), format!("/audit-areas/new?audit_id={id}")),
            (say.audit_findings_of().to_owned(), format!("/findings?audit_id={id}")),
            (say.finding_enter().to_owned(), format!("/findings/new?audit_id={id}")),
        ]
    }

    async fn held_by(change: &mut crate::database::Change, say: Say, id: uuid::Uuid) -> sqlx::Result<Option<String>> {
        let count = store::parts_of(change, id).await?;
        Ok((count > 0).then(|| say.audit_has_parts(count)))
    }

    async fn offer(snapshot: &mut Snapshot, form: Filled) -> sqlx::Result<Filled> {
        let parts = scope::store::part_choices(snapshot, form.say()).await?;
        evidence::offer(snapshot, form.offer("part_ids", parts)).await
    }

    register_store!(store::audits);
}
