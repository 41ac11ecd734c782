//! Who may lead, who may be given a role, and which role may end.

use crate::access::{Permission, Role, permissions::allowed};
use chrono::NaiveDate;
use uuid::Uuid;

/// A role that somebody has: membership, person, role, whether the person can sign in with it, and its last day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The membership.
    pub id: Uuid,
    /// The person.
    pub person: Uuid,
    /// The role.
    pub role: Role,
    /// Whether an account stands behind it, so that it can be used today.
    pub acts: bool,
    /// Its last day.
    pub until: Option<NaiveDate>,
}

/// Why a role is not given or does not end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody would be left to give roles with knowledge of the client.
    LastManager,
    /// The person leads the engagement by this role.
    Leads,
    /// An external reader needs a last day.
    NeedsLastDay,
    /// The last day is over.
    LastDayPassed,
    /// Who only looks after access may not let themself in to the content.
    OwnAccess,
}

/// Whether somebody with these roles may lead an engagement: a consultant, or the management representative.
pub fn may_lead(roles: &[Role]) -> bool {
    roles.iter().any(|role| matches!(role, Role::Consultant | Role::MgmtRep))
}

/// Whether a membership may end on `today`.
pub fn may_end(held: &[Held], ends: Uuid, lead: Option<Uuid>, today: NaiveDate) -> Option<Refusal> {
    let ending = held.iter().find(|one| one.id == ends)?;
    if !may_lead(&[ending.role]) {
        return None;
    }
    let stays = |one: &&Held| one.id != ends && may_lead(&[one.role]) && one.until.is_none_or(|day| day >= today);
    if !held.iter().filter(stays).any(|one| one.acts) {
        return Some(Refusal::LastManager);
    }
    let leads = lead == Some(ending.person) && !held.iter().filter(stays).any(|one| one.person == ending.person);
    leads.then_some(Refusal::Leads)
}

/// Whether `giver` may give these roles to `receiver` until a day.
pub fn may_give(giver: (Uuid, &[Role]), receiver: Uuid, roles: &[Role], until: Option<NaiveDate>, today: NaiveDate) -> Option<Refusal> {
    let (person, own) = giver;
    if roles.contains(&Role::ExternalReader) && until.is_none() {
        return Some(Refusal::NeedsLastDay);
    }
    if until.is_some_and(|day| day < today) {
        return Some(Refusal::LastDayPassed);
    }
    let only_looks_after_access = !may_lead(own);
    let opens_content = roles.iter().any(|role| allowed(&[*role], Permission::ViewEngagement));
    (person == receiver && only_looks_after_access && opens_content).then_some(Refusal::OwnAccess)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn held(n: u128, person: u128, role: Role, acts: bool) -> Held {
        Held { id: id(n), person: id(person), role, acts, until: None }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_lead_is_a_consultant_or_the_management_representative() {
        for role in Role::ALL {
            assert_eq!(may_lead(&[Role::Staff, role]), matches!(role, Role::Consultant | Role::MgmtRep), "{role:?}");
        }
    }

    #[test]
    fn the_last_manager_stays() {
        let today = day("2026-11-20");
        let alone = [held(1, 1, Role::Consultant, true), held(2, 2, Role::MgmtRep, false), held(3, 3, Role::Administrator, true)];
        assert_eq!(may_end(&alone, id(1), None, today), Some(Refusal::LastManager));
        assert_eq!(may_end(&alone, id(2), None, today), None);
        assert_eq!(may_end(&alone, id(3), None, today), None);
        assert_eq!(may_end(&alone, id(9), None, today), None);
        let mut two = [held(1, 1, Role::Consultant, true), held(2, 2, Role::MgmtRep, true)];
        assert_eq!(may_end(&two, id(1), None, today), None);
        assert_eq!(may_end(&two, id(1), Some(id(1)), today), Some(Refusal::Leads));
        two[1].until = Some(day("2026-11-19"));
        assert_eq!(may_end(&two, id(1), None, today), Some(Refusal::LastManager));
        let both = [held(1, 1, Role::Consultant, true), held(2, 1, Role::MgmtRep, true)];
        assert_eq!(may_end(&both, id(1), Some(id(1)), today), None, "still leads by the other role");
    }

    #[test]
    fn roles_are_given_with_care() {
        let today = day("2026-11-20");
        let consultant = (id(1), &[Role::Consultant][..]);
        let access = (id(2), &[Role::Administrator][..]);
        for (giver, receiver, roles, until, want) in [
            (consultant, 3, &[Role::ExternalReader][..], None, Some(Refusal::NeedsLastDay)),
            (consultant, 3, &[Role::ExternalReader], Some("2026-11-20"), None),
            (consultant, 3, &[Role::Staff], Some("2026-11-19"), Some(Refusal::LastDayPassed)),
            (consultant, 1, &[Role::InternalAuditor], None, None),
            (access, 2, &[Role::Consultant], None, Some(Refusal::OwnAccess)),
            (access, 2, &[Role::Staff], None, None),
            (access, 3, &[Role::MgmtRep], None, None),
        ] {
            assert_eq!(may_give(giver, id(receiver), roles, until.map(day), today), want, "{receiver} {roles:?} {until:?}");
        }
    }
}
