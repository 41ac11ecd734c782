//! The command line of certgate: parses and calls.

use certgate::{command, config::Config, server};
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Takes an IT organisation from the wish for ISO/IEC 20000 to the certificate, with proof.
#[derive(Debug, Parser)]
#[command(name = "certgate", version, about, long_about = None)]
struct Arguments {
    #[command(flatten)]
    config: Config,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the portal (the default)
    Serve,
    /// Serve the demonstration company
    Demo,
    /// Bring the database schema up to date and end
    Migrate,
    /// Judge facts against the four eligibility conditions
    Readiness(command::ReadinessArguments),
    /// Print the facts of an engagement as JSON
    Facts(command::FactsArguments),
    /// The tamper-evident trail
    #[command(subcommand)]
    Trail(command::TrailCommand),
    /// Operator's help for people who are locked out
    #[command(subcommand)]
    Admin(command::AdminCommand),
}

fn main() -> ExitCode {
    let Arguments { config, command } = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(wrong) if wrong.use_stderr() => return misused(&wrong),
        Err(asked) => {
            print!("{asked}");
            return ExitCode::SUCCESS;
        }
    };
    let level = tracing_subscriber::EnvFilter::try_from_env("CERTGATE_LOG").unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,certgate=info"));
    tracing_subscriber::fmt().with_env_filter(level).json().with_writer(std::io::stderr).init();
    match command {
        None | Some(Command::Serve) => said(server::run(&config, false)),
        Some(Command::Demo) => said(server::run(&config, true)),
        Some(Command::Migrate) => said(command::migrate(&config)),
        Some(Command::Readiness(arguments)) => command::readiness(&config, &arguments),
        Some(Command::Facts(arguments)) => command::facts(&config, &arguments),
        Some(Command::Trail(which)) => command::trail(&config, &which),
        Some(Command::Admin(which)) => command::admin(&config, &which),
    }
}

/// Wrong usage: one line, exit status 2 (readiness contract, section 1).
fn misused(wrong: &clap::Error) -> ExitCode {
    let words = wrong.to_string();
    let first: Vec<&str> = words.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
    eprintln!("{}; see certgate --help", first.join(" "));
    ExitCode::from(2)
}

fn said(result: Result<(), server::ServerError>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
