//! Registers: what every list of records of an engagement has in common: list, form, record page with files and history,
//! correction without overwriting others, withdrawal instead of deletion.
//!
//! A slice describes its register (a form, columns, a check) by implementing [`Register`]; the pages and acts stand here
//! once. Entries are never deleted: a withdrawn one stays readable, with the reason, and no longer counts.

pub mod acts;
pub mod pages;

use crate::{
    access::Allows,
    database::{Change, Snapshot},
    web::{
        form::{Field, Filled, FormSpec, Phrase},
        table::State,
    },
    words::Say,
};
use chrono::NaiveDate;
use serde_json::Value;
use uuid::Uuid;

/// The words of a register.
#[derive(Clone, Copy, Debug)]
pub struct RegisterWords {
    /// Heading of the list; the same words as the link that leads there.
    pub title: Phrase,
    /// What the list is for and what it proves: one or two sentences.
    pub lead: Phrase,
    /// Heading of the form for a new entry, which is also the words of its button: verb and object.
    pub enter: Phrase,
    /// What an empty list means and what to do first.
    pub empty: Phrase,
    /// One entry, as a noun: 处罚记录, penalty.
    pub entry: Phrase,
}

/// A register of an engagement.
pub trait Register: Send + Sync + 'static {
    /// Who may enter, correct and withdraw.
    type Edit: Allows;
    /// The last part of its address, a plural noun.
    const PATH: &'static str;
    /// Kind of subject in the trail, a singular noun.
    const SUBJECT: &'static str;
    /// Event of a new entry.
    const ENTERED: &'static str;
    /// Event of a correction.
    const CHANGED: &'static str;
    /// Event of a withdrawal.
    const WITHDRAWN: &'static str;
    /// Names of text columns that hold empty text rather than null when nothing was entered.
    const BLANK: &'static [&'static str];
    /// Fields shown as columns of the list; the first is the link.
    const COLUMNS: &'static [&'static str];
    /// The form.
    const SPEC: &'static FormSpec;
    /// The words.
    const WORDS: RegisterWords;
    /// Whether an entry may be withdrawn; scope parts and departments are taken out of scope instead.
    const WITHDRAWABLE: bool = true;

    /// Further links on the list: words and address after the engagement's.
    const LIST_LINKS: &'static [(Phrase, &'static str)] = &[];
    /// What a new form already holds: field and value.
    const DEFAULTS: &'static [(&'static str, &'static str)] = &[];

    /// Rules across fields; `row` is the entry before a correction.
    fn check(form: &mut Filled, row: Option<&Value>, today: NaiveDate);

    /// The state of an entry, for a last column of the list.
    fn state(_say: Say, _row: &Value, _today: NaiveDate) -> Option<State> {
        None
    }

    /// The field and the words for a unique key of the table that is already taken.
    fn clash(_constraint: &str) -> Option<(&'static str, Phrase)> {
        None
    }

    /// The name of an entry, for headings; `form` holds it with its choices.
    fn name(form: &Filled) -> String {
        Self::COLUMNS.iter().filter_map(|column| Self::field(column)).map(|field| form.shown(field)).find(|words| !words.is_empty()).unwrap_or_default()
    }

    /// The row of a checked form, in the shape of the table; `before` is the entry before a correction.
    fn row(form: &Filled, _before: Option<&Value>, _today: NaiveDate) -> Value {
        form.to_row(Self::BLANK)
    }

    /// The form of a row; the reverse of [`Register::row`].
    fn filled(say: Say, row: &Value) -> Filled {
        Filled::from_row(Self::SPEC, say, row)
    }

    /// A field of the form.
    fn field(name: &str) -> Option<&'static Field> {
        Self::SPEC.fields.iter().find(|field| field.name == name)
    }

    /// Further links on the page of an entry: words and address after the engagement's.
    fn links(_say: Say, _id: Uuid, _row: &Value) -> Vec<(String, String)> {
        Vec::new()
    }

    /// Offers the choices that only the engagement knows: departments, people, evidence.
    fn offer(snapshot: &mut Snapshot, form: Filled) -> impl Future<Output = sqlx::Result<Filled>> + Send;
    /// Why an entry may not be withdrawn, if so; looked at within the change.
    fn held_by(_change: &mut Change, _say: Say, _id: Uuid) -> impl Future<Output = sqlx::Result<Option<String>>> + Send {
        async { Ok(None) }
    }
    /// Every entry that is not withdrawn.
    fn all(snapshot: &mut Snapshot) -> impl Future<Output = sqlx::Result<Vec<Value>>> + Send;
    /// One entry.
    fn one(snapshot: &mut Snapshot, id: Uuid) -> impl Future<Output = sqlx::Result<Option<Value>>> + Send;
    /// One entry, locked.
    fn lock(change: &mut Change, id: Uuid) -> impl Future<Output = sqlx::Result<Option<Value>>> + Send;
    /// Enters a row.
    fn enter(change: &mut Change, id: Uuid, row: &Value) -> impl Future<Output = sqlx::Result<Option<Value>>> + Send;
    /// Changes a row of this version.
    fn alter(change: &mut Change, id: Uuid, version: i32, row: &Value) -> impl Future<Output = sqlx::Result<Option<Value>>> + Send;
    /// Withdraws a row.
    fn withdraw(change: &mut Change, id: Uuid) -> impl Future<Output = sqlx::Result<Option<Value>>> + Send;
}

