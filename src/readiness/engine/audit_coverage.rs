//! What audits must cover and what they do cover (contract section 8). Each tally takes time in
//! proportion to the audits it is given, not to audits times scope.

use super::clauses::{CLAUSES, Clause};
use super::establishment::Scope;
use super::facts::{Audit, Facts};
use super::ruling::Ruling;
use chrono::NaiveDate;

const ALL_CLAUSES: u32 = (1 << CLAUSES) - 1;

/// What must be audited: the 23 clauses, the departments in scope and the parts in scope.
pub(super) struct Needs<'f> {
    /// The ids of the departments in scope, ascending.
    departments: Vec<&'f str>,
    /// The ids of the parts in scope, ascending, with their starts.
    parts: Vec<(&'f str, Option<NaiveDate>)>,
    /// The places of the parts that have a start, by start.
    by_start: Vec<(NaiveDate, usize)>,
}

/// What one audit covers, as places in the needs.
pub(super) struct Cover {
    clauses: u32,
    departments: Vec<usize>,
    parts: Vec<usize>,
    /// Planned to cover the whole scope: all that has started by this day.
    full_by: Option<NaiveDate>,
}

/// What some audits cover together.
pub(super) struct Tally<'n, 'f> {
    needs: &'n Needs<'f>,
    clauses: u32,
    departments: Marks,
    parts: Marks,
    all_departments: bool,
    /// How many of `by_start` are covered by plans of full scope.
    started: usize,
}

/// Which of some places are marked.
struct Marks {
    marked: Vec<bool>,
    left: usize,
}

impl<'f> Needs<'f> {
    pub(super) fn new(facts: &'f Facts<'f>, scope: &Scope<'f>) -> Self {
        let mut departments: Vec<&str> = facts.departments.iter().filter(|department| department.in_scope).map(|department| department.id.as_str()).collect();
        departments.sort_unstable();
        let parts: Vec<_> = scope.parts.iter().map(|part| (part.facts.id.as_str(), part.start)).collect();
        let mut by_start: Vec<_> = parts.iter().enumerate().filter_map(|(place, (_, start))| Some(((*start)?, place))).collect();
        by_start.sort_unstable();
        Self { departments, parts, by_start }
    }

    /// What an audit that begins on `begins` covers; `by_plan` if its plan of full scope still stands for it.
    pub(super) fn cover(&self, audit: &Audit<'_>, begins: NaiveDate, by_plan: bool, ruling: &mut Ruling<'_>) -> Cover {
        let mut cover = Cover { clauses: 0, departments: Vec::new(), parts: Vec::new(), full_by: None };
        for area in &audit.areas {
            if area.auditors.iter().any(|auditor| auditor.department_id.as_ref() == Some(&area.department_id)) {
                ruling.row(8);
                ruling.warn_of("own_area", audit.id.as_str());
                continue;
            }
            for clause in &area.clauses {
                cover.clauses |= 1 << (*clause as u32);
            }
            cover.departments.extend(self.departments.binary_search(&area.department_id.as_str()));
        }
        for id in &audit.part_ids {
            let Ok(place) = self.parts.binary_search_by(|(part, _)| (*part).cmp(id.as_str())) else {
                continue;
            };
            let start = self.parts.get(place).and_then(|(_, start)| *start);
            if start.is_some_and(|start| start <= begins) {
                cover.parts.push(place);
            }
        }
        if by_plan && audit.planned_full_scope {
            cover.clauses = ALL_CLAUSES;
            cover.full_by = Some(begins);
        }
        cover
    }

    pub(super) fn tally(&self) -> Tally<'_, 'f> {
        Tally {
            needs: self,
            clauses: 0,
            departments: Marks::new(self.departments.len()),
            parts: Marks::new(self.parts.len()),
            all_departments: false,
            started: 0,
        }
    }
}

impl Marks {
    fn new(count: usize) -> Self {
        Self { marked: vec![false; count], left: count }
    }

    fn mark(&mut self, place: usize) {
        if let Some(marked) = self.marked.get_mut(place)
            && !*marked
        {
            *marked = true;
            self.left -= 1;
        }
    }

    fn unmarked(&self) -> impl Iterator<Item = usize> {
        self.marked.iter().enumerate().filter(|(_, marked)| !**marked).map(|(place, _)| place)
    }
}

impl Tally<'_, '_> {
    pub(super) fn add(&mut self, cover: &Cover) {
        self.clauses |= cover.clauses;
        cover.departments.iter().for_each(|place| self.departments.mark(*place));
        cover.parts.iter().for_each(|place| self.parts.mark(*place));
        if let Some(begins) = cover.full_by {
            self.all_departments = true;
            while let Some((start, place)) = self.needs.by_start.get(self.started)
                && *start <= begins
            {
                self.parts.mark(*place);
                self.started += 1;
            }
        }
    }

    pub(super) fn is_complete(&self) -> bool {
        self.clauses == ALL_CLAUSES && (self.all_departments || self.departments.left == 0) && self.parts.left == 0
    }

    /// Names everything not covered as missing.
    pub(super) fn lack(&self, ruling: &mut Ruling<'_>) {
        for clause in Clause::ALL.iter().filter(|clause| self.clauses & (1 << (**clause as u32)) == 0) {
            ruling.lack_of("audit_clause", clause.word());
        }
        if !self.all_departments {
            for id in self.departments.unmarked().filter_map(|place| self.needs.departments.get(place)) {
                ruling.lack_of("audit_department", id);
            }
        }
        for (id, _) in self.parts.unmarked().filter_map(|place| self.needs.parts.get(place)) {
            ruling.lack_of("audit_part", id);
        }
    }
}
