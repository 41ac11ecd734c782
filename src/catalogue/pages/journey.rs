//! What is to be done in each step of the journey, and what remains of it as proof?

use super::reading::Reading;
use crate::{
    access::Visit,
    catalogue::{Catalogue, Step, catalogue},
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
    all: &'static Catalogue,
    phases: Vec<(&'static Step, Vec<&'static Step>)>,
}

/// The page.
pub(super) fn show(visit: &Visit) -> Result<Response> {
    let all = catalogue();
    let within = |phase: &'static Step| {
        let below = all.steps().iter().filter(move |step| step.id.strip_prefix(phase.id.as_str()).is_some_and(|rest| rest.starts_with('.')));
        (phase, below.collect())
    };
    let drawn = JourneyPage { frame: Frame::of(visit, visit.say.standard_steps()), read: Reading::of(visit), all, phases: all.steps_below(None).map(within).collect() };
    page(StatusCode::OK, &drawn)
}
