//! certgate takes an IT organisation from "we want ISO/IEC 20000" to the certificate, with proof at every step.
//!
//! The modules stand in the order in which the house is built: a slice looks back, never ahead.

// The ground: knows no word of the field.
pub mod clock;
pub mod config;
pub mod database;
pub mod files;
pub mod ids;
pub mod trail;
pub mod web;
pub mod import;
pub mod words;
// Who asks, and the frame around every page.
pub mod access;
pub mod app;
pub mod shell;
pub mod people;
pub mod catalogue;
pub mod history_lines;
pub mod engagements;
pub mod evidence;
pub mod records;
pub mod scope;
pub mod documents;
pub mod operation;
pub mod audits;
pub mod reviews;
pub mod eligibility;
pub mod readiness;
pub mod history;
// Starting, the command line, and the demonstration company.
pub mod command;
pub mod demo;
pub mod server;
#[doc(hidden)]
pub mod bench_support;
pub mod visitor;
