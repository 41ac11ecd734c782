//! The standard's data: its totals, what hangs together, and every fault that reading must find.

#![expect(clippy::expect_used, reason = "a test may fail loudly")]

use std::collections::BTreeSet;

use certgate::catalogue::{
    AUDIT_CLAUSES, Catalogue, CatalogueFault, Grade, Level, OtherStandard, PROCESSES, PlanVariant, Problem, RequirementKind, Sources, catalogue, install,
};

#[test]
fn the_files_of_this_build_are_sound() {
    if let Err(fault) = install() {
        panic!("{fault}");
    }
    assert_eq!(catalogue().requirements().len(), 187);
}

#[test]
fn the_checklist_has_the_totals_of_the_standard() {
    let catalogue = catalogue();
    for (clause, items) in [("3", 16), ("4", 37), ("5", 13), ("6", 48), ("7", 23), ("8", 14), ("9", 24), ("10", 12)] {
        assert_eq!(catalogue.requirements_of(clause).count(), items, "clause {clause}");
    }
    let of_kind = |kind| catalogue.requirements().iter().filter(|item| item.kind == kind).count();
    assert_eq!(of_kind(RequirementKind::Document), 74);
    assert_eq!(of_kind(RequirementKind::Record), 90);
    assert_eq!(of_kind(RequirementKind::Practice), 23);
    assert_eq!(catalogue.document_items().count(), 74);
    assert_eq!(catalogue.control_items().len(), 65);
}

#[test]
fn each_process_is_asked_the_five_criteria() {
    let catalogue = catalogue();
    for process in PROCESSES {
        for criterion in ["C1", "C2", "C3", "C4", "C5"] {
            let item = catalogue.requirement(&format!("{process}-{criterion}")).unwrap();
            assert_eq!((item.clause.as_str(), item.kind), (process, RequirementKind::Practice));
        }
    }
    let checklist: Vec<_> = catalogue.checklist_of("8.3").map(|item| item.id.as_str()).collect();
    assert_eq!(checklist, ["8.3-01", "8.3-02", "8.3-03", "8.3-04", "8.3-05", "8.3-06", "8.3-07", "8.3-C1", "8.3-C2", "8.3-C3", "8.3-C4", "8.3-C5"]);
}

#[test]
fn groups_and_processes_are_those_of_the_standard() {
    let catalogue = catalogue();
    let sizes: Vec<_> = catalogue.groups().iter().map(|group| catalogue.processes_of(&group.id).count()).collect();
    assert_eq!(sizes, [6, 2, 2, 2, 1]);
    assert!(PROCESSES.iter().all(|process| AUDIT_CLAUSES.contains(process)));
    assert!(PROCESSES.iter().all(|process| catalogue.kpis_of(process).count() >= 3));
    assert_eq!(catalogue.kpis().len(), 48);
}

#[test]
fn the_first_issue_alone_covers_every_document_item() {
    let catalogue = catalogue();
    let issued: Vec<_> = catalogue.documents().iter().filter(|document| document.first_edition).collect();
    assert_eq!((catalogue.documents().len(), issued.len()), (88, 74));
    let covered: BTreeSet<_> = issued.iter().filter(|document| document.level != Level::Form).flat_map(|document| &document.covers).collect();
    assert_eq!(covered, catalogue.document_items().map(|item| &item.id).collect());
}

#[test]
fn every_clause_that_is_audited_is_served_by_a_document() {
    let catalogue = catalogue();
    for clause in AUDIT_CLAUSES {
        let mut chapters = clause.match_indices('.').map(|(end, _)| &clause[..end]).chain([clause]);
        let is_served = chapters.any(|chapter| catalogue.documents().iter().any(|document| document.clauses.iter().any(|served| served == chapter)));
        assert!(is_served, "clause {clause}");
    }
}

#[test]
fn every_procedure_names_its_forms_and_no_form_is_left() {
    let procedures = catalogue().documents_at(Level::Procedure);
    for procedure in procedures {
        assert!(!procedure.records.is_empty(), "{}", procedure.code);
    }
    let yielded: BTreeSet<_> = catalogue().documents_at(Level::Procedure).flat_map(|document| &document.records).collect();
    assert_eq!(yielded.len(), 40);
}

