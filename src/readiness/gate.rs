//! The rules of the declaration of readiness: who may recommend, declare and withdraw, and when. Pure; a decision can only be
//! made here, since its fields are private, and only a decision can be written.

use super::engine::{Condition, ConditionName, Facts, Status, Verdict};
use crate::{access::Role, clock::civil_day};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Deserialize;
use std::collections::HashMap;
use uuid::Uuid;

/// Days for which a recommendation serves.
pub(super) const RECOMMENDATION_DAYS: i64 = 30;

/// The gate's own state, as one statement gives it.
#[derive(Clone, Debug, PartialEq, Eq, Default, Deserialize)]
pub(super) struct Gate {
    /// Names by role, of those who answer for steps.
    #[serde(default)]
    pub(super) people: HashMap<String, Vec<String>>,
    /// The lead consultant, as a person of the register.
    #[serde(default)]
    pub(super) lead: Option<Uuid>,
    /// The declaration that stands.
    pub(super) declaration: Option<Standing>,
    /// Recommendations not used by a declaration and made after the last one ended, newest first.
    pub(super) recommendations: Vec<Recommended>,
    /// How the last declaration ended.
    pub(super) last_end: Option<Ended>,
}

/// A declaration that stands.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Standing {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) at: DateTime<Utc>,
}

/// A recommendation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Recommended {
    pub(super) id: Uuid,
    pub(super) account: Uuid,
    pub(super) person: Uuid,
    pub(super) name: String,
    pub(super) at: DateTime<Utc>,
    pub(super) as_of: NaiveDate,
}

/// How a declaration ended.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Ended {
    pub(super) kind: EndKind,
    pub(super) at: DateTime<Utc>,
    pub(super) reason: Option<String>,
}

/// Why a declaration ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum EndKind {
    /// A condition was no longer met.
    Suspended,
    /// A person withdrew it.
    Withdrawn,
}

/// Where the gate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Nothing was recommended.
    None,
    /// Somebody recommended.
    Recommended,
    /// A declaration stands and the verdict is met.
    Declared,
    /// A declaration stands on paper, but the verdict is not met any more.
    NotValid,
    /// The last declaration was suspended.
    Suspended,
    /// The last declaration was withdrawn.
    Withdrawn,
}

impl Stage {
    /// The word in `standings`.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Recommended => "recommended",
            Self::Declared => "declared",
            Self::NotValid | Self::Suspended => "suspended",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Gate {
    /// The newest recommendation that still serves on `today`.
    pub(super) fn recommendation(&self, today: NaiveDate) -> Option<&Recommended> {
        self.recommendations.iter().find(|one| serves(one, today))
    }

    /// Where the gate stands, given today's verdict.
    pub(super) fn stage(&self, verdict: Status, today: NaiveDate) -> Stage {
        match (&self.declaration, self.recommendation(today), &self.last_end) {
            (Some(_), ..) if verdict == Status::Met => Stage::Declared,
            (Some(_), ..) => Stage::NotValid,
            (None, Some(_), _) => Stage::Recommended,
            (None, None, Some(end)) if end.kind == EndKind::Suspended => Stage::Suspended,
            (None, None, Some(_)) => Stage::Withdrawn,
            (None, None, None) => Stage::None,
        }
    }
}

fn serves(recommended: &Recommended, today: NaiveDate) -> bool {
    let age = today - civil_day(recommended.at).max(recommended.as_of);
    (TimeDelta::zero()..=TimeDelta::days(RECOMMENDATION_DAYS)).contains(&age)
}

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asker<'a> {
    /// The account.
    pub(super) account: Uuid,
    /// The person of the engagement.
    pub(super) person: Uuid,
    /// The roles.
    pub(super) roles: &'a [Role],
}

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The role does not recommend.
    WhoRecommends,
    /// The role does not declare.
    WhoDeclares,
    /// Not all four conditions are met now.
    NotMet,
    /// A declaration stands already.
    Standing,
    /// The same person has recommended already.
    RecommendedAlready,
    /// There is no recommendation that serves.
    NoRecommendation,
    /// Only the same person has recommended.
    TwoPersons,
    /// The verdict lacks the records that a proof needs.
    Proofs,
    /// Nothing stands that could be withdrawn.
    NothingStands,
}

/// A recommendation that may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ToRecommend {
    role: Role,
    as_of: NaiveDate,
}

