//! E4, no administrative penalty in the window (contract section 9).

use super::calendar::{add_years, clear_from};
use super::establishment::Scope;
use super::facts::{ApplicantKind, Facts, Penalty, PenaltyStatus, PenaltySubject};
use super::proofs;
use super::rules::{PenaltyDate, PenaltyRule, PenaltyScope};
use super::ruling::{Outcome, Ruling};
use super::timing::{Timing, period_end};
use super::verdict::{Basis, Condition, ConditionName, Status};
use chrono::NaiveDate;

pub(super) fn assess<'f>(facts: &'f Facts<'f>, timing: Timing, scope: &Scope<'f>) -> Condition<'f> {
    let mut ruling = Ruling::new(ConditionName::NoPenalty);
    let establishment = establishment(scope, &mut ruling);
    let penalties = establishment.day().map(|day| Window::new(facts, timing, day).judge(&mut ruling));
    let penalties = penalties.unwrap_or(Outcome::Unknown);
    let proof = proofs::assess(facts, timing, &mut ruling);
    let parts = [establishment, penalties, proof];
    let status = parts.iter().map(|part| part.status()).max();
    let outcome = match status {
        Some(Status::Met) => {
            ruling.row(1);
            parts.iter().filter_map(|part| part.day()).max().map(Outcome::Met)
        }
        Some(Status::NotYet) => not_yet(&parts),
        Some(Status::NotMet) => Some(Outcome::NotMet),
        Some(Status::Unknown) | None => None,
    };
    ruling.close(outcome.unwrap_or(Outcome::Unknown))
}

/// The latest of the days still to come; planned if the establishment is.
fn not_yet(parts: &[Outcome]) -> Option<Outcome> {
    let days = parts.iter().filter(|part| part.status() == Status::NotYet).filter_map(|part| part.day());
    let planned = parts.iter().any(|part| matches!(part, Outcome::NotYet(_, Basis::Planned)));
    let basis = if planned { Basis::Planned } else { Basis::Calendar };
    days.max().map(|day| Outcome::NotYet(day, basis))
}

/// The establishment (part 1): its day, or the planned one.
fn establishment<'f>(scope: &Scope<'f>, ruling: &mut Ruling<'f>) -> Outcome {
    if scope.orders.iter().filter(|(_, standing)| standing.happened().is_some()).count() > 1 {
        ruling.row(13);
    }
    let bases = || scope.parts.iter().filter_map(|part| part.base);
    if bases().any(super::establishment::Issued::re_establishes) {
        ruling.row(14);
    }
    if let Some(day) = bases().map(|base| base.day).min() {
        bases().filter(|base| base.day == day).for_each(|base| ruling.evidence(&base.order.id));
        return Outcome::Met(day);
    }
    ruling.row(15);
    let planned = || scope.orders.iter().filter_map(|(order, standing)| Some((*order, standing.ahead()?)));
    if let Some(day) = planned().map(|(_, day)| day).min() {
        planned().filter(|(_, planned)| *planned == day).for_each(|(order, _)| ruling.evidence(&order.id));
        return Outcome::NotYet(day, Basis::Planned);
    }
    ruling.lack("establishment");
    for (order, _) in scope.orders.iter().filter(|(_, standing)| standing.is_overdue()) {
        ruling.warn_of("plan_overdue", order.id.as_str());
    }
    Outcome::Unknown
}

/// The window that penalties are held against (part 2).
struct Window<'f> {
    facts: &'f Facts<'f>,
    timing: Timing,
    establishment: NaiveDate,
    from: NaiveDate,
}

/// What the penalties come to.
struct Tally {
    /// The day the last of the counting ones is clear, if any counts.
    clear_from: Option<NaiveDate>,
    papers_missing: bool,
    /// The latest day that made a penalty harmless.
    harmless_since: NaiveDate,
}

impl<'f> Window<'f> {
    fn new(facts: &'f Facts<'f>, timing: Timing, establishment: NaiveDate) -> Self {
        Self { facts, timing, establishment, from: add_years(establishment, -1) }
    }

