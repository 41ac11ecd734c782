//! certgate takes an IT organisation from "we want ISO/IEC 20000" to the certificate, with proof at every step.
//!
//! The modules stand in the order in which the house is built: a slice looks back, never ahead.

// The ground: knows no word of the field.
pub mod clock;
pub mod config;
pub mod database;
pub mod files;
pub mod ids;
pub mod import;
pub mod trail;
pub mod web;
pub mod words;
// Who asks, and the frame around every page.
pub mod access;
pub mod app;
pub mod audits;
pub mod catalogue;
pub mod documents;
pub mod eligibility;
pub mod engagements;
pub mod evidence;
pub mod history;
pub mod history_lines;
pub mod operation;
pub mod people;
pub mod readiness;
pub mod records;
pub mod reviews;
pub mod scope;
pub mod shell;
// Starting, the command line, and the demonstration company.
#[doc(hidden)]
pub mod bench_support;
pub mod command;
pub mod demo;
pub mod server;
pub mod visitor;
