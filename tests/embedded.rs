//! The private PostgreSQL with real processes: what must hold after crashes, twice on one directory, in odd places.
//! A portal that dies is played by this test program itself, started again for the one test named `holder`.

#![expect(clippy::expect_used, reason = "a test may fail loudly")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use certgate::database::embedded::{PORT, SUPERUSER, Server, Settings, StartError, start};
use rustix::process::{Pid, Signal, kill_process, kill_process_group, test_kill_process};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection, Executor, Row};

const DIR: &str = "CERTGATE_TEST_EMBEDDED_DIR";

/// A directory that everybody can pass through, removed at the end.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        Self::below(Path::new("/tmp"), name)
    }

    fn below(parent: &Path, name: &str) -> Self {
        let dir = parent.join(format!("certgate-test-{}-{name}", std::process::id()));
        fs::remove_dir_all(&dir).ok();
        Self(dir)
    }

    fn settings(&self) -> Settings {
        Settings { durable: false, ..Settings::new(self.0.clone()) }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

/// Asks one text value over the server's socket.
fn ask(socket_dir: &Path, password: &str, statement: &'static str) -> Result<String, sqlx::Error> {
    let options = PgConnectOptions::new_without_pgpass()
        .socket(socket_dir)
        .port(PORT)
        .username(SUPERUSER)
        .password(password)
        .database("postgres")
        .disable_statement_logging();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut connection = PgConnection::connect_with(&options).await?;
        let row = connection.fetch_optional(statement).await?;
        connection.close().await?;
        row.map_or_else(|| Ok(String::new()), |row| row.try_get(0))
    })
}

fn query(server: &Server, statement: &'static str) -> String {
    ask(server.socket_dir(), server.superuser_password(), statement).expect("the server answers")
}

fn keep_a_row(server: &Server) {
    query(server, "create table kept (word text)");
    query(server, "insert into kept values ('still here')");
}

fn kill(pid: u32, signal: Signal) {
    kill_process(number(pid), signal).expect("it can be signalled");
}

fn number(pid: u32) -> Pid {
    Pid::from_raw(i32::try_from(pid).expect("a small number")).expect("not zero")
}

/// Whether the process lives; a zombie does not.
fn lives(pid: u32) -> bool {
    test_kill_process(number(pid)).is_ok() && fs::read_link(format!("/proc/{pid}/exe")).is_ok()
}

/// Whether the kernel can be told to stop a server whose portal died; elsewhere the next start does it.
fn death_signal() -> bool {
    let told = Command::new("setpriv").args(["--pdeathsig", "INT", "--", "true"]).stderr(Stdio::null()).status();
    told.is_ok_and(|status| status.success())
}

fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < Duration::from_secs(20), "not in time: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Another process that holds a server, as a portal does.
struct Holder {
    process: Child,
    server: u32,
}

impl Holder {
    fn start(place: &Place) -> Self {
        let mut process = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "holder", "--nocapture"])
            .env(DIR, &place.0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .process_group(0)
            .spawn()
            .expect("this program starts again");
        let lines = BufReader::new(process.stdout.take().expect("piped")).lines();
        let server = lines.map_while(Result::ok).find_map(|line| line.split("server=").nth(1)?.trim().parse().ok()).expect("the holder tells its server");
        Self { process, server }
    }

    fn kill(mut self) {
        self.process.kill().expect("it can be killed");
        self.process.wait().expect("it ends");
    }
}

/// No test of its own: the process behind [`Holder`].
#[test]
fn holder() {
    let Some(dir) = std::env::var_os(DIR) else {
        return;
    };
    let settings = Settings { durable: false, ..Settings::new(PathBuf::from(dir)) };
    let server = start(&settings).expect("the holder's server starts");
    println!("server={}", server.pid().expect("it runs"));
    loop {
        thread::park();
    }
}

