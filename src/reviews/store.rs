//! The statements of the slice.

use crate::register_statements;

register_statements!(
    reviews,
    "reviews",
    "title, planned_on, held_on, planned_minutes_on, minutes_approved_on, supplement_approved_on, chair, chair_person_id, decisions, agenda_file_id, minutes_file_id",
    "coalesce(held_on, planned_on) desc nulls last, id"
);
