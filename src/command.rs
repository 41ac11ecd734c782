//! The commands beside serving: each is parsed in `main` and done here.

use crate::{
    clock::{Chance, Clock, civil_day},
    config::Config,
    database::Database,
    people, readiness,
    server::{self, Place, ServerError},
    trail,
};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use std::{
    fs::File,
    io::{self, BufReader, BufWriter, Read, Write},
    path::PathBuf,
    process::ExitCode,
};

/// `certgate readiness`.
#[derive(Args, Debug)]
#[group(required = true, multiple = true)]
pub struct ReadinessArguments {
    /// A file with one facts document, or - for standard input
    #[arg(conflicts_with_all = ["batch", "engagement"])]
    pub file: Option<PathBuf>,
    /// A file with one facts document a line, or - for standard input
    #[arg(long, conflicts_with = "engagement")]
    pub batch: Option<PathBuf>,
    /// The code of an engagement in the database
    #[arg(long)]
    pub engagement: Option<String>,
    /// The day to judge; today when left out
    #[arg(long, requires = "engagement")]
    pub as_of: Option<NaiveDate>,
}

/// `certgate facts`.
#[derive(Args, Debug)]
pub struct FactsArguments {
    /// The code of the engagement
    #[arg(long)]
    pub engagement: String,
    /// The day to judge; today when left out
    #[arg(long)]
    pub as_of: Option<NaiveDate>,
}

/// `certgate trail …`.
#[derive(Subcommand, Debug)]
pub enum TrailCommand {
    /// Recompute the whole log and name the first entry that is not as it was sealed
    Verify {
        /// An export to verify without any database
        #[arg(long)]
        export: Option<PathBuf>,
        /// Trusted public key, or a folder of them; otherwise the portal's own
        #[arg(long)]
        key: Option<PathBuf>,
        /// The checkpoints file to compare with; otherwise the portal's own
        #[arg(long)]
        checkpoints: Option<PathBuf>,
    },
    /// Write the log with everything needed to verify it elsewhere
    Export {
        /// The file to write
        file: PathBuf,
    },
}

/// `certgate admin …`.
#[derive(Subcommand, Debug)]
pub enum AdminCommand {
    /// Print a new one-time link for setting up the first administrator
    SetUpLink,
    /// Print a one-time link with which a person chooses a new password
    ResetLink {
        /// The person's e-mail address
        email: String,
    },
}

/// Exit status of wrong usage, unreadable files and malformed facts (contract section 1).
const WRONG: u8 = 2;

fn told(error: impl std::fmt::Display) -> ExitCode {
    eprintln!("{error}");
    ExitCode::from(WRONG)
}

/// Runs something on the database that the configuration names; a private one is started for it.
fn with_database<T>(config: &Config, work: impl AsyncFnOnce(&Database) -> Result<T, ServerError>) -> Result<T, ServerError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    crate::catalogue::install().map_err(|fault| ServerError::Catalogue(fault.to_string()))?;
    // A portal that serves from this folder keeps its server to itself; what it offers is used then.
    let Place { options, server } = server::place_or_running(config, &runtime)?;
    let result = runtime.block_on(async {
        if server.is_some() || config.database_url.is_some() {
            crate::database::roles::migrate(&options).await?;
        }
        let database = Database::open(&options, 4, None);
        let result = work(&database).await;
        database.close().await;
        result
    });
    if let Some(server) = server
        && let Err(error) = server.stop()
    {
        eprintln!("{error}");
    }
    result
}

/// Brings the schema up to date.
pub fn migrate(config: &Config) -> Result<(), ServerError> {
    with_database(config, async |_| Ok(()))?;
    println!("The database schema is up to date.");
    Ok(())
}

/// Judges facts from a file, from many lines, or from the database.
pub fn readiness(config: &Config, arguments: &ReadinessArguments) -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    let status = match (&arguments.file, &arguments.batch, &arguments.engagement) {
        (Some(file), _, _) => read_all(file).and_then(|bytes| readiness::engine::command::run_one(&bytes, &mut out, &mut io::stderr())),
        (_, Some(file), _) => reader(file).and_then(|input| readiness::engine::command::run_batch(BufReader::with_capacity(1 << 18, input), &mut out)),
        (_, _, Some(code)) => match facts_of(config, code, arguments.as_of) {
            Ok(Some(facts)) => readiness::engine::command::run_one(facts.as_bytes(), &mut out, &mut io::stderr()),
            Ok(None) => return told(format!("There is no engagement with the code {code}.")),
            Err(error) => return told(error),
        },
        _ => return told("Name a facts file, --batch FILE or --engagement CODE."),
    };
    match status.and_then(|status| out.flush().map(|()| status)) {
        Ok(status) => u8::try_from(status).map_or(ExitCode::FAILURE, ExitCode::from),
        Err(error) => told(error),
    }
}