/// A declaration that may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ToDeclare {
    role: Role,
    as_of: NaiveDate,
    recommendation: Uuid,
    recommended_by: Uuid,
    proofs: [Proof; 4],
}

/// A withdrawal that may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ToWithdraw {
    declaration: Uuid,
}

/// The records that prove one condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Proof {
    condition: ConditionName,
    met_since: NaiveDate,
    records: Records,
}

/// The records of a proof, by the kind of condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Records {
    /// The paper of legal status.
    Paper(Uuid),
    /// The issue order.
    Order(Uuid),
    /// The audit and the review.
    AuditAndReview(Uuid, Uuid),
    /// The declaration of no penalty and the credit search.
    DeclarationAndSearch(Uuid, Uuid),
}

impl ToRecommend {
    pub(super) fn role(&self) -> Role {
        self.role
    }

    pub(super) fn as_of(&self) -> NaiveDate {
        self.as_of
    }
}

impl ToDeclare {
    pub(super) fn role(&self) -> Role {
        self.role
    }

    pub(super) fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    /// The recommendation it rests on, and the account that made it.
    pub(super) fn recommendation(&self) -> (Uuid, Uuid) {
        (self.recommendation, self.recommended_by)
    }

    pub(super) fn proofs(&self) -> &[Proof; 4] {
        &self.proofs
    }
}

impl ToWithdraw {
    pub(super) fn declaration(&self) -> Uuid {
        self.declaration
    }
}

impl Proof {
    pub(super) fn condition(&self) -> ConditionName {
        self.condition
    }

    pub(super) fn met_since(&self) -> NaiveDate {
        self.met_since
    }

    pub(super) fn records(&self) -> Records {
        self.records
    }
}

/// The first of some roles that the asker has.
fn role(asker: Asker<'_>, wanted: [Role; 2]) -> Option<Role> {
    wanted.into_iter().find(|role| asker.roles.contains(role))
}

/// Whether the asker may recommend now. `verdict` is today's.
pub(super) fn recommend(gate: &Gate, verdict: &Verdict<'_>, asker: Asker<'_>) -> Result<ToRecommend, Refusal> {
    let role = role(asker, [Role::MgmtRep, Role::Consultant])
        .filter(|role| *role == Role::MgmtRep || gate.lead == Some(asker.person))
        .ok_or(Refusal::WhoRecommends)?;
    if gate.declaration.is_some() {
        return Err(Refusal::Standing);
    }
    let own = |one: &&Recommended| one.account == asker.account || one.person == asker.person;
    if gate.recommendations.iter().filter(own).any(|one| serves(one, verdict.as_of)) {
        return Err(Refusal::RecommendedAlready);
    }
    if verdict.overall.status != Status::Met {
        return Err(Refusal::NotMet);
    }
    Ok(ToRecommend { role, as_of: verdict.as_of })
}

/// Whether the asker may declare now. `verdict` is today's, reached on `facts` within the change.
pub(super) fn declare(gate: &Gate, facts: &Facts<'_>, verdict: &Verdict<'_>, asker: Asker<'_>) -> Result<ToDeclare, Refusal> {
    let role = role(asker, [Role::TopManagement, Role::MgmtRep]).ok_or(Refusal::WhoDeclares)?;
    if gate.declaration.is_some() {
        return Err(Refusal::Standing);
    }
    if verdict.overall.status != Status::Met {
        return Err(Refusal::NotMet);
    }
    if gate.recommendation(verdict.as_of).is_none() {
        return Err(Refusal::NoRecommendation);
    }
    let by_another = |one: &&Recommended| one.account != asker.account && one.person != asker.person && serves(one, verdict.as_of);
    let recommended = gate.recommendations.iter().find(by_another).ok_or(Refusal::TwoPersons)?;
    let [legal, operation, audited, clean] = &verdict.conditions;
    let proofs = [proof(facts, legal)?, proof(facts, operation)?, proof(facts, audited)?, proof(facts, clean)?];
    Ok(ToDeclare { role, as_of: verdict.as_of, recommendation: recommended.id, recommended_by: recommended.account, proofs })
}

