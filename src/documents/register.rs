//! The controlled list.

use super::store;
use crate::{
    access::permissions::EditDocuments,
    database::Snapshot,
    evidence,
    records::{Register, RegisterWords},
    register_store,
    web::form::{Choice, Filled, FormSpec, Kind, needed, optional},
    words::Say,
};
use chrono::NaiveDate;
use serde_json::Value;

/// The register.
#[derive(Debug)]
pub struct Documents;

static SPEC: FormSpec = FormSpec {
    name: "document",
    fields: &[
        needed("code", Say::document_code, Kind::Line(40)).hint(Say::document_code_hint),
        optional("title_zh", Say::document_title_zh, Kind::Line(200)).hint(Say::one_name_hint),
        optional("title_en", Say::document_title_en, Kind::Line(200)),
        needed(
            "level",
            Say::document_level,
            Kind::Choice(&[("A", Say::document_level_a), ("B", Say::document_level_b), ("C", Say::document_level_c), ("D", Say::document_level_d)]),
        ),
        optional("planned_effective_on", Say::document_planned_effective_on, Kind::Date),
        optional("effective_on", Say::document_effective_on, Kind::Date).hint(Say::document_effective_on_hint),
        optional("file_id", Say::document_file, Kind::File).hint(Say::file_hint),
        optional("items", Say::document_items, Kind::PickMany).hint(Say::document_items_hint),
    ],
};

impl Register for Documents {
    type Edit = EditDocuments;
    const PATH: &'static str = "documents";
    const SUBJECT: &'static str = "document";
    const ENTERED: &'static str = "document_entered";
    const CHANGED: &'static str = "document_changed";
    const WITHDRAWN: &'static str = "document_withdrawn";
    const BLANK: &'static [&'static str] = &["title_zh", "title_en"];
    const COLUMNS: &'static [&'static str] = &["code", "title_zh", "title_en", "level", "planned_effective_on", "effective_on"];
    const SPEC: &'static FormSpec = &SPEC;
    const LIST_LINKS: &'static [(crate::web::form::Phrase, &'static str)] =
        &[(Say::document_set_enter, "/document-sets"), (Say::document_put_in_force, "/documents-in-force"), (Say::excuse_title, "/item-excuses")];
    const WORDS: RegisterWords = RegisterWords {
        title: Say::nav_documents,
        lead: Say::document_lead,
        enter: Say::document_enter,
        empty: Say::document_empty,
        entry: Say::document_entry,
    };

    fn check(form: &mut Filled, _: Option<&Value>, today: NaiveDate) {
        let say = form.say();
        if form.some("title_zh").or_else(|| form.some("title_en")).is_none() {
            form.refuse("title_zh", say.one_name_needed());
        }
        if form.date("effective_on").is_some_and(|day| day > today) {
            form.refuse("effective_on", say.date_plan_instead(today));
        }
    }

    fn name(form: &Filled) -> String {
        let title = form.some("title_zh").filter(|_| form.say().language == crate::words::Language::Chinese);
        format!("{} {}", form.value("code"), title.or_else(|| form.some("title_en")).or_else(|| form.some("title_zh")).unwrap_or_default())
    }

    fn state(say: Say, row: &Value, today: NaiveDate) -> Option<crate::web::table::State> {
        let day = |name: &str| row.get(name).and_then(Value::as_str).and_then(|text| text.parse::<NaiveDate>().ok());
        let (shape, words) = match (day("effective_on"), day("planned_effective_on")) {
            (Some(_), _) => ("done", say.document_state_in_force()),
            (None, Some(plan)) if plan < today => ("late", say.document_state_overdue()),
            (None, Some(_)) => ("doing", say.document_state_planned()),
            (None, None) => ("todo", say.document_state_none()),
        };
        Some(crate::web::table::State { shape, words: words.to_owned() })
    }

    fn clash(constraint: &str) -> Option<(&'static str, crate::web::form::Phrase)> {
        (constraint == "documents_engagement_id_code_idx").then_some(("code", Say::document_code_taken))
    }

    async fn offer(snapshot: &mut Snapshot, form: Filled) -> sqlx::Result<Filled> {
        let items = item_choices(form.say());
        evidence::offer(snapshot, form.offer("items", items)).await
    }

    register_store!(store::documents);
}

/// The checklist items of kind D, which a document can cover.
pub(super) fn item_choices(say: Say) -> Vec<Choice> {
    let zh = say.language == crate::words::Language::Chinese;
    crate::catalogue::catalogue().document_items().map(|item| Choice { value: item.id.clone(), words: format!("{} {}", item.id, item.text.of(zh)) }).collect()
}
