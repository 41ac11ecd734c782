//! E1, legal status (contract section 5): each group of papers is judged by its best paper, the
//! condition by its worst group.

use super::calendar::add_months;
use super::facts::{Applicant, ApplicantKind as Kind, Code, Facts, LegalDocument, LegalDocumentKind as Paper, LegalDocumentStatus};
use super::rules::{LegalDocumentRule, PermitRule};
use super::ruling::{Outcome, Ruling, code_of};
use super::timing::Timing;
use super::verdict::{Basis, Condition, ConditionName};
use chrono::NaiveDate;

/// Papers any one of which will do.
struct Group<'f> {
    /// Its label; a permit's is its code.
    label: Label<'f>,
    kinds: &'static [Paper],
}

#[derive(Clone, Copy)]
enum Label<'f> {
    Plain(&'static str),
    Permit(&'f Code<'f>),
}

/// How a paper stands; from best to worst result, the last two being one result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Valid,
    Future,
    Unproved,
    Expired,
    Dead,
}

pub(super) fn assess<'f>(facts: &'f Facts<'f>, timing: Timing) -> Condition<'f> {
    let mut ruling = Ruling::new(ConditionName::LegalStatus);
    let mut papers: Vec<&LegalDocument<'f>> = facts.legal_documents.iter().collect();
    papers.sort_unstable_by_key(|paper| paper.permit_code.as_ref());
    let judge = Judge { facts, timing, papers };
    if let Some(row) = path_row(facts.applicant.kind) {
        ruling.row(row);
    }
    let groups = judge.groups();
    let outcomes: Vec<Outcome> = groups.iter().map(|group| judge.group(group, &mut ruling)).collect();
    let outcome = outcomes.into_iter().reduce(worse).unwrap_or(Outcome::Unknown);
    if facts.rules.permit_rule == PermitRule::Warn {
        judge.warn_of_permits(&mut ruling);
    }
    if matches!(outcome, Outcome::Met(_)) && judge.expires_before_stage2(&groups) {
        ruling.row(11);
        ruling.warn("expires_before_stage2");
    }
    ruling.close(outcome)
}

/// The worse of two groups; of two that stand alike the later.
fn worse(one: Outcome, other: Outcome) -> Outcome {
    if (one.status(), one.day()) >= (other.status(), other.day()) { one } else { other }
}

/// The row of the applicant's own path, whatever comes of it.
fn path_row(kind: Kind) -> Option<u8> {
    match kind {
        Kind::CnCompany => None,
        Kind::CnForeignInvested => Some(3),
        Kind::CnPublicInstitution | Kind::CnSocialOrganisation => Some(8),
        Kind::CnBranch => Some(7),
        Kind::Overseas | Kind::HkMoTw => Some(2),
    }
}

struct Judge<'f> {
    facts: &'f Facts<'f>,
    timing: Timing,
    /// All papers by permit code, those that are no permits first.
    papers: Vec<&'f LegalDocument<'f>>,
}

impl<'f> Judge<'f> {
    fn applicant(&self) -> &'f Applicant<'f> {
        &self.facts.applicant
    }

