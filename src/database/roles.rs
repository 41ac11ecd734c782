//! The database's roles and the way to the newest schema (security.md S55).

use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};

/// Every role: who owns the tables, who serves pages, who signs people in, who seals, who may read everything.
pub const ROLES: [&str; 5] = ["certgate_owner", "certgate_app", "certgate_login", "certgate_sealer", "certgate_auditor"];

/// Why the database could not be made ready.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// The user of the connection cannot create the roles and they are not there.
    #[error("the database user {user} may not create the roles {missing}; let an administrator of the server run: {sql}")]
    Roles {
        /// The connected user.
        user: String,
        /// What is missing.
        missing: String,
        /// What to run.
        sql: String,
    },
    /// A statement failed.
    #[error("the database could not be made ready: {0}")]
    Statement(#[from] sqlx::Error),
    /// A migration failed, or the database is newer than this program.
    #[error("the database schema could not be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
}

/// The user as which the portal signs in to its private server.
pub const SERVICE: &str = "certgate";

/// Prepares a private server: the service user with a new password, its database, the roles. `superuser` leads to the
/// database `postgres`; what comes back leads to the portal's own.
pub async fn prepare_private(superuser: &PgConnectOptions, password: &str) -> Result<PgConnectOptions, SchemaError> {
    let mut connection = PgConnection::connect_with(superuser).await?;
    // The password is hexadecimal of our own making, so that it cannot end the text it stands in.
    let password: String = password.chars().filter(char::is_ascii_hexdigit).collect();
    run(&mut connection, "do $$ begin if not exists (select 1 from pg_roles where rolname = 'certgate') then create role certgate login nosuperuser nocreatedb nocreaterole noinherit; end if; end $$").await?;
    run(&mut connection, &format!("alter role certgate password '{password}'")).await?;
    let there = sqlx::query_scalar!("select exists (select 1 from pg_database where datname = 'certgate') as \"there!\"").fetch_one(&mut connection).await?;
    if !there {
        run(&mut connection, "create database certgate").await?;
    }
    connection.close().await?;
    ensure(&superuser.clone().database("certgate"), Some(SERVICE)).await?;
    Ok(superuser.clone().username(SERVICE).password(&password).database("certgate"))
}

/// Creates missing roles, lets `service` (or else the connected user) act as each, and gives the owner role the schema.
pub async fn ensure(options: &PgConnectOptions, service: Option<&'static str>) -> Result<(), SchemaError> {
    let mut connection = PgConnection::connect_with(options).await?;
    let mut missing = Vec::new();
    let who = service.map_or_else(|| "current_user".to_owned(), |name| format!("'{name}'"));
    for role in ROLES {
        if !run(&mut connection, &format!("do $$ begin if not exists (select 1 from pg_roles where rolname = '{role}') then create role {role} nologin; end if; exception when duplicate_object then null; end $$")).await?
            || !run(&mut connection, &format!("do $$ begin if not exists (select 1 from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles u on u.oid = m.member where r.rolname = '{role}' and u.rolname = {who}) then execute format('grant {role} to %I', {who}); end if; exception when duplicate_object then null; end $$")).await?
        {
            missing.push(role);
        }
    }
    if !missing.is_empty() {
        let user: String = sqlx::query_scalar!(r#"select current_user::text as "user!""#).fetch_one(&mut connection).await?;
        let sql = missing.iter().map(|role| format!("create role {role} nologin; grant {role} to {user};")).collect::<Vec<_>>().join(" ");
        return Err(SchemaError::Roles { user, missing: missing.join(", "), sql });
    }
    run(&mut connection, "do $$ begin execute format('grant create, connect, temporary on database %I to certgate_owner', current_database()); end $$").await?;
    run(&mut connection, "grant usage, create on schema public to certgate_owner").await?;
    run(&mut connection, "revoke create on schema public from public").await?;
    for role in ["certgate_app", "certgate_login", "certgate_sealer", "certgate_auditor"] {
        run(&mut connection, &format!("grant usage on schema public to {role}")).await?;
    }
    connection.close().await?;
    Ok(())
}

/// Brings the schema up to date as the owner role.
pub async fn migrate(options: &PgConnectOptions) -> Result<(), SchemaError> {
    let mut connection = PgConnection::connect_with(options).await?;
    sqlx::raw_sql("set role certgate_owner").execute(&mut connection).await?;
    sqlx::migrate!().run(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

/// Runs a fixed statement built from this module's own constants; `false` when the user may not.
async fn run(connection: &mut PgConnection, sql: &str) -> Result<bool, sqlx::Error> {
    match sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(connection).await {
        Ok(_) => Ok(true),
        Err(sqlx::Error::Database(error)) if error.code().is_some_and(|code| code == "42501") => Ok(false),
        Err(error) => Err(error),
    }
}
