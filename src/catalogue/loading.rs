use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::documents::Document;
use super::fault::{CatalogueFault, Problem};
use super::field::{Edition, Fact, Term, TypicalNonconformity};
use super::journey::{PlanStep, Step};
use super::kpis::Kpi;
use super::lookups::Catalogue;
use super::shelf::Shelf;
use super::standard::{Clause, Criterion, Group, LaterSubject, Process, Requirement};

pub(super) const GROUPS: &str = "groups.toml";
pub(super) const PROCESSES: &str = "processes.toml";
pub(super) const CRITERIA: &str = "criteria.toml";
pub(super) const CLAUSES: &str = "clauses.toml";
pub(super) const REQUIREMENTS: &str = "requirements.toml";
pub(super) const STEPS: &str = "steps.toml";
pub(super) const PLAN_STEPS: &str = "plan_steps.toml";
pub(super) const KPIS: &str = "kpis.toml";
pub(super) const DOCUMENTS: &str = "documents.toml";
pub(super) const GLOSSARY: &str = "glossary.toml";
pub(super) const EDITIONS: &str = "editions.toml";
pub(super) const NONCONFORMITIES: &str = "nonconformities.toml";

/// The texts of the catalogue's files, in TOML. A test alters one of them.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// `catalogue/groups.toml`.
    pub groups: &'a str,
    /// `catalogue/processes.toml`.
    pub processes: &'a str,
    /// `catalogue/criteria.toml`.
    pub criteria: &'a str,
    /// `catalogue/clauses.toml`.
    pub clauses: &'a str,
    /// `catalogue/requirements.toml`.
    pub requirements: &'a str,
    /// `catalogue/steps.toml`.
    pub steps: &'a str,
    /// `catalogue/plan_steps.toml`.
    pub plan_steps: &'a str,
    /// `catalogue/kpis.toml`.
    pub kpis: &'a str,
    /// `catalogue/documents.toml`.
    pub documents: &'a str,
    /// `catalogue/glossary.toml`.
    pub glossary: &'a str,
    /// `catalogue/editions.toml`.
    pub editions: &'a str,
    /// `catalogue/nonconformities.toml`.
    pub nonconformities: &'a str,
}

impl Sources<'static> {
    /// The files of this build.
    pub fn embedded() -> Self {
        Self {
            groups: include_str!("../../catalogue/groups.toml"),
            processes: include_str!("../../catalogue/processes.toml"),
            criteria: include_str!("../../catalogue/criteria.toml"),
            clauses: include_str!("../../catalogue/clauses.toml"),
            requirements: include_str!("../../catalogue/requirements.toml"),
            steps: include_str!("../../catalogue/steps.toml"),
            plan_steps: include_str!("../../catalogue/plan_steps.toml"),
            kpis: include_str!("../../catalogue/kpis.toml"),
            documents: include_str!("../../catalogue/documents.toml"),
            glossary: include_str!("../../catalogue/glossary.toml"),
            editions: include_str!("../../catalogue/editions.toml"),
            nonconformities: include_str!("../../catalogue/nonconformities.toml"),
        }
    }
}

impl Catalogue {
    /// Reads and checks the files of this build.
    ///
    /// # Errors
    /// The first fault found.
    pub fn load() -> Result<Self, CatalogueFault> {
        Self::read(&Sources::embedded())
    }

    /// Reads and checks the given texts.
    ///
    /// # Errors
    /// The first fault found: a text that cannot be read before ids, ids before references, references before totals.
    pub fn read(sources: &Sources<'_>) -> Result<Self, CatalogueFault> {
        let catalogue = Self::shelve(sources)?;
        catalogue.check()?;
        Ok(catalogue)
    }

