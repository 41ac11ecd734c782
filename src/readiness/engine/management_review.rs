//! The review part of E3 (contract section 8).

use super::facts::{Chair, Facts, Id, Review, ReviewRecord};
use super::rules::ReviewRule;
use super::ruling::{Outcome, Ruling, code_of};
use super::timing::{Standing, Timing};
use super::verdict::Basis;
use chrono::NaiveDate;
use std::borrow::Cow;

/// What the review part comes to.
pub(super) struct ReviewPart {
    pub(super) outcome: Outcome,
    /// The latest day on which a review that is done was held.
    pub(super) latest_held: Option<NaiveDate>,
}

/// A review that is not left out.
struct Counted<'f> {
    review: &'f Review<'f>,
    held: NaiveDate,
    /// Whether it counts only by its supplement.
    supplemented: bool,
    state: State,
}

enum State {
    Done(NaiveDate),
    Planned(NaiveDate),
    Unproved(Vec<Cow<'static, str>>),
}

/// Rows and warnings that show only if the part is not met.
#[derive(Default)]
struct Aside<'f> {
    early: bool,
    warnings: Vec<(&'static str, &'f str)>,
}

pub(super) fn assess<'f>(facts: &'f Facts<'f>, timing: Timing, gate: Option<NaiveDate>, ruling: &mut Ruling<'f>) -> ReviewPart {
    let mut aside = Aside::default();
    let reviews = facts.reviews.iter();
    let counted: Vec<Counted<'f>> = reviews.filter_map(|review| count(review, facts.rules.review_rule, timing, gate, &mut aside)).collect();
    let outcome = judge(&counted, ruling);
    if !matches!(outcome, Outcome::Met(_)) {
        aside.cite(ruling);
    }
    let done = counted.iter().filter(|counted| matches!(counted.state, State::Done(_)));
    ReviewPart { outcome, latest_held: done.map(|counted| counted.held).max() }
}

impl<'f> Aside<'f> {
    fn warn(&mut self, code: &'static str, id: &'f Id<'f>) {
        self.warnings.push((code, id.as_str()));
    }

    fn cite(self, ruling: &mut Ruling<'f>) {
        if self.early {
            ruling.row(9);
        }
        self.warnings.into_iter().for_each(|(code, id)| ruling.warn_of(code, id));
    }
}

fn count<'f>(review: &'f Review<'f>, rule: ReviewRule, timing: Timing, gate: Option<NaiveDate>, aside: &mut Aside<'f>) -> Option<Counted<'f>> {
    let held = timing.pair(review.held_on, review.planned_on);
    if held.is_overdue() {
        aside.warn("plan_overdue", &review.id);
    }
    let day = held.day()?;
    if review.chair == Chair::Other {
        aside.warn("review_chair", &review.id);
        return None;
    }
    let early_for = gate.filter(|gate| day < *gate);
    let mut supplement = None;
    if let Some(gate) = early_for {
        supplement = timing.seen(review.supplement_approved_on).filter(|day| rule == ReviewRule::Supplement && *day >= gate);
        if supplement.is_none() {
            aside.early = true;
            aside.warn("review_early", &review.id);
            return None;
        }
    }
    let state = state(review, held, day, supplement, timing, aside);
    Some(Counted { review, held: day, supplemented: supplement.is_some(), state })
}

/// The state by the minutes: the first case that fits.
fn state<'f>(review: &'f Review<'f>, held: Standing, day: NaiveDate, supplement: Option<NaiveDate>, timing: Timing, aside: &mut Aside<'f>) -> State {
    let minutes = timing.pair(review.minutes_approved_on, review.planned_minutes_on);
    let supplemented = |day: NaiveDate| supplement.map_or(day, |supplement| supplement.max(day));
    if let Standing::Done(approved) = minutes {
        let gaps = gaps(review);
        return if gaps.is_empty() { State::Done(supplemented(approved)) } else { State::Unproved(gaps) };
    }
    if matches!(held, Standing::Done(_)) && minutes.day().is_none() {
        if minutes.is_overdue() {
            aside.warn("plan_overdue", &review.id);
        }
        return State::Unproved(vec![code_of("review_minutes", review.id.as_str())]);
    }
    let latest = supplemented(minutes.day().map_or(day, |minutes| minutes.max(day)));
    if held.is_ahead() || minutes.is_ahead() { State::Planned(latest) } else { State::Done(latest) }
}

fn gaps(review: &Review<'_>) -> Vec<Cow<'static, str>> {
    let id = review.id.as_str();
    let lacking = ReviewRecord::ALL.iter().filter(|record| !review.records_kept.contains(record));
    let mut gaps: Vec<_> = lacking.map(|record| code_of("review_record", &[id, ":", record.word()].concat())).collect();
    if !review.decisions_assigned {
        gaps.push(code_of("review_decisions", id));
    }
    gaps
}

fn judge<'f>(counted: &[Counted<'f>], ruling: &mut Ruling<'f>) -> Outcome {
    let done = earliest(counted, |state| if let State::Done(day) = state { Some(*day) } else { None });
    if let Some((day, chosen)) = done {
        cite_chosen(chosen, day, ruling);
        return Outcome::Met(day);
    }
    let planned = earliest(counted, |state| if let State::Planned(day) = state { Some(*day) } else { None });
    if let Some((day, chosen)) = planned {
        ruling.row(2);
        cite_chosen(chosen, day, ruling);
        return Outcome::NotYet(day, Basis::Planned);
    }
    // Neither done nor planned: all that are left are unproved.
    if counted.is_empty() {
        ruling.row(3);
        ruling.lack("management_review");
        return Outcome::NotMet;
    }
    ruling.row(10);
    for review in counted {
        ruling.evidence(&review.review.id);
        if let State::Unproved(gaps) = &review.state {
            ruling.lack_all(gaps.iter().cloned());
        }
    }
    Outcome::Unknown
}

/// The review with the earliest day, then the smallest id, among those the state gives a day.
fn earliest<'c, 'f>(counted: &'c [Counted<'f>], day: impl Fn(&State) -> Option<NaiveDate>) -> Option<(NaiveDate, &'c Counted<'f>)> {
    let dated = counted.iter().filter_map(|counted| Some((day(&counted.state)?, counted)));
    dated.min_by(|one, other| (one.0, &one.1.review.id).cmp(&(other.0, &other.1.review.id)))
}

fn cite_chosen<'f>(chosen: &Counted<'f>, day: NaiveDate, ruling: &mut Ruling<'f>) {
    let review = chosen.review;
    ruling.dates.review_done = Some(day);
    ruling.evidence(&review.id);
    if review.chair == Chair::DelegateWritten {
        ruling.warn_of("review_delegated", review.id.as_str());
    }
    if chosen.supplemented {
        ruling.row(9);
        ruling.warn_of("review_supplemented", review.id.as_str());
    }
}
