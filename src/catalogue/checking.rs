use std::fmt;

use super::documents::{Document, Level};
use super::fault::{CatalogueFault, Problem};
use super::loading::{CLAUSES, DOCUMENTS, GROUPS, KPIS, NONCONFORMITIES, PROCESSES, REQUIREMENTS, STEPS};
use super::lookups::{Catalogue, is_within};
use super::shelf::{Entry, Shelf};
use super::standard::Process;
use super::{AUDIT_CLAUSES, PROCESSES as PROCESS_CODES};

pub(super) type Checked = Result<(), CatalogueFault>;

/// The entry under examination.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) file: &'static str,
    pub(super) entry: &'a str,
}

impl At<'_> {
    pub(super) fn must(self, holds: bool, else_say: fmt::Arguments<'_>) -> Checked {
        if holds {
            return Ok(());
        }
        self.fails(Problem::Inconsistent(else_say.to_string()))
    }

    /// Every id must stand on the shelf.
    pub(super) fn knows<'i, T: Entry>(self, what: &'static str, ids: impl IntoIterator<Item = &'i String>, shelf: &Shelf<T>) -> Checked {
        match ids.into_iter().find(|id| !shelf.has(id)) {
            Some(id) => self.fails(Problem::Unknown { what, id: id.clone() }),
            None => Ok(()),
        }
    }

    pub(super) fn fails(self, problem: Problem) -> Checked {
        Err(CatalogueFault::new(self.file, self.entry, problem))
    }

    /// The id must be a stem, a hyphen and so many digits.
    fn numbers(self, stem: &str, digits: usize) -> Checked {
        let number = self.entry.strip_prefix(stem).and_then(|rest| rest.strip_prefix('-'));
        self.must(is_number(number.unwrap_or_default(), digits), format_args!("its id must be {stem}, a hyphen and digits ({digits})"))
    }

    /// The parent must be the id without its last part; ids with no more than `dots` dots are on top.
    fn descends(self, parent: Option<&str>, dots: usize) -> Checked {
        let above = self.entry.rsplit_once('.').map(|(above, _)| above);
        let expected = above.filter(|_| self.entry.matches('.').count() > dots);
        let name = expected.unwrap_or("left out");
        self.must(parent == expected, format_args!("its parent must be {name}"))
    }
}

