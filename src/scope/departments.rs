//! Departments (step 1.1.2): who belongs where, and what an internal audit must cover.

use super::store;
use crate::{
    access::permissions::EditPeople,
    database::Snapshot,
    records::{Register, RegisterWords},
    register_store,
    web::form::{Filled, FormSpec, Kind, needed, optional},
    words::Say,
};
use chrono::NaiveDate;
use serde_json::Value;

/// The register.
#[derive(Debug)]
pub struct Departments;

static SPEC: FormSpec = FormSpec {
    name: "department",
    fields: &[
        needed("code", Say::department_code, Kind::Line(20)),
        optional("name_zh", Say::department_name_zh, Kind::Line(100)).hint(Say::one_name_hint),
        optional("name_en", Say::department_name_en, Kind::Line(100)),
        optional("parent_id", Say::department_parent, Kind::Pick),
        optional("in_scope", Say::department_in_scope, Kind::Tick).hint(Say::department_in_scope_hint),
    ],
};

impl Register for Departments {
    type Edit = EditPeople;
    const PATH: &'static str = "departments";
    const SUBJECT: &'static str = "department";
    const ENTERED: &'static str = "department_entered";
    const CHANGED: &'static str = "department_changed";
    const WITHDRAWN: &'static str = "department_withdrawn";
    const BLANK: &'static [&'static str] = &["name_zh", "name_en"];
    const COLUMNS: &'static [&'static str] = &["code", "name_zh", "name_en", "parent_id", "in_scope"];
    const SPEC: &'static FormSpec = &SPEC;
    const WORDS: RegisterWords = RegisterWords {
        title: Say::nav_departments,
        lead: Say::department_lead,
        enter: Say::department_enter,
        empty: Say::department_empty,
        entry: Say::department_entry,
    };
    const DEFAULTS: &'static [(&'static str, &'static str)] = &[("in_scope", "yes")];
    const WITHDRAWABLE: bool = false;

    fn check(form: &mut Filled, row: Option<&Value>, _: NaiveDate) {
        let say = form.say();
        if form.some("name_zh").or_else(|| form.some("name_en")).is_none() {
            form.refuse("name_zh", say.one_name_needed());
        }
        let own = row.and_then(|row| row.get("id")).and_then(Value::as_str);
        if own.is_some_and(|id| form.value("parent_id") == id) {
            form.refuse("parent_id", say.department_own_parent());
        }
    }

    fn clash(constraint: &str) -> Option<(&'static str, crate::web::form::Phrase)> {
        (constraint == "departments_engagement_id_code_idx").then_some(("code", Say::department_code_taken))
    }

    async fn offer(snapshot: &mut Snapshot, form: Filled) -> sqlx::Result<Filled> {
        let departments = store::department_choices(snapshot, form.say()).await?;
        Ok(form.offer("parent_id", departments))
    }

    register_store!(store::departments);
}
