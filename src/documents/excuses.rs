//! Items of kind D that need no document here, with the approved reason.

use super::store;
use crate::{
    access::permissions::EditDocuments,
    database::Snapshot,
    records::{Register, RegisterWords},
    register_store,
    web::form::{Filled, FormSpec, Kind, needed},
    words::Say,
};
use chrono::NaiveDate;
use serde_json::Value;

/// The register.
#[derive(Debug)]
pub struct Excuses;

static SPEC: FormSpec = FormSpec {
    name: "item_excuse",
    fields: &[
        needed("item", Say::excuse_item, Kind::Pick),
        needed("excused_on", Say::excuse_on, Kind::Date),
        needed("approved_by", Say::excuse_approved_by, Kind::Line(100)),
        needed("reason", Say::excuse_reason, Kind::Lines(1000)).hint(Say::excuse_reason_hint),
    ],
};

impl Register for Excuses {
    type Edit = EditDocuments;
    const PATH: &'static str = "item-excuses";
    const SUBJECT: &'static str = "item_excuse";
    const ENTERED: &'static str = "item_excuse_entered";
    const CHANGED: &'static str = "item_excuse_changed";
    const WITHDRAWN: &'static str = "item_excuse_withdrawn";
    const BLANK: &'static [&'static str] = &[];
    const COLUMNS: &'static [&'static str] = &["item", "excused_on", "approved_by"];
    const SPEC: &'static FormSpec = &SPEC;
    const WORDS: RegisterWords =
        RegisterWords { title: Say::excuse_title, lead: Say::excuse_lead, enter: Say::excuse_enter, empty: Say::excuse_empty, entry: Say::excuse_entry };

    fn check(form: &mut Filled, _: Option<&Value>, today: NaiveDate) {
        if form.date("excused_on").is_some_and(|day| day > today) {
            let words = form.say().date_not_ahead(today);
            form.refuse("excused_on", words);
        }
    }

    fn clash(constraint: &str) -> Option<(&'static str, crate::web::form::Phrase)> {
        (constraint == "item_excuses_engagement_id_item_idx").then_some(("item", Say::excuse_taken))
    }

    async fn offer(_: &mut Snapshot, form: Filled) -> sqlx::Result<Filled> {
        let items = super::register::item_choices(form.say());
        Ok(form.offer("item", items))
    }

    register_store!(store::item_excuses);
}
