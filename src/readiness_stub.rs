//! stub
#[path = "readiness/engine/mod.rs"]
pub mod engine;
pub mod watch {
    use crate::{app::App, database::Change};
    use std::pin::Pin;
    pub fn settle<'a>(_: &'a mut Change) -> Pin<Box<dyn Future<Output = sqlx::Result<()>> + Send + 'a>> { Box::pin(async { Ok(()) }) }
    pub async fn day_passed(_: &App) -> sqlx::Result<()> { Ok(()) }
}
pub mod command {
    use crate::database::Database;
    pub async fn facts(_: &Database, _: &str, _: chrono::NaiveDate) -> sqlx::Result<Option<String>> { Ok(None) }
}
