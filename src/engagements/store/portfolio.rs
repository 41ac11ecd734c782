//! The list across engagements. It is read through the role of the sign-in, keyed by the account alone, in one statement.

use crate::database::{Database, Snapshot, count_statement};
use chrono::NaiveDate;
use uuid::Uuid;

/// One engagement of an account.
#[derive(Clone, Debug)]

pub struct Line {
    pub code: String,
    pub colour: i16,
    pub legal_name: String,
    pub client_zh: String,
    pub client_en: String,
    /// Roles of the account in it.
    pub roles: Vec<String>,
    pub overall: Option<String>,
    pub eligible_from: Option<NaiveDate>,
    pub basis: Option<String>,
    pub operation: Option<String>,
    pub audit_and_review: Option<String>,
    pub gate: Option<String>,
    pub next_gate_on: Option<NaiveDate>,
}

/// The engagements in which an account acts on `today`.
pub(crate) async fn of_account(database: &Database, account: Uuid, today: NaiveDate) -> sqlx::Result<Vec<Line>> {
    count_statement();
    sqlx::query_as!(
        Line,
        r#"select e.code, e.colour, e.legal_name, c.name_zh as client_zh, c.name_en as client_en, m.roles as "roles!",
                  s.overall as "overall?", s.eligible_from as "eligible_from?", s.basis as "basis?", s.operation as "operation?",
                  s.audit_and_review as "audit_and_review?", s.gate as "gate?", s.next_gate_on as "next_gate_on?"
           from (select engagement_id, array_agg(role order by role) as roles from memberships
                 where account_id = $1 and ended_at is null and (until_on is null or until_on >= $2) group by engagement_id) m
           join engagements e on e.id = m.engagement_id
           join clients c on c.id = e.client_id
           left join standings s on s.engagement_id = e.id
           where e.closed_at is null
           order by e.code limit 1000"#,
        account,
        today
    )
    .fetch_all(database.login())
    .await
}

/// A client of the consultancy.
#[derive(Clone, Debug)]
pub struct Client {
    /// The client.
    pub id: Uuid,
    /// Its Chinese name; may be empty.
    pub name_zh: String,
    /// Its English name; may be empty.
    pub name_en: String,
}

/// The clients of the consultancies that the person of the snapshot belongs to.
pub(crate) async fn clients(snapshot: &mut Snapshot, consultancy: Uuid) -> sqlx::Result<Vec<Client>> {
    sqlx::query_as!(Client, "select id, name_zh, name_en from clients where consultancy_id = $1 order by name_zh, name_en limit 2000", consultancy)
        .fetch_all(snapshot.connection())
        .await
}
