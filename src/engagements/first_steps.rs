//! What a new engagement still lacks: facts, scope, people, roles.

/// What is there.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Counts {
    /// Persons of the register.
    pub people: i64,
    /// Departments.
    pub departments: i64,
    /// Scope parts that lie in the scope.
    pub scope_parts: i64,
    /// Scope parts without an address.
    pub without_address: i64,
    /// Whether the scope is written in Chinese.
    pub scope_zh: bool,
    /// Whether the scope is written in English.
    pub scope_en: bool,
    /// Whether the parent is named, or need not be.
    pub parent_named: bool,
    /// Persons who have the role of management representative.
    pub mgmt_reps: i64,
    /// Persons who have the role of top management.
    pub top_management: i64,
    /// Whether the day of application is known or planned.
    pub application_on: bool,
}

/// A step that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Name the legal entity that the branch belongs to.
    Parent,
    /// Write the scope, in both languages.
    Scope,
    /// Enter a site or other part of the scope.
    ScopePart,
    /// Enter the address of each site.
    Address,
    /// Enter the departments.
    Departments,
    /// Enter the people.
    People,
    /// Give somebody the role of management representative.
    MgmtRep,
    /// Give somebody the role of top management.
    TopManagement,
    /// Enter the day on which to apply.
    Application,
}

/// The open steps, in the order in which they are best taken.
pub fn open(counts: &Counts) -> Vec<Step> {
    [
        (Step::Parent, !counts.parent_named),
        (Step::Scope, !counts.scope_zh || !counts.scope_en),
        (Step::ScopePart, counts.scope_parts == 0),
        (Step::Address, counts.scope_parts > 0 && counts.without_address > 0),
        (Step::Departments, counts.departments == 0),
        // The person who opened the engagement is in the register from the start.
        (Step::People, counts.people < 2),
        (Step::MgmtRep, counts.mgmt_reps == 0),
        (Step::TopManagement, counts.top_management == 0),
        (Step::Application, !counts.application_on),
    ]
    .into_iter()
    .filter_map(|(step, is_open)| is_open.then_some(step))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_engagement_lacks_most_and_a_complete_one_nothing() {
        let new = Counts { people: 1, scope_parts: 1, parent_named: true, scope_zh: true, ..Counts::default() };
        assert_eq!(open(&new), [Step::Scope, Step::Departments, Step::People, Step::MgmtRep, Step::TopManagement, Step::Application]);
        let complete = Counts {
            people: 42,
            departments: 5,
            scope_parts: 1,
            without_address: 0,
            scope_zh: true,
            scope_en: true,
            parent_named: true,
            mgmt_reps: 1,
            top_management: 1,
            application_on: true,
        };
        assert_eq!(open(&complete), []);
        assert_eq!(open(&Counts { parent_named: false, without_address: 1, ..complete }), [Step::Parent, Step::Address]);
    }
}