    fn shelve(sources: &Sources<'_>) -> Result<Self, CatalogueFault> {
        let groups: GroupFile = parse(GROUPS, sources.groups)?;
        let processes: ProcessFile = parse(PROCESSES, sources.processes)?;
        let criteria: CriterionFile = parse(CRITERIA, sources.criteria)?;
        let clauses: ClauseFile = parse(CLAUSES, sources.clauses)?;
        let requirements: RequirementFile = parse(REQUIREMENTS, sources.requirements)?;
        let steps: StepFile = parse(STEPS, sources.steps)?;
        let plan_steps: PlanStepFile = parse(PLAN_STEPS, sources.plan_steps)?;
        let kpis: KpiFile = parse(KPIS, sources.kpis)?;
        let documents: DocumentFile = parse(DOCUMENTS, sources.documents)?;
        let glossary: GlossaryFile = parse(GLOSSARY, sources.glossary)?;
        let editions: EditionFile = parse(EDITIONS, sources.editions)?;
        let nonconformities: NonconformityFile = parse(NONCONFORMITIES, sources.nonconformities)?;
        let control_items = control_items(&processes.process, &criteria.criterion);
        Ok(Self {
            groups: Shelf::new(GROUPS, groups.group)?,
            processes: Shelf::new(PROCESSES, processes.process)?,
            criteria: Shelf::new(CRITERIA, criteria.criterion)?,
            clauses: Shelf::new(CLAUSES, clauses.clause)?,
            later_subjects: Shelf::new(CLAUSES, clauses.later_subject)?,
            requirements: Shelf::new(REQUIREMENTS, requirements.requirement)?,
            control_items: Shelf::new(CRITERIA, control_items)?,
            steps: Shelf::new(STEPS, steps.step)?,
            plan_steps: Shelf::new(PLAN_STEPS, plan_steps.plan_step)?,
            kpis: Shelf::new(KPIS, kpis.kpi)?,
            documents: Shelf::new(DOCUMENTS, documents.document)?,
            terms: Shelf::new(GLOSSARY, glossary.term)?,
            editions: Shelf::new(EDITIONS, editions.edition)?,
            facts: Shelf::new(EDITIONS, editions.fact)?,
            nonconformities: Shelf::new(NONCONFORMITIES, nonconformities.nonconformity)?,
        })
    }
}

fn control_items(processes: &[Process], criteria: &[Criterion]) -> Vec<Requirement> {
    processes.iter().flat_map(|process| criteria.iter().map(move |criterion| Requirement::of_control(process, criterion))).collect()
}

fn parse<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, CatalogueFault> {
    toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let before = text.get(..start).unwrap_or_default();
        let problem = Problem::Unreadable { line: before.matches('\n').count() + 1, message: error.message().trim().to_owned() };
        match entry_at(text, start) {
            Some(id) => CatalogueFault::new(file, &id, problem),
            None => CatalogueFault::whole(file, problem),
        }
    })
}

/// The id of the entry that holds this place of a file: each begins with a line `[[…]]`, and its key is soon to follow.
fn entry_at(text: &str, place: usize) -> Option<String> {
    let rest = text.get(place..)?;
    let line_end = rest.find('\n').map_or(text.len(), |end| place + end);
    let top = text.get(..line_end)?.rfind("[[")?;
    let entry = text.get(top + 2..)?;
    let entry = entry.find("\n[[").and_then(|end| entry.get(..end)).unwrap_or(entry);
    entry.lines().find_map(|line| {
        let (key, value) = line.split_once('=')?;
        matches!(key.trim(), "id" | "code").then(|| value.trim().trim_matches('"').to_owned())
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupFile {
    group: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProcessFile {
    process: Vec<Process>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CriterionFile {
    criterion: Vec<Criterion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClauseFile {
    clause: Vec<Clause>,
    later_subject: Vec<LaterSubject>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequirementFile {
    requirement: Vec<Requirement>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepFile {
    step: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanStepFile {
    plan_step: Vec<PlanStep>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KpiFile {
    kpi: Vec<Kpi>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentFile {
    document: Vec<Document>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GlossaryFile {
    term: Vec<Term>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EditionFile {
    edition: Vec<Edition>,
    fact: Vec<Fact>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NonconformityFile {
    nonconformity: Vec<TypicalNonconformity>,
}