fn is_number(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl Catalogue {
    /// Every reference and what hangs together, then the totals: the nearer cause is named first.
    pub(super) fn check(&self) -> Checked {
        self.check_clauses()?;
        self.check_processes()?;
        self.check_requirements()?;
        self.check_steps()?;
        self.check_kpis()?;
        self.check_documents()?;
        self.check_coverage()?;
        self.check_nonconformities()?;
        self.check_plan()?;
        self.check_totals()
    }

    fn check_clauses(&self) -> Checked {
        for clause in self.clauses() {
            let at = At { file: CLAUSES, entry: &clause.id };
            at.knows("clause", clause.parent.iter(), &self.clauses)?;
            at.descends(clause.parent.as_deref(), 0)?;
        }
        if let Some(code) = AUDIT_CLAUSES.into_iter().find(|code| !self.clauses.has(code)) {
            let problem = Problem::Unknown { what: "audited clause", id: code.to_owned() };
            return Err(CatalogueFault::whole(CLAUSES, problem));
        }
        for group in self.groups() {
            let at = At { file: GROUPS, entry: &group.id };
            at.knows("clause", [&group.clause], &self.clauses)?;
        }
        Ok(())
    }

    fn check_processes(&self) -> Checked {
        for (place, (process, code)) in self.processes().iter().zip(PROCESS_CODES).enumerate() {
            let at = At { file: PROCESSES, entry: &process.id };
            at.must(process.id == code, format_args!("process {code} belongs here, in the order of the standard"))?;
            let number = format!("P{:02}", place + 1);
            at.must(process.number == number, format_args!("its number must be {number}"))?;
            self.check_process(at, process)?;
        }
        Ok(())
    }

    fn check_process(&self, at: At<'_>, process: &Process) -> Checked {
        at.knows("group", [&process.group], &self.groups)?;
        at.knows("clause", &process.interfaces, &self.clauses)?;
        let group = self.group(&process.group);
        at.must(group.is_some_and(|group| is_within(&process.id, &group.clause)), format_args!("group {} belongs to another clause", process.group))?;
        let lists = [&process.inputs, &process.outputs, &process.documents, &process.records];
        at.must(
            lists.iter().all(|list| !list.is_empty()) && !process.interfaces.is_empty(),
            format_args!("inputs, outputs, documents, records and interfaces need an entry each"),
        )
    }

    fn check_requirements(&self) -> Checked {
        for item in self.requirements() {
            let at = At { file: REQUIREMENTS, entry: &item.id };
            at.knows("clause", [&item.clause], &self.clauses)?;
            at.numbers(&item.clause, 2)?;
            at.must(AUDIT_CLAUSES.contains(&item.clause.as_str()), format_args!("clause {} carries no checklist items", item.clause))?;
        }
        let bare = AUDIT_CLAUSES.into_iter().find(|code| self.requirements_of(code).next().is_none());
        At { file: REQUIREMENTS, entry: "whole file" }.must(bare.is_none(), format_args!("clause {} has no checklist item", bare.unwrap_or_default()))
    }

    fn check_steps(&self) -> Checked {
        for step in self.steps() {
            let at = At { file: STEPS, entry: &step.id };
            at.knows("step", step.parent.iter(), &self.steps)?;
            at.descends(step.parent.as_deref(), 1)?;
            let is_planned = self.plan_steps().iter().any(|plan| plan.steps.contains(&step.id));
            let has_steps_below = self.steps_below(Some(&step.id)).next().is_some();
            at.must(is_planned || has_steps_below, format_args!("no plan step carries this step out"))?;
        }
        Ok(())
    }

    fn check_kpis(&self) -> Checked {
        for kpi in self.kpis() {
            let at = At { file: KPIS, entry: &kpi.id };
            at.knows("process", [&kpi.process], &self.processes)?;
            at.numbers(&format!("K{}", kpi.process), 1)?;
            at.must(kpi.target.is_finite() && kpi.target >= 0.0, format_args!("the target must be a number of 0 or more"))?;
        }
        Ok(())
    }

    fn check_documents(&self) -> Checked {
        for document in self.documents() {
            let at = At { file: DOCUMENTS, entry: &document.code };
            at.must(
                is_number(document.code.strip_prefix(document.level.code()).unwrap_or_default(), 2),
                format_args!("its code must be its level {} and two digits", document.level.code()),
            )?;
            at.knows("clause", &document.clauses, &self.clauses)?;
            at.must(!document.clauses.is_empty(), format_args!("it serves no clause"))?;
            self.check_covers_and_records(at, document)?;
        }
        Ok(())
    }

    fn check_covers_and_records(&self, at: At<'_>, document: &Document) -> Checked {
        at.knows("item", &document.covers, &self.requirements)?;
        for item in &document.covers {
            at.must(self.document_items().any(|other| other.id == *item), format_args!("item {item} is not of kind D and needs no document"))?;
        }
        at.knows("document", &document.records, &self.documents)?;
        for form in &document.records {
            at.must(self.document(form).is_some_and(|other| other.level == Level::Form), format_args!("{form} is no form, so it holds no records"))?;
        }
        Ok(())
    }

    /// Condition 2 (rule E2-1) asks for a document for every item of kind D; the first issue must suffice for it.
    fn check_coverage(&self) -> Checked {
        let open = self.document_items().find(|item| {
            let covers = |document: &Document| document.first_edition && document.level != Level::Form;
            !self.documents_covering(&item.id).any(covers)
        });
        match open {
            Some(item) => At { file: DOCUMENTS, entry: &item.id }.fails(Problem::Uncovered),
            None => Ok(()),
        }
    }

    fn check_nonconformities(&self) -> Checked {
        for typical in self.nonconformities() {
            let at = At { file: NONCONFORMITIES, entry: &typical.id };
            at.knows("clause", [&typical.clause], &self.clauses)?;
            at.knows("item", [&typical.item], &self.requirements)?;
            at.numbers(&format!("T{}", typical.clause), 1)?;
            at.must(
                self.requirement(&typical.item).is_some_and(|item| item.clause == typical.clause),
                format_args!("item {} belongs to another clause", typical.item),
            )?;
        }
        Ok(())
    }
}
