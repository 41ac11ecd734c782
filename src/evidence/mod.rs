//! Evidence: the files that prove what the registers say (domain.md section 2.2, column "remains as evidence").
//!
//! A file is checked, kept under its SHA-256 and entered as E-001, E-002 … in a change of its own, so that it is not
//! lost when another field of the same form is wrong. A file is never altered or deleted; the same bytes are one entry.
//! Other slices take uploads with [`receive`], offer what is there with [`choices`] and draw it with [`lines`].

mod acts;
mod forms;
pub mod list;
mod pages;
mod receive;
pub(crate) mod store;

pub use list::{EvidenceLine, choices, choices_with, lines, offer};
pub use receive::{Received, receive};

use crate::access::{Need, Permission, Route};

/// The routes of the slice.
pub fn routes() -> Vec<Route> {
    let view = Need::Member(Permission::ViewEngagement);
    let upload = Need::Member(Permission::UploadEvidence);
    vec![
        Route::page("/e/{code}/evidence", view, pages::list),
        Route::page("/e/{code}/evidence/new", upload, pages::new),
        Route::act("/e/{code}/evidence/new", upload, "evidence_uploaded", acts::upload).with_files(),
        Route::page("/e/{code}/evidence/{id}", view, pages::one),
        Route::page("/e/{code}/evidence/{id}/file", view, pages::file),
    ]
}

/// The number of an entry as people say it: `E-007`, `E-1204`.
pub fn number(number: i32) -> String {
    format!("E-{number:03}")
}

/// A size as people say it: `812 B`, `4.5 KB`, `1.2 MB`; powers of 1024.
pub fn size(bytes: i64) -> String {
    const KILO: i64 = 1024;
    let tenths = |unit: i64| {
        let tenths = bytes.saturating_mul(10).saturating_add(unit / 2) / unit;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        0..KILO => format!("{bytes} B"),
        KILO..1_047_553 => format!("{} KB", tenths(KILO)),
        _ => format!("{} MB", tenths(KILO * KILO)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_sizes_are_said_shortly() {
        assert_eq!([number(7), number(1204)], ["E-007", "E-1204"]);
        assert_eq!([size(812), size(4608), size(1_258_291), size(20 << 20)], ["812 B", "4.5 KB", "1.2 MB", "20.0 MB"]);
    }
}
