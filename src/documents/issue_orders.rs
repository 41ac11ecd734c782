//! Issue orders: the first establishes the system and opens its operation (rows E2-4, E2-9, E4-13 to E4-15).

use super::store;
use crate::{
    access::permissions::EditDocuments,
    database::Snapshot,
    evidence,
    records::{Register, RegisterWords},
    register_store, scope,
    web::form::{Filled, FormSpec, Kind, needed, optional},
    words::Say,
};
use chrono::NaiveDate;
use serde_json::Value;

/// The register.
#[derive(Debug)]
pub struct IssueOrders;

static SPEC: FormSpec = FormSpec {
    name: "issue_order",
    fields: &[
        needed(
            "kind",
            Say::order_kind,
            Kind::Choice(&[
                ("first_edition", Say::order_kind_first_edition),
                ("scope_extension", Say::order_kind_scope_extension),
                ("reissue", Say::order_kind_reissue),
                ("re_establishment", Say::order_kind_re_establishment),
                ("second_edition", Say::order_kind_second_edition),
            ]),
        )
        .hint(Say::order_kind_hint),
        optional("number", Say::order_number, Kind::Line(100)),
        optional("planned_on", Say::order_planned_on, Kind::Date),
        optional("issued_on", Say::order_issued_on, Kind::Date).hint(Say::order_issued_on_hint),
        optional("file_id", Say::order_file, Kind::File).hint(Say::file_hint),
        optional("part_ids", Say::order_parts, Kind::PickMany).hint(Say::order_parts_hint),
    ],
};

impl Register for IssueOrders {
    type Edit = EditDocuments;
    const PATH: &'static str = "issue-orders";
    const SUBJECT: &'static str = "issue_order";
    const ENTERED: &'static str = "issue_order_entered";
    const CHANGED: &'static str = "issue_order_changed";
    const WITHDRAWN: &'static str = "issue_order_withdrawn";
    const BLANK: &'static [&'static str] = &["number"];
    const COLUMNS: &'static [&'static str] = &["kind", "number", "planned_on", "issued_on", "file_id"];
    const SPEC: &'static FormSpec = &SPEC;
    const WORDS: RegisterWords =
        RegisterWords { title: Say::nav_issue_orders, lead: Say::order_lead, enter: Say::order_enter, empty: Say::order_empty, entry: Say::order_entry };
    const DEFAULTS: &'static [(&'static str, &'static str)] = &[("kind", "first_edition")];

    fn check(form: &mut Filled, _: Option<&Value>, today: NaiveDate) {
        let say = form.say();
        if form.date("issued_on").is_some_and(|day| day > today) {
            form.refuse("issued_on", say.date_plan_instead(today));
        }
        if form.date("issued_on").or_else(|| form.date("planned_on")).is_none() {
            form.refuse("issued_on", say.order_no_day());
        }
    }

    async fn offer(snapshot: &mut Snapshot, form: Filled) -> sqlx::Result<Filled> {
        let parts = scope::store::part_choices(snapshot, form.say()).await?;
        evidence::offer(snapshot, form.offer("part_ids", parts)).await
    }

    register_store!(store::issue_orders);
}
