//! What does the standard ask for? The catalogue as pages: for everybody who is signed in, and within an engagement with its edition.
//!
//! All of it is compiled in, so these pages read nothing from the database.

mod clause;
mod documents;
mod glossary;
mod journey;
mod overview;
mod permissions;
mod reading;

use crate::{
    access::{Access, At, Need, Permission, Route, SignedIn, Visit, permissions::ViewEngagement},
    web::Result,
};
use axum::response::Response;
use std::future::ready;

/// The routes of the standard.
pub fn routes() -> Vec<Route> {
    [
        both("/standard", "/e/{code}/standard", overview::show),
        both("/standard/steps", "/e/{code}/standard/steps", journey::show),
        both("/standard/documents", "/e/{code}/standard/documents", documents::show),
        both("/standard/glossary", "/e/{code}/standard/glossary", glossary::show),
        both("/standard/permissions", "/e/{code}/standard/permissions", permissions::show),
        [
            Route::page("/standard/clauses/{id}", Need::SignedIn, |who: SignedIn, At(id): At<String>| ready(clause::show(&who, &id))),
            Route::page("/e/{code}/standard/clauses/{id}", MEMBER, |who: Access<ViewEngagement>, At(id): At<String>| ready(clause::show(&who, &id))),
        ],
    ]
    .concat()
}

const MEMBER: Need = Need::Member(Permission::ViewEngagement);

/// The same page outside and within an engagement.
fn both(outside: &'static str, within: &'static str, page: fn(&Visit) -> Result<Response>) -> [Route; 2] {
    [
        Route::page(outside, Need::SignedIn, move |who: SignedIn| ready(page(&who))),
        Route::page(within, MEMBER, move |who: Access<ViewEngagement>| ready(page(&who))),
    ]
}
