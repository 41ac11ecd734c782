//! What people call the things that facts name by id, and where each is kept.

use super::{
    engine::facts::{
        Audit, CreditSearch, Declaration, Document, Facts, Finding, IssueOrder, LegalDocument, LegalDocumentKind, LegalDocumentStatus, Penalty, Restart,
        Review, ScopePart, Suspension,
    },
    facts::Names,
};
use crate::words::{Language, Say};
use chrono::NaiveDate;
use std::collections::HashMap;

/// A thing that facts name by id.
#[derive(Clone, Copy, Debug)]
pub(super) enum Thing<'f> {
    /// A paper of legal status.
    Paper(&'f LegalDocument<'f>),
    /// A site.
    Part(&'f ScopePart<'f>),
    /// An issue order.
    Order(&'f IssueOrder<'f>),
    /// A mark that the clock restarts.
    Restart(&'f Restart<'f>),
    /// A stop.
    Suspension(&'f Suspension<'f>),
    /// A document that is not in force.
    Document(&'f Document<'f>),
    /// An audit.
    Audit(&'f Audit<'f>),
    /// A finding of an audit.
    Finding(&'f Finding<'f>),
    /// A review.
    Review(&'f Review<'f>),
    /// A penalty.
    Penalty(&'f Penalty<'f>),
    /// A declaration of no penalty.
    Declaration(&'f Declaration<'f>),
    /// A credit search.
    Search(&'f CreditSearch<'f>),
    /// A department.
    Department,
}

/// Finds things, names and addresses.
#[derive(Debug)]
pub(super) struct Labels<'f> {
    things: HashMap<&'f str, Thing<'f>>,
    names: &'f Names<'f>,
    pub(super) say: Say,
    base: String,
    as_of: NaiveDate,
}

impl<'f> Labels<'f> {
    /// Those of these facts, for pages below `base` (`/e/HL`).
    pub(super) fn new(facts: &'f Facts<'f>, names: &'f Names<'f>, say: Say, base: String) -> Self {
        let mut things = HashMap::with_capacity(128);
        macro_rules! all { ($($list:ident: $thing:ident),*) => {$( things.extend(facts.$list.iter().map(|one| (one.id.as_str(), Thing::$thing(one)))); )*}; }
        all!(legal_documents: Paper, scope_parts: Part, issue_orders: Order, restarts: Restart, suspensions: Suspension, audits: Audit, reviews: Review,
            penalties: Penalty, declarations: Declaration, credit_searches: Search);
        things.extend(facts.departments.iter().map(|one| (one.id.as_str(), Thing::Department)));
        let ahead = facts.documents.iter().filter(|document| document.effective_on.is_none_or(|day| day > facts.as_of));
        things.extend(ahead.map(|one| (one.id.as_str(), Thing::Document(one))));
        for audit in &facts.audits {
            things.extend(audit.findings.iter().map(|one| (one.id.as_str(), Thing::Finding(one))));
        }
        Self { things, names, say, base, as_of: facts.as_of }
    }

