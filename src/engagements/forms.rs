//! The forms of the slice.

use crate::{
    web::form::{Field, FormSpec, Kind, Phrase, needed, optional},
    words::Say,
};

/// Kinds of applicant (contract section 2).
pub const APPLICANT_KINDS: &[(&str, Phrase)] = &[
    ("cn_company", Say::applicant_cn_company),
    ("cn_foreign_invested", Say::applicant_cn_foreign_invested),
    ("cn_public_institution", Say::applicant_cn_public_institution),
    ("cn_social_organisation", Say::applicant_cn_social_organisation),
    ("cn_branch", Say::applicant_cn_branch),
    ("overseas", Say::applicant_overseas),
    ("hk_mo_tw", Say::applicant_hk_mo_tw),
];

/// Editions of the standard.
pub const EDITIONS: &[(&str, Phrase)] = &[("2005", Say::edition_2005), ("2011", Say::edition_2011), ("2018", Say::edition_2018)];

const APPLICANT: Field = needed("applicant_kind", Say::engagement_applicant_kind, Kind::Choice(APPLICANT_KINDS)).hint(Say::engagement_applicant_kind_hint);
const LEGAL_NAME: Field = needed("legal_name", Say::engagement_legal_name, Kind::Line(300)).hint(Say::engagement_legal_name_hint);
const PARENT_NAME: Field = optional("parent_name", Say::engagement_parent_name, Kind::Line(300)).hint(Say::engagement_parent_name_hint);
const PRODUCTION: Field = optional("production_licence_required", Say::engagement_production_licence, Kind::Tick);
const PERMITS: Field = optional("permits_required", Say::engagement_permits, Kind::Line(500)).hint(Say::engagement_permits_hint);
const SCOPE_ZH: Field = optional("scope_zh", Say::engagement_scope_zh, Kind::Lines(2000)).hint(Say::engagement_scope_hint);
const SCOPE_EN: Field = optional("scope_en", Say::engagement_scope_en, Kind::Lines(2000));
const EDITION: Field = needed("edition", Say::engagement_edition, Kind::Choice(EDITIONS));
const KICK_OFF: Field = needed("kick_off_on", Say::engagement_kick_off, Kind::Date);

/// Opening an engagement.
pub static OPENING: FormSpec = FormSpec {
    name: "engagement_opening",
    fields: &[
        needed("code", Say::engagement_code, Kind::Line(16)).hint(Say::engagement_code_hint),
        optional("client", Say::engagement_client, Kind::Pick).hint(Say::engagement_client_hint),
        optional("client_name_zh", Say::engagement_client_name_zh, Kind::Line(200)),
        optional("client_name_en", Say::engagement_client_name_en, Kind::Line(200)),
        APPLICANT,
        LEGAL_NAME,
        PARENT_NAME,
        PRODUCTION,
        PERMITS,
        SCOPE_ZH,
        SCOPE_EN,
        needed("site_name", Say::engagement_site_name, Kind::Line(200)).hint(Say::engagement_site_name_hint),
        optional("site_address", Say::engagement_site_address, Kind::Line(300)),
        EDITION,
        KICK_OFF,
    ],
};

/// Changing the facts of an engagement.
pub static FACTS: FormSpec = FormSpec {
    name: "engagement_facts",
    fields: &[
        APPLICANT,
        LEGAL_NAME,
        PARENT_NAME,
        PRODUCTION,
        PERMITS,
        SCOPE_ZH,
        SCOPE_EN,
        EDITION,
        KICK_OFF,
        optional("application_on", Say::engagement_application_on, Kind::Date).hint(Say::engagement_application_on_hint),
        optional("planned_stage2_on", Say::engagement_planned_stage2_on, Kind::Date).hint(Say::engagement_planned_stage2_on_hint),
        needed("lead_person_id", Say::engagement_lead, Kind::Pick).hint(Say::engagement_lead_hint),
    ],
};

