//! The sample engagement, in the order in which it happened.

use super::{
    PASSWORD,
    actor::{Actor, choice, offered},
    company::{AREAS, DEPARTMENTS, FINDINGS, RECORDS, Variant},
    roster,
};
use std::collections::HashMap;

/// Department codes and the ids of their records.
type Departments = HashMap<&'static str, String>;

/// Tells it.
pub(super) async fn tell(consultant: &mut Actor, variant: Variant) -> Result<(), String> {
    let base = format!("/e/{}", variant.code());
    consultant.remember("ren.yuan@qiming.example");
    consultant.on("2026-05-11 09:00").await?;
    open(consultant, variant).await?;
    let departments = organise(consultant, &base).await?;
    if variant == Variant::Sample {
        invite(consultant, &base).await?;
    }
    documents(consultant, &base).await?;
    run(consultant, &base, variant).await?;
    audit(consultant, &base, &departments).await?;
    eligibility(consultant, &base).await
}

async fn open(consultant: &mut Actor, variant: Variant) -> Result<(), String> {
    let once = consultant.id();
    let page = consultant.get("/engagements/new").await?;
    let client = choice(&page, "client", "衡岚").unwrap_or_default();
    let (zh, en) = if client.is_empty() { ("衡岚信息技术服务有限公司", "Henglan IT Services Co., Ltd.") } else { ("", "") };
    consultant
        .post(
            "/engagements/new",
            &[
                ("once", &once),
                ("code", variant.code()),
                ("client", &client),
                ("client_name_zh", zh),
                ("client_name_en", en),
                ("applicant_kind", "cn_company"),
                ("legal_name", "衡岚信息技术服务有限公司"),
                ("scope_zh", "面向客户的信息技术服务管理体系：桌面与服务台、服务器与数据中心、网络、应用维护、安全运营、备份与恢复"),
                ("scope_en", "The IT service management system for customers: desktop and service desk, servers and data centre, network, application maintenance, security operations, backup and recovery"),
                ("site_name", "总部"),
                ("site_address", "上海市"),
                ("edition", "2005"),
                ("kick_off_on", "2026-05-11"),
            ],
        )
        .await
        .map(drop)
}

async fn organise(consultant: &mut Actor, base: &str) -> Result<Departments, String> {
    let mut departments = Departments::new();
    for (code, zh, en, _) in DEPARTMENTS {
        let fields = [("code", code), ("name_zh", zh), ("name_en", en), ("in_scope", "yes")];
        departments.insert(code, consultant.enter(&format!("{base}/departments/new"), &fields, &[]).await?);
    }
    let sheet = roster::sheet();
    let path = format!("{base}/people/import");
    let preview = consultant.post(&path, &[("rows", &sheet)]).await?;
    let once = preview.value("once").unwrap_or_default().to_owned();
    let once = if once.is_empty() { consultant.id() } else { once };
    consultant.post(&path, &[("once", &once), ("rows", &sheet), ("confirmed", "yes")]).await?;
    Ok(departments)
}

async fn invite(consultant: &mut Actor, base: &str) -> Result<(), String> {
    let auditor = [
        ("once", &consultant.id()),
        ("name", &"外部审核员".to_owned()),
        ("name_latin", &"Outside auditor".to_owned()),
        ("email", &"auditor@alpha.example".to_owned()),
    ]
    .map(|(name, value)| (name, value.clone()));
    let auditor: Vec<(&str, &str)> = auditor.iter().map(|(name, value)| (*name, value.as_str())).collect();
    consultant.post(&format!("{base}/people/new"), &auditor).await?;
    let people: [(&str, &[&str], &str); 9] = [
        ("沈衡", &["top_management"], ""),
        ("陆青", &["mgmt_rep"], ""),
        ("周宁", &["document_team"], ""),
        ("何岚", &["working_body"], ""),
        ("贺川", &["department_head", "process_owner"], ""),
        ("郑澜", &["internal_auditor"], ""),
        ("江屿", &["process_owner"], ""),
        ("林小雨", &["staff"], ""),
        ("外部审核员", &["external_reader"], "2027-12-31"),
    ];
    for (name, roles, until) in people {
        let path = format!("{base}/members/new");
        let page = consultant.get(&path).await?;
        let person = choice(&page, "person", name)?;
        let once = consultant.id();
        let mut fields = vec![("once", once.as_str()), ("person", person.as_str()), ("until_on", until)];
        fields.extend(roles.iter().map(|role| ("roles", *role)));
        let result = consultant.post(&path, &fields).await?;
        let (_, rest) = result.text.split_once("/invitations/").ok_or_else(|| format!("{name}: no invitation link"))?;
        let token: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
        consultant.another().post(&format!("/invitations/{token}"), &[("password", PASSWORD), ("password_again", PASSWORD)]).await?;
    }
    Ok(())
}