    /// The thing of an id; none for records and documents in force.
    pub(super) fn thing(&self, id: &str) -> Option<Thing<'f>> {
        self.things.get(id).copied()
    }

    /// An address within the engagement.
    pub(super) fn path(&self, rest: &str) -> String {
        format!("{}{rest}", self.base)
    }

    /// The name that people gave, if any.
    fn name(&self, id: &str) -> Option<&'f str> {
        let (zh, en, _) = self.names.get(id)?;
        let name: &'f str = if self.say.language == Language::Chinese { zh } else { en };
        Some(name).filter(|name| !name.is_empty())
    }

    /// Who owns it, if anybody.
    pub(super) fn owner(&self, id: &str) -> Option<&'f str> {
        let (_, _, owner) = self.names.get(id)?;
        Some(&**owner).filter(|owner| !owner.is_empty())
    }

    /// What people call it.
    pub(super) fn label(&self, id: &str) -> String {
        let say = self.say;
        let Some(thing) = self.thing(id) else { return self.name(id).unwrap_or(id).to_owned() };
        let named = || self.name(id).map(isolated);
        match thing {
            Thing::Paper(paper) => match &paper.number {
                Some(number) => format!("{} {}", paper_kind(say, paper.kind), isolated(number.as_str())),
                None => match &paper.permit_code {
                    Some(code) => format!("{} {}", paper_kind(say, paper.kind), code.as_str()),
                    None => paper_kind(say, paper.kind).to_owned(),
                },
            },
            Thing::Order(order) => {
                let day = order.issued_on.or(order.planned_on).map(|day| day.to_string());
                say.ready_fact_order(named().or(day).unwrap_or_default()).trim_end().to_owned()
            }
            Thing::Restart(restart) => say.ready_fact_restart(restart.on),
            Thing::Suspension(stop) => say.ready_fact_suspension(stop.from_on),
            Thing::Document(_) => named().unwrap_or_else(|| say.ready_fact_document().to_owned()),
            Thing::Review(review) => named().unwrap_or_else(|| {
                let day = review.held_on.or(review.planned_on).map(|day| day.to_string()).unwrap_or_default();
                say.ready_fact_review(day).trim_end().to_owned()
            }),
            Thing::Penalty(penalty) => say.ready_fact_penalty(penalty.decided_on, isolated(penalty.authority.as_str())),
            Thing::Declaration(declaration) => say.ready_fact_declaration(declaration.signed_on),
            Thing::Search(search) => say.ready_fact_search(isolated(search.source.as_str()), search.searched_on),
            Thing::Part(_) | Thing::Audit(_) | Thing::Finding(_) | Thing::Department => named().unwrap_or_else(|| id.to_owned()),
        }
    }

    /// The page where it is kept.
    pub(super) fn href(&self, id: &str) -> Option<String> {
        let register = match self.thing(id)? {
            Thing::Paper(_) => "legal-documents",
            Thing::Part(_) => "scope-parts",
            Thing::Order(_) => "issue-orders",
            Thing::Restart(_) => "restarts",
            Thing::Suspension(_) => "suspensions",
            Thing::Document(_) => "documents",
            Thing::Audit(_) => "audits",
            Thing::Finding(_) => "findings",
            Thing::Review(_) => "reviews",
            Thing::Penalty(_) => "penalties",
            Thing::Declaration(_) => "no-penalty-declarations",
            Thing::Search(_) => "credit-searches",
            Thing::Department => return Some(self.path("/departments")),
        };
        Some(self.path(&format!("/{register}/{id}")))
    }

    /// The register it is kept in, in words.
    pub(super) fn source(&self, id: &str) -> &'static str {
        let say = self.say;
        match self.thing(id) {
            Some(Thing::Paper(_)) => say.nav_legal_documents(),
            Some(Thing::Part(_)) => say.nav_scope(),
            Some(Thing::Order(_)) => say.nav_issue_orders(),
            Some(Thing::Restart(_) | Thing::Suspension(_)) => say.nav_operation(),
            Some(Thing::Document(_)) => say.nav_documents(),
            Some(Thing::Audit(_) | Thing::Finding(_)) => say.nav_audits(),
            Some(Thing::Review(_)) => say.nav_reviews(),
            Some(Thing::Penalty(_)) => say.nav_penalties(),
            Some(Thing::Declaration(_)) => say.nav_no_penalty_declarations(),
            Some(Thing::Search(_)) => say.nav_credit_searches(),
            Some(Thing::Department) => say.nav_departments(),
            None => say.ready_fact_thing(),
        }
    }

    /// What the fact says: its dates, as seen on the day judged.
    pub(super) fn value(&self, id: &str) -> String {
        let say = self.say;
        let seen = |day: Option<NaiveDate>| day.filter(|day| *day <= self.as_of);
        let planned = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| say.ready_says_planned(day));
        match self.thing(id) {
            Some(Thing::Paper(paper)) => term(say, paper, self.as_of),
            Some(Thing::Part(part)) => seen(part.start_on).map_or_else(|| planned(part.planned_start_on), |day| say.ready_says_started(day)),
            Some(Thing::Order(order)) => seen(order.issued_on).map_or_else(|| planned(order.planned_on), |day| say.ready_says_issued(day)),
            Some(Thing::Restart(restart)) => restart.on.to_string(),
            Some(Thing::Suspension(stop)) => {
                seen(stop.resumed_on).map_or_else(|| say.ready_says_since(stop.from_on), |day| say.ready_says_from_to(stop.from_on, day))
            }
            Some(Thing::Document(document)) => planned(document.planned_effective_on),
            Some(Thing::Audit(audit)) => seen(audit.report_approved_on).map_or_else(|| planned(audit.planned_report_on), |day| say.ready_says_reported(day)),
            Some(Thing::Finding(finding)) => match (seen(finding.verified_on), finding.due_on) {
                (Some(day), _) => say.ready_says_verified(day),
                (None, Some(day)) => say.ready_says_due(day),
                (None, None) => say.ready_says_open().to_owned(),
            },
            Some(Thing::Review(review)) => match (seen(review.held_on), seen(review.minutes_approved_on)) {
                (Some(held), Some(approved)) => say.ready_says_held_approved(held, approved),
                (Some(held), None) => say.ready_says_held(held),
                (None, _) => planned(review.planned_on),
            },
            Some(Thing::Penalty(penalty)) => say.ready_says_decided(penalty.decided_on),
            Some(Thing::Declaration(declaration)) => say.ready_says_signed(declaration.signed_on),
            Some(Thing::Search(search)) => say.ready_says_searched(search.searched_on),
            Some(Thing::Department) | None => String::new(),
        }
    }
}

