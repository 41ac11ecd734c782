//! The facts of an engagement, its rules, and what is there so far.

use crate::{
    database::{Change, Snapshot},
    engagements::first_steps::Counts,
};
use serde_json::Value;
use uuid::Uuid;

/// The engagement's row.
pub(crate) async fn row(snapshot: &mut Snapshot) -> sqlx::Result<Option<Value>> {
    let engagement = snapshot.engagement();
    sqlx::query_scalar!(r#"select to_jsonb(e) as "row!" from engagements e where id = $1"#, engagement).fetch_optional(snapshot.connection()).await
}

/// The engagement's row, locked until the change ends. Whoever gives or ends roles waits here for each other, too.
pub(crate) async fn lock(change: &mut Change) -> sqlx::Result<Option<Value>> {
    let engagement = change.engagement();
    sqlx::query_scalar!(r#"select to_jsonb(e) as "row!" from engagements e where id = $1 for update"#, engagement).fetch_optional(change.connection()).await
}

/// Changes the facts; the row must be locked. `row` has the columns named here.
pub(crate) async fn change_facts(change: &mut Change, row: &Value) -> sqlx::Result<Value> {
    let engagement = change.engagement();
    sqlx::query_scalar!(
        r#"update engagements e set (version, applicant_kind, legal_name, parent_name, production_licence_required, permits_required, scope_zh, scope_en,
                edition, kick_off_on, application_on, planned_stage2_on, lead_person_id)
             = (select e.version + 1, r.applicant_kind, r.legal_name, r.parent_name, r.production_licence_required, r.permits_required, r.scope_zh, r.scope_en,
                r.edition, r.kick_off_on, r.application_on, r.planned_stage2_on, r.lead_person_id from jsonb_populate_record(null::engagements, $2) r)
           where id = $1 returning to_jsonb(e) as "row!""#,
        engagement,
        row
    )
    .fetch_one(change.connection())
    .await
}

/// Changes the nine settings of the rule pack; the row must be locked.
pub(crate) async fn change_rules(change: &mut Change, row: &Value) -> sqlx::Result<Value> {
    let engagement = change.engagement();
    sqlx::query_scalar!(
        r#"update engagements e set (version, month_rule, legal_document_rule, permit_rule, suspension_rule, audit_rule, review_rule, penalty_date, penalty_rule, penalty_scope)
             = (select e.version + 1, r.month_rule, r.legal_document_rule, r.permit_rule, r.suspension_rule, r.audit_rule, r.review_rule, r.penalty_date,
                r.penalty_rule, r.penalty_scope from jsonb_populate_record(null::engagements, $2) r)
           where id = $1 returning to_jsonb(e) as "row!""#,
        engagement,
        row
    )
    .fetch_one(change.connection())
    .await
}

/// A person who may lead.
#[derive(Clone, Debug)]
pub struct Leader {
    /// The person.
    pub id: Uuid,
    /// The name.
    pub name: String,
}

/// Those who hold a role by which one may lead, and the present lead.
pub(crate) async fn leaders(snapshot: &mut Snapshot) -> sqlx::Result<Vec<Leader>> {
    let engagement = snapshot.engagement();
    sqlx::query_as!(
        Leader,
        r#"select p.id, p.name from people p
           where p.engagement_id = $1 and p.withdrawn_at is null
             and (exists (select 1 from memberships m where m.engagement_id = p.engagement_id and m.person_id = p.id and m.ended_at is null
                          and m.role in ('consultant', 'mgmt_rep'))
                  or p.id = (select e.lead_person_id from engagements e where e.id = $1))
           order by p.name"#,
        engagement
    )
    .fetch_all(snapshot.connection())
    .await
}

/// What the engagement's page counts, and the name of its lead.
pub(crate) async fn counts(snapshot: &mut Snapshot) -> sqlx::Result<(Counts, Option<String>)> {
    let engagement = snapshot.engagement();
    let row = sqlx::query!(
        r#"select (select count(*) from people p where p.engagement_id = e.id and p.withdrawn_at is null) as "people!",
                  (select count(*) from departments d where d.engagement_id = e.id and d.withdrawn_at is null) as "departments!",
                  (select count(*) from scope_parts s where s.engagement_id = e.id and s.withdrawn_at is null and s.in_scope) as "scope_parts!",
                  (select count(*) from scope_parts s where s.engagement_id = e.id and s.withdrawn_at is null and s.in_scope and s.address = '') as "without_address!",
                  (select count(*) from memberships m where m.engagement_id = e.id and m.ended_at is null and m.role = 'mgmt_rep') as "mgmt_reps!",
                  (select count(*) from memberships m where m.engagement_id = e.id and m.ended_at is null and m.role = 'top_management') as "top_management!",
                  e.scope_zh <> '' as "scope_zh!", e.scope_en <> '' as "scope_en!", (e.applicant_kind <> 'cn_branch' or e.parent_name is not null) as "parent_named!",
                  e.application_on is not null as "application_on!",
                  (select p.name from people p where p.engagement_id = e.id and p.id = e.lead_person_id) as lead
           from engagements e where e.id = $1"#,
        engagement
    )
    .fetch_one(snapshot.connection())
    .await?;
    let counts = Counts {
        people: row.people,
        departments: row.departments,
        scope_parts: row.scope_parts,
        without_address: row.without_address,
        scope_zh: row.scope_zh,
        scope_en: row.scope_en,
        parent_named: row.parent_named,
        mgmt_reps: row.mgmt_reps,
        top_management: row.top_management,
        application_on: row.application_on,
    };
    Ok((counts, row.lead))
}
