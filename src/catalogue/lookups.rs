use super::bilingual::Bilingual;
use super::documents::{Document, Level};
use super::field::{Edition, Fact, Term, TypicalNonconformity};
use super::journey::{PlanStep, Step};
use super::kpis::Kpi;
use super::shelf::Shelf;
use super::standard::{Clause, Counterpart, Criterion, Group, LaterSubject, OtherStandard, Process, Requirement, RequirementKind};

/// The standard's data, checked as a whole. Lists are in the order of the files.
#[derive(Debug, Default)]
pub struct Catalogue {
    pub(super) groups: Shelf<Group>,
    pub(super) processes: Shelf<Process>,
    pub(super) criteria: Shelf<Criterion>,
    pub(super) clauses: Shelf<Clause>,
    pub(super) later_subjects: Shelf<LaterSubject>,
    pub(super) requirements: Shelf<Requirement>,
    pub(super) control_items: Shelf<Requirement>,
    pub(super) steps: Shelf<Step>,
    pub(super) plan_steps: Shelf<PlanStep>,
    pub(super) kpis: Shelf<Kpi>,
    pub(super) documents: Shelf<Document>,
    pub(super) terms: Shelf<Term>,
    pub(super) editions: Shelf<Edition>,
    pub(super) facts: Shelf<Fact>,
    pub(super) nonconformities: Shelf<TypicalNonconformity>,
}

/// Whether a clause, or a step, is the given one or lies below it: `4.4.1` lies below `4.4` and `4`.
pub(super) fn is_within(id: &str, top: &str) -> bool {
    id.strip_prefix(top).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn text_or<'a>(text: Option<&'a Bilingual>, id: &'a str, zh: bool) -> &'a str {
    text.map_or(id, |text| text.of(zh))
}

/// Clauses, groups, processes.
impl Catalogue {
    /// The five process groups.
    pub fn groups(&self) -> &[Group] {
        self.groups.all()
    }

    /// By id, as `G1`.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.get(id)
    }

    /// The 13 processes, in the order of the standard.
    pub fn processes(&self) -> &[Process] {
        self.processes.all()
    }

    /// By clause, as `6.1`.
    pub fn process(&self, id: &str) -> Option<&Process> {
        self.processes.get(id)
    }

    /// The processes of a group.
    pub fn processes_of<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'a Process> {
        self.processes().iter().filter(move |process| process.group == group)
    }

    /// The five criteria of management control.
    pub fn criteria(&self) -> &[Criterion] {
        self.criteria.all()
    }

    /// By id, as `C1`.
    pub fn criterion(&self, id: &str) -> Option<&Criterion> {
        self.criteria.get(id)
    }

    /// Clauses 3 to 10 with their sub-clauses.
    pub fn clauses(&self) -> &[Clause] {
        self.clauses.all()
    }

    /// By number, as `4.4.2`.
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.get(id)
    }

    /// The clause's title, or its number where there is no such clause.
    pub fn clause_title<'a>(&'a self, id: &'a str, zh: bool) -> &'a str {
        text_or(self.clause(id).map(|clause| &clause.title), id, zh)
    }

    /// The clauses on the same subject in another standard; a clause without its own has those of the clause above.
    pub fn counterparts(&self, clause: &str, standard: OtherStandard) -> &[Counterpart] {
        let Some(clause) = self.clause(clause) else {
            return &[];
        };
        let own = clause.counterparts(standard);
        match &clause.parent {
            Some(parent) if own.is_empty() => self.counterparts(parent, standard),
            _ => own,
        }
    }

    /// What only later editions ask.
    pub fn later_subjects(&self) -> &[LaterSubject] {
        self.later_subjects.all()
    }

    /// All typical nonconformities.
    pub fn nonconformities(&self) -> &[TypicalNonconformity] {
        self.nonconformities.all()
    }

    /// By id, as `T6.3-1`.
    pub fn nonconformity(&self, id: &str) -> Option<&TypicalNonconformity> {
        self.nonconformities.get(id)
    }

    /// Those of the clause and of the clauses below it.
    pub fn nonconformities_of<'a>(&'a self, clause: &'a str) -> impl Iterator<Item = &'a TypicalNonconformity> {
        self.nonconformities().iter().filter(move |nonconformity| is_within(&nonconformity.clause, clause))
    }
}

/// The checklist.
impl Catalogue {
    /// The 187 items of the standard.
    pub fn requirements(&self) -> &[Requirement] {
        self.requirements.all()
    }

    /// The 65 items that ask the five criteria of each process.
    pub fn control_items(&self) -> &[Requirement] {
        self.control_items.all()
    }

