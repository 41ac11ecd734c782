//! The statements of the slice.

use crate::{
    database::Snapshot,
    register_statements,
    web::form::Choice,
    words::{Language, Say},
};

register_statements!(scope_parts, "scope_parts", "name_zh, name_en, address, in_scope, planned_start_on, start_on", "name_zh, name_en, id");
register_statements!(departments, "departments", "code, name_zh, name_en, parent_id, in_scope", "code, id");

/// A name in the reader's language, or in the other where there is none.
fn named(say: Say, zh: String, en: String) -> String {
    let (first, second) = if say.language == Language::Chinese { (zh, en) } else { (en, zh) };
    if first.is_empty() { second } else { first }
}

/// The parts of the scope as choices.
pub(crate) async fn part_choices(snapshot: &mut Snapshot, say: Say) -> sqlx::Result<Vec<Choice>> {
    let engagement = snapshot.engagement();
    sqlx::query!("select id, name_zh, name_en from scope_parts where engagement_id = $1 and withdrawn_at is null order by name_zh, name_en", engagement)
        .map(|row| Choice { value: row.id.to_string(), words: named(say, row.name_zh, row.name_en) })
        .fetch_all(snapshot.connection())
        .await
}

/// The departments as choices.
pub(crate) async fn department_choices(snapshot: &mut Snapshot, say: Say) -> sqlx::Result<Vec<Choice>> {
    let engagement = snapshot.engagement();
    sqlx::query!("select id, code, name_zh, name_en from departments where engagement_id = $1 and withdrawn_at is null order by code", engagement)
        .map(|row| Choice { value: row.id.to_string(), words: format!("{} {}", row.code, named(say, row.name_zh, row.name_en)) })
        .fetch_all(snapshot.connection())
        .await
}

/// The people of the register as choices, with their department.
pub(crate) async fn person_choices(snapshot: &mut Snapshot) -> sqlx::Result<Vec<Choice>> {
    let engagement = snapshot.engagement();
    sqlx::query!(
        r#"select p.id, concat_ws(' ', p.name, nullif(p.name_latin, ''), '(' || d.code || ')') as "words!"
           from people p left join departments d on d.engagement_id = p.engagement_id and d.id = p.department_id
           where p.engagement_id = $1 and p.withdrawn_at is null order by d.code nulls first, p.name limit 5000"#,
        engagement
    )
    .map(|row| Choice { value: row.id.to_string(), words: row.words })
    .fetch_all(snapshot.connection())
    .await
}