    fn groups(&self) -> Vec<Group<'f>> {
        const LICENCES: &[Paper] = &[Paper::BusinessLicence, Paper::LegalPersonLicence];
        const COMPANY: &[Paper] = &[Paper::BusinessLicence, Paper::LegalPersonLicence, Paper::ProductionLicence, Paper::EquivalentCertificate];
        let plain = |label, kinds| Group { label: Label::Plain(label), kinds };
        let mut groups = Vec::new();
        match self.applicant().kind {
            Kind::CnCompany | Kind::CnForeignInvested => match self.facts.rules.legal_document_rule {
                LegalDocumentRule::AnyOne => groups.push(plain("legal_document", COMPANY)),
                LegalDocumentRule::LicenceAlways => {
                    groups.push(plain("business_licence", LICENCES));
                    if self.applicant().production_licence_required {
                        groups.push(plain("production_licence", &[Paper::ProductionLicence]));
                    }
                }
            },
            Kind::CnPublicInstitution | Kind::CnSocialOrganisation => {
                groups.push(plain("legal_document", &[Paper::LegalPersonCertificate, Paper::EquivalentCertificate]));
            }
            Kind::CnBranch => {
                groups.push(plain("parent_licence", &[Paper::ParentLicence]));
                groups.push(plain("parent_authorisation", &[Paper::ParentAuthorisation]));
            }
            Kind::Overseas | Kind::HkMoTw => {
                groups.push(plain("legal_document", &[Paper::RegistrationCertificate]));
            }
        }
        if self.facts.rules.permit_rule == PermitRule::Block {
            groups.extend(self.permits());
        }
        groups
    }

    /// A group for each permit required, however often it is named.
    fn permits(&self) -> impl Iterator<Item = Group<'f>> {
        let codes = super::ruling::in_order(self.applicant().permits_required.iter().collect());
        codes.into_iter().map(|code| Group { label: Label::Permit(code), kinds: &[Paper::Permit] })
    }

    fn papers(&self, group: &Group<'f>) -> impl Iterator<Item = (&'f LegalDocument<'f>, State)> {
        let wanted = match group.label {
            Label::Plain(_) => None,
            Label::Permit(code) => Some(code),
        };
        let from = self.papers.partition_point(|paper| paper.permit_code.as_ref() < wanted);
        let papers = self.papers.iter().copied().skip(from).take_while(move |paper| paper.permit_code.as_ref() == wanted);
        let papers = papers.filter(|paper| group.kinds.contains(&paper.kind));
        papers.map(|paper| (paper, self.state(paper)))
    }

    /// The first state that fits.
    fn state(&self, paper: &LegalDocument<'_>) -> State {
        let dead = matches!(paper.status, LegalDocumentStatus::Revoked | LegalDocumentStatus::Cancelled);
        if dead && self.timing.holds(paper.status_since) {
            State::Dead
        } else if paper.valid_to.is_some_and(|last| last < self.timing.on) {
            State::Expired
        } else if self.gaps(paper).into_iter().any(|(_, lacking)| lacking) {
            State::Unproved
        } else if paper.valid_from > self.timing.on {
            State::Future
        } else {
            State::Valid
        }
    }

    /// What proof a paper can lack, and whether it does.
    fn gaps(&self, paper: &LegalDocument<'_>) -> [(&'static str, bool); 4] {
        let extract = || self.timing.seen(paper.extract_on);
        let stale =
            paper.kind == Paper::RegistrationCertificate && paper.valid_to.is_none() && extract().is_none_or(|day| self.timing.on > add_months(day, 12));
        [
            ("document_file", paper.file_id.is_none()),
            ("document_holder", !self.is_holder(paper)),
            ("document_translation", paper.needs_translation && paper.translation_file_id.is_none()),
            ("registry_extract", stale),
        ]
    }

    fn is_holder(&self, paper: &LegalDocument<'_>) -> bool {
        let applicant = self.applicant();
        let own = paper.holder_name == applicant.legal_name;
        let parents = applicant.parent_name.as_ref() == Some(&paper.holder_name);
        match paper.kind {
            Paper::ParentLicence => parents,
            Paper::Permit if applicant.kind == Kind::CnBranch => own || parents,
            _ => own,
        }
    }

    fn group(&self, group: &Group<'f>, ruling: &mut Ruling<'f>) -> Outcome {
        let outcome = self.papers(group).map(|(paper, state)| result(paper.valid_from, state)).reduce(better);
        if let Some(outcome) = outcome {
            for (paper, state) in self.papers(group).filter(|(paper, state)| result(paper.valid_from, *state).status() == outcome.status()) {
                self.cite(group, paper, state, ruling);
            }
        }
        let outcome = outcome.unwrap_or_else(|| self.empty_group(group, ruling));
        if let (Label::Permit(code), false) = (group.label, matches!(outcome, Outcome::Met(_))) {
            ruling.row(9);
            ruling.lack_of("permit", code.as_str());
        }
        outcome
    }

    fn empty_group(&self, group: &Group<'f>, ruling: &mut Ruling<'f>) -> Outcome {
        let Label::Plain(label) = group.label else {
            return Outcome::NotMet;
        };
        ruling.lack(label);
        if self.applicant().kind == Kind::CnBranch {
            return Outcome::NotMet;
        }
        ruling.row(10);
        Outcome::Unknown
    }

    /// Rows, codes and evidence of a paper that decides its group.
    fn cite(&self, group: &Group<'f>, paper: &'f LegalDocument<'f>, state: State, ruling: &mut Ruling<'f>) {
        ruling.evidence(&paper.id);
        match state {
            State::Dead => ruling.row(6),
            State::Expired => ruling.row(4),
            State::Future => ruling.row(5),
            State::Unproved => {
                ruling.row(10);
                let lacking = self.gaps(paper).into_iter().filter(|(_, lacking)| *lacking);
                ruling.lack_all(lacking.map(|(code, _)| code_of(code, paper.id.as_str())));
            }
            State::Valid => {
                let foreign = matches!(self.applicant().kind, Kind::CnBranch | Kind::Overseas | Kind::HkMoTw);
                if matches!(group.label, Label::Plain(_)) && !foreign {
                    ruling.row(1);
                }
                if paper.status == LegalDocumentStatus::Abnormal && self.timing.holds(paper.status_since) {
                    ruling.row(6);
                    ruling.warn_of("abnormal_operation", paper.id.as_str());
                }
            }
        }
    }

    fn warn_of_permits(&self, ruling: &mut Ruling<'f>) {
        for group in self.permits() {
            if let (Label::Permit(code), false) = (group.label, self.papers(&group).any(|(_, state)| state == State::Valid)) {
                ruling.row(9);
                ruling.warn_of("permit", code.as_str());
            }
        }
    }

    /// Whether stage 2 lies ahead and some group has no proved paper that reaches it (E1-11).
    fn expires_before_stage2(&self, groups: &[Group<'f>]) -> bool {
        let Some(stage2) = self.facts.planned_stage2_on.filter(|day| *day >= self.timing.on) else {
            return false;
        };
        let reaches = |paper: &LegalDocument<'_>| paper.valid_from <= stage2 && paper.valid_to.is_none_or(|last| stage2 <= last);
        let proved = |state| !matches!(state, State::Dead | State::Unproved);
        groups.iter().any(|group| !self.papers(group).any(|(paper, state)| proved(state) && reaches(paper)))
    }
}

fn result(valid_from: NaiveDate, state: State) -> Outcome {
    match state {
        State::Valid => Outcome::Met(valid_from),
        State::Future => Outcome::NotYet(valid_from, Basis::Calendar),
        State::Unproved => Outcome::Unknown,
        State::Expired | State::Dead => Outcome::NotMet,
    }
}

/// The better of two papers; of two that stand alike the earlier.
fn better(one: Outcome, other: Outcome) -> Outcome {
    if (one.status(), one.day()) <= (other.status(), other.day()) { one } else { other }
}
