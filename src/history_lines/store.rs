//! The one statement of the history's lines: what ids are called.

use crate::{database::Snapshot, words::Language};
use std::collections::HashMap;
use uuid::Uuid;

/// The names of people, accounts, departments, parts of the scope, files and audits of this engagement.
pub(super) async fn names(snapshot: &mut Snapshot, language: Language, ids: &[Uuid]) -> sqlx::Result<HashMap<Uuid, String>> {
    let engagement = snapshot.engagement();
    let is_chinese = language == Language::Chinese;
    let rows = sqlx::query!(
        r#"select n.id as "id!", n.name as "name!" from (
             select id, name from people where engagement_id = $1 and id = any ($2)
             union all select account_id, name from people where engagement_id = $1 and account_id = any ($2)
             union all select id, case when name_en = '' or ($3 and name_zh <> '') then name_zh else name_en end from departments where engagement_id = $1 and id = any ($2)
             union all select id, case when name_en = '' or ($3 and name_zh <> '') then name_zh else name_en end from scope_parts where engagement_id = $1 and id = any ($2)
             union all select id, 'E-' || lpad(number::text, greatest(3, length(number::text)), '0') || ' · ' || file_name from evidence where engagement_id = $1 and id = any ($2)
             union all select id, code from audits where engagement_id = $1 and id = any ($2)
           ) n"#,
        engagement,
        ids,
        is_chinese
    )
    .fetch_all(snapshot.connection())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}
