use super::checking::Checked;
use super::documents::Level;
use super::fault::{CatalogueFault, Problem};
use super::loading::{CLAUSES, CRITERIA, DOCUMENTS, EDITIONS, GROUPS, KPIS, PLAN_STEPS, PROCESSES, REQUIREMENTS, STEPS};
use super::lookups::Catalogue;
use super::standard::RequirementKind;

impl Catalogue {
    /// The fixed totals of the standard, of the journey and of the default set.
    pub(super) fn check_totals(&self) -> Checked {
        count(GROUPS, "groups", 5, self.groups().len())?;
        count(CRITERIA, "criteria", 5, self.criteria().len())?;
        count(PROCESSES, "processes", 13, self.processes().len())?;
        count(CLAUSES, "clauses", 33, self.clauses().len())?;
        count(STEPS, "steps", 41, self.steps().len())?;
        count(PLAN_STEPS, "plan steps", 30, self.plan_steps().len())?;
        count(KPIS, "KPIs", 48, self.kpis().len())?;
        count(EDITIONS, "editions", 3, self.editions().len())?;
        self.count_requirements()?;
        self.count_documents()
    }

    fn count_requirements(&self) -> Checked {
        for (clause, expected) in [("3", 16), ("4", 37), ("5", 13), ("6", 48), ("7", 23), ("8", 14), ("9", 24), ("10", 12)] {
            count(REQUIREMENTS, &format!("items of clause {clause}"), expected, self.requirements_of(clause).count())?;
        }
        for (kind, expected) in [(RequirementKind::Document, 74), (RequirementKind::Record, 90), (RequirementKind::Practice, 23)] {
            let found = self.requirements().iter().filter(|requirement| requirement.kind == kind).count();
            count(REQUIREMENTS, &format!("items of kind {}", kind.code()), expected, found)?;
        }
        count(REQUIREMENTS, "items", 187, self.requirements().len())
    }

    fn count_documents(&self) -> Checked {
        for (level, all, first) in [(Level::Manual, 4, 4), (Level::Procedure, 23, 23), (Level::WorkDocument, 21, 15), (Level::Form, 40, 32)] {
            let code = level.code();
            count(DOCUMENTS, &format!("documents of level {code}"), all, self.documents_at(level).count())?;
            let issued = self.documents_at(level).filter(|document| document.first_edition).count();
            count(DOCUMENTS, &format!("first-edition documents of level {code}"), first, issued)?;
        }
        Ok(())
    }
}

fn count(file: &'static str, what: &str, expected: usize, found: usize) -> Checked {
    if found == expected {
        return Ok(());
    }
    Err(CatalogueFault::whole(file, Problem::Count { what: what.to_owned(), expected, found }))
}
