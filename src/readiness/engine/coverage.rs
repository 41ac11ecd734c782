//! Which checklist items the documents of the system cover, and since when (contract section 7, part 1).

use super::clauses::{Item, ItemDays, ItemSet, PROCESSES, Process};
use super::facts::{Document, Facts};
use super::ruling::Ruling;
use super::timing::{Standing, Timing};
use super::verdict::Status;
use chrono::NaiveDate;

/// How well the required items are covered.
pub(super) struct Coverage {
    pub(super) status: Status,
    /// Whether some item is not covered yet.
    pub(super) has_gaps: bool,
    /// The latest day on which an item was or will be covered.
    pub(super) latest: Option<NaiveDate>,
    /// For each process with an item required and not excused, the day of its first document.
    pub(super) first_documents: Vec<(Process, NaiveDate)>,
}

/// The days that the documents give to items and processes.
struct Effective {
    happened: ItemDays,
    ahead: Option<Box<ItemDays>>,
    process_happened: [Option<NaiveDate>; PROCESSES],
    process_ahead: [Option<NaiveDate>; PROCESSES],
}

pub(super) fn assess<'f>(facts: &'f Facts<'f>, timing: Timing, ruling: &mut Ruling<'f>) -> Coverage {
    let mut required = ItemSet::new();
    for entry in &facts.required_items {
        required.insert(entry.item);
    }
    let effective = Effective::gather(facts, timing, &required, ruling);
    let mut coverage = Coverage { status: Status::Met, has_gaps: false, latest: None, first_documents: first_documents(facts, timing, &effective) };
    if facts.required_items.is_empty() {
        ruling.row(4);
        ruling.lack("required_items");
        coverage.status = Status::Unknown;
    }
    let mut gaps = ItemSet::new();
    for entry in &facts.required_items {
        let happened = effective.happened.get(entry.item).into_iter().chain(timing.seen(entry.excused_on)).min();
        let day = happened.or_else(|| effective.ahead.as_ref()?.get(entry.item));
        coverage.latest = coverage.latest.max(day);
        if happened.is_none() {
            gaps.insert(entry.item);
            coverage.add_gap(entry.item, day, ruling);
        }
    }
    if coverage.has_gaps {
        warn_of_overdue(facts, timing, &gaps, ruling);
    }
    coverage
}

impl Coverage {
    fn add_gap(&mut self, item: Item, ahead: Option<NaiveDate>, ruling: &mut Ruling<'_>) {
        self.has_gaps = true;
        self.status = self.status.max(if ahead.is_some() { Status::NotYet } else { Status::NotMet });
        ruling.row(5);
        ruling.lack_of("uncovered_item", &item.to_string());
    }
}

impl Effective {
    fn gather<'f>(facts: &'f Facts<'f>, timing: Timing, required: &ItemSet, ruling: &mut Ruling<'f>) -> Self {
        let mut effective = Self { happened: ItemDays::new(), ahead: None, process_happened: [None; PROCESSES], process_ahead: [None; PROCESSES] };
        for document in &facts.documents {
            match standing(document, timing) {
                Standing::Done(day) | Standing::Kept(day) => {
                    effective.happen(document, day);
                    if document.items.iter().any(|item| required.contains(*item)) {
                        ruling.evidence(&document.id);
                    }
                }
                Standing::Ahead(day) => effective.lie_ahead(document, day),
                Standing::Overdue | Standing::None => {}
            }
        }
        effective
    }

    fn happen(&mut self, document: &Document<'_>, day: NaiveDate) {
        for item in &document.items {
            self.happened.offer(*item, day);
            offer(&mut self.process_happened, *item, day);
        }
    }

    fn lie_ahead(&mut self, document: &Document<'_>, day: NaiveDate) {
        let ahead = self.ahead.get_or_insert_with(|| Box::new(ItemDays::new()));
        for item in &document.items {
            ahead.offer(*item, day);
            offer(&mut self.process_ahead, *item, day);
        }
    }
}

fn standing(document: &Document<'_>, timing: Timing) -> Standing {
    timing.pair(document.effective_on, document.planned_effective_on)
}

fn offer(days: &mut [Option<NaiveDate>; PROCESSES], item: Item, day: NaiveDate) {
    if let Some(slot) = item.clause().process().and_then(|process| days.get_mut(process as usize)) {
        *slot = Some(slot.map_or(day, |earliest| earliest.min(day)));
    }
}

fn first_documents(facts: &Facts<'_>, timing: Timing, effective: &Effective) -> Vec<(Process, NaiveDate)> {
    let mut needed = [false; PROCESSES];
    for entry in facts.required_items.iter().filter(|entry| timing.seen(entry.excused_on).is_none()) {
        if let Some(slot) = entry.item.clause().process().and_then(|process| needed.get_mut(process as usize)) {
            *slot = true;
        }
    }
    let days = effective.process_happened.iter().zip(effective.process_ahead).map(|(happened, ahead)| happened.or(ahead));
    let processes = Process::ALL.iter().copied().zip(needed).zip(days);
    processes.filter_map(|((process, needed), day)| Some((process, day.filter(|_| needed)?))).collect()
}

fn warn_of_overdue<'f>(facts: &'f Facts<'f>, timing: Timing, gaps: &ItemSet, ruling: &mut Ruling<'f>) {
    for document in &facts.documents {
        if standing(document, timing).is_overdue() && document.items.iter().any(|item| gaps.contains(*item)) {
            ruling.warn_of("plan_overdue", document.id.as_str());
        }
    }
}
