//! The applicant and the papers of its legal status (E1).

use super::json::Reader;
use super::names::{Code, Id, Text};
use super::reading::{Fault, Readable, choice, fault, fault_at, fill, object};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

choice! {
    /// What the applicant is in law.
    ApplicantKind {
        CnCompany = "cn_company",
        CnForeignInvested = "cn_foreign_invested",
        CnPublicInstitution = "cn_public_institution",
        CnSocialOrganisation = "cn_social_organisation",
        CnBranch = "cn_branch",
        Overseas = "overseas",
        HkMoTw = "hk_mo_tw",
    }
}

/// Who applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Applicant<'a> {
    /// Its id.
    pub id: Id<'a>,
    /// What it is in law.
    pub kind: ApplicantKind,
    /// The name its papers must bear.
    pub legal_name: Text<'a>,
    /// The name of a branch's parent.
    #[serde(default)]
    pub parent_name: Option<Text<'a>>,
    /// Whether the trade needs a production licence.
    #[serde(default)]
    pub production_licence_required: bool,
    /// The permits that the services in scope need.
    #[serde(default)]
    pub permits_required: Vec<Code<'a>>,
}

object!(Applicant<'a> {
    required id, required kind, required legal_name, optional parent_name, optional production_licence_required,
    optional permits_required,
});

choice! {
    /// The kind of a legal document.
    LegalDocumentKind {
        BusinessLicence = "business_licence",
        LegalPersonLicence = "legal_person_licence",
        ProductionLicence = "production_licence",
        EquivalentCertificate = "equivalent_certificate",
        LegalPersonCertificate = "legal_person_certificate",
        RegistrationCertificate = "registration_certificate",
        ParentLicence = "parent_licence",
        ParentAuthorisation = "parent_authorisation",
        Permit = "permit",
    }
}

choice! {
    /// What has become of a legal document.
    #[derive(Default)]
    LegalDocumentStatus { #[default] InForce = "in_force", Abnormal = "abnormal", Revoked = "revoked", Cancelled = "cancelled" }
}

/// A licence, certificate, authorisation or permit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalDocument<'a> {
    /// Its id.
    pub id: Id<'a>,
    /// Its kind.
    pub kind: LegalDocumentKind,
    /// Which permit; given exactly when the kind is a permit.
    #[serde(default)]
    pub permit_code: Option<Code<'a>>,
    /// The number on it.
    #[serde(default)]
    pub number: Option<Text<'a>>,
    /// Who issued it.
    #[serde(default)]
    pub issuer: Option<Text<'a>>,
    /// The name on it.
    pub holder_name: Text<'a>,
    /// Its first day.
    pub valid_from: NaiveDate,
    /// Its last day, which counts; null for a long-term paper.
    #[serde(default)]
    pub valid_to: Option<NaiveDate>,
    /// What has become of it.
    #[serde(default)]
    pub status: LegalDocumentStatus,
    /// Since when; null for always.
    #[serde(default)]
    pub status_since: Option<NaiveDate>,
    /// Its scan.
    #[serde(default)]
    pub file_id: Option<Id<'a>>,
    /// Whether it must be translated.
    #[serde(default)]
    pub needs_translation: bool,
    /// The scan of its translation.
    #[serde(default)]
    pub translation_file_id: Option<Id<'a>>,
    /// The day of the registry extract.
    #[serde(default)]
    pub extract_on: Option<NaiveDate>,
}

object!(LegalDocument<'a> {
    required id, required kind, optional permit_code, optional number, optional issuer, required holder_name,
    required valid_from, optional valid_to, optional status, optional status_since, optional file_id,
    optional needs_translation, optional translation_file_id, optional extract_on,
} check);

impl LegalDocument<'_> {
    fn check(&self) -> Result<(), Fault> {
        if self.permit_code.is_some() != (self.kind == LegalDocumentKind::Permit) {
            return Err(fault("permit_code is given exactly when the kind is permit"));
        }
        if self.valid_to.is_some_and(|last| last < self.valid_from) {
            return Err(fault_at("valid_to", "earlier than valid_from"));
        }
        Ok(())
    }
}