#[test]
fn the_plan_lasts_36_weeks_or_28_without_pre_audit() {
    let stage2 = catalogue().plan_step("S28").unwrap();
    assert_eq!(stage2.weeks(PlanVariant::Standard).unwrap().last, 36);
    assert_eq!(stage2.weeks(PlanVariant::Fast).unwrap().last, 28);
    let left_out: Vec<_> = catalogue().plan_steps().iter().filter(|step| !step.is_in(PlanVariant::Fast)).map(|step| step.id.as_str()).collect();
    assert_eq!(left_out, ["S24", "S25"]);
    assert!(catalogue().plan_steps().iter().all(|step| step.is_in(PlanVariant::Standard)));
}

#[test]
fn the_journey_has_four_phases() {
    let phases: Vec<_> = catalogue().steps_below(None).map(|step| step.id.as_str()).collect();
    assert_eq!(phases, ["1.1", "1.2", "1.3", "1.4"]);
    assert_eq!(catalogue().steps_below(Some("1.1")).count(), 6);
    assert_eq!(catalogue().steps_below(Some("1.1.5")).count(), 6);
}

#[test]
fn texts_come_in_both_languages_and_unknown_ids_stand_for_themselves() {
    let catalogue = catalogue();
    assert_eq!(catalogue.clause_title("8.2", true), "事件管理");
    assert_eq!(catalogue.clause_title("8.2", false), "Incident management");
    assert_eq!(catalogue.clause_title("8.9", false), "8.9");
    assert_eq!(catalogue.process_name("9.2", true), "变更管理");
    assert_eq!(catalogue.document_title("B07", false), "Internal audit procedure");
    assert_eq!(catalogue.kpi_name("K8.2-2", true), "首次联系解决率");
    assert_eq!(catalogue.term_name("mgmt_rep", true), "管理者代表");
    assert_eq!(catalogue.step_title("1.2.2", false), "Formal operation");
    assert_eq!(catalogue.requirement_text("6.5-01", false), "A capacity plan is made and kept");
}

#[test]
fn a_clause_without_mapping_has_that_of_its_parent() {
    let clauses = |id, standard| -> Vec<_> { catalogue().counterparts(id, standard).iter().map(|there| there.clause.as_str()).collect() };
    assert_eq!(clauses("4.4.2", OtherStandard::Edition2018), ["10.1", "10.2"]);
    assert_eq!(clauses("9.2", OtherStandard::Iso27001), ["A.8.32"]);
    assert!(clauses("6", OtherStandard::Edition2018).is_empty());
    for clause in AUDIT_CLAUSES {
        assert!(!clauses(clause, OtherStandard::Edition2018).is_empty(), "clause {clause}");
    }
}

#[test]
fn an_untested_continuity_plan_is_a_major_nonconformity() {
    let found: Vec<_> = catalogue().nonconformities_of("6.3").filter(|typical| typical.grade == Grade::Major).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].item, "6.3-11");
}

#[test]
fn only_the_2018_edition_can_be_certified_today() {
    let certifiable: Vec<_> = catalogue().editions().iter().filter(|edition| edition.certifiable).map(|edition| edition.id.as_str()).collect();
    assert_eq!(certifiable, ["2018"]);
    assert!(catalogue().facts().iter().any(|fact| !fact.verified));
}

/// What reading says once the first `old` after `place` in one file has become `new`.
fn fault_after(pick: for<'a, 'b> fn(&'b mut Sources<'a>) -> &'b mut &'a str, place: &str, old: &str, new: &str) -> CatalogueFault {
    let mut sources = Sources::embedded();
    let text = *pick(&mut sources);
    let at = text.find(place).expect("the place to alter");
    let (before, after) = text.split_at(at);
    assert!(after.contains(old), "nothing to alter");
    let altered = format!("{before}{}", after.replacen(old, new, 1));
    *pick(&mut sources) = &altered;
    Catalogue::read(&sources).expect_err("a fault")
}

/// The sentence, with any line number left open: it moves with every edit of the file.
fn sentence(mut fault: CatalogueFault) -> String {
    if let Problem::Unreadable { line, .. } = &mut fault.problem {
        *line = 0;
    }
    fault.to_string().replace("line 0 ", "line ? ")
}

