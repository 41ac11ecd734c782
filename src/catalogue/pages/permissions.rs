//! Who may do what? The constant table of roles and permissions, printed.

use super::reading::Reading;
use crate::{
    access::{Permission, Role, Visit},
    shell::Frame,
    web::{Result, page},
    words::Say,
};
use askama::Template;
use axum::{http::StatusCode, response::Response};

#[derive(Template)]
#[template(path = "catalogue/permissions.html")]
struct PermissionsPage {
    frame: Frame,
    read: Reading,
    roles: Vec<Column>,
    rows: Vec<Row>,
}

/// A role with its letters.
struct Column {
    letters: &'static str,
    words: &'static str,
}

/// A permission and, for each role in order, whether it has it.
struct Row {
    words: &'static str,
    cells: Vec<bool>,
}

/// The page.
pub(super) fn show(visit: &Visit) -> Result<Response> {
    let say = visit.say;
    let row =
        |permission: &Permission| Row { words: words(*permission, say), cells: Role::ALL.into_iter().map(|role| permission.roles().contains(&role)).collect() };
    let drawn = PermissionsPage {
        frame: Frame::of(visit, say.standard_permissions()),
        read: Reading::of(visit),
        roles: Role::ALL.into_iter().map(|role| Column { letters: letters(role), words: role.words(say) }).collect(),
        rows: Permission::ALL.iter().map(row).collect(),
    };
    page(StatusCode::OK, &drawn)
}

/// The two letters of a role, as in the default plan.
const fn letters(role: Role) -> &'static str {
    match role {
        Role::Consultant => "CO",
        Role::TopManagement => "TM",
        Role::MgmtRep => "MR",
        Role::WorkingBody => "WB",
        Role::DocumentTeam => "FT",
        Role::DepartmentHead => "DH",
        Role::ProcessOwner => "PO",
        Role::InternalAuditor => "IA",
        Role::Staff => "ST",
        Role::ExternalReader => "EX",
        Role::Administrator => "AD",
    }
}

/// A permission in the reader's words.
fn words(permission: Permission, say: Say) -> &'static str {
    match permission {
        Permission::EnterEngagement => say.permission_enter_engagement(),
        Permission::ViewEngagement => say.permission_view_engagement(),
        Permission::ViewHistory => say.permission_view_history(),
        Permission::ViewPeople => say.permission_view_people(),
        Permission::EditEngagement => say.permission_edit_engagement(),
        Permission::EditPeople => say.permission_edit_people(),
        Permission::ManageMembers => say.permission_manage_members(),
        Permission::UploadEvidence => say.permission_upload_evidence(),
        Permission::EditDocuments => say.permission_edit_documents(),
        Permission::EditRecords => say.permission_edit_records(),
        Permission::EditOperation => say.permission_edit_operation(),
        Permission::EditAudits => say.permission_edit_audits(),
        Permission::EditReviews => say.permission_edit_reviews(),
        Permission::EditEligibility => say.permission_edit_eligibility(),
        Permission::Recommend => say.permission_recommend(),
        Permission::Declare => say.permission_declare(),
    }
}