    /// An item of either list.
    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.requirements.get(id).or_else(|| self.control_items.get(id))
    }

    /// The item's text, or its id where there is no such item.
    pub fn requirement_text<'a>(&'a self, id: &'a str, zh: bool) -> &'a str {
        text_or(self.requirement(id).map(|requirement| &requirement.text), id, zh)
    }

    /// Items of the standard for the clause and the clauses below it.
    pub fn requirements_of<'a>(&'a self, clause: &'a str) -> impl Iterator<Item = &'a Requirement> {
        self.requirements().iter().filter(move |requirement| is_within(&requirement.clause, clause))
    }

    /// The audit checklist of the clause and those below it: the standard's items, then the control criteria.
    pub fn checklist_of<'a>(&'a self, clause: &'a str) -> impl Iterator<Item = &'a Requirement> {
        let control = self.control_items().iter().filter(move |item| is_within(&item.clause, clause));
        self.requirements_of(clause).chain(control)
    }

    /// The 74 items of kind D, which need a controlled document.
    pub fn document_items(&self) -> impl Iterator<Item = &Requirement> {
        self.requirements().iter().filter(|requirement| requirement.kind == RequirementKind::Document)
    }
}

/// The journey, the plan and the document set.
impl Catalogue {
    /// All steps of the journey, in its order.
    pub fn steps(&self) -> &[Step] {
        self.steps.all()
    }

    /// By number, as `1.1.5.6`.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.get(id)
    }

    /// The step's title, or its number where there is no such step.
    pub fn step_title<'a>(&'a self, id: &'a str, zh: bool) -> &'a str {
        text_or(self.step(id).map(|step| &step.title), id, zh)
    }

    /// The steps directly below; below none are the four phases.
    pub fn steps_below<'a>(&'a self, parent: Option<&'a str>) -> impl Iterator<Item = &'a Step> {
        self.steps().iter().filter(move |step| step.parent.as_deref() == parent)
    }

    /// The 30 steps of the default plan.
    pub fn plan_steps(&self) -> &[PlanStep] {
        self.plan_steps.all()
    }

    /// By id, as `S19`.
    pub fn plan_step(&self, id: &str) -> Option<&PlanStep> {
        self.plan_steps.get(id)
    }

    /// The default set of 88 documents.
    pub fn documents(&self) -> &[Document] {
        self.documents.all()
    }

    /// By code without the organisation, as `B07`.
    pub fn document(&self, code: &str) -> Option<&Document> {
        self.documents.get(code)
    }

    /// The document's title, or its code where there is no such document.
    pub fn document_title<'a>(&'a self, code: &'a str, zh: bool) -> &'a str {
        text_or(self.document(code).map(|document| &document.title), code, zh)
    }

    /// The documents of a level.
    pub fn documents_at(&self, level: Level) -> impl Iterator<Item = &Document> {
        self.documents().iter().filter(move |document| document.level == level)
    }

    /// The documents that satisfy an item of kind D.
    pub fn documents_covering<'a>(&'a self, item: &'a str) -> impl Iterator<Item = &'a Document> {
        self.documents().iter().filter(move |document| document.covers.iter().any(|covered| covered == item))
    }
}

/// KPIs, terms and editions.
impl Catalogue {
    /// The process's name, or its clause where there is no such process.
    pub fn process_name<'a>(&'a self, id: &'a str, zh: bool) -> &'a str {
        text_or(self.process(id).map(|process| &process.name), id, zh)
    }

    /// The 48 default KPIs.
    pub fn kpis(&self) -> &[Kpi] {
        self.kpis.all()
    }

    /// By id, as `K8.2-1`.
    pub fn kpi(&self, id: &str) -> Option<&Kpi> {
        self.kpis.get(id)
    }

    /// The KPI's name, or its id where there is no such KPI.
    pub fn kpi_name<'a>(&'a self, id: &'a str, zh: bool) -> &'a str {
        text_or(self.kpi(id).map(|kpi| &kpi.name), id, zh)
    }

    /// The KPIs of a process.
    pub fn kpis_of<'a>(&'a self, process: &'a str) -> impl Iterator<Item = &'a Kpi> {
        self.kpis().iter().filter(move |kpi| kpi.process == process)
    }

    /// All terms of the field.
    pub fn terms(&self) -> &[Term] {
        self.terms.all()
    }

    /// By its name in code, as `core_team`.
    pub fn term(&self, id: &str) -> Option<&Term> {
        self.terms.get(id)
    }

    /// The term, or its id where there is no such term.
    pub fn term_name<'a>(&'a self, id: &'a str, zh: bool) -> &'a str {
        text_or(self.term(id).map(|term| &term.name), id, zh)
    }

    /// The editions of ISO/IEC 20000-1, oldest first.
    pub fn editions(&self) -> &[Edition] {
        self.editions.all()
    }

    /// By year, as `2005`.
    pub fn edition(&self, id: &str) -> Option<&Edition> {
        self.editions.get(id)
    }

    /// The sentences of the edition banner, in order.
    pub fn facts(&self) -> &[Fact] {
        self.facts.all()
    }
}