    fn judge(&self, ruling: &mut Ruling<'f>) -> Outcome {
        ruling.dates.window_from = Some(self.from);
        let mut tally = Tally { clear_from: None, papers_missing: false, harmless_since: self.establishment };
        for penalty in &self.facts.penalties {
            self.weigh(penalty, &mut tally, ruling);
        }
        let rules = &self.facts.rules;
        let counting = tally.clear_from.map(|clear| {
            ruling.row(14);
            if rules.penalty_rule == PenaltyRule::Rolling {
                return Outcome::NotYet(clear, Basis::Calendar);
            }
            let reissue = clear.max(self.timing.on);
            ruling.dates.reissue_from = Some(reissue);
            ruling.dates.reissue_complete_on = Some(period_end(reissue, rules.month_rule));
            Outcome::NotMet
        });
        match counting {
            Some(Outcome::NotMet) => Outcome::NotMet,
            _ if tally.papers_missing => Outcome::Unknown,
            Some(outcome) => outcome,
            None => Outcome::Met(tally.harmless_since),
        }
    }

    /// The first line of the contract's table that fits.
    fn weigh(&self, penalty: &'f Penalty<'f>, tally: &mut Tally, ruling: &mut Ruling<'f>) {
        let id = penalty.id.as_str();
        let rules = &self.facts.rules;
        if !self.timing.has_seen(penalty.decided_on) {
            return cite(16, "penalty_later", id, ruling);
        }
        ruling.evidence(&penalty.id);
        if !penalty.kind.is_penalty() {
            return cite(9, "not_a_penalty", id, ruling);
        }
        if penalty.subject != PenaltySubject::Applicant {
            return cite(10, "penalty_other_party", id, ruling);
        }
        let day = self.day(penalty, ruling);
        if day < self.from {
            return cite(4, "penalty_outside", id, ruling);
        }
        if self.status(penalty) == PenaltyStatus::Revoked {
            return revoked(penalty, tally, ruling);
        }
        if !penalty.related && rules.penalty_scope == PenaltyScope::Related {
            return cite(11, "penalty_unrelated", id, ruling);
        }
        if !penalty.related {
            ruling.row(11);
        }
        let clear = clear_from(day);
        if rules.penalty_rule == PenaltyRule::Rolling && self.timing.on >= clear {
            tally.harmless_since = tally.harmless_since.max(clear);
            return cite(14, "penalty_aged_out", id, ruling);
        }
        tally.clear_from = tally.clear_from.max(Some(clear));
        self.cite_counting(penalty, ruling);
    }

    /// The day held against the window.
    fn day(&self, penalty: &Penalty<'_>, ruling: &mut Ruling<'_>) -> NaiveDate {
        if self.facts.rules.penalty_date == PenaltyDate::Decision {
            return penalty.decided_on;
        }
        penalty.violation_on.unwrap_or_else(|| {
            ruling.warn_of("violation_date", penalty.id.as_str());
            penalty.decided_on
        })
    }

    fn status(&self, penalty: &Penalty<'_>) -> PenaltyStatus {
        if self.timing.holds(penalty.status_since) { penalty.status } else { PenaltyStatus::InForce }
    }

    fn cite_counting(&self, penalty: &Penalty<'_>, ruling: &mut Ruling<'_>) {
        match self.status(penalty) {
            PenaltyStatus::UnderAppeal => cite(5, "appeal_pending", penalty.id.as_str(), ruling),
            PenaltyStatus::Changed => ruling.row(7),
            PenaltyStatus::InForce | PenaltyStatus::Revoked => ruling.row(3),
        }
        if self.timing.seen(penalty.repaired_on).is_some() {
            ruling.row(8);
        }
        let abroad = matches!(self.facts.applicant.kind, ApplicantKind::Overseas | ApplicantKind::HkMoTw);
        if penalty.authority_abroad && abroad {
            ruling.row(12);
        }
    }
}

fn cite(row: u8, warning: &str, id: &str, ruling: &mut Ruling<'_>) {
    ruling.row(row);
    ruling.warn_of(warning, id);
}

/// A revoked penalty does not count, but both papers must be there.
fn revoked(penalty: &Penalty<'_>, tally: &mut Tally, ruling: &mut Ruling<'_>) {
    let id = penalty.id.as_str();
    cite(6, "penalty_revoked", id, ruling);
    if penalty.file_id.is_some() && penalty.status_file_id.is_some() {
        tally.harmless_since = penalty.status_since.map_or(tally.harmless_since, |day| day.max(tally.harmless_since));
    } else {
        tally.papers_missing = true;
        ruling.lack_of("penalty_papers", id);
    }
}
