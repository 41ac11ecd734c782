//! What must hold between the objects of one facts document: unique ids and items, references that lead somewhere.

use super::clauses::ItemSet;
use super::facts::Facts;
use super::names::Id;
use super::reading::{Fault, fault, within};
use std::collections::HashSet;

/// Where an id stands: its list, its place there, and for a finding its place in the audit.
type Place = (&'static str, usize, Option<usize>);

/// Checks one document whose objects are in order by themselves.
pub(super) fn check(facts: &Facts<'_>) -> Result<(), Fault> {
    check_ids(facts)?;
    check_items(facts)?;
    check_parts(facts)?;
    check_departments(facts)
}

fn visit_ids<'f>(facts: &'f Facts<'_>, visit: &mut impl FnMut(&'f Id<'f>, Place)) {
    visit(&facts.applicant.id, ("applicant", 0, None));
    macro_rules! visit_list {
        ($($list:ident)+) => {
            $(for (place, object) in facts.$list.iter().enumerate() {
                visit(&object.id, (stringify!($list), place, None));
            })+
        };
    }
    visit_list!(legal_documents departments scope_parts issue_orders restarts suspensions documents operating_records);
    visit_list!(audits reviews penalties declarations credit_searches);
    for (place, audit) in facts.audits.iter().enumerate() {
        for (inner, finding) in audit.findings.iter().enumerate() {
            visit(&finding.id, ("audits", place, Some(inner)));
        }
    }
}

fn check_ids(facts: &Facts<'_>) -> Result<(), Fault> {
    // Nearly every document is clean: equal ids have equal digests, and sorting numbers is cheaper
    // than a table of strings. Only equal digests call for the exact look.
    let mut digests = Vec::with_capacity(128);
    visit_ids(facts, &mut |id, _| digests.push(digest(id.as_str())));
    digests.sort_unstable();
    if digests.windows(2).all(|pair| pair.first() != pair.last()) {
        return Ok(());
    }
    let mut seen = HashSet::new();
    let mut twice = None;
    visit_ids(facts, &mut |id, place| {
        if !seen.insert(id.as_str()) {
            twice.get_or_insert(place);
        }
    });
    twice.map_or(Ok(()), |place| Err(at(place, fault("this id is given twice"))))
}

fn at((list, place, finding): Place, found: Fault) -> Fault {
    let found = within(found, "id");
    if list == "applicant" {
        return within(found, list);
    }
    let found = match finding {
        Some(inner) => within(within(found, &inner.to_string()), "findings"),
        None => found,
    };
    within(within(found, &place.to_string()), list)
}

/// A number that equal strings share.
fn digest(text: &str) -> u64 {
    let mix = |state: u64, word: u64| (state.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    let mut chunks = text.as_bytes().chunks_exact(8);
    let mut state = text.len() as u64;
    for chunk in &mut chunks {
        state = mix(state, chunk.try_into().map_or(0, u64::from_le_bytes));
    }
    let rest = chunks.remainder().iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    mix(state, rest)
}

fn check_items(facts: &Facts<'_>) -> Result<(), Fault> {
    let mut seen = ItemSet::new();
    for (place, required) in facts.required_items.iter().enumerate() {
        if !seen.insert(required.item) {
            let found = within(fault("this item is given twice"), "item");
            return Err(within(within(found, &place.to_string()), "required_items"));
        }
    }
    Ok(())
}

/// The ids of one list, ready to be looked up.
struct Known<'f>(Vec<&'f str>);

impl<'f> Known<'f> {
    fn new(ids: impl Iterator<Item = &'f Id<'f>>) -> Self {
        let mut known: Vec<&str> = ids.map(Id::as_str).collect();
        known.sort_unstable();
        Self(known)
    }

    fn check(&self, id: &Id<'_>) -> Result<(), Fault> {
        match self.0.binary_search(&id.as_str()) {
            Ok(_) => Ok(()),
            Err(_) => Err(fault("this id names nothing")),
        }
    }

    fn check_all(&self, ids: &[Id<'_>]) -> Result<(), Fault> {
        ids.iter().enumerate().try_for_each(|(place, id)| self.check(id).map_err(|found| within(found, &place.to_string())))
    }
}

fn check_parts(facts: &Facts<'_>) -> Result<(), Fault> {
    let known = Known::new(facts.scope_parts.iter().map(|part| &part.id));
    let placed = |found, place: usize, list| within(within(within(found, "part_ids"), &place.to_string()), list);
    for (place, order) in facts.issue_orders.iter().enumerate() {
        known.check_all(&order.part_ids).map_err(|found| placed(found, place, "issue_orders"))?;
    }
    for (place, audit) in facts.audits.iter().enumerate() {
        known.check_all(&audit.part_ids).map_err(|found| placed(found, place, "audits"))?;
    }
    Ok(())
}

fn check_departments(facts: &Facts<'_>) -> Result<(), Fault> {
    let known = Known::new(facts.departments.iter().map(|department| &department.id));
    for (place, audit) in facts.audits.iter().enumerate() {
        for (inner, area) in audit.areas.iter().enumerate() {
            let placed = |found| within(within(within(within(found, &inner.to_string()), "areas"), &place.to_string()), "audits");
            known.check(&area.department_id).map_err(|found| placed(within(found, "department_id")))?;
            for (nth, auditor) in area.auditors.iter().enumerate() {
                let Some(department) = &auditor.department_id else {
                    continue;
                };
                known.check(department).map_err(|found| placed(within(within(within(found, "department_id"), &nth.to_string()), "auditors")))?;
            }
        }
    }
    Ok(())
}
