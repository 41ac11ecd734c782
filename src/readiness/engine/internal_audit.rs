//! The audit part of E3 (contract section 8): which audits count, what state they are in, and whether
//! they do the job together.

use super::audit_coverage::{Cover, Needs};
use super::establishment::Scope;
use super::facts::{Audit, AuditKind, AuditRecord, Facts, Finding, FindingGrade};
use super::rules::AuditRule;
use super::ruling::{Outcome, Ruling, code_of};
use super::timing::{Standing, Timing};
use super::verdict::Basis;
use chrono::NaiveDate;
use std::borrow::Cow;

/// What the audit part comes to.
pub(super) struct AuditPart {
    pub(super) outcome: Outcome,
    /// The day from which a review is in time.
    pub(super) gate: Option<NaiveDate>,
    /// The latest report of an audit that counts.
    pub(super) latest_report: Option<NaiveDate>,
}

/// The state of an audit, by the tier it first belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Done,
    Open,
    Planned,
    Unproved,
    Overdue,
}

/// The tiers: up to which state audits are taken, in the order in which they are tried.
const TIERS: [State; 4] = [State::Done, State::Planned, State::Unproved, State::Overdue];

/// An audit that counts.
struct Counted<'f> {
    audit: &'f Audit<'f>,
    report: Standing,
    report_day: NaiveDate,
    ready_day: NaiveDate,
    state: State,
    gaps: Vec<Cow<'f, str>>,
    cover: Cover,
}

/// Audits left out and plans gone by; they show only if the part is not met.
#[derive(Default)]
struct LeftOut<'f> {
    rows: Vec<u8>,
    warnings: Vec<(&'static str, &'f str)>,
}

pub(super) fn assess<'f>(facts: &'f Facts<'f>, timing: Timing, scope: &Scope<'f>, ruling: &mut Ruling<'f>) -> AuditPart {
    let needs = Needs::new(facts, scope);
    let earliest_start = scope.earliest_start();
    let mut left_out = LeftOut::default();
    let mut counted = Vec::new();
    for audit in &facts.audits {
        let report = timing.pair(audit.report_approved_on, audit.planned_report_on);
        if report.is_overdue() {
            left_out.warnings.push(("plan_overdue", audit.id.as_str()));
        }
        let Some(report_day) = report.day().or(timing.seen(audit.end_on)) else {
            continue;
        };
        let begins = timing.pair(audit.start_on, audit.planned_start_on).day().unwrap_or(report_day);
        if left_out.takes(audit, begins, earliest_start) {
            continue;
        }
        let by_plan = report.is_kept() || report.is_ahead();
        let cover = needs.cover(audit, begins, by_plan, ruling);
        counted.push(Counted::new(audit, report, report_day, cover, facts.rules.audit_rule, timing, ruling));
    }
    let literal = facts.rules.audit_rule == AuditRule::Literal;
    let part = Panel { needs: &needs, counted: &counted, literal }.judge(earliest_start.is_some(), ruling);
    if !matches!(part.outcome, Outcome::Met(_)) {
        left_out.cite(ruling);
    }
    part
}

impl<'f> LeftOut<'f> {
    /// Whether the audit does not count, for the first reason that fits.
    fn takes(&mut self, audit: &'f Audit<'f>, begins: NaiveDate, earliest_start: Option<NaiveDate>) -> bool {
        if audit.kind != AuditKind::Internal && !audit.under_procedure {
            self.rows.push(12);
            self.warnings.push(("not_internal_audit", audit.id.as_str()));
            return true;
        }
        let Some(start) = earliest_start else {
            return true;
        };
        if begins < start {
            self.rows.push(4);
            self.warnings.push(("audit_early", audit.id.as_str()));
        }
        begins < start
    }

    fn cite(self, ruling: &mut Ruling<'f>) {
        self.rows.into_iter().for_each(|row| ruling.row(row));
        self.warnings.into_iter().for_each(|(code, id)| ruling.warn_of(code, id));
    }
}

/// How a major or minor finding stands: settled on a day, or its due day as a plan.
pub(super) fn finding_standing(finding: &Finding<'_>, timing: Timing) -> Standing {
    let verified = timing.seen(finding.verified_on);
    let accepted = timing.seen(finding.plan_accepted_on).filter(|_| finding.grade == FindingGrade::Minor && finding.due_on.is_some());
    match verified.into_iter().chain(accepted).min() {
        Some(day) => Standing::Done(day),
        None => timing.plan(finding.due_on),
    }
}

impl<'f> Counted<'f> {
    fn new(audit: &'f Audit<'f>, report: Standing, report_day: NaiveDate, cover: Cover, rule: AuditRule, timing: Timing, ruling: &mut Ruling<'f>) -> Self {
        let mut ready_day = report_day;
        let (mut open, mut overdue) = (false, false);
        for finding in audit.findings.iter().filter(|finding| finding.is_nonconformity()) {
            let standing = finding_standing(finding, timing);
            ready_day = standing.day().map_or(ready_day, |day| day.max(ready_day));
            if standing.happened().is_none() {
                open = true;
                overdue |= !standing.is_ahead();
                cite_open(finding, ruling);
            }
        }
        let gaps = gaps(audit, report);
        let full = rule == AuditRule::Full;
        let state = match () {
            () if full && overdue => State::Overdue,
            () if !gaps.is_empty() => State::Unproved,
            () if report.is_ahead() => State::Planned,
            () if full && open => State::Open,
            () => State::Done,
        };
        if !full || matches!(state, State::Overdue | State::Unproved) {
            ready_day = report_day;
        }
        Self { audit, report, report_day, ready_day, state, gaps, cover }
    }
}

