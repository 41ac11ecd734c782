//! Roles of an engagement (domain.md section 7.4, ux.md section 2) and what each may do: one constant table.

use crate::words::Say;

/// A role that a person has in an engagement.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Role {
    /// CO: leads the client from outside.
    Consultant,
    /// TM: top management, the leading group.
    TopManagement,
    /// MR: the management representative.
    MgmtRep,
    /// WB: a member of the working body.
    WorkingBody,
    /// FT: the document team, full-time officers.
    DocumentTeam,
    /// DH: heads a department.
    DepartmentHead,
    /// PO: answers for a process.
    ProcessOwner,
    /// IA: an internal auditor.
    InternalAuditor,
    /// ST: any member of staff.
    Staff,
    /// EX: an outside auditor, reading only, until a day.
    ExternalReader,
    /// AD: looks after accounts and access, sees no content.
    Administrator,
}

use Role::{
    Administrator, Consultant, DepartmentHead, DocumentTeam, ExternalReader, InternalAuditor, MgmtRep, ProcessOwner, Staff, TopManagement, WorkingBody,
};

impl Role {
    /// Every role, in the order of domain.md.
    pub const ALL: [Self; 11] =
        [Consultant, TopManagement, MgmtRep, WorkingBody, DocumentTeam, DepartmentHead, ProcessOwner, InternalAuditor, Staff, ExternalReader, Administrator];

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Consultant => "consultant",
            TopManagement => "top_management",
            MgmtRep => "mgmt_rep",
            WorkingBody => "working_body",
            DocumentTeam => "document_team",
            DepartmentHead => "department_head",
            ProcessOwner => "process_owner",
            InternalAuditor => "internal_auditor",
            Staff => "staff",
            ExternalReader => "external_reader",
            Administrator => "administrator",
        }
    }

    /// The role of a word.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }

    /// The role in the reader's words.
    pub fn words(self, say: Say) -> &'static str {
        match self {
            Consultant => say.role_consultant(),
            TopManagement => say.role_top_management(),
            MgmtRep => say.role_mgmt_rep(),
            WorkingBody => say.role_working_body(),
            DocumentTeam => say.role_document_team(),
            DepartmentHead => say.role_department_head(),
            ProcessOwner => say.role_process_owner(),
            InternalAuditor => say.role_internal_auditor(),
            Staff => say.role_staff(),
            ExternalReader => say.role_external_reader(),
            Administrator => say.role_administrator(),
        }
    }
}

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident: [$($role:ident),* $(,)?]),* $(,)?) => {
        /// What a member of an engagement may be allowed to do.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Permission { $($(#[$doc])* $name),* }

        impl Permission {
            /// Every permission.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The roles that have it. This is the whole table.
            pub const fn roles(self) -> &'static [Role] {
                match self { $(Self::$name => &[$($role),*]),* }
            }
        }

        $($(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl Allows for $name { const PERMISSION: Permission = Permission::$name; })*
    };
}

/// A permission as a type, so that a handler's signature says what it needs.
pub trait Allows: Send + Sync + 'static {
    /// The permission.
    const PERMISSION: Permission;
}

permissions! {
    /// Come in at all.
    EnterEngagement: [Consultant, TopManagement, MgmtRep, WorkingBody, DocumentTeam, DepartmentHead, ProcessOwner, InternalAuditor, Staff, ExternalReader, Administrator],
    /// Read readiness, registers and evidence.
    ViewEngagement: [Consultant, TopManagement, MgmtRep, WorkingBody, DocumentTeam, DepartmentHead, ProcessOwner, InternalAuditor, ExternalReader],
    /// Read who did what.
    ViewHistory: [Consultant, TopManagement, MgmtRep, InternalAuditor, ExternalReader],
    /// Read the register of people.
    ViewPeople: [Consultant, TopManagement, MgmtRep, WorkingBody, DocumentTeam, DepartmentHead, ProcessOwner, InternalAuditor, Administrator],
    /// Change the applicant's facts, the scope, the dates and the rules.
    EditEngagement: [Consultant, MgmtRep],
    /// Enter people and departments.
    EditPeople: [Consultant, MgmtRep, WorkingBody, DocumentTeam, Administrator],
    /// Give and end roles, invite.
    ManageMembers: [Consultant, MgmtRep, Administrator],
    /// Upload evidence.
    UploadEvidence: [Consultant, TopManagement, MgmtRep, WorkingBody, DocumentTeam, DepartmentHead, ProcessOwner, InternalAuditor],
    /// Enter documents and issue orders.
    EditDocuments: [Consultant, MgmtRep, WorkingBody, DocumentTeam],
    /// Enter operating records.
    EditRecords: [Consultant, MgmtRep, WorkingBody, DocumentTeam, DepartmentHead, ProcessOwner],
    /// Enter suspensions and restarts.
    EditOperation: [Consultant, MgmtRep],
    /// Enter audits and findings.
    EditAudits: [Consultant, MgmtRep, InternalAuditor],
    /// Enter management reviews.
    EditReviews: [Consultant, MgmtRep, TopManagement],
    /// Enter legal documents, penalties, declarations and searches.
    EditEligibility: [Consultant, MgmtRep, DocumentTeam],
    /// Recommend that the organisation be declared ready.
    Recommend: [Consultant, MgmtRep],
    /// Declare it ready, and withdraw that.
    Declare: [MgmtRep, TopManagement],
}

/// Whether any of these roles has a permission.
pub fn allowed(roles: &[Role], permission: Permission) -> bool {
    roles.iter().any(|role| permission.roles().contains(role))
}