#[test]
fn real_data_is_forced_to_disk_asks_a_password_and_survives_a_restart() {
    let place = Place::new("durable");
    let settings = Settings::new(place.0.clone());
    let server = start(&settings).expect("first start");
    for setting in ["show fsync", "show synchronous_commit", "show full_page_writes", "show data_checksums"] {
        assert_eq!(query(&server, setting), "on", "{setting}");
    }
    assert_eq!(query(&server, "show listen_addresses"), "");
    assert_eq!(query(&server, "show server_encoding"), "UTF8");
    assert!(ask(server.socket_dir(), "wrong", "select 'in'").is_err());
    keep_a_row(&server);
    let password = server.superuser_password().to_owned();
    server.stop().expect("it stops");
    assert!(!place.0.join("pg/postmaster.pid").exists());

    let server = start(&settings).expect("second start");
    assert_eq!(server.superuser_password(), password);
    assert_eq!(query(&server, "select word from kept"), "still here");
}

#[test]
fn a_second_portal_on_the_same_directory_is_refused_by_name() {
    let place = Place::new("second");
    let holder = Holder::start(&place);
    let refused = start(&place.settings()).expect_err("the directory is taken");
    let sentence = refused.to_string();
    assert!(matches!(refused, StartError::AlreadyRunning { pid: Some(pid), .. } if pid == holder.process.id()));
    assert!(sentence.contains("already runs") && !sentence.contains('\n'), "{sentence}");
    assert!(lives(holder.server));
    holder.kill();
}

#[test]
fn the_server_ends_with_a_killed_portal_and_comes_back_with_its_data() {
    let place = Place::new("portal");
    keep_a_row(&start(&place.settings()).expect("first start"));
    let holder = Holder::start(&place);
    let orphan = holder.server;
    holder.kill();
    // At once: the old server may still be shutting down.
    let server = start(&place.settings()).expect("it starts again");
    assert!(!lives(orphan));
    assert_eq!(query(&server, "select word from kept"), "still here");
}

#[test]
fn a_killed_server_is_started_again_under_the_same_portal() {
    let place = Place::new("server");
    let mut server = start(&Settings::new(place.0.clone())).expect("first start");
    keep_a_row(&server);
    assert!(!server.restart_if_dead().expect("nothing to do"));
    let first = server.pid().expect("it runs");
    kill(first, Signal::KILL);
    wait_until("the death is noticed", || !server.is_running());
    assert!(server.restart_if_dead().expect("it comes back"));
    assert_ne!(server.pid(), Some(first));
    assert_eq!(query(&server, "select word from kept"), "still here");
}

#[test]
fn both_killed_at_once_leave_a_directory_that_starts() {
    let place = Place::new("both");
    let holder = Holder::start(&place);
    kill(holder.server, Signal::KILL);
    holder.kill();
    let server = start(&place.settings()).expect("it starts again");
    assert_eq!(query(&server, "select 'up'"), "up");
}

#[test]
fn ctrl_c_of_the_terminal_reaches_the_portal_and_not_the_server_first() {
    if !death_signal() {
        return;
    }
    let place = Place::new("interrupt");
    let mut holder = Holder::start(&place);
    // The terminal signals the group in the foreground; the holder has no handler and dies of it.
    kill_process_group(number(holder.process.id()), Signal::INT).expect("the group is signalled");
    holder.process.wait().expect("it ends");
    wait_until("the server follows", || !lives(holder.server));
    wait_until("it stopped in order", || !place.0.join("pg/postmaster.pid").exists());
}

#[test]
fn files_of_a_crash_do_not_hinder_even_if_their_process_number_was_given_away() {
    let place = Place::new("stale");
    let settings = place.settings();
    start(&settings).expect("first start").stop().expect("it stops");
    let own = std::process::id();
    let cluster = place.0.join("pg");
    fs::write(cluster.join("postmaster.pid"), format!("{own}\n{}\n0\n5432\n/tmp\n\n0 0\nready   \n", cluster.display())).expect("written");
    fs::write(place.0.join("run/.s.PGSQL.5432.lock"), format!("{own}\n")).expect("written");
    fs::create_dir(place.0.join("pg.init")).expect("half a first start");
    start(&settings).expect("it starts again");
}

