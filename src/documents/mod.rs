//! Documents (step 1.1.5 as far as condition 2 needs it): the controlled list with the requirements each document covers
//! and its first effective day, items excused with a reason, and the issue orders.

mod default_set;
mod excuses;
mod issue_orders;
mod putting_in_force;
mod register;
pub mod store;

pub use excuses::Excuses;
pub use issue_orders::IssueOrders;
pub use register::Documents;

use crate::{
    access::{Need, Permission, Route},
    register_routes,
};

/// The routes of the slice.
pub fn routes() -> Vec<Route> {
    let edit = Need::Member(Permission::EditDocuments);
    [
        register_routes!(Documents, "documents"),
        register_routes!(Excuses, "item-excuses"),
        register_routes!(IssueOrders, "issue-orders"),
        vec![
            Route::page("/e/{code}/document-sets", edit, default_set::page),
            Route::act("/e/{code}/document-sets", edit, "document_set_entered", default_set::enter),
            Route::page("/e/{code}/documents-in-force", edit, putting_in_force::page),
            Route::act("/e/{code}/documents-in-force", edit, "documents_put_in_force", putting_in_force::put),
        ],
    ]
    .concat()
}