#[test]
fn a_fault_of_reading_names_the_line() {
    let text = "[[group]]\nid = \"G1\"\nclause = 6\nname = { zh = \"一\", en = \"a\" }\n";
    let fault = Catalogue::read(&Sources { groups: text, ..Sources::embedded() }).unwrap_err();
    assert_eq!(fault.to_string(), "catalogue/groups.toml, G1: line 3 cannot be read: invalid type: integer `6`, expected a string");
}

#[test]
fn an_empty_file_is_named_as_a_whole() {
    let fault = Catalogue::read(&Sources { kpis: "", ..Sources::embedded() }).unwrap_err();
    assert_eq!(fault.to_string(), "catalogue/kpis.toml, whole file: line 1 cannot be read: missing field `kpi`");
}

#[test]
fn a_step_that_no_plan_step_carries_out() {
    let fault = fault_after(|sources| &mut sources.plan_steps, "id = \"S30\"", "1.4.2", "1.4.1");
    assert_eq!(fault.to_string(), "catalogue/steps.toml, 1.4.2: no plan step carries this step out");
}

#[test]
fn an_audited_clause_without_items() {
    let mut text = Sources::embedded().requirements.replace("clause = \"4.4.1\"", "clause = \"4.4.2\"");
    for (old, new) in [("4.4.1-01", "4.4.2-05"), ("4.4.1-02", "4.4.2-06"), ("4.4.1-03", "4.4.2-07")] {
        text = text.replace(old, new);
    }
    let sources = Sources { requirements: &text, ..Sources::embedded() };
    assert_eq!(Catalogue::read(&sources).unwrap_err().to_string(), "catalogue/requirements.toml, whole file: clause 4.4.1 has no checklist item");
}

macro_rules! faults {
    ($($name:ident: $file:ident, $place:literal, $old:literal => $new:literal, $sentence:literal;)+) => {
        $(#[test]
        fn $name() {
            let fault = fault_after(|sources| &mut sources.$file, $place, $old, $new);
            assert_eq!(sentence(fault), concat!("catalogue/", stringify!($file), ".toml, ", $sentence));
        })+
    };
}

