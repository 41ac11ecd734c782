//! Operation (step 1.1.6; condition 2): operating records by process and month, suspensions, restarts of the clock.

mod page;
mod pasting;
mod records;
mod stops;
pub mod store;

pub use records::OperatingRecords;
pub use stops::{Restarts, Suspensions};

use crate::{
    access::{Need, Permission, Route},
    register_routes,
};

/// The routes of the slice.
pub fn routes() -> Vec<Route> {
    let edit = Need::Member(Permission::EditRecords);
    [
        vec![
            Route::page("/e/{code}/operation", Need::Member(Permission::ViewEngagement), page::show),
            Route::page("/e/{code}/operating-record-sheets", edit, pasting::page),
            Route::act("/e/{code}/operating-record-sheets", edit, "operating_records_entered", pasting::enter),
        ],
        register_routes!(OperatingRecords, "operating-records"),
        register_routes!(Suspensions, "suspensions"),
        register_routes!(Restarts, "restarts"),
    ]
    .concat()
}
