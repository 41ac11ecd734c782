//! What an operator configures: flags and environment variables, each with a default that is safe.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

/// The configuration of a portal.
#[derive(Clone, Debug, clap::Args)]
pub struct Config {
    /// Folder of the private database, the evidence files and the keys
    #[arg(long, env = "CERTGATE_DATA", default_value = "data")]
    pub data: PathBuf,
    /// Address and port to serve on
    #[arg(long, env = "CERTGATE_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Address under which people reach the portal; https unless it is this machine
    #[arg(long, env = "CERTGATE_BASE_URL")]
    pub base_url: Option<String>,
    /// PostgreSQL 15 to 18 to use instead of a private one
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Folder of the PostgreSQL server programs, where they are not in a usual place
    #[arg(long, env = "CERTGATE_PG_BIN")]
    pub pg_bin: Option<PathBuf>,
    /// Folder of the key that signs the trail; keep it outside the database and its backups
    #[arg(long, env = "CERTGATE_KEYS")]
    pub keys: Option<PathBuf>,
    /// Proxies whose X-Forwarded-For is believed, separated by commas
    #[arg(long = "trusted-proxies", env = "CERTGATE_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<IpAddr>,
    /// Most connections to the database for each role
    #[arg(long, env = "CERTGATE_DB_CONNECTIONS", default_value_t = 12)]
    pub db_connections: u32,
}

impl Config {
    /// The base address, without a slash at the end.
    pub fn base(&self) -> String {
        self.base_url.as_deref().map_or_else(|| format!("http://{}", self.listen), |url| url.trim_end_matches('/').to_owned())
    }

    /// The folder of the trail's key and checkpoints.
    pub fn keys_dir(&self) -> PathBuf {
        self.keys.clone().unwrap_or_else(|| self.data.join("keys"))
    }

    /// What is unsafe about this configuration, in a sentence (security.md S54).
    pub fn refusal(&self) -> Option<String> {
        let base = self.base();
        let host = base.split_once("://").map_or("", |(_, rest)| rest).split('/').next().unwrap_or_default().to_owned();
        let name = host.rsplit_once(':').map_or(host.as_str(), |(name, _)| name).trim_matches(['[', ']']);
        let is_local = matches!(name, "localhost" | "127.0.0.1" | "::1") || name.starts_with("127.");
        if !(base.starts_with("https://") || base.starts_with("http://") && is_local) {
            return Some(format!("The base address {base} is not https. Put TLS in front of the portal and set CERTGATE_BASE_URL to its https address."));
        }
        let url = self.database_url.as_deref()?;
        (!is_safe_database(url)).then(|| {
            "DATABASE_URL leads to another machine without verified TLS. Add sslmode=verify-full (and sslrootcert=…), or use a local socket.".to_owned()
        })
    }
}

/// Whether a database address stays on this machine or demands verified TLS.
fn is_safe_database(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let authority = place.split('/').next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let name =
        if host.starts_with('[') { host.split(']').next().unwrap_or_default().trim_start_matches('[') } else { host.split(':').next().unwrap_or_default() };
    let hosts = [Some(name), value("host"), value("hostaddr")];
    let is_local = hosts.into_iter().flatten().all(|host| {
        host.is_empty()
            || host.starts_with('/')
            || host.starts_with("%2F")
            || host.starts_with("%2f")
            || host == "localhost"
            || host == "::1"
            || host.starts_with("127.")
    });
    is_local || matches!(value("sslmode").or_else(|| value("ssl-mode")), Some("verify-full" | "verify-ca"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s54_a_plain_remote_database_is_refused() {
        for good in [
            "postgres://u:p@localhost/db",
            "postgres://u@127.0.0.1:5432/db",
            "postgres://u@%2Frun%2Fpostgresql/db",
            "postgres:///db?host=/run/postgresql",
            "postgres://u:p@db.example/db?sslmode=verify-full",
        ] {
            assert!(is_safe_database(good), "{good}");
        }
        for bad in [
            "postgres://u:p@db.example/db",
            "postgres://u@10.0.0.3/db?sslmode=prefer",
            "postgres://u@localhost/db?host=db.example",
            "postgres://u@db.example/db?sslmode=require",
        ] {
            assert!(!is_safe_database(bad), "{bad}");
        }
    }
}
