//! An event as a slice records it, and as it is stored.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, value::RawValue};
use uuid::Uuid;

use super::canonical::{self, Fields, Unreadable};
use super::hexadecimal;
use super::merkle::Hash;

/// Who acted. Without an account it is the system itself, for example a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account that was signed in.
    pub account_id: Option<Uuid>,
    /// The name as shown at that time.
    pub name: String,
    /// The roles held in the engagement at that time.
    pub roles: Vec<String>,
}

/// What was acted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// The kind of thing, for example `document`: lower case, underscores.
    pub kind: &'static str,
    /// Its id.
    pub id: Uuid,
}

/// Something that happened, ready to be written with [`super::store::append`].
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// A UUIDv7; it decides the order among events sealed together.
    pub id: Uuid,
    /// None: an event of the installation, such as a sign-in.
    pub engagement_id: Option<Uuid>,
    /// When; kept to the microsecond.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: Actor,
    /// What happened, past tense, for example `penalty_entered`: lower case, underscores.
    pub kind: &'static str,
    /// To what.
    pub subject: Subject,
    /// The state before, where there was one. A JSON null counts as none.
    pub before: Option<Value>,
    /// The state after, where there is one. A JSON null counts as none.
    pub after: Option<Value>,
}

impl Event {
    /// The event as it will be stored. PostgreSQL cannot hold U+0000, so U+FFFD stands for it.
    pub fn record(&self, salt: [u8; 16]) -> Result<Record, Unreadable> {
        let mut record = Record {
            id: self.id,
            engagement_id: self.engagement_id,
            at: DateTime::from_timestamp_micros(self.at.timestamp_micros()),
            actor_account_id: self.actor.account_id,
            actor_name: canonical::storable(&self.actor.name),
            actor_roles: self.actor.roles.iter().map(|role| canonical::storable(role)).collect(),
            kind: self.kind.to_owned(),
            subject_kind: self.subject.kind.to_owned(),
            subject_id: self.subject.id,
            before: canonical::storable_json(self.before.as_ref())?,
            after: canonical::storable_json(self.after.as_ref())?,
            form: canonical::FORM,
            salt: salt.to_vec(),
            event_hash: Vec::new(),
        };
        record.event_hash = record.hash()?.to_vec();
        Ok(record)
    }
}

/// An event as it stands in the database or in an export. Nothing in it is trusted.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns of trail_events, described in the migration")]
pub struct Record {
    pub id: Uuid,
    pub engagement_id: Option<Uuid>,
    pub at: Option<DateTime<Utc>>,
    pub actor_account_id: Option<Uuid>,
    pub actor_name: String,
    pub actor_roles: Vec<String>,
    pub kind: String,
    pub subject_kind: String,
    pub subject_id: Uuid,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub before: Option<Box<RawValue>>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub after: Option<Box<RawValue>>,
    pub form: i16,
    #[serde(with = "hexadecimal")]
    pub salt: Vec<u8>,
    #[serde(with = "hexadecimal")]
    pub event_hash: Vec<u8>,
}

/// In an export a JSON null is a value; what the database does not hold is left out.
fn present<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Box<RawValue>>, D::Error> {
    Deserialize::deserialize(from).map(Some)
}

impl Record {
    /// The hash the fields have, whatever `event_hash` says.
    pub fn hash(&self) -> Result<Hash, Unreadable> {
        canonical::event_hash(
            self.form,
            &self.salt,
            &Fields {
                id: self.id,
                engagement_id: self.engagement_id,
                at_micros: self.at.ok_or(Unreadable)?.timestamp_micros(),
                actor_account_id: self.actor_account_id,
                actor_name: &self.actor_name,
                actor_roles: &self.actor_roles,
                kind: &self.kind,
                subject_kind: &self.subject_kind,
                subject_id: self.subject_id,
                before: self.before.as_deref(),
                after: self.after.as_deref(),
            },
        )
    }
}