fn cite_open<'f>(finding: &'f Finding<'f>, ruling: &mut Ruling<'f>) {
    let (row, warning) = if finding.grade == FindingGrade::Major { (6, "open_major") } else { (7, "open_minor") };
    ruling.row(row);
    ruling.warn_of(warning, finding.id.as_str());
    ruling.evidence(&finding.id);
}

/// The records an audit lacks, as missing codes.
fn gaps<'f>(audit: &Audit<'_>, report: Standing) -> Vec<Cow<'f, str>> {
    let id = audit.id.as_str();
    match report {
        Standing::Done(_) => {
            let followed_up = audit.findings.iter().any(Finding::is_nonconformity);
            let needed = AuditRecord::ALL.iter().filter(|record| **record != AuditRecord::NcFollowUp || followed_up);
            let lacking = needed.filter(|record| !audit.records_kept.contains(record));
            lacking.map(|record| code_of("audit_record", &[id, ":", record.word()].concat())).collect()
        }
        Standing::Kept(_) | Standing::Ahead(_) => Vec::new(),
        Standing::Overdue | Standing::None => vec![code_of("audit_report", id)],
    }
}

/// The audits that count, before the needs.
struct Panel<'p, 'f> {
    needs: &'p Needs<'f>,
    counted: &'p [Counted<'f>],
    literal: bool,
}

impl<'f> Panel<'_, 'f> {
    fn judge(&self, has_start: bool, ruling: &mut Ruling<'f>) -> AuditPart {
        if self.counted.is_empty() {
            let outcome = cite_none(has_start, ruling);
            return AuditPart { outcome, gate: None, latest_report: None };
        }
        let decided = TIERS.iter().find_map(|tier| {
            let day = self.least_day(|audit| audit.state <= *tier, |audit| audit.ready_day)?;
            Some((*tier, day))
        });
        let outcome = match decided {
            Some((State::Done, day)) => Outcome::Met(day),
            Some((State::Open | State::Planned, day)) => Outcome::NotYet(day, Basis::Planned),
            Some((State::Unproved, _)) => Outcome::Unknown,
            Some((State::Overdue, _)) | None => Outcome::NotMet,
        };
        let is_used = |audit: &Counted<'f>| decided.is_none_or(|(tier, day)| audit.state <= tier && audit.ready_day <= day);
        let gate = match decided {
            Some(_) => self.least_day(is_used, |audit| audit.report_day),
            None => self.counted.iter().map(|audit| audit.report_day).min(),
        };
        for audit in self.counted.iter().filter(|audit| is_used(audit)) {
            cite_used(audit, outcome, ruling);
        }
        self.cite_gaps(ruling);
        let latest_report = self.counted.iter().filter_map(|audit| audit.report.happened()).max();
        AuditPart { outcome, gate, latest_report }
    }

    /// The least day by which the chosen audits, each from its own day on, cover the needs.
    fn least_day(&self, chosen: impl Fn(&Counted<'f>) -> bool, day: impl Fn(&Counted<'f>) -> NaiveDate) -> Option<NaiveDate> {
        let mut audits: Vec<_> = self.counted.iter().filter(|audit| chosen(audit)).map(|audit| (day(audit), audit)).collect();
        audits.sort_unstable_by_key(|(day, _)| *day);
        let mut tally = self.needs.tally();
        audits.into_iter().find_map(|(day, audit)| {
            tally.add(&audit.cover);
            (self.literal || tally.is_complete()).then_some(day)
        })
    }

    /// E3-5: what the audits reported, or if there are none all that count, leave uncovered.
    fn cite_gaps(&self, ruling: &mut Ruling<'f>) {
        let any_reported = self.counted.iter().any(|audit| audit.report.happened().is_some());
        let mut tally = self.needs.tally();
        for audit in self.counted.iter().filter(|audit| !any_reported || audit.report.happened().is_some()) {
            tally.add(&audit.cover);
        }
        if tally.is_complete() {
            return;
        }
        ruling.row(5);
        if self.literal {
            ruling.warn("audit_gap");
        } else {
            tally.lack(ruling);
        }
    }
}

/// No audit counts: without a start nothing can be said.
fn cite_none(has_start: bool, ruling: &mut Ruling<'_>) -> Outcome {
    if has_start {
        ruling.row(3);
        ruling.lack("internal_audit");
        Outcome::NotMet
    } else {
        ruling.row(4);
        ruling.lack("operation_start");
        Outcome::Unknown
    }
}

fn cite_used<'f>(used: &Counted<'f>, outcome: Outcome, ruling: &mut Ruling<'f>) {
    ruling.evidence(&used.audit.id);
    if used.audit.kind != AuditKind::Internal {
        ruling.row(12);
    }
    match outcome {
        Outcome::NotYet(..) if used.state == State::Planned => ruling.row(2),
        Outcome::Unknown | Outcome::NotMet if !used.gaps.is_empty() => {
            ruling.row(10);
            ruling.lack_all(used.gaps.iter().cloned());
        }
        _ => {}
    }
}
