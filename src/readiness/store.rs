//! Every statement of the slice.

use super::{
    facts::{Gathered, PROGRAM, REQUIRED},
    gate::{Proof, Records, ToDeclare, ToRecommend, ToWithdraw},
};
use crate::{
    database::{Change, Database, Snapshot, count_statement},
    ids::{AccountId, EngagementId},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

/// All that the pages need, in one statement; `anew` gathers the facts even where a verdict is kept.
pub(super) async fn gathered(snapshot: &mut Snapshot, as_of: NaiveDate, anew: bool) -> sqlx::Result<Option<Gathered>> {
    let program = (!anew).then_some(PROGRAM.as_str());
    sqlx::query_as!(
        Gathered,
        r#"select facts as "facts!", labels as "labels!", verdict, gate as "gate!" from member_reading($1, $2, $3)"#,
        &*REQUIRED,
        as_of,
        program
    )
    .fetch_optional(snapshot.connection())
    .await
}

/// The same within a change, always anew: it sees what the change has written.
pub(super) async fn gathered_in(change: &mut Change, as_of: NaiveDate) -> sqlx::Result<Option<Gathered>> {
    sqlx::query_as!(Gathered, r#"select facts as "facts!", labels as "labels!", verdict, gate as "gate!" from member_reading($1, $2, null)"#, &*REQUIRED, as_of)
        .fetch_optional(change.connection())
        .await
}

/// The facts of any engagement by its code, for the command line.
pub(super) async fn facts_for_auditor(database: &Database, code: &str, as_of: NaiveDate) -> sqlx::Result<Option<String>> {
    let found = sqlx::query_scalar!("select readiness_facts(e.id, $2, $3) from engagements e where e.code = $1", code, &*REQUIRED, as_of)
        .fetch_optional(database.auditor())
        .await?;
    Ok(found.flatten())
}

/// Makes the verdicts of one engagement follow each other: whoever comes second waits, and then sees what the first wrote.
pub(super) async fn lock_engagement(change: &mut Change) -> sqlx::Result<Option<String>> {
    let engagement = change.engagement();
    sqlx::query_scalar!("select legal_name from engagements where id = $1 for no key update", engagement).fetch_optional(change.connection()).await
}

/// Takes away the notes of changes that the verdict to come will have seen.
pub(super) async fn take_fact_changes(change: &mut Change) -> sqlx::Result<()> {
    let engagement = change.engagement();
    sqlx::query!("delete from fact_changes where engagement_id = $1", engagement).execute(change.connection()).await.map(drop)
}

/// What `standings` and `readings` keep of a verdict.
#[derive(Debug)]
pub(super) struct Settled {
    pub(super) as_of: NaiveDate,
    pub(super) overall: &'static str,
    pub(super) eligible_from: Option<NaiveDate>,
    pub(super) basis: Option<&'static str>,
    pub(super) conditions: [&'static str; 4],
    pub(super) gate: &'static str,
    pub(super) next_gate_on: Option<NaiveDate>,
    pub(super) facts: String,
    pub(super) labels: String,
    pub(super) verdict: String,
}

/// Keeps the verdict.
pub(super) async fn keep(change: &mut Change, settled: &Settled) -> sqlx::Result<()> {
    let (engagement, now) = (change.engagement(), change.now());
    let [legal_status, operation, audit_and_review, no_penalty] = settled.conditions;
    sqlx::query!(
        "with kept as (
             insert into readings (engagement_id, as_of, program, facts, labels, verdict) values ($1, $2, $3, $4, $5, $6)
             on conflict (engagement_id) do update set as_of = excluded.as_of, program = excluded.program, facts = excluded.facts,
                 labels = excluded.labels, verdict = excluded.verdict)
         insert into standings (engagement_id, as_of, overall, eligible_from, basis, legal_status, operation, audit_and_review, no_penalty, gate, next_gate_on, computed_at)
         values ($1, $2, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         on conflict (engagement_id) do update set as_of = excluded.as_of, overall = excluded.overall, eligible_from = excluded.eligible_from, basis = excluded.basis,
             legal_status = excluded.legal_status, operation = excluded.operation, audit_and_review = excluded.audit_and_review, no_penalty = excluded.no_penalty,
             gate = excluded.gate, next_gate_on = excluded.next_gate_on, computed_at = excluded.computed_at",
        engagement,
        settled.as_of,
        &*PROGRAM,
        settled.facts,
        settled.labels,
        settled.verdict,
        settled.overall,
        settled.eligible_from,
        settled.basis,
        legal_status,
        operation,
        audit_and_review,
        no_penalty,
        settled.gate,
        settled.next_gate_on,
        now
    )
    .execute(change.connection())
    .await
    .map(drop)
}

/// Writes a recommendation; `None` when it is there already, which is the same form posted twice.
pub(super) async fn recommend(change: &mut Change, id: Uuid, person: Uuid, meaning: &str, decision: &ToRecommend) -> sqlx::Result<Option<Value>> {
    let (engagement, account, now) = (change.engagement(), change.account(), change.now());
    sqlx::query_scalar!(
        r#"insert into recommendations as t (engagement_id, id, recommended_by, person_id, role, recommended_at, as_of, meaning, proved_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $6) on conflict (engagement_id, id) do nothing returning to_jsonb(t) as "row!""#,
        engagement,
        id,
        account,
        person,
        decision.role().key(),
        now,
        decision.as_of(),
        meaning
    )
    .fetch_optional(change.connection())
    .await
}

/// A recommendation or declaration that is there already, and who made it: the same form posted twice.
pub(super) async fn made_by(change: &mut Change, id: Uuid) -> sqlx::Result<Option<Uuid>> {
    let engagement = change.engagement();
    let found = sqlx::query_scalar!(
        "select recommended_by as account from recommendations where engagement_id = $1 and id = $2
         union all select declared_by from ready_declarations where engagement_id = $1 and id = $2",
        engagement,
        id
    )
    .fetch_optional(change.connection())
    .await?;
    Ok(found.flatten())
}

/// The row of a proof, as the table wants it.
fn proof_row(engagement: Uuid, id: Uuid, proof: &Proof, as_of: NaiveDate, verdict: &Value, facts_sha256: &[u8; 32], now: DateTime<Utc>) -> Value {
    let mut row = json!({
        "engagement_id": engagement, "id": id, "condition": proof.condition().word(), "status": "met", "as_of": as_of, "met_since": proof.met_since(),
        "verdict": verdict, "facts_sha256": format!("\\x{}", hex::encode(facts_sha256)), "proved_at": now,
    });
    let records: &[(&str, Uuid)] = match proof.records() {
        Records::Paper(paper) => &[("legal_document_id", paper)],
        Records::Order(order) => &[("issue_order_id", order)],
        Records::AuditAndReview(audit, review) => &[("audit_id", audit), ("review_id", review)],
        Records::DeclarationAndSearch(declaration, search) => &[("no_penalty_declaration_id", declaration), ("credit_search_id", search)],
    };
    if let Some(row) = row.as_object_mut() {
        row.extend(records.iter().map(|(column, id)| ((*column).to_owned(), json!(id))));
    }
    row
}

/// Writes a declaration with its four proofs. `verdicts` are those of the four conditions.
pub(super) async fn declare(
    change: &mut Change,
    id: Uuid,
    person: Uuid,
    meaning: &str,
    decision: &ToDeclare,
    verdicts: &[Value; 4],
    facts_sha256: &[u8; 32],
) -> sqlx::Result<Value> {
    let (engagement, account, now) = (change.engagement(), change.account(), change.now());
    let ids = [change.new_id(), change.new_id(), change.new_id(), change.new_id()];
    let rows: Vec<Value> = decision
        .proofs()
        .iter()
        .zip(verdicts)
        .zip(ids)
        .map(|((proof, verdict), id)| proof_row(engagement, id, proof, decision.as_of(), verdict, facts_sha256, now))
        .collect();
    sqlx::query!("insert into condition_proofs select * from jsonb_populate_recordset(null::condition_proofs, $1)", Value::Array(rows))
        .execute(change.connection())
        .await?;
    let (recommendation, recommended_by) = decision.recommendation();
    let [legal_status, operation, audit_and_review, no_penalty] = ids;
    sqlx::query_scalar!(
        r#"insert into ready_declarations as t (engagement_id, id, recommendation_id, recommended_by, declared_by, person_id, role, declared_at, as_of, meaning, proved_at,
               legal_status_proof, operation_proof, audit_and_review_proof, no_penalty_proof)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $8, $11, $12, $13, $14) returning to_jsonb(t) as "row!""#,
        engagement,
        id,
        recommendation,
        recommended_by,
        account,
        person,
        decision.role().key(),
        now,
        decision.as_of(),
        meaning,
        legal_status,
        operation,
        audit_and_review,
        no_penalty
    )
    .fetch_one(change.connection())
    .await
}

/// Ends a declaration by withdrawal; gives its row before and after.
pub(super) async fn withdraw(change: &mut Change, decision: ToWithdraw, as_of: NaiveDate, reason: &str) -> sqlx::Result<(Value, Value)> {
    let (engagement, account, now) = (change.engagement(), change.account(), change.now());
    sqlx::query!(
        "insert into declaration_ends (engagement_id, declaration_id, kind, ended_at, ended_by, as_of, reason) values ($1, $2, 'withdrawn', $3, $4, $5, $6)",
        engagement,
        decision.declaration(),
        now,
        account,
        as_of,
        reason
    )
    .execute(change.connection())
    .await?;
    end(change, decision.declaration()).await
}

/// Ends a declaration because the verdict is not met any more; `ended_by` is empty when it was the passing of a day.
pub(super) async fn suspend(change: &mut Change, declaration: Uuid, as_of: NaiveDate, verdict: &Value, ended_by: Option<Uuid>) -> sqlx::Result<(Value, Value)> {
    let (engagement, now) = (change.engagement(), change.now());
    sqlx::query!(
        "insert into declaration_ends (engagement_id, declaration_id, kind, ended_at, ended_by, as_of, verdict) values ($1, $2, 'suspended', $3, $4, $5, $6)",
        engagement,
        declaration,
        now,
        ended_by,
        as_of,
        verdict
    )
    .execute(change.connection())
    .await?;
    end(change, declaration).await
}

async fn end(change: &mut Change, declaration: Uuid) -> sqlx::Result<(Value, Value)> {
    let (engagement, now) = (change.engagement(), change.now());
    let row = sqlx::query!(
        r#"update ready_declarations t set ended_at = $3 from ready_declarations old
           where t.engagement_id = $1 and t.id = $2 and old.engagement_id = $1 and old.id = $2 and t.ended_at is null
           returning to_jsonb(old) as "before!", to_jsonb(t) as "after!""#,
        engagement,
        declaration,
        now
    )
    .fetch_one(change.connection())
    .await?;
    Ok((row.before, row.after))
}

/// A declaration of the history.
#[derive(Debug)]
pub(super) struct PastDeclaration {
    pub(super) at: DateTime<Utc>,
    pub(super) by: String,
    pub(super) recommended_by: String,
    pub(super) meaning: String,
    pub(super) ended_at: Option<DateTime<Utc>>,
    pub(super) end_kind: Option<String>,
    pub(super) reason: Option<String>,
    /// The verdict that was not met any more.
    pub(super) end_verdict: Option<Value>,
    /// Its four proofs: a list of objects.
    pub(super) proofs: Value,
}

/// Every declaration, newest first.
pub(super) async fn declarations(snapshot: &mut Snapshot) -> sqlx::Result<Vec<PastDeclaration>> {
    let engagement = snapshot.engagement();
    sqlx::query_as!(
        PastDeclaration,
        r#"select d.declared_at as at, p.name as by, q.name as recommended_by, d.meaning, d.ended_at,
                  x.kind as "end_kind?", x.reason as "reason?", x.verdict as "end_verdict?",
                  (select jsonb_agg(jsonb_build_object('condition', c.condition, 'as_of', c.as_of, 'met_since', c.met_since,
                          'facts', encode(c.facts_sha256, 'hex'), 'legal_document', c.legal_document_id, 'issue_order', c.issue_order_id, 'audit', c.audit_id,
                          'review', c.review_id, 'declaration', c.no_penalty_declaration_id, 'search', c.credit_search_id)
                      order by array_position(array['legal_status', 'operation', 'audit_and_review', 'no_penalty'], c.condition))
                   from condition_proofs c where c.engagement_id = d.engagement_id
                     and c.id in (d.legal_status_proof, d.operation_proof, d.audit_and_review_proof, d.no_penalty_proof)) as "proofs!"
           from ready_declarations d
           join people p on p.engagement_id = d.engagement_id and p.id = d.person_id
           join recommendations r on r.engagement_id = d.engagement_id and r.id = d.recommendation_id
           join people q on q.engagement_id = r.engagement_id and q.id = r.person_id
           left join declaration_ends x on x.engagement_id = d.engagement_id and x.declaration_id = d.id
           where d.engagement_id = $1 order by d.declared_at desc limit 100"#,
        engagement
    )
    .fetch_all(snapshot.connection())
    .await
}

/// Engagements whose verdict must be reached anew, each with a member in whose view that is done; those who answer for the
/// engagement first. Outsiders, whose access ends by itself, are never taken.
pub(super) async fn unsettled(database: &Database, today: NaiveDate) -> sqlx::Result<Vec<(EngagementId, AccountId)>> {
    count_statement();
    let rows = sqlx::query!(
        r#"select e.id as engagement_id, m.account_id as "account_id!"
           from engagements e
           join lateral (
               select m.account_id from memberships m
               where m.engagement_id = e.id and m.account_id is not null and m.ended_at is null and m.role <> 'external_reader'
                 and (m.until_on is null or m.until_on >= $1)
               order by array_position(array['mgmt_rep', 'consultant', 'top_management'], m.role), m.since limit 1) m on true
           left join readings r on r.engagement_id = e.id
           left join standings s on s.engagement_id = e.id
           where r.as_of is distinct from $1 or r.program is distinct from $2 or s.as_of is distinct from $1
              or exists (select 1 from fact_changes c where c.engagement_id = e.id)
           order by e.id"#,
        today,
        &*PROGRAM
    )
    .fetch_all(database.login())
    .await?;
    Ok(rows.into_iter().map(|row| (EngagementId(row.engagement_id), AccountId(row.account_id))).collect())
}
