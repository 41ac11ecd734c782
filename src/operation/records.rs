//! Operating records: proof that a process is run (rows E2-6 and E2-11). The day of entry is the portal's, not the person's.

use super::store;
use crate::{
    access::permissions::EditRecords,
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
pub struct OperatingRecords;

static SPEC: FormSpec = FormSpec {
    name: "operating_record",
    fields: &[
        needed("process", Say::operating_process, Kind::Choice(&PROCESSES)),
        needed("recorded_on", Say::operating_recorded_on, Kind::Date).hint(Say::operating_recorded_on_hint),
        needed("title", Say::operating_title, Kind::Line(200)),
        optional("reference", Say::operating_reference, Kind::Line(100)).hint(Say::operating_reference_hint),
        optional("file_id", Say::operating_file, Kind::File).hint(Say::file_hint),
    ],
};

/// The 13 processes with their names.
pub(super) const PROCESSES: [(&str, crate::web::form::Phrase); 13] = [
    ("6.1", Say::process_6_1),
    ("6.2", Say::process_6_2),
    ("6.3", Say::process_6_3),
    ("6.4", Say::process_6_4),
    ("6.5", Say::process_6_5),
    ("6.6", Say::process_6_6),
    ("7.2", Say::process_7_2),
    ("7.3", Say::process_7_3),
    ("8.2", Say::process_8_2),
    ("8.3", Say::process_8_3),
    ("9.1", Say::process_9_1),
    ("9.2", Say::process_9_2),
    ("10.1", Say::process_10_1),
];

impl Register for OperatingRecords {
    type Edit = EditRecords;
    const PATH: &'static str = "operating-records";
    const SUBJECT: &'static str = "operating_record";
    const ENTERED: &'static str = "operating_record_entered";
    const CHANGED: &'static str = "operating_record_changed";
    const WITHDRAWN: &'static str = "operating_record_withdrawn";
    const BLANK: &'static [&'static str] = &["reference"];
    const COLUMNS: &'static [&'static str] = &["title", "process", "recorded_on", "reference"];
    const SPEC: &'static FormSpec = &SPEC;
    const WORDS: RegisterWords = RegisterWords {
        title: Say::operating_list_title,
        lead: Say::operating_lead,
        enter: Say::operating_enter,
        empty: Say::operating_empty,
        entry: Say::operating_entry,
    };

    fn check(form: &mut Filled, _: Option<&Value>, today: NaiveDate) {
        if form.date("recorded_on").is_some_and(|day| day > today) {
            let words = form.say().date_not_ahead(today);
            form.refuse("recorded_on", words);
        }
    }

    fn row(form: &Filled, before: Option<&Value>, today: NaiveDate) -> Value {
        let mut row = form.to_row(Self::BLANK);
        // A correction keeps the day of the first entry, unless the record is now said to be younger than that.
        let entered = before.and_then(|row| row.get("entered_on")?.as_str()?.parse::<NaiveDate>().ok()).unwrap_or(today);
        let entered = form.date("recorded_on").map_or(entered, |recorded| entered.max(recorded));
        if let Some(fields) = row.as_object_mut() {
            fields.insert("entered_on".to_owned(), entered.to_string().into());
        }
        row
    }

    async fn offer(snapshot: &mut Snapshot, form: Filled) -> sqlx::Result<Filled> {
        evidence::offer(snapshot, form).await
    }

    register_store!(store::operating_records);
}
