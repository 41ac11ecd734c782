//! Who has which role.

use crate::database::{Change, Snapshot};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use uuid::Uuid;

/// A role that a person has.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub id: Uuid,
    pub person_id: Uuid,
    pub name: String,
    pub email: Option<String>,
    pub role: String,
    pub since: DateTime<Utc>,
    pub until_on: Option<NaiveDate>,
    /// Whether an account stands behind it.
    pub has_account: bool,
    /// When the newest invitation that still stands ends.
    pub invited_until: Option<DateTime<Utc>>,
    /// Whether the person was ever invited.
    pub was_invited: bool,
}

/// The roles of the engagement that have not ended, by name and role; of one membership alone if it is named.
pub(crate) async fn all(snapshot: &mut Snapshot, only: Option<Uuid>) -> sqlx::Result<Vec<Member>> {
    let engagement = snapshot.engagement();
    sqlx::query_as!(
        Member,
        r#"select m.id, m.person_id, p.name, p.email, m.role, m.since, m.until_on, m.account_id is not null as "has_account!",
                  (select max(l.expires_at) from one_time_links l where l.engagement_id = m.engagement_id and l.person_id = m.person_id
                     and l.purpose = 'invitation' and l.spent_at is null and l.revoked_at is null) as invited_until,
                  exists (select 1 from one_time_links l where l.engagement_id = m.engagement_id and l.person_id = m.person_id and l.purpose = 'invitation') as "was_invited!"
           from memberships m join people p on p.engagement_id = m.engagement_id and p.id = m.person_id
           where m.engagement_id = $1 and m.ended_at is null and ($2::uuid is null or m.id = $2)
           order by p.name, p.id, m.role limit 5000"#,
        engagement,
        only
    )
    .fetch_all(snapshot.connection())
    .await
}

/// When the invitation of a person ends, if one stands.
pub(crate) async fn invited_until(snapshot: &mut Snapshot, person: Uuid) -> sqlx::Result<Option<DateTime<Utc>>> {
    let engagement = snapshot.engagement();
    sqlx::query_scalar!(
        "select max(l.expires_at) from one_time_links l where l.engagement_id = $1 and l.person_id = $2 and l.purpose = 'invitation' and l.spent_at is null and l.revoked_at is null",
        engagement,
        person
    )
    .fetch_one(snapshot.connection())
    .await
}

/// A membership as the rules see it.
#[derive(Clone, Debug)]
pub(crate) struct Bare {
    /// The membership.
    pub id: Uuid,
    /// The person.
    pub person_id: Uuid,
    /// The role.
    pub role: String,
    /// Whether an account that stands behind it.
    pub has_account: bool,
    /// Its last day.
    pub until_on: Option<NaiveDate>,
}

/// The roles that have not ended, inside a change whose engagement is locked.
pub(crate) async fn held(change: &mut Change) -> sqlx::Result<Vec<Bare>> {
    let engagement = change.engagement();
    sqlx::query_as!(
        Bare,
        r#"select id, person_id, role, account_id is not null as "has_account!", until_on from memberships where engagement_id = $1 and ended_at is null"#,
        engagement
    )
    .fetch_all(change.connection())
    .await
}

/// A person to whom roles are given: address and account.
#[derive(Clone, Debug)]
pub(crate) struct Receiver {
    /// The address.
    pub email: Option<String>,
    /// The account, once the person has one.
    pub account_id: Option<Uuid>,
}

/// The person, locked, if not withdrawn.
pub(crate) async fn receiver(change: &mut Change, person: Uuid) -> sqlx::Result<Option<Receiver>> {
    let engagement = change.engagement();
    sqlx::query_as!(
        Receiver,
        "select email, account_id from people where engagement_id = $1 and id = $2 and withdrawn_at is null for update",
        engagement,
        person
    )
    .fetch_optional(change.connection())
    .await
}

/// Gives a role; nothing when the person has it already.
pub(crate) async fn give(
    change: &mut Change,
    id: Uuid,
    person: Uuid,
    account: Option<Uuid>,
    role: &str,
    until: Option<NaiveDate>,
) -> sqlx::Result<Option<Value>> {
    let (engagement, now, by) = (change.engagement(), change.now(), change.account());
    sqlx::query_scalar!(
        r#"insert into memberships as m (engagement_id, id, person_id, account_id, role, since, given_by, until_on) values ($1, $2, $3, $4, $5, $6, $7, $8)
           on conflict do nothing returning to_jsonb(m) as "row!""#,
        engagement,
        id,
        person,
        account,
        role,
        now,
        by,
        until
    )
    .fetch_optional(change.connection())
    .await
}

/// Ends a role; the rows before and after.
pub(crate) async fn end(change: &mut Change, id: Uuid) -> sqlx::Result<Option<Value>> {
    let (engagement, now) = (change.engagement(), change.now());
    sqlx::query_scalar!(
        r#"update memberships m set ended_at = $3 where engagement_id = $1 and id = $2 and ended_at is null returning to_jsonb(m) as "row!""#,
        engagement,
        id,
        now
    )
    .fetch_optional(change.connection())
    .await
}
