//! Areas of an audit: which clauses were audited in which department, by whom. Who works in a department cannot audit it (row E3-8).

use super::store;
use crate::{
    access::permissions::EditAudits,
    database::Snapshot,
    records::{Register, RegisterWords},
    register_store, scope,
    web::form::{Choice, Filled, FormSpec, Kind, needed},
    words::Say,
};
use chrono::NaiveDate;
use serde_json::Value;

/// The register.
#[derive(Debug)]
pub struct Areas;

static SPEC: FormSpec = FormSpec {
    name: "audit_area",
    fields: &[
        needed("audit_id", Say::area_audit, Kind::Pick),
        needed("department_id", Say::area_department, Kind::Pick),
        needed("clauses", Say::area_clauses, Kind::PickMany),
        needed("auditor_ids", Say::area_auditors, Kind::PickMany).hint(Say::area_auditors_hint),
    ],
};

impl Register for Areas {
    type Edit = EditAudits;
    const PATH: &'static str = "audit-areas";
    const SUBJECT: &'static str = "audit_area";
    const ENTERED: &'static str = "audit_area_entered";
    const CHANGED: &'static str = "audit_area_changed";
    const WITHDRAWN: &'static str = "audit_area_withdrawn";
    const BLANK: &'static [&'static str] = &[];
    const COLUMNS: &'static [&'static str] = &["department_id", "audit_id", "clauses", "auditor_ids"];
    const SPEC: &'static FormSpec = &SPEC;
    const WORDS: RegisterWords =
        RegisterWords { title: Say::audit_areas_of, lead: Say::area_lead, enter: Say::area_enter, empty: Say::area_empty, entry: Say::area_entry };

    fn check(_: &mut Filled, _: Option<&Value>, _: NaiveDate) {}

    fn name(form: &Filled) -> String {
        Self::SPEC.fields.iter().take(2).map(|field| form.shown(field)).collect::<Vec<_>>().join(" · ")
    }

    async fn offer(snapshot: &mut Snapshot, form: Filled) -> sqlx::Result<Filled> {
        let audits = store::audit_choices(snapshot).await?;
        let departments = scope::store::department_choices(snapshot, form.say()).await?;
        let people = scope::store::person_choices(snapshot).await?;
        Ok(form.offer("audit_id", audits).offer("department_id", departments).offer("clauses", clause_choices()).offer("auditor_ids", people))
    }

    register_store!(store::audit_areas);
}

/// The 23 clauses that an internal audit must cover (contract section 2).
fn clause_choices() -> Vec<Choice> {
    crate::catalogue::AUDIT_CLAUSES.iter().map(|clause| Choice { value: (*clause).to_owned(), words: (*clause).to_owned() }).collect()
}
