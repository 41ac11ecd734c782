//! What does the standard ask for? Editions, processes, clauses, control criteria and the journey on one page.

use super::reading::{Counts, Reading};
use crate::{
    access::Visit,
    catalogue::{Catalogue, Clause, Group, Process, Step, catalogue},
    shell::Frame,
    web::{Result, page},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};

#[derive(Template)]
#[template(path = "catalogue/overview.html")]
struct OverviewPage {
    frame: Frame,
    read: Reading,
    all: &'static Catalogue,
    counts: Counts,
    groups: Vec<(&'static Group, Vec<&'static Process>)>,
    clauses: Vec<ClauseRow>,
    phases: Vec<(&'static Step, Vec<&'static Step>)>,
}

/// A clause with the number of its checklist items, those below it included.
struct ClauseRow {
    clause: &'static Clause,
    counts: Counts,
}

/// The page.
pub(super) fn show(visit: &Visit) -> Result<Response> {
    let all = catalogue();
    let drawn = OverviewPage {
        frame: Frame::of(visit, visit.say.nav_standard()),
        read: Reading::of(visit),
        all,
        counts: Counts::of(all.requirements().iter()),
        groups: all.groups().iter().map(|group| (group, all.processes_of(&group.id).collect())).collect(),
        clauses: all.clauses().iter().map(|clause| ClauseRow { clause, counts: Counts::of(all.requirements_of(&clause.id)) }).collect(),
        phases: all.steps_below(None).map(|phase| (phase, all.steps_below(Some(&phase.id)).collect())).collect(),
    };
    page(StatusCode::OK, &drawn)
}
