//! Lines of the history: who did what and when, and what became of each field. Record pages show those of one subject,
//! the activity log all of an engagement.

mod difference;
pub mod links;
mod store;
pub mod words;

use crate::{access::Role, database::Snapshot, trail, web::form::FormSpec, words::Say};
use chrono::{DateTime, FixedOffset, Utc};
use std::collections::HashMap;
use uuid::Uuid;

pub use difference::Changed;

/// The most lines that a record page shows.
const MOST: i64 = 200;

/// A line, ready to be printed.
#[derive(Clone, Debug)]
pub struct HistoryLine {
    /// The event.
    pub id: Uuid,
    /// When, in the engagement's zone: `2026-11-16 10:42`.
    pub at: String,
    /// Who; empty when it was the system.
    pub who: String,
    /// The roles in words, as they were then; may be empty.
    pub roles: String,
    /// What happened, in words.
    pub what: String,
    /// What became of each field that changed.
    pub changes: Vec<Changed>,
    /// The number in the sealed log; none until it is sealed.
    pub number: Option<i64>,
}

/// A moment in the engagement's zone, UTC+8: `2026-11-16 10:42`.
pub fn local(moment: DateTime<Utc>) -> String {
    FixedOffset::east_opt(8 * 3600)
        .map_or_else(|| moment.format("%Y-%m-%d %H:%M").to_string(), |zone| moment.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string())
}

/// A text as a pattern of `ilike` that finds it anywhere; an empty text gives `%%`.
pub fn pattern(text: &str) -> String {
    let escaped: String = text.chars().flat_map(|c| if matches!(c, '%' | '_' | '\\') { vec!['\\', c] } else { vec![c] }).collect();
    format!("%{escaped}%")
}

/// The history of one subject, newest first, at most 200 lines. `spec` gives the fields their labels and values their words.
pub async fn of_subject(snapshot: &mut Snapshot, say: Say, subject_kind: &str, id: Uuid, spec: Option<&'static FormSpec>) -> sqlx::Result<Vec<HistoryLine>> {
    let engagement = snapshot.engagement();
    let events = trail::store::of_subject(snapshot.connection(), engagement, subject_kind, id, None, MOST).await?;
    told(snapshot, say, &events, |_| spec).await
}

/// Puts events into words. Names of people, departments and files that the rows point to are looked up in one statement.
pub async fn told(
    snapshot: &mut Snapshot,
    say: Say,
    events: &[trail::store::HistoryLine],
    spec: impl Fn(&trail::store::HistoryLine) -> Option<&'static FormSpec>,
) -> sqlx::Result<Vec<HistoryLine>> {
    let ids = difference::ids(events.iter().flat_map(|event| [&event.before, &event.after]).flatten());
    let names = if ids.is_empty() { HashMap::new() } else { store::names(snapshot, say.language, &ids).await? };
    Ok(events.iter().map(|event| line(say, event, spec(event), &names)).collect())
}

fn line(say: Say, event: &trail::store::HistoryLine, spec: Option<&'static FormSpec>, names: &HashMap<Uuid, String>) -> HistoryLine {
    let roles: Vec<&str> = event.actor_roles.iter().map(|key| Role::from_key(key).map_or(key.as_str(), |role| role.words(say))).collect();
    HistoryLine {
        id: event.id,
        at: local(event.at),
        who: event.actor_name.clone(),
        roles: roles.join(say.list_comma()),
        what: words::of_kind(say, &event.kind),
        changes: difference::between(say, event.before.as_ref(), event.after.as_ref(), spec, names),
        number: event.engagement_number,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_search_is_taken_at_its_word() {
        assert_eq!(super::pattern("50%_a\\"), "%50\\%\\_a\\\\%");
        assert_eq!(super::pattern(""), "%%");
    }
}
