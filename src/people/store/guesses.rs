//! Counting guesses.

use crate::{
    database::{Database, count_statement},
    people::throttle::{self, Subject, Tally},
};
use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgTransaction};

/// Counts an attempt against each subject before the password is looked at; an error is the longest wait, in seconds,
/// and then nothing is counted.
pub(in crate::people) async fn count_attempt(database: &Database, subjects: [Subject<'_>; 2], now: DateTime<Utc>) -> sqlx::Result<Result<(), u64>> {
    let mut transaction = lock(database, subjects).await?;
    let mut next = Vec::new();
    let mut wait = 0;
    for subject in subjects {
        match throttle::attempt(tally(&mut transaction, &subject.key()).await?, subject.free(), now) {
            Ok(tally) => next.push((subject.key(), tally)),
            Err(seconds) => wait = wait.max(seconds),
        }
    }
    if wait > 0 {
        return Ok(Err(wait));
    }
    for (key, tally) in next {
        save(&mut transaction, &key, tally).await?;
    }
    forget_old(&mut transaction, now).await?;
    count_statement();
    transaction.commit().await?;
    Ok(Ok(()))
}

/// A right password: the account's guesses are forgotten, the address gets this one back.
pub(in crate::people) async fn take_back_attempt(database: &Database, subjects: [Subject<'_>; 2]) -> sqlx::Result<()> {
    let mut transaction = lock(database, subjects).await?;
    for subject in subjects {
        let key = subject.key();
        let left = match subject {
            Subject::Address(_) => tally(&mut transaction, &key).await?.and_then(|tally| throttle::taken_back(tally, subject.free())),
            Subject::Account(_) | Subject::Device(_) => None,
        };
        match left {
            Some(tally) => save(&mut transaction, &key, tally).await?,
            None => forget(&mut transaction, &key).await?,
        }
    }
    count_statement();
    transaction.commit().await
}

/// Forgets the guesses at an account whose person has proved to be it in another way.
pub(in crate::people) async fn forget_guesses(door: &mut super::Door, subject: Subject<'_>) -> sqlx::Result<()> {
    forget(door.connection(), &subject.key()).await
}

/// One at a time for each subject, also where there is no row to lock yet; always in the same order.
async fn lock(database: &Database, subjects: [Subject<'_>; 2]) -> sqlx::Result<PgTransaction<'static>> {
    count_statement();
    let mut transaction = database.login().begin().await?;
    let mut numbers = subjects.map(|subject| subject.key().first_chunk::<8>().map_or(0, |bytes| i64::from_be_bytes(*bytes)));
    numbers.sort_unstable();
    for number in numbers {
        count_statement();
        sqlx::query!(r#"select true as "locked!" from pg_advisory_xact_lock($1)"#, number).fetch_one(&mut *transaction).await?;
    }
    Ok(transaction)
}

async fn tally(connection: &mut PgConnection, key: &[u8]) -> sqlx::Result<Option<Tally>> {
    count_statement();
    sqlx::query_as!(Tally, "select failures, last_at, next_allowed_at from guesses where subject_hash = $1", key).fetch_optional(connection).await
}

async fn save(connection: &mut PgConnection, key: &[u8], tally: Tally) -> sqlx::Result<()> {
    count_statement();
    sqlx::query!(
        "insert into guesses (subject_hash, failures, last_at, next_allowed_at) values ($1, $2, $3, $4)
         on conflict (subject_hash) do update set failures = excluded.failures, last_at = excluded.last_at, next_allowed_at = excluded.next_allowed_at",
        key,
        tally.failures,
        tally.last_at,
        tally.next_allowed_at
    )
    .execute(connection)
    .await
    .map(drop)
}

/// Guesses that no longer count are cleared away, some at a time; rows that others hold are left to them.
async fn forget_old(connection: &mut PgConnection, now: DateTime<Utc>) -> sqlx::Result<()> {
    count_statement();
    sqlx::query!(
        "delete from guesses where subject_hash in (select subject_hash from guesses where last_at < $1 order by last_at limit 20 for update skip locked)",
        now - throttle::DECAY
    )
    .execute(connection)
    .await
    .map(drop)
}

async fn forget(connection: &mut PgConnection, key: &[u8]) -> sqlx::Result<()> {
    count_statement();
    sqlx::query!("delete from guesses where subject_hash = $1", key).execute(connection).await.map(drop)
}