faults! {
    a_file_that_is_not_toml: groups, "id = \"G2\"", "name.zh = \"" => "name.zh = ",
        "G2: line ? cannot be read: missing opening quote, expected `\"`";
    a_field_left_out: requirements, "id = \"6.1-02\"", "kind = \"D\"\n" => "",
        "6.1-02: line ? cannot be read: missing field `kind`";
    a_field_that_is_not_known: kpis, "id = \"K8.2-1\"", "period" => "colour = \"red\"\nperiod",
        "K8.2-1: line ? cannot be read: unknown field `colour`, expected one of `id`, `process`, `name`, `formula`, `unit`, `direction`, `target`, `period`";
    a_table_that_is_not_known: groups, "[[group]]", "[[group]]" => "[[grupo]]",
        "G1: line ? cannot be read: unknown field `grupo`, expected `group`";
    a_letter_that_is_no_kind: requirements, "id = \"3.2-01\"", "kind = \"D\"" => "kind = \"X\"",
        "3.2-01: line ? cannot be read: unknown variant `X`, expected one of `D`, `R`, `P`";
    a_text_empty_in_chinese: steps, "id = \"1.1.2.2\"", "title.zh = \"工作机构\"" => "title.zh = \"\"",
        "1.1.2.2: line ? cannot be read: the zh text is empty";
    a_text_blank_in_english: glossary, "id = \"core_team\"", "name.en = \"backbone staff (core team)\"" => "name.en = \" \"",
        "core_team: line ? cannot be read: the en text is empty";
    a_language_left_out: editions, "id = \"B3\"", "text.en" => "text.fr",
        "B3: line ? cannot be read: unknown field `fr`, expected `zh` or `en`";
    a_blank_text_in_a_list: processes, "id = \"9.1\"", "en = \"purchases\"" => "en = \"\"",
        "9.1: line ? cannot be read: the en text is empty";

    an_item_used_twice: requirements, "id = \"6.1-02\"", "6.1-02" => "6.1-01", "6.1-01: this id is used twice";
    a_document_code_used_twice: documents, "code = \"C05\"", "C05" => "C04", "C04: this id is used twice";
    a_clause_used_twice: clauses, "id = \"7.1\"", "7.1" => "7", "7: this id is used twice";
    a_process_used_twice: processes, "id = \"6.2\"", "6.2" => "6.1", "6.1: this id is used twice";
    a_fact_used_twice: editions, "id = \"B2\"", "B2" => "B1", "B1: this id is used twice";

    a_clause_under_no_clause: clauses, "id = \"4.4.1\"", "parent = \"4.4\"" => "parent = \"4.5\"",
        "4.4.1: it refers to the clause 4.5, which does not exist";
    a_clause_under_the_wrong_clause: clauses, "id = \"4.4.1\"", "parent = \"4.4\"" => "parent = \"4\"",
        "4.4.1: its parent must be 4.4";
    an_audited_clause_left_out: clauses, "id = \"4.4.3\"", "4.4.3" => "4.4.4",
        "whole file: it refers to the audited clause 4.4.3, which does not exist";
    a_group_without_clause: groups, "id = \"G3\"", "clause = \"8\"" => "clause = \"11\"",
        "G3: it refers to the clause 11, which does not exist";
    a_process_in_no_group: processes, "id = \"8.2\"", "G3" => "G6", "8.2: it refers to the group G6, which does not exist";
    a_process_in_the_wrong_group: processes, "id = \"8.2\"", "G3" => "G2", "8.2: group G2 belongs to another clause";
    a_process_out_of_order: processes, "id = \"8.3\"", "8.3" => "8.1", "8.1: process 8.3 belongs here, in the order of the standard";
    a_process_number_out_of_order: processes, "id = \"8.3\"", "P10" => "P11", "8.3: its number must be P10";
    an_interface_to_no_clause: processes, "id = \"8.3\"", "interfaces = [\"8.2\"" => "interfaces = [\"8.4\"",
        "8.3: it refers to the clause 8.4, which does not exist";
    a_process_without_outputs: processes, "id = \"6.2\"",
        "outputs = [
    { zh = \"定期与专题报告\", en = \"periodic and event reports\" },
    { zh = \"管理决策\", en = \"decisions\" },
]" => "outputs = []",
        "6.2: inputs, outputs, documents, records and interfaces need an entry each";

    an_item_of_no_clause: requirements, "id = \"6.1-02\"", "clause = \"6.1\"" => "clause = \"6.9\"",
        "6.1-02: it refers to the clause 6.9, which does not exist";
    an_item_of_another_clause: requirements, "id = \"6.1-02\"", "clause = \"6.1\"" => "clause = \"6.2\"",
        "6.1-02: its id must be 6.2, a hyphen and digits (2)";
    an_item_with_one_digit: requirements, "id = \"6.1-02\"", "6.1-02" => "6.1-2",
        "6.1-2: its id must be 6.1, a hyphen and digits (2)";
    an_item_of_an_introduction: requirements, "id = \"8.2-01\"", "8.2-01\"\nclause = \"8.2\"" => "8.1-01\"\nclause = \"8.1\"",
        "8.1-01: clause 8.1 carries no checklist items";

    a_step_under_the_wrong_step: steps, "id = \"1.1.5.2\"", "parent = \"1.1.5\"" => "parent = \"1.1.4\"",
        "1.1.5.2: its parent must be 1.1.5";
    a_phase_with_a_parent: steps, "id = \"1.2\"", "title.zh" => "parent = \"1.1\"\ntitle.zh", "1.2: its parent must be left out";

    a_kpi_of_no_process: kpis, "id = \"K8.2-1\"", "process = \"8.2\"" => "process = \"8.1\"",
        "K8.2-1: it refers to the process 8.1, which does not exist";
    a_kpi_of_another_process: kpis, "id = \"K8.2-1\"", "process = \"8.2\"" => "process = \"8.3\"",
        "K8.2-1: its id must be K8.3, a hyphen and digits (1)";
    a_target_below_nothing: kpis, "id = \"K8.2-1\"", "target = 95" => "target = -95",
        "K8.2-1: the target must be a number of 0 or more";
    a_target_that_is_no_number: kpis, "id = \"K8.2-1\"", "target = 95" => "target = nan",
        "K8.2-1: the target must be a number of 0 or more";

    a_document_for_no_clause: documents, "code = \"B07\"", "clauses = [\"4.3\"]" => "clauses = [\"4.5\"]",
        "B07: it refers to the clause 4.5, which does not exist";
    a_document_without_clause: documents, "code = \"B07\"", "clauses = [\"4.3\"]" => "clauses = []", "B07: it serves no clause";
    a_document_that_covers_no_item: documents, "code = \"B07\"", "4.3-04" => "4.3-44",
        "B07: it refers to the item 4.3-44, which does not exist";
    a_document_that_covers_a_record: documents, "code = \"B07\"", "4.3-04" => "4.3-05",
        "B07: item 4.3-05 is not of kind D and needs no document";
    a_procedure_with_unknown_form: documents, "code = \"B07\"", "D12" => "D99",
        "B07: it refers to the document D99, which does not exist";
    a_procedure_with_a_form_that_is_none: documents, "code = \"B07\"", "D12" => "C12",
        "B07: C12 is no form, so it holds no records";
    a_document_at_another_level: documents, "code = \"B07\"", "level = \"B\"" => "level = \"C\"",
        "B07: its code must be its level C and two digits";
    an_item_that_no_document_covers: documents, "code = \"C07\"", "\"6.5-02\", " => "",
        "6.5-02: no manual, procedure or work document of the first edition covers this item of kind D";
    an_item_that_only_later_documents_cover: documents, "code = \"C16\"", "first_edition = true" => "first_edition = false",
        "9.1-03: no manual, procedure or work document of the first edition covers this item of kind D";

    a_nonconformity_of_no_clause: nonconformities, "id = \"T6.3-1\"", "clause = \"6.3\"" => "clause = \"6.9\"",
        "T6.3-1: it refers to the clause 6.9, which does not exist";
    a_nonconformity_of_no_item: nonconformities, "id = \"T6.3-1\"", "6.3-11" => "6.3-12",
        "T6.3-1: it refers to the item 6.3-12, which does not exist";
    a_nonconformity_of_another_clause: nonconformities, "id = \"T6.3-1\"", "6.3-11" => "6.5-01",
        "T6.3-1: item 6.5-01 belongs to another clause";

    a_plan_step_for_no_step: plan_steps, "id = \"S19\"", "1.2.1" => "1.2.3", "S19: it refers to the step 1.2.3, which does not exist";
    a_plan_step_after_none: plan_steps, "id = \"S19\"", "step = \"S18\"" => "step = \"S31\"",
        "S19: it refers to the plan step S31, which does not exist";
    a_plan_that_waits_for_itself: plan_steps, "id = \"S15\"", "step = \"S14\"" => "step = \"S16\"",
        "S15: this plan step waits, through others, for itself";
    a_fast_plan_that_waits_for_itself: plan_steps, "after_fast = [{ step = \"S19\"", "step = \"S19\"" => "step = \"S21\"",
        "S20: this plan step waits, through others, for itself";
    a_fast_step_after_one_left_out: plan_steps, "id = \"S27\"", "after_fast = [{ step = \"S26\"" => "after_fast = [{ step = \"S25\"",
        "S27: it waits for S25, which the same plan leaves out";
    a_step_left_out_that_waits: plan_steps, "id = \"S24\"", "after_fast = []" => "after_fast = [{ step = \"S21\", from = \"finish\", weeks = 0 }]",
        "S24: a plan that leaves the step out has nothing before it";
    a_plan_step_that_ends_before_it_begins: plan_steps, "id = \"S13\"", "last = 13" => "last = 9",
        "S13: weeks run from 1, first to last; a yearly step has none";
    a_plan_step_before_kick_off: plan_steps, "id = \"S01\"", "first = 1" => "first = 0",
        "S01: weeks run from 1, first to last; a yearly step has none";
    a_yearly_step_with_weeks: plan_steps, "id = \"S29\"", "after = [" => "yearly = true\nafter = [",
        "S29: weeks run from 1, first to last; a yearly step has none";
    a_step_that_begins_too_early: plan_steps, "id = \"S28\"", "first = 36" => "first = 35",
        "S28: it begins in week 35, earlier than S27 allows";
    a_fast_step_that_begins_too_early: plan_steps, "id = \"S19\"", "fast = { first = 18" => "fast = { first = 17",
        "S19: it begins in week 17, earlier than S17 allows";
    a_condition_that_is_none: plan_steps, "id = \"S26\"", "\"E4\"" => "\"E5\"",
        "S26: it refers to the eligibility condition E5, which does not exist";
    a_plan_step_that_nobody_does: plan_steps, "id = \"S26\"", "responsible = [\"MR\"]" => "responsible = []",
        "S26: steps, responsible and informed need an entry each";
    a_role_that_is_none: plan_steps, "id = \"S26\"", "responsible = [\"MR\"]" => "responsible = [\"XX\"]",
        "S26: line ? cannot be read: unknown variant `XX`, expected one of `TM`, `MR`, `WB`, `FT`, `DH`, `PO`, `IA`, `ST`, `CO`, `EX`, `AD`";

    an_item_of_another_kind: requirements, "id = \"6.1-04\"", "kind = \"R\"" => "kind = \"P\"",
        "whole file: there must be 90 items of kind R, but there are 89";
    an_item_too_many: requirements, "[[requirement]]\nid = \"10.1-12\"",
        "[[requirement]]" => "[[requirement]]\nid = \"10.1-13\"\nclause = \"10.1\"\nkind = \"R\"\ntext = { zh = \"一\", en = \"a\" }\nevidence = { zh = \"一\", en = \"a\" }\n\n[[requirement]]",
        "whole file: there must be 12 items of clause 10, but there are 13";
    a_group_too_many: groups, "[[group]]", "[[group]]" => "[[group]]\nid = \"G6\"\nclause = \"3\"\nname = { zh = \"一\", en = \"a\" }\n\n[[group]]",
        "whole file: there must be 5 groups, but there are 6";
    a_criterion_too_many: criteria, "[[criterion]]", "[[criterion]]" => "[[criterion]]\nid = \"C6\"\nname = { zh = \"一\", en = \"a\" }\ntext = { zh = \"一\", en = \"a\" }\nevidence = { zh = \"一\", en = \"a\" }\n\n[[criterion]]",
        "whole file: there must be 5 criteria, but there are 6";
    a_clause_too_many: clauses, "[[later_subject]]", "[[later_subject]]" => "[[clause]]\nid = \"11\"\ntitle = { zh = \"一\", en = \"a\" }\nobjective = { zh = \"一\", en = \"a\" }\n\n[[later_subject]]",
        "whole file: there must be 33 clauses, but there are 34";
    a_step_too_many: steps, "[[step]]\nid = \"1.2\"", "[[step]]" => "[[step]]\nid = \"1.1.7\"\nparent = \"1.1\"\ntitle = { zh = \"一\", en = \"a\" }\ncontent = { zh = \"一\", en = \"a\" }\nevidence = { zh = \"一\", en = \"a\" }\n\n[[step]]",
        "1.1.7: no plan step carries this step out";
    a_kpi_too_many: kpis, "[[kpi]]", "[[kpi]]" => "[[kpi]]\nid = \"K6.1-5\"\nprocess = \"6.1\"\nname = { zh = \"一\", en = \"a\" }\nformula = { zh = \"一\", en = \"a\" }\nunit = \"count\"\ndirection = \"lower\"\ntarget = 0\nperiod = \"year\"\n\n[[kpi]]",
        "whole file: there must be 48 KPIs, but there are 49";
    a_document_too_many: documents, "[[document]]", "[[document]]" => "[[document]]\ncode = \"D41\"\nlevel = \"D\"\nkind = \"form\"\ntitle = { zh = \"一\", en = \"a\" }\nclauses = [\"6.1\"]\ncovers = []\nrecords = []\nfirst_edition = false\n\n[[document]]",
        "whole file: there must be 40 documents of level D, but there are 41";
    a_form_moved_to_a_later_issue: documents, "code = \"D40\"", "first_edition = true" => "first_edition = false",
        "whole file: there must be 32 first-edition documents of level D, but there are 31";
    an_edition_too_many: editions, "[[edition]]", "[[edition]]" => "[[edition]]\nid = \"2030\"\nname = \"a\"\ncertifiable = true\nstate = { zh = \"一\", en = \"a\" }\n\n[[edition]]",
        "whole file: there must be 3 editions, but there are 4";
    a_plan_step_too_many: plan_steps, "[[plan_step]]", "[[plan_step]]" => "[[plan_step]]\nid = \"S31\"\nsteps = [\"1.4.2\"]\ntitle = { zh = \"一\", en = \"a\" }\nyearly = true\nafter = []\nafter_fast = []\naccountable = \"TM\"\nresponsible = [\"MR\"]\ninformed = [\"ST\"]\n\n[[plan_step]]",
        "whole file: there must be 30 plan steps, but there are 31";
}
