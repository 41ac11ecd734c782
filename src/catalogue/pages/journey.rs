//! What is to be done in each step of the journey, and what remains of it as proof?

use super::reading::Reading;
use crate::{
    access::Visit,
    catalogue::{Step, catalogue},
    shell::Frame,
    web::{Result, page},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};

#[derive(Template)]
#[template(path = "catalogue/journey.html")]
struct JourneyPage {
    frame: Frame,
    read: Reading,
    count: usize,
    phases: Vec<(&'static Step, Vec<&'static Step>)>,
}

/// The page.
pub(super) fn show(visit: &Visit) -> Result<Response> {
    let all = catalogue();
    let within = |phase: &'static Step| {
        let below = all.steps().iter().filter(|step| step.id.strip_prefix(phase.id.as_str()).is_some_and(|rest| rest.starts_with('.')));
        (phase, below.collect())
    };
    let phases: Vec<(&Step, Vec<&Step>)> = all.steps_below(None).map(within).collect();
    let count = phases.iter().map(|(_, steps)| steps.len()).sum();
    page(StatusCode::OK, &JourneyPage { frame: Frame::of(visit, visit.say.standard_steps()), read: Reading::of(visit), count, phases })
}
