//! The statements that every register of an engagement needs, written once and checked for each table.

/// Makes a module with the checked statements of one register table. The table has the keys `(engagement_id, id)` and
/// the columns `withdrawn_at` and `version`; `columns` are those that a person fills in.
#[macro_export]
macro_rules! register_statements {
    ($name:ident, $table:literal, $columns:literal, $order:literal) => {
        /// The statements of this register.
        pub(crate) mod $name {
            use $crate::database::{Change, Snapshot};
            use serde_json::Value;
            use uuid::Uuid;

            /// Every entry that is not withdrawn, in the register's order.
            pub(crate) async fn all(snapshot: &mut Snapshot) -> sqlx::Result<Vec<Value>> {
                let engagement = snapshot.engagement();
                sqlx::query_scalar!(
                    "select to_jsonb(t) as \"row!\" from " + $table + " t where engagement_id = $1 and withdrawn_at is null order by " + $order + " limit 2000",
                    engagement
                )
                .fetch_all(snapshot.connection())
                .await
            }

            /// One entry, withdrawn or not.
            pub(crate) async fn one(snapshot: &mut Snapshot, id: Uuid) -> sqlx::Result<Option<Value>> {
                let engagement = snapshot.engagement();
                sqlx::query_scalar!("select to_jsonb(t) as \"row!\" from " + $table + " t where engagement_id = $1 and id = $2", engagement, id)
                    .fetch_optional(snapshot.connection())
                    .await
            }

            /// One entry, locked until the change ends.
            pub(crate) async fn lock(change: &mut Change, id: Uuid) -> sqlx::Result<Option<Value>> {
                let engagement = change.engagement();
                sqlx::query_scalar!(
                    "select to_jsonb(t) as \"row!\" from " + $table + " t where engagement_id = $1 and id = $2 for no key update",
                    engagement,
                    id
                )
                .fetch_optional(change.connection())
                .await
            }

            /// Enters a row; `None` when this id is already there, which is the same form posted twice.
            pub(crate) async fn enter(change: &mut Change, id: Uuid, fields: &Value) -> sqlx::Result<Option<Value>> {
                let engagement = change.engagement();
                sqlx::query_scalar!(
                    "insert into " + $table + " as t (engagement_id, id, " + $columns + ") select $1, $2, " + $columns
                        + " from jsonb_populate_record(null::" + $table + ", $3) on conflict (engagement_id, id) do nothing returning to_jsonb(t) as \"row!\"",
                    engagement,
                    id,
                    fields
                )
                .fetch_optional(change.connection())
                .await
            }

            /// Changes the row where it still has `version`; `None` when somebody was faster.
            pub(crate) async fn alter(change: &mut Change, id: Uuid, version: i32, fields: &Value) -> sqlx::Result<Option<Value>> {
                let engagement = change.engagement();
                sqlx::query_scalar!(
                    "update " + $table + " as t set (version, " + $columns + ") = (select $3 + 1, " + $columns + " from jsonb_populate_record(null::" + $table
                        + ", $4)) where engagement_id = $1 and id = $2 and version = $3 and withdrawn_at is null returning to_jsonb(t) as \"row!\"",
                    engagement,
                    id,
                    version,
                    fields
                )
                .fetch_optional(change.connection())
                .await
            }

            /// Withdraws the row: it stays readable and no longer counts.
            pub(crate) async fn withdraw(change: &mut Change, id: Uuid) -> sqlx::Result<Option<Value>> {
                let (engagement, now) = (change.engagement(), change.now());
                sqlx::query_scalar!(
                    "update " + $table + " as t set withdrawn_at = $3, version = version + 1 where engagement_id = $1 and id = $2 and withdrawn_at is null returning to_jsonb(t) as \"row!\"",
                    engagement,
                    id,
                    now
                )
                .fetch_optional(change.connection())
                .await
            }
        }
    };
}
