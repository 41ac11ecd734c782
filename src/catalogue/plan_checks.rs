use std::collections::HashSet;

use super::checking::{At, Checked};
use super::fault::Problem;
use super::journey::{Anchor, PlanStep, PlanVariant, Predecessor, Weeks};
use super::loading::PLAN_STEPS;
use super::lookups::Catalogue;

/// The four eligibility conditions.
const CONDITIONS: [&str; 4] = ["E1", "E2", "E3", "E4"];

fn at(step: &PlanStep) -> At<'_> {
    At { file: PLAN_STEPS, entry: &step.id }
}

impl Catalogue {
    /// The default plan in both variants: references, no circle, weeks in the order that predecessors ask.
    pub(super) fn check_plan(&self) -> Checked {
        for step in self.plan_steps() {
            at(step).knows("step", &step.steps, &self.steps)?;
            check_entries(step)?;
        }
        for variant in [PlanVariant::Standard, PlanVariant::Fast] {
            self.check_predecessors(variant)?;
            self.check_circle(variant)?;
            self.check_weeks(variant)?;
        }
        Ok(())
    }

    fn check_predecessors(&self, variant: PlanVariant) -> Checked {
        for step in self.plan_steps() {
            let after = step.after(variant);
            at(step).knows("plan step", after.iter().map(|before| &before.step), &self.plan_steps)?;
            at(step).must(step.is_in(variant) || after.is_empty(), format_args!("a plan that leaves the step out has nothing before it"))?;
            for before in after {
                at(step).must(
                    self.plan_step(&before.step).is_some_and(|other| other.is_in(variant)),
                    format_args!("it waits for {}, which the same plan leaves out", before.step),
                )?;
            }
        }
        Ok(())
    }

    /// Settles whatever waits only for settled steps until nothing moves; the rest waits for itself.
    fn check_circle(&self, variant: PlanVariant) -> Checked {
        let mut settled: HashSet<&str> = HashSet::new();
        let mut waiting: Vec<&PlanStep> = self.plan_steps().iter().collect();
        loop {
            let before = waiting.len();
            waiting.retain(|step| {
                let mut after = step.after(variant).iter();
                let is_free = after.all(|other| settled.contains(other.step.as_str()));
                if is_free {
                    settled.insert(&step.id);
                }
                !is_free
            });
            match waiting.first() {
                None => return Ok(()),
                Some(step) if waiting.len() == before => return at(step).fails(Problem::Circular),
                Some(_) => {}
            }
        }
    }

    fn check_weeks(&self, variant: PlanVariant) -> Checked {
        for step in self.plan_steps() {
            let Some(weeks) = step.weeks(variant) else {
                continue;
            };
            at(step)
                .must(!step.yearly && weeks.first >= 1 && weeks.last >= weeks.first, format_args!("weeks run from 1, first to last; a yearly step has none"))?;
            for before in step.after(variant) {
                let others = self.plan_step(&before.step).and_then(|other| other.weeks(variant));
                at(step).must(
                    others.is_none_or(|others| weeks.first >= earliest_week(before, others)),
                    format_args!("it begins in week {}, earlier than {} allows", weeks.first, before.step),
                )?;
            }
        }
        Ok(())
    }
}

fn check_entries(step: &PlanStep) -> Checked {
    at(step).must(
        !step.steps.is_empty() && !step.responsible.is_empty() && !step.informed.is_empty(),
        format_args!("steps, responsible and informed need an entry each"),
    )?;
    match step.conditions.iter().find(|condition| !CONDITIONS.contains(&condition.as_str())) {
        Some(id) => at(step).fails(Problem::Unknown { what: "eligibility condition", id: id.clone() }),
        None => Ok(()),
    }
}

fn earliest_week(before: &Predecessor, weeks: Weeks) -> u16 {
    match before.from {
        Anchor::Finish => weeks.last.saturating_add(before.weeks).saturating_add(1),
        Anchor::Start => weeks.first.saturating_add(before.weeks),
    }
}
