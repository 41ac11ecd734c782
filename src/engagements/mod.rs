//! Clients and their engagements: the facts of the applicant, the rules by which readiness is judged, the register of
//! people, and who has which role. Steps 1.1.1 to 1.1.4 of the journey begin here (domain.md section 2.2).
//!
//! A consultancy has many clients and each client engagements; what belongs to one engagement is seen by its members alone.

mod acts;
pub mod attention;
pub mod code;
pub mod first_steps;
pub mod forms;
pub mod membership;
mod pages;
pub mod roster;
pub mod store;

pub use store::{
    Named, PersonLine,
    opening::{NotOpened, Opened, Opening, open_engagement},
};

use crate::access::{
    Need,
    Permission::{EditEngagement, EditPeople, EnterEngagement, ManageMembers, ViewEngagement, ViewPeople},
    Route,
};

/// The routes of the slice.
pub fn routes() -> Vec<Route> {
    let member = Need::Member;
    vec![
        Route::page("/engagements", Need::SignedIn, pages::portfolio::list),
        Route::page("/engagements/new", Need::ConsultancyStaff, pages::portfolio::new),
        Route::act("/engagements/new", Need::ConsultancyStaff, "engagement_opened", acts::open),
        Route::page("/e/{code}", member(EnterEngagement), pages::home),
        Route::page("/e/{code}/engagement", member(ViewEngagement), pages::engagement),
        Route::page("/e/{code}/engagement/facts", member(EditEngagement), pages::facts),
        Route::act("/e/{code}/engagement/facts", member(EditEngagement), "engagement_facts_changed", acts::change_facts),
        Route::page("/e/{code}/rules", member(ViewEngagement), pages::rules),
        Route::page("/e/{code}/rules/edit", member(EditEngagement), pages::edit_rules),
        Route::act("/e/{code}/rules/edit", member(EditEngagement), "rules_changed", acts::change_rules),
        Route::page("/e/{code}/people", member(ViewPeople), pages::people::list),
        Route::page("/e/{code}/people/new", member(EditPeople), pages::people::new),
        Route::act("/e/{code}/people/new", member(EditPeople), "person_entered", acts::people::enter),
        Route::page("/e/{code}/people/import", member(EditPeople), pages::import::sheet),
        Route::act("/e/{code}/people/import", member(EditPeople), "people_imported", acts::import::take).with_files(),
        Route::page("/e/{code}/people/import/refused", member(EditPeople), pages::import::back_to_sheet),
        Route { event: None, ..Route::act("/e/{code}/people/import/refused", member(EditPeople), "", acts::import::refused).with_files() },
        Route::page("/e/{code}/people/{id}", member(ViewPeople), pages::people::person),
        Route::page("/e/{code}/people/{id}/edit", member(EditPeople), pages::people::edit),
        Route::act("/e/{code}/people/{id}/edit", member(EditPeople), "person_changed", acts::people::change),
        Route::page("/e/{code}/people/{id}/withdrawals", member(EditPeople), pages::people::withdrawal),
        Route::act("/e/{code}/people/{id}/withdrawals", member(EditPeople), "person_withdrawn", acts::people::withdraw),
        Route::page("/e/{code}/members", member(ManageMembers), pages::members::list),
        Route::page("/e/{code}/members/new", member(ManageMembers), pages::members::new),
        Route::act("/e/{code}/members/new", member(ManageMembers), "role_given", acts::members::give),
        Route::page("/e/{code}/members/{id}/endings", member(ManageMembers), pages::members::ending),
        Route::act("/e/{code}/members/{id}/endings", member(ManageMembers), "role_ended", acts::members::end),
        Route::page("/e/{code}/members/{id}/invitations", member(ManageMembers), pages::members::invitation),
        Route::act("/e/{code}/members/{id}/invitations", member(ManageMembers), "invitation_renewed", acts::members::invite),
    ]
}
