//! Starting and stopping: the private database where none is given, the schema, the background work, the listener.

use crate::{
    app::{self, App},
    clock::{Chance, Clock},
    config::Config,
    database::{
        Database,
        embedded::{self, Server},
        roles,
    },
    files::Store,
    people::{self, Passwords},
    readiness, trail,
};
use axum::{Router, extract::ConnectInfo};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use sqlx::postgres::PgConnectOptions;
use std::{
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    time::Duration,
};

/// Why the portal did not start, or ended; each is one sentence for the operator.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The configuration is unsafe.
    #[error("{0}")]
    Config(String),
    /// The port is taken or the address is not ours.
    #[error("Cannot listen on {0}: {1}. Stop the other program, or choose another address with --listen.")]
    Listen(std::net::SocketAddr, std::io::Error),
    /// The private database did not start.
    #[error("{0}")]
    Private(#[from] embedded::StartError),
    /// DATABASE_URL cannot be read.
    #[error("DATABASE_URL cannot be read: {0}")]
    Url(sqlx::Error),
    /// The schema could not be made ready.
    #[error("{0}")]
    Schema(#[from] roles::SchemaError),
    /// A statement failed at start.
    #[error("The database does not answer as it should: {0}")]
    Database(#[from] sqlx::Error),
    /// A role may bypass row-level security.
    #[error("The database role {0} is a superuser or bypasses row-level security; the portal does not serve with it.")]
    Role(String),
    /// The catalogue is damaged.
    #[error("The catalogue is damaged: {0}")]
    Catalogue(String),
    /// The key of the trail.
    #[error("The key of the trail cannot be used: {0}")]
    Key(#[from] trail::key::KeyError),
    /// The evidence store.
    #[error("The evidence store cannot be opened: {0}")]
    Files(String),
    /// The operating system refused.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The demonstration company could not be built.
    #[error("The demonstration company could not be built: {0}")]
    Demo(String),
}

/// The database of a command: private and started here, or the operator's.
#[derive(Debug)]
pub struct Place {
    /// Where it is.
    pub options: PgConnectOptions,
    /// The private server, if it is ours.
    pub server: Option<Server>,
}

/// Finds or starts the database. Call it on the main thread: a private server lives as long as that.
pub fn place(config: &Config, runtime: &tokio::runtime::Runtime) -> Result<Place, ServerError> {
    if let Some(refusal) = config.refusal() {
        return Err(ServerError::Config(refusal));
    }
    if let Some(url) = &config.database_url {
        let options: PgConnectOptions = url.parse().map_err(ServerError::Url)?;
        runtime.block_on(roles::ensure(&options, None))?;
        return Ok(Place { options, server: None });
    }
    let settings = embedded::Settings { bin_dir: config.pg_bin.clone(), ..embedded::Settings::new(config.data.clone()) };
    let server = embedded::start(&settings)?;
    let superuser = PgConnectOptions::new_without_pgpass()
        .socket(server.socket_dir())
        .port(embedded::PORT)
        .username(embedded::SUPERUSER)
        .password(server.superuser_password())
        .database("postgres");
    let options = runtime.block_on(roles::prepare_private(&superuser, &Chance::default().token()))?;
    Ok(Place { options, server: Some(server) })
}

/// Like [`place`], and where a portal already serves from this folder, its own database, reached with the key that lies
/// beside it: what an operator on this machine may use while people work.
pub fn place_or_running(config: &Config, runtime: &tokio::runtime::Runtime) -> Result<Place, ServerError> {
    match place(config, runtime) {
        Err(ServerError::Private(embedded::StartError::AlreadyRunning { .. })) => {
            let usual = config.data.join("run");
            let socket =
                if usual.join(".s.PGSQL.5432").exists() { usual } else { std::fs::read_to_string(config.data.join("socket-directory"))?.trim().into() };
            let password = std::fs::read_to_string(config.data.join("secrets").join("superuser"))?;
            let options = PgConnectOptions::new_without_pgpass()
                .socket(socket)
                .port(embedded::PORT)
                .username(embedded::SUPERUSER)
                .password(password.trim())
                .database("certgate");
            Ok(Place { options, server: None })
        }
        other => other,
    }
}

/// Builds the application on a database whose roles are there: newest schema, checked catalogue, opened store.
pub async fn build(config: &Config, options: &PgConnectOptions, clock: Clock) -> Result<App, ServerError> {
    crate::catalogue::install().map_err(|fault| ServerError::Catalogue(fault.to_string()))?;
    roles::migrate(options).await?;
    let database = Database::open(options, config.db_connections, Some(readiness::watch::settle));
    if let Some(role) = database.check_roles().await? {
        return Err(ServerError::Role(role));
    }
    let files = Store::open(config.data.join("evidence")).map_err(|error| ServerError::Files(error.to_string()))?;
    Ok(App { config: Arc::new(config.clone()), database, files, clock, chance: Chance::default(), passwords: Passwords::new() })
}

/// What runs beside the pages: the sealer, and the look at every engagement when the day changes.
async fn background(app: App) -> Result<(), ServerError> {
    let keys_dir = app.config.keys_dir();
    let key = trail::key::Key::load_or_create(&keys_dir, &ring::rand::SystemRandom::new())?;
    let keys = trail::key::Keys::read(&keys_dir)?;
    let file = trail::checkpoints::CheckpointFile::new(keys_dir.join("checkpoints.ndjson"));
    let clock = app.clock.clone();
    let sealing = trail::sealing::run(app.database.sealer().clone(), key, keys, file, move || clock.now());
    let days = async {
        loop {
            if let Err(error) = readiness::watch::day_passed(&app).await {
                tracing::warn!(%error, "the look at every engagement failed and is repeated");
            }
            tokio::time::sleep(Duration::from_mins(10)).await;
        }
    };
    tokio::select! {
        never = sealing => match never {},
        () = days => Ok(()),
    }
}

/// Serves until the process is told to stop. With `demo`, builds the demonstration company first where it is not there.
pub fn run(config: &Config, demo: bool) -> Result<(), ServerError> {
    let listener = TcpListener::bind(config.listen).map_err(|error| ServerError::Listen(config.listen, error))?;
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let Place { options, server } = place(config, &runtime)?;
    let (done, ended) = mpsc::channel();
    let stop = Arc::new(AtomicBool::new(false));
    let stopping = Arc::clone(&stop);
    let config = config.clone();
    let handle = runtime.handle().clone();
    std::thread::spawn(move || {
        let result = handle.block_on(serve(&config, &options, listener, demo, &stopping));
        // The main thread waits for this; where it is gone, nobody needs it any more.
        let _ = done.send(result);
    });
    let result = watch_over(server, &ended);
    runtime.shutdown_timeout(Duration::from_secs(5));
    result
}

/// Keeps the private server alive from the thread that started it, until the pages have ended.
fn watch_over(mut server: Option<Server>, ended: &mpsc::Receiver<Result<(), ServerError>>) -> Result<(), ServerError> {
    let result = loop {
        match ended.recv_timeout(Duration::from_millis(200)) {
            Ok(result) => break result,
            Err(mpsc::RecvTimeoutError::Disconnected) => break Ok(()),
            Err(mpsc::RecvTimeoutError::Timeout) => {}
        }
        if let Some(running) = &mut server {
            match running.restart_if_dead() {
                Ok(false) => {}
                Ok(true) => tracing::warn!("the private database had stopped and runs again"),
                Err(error) => {
                    tracing::error!(%error, "the private database does not start; next try in two seconds");
                    std::thread::sleep(Duration::from_secs(2));
                }
            }
        }
    };
    if let Some(running) = server
        && let Err(error) = running.stop()
    {
        tracing::warn!(%error, "the private database did not stop cleanly");
    }
    result
}

async fn serve(config: &Config, options: &PgConnectOptions, listener: TcpListener, demo: bool, stop: &Arc<AtomicBool>) -> Result<(), ServerError> {
    let app = build(config, options, Clock::System).await?;
    let base = config.base();
    if demo {
        let sign_ins = crate::demo::ensure(config, options, &app).await.map_err(ServerError::Demo)?;
        println!("certgate serves the demonstration company on {base}");
        println!("{sign_ins}");
    } else {
        println!("certgate serves on {base}");
        if let Some(link) = people::links::set_up_link(&app.database, &app.chance, app.clock.now()).await? {
            println!("Set up the first administrator with this one-time link: {}", link.address(&base));
        }
    }
    println!("Stop with Ctrl-C.");
    let background = tokio::spawn(background(app.clone()));
    let listener = tokio::net::TcpListener::from_std(listener)?;
    accept(listener, app::router(app.clone())).await;
    stop.store(true, Ordering::Relaxed);
    background.abort();
    // What was committed in the last moments is sealed before the end.
    seal_rest(&app).await;
    app.database.close().await;
    println!("certgate has stopped.");
    Ok(())
}

async fn seal_rest(app: &App) {
    let keys_dir = app.config.keys_dir();
    let sealed = async {
        let key = trail::key::Key::load(&keys_dir)?;
        let keys = trail::key::Keys::read(&keys_dir)?;
        let file = trail::checkpoints::CheckpointFile::new(keys_dir.join("checkpoints.ndjson"));
        let mut connection = app.database.sealer().acquire().await?;
        if let Err(error) = trail::sealing::drain(&mut connection, &key, &keys, &file, app.clock.now()).await {
            tracing::warn!(%error, "the last events were not sealed; they are at the next start");
        }
        Ok::<(), ServerError>(())
    };
    if let Err(error) = sealed.await {
        tracing::warn!(%error, "the last events were not sealed; they are at the next start");
    }
}

/// Accepts connections until Ctrl-C or SIGTERM, then lets the open ones finish. One HTTP/1 parser with a timer: a
/// connection that is silent or sends half a header is closed after ten seconds (security.md S26).
async fn accept(listener: tokio::net::TcpListener, router: Router) {
    let mut server = auto::Builder::new(TokioExecutor::new()).http1_only();
    server.http1().timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(10)).max_buf_size(64 * 1024);
    let graceful = GracefulShutdown::new();
    let places = Arc::new(tokio::sync::Semaphore::new(2000));
    let mut stop = std::pin::pin!(told_to_stop());
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, peer)) = accepted else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else { continue };
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(router.clone().layer(axum::Extension(ConnectInfo(peer))));
        let connection = graceful.watch(server.serve_connection(TokioIo::new(stream), service).into_owned());
        tokio::spawn(async move {
            let _place = place;
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended");
            }
        });
    }
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(Duration::from_secs(10)) => {}
    }
}

async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        let _ = interrupt.await;
        return;
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
}