/// Whether the asker may withdraw this declaration.
pub(super) fn withdraw(gate: &Gate, declaration: Uuid, asker: Asker<'_>) -> Result<ToWithdraw, Refusal> {
    role(asker, [Role::TopManagement, Role::MgmtRep]).ok_or(Refusal::WhoDeclares)?;
    match &gate.declaration {
        Some(standing) if standing.id == declaration => Ok(ToWithdraw { declaration }),
        _ => Err(Refusal::NothingStands),
    }
}

/// The records that prove a condition that is met, from its evidence.
fn proof(facts: &Facts<'_>, condition: &Condition<'_>) -> Result<Proof, Refusal> {
    let cited = |id: &str| condition.evidence.iter().any(|one| one == id);
    let first = |ids: Vec<&str>| ids.into_iter().filter(|id| cited(id)).find_map(|id| Uuid::parse_str(id).ok());
    macro_rules! of {
        ($list:ident) => {
            first(facts.$list.iter().map(|one| one.id.as_str()).collect())
        };
    }
    let records = match condition.condition {
        // A permit alone says nothing of the applicant's legal status.
        ConditionName::LegalStatus => {
            let mut papers: Vec<_> = facts.legal_documents.iter().collect();
            papers.sort_by_key(|paper| paper.permit_code.is_some());
            first(papers.into_iter().map(|paper| paper.id.as_str()).collect()).map(Records::Paper)
        }
        ConditionName::Operation => of!(issue_orders).map(Records::Order),
        ConditionName::AuditAndReview => of!(audits).zip(of!(reviews)).map(|(audit, review)| Records::AuditAndReview(audit, review)),
        ConditionName::NoPenalty => of!(declarations).zip(of!(credit_searches)).map(|(declaration, search)| Records::DeclarationAndSearch(declaration, search)),
    };
    let (Some(records), Some(met_since), Status::Met) = (records, condition.met_since, condition.status) else { return Err(Refusal::Proofs) };
    Ok(Proof { condition: condition.condition, met_since, records })
}

#[cfg(test)]
mod tests {
    use super::super::engine;
    use super::*;

