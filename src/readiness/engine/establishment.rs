//! Base orders and starts of the parts in scope (contract section 6), for E2, E3 and E4.

use super::facts::{Facts, IssueOrder, IssueOrderKind, ScopePart};
use super::timing::{Standing, Timing};
use chrono::NaiveDate;

/// An issue order with the day it happened.
#[derive(Clone, Copy)]
pub(super) struct Issued<'f> {
    pub(super) order: &'f IssueOrder<'f>,
    pub(super) day: NaiveDate,
    /// Whether it was really issued, not only assumed to be.
    pub(super) seen: bool,
}

/// A part of the scope applied for.
pub(super) struct Part<'f> {
    pub(super) facts: &'f ScopePart<'f>,
    /// How the start entered for it stands.
    pub(super) entered: Standing,
    /// The order it counts from.
    pub(super) base: Option<Issued<'f>>,
    /// Its start: the entered one, moved up to the base order.
    pub(super) start: Option<NaiveDate>,
}

/// The parts of the scope applied for, and the orders that cover them.
pub(super) struct Scope<'f> {
    /// In the order of their ids.
    pub(super) parts: Vec<Part<'f>>,
    /// Orders that establish (no second editions) and cover a part in scope, with their standing.
    pub(super) orders: Vec<(&'f IssueOrder<'f>, Standing)>,
}

impl<'f> Scope<'f> {
    pub(super) fn new(facts: &'f Facts<'f>, timing: Timing) -> Self {
        let mut parts: Vec<Part<'f>> = facts.scope_parts.iter().filter(|part| part.in_scope).map(|part| Part::new(part, timing)).collect();
        parts.sort_unstable_by(|one, other| one.facts.id.cmp(&other.facts.id));
        let mut scope = Self { parts, orders: Vec::new() };
        scope.apply_orders(facts, timing);
        for part in &mut scope.parts {
            let issued = part.base.map(|base| base.day);
            part.start = part.entered.day().map(|day| issued.map_or(day, |issued| day.max(issued)));
        }
        scope
    }

    /// Hands every order that happened to the parts it covers.
    fn apply_orders(&mut self, facts: &'f Facts<'f>, timing: Timing) {
        let mut everywhere = Vec::new();
        for order in &facts.issue_orders {
            if order.kind == IssueOrderKind::SecondEdition || !self.covers(order) {
                continue;
            }
            let standing = timing.pair(order.issued_on, order.planned_on);
            self.orders.push((order, standing));
            let Some(day) = standing.happened() else {
                continue;
            };
            let issued = Issued { order, day, seen: !standing.is_kept() };
            if order.part_ids.is_empty() {
                everywhere.push(issued);
            }
            for id in &order.part_ids {
                if let Some(part) = self.place(id.as_str()).and_then(|place| self.parts.get_mut(place)) {
                    part.base = Some(issued.or_better(part.base));
                }
            }
        }
        let everywhere = everywhere.into_iter().fold(None, |best, issued| Some(issued.or_better(best)));
        for part in &mut self.parts {
            part.base = everywhere.map_or(part.base, |issued| Some(issued.or_better(part.base)));
        }
    }

    /// Whether an order covers a part in scope.
    pub(super) fn covers(&self, order: &IssueOrder<'_>) -> bool {
        if order.part_ids.is_empty() { !self.parts.is_empty() } else { order.part_ids.iter().any(|id| self.place(id.as_str()).is_some()) }
    }

    /// The place of a part in scope among [`parts`](Self::parts).
    pub(super) fn place(&self, id: &str) -> Option<usize> {
        self.parts.binary_search_by(|part| part.facts.id.as_str().cmp(id)).ok()
    }

    /// The earliest start of the parts.
    pub(super) fn earliest_start(&self) -> Option<NaiveDate> {
        self.parts.iter().filter_map(|part| part.start).min()
    }
}

impl<'f> Part<'f> {
    fn new(part: &'f ScopePart<'f>, timing: Timing) -> Self {
        Self { facts: part, entered: timing.pair(part.start_on, part.planned_start_on), base: None, start: None }
    }
}

impl Issued<'_> {
    pub(super) fn re_establishes(self) -> bool {
        self.order.kind == IssueOrderKind::ReEstablishment
    }

    /// The better base order of two: a re-establishment before any other kind; of
    /// re-establishments the newest, of others the oldest; of one day the smallest id.
    fn or_better(self, other: Option<Self>) -> Self {
        let Some(other) = other else { return self };
        let by_day = if self.re_establishes() { other.day.cmp(&self.day) } else { self.day.cmp(&other.day) };
        let by_kind = other.re_establishes().cmp(&self.re_establishes());
        let order = by_kind.then(by_day).then_with(|| self.order.id.cmp(&other.order.id));
        if order.is_le() { self } else { other }
    }
}