/// The term of a paper in words.
pub(super) fn term(say: Say, paper: &LegalDocument<'_>, on: NaiveDate) -> String {
    let dead = paper.status_since.is_none_or(|day| day <= on);
    match (paper.status, paper.valid_to) {
        (LegalDocumentStatus::Revoked, _) if dead => say.ready_term_revoked().to_owned(),
        (LegalDocumentStatus::Cancelled, _) if dead => say.ready_term_cancelled().to_owned(),
        (_, Some(last)) if last < on => say.ready_term_expired(last),
        _ if paper.valid_from > on => say.ready_term_from(paper.valid_from),
        (_, Some(last)) => say.ready_term_until(last),
        (_, None) => say.ready_term_long().to_owned(),
    }
}

fn paper_kind(say: Say, kind: LegalDocumentKind) -> &'static str {
    match kind {
        LegalDocumentKind::BusinessLicence => say.ready_paper_business_licence(),
        LegalDocumentKind::LegalPersonLicence => say.ready_paper_legal_person_licence(),
        LegalDocumentKind::ProductionLicence => say.ready_paper_production_licence(),
        LegalDocumentKind::EquivalentCertificate => say.ready_paper_equivalent_certificate(),
        LegalDocumentKind::LegalPersonCertificate => say.ready_paper_legal_person_certificate(),
        LegalDocumentKind::RegistrationCertificate => say.ready_paper_registration_certificate(),
        LegalDocumentKind::ParentLicence => say.ready_paper_parent_licence(),
        LegalDocumentKind::ParentAuthorisation => say.ready_paper_parent_authorisation(),
        LegalDocumentKind::Permit => say.ready_paper_permit(),
    }
}

/// User text within a sentence: set apart where it holds letters that run from right to left.
fn isolated(text: &str) -> String {
    let steers = |letter: char| matches!(letter, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let turns = |letter: char| matches!(letter, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}');
    let plain: String = text.chars().filter(|letter| !steers(*letter)).collect();
    if plain.contains(turns) { format!("\u{2068}{plain}\u{2069}") } else { plain }
}
