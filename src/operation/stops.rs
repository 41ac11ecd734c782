//! Suspensions (row E2-7) and restarts of the clock (row E2-9).

use super::store;
use crate::{
    access::permissions::EditOperation,
    database::Snapshot,
    evidence,
    records::{Register, RegisterWords},
    register_store,
    web::form::{Filled, FormSpec, Kind, needed, optional},
    words::Say,
};
use chrono::NaiveDate;
use serde_json::Value;

/// The register of suspensions.
#[derive(Debug)]
pub struct Suspensions;

/// The register of restarts.
#[derive(Debug)]
pub struct Restarts;

static SUSPENSION: FormSpec = FormSpec {
    name: "suspension",
    fields: &[
        needed("from_on", Say::suspension_from_on, Kind::Date),
        optional("resumed_on", Say::suspension_resumed_on, Kind::Date).hint(Say::suspension_resumed_on_hint),
        needed("reason", Say::suspension_reason, Kind::Lines(1000)),
        optional("file_id", Say::suspension_file, Kind::File).hint(Say::file_hint),
    ],
};

static RESTART: FormSpec = FormSpec {
    name: "restart",
    fields: &[
        needed("on_day", Say::restart_on, Kind::Date),
        needed("kind", Say::restart_kind, Kind::Choice(&[("scope_widened", Say::restart_scope_widened), ("process_rebuilt", Say::restart_process_rebuilt)])),
        needed("reason", Say::restart_reason, Kind::Lines(1000)),
    ],
};

impl Register for Suspensions {
    type Edit = EditOperation;
    const PATH: &'static str = "suspensions";
    const SUBJECT: &'static str = "suspension";
    const ENTERED: &'static str = "suspension_entered";
    const CHANGED: &'static str = "suspension_changed";
    const WITHDRAWN: &'static str = "suspension_withdrawn";
    const BLANK: &'static [&'static str] = &[];
    const COLUMNS: &'static [&'static str] = &["from_on", "resumed_on", "reason"];
    const SPEC: &'static FormSpec = &SUSPENSION;
    const WORDS: RegisterWords = RegisterWords {
        title: Say::suspension_title,
        lead: Say::suspension_lead,
        enter: Say::suspension_enter,
        empty: Say::suspension_empty,
        entry: Say::suspension_entry,
    };

    fn check(form: &mut Filled, _: Option<&Value>, today: NaiveDate) {
        let say = form.say();
        for name in ["from_on", "resumed_on"] {
            if form.date(name).is_some_and(|day| day > today) {
                form.refuse(name, say.date_not_ahead(today));
            }
        }
        if let (Some(from), Some(resumed)) = (form.date("from_on"), form.date("resumed_on"))
            && resumed <= from
        {
            form.refuse("resumed_on", say.suspension_resumed_before(from));
        }
    }

    async fn offer(snapshot: &mut Snapshot, form: Filled) -> sqlx::Result<Filled> {
        evidence::offer(snapshot, form).await
    }

    register_store!(store::suspensions);
}

impl Register for Restarts {
    type Edit = EditOperation;
    const PATH: &'static str = "restarts";
    const SUBJECT: &'static str = "restart";
    const ENTERED: &'static str = "restart_entered";
    const CHANGED: &'static str = "restart_changed";
    const WITHDRAWN: &'static str = "restart_withdrawn";
    const BLANK: &'static [&'static str] = &[];
    const COLUMNS: &'static [&'static str] = &["on_day", "kind", "reason"];
    const SPEC: &'static FormSpec = &RESTART;
    const WORDS: RegisterWords =
        RegisterWords { title: Say::restart_title, lead: Say::restart_lead, enter: Say::restart_enter, empty: Say::restart_empty, entry: Say::restart_entry };

    fn check(form: &mut Filled, _: Option<&Value>, today: NaiveDate) {
        if form.date("on_day").is_some_and(|day| day > today) {
            let words = form.say().date_not_ahead(today);
            form.refuse("on_day", words);
        }
    }

    async fn offer(_: &mut Snapshot, form: Filled) -> sqlx::Result<Filled> {
        Ok(form)
    }

    register_store!(store::restarts);
}
