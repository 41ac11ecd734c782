//! What does this clause ask for, how is it proved, and what do auditors often find?

use super::reading::{Counts, Reading};
use crate::{
    access::Visit,
    catalogue::{Catalogue, Clause, Direction, Document, Grade, Kpi, OtherStandard, Period, Process, Requirement, TypicalNonconformity, Unit, catalogue},
    shell::Frame,
    web::{Error, Result, page},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};

#[derive(Template)]
#[template(path = "catalogue/clause.html")]
struct ClausePage {
    frame: Frame,
    read: Reading,
    all: &'static Catalogue,
    clause: &'static Clause,
    above: Vec<&'static Clause>,
    below: Vec<(&'static Clause, Counts)>,
    counts: Counts,
    items: Vec<&'static Requirement>,
    process: Option<&'static Process>,
    controls: Vec<&'static Requirement>,
    documents: Vec<&'static Document>,
    kpis: Vec<&'static Kpi>,
    nonconformities: Vec<&'static TypicalNonconformity>,
    mapping: Vec<(&'static str, String)>,
    before: Option<&'static Clause>,
    after: Option<&'static Clause>,
}

/// The page of a clause.
pub(super) fn show(visit: &Visit, id: &str) -> Result<Response> {
    let all = catalogue();
    let clause = all.clause(id).ok_or(Error::NotFound)?;
    let id = clause.id.as_str();
    let read = Reading::of(visit);
    let (before, after) = neighbours(all.clauses(), id);
    let drawn = ClausePage {
        frame: Frame::of(visit, format!("{id} {}", read.mine(&clause.title))),
        all,
        clause,
        above: above(all, clause),
        below: all
            .clauses()
            .iter()
            .filter(|other| other.parent.as_deref() == Some(id))
            .map(|other| (other, Counts::of(all.requirements_of(&other.id))))
            .collect(),
        counts: Counts::of(all.requirements_of(id)),
        items: all.requirements_of(id).filter(|item| item.clause == id).collect(),
        process: all.process(id),
        controls: all.control_items().iter().filter(|item| item.clause == id).collect(),
        documents: all.documents().iter().filter(|document| document.clauses.iter().any(|served| served == id)).collect(),
        kpis: all.kpis_of(id).collect(),
        nonconformities: all.nonconformities_of(id).filter(|one| one.clause == id).collect(),
        mapping: mapping(all, clause, &read),
        before,
        after,
        read,
    };
    page(StatusCode::OK, &drawn)
}

/// The clauses before and after in the order of the standard.
fn neighbours(clauses: &'static [Clause], id: &str) -> (Option<&'static Clause>, Option<&'static Clause>) {
    let Some(place) = clauses.iter().position(|clause| clause.id == id) else { return (None, None) };
    (place.checked_sub(1).and_then(|before| clauses.get(before)), clauses.get(place + 1))
}

/// The clauses above, from the top.
fn above(all: &'static Catalogue, clause: &'static Clause) -> Vec<&'static Clause> {
    let mut above: Vec<&Clause> =
        std::iter::successors(all.clause(clause.parent.as_deref().unwrap_or_default()), |one| all.clause(one.parent.as_deref()?)).collect();
    above.reverse();
    above
}

/// The other standards with their clauses on the same subject.
fn mapping(all: &'static Catalogue, clause: &'static Clause, read: &Reading) -> Vec<(&'static str, String)> {
    let standards = [
        ("ISO/IEC 20000-1:2011", OtherStandard::Edition2011),
        ("ISO/IEC 20000-1:2018", OtherStandard::Edition2018),
        ("ISO 9001:2015", OtherStandard::Iso9001),
        ("ISO/IEC 27001:2022", OtherStandard::Iso27001),
    ];
    let mut rows: Vec<(&'static str, String)> = standards
        .into_iter()
        .map(|(name, standard)| (name, all.counterparts(&clause.id, standard)))
        .filter(|(_, found)| !found.is_empty())
        .map(|(name, found)| (name, read.counterparts(found)))
        .collect();
    if !clause.itil_v2.is_empty() {
        rows.push(("ITIL v2", clause.itil_v2.join(read.say.list_comma())));
    }
    rows
}

impl ClausePage {
    fn unit(&self, kpi: &Kpi) -> &'static str {
        let say = self.read.say;
        match kpi.unit {
            Unit::Percent => "%",
            Unit::Count => say.standard_unit_count(),
            Unit::Hours => say.standard_unit_hours(),
            Unit::PerThousand => "‰",
            Unit::PerRelease => say.standard_unit_per_release(),
        }
    }

    fn direction(&self, kpi: &Kpi) -> &'static str {
        match kpi.direction {
            Direction::Higher => self.read.say.standard_direction_higher(),
            Direction::Lower => self.read.say.standard_direction_lower(),
        }
    }

    /// The starting value with the sign of its direction.
    fn target(kpi: &Kpi) -> String {
        match kpi.direction {
            Direction::Higher => format!("≥ {}", kpi.target),
            Direction::Lower => format!("≤ {}", kpi.target),
        }
    }

    fn period(&self, kpi: &Kpi) -> &'static str {
        let say = self.read.say;
        match kpi.period {
            Period::Month => say.standard_period_month(),
            Period::Quarter => say.standard_period_quarter(),
            Period::Year => say.standard_period_year(),
        }
    }

    fn grade(&self, one: &TypicalNonconformity) -> &'static str {
        match one.grade {
            Grade::Major => self.read.say.finding_grade_major(),
            Grade::Minor => self.read.say.finding_grade_minor(),
        }
    }

    /// The criterion that a control item asks, by the last part of its id.
    fn criterion(&self, item: &Requirement) -> Option<&'static crate::catalogue::Criterion> {
        self.all.criterion(item.id.rsplit('-').next()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_know_their_neighbours_and_what_is_above() {
        let all = catalogue();
        let ids = |found: (Option<&Clause>, Option<&Clause>)| (found.0.map(|one| one.id.clone()), found.1.map(|one| one.id.clone()));
        assert_eq!(ids(neighbours(all.clauses(), "3")), (None, Some("3.1".to_owned())));
        assert_eq!(ids(neighbours(all.clauses(), "10.1")), (Some("10".to_owned()), None));
        assert_eq!(ids(neighbours(all.clauses(), "11")), (None, None));
        let clause = all.clause("4.4.2").expect("a clause");
        assert_eq!(above(all, clause).iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["4", "4.4"]);
    }
}