#[test]
fn data_of_another_version_or_of_no_version_is_left_alone() {
    let place = Place::new("version");
    let settings = place.settings();
    start(&settings).expect("first start").stop().expect("it stops");
    let version = place.0.join("pg/PG_VERSION");
    fs::write(&version, "14\n").expect("written");
    let refused = start(&settings).expect_err("another version");
    assert!(matches!(refused, StartError::OtherVersion { data: 14, .. }), "{refused}");
    assert!(refused.to_string().contains("written by PostgreSQL 14"));
    fs::write(&version, "rubbish").expect("written");
    assert!(matches!(start(&settings), Err(StartError::UnknownData { .. })));
    fs::remove_file(&version).expect("removed");
    assert!(matches!(start(&settings), Err(StartError::UnknownData { .. })));
    assert!(place.0.join("pg/base").is_dir());
}

#[test]
fn long_paths_and_paths_that_postgresql_reads_as_a_list_work() {
    let place = Place::new(&format!("{}, \"数据\"", "long-".repeat(24)));
    let server = start(&place.settings()).expect("it starts");
    assert_eq!(query(&server, "select 'up'"), "up");
    let socket_dir = server.socket_dir().to_path_buf();
    assert!(!socket_dir.starts_with(&place.0));
    server.stop().expect("it stops");
    assert!(!socket_dir.exists());

    let note = || fs::read_to_string(place.0.join("socket-directory")).expect("noted");
    let holder = Holder::start(&place);
    let left = note();
    holder.kill();
    start(&place.settings()).expect("it starts again");
    assert!(!Path::new(left.trim_end()).exists());
}

#[test]
fn a_configured_directory_without_programs_is_named() {
    let place = Place::new("programs");
    let settings = Settings { bin_dir: Some(PathBuf::from("/nowhere/bin")), ..place.settings() };
    let sentence = start(&settings).expect_err("no programs").to_string();
    for word in ["/nowhere/bin", "`postgresql`", "15, 16, 17 or 18", "DATABASE_URL"] {
        assert!(sentence.contains(word), "{word}: {sentence}");
    }
}

#[test]
fn a_setting_the_server_refuses_is_told_with_the_end_of_the_log() {
    let place = Place::new("refused");
    let mut settings = place.settings();
    settings.extra.push(("no_such_setting".to_owned(), "1".to_owned()));
    let refused = start(&settings).expect_err("the server refuses");
    assert!(matches!(&refused, StartError::StartFailed { log } if log.contains("no_such_setting")), "{refused}");
}

#[test]
fn root_with_a_directory_nobody_else_reaches_works() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let home = Place::new("home");
    fs::create_dir(&home.0).expect("made");
    fs::set_permissions(&home.0, std::os::unix::fs::PermissionsExt::from_mode(0o700)).expect("closed");
    let place = Place::below(&home.0, "data");
    let mut server = start(&Settings::new(place.0.clone())).expect("it starts");
    keep_a_row(&server);
    kill(server.pid().expect("it runs"), Signal::KILL);
    wait_until("the death is noticed", || !server.is_running());
    assert!(server.restart_if_dead().expect("it comes back"));
    drop(server);
    let holder = Holder::start(&place);
    let orphan = holder.server;
    holder.kill();
    if death_signal() {
        wait_until("the server follows its portal", || !lives(orphan));
    }
    let server = start(&place.settings()).expect("it starts again");
    assert_eq!(query(&server, "select word from kept"), "still here");
}

#[test]
fn the_server_belongs_to_the_thread_that_started_it_and_may_be_used_from_others() {
    let place = Place::new("thread");
    let settings = place.settings();
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let server = start(&settings).expect("it starts");
        send.send((server.socket_dir().to_path_buf(), server.pid())).expect("somebody listens");
        thread::sleep(Duration::from_secs(3));
        drop(server);
    });
    let (socket_dir, pid) = receive.recv().expect("it started");
    assert_eq!(ask(&socket_dir, "", "select 'up'").expect("it answers"), "up");
    wait_until("it stops in order", || !lives(pid.expect("it runs")));
}