/// Delegates the statements of a [`Register`] to the module made by `register_statements!`.
#[macro_export]
macro_rules! register_store {
    ($module:path) => {
        async fn all(snapshot: &mut $crate::database::Snapshot) -> sqlx::Result<Vec<serde_json::Value>> {
            use $module as statements;
            statements::all(snapshot).await
        }
        async fn one(snapshot: &mut $crate::database::Snapshot, id: uuid::Uuid) -> sqlx::Result<Option<serde_json::Value>> {
            use $module as statements;
            statements::one(snapshot, id).await
        }
        async fn lock(change: &mut $crate::database::Change, id: uuid::Uuid) -> sqlx::Result<Option<serde_json::Value>> {
            use $module as statements;
            statements::lock(change, id).await
        }
        async fn enter(change: &mut $crate::database::Change, id: uuid::Uuid, row: &serde_json::Value) -> sqlx::Result<Option<serde_json::Value>> {
            use $module as statements;
            statements::enter(change, id, row).await
        }
        async fn alter(
            change: &mut $crate::database::Change,
            id: uuid::Uuid,
            version: i32,
            row: &serde_json::Value,
        ) -> sqlx::Result<Option<serde_json::Value>> {
            use $module as statements;
            statements::alter(change, id, version, row).await
        }
        async fn withdraw(change: &mut $crate::database::Change, id: uuid::Uuid) -> sqlx::Result<Option<serde_json::Value>> {
            use $module as statements;
            statements::withdraw(change, id).await
        }
    };
}

/// The routes of a register at `/e/{code}/<path>`.
#[macro_export]
macro_rules! register_routes {
    ($register:ty, $path:literal) => {{
        use $crate::access::{Allows, Need, Permission, Route};
        use $crate::records::{Register, acts, pages};
        let edit = Need::Member(<<$register as Register>::Edit as Allows>::PERMISSION);
        let view = Need::Member(Permission::ViewEngagement);
        vec![
            Route::page(concat!("/e/{code}/", $path), view, pages::list::<$register>),
            Route::page(concat!("/e/{code}/", $path, "/new"), edit, pages::blank::<$register>),
            Route::act(concat!("/e/{code}/", $path, "/new"), edit, <$register>::ENTERED, acts::enter::<$register>).with_files(),
            Route::page(concat!("/e/{code}/", $path, "/{id}"), view, pages::show::<$register>),
            Route::page(concat!("/e/{code}/", $path, "/{id}/edit"), edit, pages::edit::<$register>),
            Route::act(concat!("/e/{code}/", $path, "/{id}/edit"), edit, <$register>::CHANGED, acts::correct::<$register>).with_files(),
            Route::page(concat!("/e/{code}/", $path, "/{id}/withdrawals"), edit, pages::withdrawal::<$register>),
            Route::act(concat!("/e/{code}/", $path, "/{id}/withdrawals"), edit, <$register>::WITHDRAWN, acts::withdraw::<$register>),
        ]
    }};
}
