use serde::Deserialize;

use super::bilingual::Bilingual;

/// A clause of ISO/IEC 20000-1:2005 with the same subject in other standards.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Number, as `4.4.2`; the key of records in every edition.
    pub id: String,
    /// The clause above; none for 3 to 10.
    pub parent: Option<String>,
    /// Title.
    pub title: Bilingual,
    /// The aim, in our own words.
    pub objective: Bilingual,
    /// ISO/IEC 20000-1:2011.
    #[serde(default)]
    pub edition_2011: Vec<Counterpart>,
    /// ISO/IEC 20000-1:2018.
    #[serde(default)]
    pub edition_2018: Vec<Counterpart>,
    /// ISO 9001:2015.
    #[serde(default)]
    pub iso_9001: Vec<Counterpart>,
    /// ISO/IEC 27001:2022.
    #[serde(default)]
    pub iso_27001: Vec<Counterpart>,
    /// Names of ITIL version 2, English only.
    #[serde(default)]
    pub itil_v2: Vec<String>,
}

/// A clause, or a range of clauses (`4.1.1–4.1.4`), on the same subject in another standard.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counterpart {
    /// The clause there.
    pub clause: String,
    /// Which part of the subject, where it is not the whole.
    pub note: Option<Bilingual>,
}

/// A subject of later editions for which the 2005 edition has no clause.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LaterSubject {
    /// `N` and a digit.
    pub id: String,
    /// The subject.
    pub subject: Bilingual,
    /// ISO/IEC 20000-1:2011.
    #[serde(default)]
    pub edition_2011: Vec<Counterpart>,
    /// ISO/IEC 20000-1:2018.
    #[serde(default)]
    pub edition_2018: Vec<Counterpart>,
    /// ISO 9001:2015.
    #[serde(default)]
    pub iso_9001: Vec<Counterpart>,
}

/// The standards that clauses are mapped to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherStandard {
    /// ISO/IEC 20000-1:2011.
    Edition2011,
    /// ISO/IEC 20000-1:2018.
    Edition2018,
    /// ISO 9001:2015.
    Iso9001,
    /// ISO/IEC 27001:2022.
    Iso27001,
}

impl Clause {
    /// The clauses on the same subject in another standard, as written for this clause itself.
    pub fn counterparts(&self, standard: OtherStandard) -> &[Counterpart] {
        match standard {
            OtherStandard::Edition2011 => &self.edition_2011,
            OtherStandard::Edition2018 => &self.edition_2018,
            OtherStandard::Iso9001 => &self.iso_9001,
            OtherStandard::Iso27001 => &self.iso_27001,
        }
    }
}

/// One of the five process groups.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// `G1` to `G5`.
    pub id: String,
    /// The top clause that holds it.
    pub clause: String,
    /// Name.
    pub name: Bilingual,
}

/// One of the 13 processes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Process {
    /// The clause that specifies the process, as `6.1`.
    pub id: String,
    /// `P01` to `P13`.
    pub number: String,
    /// Its group, `G1` to `G5`.
    pub group: String,
    /// Name.
    pub name: Bilingual,
    /// The aim, in our own words.
    pub objective: Bilingual,
    /// What it takes in.
    pub inputs: Vec<Bilingual>,
    /// What it gives.
    pub outputs: Vec<Bilingual>,
    /// Documents that must exist.
    pub documents: Vec<Bilingual>,
    /// Records that must remain.
    pub records: Vec<Bilingual>,
    /// Clauses, mostly of other processes, that it works with.
    pub interfaces: Vec<String>,
}

/// One of the five criteria of management control, asked of each process.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// `C1` to `C5`.
    pub id: String,
    /// Name.
    pub name: Bilingual,
    /// The criterion.
    pub text: Bilingual,
    /// What usually proves it.
    pub evidence: Bilingual,
}

/// A checklist item, for diagnosis and internal audit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Clause and two digits, as `6.3-11`; for a control criterion clause and criterion, as `6.3-C1`.
    pub id: String,
    /// The clause it belongs to.
    pub clause: String,
    /// How it is met.
    pub kind: RequirementKind,
    /// What is required, in our own words.
    pub text: Bilingual,
    /// What usually proves it.
    pub evidence: Bilingual,
}

/// How a requirement is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub enum RequirementKind {
    /// A controlled document must exist.
    #[serde(rename = "D")]
    Document,
    /// A record must remain.
    #[serde(rename = "R")]
    Record,
    /// Practice, shown by interview and observation.
    #[serde(rename = "P")]
    Practice,
}

impl RequirementKind {
    /// The letter used in files and lists.
    pub fn code(self) -> &'static str {
        match self {
            Self::Document => "D",
            Self::Record => "R",
            Self::Practice => "P",
        }
    }
}

impl Requirement {
    /// The item that asks a criterion of a process, of kind P.
    pub(super) fn of_control(process: &Process, criterion: &Criterion) -> Self {
        Self {
            id: format!("{}-{}", process.id, criterion.id),
            clause: process.id.clone(),
            kind: RequirementKind::Practice,
            text: Bilingual { zh: format!("{}：{}", process.name.zh, criterion.text.zh), en: format!("{}: {}", process.name.en, criterion.text.en) },
            evidence: criterion.evidence.clone(),
        }
    }
}
