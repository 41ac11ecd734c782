//! Statements about one-time links.

use super::Door;
use crate::{
    database::{Change, Database, count_statement},
    people::links::{Link, Purpose},
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// A link with what it is bound to.
#[derive(Debug)]
struct NewLink<'a> {
    link: &'a Link,
    account: Option<Uuid>,
    email: Option<&'a str>,
    consultancy: Option<Uuid>,
    by: Option<Uuid>,
}

async fn save(door: &mut Door, new: &NewLink<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into one_time_links (token_hash, id, purpose, account_id, email, consultancy_id, created_at, created_by, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        new.link.token_hash.as_slice(),
        new.link.id,
        new.link.purpose.key(),
        new.account,
        new.email,
        new.consultancy,
        new.link.created_at,
        new.by,
        new.link.expires_at
    )
    .execute(door.connection())
    .await
    .map(drop)
}

/// Keeps the set-up link and kills older ones, unless there is an account already.
pub(in crate::people) async fn save_set_up_link(door: &mut Door, link: &Link) -> sqlx::Result<bool> {
    if super::lock_founding(door).await? {
        return Ok(false);
    }
    let now = door.now();
    sqlx::query!("update one_time_links set revoked_at = $1 where purpose = 'set_up' and spent_at is null and revoked_at is null", now)
        .execute(door.connection())
        .await?;
    save(door, &NewLink { link, account: None, email: None, consultancy: None, by: None }).await?;
    Ok(true)
}

/// Starts a reset: earlier ones die, nothing else changes until the link is used.
pub(in crate::people) async fn start_reset(door: &mut Door, account: Uuid, email: &str, by: Option<Uuid>) -> sqlx::Result<Link> {
    let link = Link::new(Purpose::PasswordReset, door.chance(), door.now());
    revoke_resets(door, account).await?;
    save(door, &NewLink { link: &link, account: Some(account), email: Some(email), consultancy: None, by }).await?;
    Ok(link)
}

/// Kills the reset links of an account.
pub(in crate::people) async fn revoke_resets(door: &mut Door, account: Uuid) -> sqlx::Result<()> {
    let now = door.now();
    sqlx::query!(
        "update one_time_links set revoked_at = $2 where purpose = 'password_reset' and account_id = $1 and spent_at is null and revoked_at is null",
        account,
        now
    )
    .execute(door.connection())
    .await
    .map(drop)
}

/// Invites an account into a consultancy; earlier invitations of the same kind die.
pub(in crate::people) async fn start_consultancy_invitation(door: &mut Door, account: Uuid, email: &str, consultancy: Uuid, by: Uuid) -> sqlx::Result<Link> {
    let link = Link::new(Purpose::Invitation, door.chance(), door.now());
    let now = door.now();
    sqlx::query!(
        "update one_time_links set revoked_at = $3 where purpose = 'invitation' and account_id = $1 and consultancy_id = $2 and spent_at is null and revoked_at is null",
        account,
        consultancy,
        now
    )
    .execute(door.connection())
    .await?;
    save(door, &NewLink { link: &link, account: Some(account), email: Some(email), consultancy: Some(consultancy), by: Some(by) }).await?;
    Ok(link)
}

/// Whether a link of this purpose could be spent now.
pub(in crate::people) async fn is_open(database: &Database, hash: &[u8; 32], purpose: Purpose, now: DateTime<Utc>) -> sqlx::Result<bool> {
    count_statement();
    sqlx::query_scalar!(
        r#"select exists (select 1 from one_time_links where token_hash = $1 and purpose = $2 and spent_at is null and revoked_at is null and expires_at > $3) as "open!""#,
        hash.as_slice(),
        purpose.key(),
        now
    )
    .fetch_one(database.login())
    .await
}

/// Spends a link: the row's lock lets one caller through, once.
pub(in crate::people) async fn spend(door: &mut Door, hash: &[u8; 32], purpose: Purpose) -> sqlx::Result<Option<Uuid>> {
    let now = door.now();
    sqlx::query_scalar!(
        "update one_time_links set spent_at = $3 where token_hash = $1 and purpose = $2 and spent_at is null and revoked_at is null and expires_at > $3 returning id",
        hash.as_slice(),
        purpose.key(),
        now
    )
    .fetch_optional(door.connection())
    .await
}

/// Whose password a reset link is for, if it can be spent now and the address is still that account's.
#[derive(Debug, Clone)]
pub(in crate::people) struct Reset {
    pub(in crate::people) account: Uuid,
    pub(in crate::people) name: String,
    pub(in crate::people) email: String,
}

/// Looks at a reset link.
pub(in crate::people) async fn reset(database: &Database, hash: &[u8; 32], now: DateTime<Utc>) -> sqlx::Result<Option<Reset>> {
    count_statement();
    sqlx::query_as!(
        Reset,
        "select a.id as account, a.name, a.email from one_time_links l join accounts a on a.id = l.account_id and a.email = l.email
          where l.token_hash = $1 and l.purpose = 'password_reset' and l.spent_at is null and l.revoked_at is null and l.expires_at > $2 and a.suspended_at is null",
        hash.as_slice(),
        now
    )
    .fetch_optional(database.login())
    .await
}

