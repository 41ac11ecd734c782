//! Every statement of the slice.

pub(crate) mod facts;
pub(crate) mod members;
pub(crate) mod opening;
pub(crate) mod people;
pub(crate) mod portfolio;

use crate::{
    database::Snapshot,
    web::form::Choice,
    words::{Language, Say},
};
use uuid::Uuid;

/// A department or a part of the scope, to be chosen in a form.
#[derive(Clone, Debug)]
pub struct Named {
    /// The entry.
    pub id: Uuid,
    /// Its short code; empty for a part of the scope.
    pub code: String,
    /// Its Chinese name; may be empty.
    pub name_zh: String,
    /// Its English name; may be empty.
    pub name_en: String,
    /// Whether it lies in the scope.
    pub in_scope: bool,
}

impl Named {
    /// The name in the reader's language, else the one there is.
    pub fn name(&self, say: Say) -> &str {
        in_language(say, &self.name_zh, &self.name_en)
    }

    /// The entry as a choice: code and name.
    pub fn choice(&self, say: Say) -> Choice {
        Choice { value: self.id.to_string(), words: format!("{} {}", self.code, self.name(say)).trim().to_owned() }
    }
}

/// Of two names the one in the reader's language, else the other.
pub fn in_language<'a>(say: Say, zh: &'a str, en: &'a str) -> &'a str {
    let (first, second) = if say.language == Language::Chinese { (zh, en) } else { (en, zh) };
    if first.is_empty() { second } else { first }
}

/// A person of the register, to be chosen in a form.
#[derive(Clone, Debug)]
pub struct PersonLine {
    /// The person.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// The name in Latin letters; may be empty.
    pub name_latin: String,
    /// The number by which the employer knows the person.
    pub staff_no: Option<String>,
    /// The department.
    pub department_id: Option<Uuid>,
    /// The department's code.
    pub department_code: Option<String>,
    /// Whether the person is of the management.
    pub is_management: bool,
    /// Whether an e-mail address is known.
    pub has_email: bool,
}

impl PersonLine {
    /// The person as a choice: name, Latin name, department.
    pub fn choice(&self) -> Choice {
        let more: Vec<&str> = [Some(self.name_latin.as_str()), self.department_code.as_deref(), self.staff_no.as_deref()]
            .into_iter()
            .flatten()
            .filter(|text| !text.is_empty())
            .collect();
        let words = if more.is_empty() { self.name.clone() } else { format!("{} · {}", self.name, more.join(" · ")) };
        Choice { value: self.id.to_string(), words }
    }
}

/// The departments that are not withdrawn, by code.
pub async fn departments(snapshot: &mut Snapshot) -> sqlx::Result<Vec<Named>> {
    let engagement = snapshot.engagement();
    sqlx::query_as!(
        Named,
        "select id, code, name_zh, name_en, in_scope from departments where engagement_id = $1 and withdrawn_at is null order by code limit 2000",
        engagement
    )
    .fetch_all(snapshot.connection())
    .await
}

/// The parts of the scope that are not withdrawn, by name.
pub async fn scope_parts(snapshot: &mut Snapshot) -> sqlx::Result<Vec<Named>> {
    let engagement = snapshot.engagement();
    sqlx::query_as!(
        Named,
        r#"select id, '' as "code!", name_zh, name_en, in_scope from scope_parts
           where engagement_id = $1 and withdrawn_at is null order by name_zh, name_en limit 2000"#,
        engagement
    )
    .fetch_all(snapshot.connection())
    .await
}

/// The people of the register who are not withdrawn, by name.
pub async fn people(snapshot: &mut Snapshot) -> sqlx::Result<Vec<PersonLine>> {
    let engagement = snapshot.engagement();
    sqlx::query_as!(
        PersonLine,
        r#"select p.id, p.name, p.name_latin, p.staff_no, p.department_id, d.code as "department_code?", p.is_management,
                  p.email is not null as "has_email!"
           from people p left join departments d on d.engagement_id = p.engagement_id and d.id = p.department_id
           where p.engagement_id = $1 and p.withdrawn_at is null order by p.name, p.id limit 20000"#,
        engagement
    )
    .fetch_all(snapshot.connection())
    .await
}
