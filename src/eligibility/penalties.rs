//! Administrative penalties and what looks like them (condition 4, rows E4-3 to E4-16).

use super::store;
use crate::{
    access::permissions::EditEligibility,
    database::Snapshot,
    evidence,
    records::{Register, RegisterWords},
    register_store,
    web::form::{Filled, FormSpec, Kind, needed, optional},
    words::Say,
};
use chrono::NaiveDate;
use serde_json::Value;

/// The register.
#[derive(Debug)]
pub struct Penalties;

static SPEC: FormSpec = FormSpec {
    name: "penalty",
    fields: &[
        needed("authority", Say::penalty_authority, Kind::Line(300)),
        optional("document_no", Say::penalty_document_no, Kind::Line(300)),
        needed("decided_on", Say::penalty_decided_on, Kind::Date).hint(Say::penalty_decided_on_hint),
        optional("violation_on", Say::penalty_violation_on, Kind::Date),
        needed(
            "kind",
            Say::penalty_kind,
            Kind::Choice(&[
                ("warning", Say::penalty_kind_warning),
                ("criticism", Say::penalty_kind_criticism),
                ("fine", Say::penalty_kind_fine),
                ("confiscation", Say::penalty_kind_confiscation),
                ("licence_held", Say::penalty_kind_licence_held),
                ("licence_lowered", Say::penalty_kind_licence_lowered),
                ("licence_revoked", Say::penalty_kind_licence_revoked),
                ("business_restricted", Say::penalty_kind_business_restricted),
                ("suspension_order", Say::penalty_kind_suspension_order),
                ("closure_order", Say::penalty_kind_closure_order),
                ("other", Say::penalty_kind_other),
                ("order_to_correct", Say::penalty_kind_order_to_correct),
                ("late_payment_charge", Say::penalty_kind_late_payment_charge),
                ("regulatory_talk", Say::penalty_kind_regulatory_talk),
            ]),
        )
        .hint(Say::penalty_kind_hint),
        needed(
            "subject",
            Say::penalty_subject,
            Kind::Choice(&[
                ("applicant", Say::penalty_subject_applicant),
                ("employee", Say::penalty_subject_employee),
                ("parent", Say::penalty_subject_parent),
                ("subsidiary", Say::penalty_subject_subsidiary),
            ]),
        ),
        optional("related", Say::penalty_related, Kind::Tick).hint(Say::penalty_related_hint),
        optional("authority_abroad", Say::penalty_authority_abroad, Kind::Tick),
        needed(
            "status",
            Say::penalty_status,
            Kind::Choice(&[
                ("in_force", Say::penalty_status_in_force),
                ("under_appeal", Say::penalty_status_under_appeal),
                ("changed", Say::penalty_status_changed),
                ("revoked", Say::penalty_status_revoked),
            ]),
        )
        .hint(Say::penalty_status_hint),
        optional("status_since", Say::penalty_status_since, Kind::Date),
        optional("repaired_on", Say::penalty_repaired_on, Kind::Date).hint(Say::penalty_repaired_on_hint),
        optional("file_id", Say::penalty_file, Kind::File).hint(Say::file_hint),
        optional("status_file_id", Say::penalty_status_file, Kind::File).hint(Say::file_hint),
    ],
};

impl Register for Penalties {
    type Edit = EditEligibility;
    const PATH: &'static str = "penalties";
    const SUBJECT: &'static str = "penalty";
    const ENTERED: &'static str = "penalty_entered";
    const CHANGED: &'static str = "penalty_changed";
    const WITHDRAWN: &'static str = "penalty_withdrawn";
    const BLANK: &'static [&'static str] = &[];
    const COLUMNS: &'static [&'static str] = &["authority", "document_no", "kind", "decided_on", "subject", "status"];
    const SPEC: &'static FormSpec = &SPEC;
    const DEFAULTS: &'static [(&'static str, &'static str)] = &[("status", "in_force"), ("subject", "applicant"), ("related", "yes")];
    const WORDS: RegisterWords =
        RegisterWords { title: Say::nav_penalties, lead: Say::penalty_lead, enter: Say::penalty_enter, empty: Say::penalty_empty, entry: Say::penalty_entry };

    fn check(form: &mut Filled, _: Option<&Value>, today: NaiveDate) {
        let say = form.say();
        let decided = form.date("decided_on");
        if let (Some(violation), Some(decided)) = (form.date("violation_on"), decided)
            && decided < violation
        {
            form.refuse("violation_on", say.penalty_violation_after(decided));
        }
        if decided.is_some_and(|day| day > today) {
            form.refuse("decided_on", say.date_not_ahead(today));
        }
    }

    async fn offer(snapshot: &mut Snapshot, form: Filled) -> sqlx::Result<Filled> {
        evidence::offer(snapshot, form).await
    }

    register_store!(store::penalties);
}