async fn documents(consultant: &mut Actor, base: &str) -> Result<(), String> {
    consultant.on("2026-07-13 09:00").await?;
    consultant.enter(&format!("{base}/document-sets"), &[("prefix", "HL"), ("planned_effective_on", "2026-08-31")], &[]).await?;
    let order = [("kind", "first_edition"), ("number", "HL-2026-01"), ("issued_on", "2026-08-28")];
    consultant.on("2026-08-31 09:00").await?;
    consultant.enter(&format!("{base}/issue-orders/new"), &order, &[("file_id", "发布令 Issue order HL-2026-01")]).await?;
    // What is planned is the first edition; twelve of the others follow until November, two are still in external check.
    let later = ["C10", "C11", "C12", "C15", "C18", "C19", "D09", "D13", "D14", "D16", "D17", "D18", "D20", "D21"].map(|code| format!("HL-SM-{code} "));
    in_force(consultant, base, "2026-08-31", |words| !later.iter().any(|code| words.contains(code.as_str()))).await?;
    Ok(())
}

/// Puts the documents in force whose words are chosen.
async fn in_force(consultant: &mut Actor, base: &str, day: &str, chosen: impl Fn(&str) -> bool) -> Result<(), String> {
    let path = format!("{base}/documents-in-force");
    let page = consultant.get(&path).await?;
    let ids: Vec<String> = offered(&page, "document_ids").into_iter().filter(|(_, words)| chosen(words)).map(|(id, _)| id).collect();
    let mut fields = vec![("effective_on", day)];
    fields.extend(ids.iter().map(|id| ("document_ids", id.as_str())));
    consultant.post(&path, &fields).await.map(drop)
}

async fn run(consultant: &mut Actor, base: &str, variant: Variant) -> Result<(), String> {
    let parts = consultant.get(&format!("{base}/scope-parts")).await?;
    let part = parts.between(&format!("{base}/scope-parts/0"), "\"").map(|rest| format!("0{rest}")).ok_or("no scope part")?;
    let start = [("name_zh", "总部"), ("address", "上海市"), ("in_scope", "yes"), ("planned_start_on", "2026-08-24"), ("start_on", "2026-08-31")];
    consultant.correct(&format!("{base}/scope-parts/{part}/edit"), &start).await?;
    let fridays = [
        "2026-09-04",
        "2026-09-11",
        "2026-09-18",
        "2026-09-25",
        "2026-10-02",
        "2026-10-09",
        "2026-10-16",
        "2026-10-23",
        "2026-10-30",
        "2026-11-06",
        "2026-11-13",
        "2026-11-20",
    ];
    for (week, day) in fridays.into_iter().enumerate() {
        consultant.on(&format!("{day} 17:00")).await?;
        let is_suspended = variant == Variant::Suspended && matches!(day, "2026-10-02" | "2026-10-09");
        if !is_suspended {
            let lines: Vec<String> =
                RECORDS.iter().map(|(process, title, prefix)| format!("{process} | {day} | {title} | {prefix}-2026-{:03}", week + 1)).collect();
            consultant.enter(&format!("{base}/operating-record-sheets"), &[("lines", &lines.join("\n"))], &[]).await?;
        }
        if variant == Variant::Suspended && day == "2026-10-16" {
            let stop =
                [("from_on", "2026-10-01"), ("resumed_on", "2026-10-16"), ("reason", "机房搬迁，全部服务停运。Data centre moved, all services stopped.")];
            consultant.enter(&format!("{base}/suspensions/new"), &stop, &[("file_id", "停运通知 Suspension notice")]).await?;
        }
        if day == "2026-10-16" {
            in_force(consultant, base, "2026-10-12", |words| !words.contains("-D20 ") && !words.contains("-D21 ")).await?;
        }
    }
    Ok(())
}

