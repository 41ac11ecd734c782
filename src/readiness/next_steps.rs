//! What to do next: at most three steps, ranked by what they do to the deciding date (ux.md section 4, D).

use super::{
    engine::{Basis, Condition, ConditionName, Facts, Status, Verdict, calendar::add_days},
    gate::{Gate, Stage},
    labels::{Labels, Thing},
    reasons::ahead,
    words,
};
use crate::{
    access::{Permission, Role, permissions::allowed},
    words::Say,
};
use chrono::NaiveDate;

/// How many steps are shown.
const SHOWN: usize = 3;
/// Days a proof of condition 4 stays fresh (E4-1).
const FRESH_DAYS: i64 = 30;

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// Verb and object.
    pub(super) words: String,
    /// Who answers for it: role and name.
    pub(super) who: String,
    /// By when.
    pub(super) day: Option<String>,
    /// Whether that day is a plan.
    pub(super) planned: bool,
    /// Whether that day has passed.
    pub(super) late: bool,
    /// Where to do it, or to see it.
    pub(super) href: String,
    /// The words of the button.
    pub(super) button: &'static str,
}

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Next {
    /// Steps that move the date.
    pub(super) steps: Vec<Step>,
    /// Why there are none, when only the calendar can move the date.
    pub(super) calendar: Option<String>,
    /// Useful preparation.
    pub(super) preparation: Vec<Step>,
}

/// What a step does to the answer; earlier is more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Effect {
    /// It belongs to the condition that decides.
    Decides,
    /// It belongs to another condition that is not met.
    Opens,
    /// It prepares.
    Prepares,
}

