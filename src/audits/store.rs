//! The statements of the slice.

use crate::{
    database::{Change, Snapshot},
    register_statements,
    web::form::Choice,
};
use uuid::Uuid;

register_statements!(
    audits,
    "audits",
    "code, title, kind, under_procedure, planned_full_scope, planned_start_on, start_on, end_on, planned_report_on, report_approved_on, report_approved_by, part_ids, plan_file_id, checklist_file_id, report_file_id, follow_up_file_id",
    "coalesce(start_on, planned_start_on, planned_report_on) desc nulls last, id"
);
register_statements!(audit_areas, "audit_areas", "audit_id, department_id, clauses, auditor_ids", "audit_id, id");
register_statements!(
    audit_findings,
    "audit_findings",
    "audit_id, code, grade, item, department_id, fact, owner_id, plan_accepted_on, due_on, verified_on, verified_by",
    "audit_id, code, id"
);

/// The audits as choices.
pub(crate) async fn audit_choices(snapshot: &mut Snapshot) -> sqlx::Result<Vec<Choice>> {
    let engagement = snapshot.engagement();
    sqlx::query!(
        r#"select id, concat_ws(' ', code, nullif(title, '')) as "words!" from audits where engagement_id = $1 and withdrawn_at is null order by code desc"#,
        engagement
    )
    .map(|row| Choice { value: row.id.to_string(), words: row.words })
    .fetch_all(snapshot.connection())
    .await
}

/// How many areas and findings of an audit are not withdrawn.
pub(crate) async fn parts_of(change: &mut Change, audit: Uuid) -> sqlx::Result<i64> {
    let engagement = change.engagement();
    sqlx::query_scalar!(
        r#"select (select count(*) from audit_areas where engagement_id = $1 and audit_id = $2 and withdrawn_at is null)
             + (select count(*) from audit_findings where engagement_id = $1 and audit_id = $2 and withdrawn_at is null) as "count!""#,
        engagement,
        audit
    )
    .fetch_one(change.connection())
    .await
}