/// Prints the facts of an engagement.
pub fn facts(config: &Config, arguments: &FactsArguments) -> ExitCode {
    match facts_of(config, &arguments.engagement, arguments.as_of) {
        Ok(Some(facts)) => match writeln!(io::stdout(), "{facts}") {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => told(error),
        },
        Ok(None) => told(format!("There is no engagement with the code {}.", arguments.engagement)),
        Err(error) => told(error),
    }
}

fn facts_of(config: &Config, code: &str, as_of: Option<NaiveDate>) -> Result<Option<String>, ServerError> {
    let day = as_of.unwrap_or_else(|| civil_day(Clock::System.now()));
    with_database(config, async |database| Ok(readiness::command::facts(database, code, day).await?))
}

fn read_all(file: &PathBuf) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader(file)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn reader(file: &PathBuf) -> io::Result<Box<dyn Read>> {
    if file.as_os_str() == "-" {
        return Ok(Box::new(io::stdin().lock()));
    }
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", file.display()));
    Ok(Box::new(File::open(file).map_err(named)?))
}

/// Verifies or exports the trail. Exit status 0: nothing is wrong; 1: something is; 2: it could not be verified.
pub fn trail(config: &Config, which: &TrailCommand) -> ExitCode {
    let done = match which {
        TrailCommand::Verify { export: Some(file), key, checkpoints } => verify_export(file, key.as_ref(), checkpoints.as_ref()),
        TrailCommand::Verify { export: None, key, checkpoints } => verify_online(config, key.as_ref(), checkpoints.as_ref()),
        TrailCommand::Export { file } => return export(config, file),
    };
    match done {
        Ok(report) => {
            println!("{report}");
            if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(words) => told(words),
    }
}

fn verify_export(file: &PathBuf, key: Option<&PathBuf>, checkpoints: Option<&PathBuf>) -> Result<trail::finding::Report, String> {
    let keys = key.map_or_else(|| Ok(trail::key::Keys::new(Vec::new())), |path| trail::key::Keys::read(path)).map_err(|error| error.to_string())?;
    let input = File::open(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let trust = trail::verification::Trust { keys, checkpoints: checkpoints.cloned() };
    trail::verification::offline(BufReader::new(input), &trust).map_err(|error| error.to_string())
}

fn verify_online(config: &Config, key: Option<&PathBuf>, checkpoints: Option<&PathBuf>) -> Result<trail::finding::Report, String> {
    let folder = config.keys_dir();
    let keys = trail::key::Keys::read(key.unwrap_or(&folder)).map_err(|error| error.to_string())?;
    let trust = trail::verification::Trust { keys, checkpoints: Some(checkpoints.cloned().unwrap_or_else(|| folder.join("checkpoints.ndjson"))) };
    with_database(config, async |database| {
        let mut connection = database.auditor().acquire().await?;
        Ok(trail::verification::online(&mut connection, &trust).await.map_err(|error| error.to_string()))
    })
    .map_err(|error| error.to_string())?
}

fn export(config: &Config, file: &PathBuf) -> ExitCode {
    let written = with_database(config, async |database| {
        let keys = trail::key::Keys::read(&config.keys_dir())?;
        let mut out = BufWriter::new(File::create(file)?);
        let mut connection = database.auditor().acquire().await?;
        let count = trail::export::write(&mut connection, &keys, Clock::System.now(), &mut out).await.map_err(io::Error::other)?;
        out.flush()?;
        Ok(count)
    });
    match written {
        Ok(count) => {
            println!("{count} entries written to {}.", file.display());
            ExitCode::SUCCESS
        }
        Err(error) => told(error),
    }
}

/// Prints one-time links for people who cannot get in otherwise.
pub fn admin(config: &Config, which: &AdminCommand) -> ExitCode {
    let (chance, now) = (Chance::default(), Clock::System.now());
    let link = with_database(config, async |database| {
        Ok(match which {
            AdminCommand::SetUpLink => people::links::set_up_link(database, &chance, now).await?,
            AdminCommand::ResetLink { email } => people::links::reset_link(database, &chance, now, email).await?,
        })
    });
    match link {
        Ok(Some(link)) => {
            println!("{}", link.address(&config.base()));
            ExitCode::SUCCESS
        }
        Ok(None) => told("There is nobody to make this link for."),
        Err(error) => told(error),
    }
}