/// A place to act: a register, and an entry of it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// A new entry.
    New(&'static str),
    /// An entry to correct.
    Entry(&'static str, String),
    /// A page where all is done.
    Page(&'static str),
}

/// A step before it is ranked.
#[derive(Clone, Debug)]
struct Candidate {
    effect: Effect,
    words: String,
    owner: Option<String>,
    role: Role,
    permission: Permission,
    day: Option<NaiveDate>,
    planned: bool,
    place: Place,
}

/// Who looks, and at what.
pub(super) struct Viewer<'a, 'f> {
    pub(super) labels: &'a Labels<'f>,
    pub(super) gate: &'a Gate,
    pub(super) roles: &'a [Role],
}

/// The steps for a verdict.
pub(super) fn next(facts: &Facts<'_>, verdict: &Verdict<'_>, viewer: &Viewer<'_, '_>) -> Next {
    let say = viewer.labels.say;
    let mut all = Vec::new();
    for condition in &verdict.conditions {
        let effect = effect(verdict, condition);
        let mut found = of_condition(facts, condition, effect, viewer);
        all.append(&mut found);
    }
    if verdict.overall.status == Status::Met {
        all.push(of_gate(viewer, verdict));
    }
    all.extend(before_application(facts, verdict, viewer));
    let today = facts.as_of;
    all.sort_by_key(|step| {
        let may = allowed(viewer.roles, step.permission);
        let prepares = step.effect == Effect::Prepares;
        (prepares, !may, step.effect, step.day.is_none_or(|day| day >= today), step.day.is_none(), step.day)
    });
    let (steps, mut preparation): (Vec<Candidate>, Vec<Candidate>) = all.into_iter().partition(|step| step.effect != Effect::Prepares);
    let only_calendar = steps.is_empty() && verdict.overall.status == Status::NotYet && verdict.overall.basis == Some(Basis::Calendar);
    if only_calendar {
        preparation.push(Candidate::new(
            Effect::Prepares,
            say.ready_step_keep_recording(),
            Role::ProcessOwner,
            Permission::EditRecords,
            Place::Page("operation"),
        ));
    }
    Next {
        steps: steps.iter().take(SHOWN).map(|step| drawn(step, viewer, today)).collect(),
        calendar: verdict.overall.eligible_from.filter(|_| only_calendar).map(|day| say.ready_next_calendar(day)),
        preparation: preparation.iter().take(SHOWN).map(|step| drawn(step, viewer, today)).collect(),
    }
}

fn effect(verdict: &Verdict<'_>, condition: &Condition<'_>) -> Effect {
    match condition.status {
        Status::Met => Effect::Prepares,
        status if status == verdict.overall.status && condition.eligible_from == verdict.overall.eligible_from => Effect::Decides,
        _ => Effect::Opens,
    }
}

fn drawn(step: &Candidate, viewer: &Viewer<'_, '_>, today: NaiveDate) -> Step {
    let labels = viewer.labels;
    let say = labels.say;
    let may = allowed(viewer.roles, step.permission);
    let (href, button) = match (&step.place, may) {
        (Place::New(register), true) => (format!("/{register}/new"), say.ready_enter()),
        (Place::New(register), false) => (format!("/{register}"), say.ready_open()),
        (Place::Entry(register, id), true) => (format!("/{register}/{id}/edit"), say.ready_correct()),
        (Place::Entry(register, id), false) => (format!("/{register}/{id}"), say.ready_open()),
        (Place::Page(page), _) => (format!("/{page}"), say.ready_open()),
    };
    Step {
        words: step.words.clone(),
        who: step.owner.clone().unwrap_or_else(|| who(say, viewer.gate, step.role)),
        day: step.day.map(|day| day.to_string()),
        planned: step.planned,
        late: step.day.is_some_and(|day| day < today),
        href: labels.path(&href),
        button,
    }
}

/// A role with its name, where one person alone has it.
fn who(say: Say, gate: &Gate, role: Role) -> String {
    match gate.people.get(role.key()).map(Vec::as_slice) {
        Some([name]) => format!("{} {name}", role.words(say)),
        _ => role.words(say).to_owned(),
    }
}

impl Candidate {
    fn new(effect: Effect, words: impl Into<String>, role: Role, permission: Permission, place: Place) -> Self {
        Self { effect, words: words.into(), owner: None, role, permission, day: None, planned: false, place }
    }

    fn by(mut self, day: Option<NaiveDate>) -> Self {
        self.day = day;
        self
    }

    fn by_plan(mut self, day: Option<NaiveDate>) -> Self {
        self.planned = day.is_some();
        self.by(day)
    }
}

fn of_condition(facts: &Facts<'_>, condition: &Condition<'_>, effect: Effect, viewer: &Viewer<'_, '_>) -> Vec<Candidate> {
    let mut steps = Vec::new();
    let mut rest = condition.missing.as_slice();
    while let Some(first) = rest.first() {
        let (head, subject, _) = words::parts(first);
        let count = rest.iter().take_while(|code| words::parts(code).0 == head).count();
        let (group, after) = rest.split_at(count);
        rest = after;
        steps.extend(of_missing(head, subject, group, condition, effect, viewer.labels));
    }
    for code in &condition.warnings {
        let (head, subject, _) = words::parts(code);
        steps.extend(of_warning(head, subject, condition, effect, viewer.labels));
    }
    steps.extend(of_plans(facts, condition, effect, viewer.labels));
    steps.extend(of_rows(condition, effect, viewer.labels));
    steps
}

/// The step that a missing code asks for; codes of one kind make one step.
fn of_missing(
    head: &str,
    subject: &str,
    group: &[std::borrow::Cow<'_, str>],
    condition: &Condition<'_>,
    effect: Effect,
    labels: &Labels<'_>,
) -> Option<Candidate> {
    use Permission::{EditAudits, EditDocuments, EditEligibility, EditEngagement, EditRecords, EditReviews};
    use Role::{Administrator, DocumentTeam, InternalAuditor, MgmtRep, ProcessOwner};
    let say = labels.say;
    let what = words::subjects(labels, group);
    let entry = |register: &'static str| Place::Entry(register, subject.to_owned());
    let paper = |words: String, place: Place| Candidate::new(effect, words, MgmtRep, EditEligibility, place);
    let new_paper = |words: &str| paper(words.to_owned(), Place::New("legal-documents"));
    Some(match head {
        "legal_document" => new_paper(say.ready_step_paper()),
        "business_licence" => new_paper(say.ready_step_licence()),
        "production_licence" => new_paper(say.ready_step_production_licence()),
        "parent_licence" => new_paper(say.ready_step_parent_licence()),
        "parent_authorisation" => new_paper(say.ready_step_parent_authorisation()),
        "permit" => paper(say.ready_step_permit(what), Place::New("legal-documents")),
        "document_file" => paper(say.ready_step_document_file(what), entry("legal-documents")),
        "document_holder" => paper(say.ready_step_document_holder(what), entry("legal-documents")),
        "document_translation" => paper(say.ready_step_document_translation(what), entry("legal-documents")),
        "registry_extract" => paper(say.ready_step_registry_extract(what), entry("legal-documents")),
        "required_items" => Candidate::new(effect, say.ready_step_items(), Administrator, EditEngagement, Place::Page("documents")),
        // With every gap planned, the plans are the step; the bare start is asked for by condition 2 with its site.
        "uncovered_item" | "audit_clause" | "audit_department" | "audit_part" if condition.status == Status::NotYet => return None,
        "operation_start" if subject.is_empty() => return None,
        "uncovered_item" => Candidate::new(effect, say.ready_step_cover(group.len()), DocumentTeam, EditDocuments, Place::New("documents")),
        "scope" => Candidate::new(effect, say.ready_step_scope(), MgmtRep, EditEngagement, Place::New("scope-parts")),
        "operation_start" => Candidate::new(effect, say.ready_step_start(what), MgmtRep, EditEngagement, entry("scope-parts")),
        "issue_order" | "establishment" => Candidate::new(effect, say.ready_step_order(), MgmtRep, EditDocuments, Place::New("issue-orders")),
        "issue_order_file" => Candidate::new(effect, say.ready_step_order_file(what), MgmtRep, EditDocuments, entry("issue-orders")),
        "records_process" => {
            Candidate::new(effect, say.ready_step_records(what), ProcessOwner, EditRecords, Place::Page("operation")).by(condition.dates.complete_on)
        }
        "records_month" => {
            Candidate::new(effect, say.ready_step_records_month(what), ProcessOwner, EditRecords, Place::Page("operation")).by(condition.dates.complete_on)
        }
        "audit_record" => Candidate::new(effect, say.ready_step_audit_record(what), InternalAuditor, EditAudits, entry("audits")),
        "audit_report" => Candidate::new(effect, say.ready_step_audit_report(what), MgmtRep, EditAudits, entry("audits")),
        "internal_audit" => Candidate::new(effect, say.ready_step_audit(), MgmtRep, EditAudits, Place::New("audits")),
        "audit_clause" | "audit_department" | "audit_part" => {
            Candidate::new(effect, say.ready_step_audit_more(what), InternalAuditor, EditAudits, Place::New("audits"))
        }
        "review_record" => Candidate::new(effect, say.ready_step_review_record(what), MgmtRep, EditReviews, entry("reviews")),
        "review_decisions" => Candidate::new(effect, say.ready_step_decisions(), MgmtRep, EditReviews, entry("reviews")),
        "review_minutes" => Candidate::new(effect, say.ready_step_minutes(), Role::TopManagement, EditReviews, entry("reviews")),
        "management_review" => {
            let early = condition.warnings.iter().any(|code| words::parts(code).0 == "review_early");
            let words = if early { say.ready_step_review_again() } else { say.ready_step_review() };
            Candidate::new(effect, words, MgmtRep, EditReviews, Place::New("reviews"))
        }
        "penalty_papers" => Candidate::new(effect, say.ready_step_penalty_papers(what), MgmtRep, EditEligibility, entry("penalties")),
        "declaration" => paper(say.ready_step_declaration().to_owned(), Place::New("no-penalty-declarations")),
        "declaration_stale" => paper(say.ready_step_declaration_renew().to_owned(), Place::New("no-penalty-declarations")),
        "declaration_file" => paper(say.ready_step_declaration_file().to_owned(), entry("no-penalty-declarations")),
        "credit_search" => paper(say.ready_step_search().to_owned(), Place::New("credit-searches")),
        "credit_search_stale" => paper(say.ready_step_search_renew().to_owned(), Place::New("credit-searches")),
        "credit_search_file" => paper(say.ready_step_search_file().to_owned(), entry("credit-searches")),
        _ => return None,
    })
}

/// The step that a warning asks for, where it asks for one.
fn of_warning(head: &str, subject: &str, condition: &Condition<'_>, effect: Effect, labels: &Labels<'_>) -> Option<Candidate> {
    use Permission::{EditAudits, EditDocuments, EditEligibility, EditEngagement, EditOperation, EditReviews};
    let say = labels.say;
    let label = || labels.label(subject);
    Some(match head {
        "open_major" | "open_minor" => {
            let Some(Thing::Finding(finding)) = labels.thing(subject) else { return None };
            let words = if head == "open_major" { say.ready_step_major(label()) } else { say.ready_step_minor(label()) };
            let role = Role::InternalAuditor;
            let mut step = Candidate::new(effect, words, role, EditAudits, Place::Entry("findings", subject.to_owned())).by_plan(finding.due_on);
            step.owner = labels.owner(subject).map(|owner| format!("{} · {owner}", role.words(say)));
            step
        }
        "plan_overdue" if condition.status != Status::Met => {
            let (register, permission, day) = match labels.thing(subject)? {
                Thing::Part(part) => ("scope-parts", EditEngagement, part.planned_start_on),
                Thing::Order(order) => ("issue-orders", EditDocuments, order.planned_on),
                Thing::Document(document) => ("documents", EditDocuments, document.planned_effective_on),
                Thing::Audit(audit) => ("audits", EditAudits, audit.planned_report_on),
                Thing::Review(review) => ("reviews", EditReviews, review.planned_minutes_on.or(review.planned_on)),
                _ => return None,
            };
            Candidate::new(effect, say.ready_step_replan(label()), Role::MgmtRep, permission, Place::Entry(register, subject.to_owned())).by_plan(day)
        }
        "suspended_now" => Candidate::new(effect, say.ready_step_resume(), Role::MgmtRep, EditOperation, Place::Page("operation")),
        "expires_before_stage2" => {
            Candidate::new(Effect::Prepares, say.ready_step_stage2_paper(), Role::MgmtRep, EditEligibility, Place::New("legal-documents"))
        }
        "abnormal_operation" => {
            Candidate::new(Effect::Prepares, say.ready_step_abnormal(), Role::MgmtRep, EditEligibility, Place::Entry("legal-documents", subject.to_owned()))
        }
        _ => return None,
    })
}

/// What was planned and lies ahead, in a condition whose date rests on plans.
fn of_plans(facts: &Facts<'_>, condition: &Condition<'_>, effect: Effect, labels: &Labels<'_>) -> Vec<Candidate> {
    use Permission::{EditAudits, EditDocuments, EditEngagement, EditReviews};
    if condition.basis != Some(Basis::Planned) {
        return Vec::new();
    }
    let say = labels.say;
    let today = facts.as_of;
    let mut steps = Vec::new();
    for id in &condition.evidence {
        let entry = |register: &'static str| Place::Entry(register, id.to_string());
        match labels.thing(id) {
            Some(Thing::Part(part)) if condition.condition == ConditionName::Operation && ahead(part.start_on, today) => {
                steps.push(
                    Candidate::new(effect, say.ready_step_start_plan(labels.label(id)), Role::MgmtRep, EditEngagement, entry("scope-parts"))
                        .by_plan(part.planned_start_on),
                );
            }
            Some(Thing::Order(order)) if ahead(order.issued_on, today) => {
                steps.push(
                    Candidate::new(effect, say.ready_step_order_plan(labels.label(id)), Role::TopManagement, EditDocuments, entry("issue-orders"))
                        .by_plan(order.planned_on),
                );
            }
            Some(Thing::Audit(audit)) if ahead(audit.report_approved_on, today) => {
                steps.push(
                    Candidate::new(effect, say.ready_step_audit_plan(labels.label(id)), Role::InternalAuditor, EditAudits, entry("audits"))
                        .by_plan(audit.planned_report_on),
                );
            }
            Some(Thing::Review(review)) if condition.dates.review_done.is_some_and(|day| day > today) => {
                if ahead(review.held_on, today) {
                    steps.push(
                        Candidate::new(effect, say.ready_step_review_hold(), Role::TopManagement, EditReviews, entry("reviews")).by_plan(review.planned_on),
                    );
                }
                if ahead(review.minutes_approved_on, today) && review.planned_minutes_on.is_some() {
                    steps.push(
                        Candidate::new(effect, say.ready_step_minutes(), Role::TopManagement, EditReviews, entry("reviews")).by_plan(review.planned_minutes_on),
                    );
                }
            }
            _ => {}
        }
    }
    if condition.condition == ConditionName::Operation && condition.missing.iter().any(|code| words::parts(code).0 == "uncovered_item") {
        let planned: Vec<NaiveDate> = facts
            .documents
            .iter()
            .filter(|document| ahead(document.effective_on, today))
            .filter_map(|document| document.planned_effective_on)
            .filter(|day| *day >= today)
            .collect();
        steps.push(
            Candidate::new(effect, say.ready_step_documents_plan(planned.len()), Role::DocumentTeam, EditDocuments, Place::Page("documents"))
                .by_plan(planned.into_iter().max()),
        );
    }
    steps
}

/// What rows ask for that have no code of their own: papers that ended, penalties that count.
fn of_rows(condition: &Condition<'_>, effect: Effect, labels: &Labels<'_>) -> Option<Candidate> {
    let say = labels.say;
    if condition.status != Status::NotMet {
        return None;
    }
    match condition.condition {
        ConditionName::LegalStatus if !condition.evidence.is_empty() => {
            let papers: Vec<String> = condition.evidence.iter().map(|id| labels.label(id)).collect();
            let words = say.ready_step_renew(papers.join(say.list_comma()));
            Some(Candidate::new(effect, words, Role::MgmtRep, Permission::EditEligibility, Place::New("legal-documents")))
        }
        ConditionName::NoPenalty => {
            let day = condition.dates.reissue_from?;
            Some(Candidate::new(effect, say.ready_step_penalty(day), Role::MgmtRep, Permission::EditEligibility, Place::Page("penalties")))
        }
        _ => None,
    }
}

/// With all four met: the next step of the gate.
fn of_gate(viewer: &Viewer<'_, '_>, verdict: &Verdict<'_>) -> Candidate {
    let say = viewer.labels.say;
    let (words, role, permission, page) = match viewer.gate.stage(verdict.overall.status, verdict.as_of) {
        Stage::Declared => (say.ready_step_apply(), Role::MgmtRep, Permission::ViewEngagement, "gate"),
        Stage::Recommended => (say.ready_step_declare(), Role::TopManagement, Permission::Declare, "declarations"),
        Stage::None | Stage::NotValid | Stage::Suspended | Stage::Withdrawn => {
            (say.ready_step_recommend(), Role::MgmtRep, Permission::Recommend, "recommendations")
        }
    };
    let page = if allowed(viewer.roles, permission) { page } else { "gate" };
    Candidate::new(Effect::Decides, words, role, permission, Place::Page(page))
}

/// Proofs of condition 4 that will be too old on the day that matters: that of application, or the earliest one.
fn before_application(facts: &Facts<'_>, verdict: &Verdict<'_>, viewer: &Viewer<'_, '_>) -> Vec<Candidate> {
    let say = viewer.labels.say;
    let Some(day) = facts.application_on.or(verdict.overall.eligible_from).filter(|day| *day > facts.as_of) else { return Vec::new() };
    let [.., clean] = &verdict.conditions;
    if clean.status != Status::Met {
        return Vec::new();
    }
    let oldest = add_days(day, -FRESH_DAYS);
    let declared = facts
        .declarations
        .iter()
        .filter(|one| one.file_id.is_some() && !ahead(Some(one.signed_on), facts.as_of))
        .map(|one| one.covers_to.unwrap_or(one.signed_on))
        .max();
    let searched =
        facts.credit_searches.iter().filter(|one| one.file_id.is_some() && !ahead(Some(one.searched_on), facts.as_of)).map(|one| one.searched_on).max();
    let step = |words: &str, register: &'static str| {
        Candidate::new(Effect::Prepares, say.ready_step_before_application(day, words), Role::MgmtRep, Permission::EditEligibility, Place::New(register))
            .by(Some(day))
    };
    let mut steps = Vec::new();
    if declared.is_some_and(|day| day < oldest) {
        steps.push(step(say.ready_step_declaration_renew(), "no-penalty-declarations"));
    }
    if searched.is_some_and(|day| day < oldest) {
        steps.push(step(say.ready_step_search_renew(), "credit-searches"));
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::super::{
        engine,
        facts::{
            Names,
            tests::{example, examples},
        },
    };
    use super::*;
    use crate::words::Language;

    const ZH: Say = Say { language: Language::Chinese };

    fn steps(text: &str, roles: &[Role]) -> Next {
        let facts = engine::read(text.as_bytes()).unwrap();
        let verdict = engine::assess(&facts);
        let names = Names::new();
        let labels = Labels::new(&facts, &names, ZH, "/e/HL".to_owned());
        next(&facts, &verdict, &Viewer { labels: &labels, gate: &Gate::default(), roles })
    }

    #[test]
    fn the_sample_engagement_verifies_then_reviews_then_approves() {
        let next = steps(&example("hl-2026-11-20"), &[Role::MgmtRep]);
        let shown: Vec<(&str, Option<&str>)> = next.steps.iter().map(|step| (step.words.as_str(), step.day.as_deref())).collect();
        assert_eq!(shown.len(), 3, "{shown:?}");
        assert!(shown[0].0.contains("严重不符合") && shown[0].1 == Some("2026-11-25"), "{shown:?}");
        assert_eq!(shown[1], ("召开管理评审", Some("2026-12-03")));
        assert_eq!(shown[2], ("批准管理评审纪要", Some("2026-12-04")));
        assert_eq!(next.calendar, None);
        assert!(next.preparation.iter().any(|step| step.words.contains("2026-12-21")), "the proofs will be too old on the day of application");
    }

    #[test]
    fn the_viewer_s_own_steps_come_first_and_others_only_look() {
        let next = steps(&example("hl-2026-11-20"), &[Role::TopManagement]);
        assert_eq!(next.steps[0].words, "召开管理评审");
        assert!(next.steps[0].href.ends_with("/edit"));
        let reader = steps(&example("hl-2026-11-20"), &[Role::ExternalReader]);
        assert!(reader.steps[0].words.contains("严重不符合"));
        assert!(reader.steps.iter().all(|step| !step.href.ends_with("/edit") && !step.href.ends_with("/new")));
    }

    #[test]
    fn every_example_that_is_open_has_a_step_or_says_why_not() {
        for name in examples() {
            let text = example(&name);
            let facts = engine::read(text.as_bytes()).unwrap();
            let status = engine::assess(&facts).overall.status;
            let next = steps(&text, &[Role::MgmtRep]);
            assert!(!next.steps.is_empty() || next.calendar.is_some(), "{name}: {status:?}");
            assert!(next.steps.len() <= SHOWN);
        }
    }
}
