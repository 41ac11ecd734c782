//! Parts of the scope: sites and the day on which the system started to operate there (condition 2, rows E2-3, E2-8).

use super::store;
use crate::{
    access::permissions::EditEngagement,
    database::Snapshot,
    records::{Register, RegisterWords},
    register_store,
    web::form::{Filled, FormSpec, Kind, optional},
    words::Say,
};
use chrono::NaiveDate;
use serde_json::Value;

/// The register.
#[derive(Debug)]
pub struct ScopeParts;

static SPEC: FormSpec = FormSpec {
    name: "scope_part",
    fields: &[
        optional("name_zh", Say::part_name_zh, Kind::Line(200)).hint(Say::one_name_hint),
        optional("name_en", Say::part_name_en, Kind::Line(200)),
        optional("address", Say::part_address, Kind::Line(300)),
        optional("in_scope", Say::part_in_scope, Kind::Tick),
        optional("planned_start_on", Say::part_planned_start, Kind::Date),
        optional("start_on", Say::part_start, Kind::Date).hint(Say::part_start_hint),
    ],
};

impl Register for ScopeParts {
    type Edit = EditEngagement;
    const PATH: &'static str = "scope-parts";
    const SUBJECT: &'static str = "scope_part";
    const ENTERED: &'static str = "scope_part_entered";
    const CHANGED: &'static str = "scope_part_changed";
    const WITHDRAWN: &'static str = "scope_part_withdrawn";
    const BLANK: &'static [&'static str] = &["name_zh", "name_en", "address"];
    const COLUMNS: &'static [&'static str] = &["name_zh", "name_en", "in_scope", "planned_start_on", "start_on"];
    const SPEC: &'static FormSpec = &SPEC;
    const WORDS: RegisterWords =
        RegisterWords { title: Say::nav_scope, lead: Say::part_lead, enter: Say::part_enter, empty: Say::part_empty, entry: Say::part_entry };
    const DEFAULTS: &'static [(&'static str, &'static str)] = &[("in_scope", "yes")];
    const WITHDRAWABLE: bool = false;

    fn check(form: &mut Filled, _: Option<&Value>, today: NaiveDate) {
        let say = form.say();
        if form.some("name_zh").or_else(|| form.some("name_en")).is_none() {
            form.refuse("name_zh", say.one_name_needed());
        }
        if form.date("start_on").is_some_and(|day| day > today) {
            form.refuse("start_on", say.date_plan_instead(today));
        }
    }

    async fn offer(_: &mut Snapshot, form: Filled) -> sqlx::Result<Filled> {
        Ok(form)
    }

    register_store!(store::scope_parts);
}
