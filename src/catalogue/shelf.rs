use std::collections::HashMap;

use super::documents::Document;
use super::fault::{CatalogueFault, Problem};
use super::field::{Edition, Fact, Term, TypicalNonconformity};
use super::journey::{PlanStep, Step};
use super::kpis::Kpi;
use super::standard::{Clause, Criterion, Group, LaterSubject, Process, Requirement};

/// What can stand on a shelf: an entry with an id that is unique in its file.
pub(super) trait Entry {
    fn id(&self) -> &str;
}

macro_rules! keyed {
    ($key:ident: $($entry:ty),+) => {
        $(impl Entry for $entry {
            fn id(&self) -> &str {
                &self.$key
            }
        })+
    };
}

keyed!(id: Clause, LaterSubject, Group, Process, Criterion, Requirement, Step, PlanStep, Kpi, Term, Edition, Fact, TypicalNonconformity);
keyed!(code: Document);

/// Entries of one file, in its order, found by id.
#[derive(Debug)]
pub(super) struct Shelf<T> {
    entries: Vec<T>,
    places: HashMap<String, usize>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), places: HashMap::new() }
    }
}

impl<T: Entry> Shelf<T> {
    /// Fails on the second entry with the same id.
    pub(super) fn new(file: &'static str, entries: Vec<T>) -> Result<Self, CatalogueFault> {
        let mut places = HashMap::with_capacity(entries.len());
        for (place, entry) in entries.iter().enumerate() {
            if places.insert(entry.id().to_owned(), place).is_some() {
                return Err(CatalogueFault::new(file, entry.id(), Problem::Repeated));
            }
        }
        Ok(Self { entries, places })
    }

    pub(super) fn get(&self, id: &str) -> Option<&T> {
        self.places.get(id).and_then(|place| self.entries.get(*place))
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.places.contains_key(id)
    }

    pub(super) fn all(&self) -> &[T] {
        &self.entries
    }
}
