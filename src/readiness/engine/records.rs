//! Whether the records show that the system runs (contract section 7, part 5).

use super::calendar::add_months;
use super::clauses::{PROCESSES, Process};
use super::clock::{Run, Stop};
use super::facts::{Facts, Id, OperatingRecord};
use super::ruling::Ruling;
use super::timing::Timing;
use super::verdict::Status;
use chrono::NaiveDate;

/// What the records say of the days counted.
#[derive(Default)]
struct Seen<'f> {
    /// For each process its first record: day, then smallest id.
    first: [Option<(NaiveDate, &'f Id<'f>)>; PROCESSES],
    recorded: Span,
    entered: Span,
}

/// The earliest and the latest of some days.
#[derive(Default, Clone, Copy)]
struct Span(Option<(NaiveDate, NaiveDate)>);

impl Span {
    fn add(&mut self, day: NaiveDate) {
        self.0 = Some(self.0.map_or((day, day), |(earliest, latest)| (earliest.min(day), latest.max(day))));
    }

    fn is_one_day(self) -> bool {
        self.0.is_some_and(|(earliest, latest)| earliest == latest)
    }

    fn is_more_days(self) -> bool {
        self.0.is_some_and(|(earliest, latest)| earliest < latest)
    }
}

/// Judges the records of a system that has started. `run` is the main run with the latest due day of
/// all runs; `entered_start` the earliest start entered.
pub(super) fn assess<'f>(
    facts: &'f Facts<'f>,
    timing: Timing,
    run: Run,
    stops: &[Stop<'f>],
    entered_start: Option<NaiveDate>,
    ruling: &mut Ruling<'f>,
) -> Status {
    let records = || facts.operating_records.iter().filter(|record| timing.has_seen(record.entered_on));
    let mut seen = Seen::default();
    for record in records().filter(|record| record.recorded_on >= run.counted) {
        seen.add(record);
    }
    for (_, id) in seen.first.iter().flatten() {
        ruling.evidence(id);
    }
    let early = entered_start.is_some_and(|start| records().any(|record| record.recorded_on < start));
    if early || (seen.recorded.is_more_days() && seen.entered.is_one_day()) {
        ruling.row(11);
        ruling.warn("backfilled");
    }
    let silent_months = silent_months(run.counted, timing, stops, || records().map(|record| record.recorded_on));
    let silent_processes = Process::ALL.iter().zip(&seen.first).filter(|(_, first)| first.is_none()).map(|(process, _)| *process);
    let silent_processes: Vec<Process> = silent_processes.filter(|_| run.counted <= timing.known).collect();
    if silent_months.is_empty() && silent_processes.is_empty() {
        return Status::Met;
    }
    ruling.row(6);
    for process in silent_processes {
        ruling.lack_of("records_process", process.word());
    }
    for month in silent_months {
        ruling.lack_of("records_month", &month.to_string());
    }
    if timing.known >= run.due {
        return Status::Unknown;
    }
    ruling.warn("records_gap");
    Status::Met
}

impl<'f> Seen<'f> {
    fn add(&mut self, record: &'f OperatingRecord<'f>) {
        let this = (record.recorded_on, &record.id);
        if let Some(first) = self.first.get_mut(record.process as usize) {
            *first = Some(first.map_or(this, |first| first.min(this)));
        }
        self.recorded.add(record.recorded_on);
        self.entered.add(record.entered_on);
    }
}

/// The first days of those of the first three months that are over, ran without a stop and left no record.
fn silent_months<I: Iterator<Item = NaiveDate>>(counted: NaiveDate, timing: Timing, stops: &[Stop<'_>], recorded: impl Fn() -> I) -> Vec<NaiveDate> {
    if counted > timing.known {
        return Vec::new();
    }
    let months = (0..3).map(|month| (add_months(counted, month), add_months(counted, month + 1)));
    let silent = months.filter(|(from, end)| {
        *end <= timing.known && !stops.iter().any(|stop| stop.touches(*from, *end)) && !recorded().any(|day| (*from..*end).contains(&day))
    });
    silent.map(|(from, _)| from).collect()
}