/// An invitation that can be accepted now: into an engagement, for a person of its register who still has this address
/// and no account, or into a consultancy.
#[derive(Debug, Clone)]
pub(in crate::people) struct Invitation {
    pub(in crate::people) email: String,
    pub(in crate::people) inviter: Option<String>,
    pub(in crate::people) engagement_id: Option<Uuid>,
    pub(in crate::people) person_id: Option<Uuid>,
    pub(in crate::people) engagement: Option<String>,
    pub(in crate::people) code: Option<String>,
    pub(in crate::people) roles: Vec<String>,
    pub(in crate::people) consultancy_id: Option<Uuid>,
    pub(in crate::people) consultancy: Option<String>,
    /// The name in the register, or of the account that waits for its person.
    pub(in crate::people) name: String,
    pub(in crate::people) account_id: Option<Uuid>,
    pub(in crate::people) has_password: bool,
    /// Whether this account is another person of the same engagement already.
    pub(in crate::people) is_there: bool,
}

/// Looks at an invitation.
pub(in crate::people) async fn invitation(database: &Database, hash: &[u8; 32], now: DateTime<Utc>) -> sqlx::Result<Option<Invitation>> {
    count_statement();
    sqlx::query_as!(
        Invitation,
        r#"select l.email as "email!", i.name as "inviter?", l.engagement_id, l.person_id, e.legal_name as "engagement?", e.code as "code?",
                  coalesce((select array_agg(m.role order by m.role) from memberships m
                    where m.engagement_id = l.engagement_id and m.person_id = l.person_id and m.ended_at is null), '{}') as "roles!: Vec<String>",
                  l.consultancy_id, c.name as "consultancy?", coalesce(a.name, p.name, '') as "name!", a.id as "account_id?",
                  a.password_hash is not null as "has_password!",
                  exists (select 1 from people o where o.engagement_id = l.engagement_id and o.account_id = a.id) as "is_there!"
             from one_time_links l
             left join accounts i on i.id = l.created_by
             left join engagements e on e.id = l.engagement_id
             left join people p on p.engagement_id = l.engagement_id and p.id = l.person_id and p.email = l.email and p.withdrawn_at is null and p.account_id is null
             left join consultancies c on c.id = l.consultancy_id
             left join accounts a on a.email = l.email
            where l.token_hash = $1 and l.purpose = 'invitation' and l.spent_at is null and l.revoked_at is null and l.expires_at > $2
              and (p.id is not null or c.id is not null)"#,
        hash.as_slice(),
        now
    )
    .fetch_optional(database.login())
    .await
}

/// Makes an account the person of an engagement's register, with the person's roles; false when the person has got
/// another address or an account meanwhile.
pub(in crate::people) async fn join_engagement(door: &mut Door, engagement: Uuid, person: Uuid, email: &str, account: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update people set account_id = $4 where engagement_id = $1 and id = $2 and email = $3 and account_id is null and withdrawn_at is null",
        engagement,
        person,
        email,
        account
    )
    .execute(door.connection())
    .await?;
    sqlx::query!(
        "update memberships set account_id = $3 where engagement_id = $1 and person_id = $2 and account_id is null and ended_at is null",
        engagement,
        person,
        account
    )
    .execute(door.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Makes an account staff of a consultancy.
pub(in crate::people) async fn join_consultancy(door: &mut Door, consultancy: Uuid, account: Uuid) -> sqlx::Result<()> {
    let now = door.now();
    sqlx::query!(
        "insert into consultancy_members (consultancy_id, account_id, since) values ($1, $2, $3)
         on conflict (consultancy_id, account_id) do update set since = excluded.since, ended_at = null where consultancy_members.ended_at is not null",
        consultancy,
        account,
        now
    )
    .execute(door.connection())
    .await
    .map(drop)
}

/// Kills the invitations that a person of the register still has.
pub(in crate::people) async fn revoke_invitations(change: &mut Change, person: Uuid) -> sqlx::Result<()> {
    let (engagement, now) = (change.engagement(), change.now());
    sqlx::query!(
        "update one_time_links set revoked_at = $3 where engagement_id = $1 and person_id = $2 and spent_at is null and revoked_at is null",
        engagement,
        person,
        now
    )
    .execute(change.connection())
    .await
    .map(drop)
}

/// Keeps an invitation into an engagement, written by those who manage its people.
pub(in crate::people) async fn save_invitation(change: &mut Change, link: &Link, person: Uuid, email: &str) -> sqlx::Result<()> {
    let (engagement, account) = (change.engagement(), change.account());
    sqlx::query!(
        "insert into one_time_links (token_hash, id, purpose, email, engagement_id, person_id, created_at, created_by, expires_at)
         values ($1, $2, 'invitation', $3, $4, $5, $6, $7, $8)",
        link.token_hash.as_slice(),
        link.id,
        email,
        engagement,
        person,
        link.created_at,
        account,
        link.expires_at
    )
    .execute(change.connection())
    .await
    .map(drop)
}