    const MR: Uuid = Uuid::from_u128(1);
    const TM: Uuid = Uuid::from_u128(2);
    const CO: Uuid = Uuid::from_u128(3);

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// Facts with ids as the database gives them, all four conditions met on 2026-12-10.
    fn facts(drop: &str) -> String {
        let id = |n: u32| format!("00000000-0000-7000-8000-{n:012}");
        let clauses = r#"["3.1","3.2","3.3","4.1","4.2","4.3","4.4.1","4.4.2","4.4.3","5","6.1","6.2","6.3","6.4","6.5","6.6","7.2","7.3","8.2","8.3","9.1","9.2","10.1"]"#;
        let records: Vec<String> = ["6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "7.2", "7.3", "8.2", "8.3", "9.1", "9.2", "10.1"]
            .iter()
            .enumerate()
            .flat_map(|(place, process)| (9..12).map(move |month| (place, process, month)))
            .map(|(place, process, month)| {
                format!(r#"{{"id":"R{place}-{month}","process":"{process}","recorded_on":"2026-{month:02}-08","entered_on":"2026-{month:02}-08"}}"#)
            })
            .collect();
        let declarations = if drop == "declaration" { String::new() } else { format!(r#"{{"id":"{}","signed_on":"2026-12-01","file_id":"F"}}"#, id(6)) };
        format!(
            r#"{{"version":1,"engagement_id":"HL","as_of":"2026-12-10","applicant":{{"id":"A","kind":"cn_company","legal_name":"N"}},
            "legal_documents":[{{"id":"{}","kind":"business_licence","holder_name":"N","valid_from":"2014-01-01","file_id":"F"}}],
            "departments":[{{"id":"D1"}}],"scope_parts":[{{"id":"P1","start_on":"2026-08-31"}}],
            "issue_orders":[{{"id":"{}","kind":"first_edition","issued_on":"2026-08-28","file_id":"F"}}],
            "required_items":[{{"item":"3.1-02"}}],"documents":[{{"id":"DOC","items":["3.1-02"],"effective_on":"2026-08-31"}}],
            "operating_records":[{}],
            "audits":[{{"id":"{}","kind":"internal","start_on":"2026-10-26","end_on":"2026-10-30","report_approved_on":"2026-11-04","part_ids":["P1"],
              "areas":[{{"department_id":"D1","clauses":{clauses},"auditors":[{{"person_id":"X"}}]}}],"records_kept":["plan","checklist","report"]}}],
            "reviews":[{{"id":"{}","held_on":"2026-12-03","minutes_approved_on":"2026-12-04","chair":"top_management","decisions_assigned":true,"records_kept":["agenda","minutes"]}}],
            "declarations":[{declarations}],"credit_searches":[{{"id":"{}","source":"S","searched_on":"2026-12-01","file_id":"F"}}]}}"#,
            id(1),
            id(2),
            records.join(","),
            id(3),
            id(4),
            id(7)
        )
    }

    fn recommended(account: Uuid, at_text: &str) -> Recommended {
        Recommended { id: Uuid::from_u128(account.as_u128() + 100), account, person: account, name: "N".into(), at: at(at_text), as_of: civil_day(at(at_text)) }
    }

    fn asker(account: Uuid, roles: &[Role]) -> Asker<'_> {
        Asker { account, person: account, roles }
    }

    fn standing() -> Gate {
        Gate { declaration: Some(Standing { id: Uuid::from_u128(9), name: "N".into(), at: at("2026-12-09T01:00:00Z") }), ..Gate::default() }
    }

    #[test]
    fn who_may_recommend_and_when() {
        type Row<'a> = (&'a str, &'a Gate, &'a Verdict<'a>, Uuid, &'a [Role], Result<Role, Refusal>);
        let (met, open) = (facts(""), facts("declaration"));
        let (met, open) = (engine::read(met.as_bytes()).unwrap(), engine::read(open.as_bytes()).unwrap());
        let (met, open) = (engine::assess(&met), engine::assess(&open));
        assert_eq!(met.overall.status, Status::Met);
        let again = Gate { recommendations: vec![recommended(MR, "2026-12-09T01:00:00Z")], ..Gate::default() };
        let old = Gate { recommendations: vec![recommended(MR, "2026-11-09T01:00:00Z")], ..Gate::default() };
        let (again, old) = (Gate { lead: Some(CO), ..again }, Gate { lead: Some(CO), ..old });
        let none = Gate { lead: Some(CO), ..Gate::default() };
        let declared = standing();
        let rows: [Row<'_>; 10] = [
            ("management representative", &none, &met, MR, &[Role::MgmtRep], Ok(Role::MgmtRep)),
            ("lead consultant", &none, &met, CO, &[Role::Consultant], Ok(Role::Consultant)),
            ("another consultant", &none, &met, TM, &[Role::Consultant], Err(Refusal::WhoRecommends)),
            ("top management alone", &none, &met, TM, &[Role::TopManagement], Err(Refusal::WhoRecommends)),
            ("staff", &none, &met, CO, &[Role::Staff, Role::ExternalReader], Err(Refusal::WhoRecommends)),
            ("not met", &none, &open, MR, &[Role::MgmtRep], Err(Refusal::NotMet)),
            ("declared", &declared, &met, MR, &[Role::MgmtRep], Err(Refusal::Standing)),
            ("twice", &again, &met, MR, &[Role::MgmtRep], Err(Refusal::RecommendedAlready)),
            ("a second person", &again, &met, CO, &[Role::Consultant], Ok(Role::Consultant)),
            ("again after 31 days", &old, &met, MR, &[Role::MgmtRep], Ok(Role::MgmtRep)),
        ];
        for (name, gate, verdict, account, roles, wanted) in rows {
            assert_eq!(recommend(gate, verdict, asker(account, roles)).map(|decision| decision.role()), wanted, "{name}");
        }
    }

