//! Which client needs the consultant first, and which stage it is in.

use chrono::NaiveDate;

/// What decides the place in the list and the stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The overall status; empty where nothing has been judged yet or the reader may not see it.
    pub overall: String,
    /// State of the gate.
    pub gate: String,
    /// From when the conditions are met, if time alone is missing.
    pub eligible_from: Option<NaiveDate>,
    /// Status of the condition on operation.
    pub operation: String,
    /// Status of the condition on audit and review.
    pub audit_and_review: String,
}

/// The state of an engagement in the list, in the order of urgency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// A declaration was suspended: something that was proved no longer holds.
    Suspended,
    /// A condition is not met, and time alone will not change that.
    NotMet,
    /// Something is missing, or nothing has been judged.
    Unknown,
    /// Time alone is missing.
    NotYet,
    /// All conditions are met.
    Met,
    /// The client has been declared ready.
    Declared,
}

impl Urgency {
    /// Every state, most urgent first.
    pub const ALL: [Self; 6] = [Self::Suspended, Self::NotMet, Self::Unknown, Self::NotYet, Self::Met, Self::Declared];

    /// The word in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Suspended => "suspended",
            Self::NotMet => "not_met",
            Self::Unknown => "unknown",
            Self::NotYet => "not_yet",
            Self::Met => "met",
            Self::Declared => "declared",
        }
    }

    /// Class and icon of the state.
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Suspended => "late",
            Self::NotMet => "not-met",
            Self::Unknown => "unknown",
            Self::NotYet => "not-yet",
            Self::Met => "met",
            Self::Declared => "done",
        }
    }
}

/// The stage of the journey that an engagement is in: the earliest that is not finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// 1.1
    Prepare,
    /// 1.2
    Audit,
    /// 1.3
    Ready,
    /// 1.4
    Certify,
}

/// How urgent an engagement is.
pub fn urgency(summary: &Summary) -> Urgency {
    match (summary.gate.as_str(), summary.overall.as_str()) {
        ("suspended", _) => Urgency::Suspended,
        (_, "not_met") => Urgency::NotMet,
        (_, "not_yet") => Urgency::NotYet,
        ("declared", "met") => Urgency::Declared,
        (_, "met") => Urgency::Met,
        _ => Urgency::Unknown,
    }
}

/// The stage of an engagement.
pub fn stage(summary: &Summary) -> Stage {
    if summary.gate == "declared" {
        Stage::Certify
    } else if summary.operation != "met" {
        Stage::Prepare
    } else if summary.audit_and_review != "met" {
        Stage::Audit
    } else {
        Stage::Ready
    }
}

/// Key for sorting by who needs attention: urgency, then the day that comes first, then the code.
pub fn order<'a>(summary: &Summary, code: &'a str) -> (Urgency, NaiveDate, &'a str) {
    let day = summary.eligible_from.filter(|_| urgency(summary) == Urgency::NotYet).unwrap_or(NaiveDate::MAX);
    (urgency(summary), day, code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(overall: &str, gate: &str, day: Option<u32>) -> Summary {
        Summary {
            overall: overall.to_owned(),
            gate: gate.to_owned(),
            eligible_from: day.and_then(|day| NaiveDate::from_ymd_opt(2026, 12, day)),
            ..Summary::default()
        }
    }

    #[test]
    fn those_who_need_attention_come_first() {
        let mut list = [
            ("A", summary("met", "declared", None)),
            ("B", summary("met", "none", None)),
            ("C", summary("not_yet", "none", Some(9))),
            ("D", summary("not_yet", "none", Some(4))),
            ("E", summary("", "none", None)),
            ("F", summary("unknown", "none", None)),
            ("G", summary("not_met", "none", None)),
            ("H", summary("not_met", "suspended", None)),
            ("I", summary("met", "suspended", None)),
        ];
        list.sort_by(|a, b| order(&a.1, a.0).cmp(&order(&b.1, b.0)));
        assert_eq!(list.iter().map(|(code, _)| *code).collect::<String>(), "HIGEFDCBA");
    }

    #[test]
    fn the_stage_is_the_earliest_unfinished_one() {
        for (operation, audit, gate, want) in [
            ("", "", "none", Stage::Prepare),
            ("not_yet", "met", "none", Stage::Prepare),
            ("met", "not_yet", "none", Stage::Audit),
            ("met", "met", "recommended", Stage::Ready),
            ("met", "met", "declared", Stage::Certify),
        ] {
            let summary = Summary { operation: operation.to_owned(), audit_and_review: audit.to_owned(), gate: gate.to_owned(), ..Summary::default() };
            assert_eq!(stage(&summary), want, "{operation} {audit} {gate}");
        }
    }
}