/// The nine settings of the rule pack (contract section 10).
pub static RULES: FormSpec = FormSpec {
    name: "engagement_rules",
    fields: &[
        needed("month_rule", Say::rules_month, Kind::Choice(&[("inclusive", Say::rules_month_inclusive), ("strict", Say::rules_month_strict)])),
        needed(
            "legal_document_rule",
            Say::rules_legal_document,
            Kind::Choice(&[("any_one", Say::rules_legal_document_any_one), ("licence_always", Say::rules_legal_document_licence_always)]),
        ),
        needed("permit_rule", Say::rules_permit, Kind::Choice(&[("block", Say::rules_permit_block), ("warn", Say::rules_permit_warn)])),
        needed("suspension_rule", Say::rules_suspension, Kind::Choice(&[("restart", Say::rules_suspension_restart), ("extend", Say::rules_suspension_extend)])),
        needed("audit_rule", Say::rules_audit, Kind::Choice(&[("full", Say::rules_audit_full), ("literal", Say::rules_audit_literal)])),
        needed("review_rule", Say::rules_review, Kind::Choice(&[("after_audit", Say::rules_review_after_audit), ("supplement", Say::rules_review_supplement)])),
        needed(
            "penalty_date",
            Say::rules_penalty_date,
            Kind::Choice(&[("decision", Say::rules_penalty_date_decision), ("violation", Say::rules_penalty_date_violation)]),
        ),
        needed("penalty_rule", Say::rules_penalty, Kind::Choice(&[("fixed", Say::rules_penalty_fixed), ("rolling", Say::rules_penalty_rolling)])),
        needed(
            "penalty_scope",
            Say::rules_penalty_scope,
            Kind::Choice(&[("all", Say::rules_penalty_scope_all), ("related", Say::rules_penalty_scope_related)]),
        ),
    ],
};

const NAME: Field = needed("name", Say::register_name, Kind::Line(100));
const NAME_LATIN: Field = optional("name_latin", Say::register_name_latin, Kind::Line(100)).hint(Say::register_name_latin_hint);
const STAFF_NO: Field = optional("staff_no", Say::register_staff_no, Kind::Line(40));
const EMAIL: Field = optional("email", Say::register_email, Kind::Email).hint(Say::register_email_hint);
const DEPARTMENT: Field = optional("department_id", Say::register_department, Kind::Pick);
const POST: Field = optional("post", Say::register_post, Kind::Line(100));
const MANAGEMENT: Field = optional("is_management", Say::register_is_management, Kind::Tick).hint(Say::register_is_management_hint);
const FULL_TIME: Field = optional("is_full_time", Say::register_is_full_time, Kind::Tick).hint(Say::register_is_full_time_hint);
const JOINED: Field = optional("joined_on", Say::register_joined_on, Kind::Date);

/// A person of the register.
pub static PERSON: FormSpec = FormSpec { name: "person", fields: &[NAME, NAME_LATIN, STAFF_NO, EMAIL, DEPARTMENT, POST, MANAGEMENT, FULL_TIME, JOINED] };

/// A person leaves the register.
pub static WITHDRAWAL: FormSpec = FormSpec { name: "person_withdrawal", fields: &[optional("left_on", Say::register_left_on, Kind::Date)] };

/// The most text of a pasted sheet, in characters.
const PASTED: usize = 6_000_000;

/// Sending a sheet of people.
pub static SHEET: FormSpec = FormSpec {
    name: "people_sheet",
    fields: &[
        optional("rows", Say::import_people_rows, Kind::Lines(PASTED)).hint(Say::import_people_rows_hint),
        optional("sheet", Say::import_people_sheet, Kind::Sheet).hint(Say::import_people_sheet_hint),
    ],
};

/// Confirming the preview of a sheet; the rows come back with it and are checked again.
pub static CONFIRMATION: FormSpec = FormSpec {
    name: "people_import",
    fields: &[
        needed("rows", Say::import_people_rows, Kind::Lines(PASTED)),
        needed("confirmed", Say::import_people_confirmed, Kind::Tick),
        optional("new_departments", Say::import_people_new_departments, Kind::Tick),
        optional("doubtful", Say::import_people_doubtful, Kind::Tick),
    ],
};

/// Giving roles.
pub static MEMBER: FormSpec = FormSpec {
    name: "member",
    fields: &[
        needed("person", Say::members_person, Kind::Pick).hint(Say::members_person_hint),
        needed("roles", Say::members_roles, Kind::PickMany),
        optional("until_on", Say::members_until, Kind::Date).hint(Say::members_until_hint),
    ],
};

/// An act without fields: the page says what will happen, the button does it.
pub static PLAIN: FormSpec = FormSpec { name: "plain_act", fields: &[] };