    #[test]
    fn who_may_declare_and_when() {
        type Row<'a> = (&'a str, &'a Gate, bool, Uuid, &'a [Role], Option<Refusal>);
        let (met_text, open_text) = (facts(""), facts("declaration"));
        let (met_facts, open_facts) = (engine::read(met_text.as_bytes()).unwrap(), engine::read(open_text.as_bytes()).unwrap());
        let (met, open) = (engine::assess(&met_facts), engine::assess(&open_facts));
        let by = |account, day| Gate { recommendations: vec![recommended(account, day)], ..Gate::default() };
        let (mr, last, stale, ahead) =
            (by(MR, "2026-12-09T01:00:00Z"), by(MR, "2026-11-10T01:00:00Z"), by(MR, "2026-11-08T01:00:00Z"), by(MR, "2026-12-11T01:00:00Z"));
        let tm: &[Role] = &[Role::TopManagement];
        let (none, on_consultant, declared) = (Gate::default(), by(CO, "2026-12-09T01:00:00Z"), standing());
        let rows: [Row<'_>; 11] = [
            ("another person", &mr, true, TM, tm, None),
            ("on the thirtieth day", &last, true, TM, tm, None),
            ("on the thirty-second day", &stale, true, TM, tm, Some(Refusal::NoRecommendation)),
            ("before it was recommended", &ahead, true, TM, tm, Some(Refusal::NoRecommendation)),
            ("never recommended", &none, true, TM, tm, Some(Refusal::NoRecommendation)),
            ("the same person", &mr, true, MR, &[Role::MgmtRep], Some(Refusal::TwoPersons)),
            ("management representative on the consultant's word", &on_consultant, true, MR, &[Role::MgmtRep], None),
            ("consultant", &mr, true, CO, &[Role::Consultant], Some(Refusal::WhoDeclares)),
            ("not met", &mr, false, TM, tm, Some(Refusal::NotMet)),
            ("declared", &declared, true, TM, tm, Some(Refusal::Standing)),
            ("not met comes before a lapsed recommendation", &stale, false, TM, tm, Some(Refusal::NotMet)),
        ];
        for (name, gate, is_met, account, roles, wanted) in rows {
            let (facts, verdict) = if is_met { (&met_facts, &met) } else { (&open_facts, &open) };
            assert_eq!(declare(gate, facts, verdict, asker(account, roles)).err(), wanted, "{name}");
        }
        let same_person = Asker { account: TM, person: MR, roles: tm };
        assert_eq!(declare(&mr, &met_facts, &met, same_person).err(), Some(Refusal::TwoPersons), "one person with two accounts");
    }

    #[test]
    fn a_declaration_names_the_records_of_each_condition() {
        let text = facts("");
        let facts = engine::read(text.as_bytes()).unwrap();
        let verdict = engine::assess(&facts);
        let gate = Gate { recommendations: vec![recommended(MR, "2026-12-09T01:00:00Z")], ..Gate::default() };
        let decision = declare(&gate, &facts, &verdict, asker(TM, &[Role::TopManagement])).unwrap();
        let id = |n: u32| Uuid::parse_str(&format!("00000000-0000-7000-8000-{n:012}")).unwrap();
        let records: Vec<Records> = decision.proofs().iter().map(Proof::records).collect();
        assert_eq!(records, [Records::Paper(id(1)), Records::Order(id(2)), Records::AuditAndReview(id(3), id(4)), Records::DeclarationAndSearch(id(6), id(7))]);
        assert_eq!(decision.recommendation(), (Uuid::from_u128(101), MR));
    }

    #[test]
    fn where_the_gate_stands() {
        let today: NaiveDate = "2026-12-10".parse().unwrap();
        let ended = |kind| Gate { last_end: Some(Ended { kind, at: at("2026-12-08T00:00:00Z"), reason: None }), ..Gate::default() };
        let after = Gate { recommendations: vec![recommended(MR, "2026-12-09T01:00:00Z")], ..ended(EndKind::Suspended) };
        let rows = [
            (Gate::default(), Status::Met, Stage::None),
            (standing(), Status::Met, Stage::Declared),
            (standing(), Status::Unknown, Stage::NotValid),
            (ended(EndKind::Suspended), Status::NotMet, Stage::Suspended),
            (ended(EndKind::Withdrawn), Status::Met, Stage::Withdrawn),
            (after, Status::Met, Stage::Recommended),
        ];
        for (gate, status, wanted) in rows {
            assert_eq!(gate.stage(status, today), wanted);
        }
    }

    #[test]
    fn only_what_stands_is_withdrawn() {
        let tm: &[Role] = &[Role::TopManagement];
        assert!(withdraw(&standing(), Uuid::from_u128(9), asker(TM, tm)).is_ok());
        assert_eq!(withdraw(&standing(), Uuid::from_u128(8), asker(TM, tm)), Err(Refusal::NothingStands));
        assert_eq!(withdraw(&Gate::default(), Uuid::from_u128(9), asker(TM, tm)), Err(Refusal::NothingStands));
        assert_eq!(withdraw(&standing(), Uuid::from_u128(9), asker(CO, &[Role::Consultant])), Err(Refusal::WhoDeclares));
    }
}
