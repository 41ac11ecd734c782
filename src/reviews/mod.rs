//! Management reviews (step 1.2.1; condition 3, rows E3-9 to E3-11): when, who chaired, what was decided, which records remain.

pub mod decisions;
pub mod store;

use crate::{
    access::Route,
    access::permissions::EditReviews,
    database::Snapshot,
    evidence,
    records::{Register, RegisterWords},
    register_routes, register_store, scope,
    web::form::{Filled, FormSpec, Kind, needed, optional},
    words::Say,
};
use chrono::NaiveDate;
use serde_json::Value;

/// The register.
#[derive(Debug)]
pub struct Reviews;

static SPEC: FormSpec = FormSpec {
    name: "review",
    fields: &[
        optional("title", Say::review_title, Kind::Line(200)),
        optional("planned_on", Say::review_planned_on, Kind::Date),
        optional("held_on", Say::review_held_on, Kind::Date).hint(Say::review_held_on_hint),
        needed(
            "chair",
            Say::review_chair,
            Kind::Choice(&[
                ("top_management", Say::review_chair_top_management),
                ("delegate_written", Say::review_chair_delegate_written),
                ("other", Say::review_chair_other),
            ]),
        ),
        optional("chair_person_id", Say::review_chair_person, Kind::Pick),
        optional("planned_minutes_on", Say::review_planned_minutes_on, Kind::Date),
        optional("minutes_approved_on", Say::review_minutes_approved_on, Kind::Date),
        optional("supplement_approved_on", Say::review_supplement_approved_on, Kind::Date).hint(Say::review_supplement_hint),
        optional("decisions", Say::review_decisions, Kind::Lines(10_000)).hint(Say::review_decisions_hint),
        optional("agenda_file_id", Say::review_agenda_file, Kind::File).hint(Say::file_hint),
        optional("minutes_file_id", Say::review_minutes_file, Kind::File).hint(Say::file_hint),
    ],
};

/// The routes of the slice.
pub fn routes() -> Vec<Route> {
    register_routes!(Reviews, "reviews")
}

impl Register for Reviews {
    type Edit = EditReviews;
    const PATH: &'static str = "reviews";
    const SUBJECT: &'static str = "review";
    const ENTERED: &'static str = "review_entered";
    const CHANGED: &'static str = "review_changed";
    const WITHDRAWN: &'static str = "review_withdrawn";
    const BLANK: &'static [&'static str] = &["title"];
    const COLUMNS: &'static [&'static str] = &["title", "planned_on", "held_on", "chair", "minutes_approved_on"];
    const SPEC: &'static FormSpec = &SPEC;
    const WORDS: RegisterWords =
        RegisterWords { title: Say::nav_reviews, lead: Say::review_lead, enter: Say::review_enter, empty: Say::review_empty, entry: Say::review_entry };
    const DEFAULTS: &'static [(&'static str, &'static str)] = &[("chair", "top_management")];

    fn check(form: &mut Filled, _: Option<&Value>, today: NaiveDate) {
        let say = form.say();
        for name in ["held_on", "minutes_approved_on", "supplement_approved_on"] {
            if form.date(name).is_some_and(|day| day > today) {
                form.refuse(name, say.date_plan_instead(today));
            }
        }
        match (form.date("held_on"), form.date("minutes_approved_on")) {
            (None, Some(_)) => form.refuse("held_on", say.review_held_missing()),
            (Some(held), Some(minutes)) if minutes < held => form.refuse("minutes_approved_on", say.review_minutes_before(held)),
            _ => {}
        }
        if form.date("planned_on").or_else(|| form.date("held_on")).is_none() {
            form.refuse("planned_on", say.review_no_day());
        }
        if let Err(line) = decisions::read(form.value("decisions")) {
            form.refuse("decisions", say.review_decision_line(line));
        }
    }

    fn row(form: &Filled, _: Option<&Value>, _: NaiveDate) -> Value {
        let mut row = form.to_row(Self::BLANK);
        if let Some(fields) = row.as_object_mut() {
            fields.insert("decisions".to_owned(), decisions::read(form.value("decisions")).unwrap_or_else(|_| Value::Array(Vec::new())));
        }
        row
    }

    fn filled(say: Say, row: &Value) -> Filled {
        let mut form = Filled::from_row(Self::SPEC, say, row);
        form.set("decisions", row.get("decisions").map(decisions::write).unwrap_or_default());
        form
    }

    fn name(form: &Filled) -> String {
        let day = form.date("held_on").or_else(|| form.date("planned_on")).map(|day| day.to_string()).unwrap_or_default();
        form.some("title").unwrap_or_else(|| format!("{} {day}", form.say().review_entry()))
    }

    async fn offer(snapshot: &mut Snapshot, form: Filled) -> sqlx::Result<Filled> {
        let people = scope::store::person_choices(snapshot).await?;
        evidence::offer(snapshot, form.offer("chair_person_id", people)).await
    }

    register_store!(store::reviews);
}
