//! The two dates of a judgement, and how events and plans stand on them (contract section 4).

use super::calendar;
use super::rules::MonthRule;
use chrono::NaiveDate;

/// The day judged, and the day up to which events are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Timing {
    pub(super) on: NaiveDate,
    pub(super) known: NaiveDate,
}

/// How a pair of an actual and a planned day stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The event was seen.
    Done(NaiveDate),
    /// The plan is assumed carried out on its day.
    Kept(NaiveDate),
    /// The plan lies ahead.
    Ahead(NaiveDate),
    /// The planned day has passed without the event: no plan.
    Overdue,
    /// Neither event nor plan.
    None,
}

impl Timing {
    pub(super) fn has_seen(self, event: NaiveDate) -> bool {
        event <= self.known
    }

    /// The event's day, if it was seen.
    pub(super) fn seen(self, event: Option<NaiveDate>) -> Option<NaiveDate> {
        event.filter(|day| self.has_seen(*day))
    }

    /// Whether a status holds: since ever, or since a day that was seen.
    pub(super) fn holds(self, since: Option<NaiveDate>) -> bool {
        since.is_none_or(|day| self.has_seen(day))
    }

    pub(super) fn pair(self, actual: Option<NaiveDate>, planned: Option<NaiveDate>) -> Standing {
        match self.seen(actual) {
            Some(day) => Standing::Done(day),
            None => self.plan(planned),
        }
    }

    pub(super) fn plan(self, planned: Option<NaiveDate>) -> Standing {
        match planned {
            None => Standing::None,
            Some(day) if day < self.known => Standing::Overdue,
            Some(day) if self.known < self.on && day <= self.on => Standing::Kept(day),
            Some(day) => Standing::Ahead(day),
        }
    }
}

impl Standing {
    /// The day, if done or kept.
    pub(super) fn happened(self) -> Option<NaiveDate> {
        match self {
            Self::Done(day) | Self::Kept(day) => Some(day),
            _ => None,
        }
    }

    /// The day, if ahead.
    pub(super) fn ahead(self) -> Option<NaiveDate> {
        match self {
            Self::Ahead(day) => Some(day),
            _ => None,
        }
    }

    /// The day, if happened or ahead.
    pub(super) fn day(self) -> Option<NaiveDate> {
        self.happened().or(self.ahead())
    }

    pub(super) fn is_kept(self) -> bool {
        matches!(self, Self::Kept(_))
    }

    pub(super) fn is_ahead(self) -> bool {
        matches!(self, Self::Ahead(_))
    }

    pub(super) fn is_overdue(self) -> bool {
        self == Self::Overdue
    }
}

/// The day three months from `day` are complete.
pub(super) fn period_end(day: NaiveDate, rule: MonthRule) -> NaiveDate {
    let end = calendar::add_months(day, 3);
    match rule {
        MonthRule::Inclusive => end,
        MonthRule::Strict => calendar::add_days(end, 1),
    }
}
