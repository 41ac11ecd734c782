use serde::Deserialize;

use super::bilingual::Bilingual;

/// A term of the field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The name in code, as `core_team`.
    pub id: String,
    /// The term.
    pub name: Bilingual,
    /// What to mind in use.
    pub note: Option<Bilingual>,
}

/// An edition of ISO/IEC 20000-1.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// Year of publication, as `2018`.
    pub id: String,
    /// Designation, the same in both languages.
    pub name: String,
    /// The Chinese standard, where known.
    pub national_twin: Option<Bilingual>,
    /// Whether a certificate can be obtained against it today.
    pub certifiable: bool,
    /// Whether and until when it serves certification.
    pub state: Bilingual,
}

/// A sentence of the banner that every engagement shows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// `B` and a digit.
    pub id: String,
    /// False: not confirmed, and to be shown as such.
    pub verified: bool,
    /// The sentence.
    pub text: Bilingual,
}

/// A nonconformity that auditors often meet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypicalNonconformity {
    /// `T`, clause, hyphen, digit, as `T6.3-1`.
    pub id: String,
    /// The clause it is raised under.
    pub clause: String,
    /// The checklist item usually cited.
    pub item: String,
    /// The usual grade.
    pub grade: Grade,
    /// What the auditor finds.
    pub text: Bilingual,
    /// When a minor one is to be graded major.
    pub escalation: Option<Bilingual>,
}

/// How grave a nonconformity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// The requirement is absent or broken as a whole.
    Major,
    /// A single lapse.
    Minor,
}