async fn audit(consultant: &mut Actor, base: &str, departments: &Departments) -> Result<(), String> {
    let path = format!("{base}/audits/new");
    let page = consultant.get(&path).await?;
    let part = choice(&page, "part_ids", "总部")?;
    let fields = [
        ("code", "IA-2026-1"),
        ("title", "2026 年第一次内部审核"),
        ("kind", "internal"),
        ("part_ids", part.as_str()),
        ("planned_start_on", "2026-10-26"),
        ("start_on", "2026-10-26"),
        ("end_on", "2026-10-30"),
        ("report_approved_on", "2026-11-04"),
        ("report_approved_by", "陆青"),
    ];
    let files = [
        ("plan_file_id", "审核计划 Audit plan IA-2026-1"),
        ("checklist_file_id", "检查表 Checklist IA-2026-1"),
        ("report_file_id", "审核报告 Audit report IA-2026-1"),
        ("follow_up_file_id", "不符合跟踪 Follow-up IA-2026-1"),
    ];
    let audit = consultant.enter(&path, &fields, &files).await?;
    let page = consultant.get(&format!("{base}/audit-areas/new")).await?;
    for (code, clauses, auditors) in AREAS {
        let people: Vec<String> = auditors.iter().map(|name| choice(&page, "auditor_ids", name)).collect::<Result<_, _>>()?;
        let department = departments.get(code).cloned().unwrap_or_default();
        let mut fields = vec![("audit_id", audit.as_str()), ("department_id", department.as_str())];
        fields.extend(clauses.iter().map(|clause| ("clauses", *clause)));
        fields.extend(people.iter().map(|person| ("auditor_ids", person.as_str())));
        consultant.enter(&format!("{base}/audit-areas/new"), &fields, &[]).await?;
    }
    let page = consultant.get(&format!("{base}/findings/new")).await?;
    let lead_auditor = choice(&page, "verified_by", "何岚")?;
    for (code, grade, item, department, owner, fact, accepted, due, verified) in FINDINGS {
        let owner = if owner.is_empty() { String::new() } else { choice(&page, "owner_id", owner)? };
        let department = departments.get(department).cloned().unwrap_or_default();
        let verifier = if verified.is_empty() { "" } else { lead_auditor.as_str() };
        let fields = [
            ("audit_id", audit.as_str()),
            ("code", code),
            ("grade", grade),
            ("item", item),
            ("department_id", department.as_str()),
            ("fact", fact),
            ("owner_id", owner.as_str()),
            ("plan_accepted_on", accepted),
            ("due_on", due),
            ("verified_on", verified),
            ("verified_by", verifier),
        ];
        consultant.enter(&format!("{base}/findings/new"), &fields, &[]).await?;
    }
    let review = [("title", "2026 年管理评审"), ("planned_on", "2026-12-03"), ("planned_minutes_on", "2026-12-04"), ("chair", "top_management")];
    consultant.enter(&format!("{base}/reviews/new"), &review, &[]).await?;
    let order = [("kind", "second_edition"), ("planned_on", "2026-12-07")];
    consultant.enter(&format!("{base}/issue-orders/new"), &order, &[]).await.map(drop)
}

async fn eligibility(consultant: &mut Actor, base: &str) -> Result<(), String> {
    let name = "衡岚信息技术服务有限公司";
    let licence = [
        ("kind", "business_licence"),
        ("number", "91310000MA0HL0000X"),
        ("issuer", "市场监督管理局"),
        ("holder_name", name),
        ("valid_from", "2014-03-18"),
        ("status", "in_force"),
    ];
    consultant.enter(&format!("{base}/legal-documents/new"), &licence, &[("file_id", "营业执照 Business licence")]).await?;
    let penalty = [
        ("authority", "市场监督管理局"),
        ("document_no", "沪市监处罚〔2025〕0619 号"),
        ("decided_on", "2025-06-19"),
        ("kind", "fine"),
        ("subject", "applicant"),
        ("status", "in_force"),
        ("related", "yes"),
    ];
    consultant.enter(&format!("{base}/penalties/new"), &penalty, &[("file_id", "处罚决定书 Penalty decision")]).await?;
    let declaration = [("signed_on", "2026-11-16"), ("signed_by", "沈衡")];
    consultant.enter(&format!("{base}/no-penalty-declarations/new"), &declaration, &[("file_id", "无处罚声明 Declaration of no penalty")]).await?;
    let search = [("source", "信用中国"), ("searched_on", "2026-11-16")];
    consultant.enter(&format!("{base}/credit-searches/new"), &search, &[("file_id", "信用查询报告 Credit search report")]).await?;
    let path = format!("{base}/engagement/facts");
    let page = consultant.get(&path).await?;
    let lead = choice(&page, "lead_person_id", "任远")?;
    let facts = [
        ("applicant_kind", "cn_company"),
        ("legal_name", name),
        ("scope_zh", "面向客户的信息技术服务管理体系：桌面与服务台、服务器与数据中心、网络、应用维护、安全运营、备份与恢复"),
        (
            "scope_en",
            "The IT service management system for customers: desktop and service desk, servers and data centre, network, application maintenance, security operations, backup and recovery",
        ),
        ("edition", "2005"),
        ("kick_off_on", "2026-05-11"),
        ("application_on", "2026-12-21"),
        ("planned_stage2_on", "2027-01-20"),
        ("lead_person_id", lead.as_str()),
    ];
    consultant.correct(&path, &facts).await
}
