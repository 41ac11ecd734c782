//! People: accounts, sessions, passwords, invitations, throttling.
//!
//! The door of the house. It serves no clause by itself: every dated row of the journey names a person, and this is
//! where it is made sure who that is (security.md S33–S44, S51, S52).

mod accounts;
mod answers;
mod forms;
mod home;
mod invitations;
pub mod links;
pub mod password;
pub mod policy;
mod profile;
mod resets;
pub mod session;
mod set_up;
mod sign_in;
pub mod store;
pub mod throttle;

pub use password::Passwords;

use crate::access::{Need, Route};

/// The slice's routes.
pub fn routes() -> Vec<Route> {
    use Need::{Administrator, Public, SignedIn};
    vec![
        Route::page("/", Public, home::home),
        Route::page("/help", Public, home::help),
        Route::page("/language", Public, home::language_page),
        Route::act("/language", Public, "profile_changed", home::language),
        Route::page("/sign-in", Public, sign_in::page),
        Route::act("/sign-in", Public, "signed_in", sign_in::act),
        Route::page("/sign-out", Public, sign_in::sign_out_page),
        Route::act("/sign-out", Public, "signed_out", sign_in::sign_out),
        Route::page("/set-up/{token}", Public, set_up::page),
        Route::act("/set-up/{token}", Public, "installation_set_up", set_up::act),
        Route::page("/invitations/{token}", Public, invitations::page),
        Route::act("/invitations/{token}", Public, "invitation_accepted", invitations::act),
        Route::page("/password-resets/{token}", Public, resets::page),
        Route::act("/password-resets/{token}", Public, "password_reset", resets::act),
        Route::page("/profile", SignedIn, profile::page),
        Route::act("/profile", SignedIn, "profile_changed", profile::act),
        Route::page("/profile/password", SignedIn, profile::password_page),
        Route::act("/profile/password", SignedIn, "password_changed", profile::password_act),
        Route::page("/profile/sessions", SignedIn, profile::sessions),
        Route::page("/profile/sessions/{id}/endings", SignedIn, profile::ending_page),
        Route::act("/profile/sessions/{id}/endings", SignedIn, "sessions_ended", profile::ending),
        Route::page("/accounts", Administrator, accounts::list),
        Route::page("/accounts/new", Administrator, accounts::new_page),
        Route::act("/accounts/new", Administrator, "account_invited", accounts::new),
        Route::page("/accounts/{id}", Administrator, accounts::page),
        Route::page("/accounts/{id}/suspensions", Administrator, accounts::suspension_page),
        Route::act("/accounts/{id}/suspensions", Administrator, "account_suspended", accounts::suspension),
        Route::page("/accounts/{id}/reinstatements", Administrator, accounts::reinstatement_page),
        Route::act("/accounts/{id}/reinstatements", Administrator, "account_reinstated", accounts::reinstatement),
        Route::page("/accounts/{id}/password-resets", Administrator, accounts::reset_page),
        Route::act("/accounts/{id}/password-resets", Administrator, "password_reset_started", accounts::reset),
        Route::page("/accounts/{id}/session-endings", Administrator, accounts::session_ending_page),
        Route::act("/accounts/{id}/session-endings", Administrator, "sessions_ended", accounts::session_ending),
    ]
}
