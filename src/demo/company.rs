//! Facts of the demonstration company that the story tells (domain.md section 8).

/// The sample engagement and its variant with an interrupted operation (contrast case c).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variant {
    /// The sample engagement `HL`.
    Sample,
    /// The same company, with operation suspended from 1 to 15 October: `HLC`.
    Suspended,
}

impl Variant {
    /// The engagement's code.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Sample => "HL",
            Self::Suspended => "HLC",
        }
    }
}

/// Code, Chinese and English name of each department, and how many people work there.
pub(super) const DEPARTMENTS: [(&str, &str, &str, usize); 8] = [
    ("D1", "综合管理部", "Administration", 9),
    ("D2", "客户与市场部", "Customers and Marketing", 14),
    ("D3", "服务台", "Service Desk", 18),
    ("D4", "基础设施运维部", "Infrastructure Operations", 26),
    ("D5", "应用支持部", "Application Support", 24),
    ("D6", "网络与安全部", "Network and Security", 13),
    ("D7", "工具与发布部", "Tools and Release", 12),
    ("D8", "财务采购部", "Finance and Procurement", 6),
];

/// Clauses audited in each department, and the two auditors, who work elsewhere.
pub(super) const AREAS: [(&str, &[&str], [&str; 2]); 8] = [
    ("D1", &["3.1", "3.2", "3.3", "4.1", "4.2", "4.3", "4.4.1", "4.4.2", "4.4.3"], ["郑澜", "孟舟"]),
    ("D2", &["5", "6.1", "7.2"], ["郑澜", "孟舟"]),
    ("D3", &["6.2", "8.2"], ["江屿", "苏敏"]),
    ("D4", &["6.3", "6.5", "9.1"], ["郑澜", "孟舟"]),
    ("D5", &["3.2", "8.3"], ["江屿", "苏敏"]),
    ("D6", &["6.6"], ["江屿", "苏敏"]),
    ("D7", &["9.2", "10.1"], ["方圆", "梁溪"]),
    ("D8", &["6.4", "7.3"], ["方圆", "梁溪"]),
];

/// A finding: code, grade, item, department, owner, fact, plan accepted on, due on, verified on.
pub(super) type Finding = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

/// The findings of the internal audit.
pub(super) const FINDINGS: [Finding; 18] = [
    ("NC-01", "major", "6.3-11", "D4", "贺川", "连续性计划从未演练。Continuity plan never tested.", "2026-11-06", "2026-11-25", ""),
    ("NC-02", "minor", "9.1-12", "D4", "贺川", "抽查 40 个配置项，3 个与实际不符。3 of 40 CIs wrong.", "2026-11-06", "2026-11-20", "2026-11-18"),
    ("NC-03", "minor", "9.2-06", "D7", "江屿", "抽查 25 个变更，4 个没有评审。4 of 25 changes without review.", "2026-11-06", "2026-11-20", "2026-11-17"),
    ("NC-04", "minor", "8.3-03", "D5", "孟舟", "没有趋势分析。No trend analysis.", "2026-11-09", "2026-12-15", ""),
    ("NC-05", "minor", "7.3-04", "D8", "苏敏", "供方 8 小时，客户 4 小时。Supplier 8 h against customer 4 h.", "2026-11-09", "2026-12-10", ""),
    ("NC-06", "minor", "7.2-07", "D2", "梁溪", "2 份 SLA 没有投诉定义。Complaint definition missing in 2 SLAs.", "2026-11-06", "2026-11-25", "2026-11-19"),
    ("NC-07", "minor", "6.2-01", "D3", "方圆", "3 份报告没有数据来源。3 reports without source.", "2026-11-06", "2026-11-20", "2026-11-12"),
    ("NC-08", "minor", "6.6-02", "D6", "郑澜", "2 个离职账号未注销。2 leavers’ accounts active.", "2026-11-05", "2026-11-12", "2026-11-10"),
    ("NC-09", "minor", "3.2-05", "D5", "孟舟", "作废文件仍在使用。Void document in use.", "2026-11-05", "2026-11-12", "2026-11-09"),
    ("NC-10", "minor", "3.3-02", "D1", "何岚", "培训未评价效果。Training effect not judged.", "2026-11-09", "2026-12-18", ""),
    ("NC-11", "minor", "6.4-06", "D8", "苏敏", "5 个变更未核算成本。5 RFCs without cost.", "2026-11-09", "2026-12-18", ""),
    ("NC-12", "minor", "10.1-11", "D7", "江屿", "未统计发布后事件。Post-release incidents not counted.", "2026-11-06", "2026-11-20", "2026-11-18"),
    ("OB-01", "observation", "8.2-05", "D3", "", "预警多靠个人经验。Early warning rests on personal experience.", "", "", ""),
    ("OB-02", "observation", "6.5-05", "D4", "", "能力预测只有一种方法。Capacity is forecast in one way only.", "", "", ""),
    ("OB-03", "observation", "4.4.2-04", "D1", "", "改进台账未区分类型。The improvement log does not tell types apart.", "", "", ""),
    ("OB-04", "observation", "9.1-13", "D4", "", "配置库查询权限过窄。Too few people can see the CMDB.", "", "", ""),
    ("OB-05", "observation", "7.2-05", "D2", "", "走访记录格式不一。Visit notes differ in form.", "", "", ""),
    ("OB-06", "observation", "6.6-08", "D6", "", "安全统计未含影响。Security statistics leave out the impact.", "", "", ""),
];

/// What each process records in a week: process, title, prefix of the record's number.
pub(super) const RECORDS: [(&str, &str, &str); 13] = [
    ("6.1", "SLA 达成统计", "SLA"),
    ("6.2", "服务周报", "REP"),
    ("6.3", "可用率测量", "AVL"),
    ("6.4", "成本与预算对比", "BUD"),
    ("6.5", "能力监测表", "CAP"),
    ("6.6", "权限复核与安全事件统计", "SEC"),
    ("7.2", "客户例会纪要", "MIN"),
    ("7.3", "供方绩效记录", "SUP"),
    ("8.2", "事件单汇总", "INC"),
    ("8.3", "问题单", "PRB"),
    ("9.1", "配置项核查", "CFG"),
    ("9.2", "变更单与评审", "RFC"),
    ("10.1", "发布记录", "REL"),
];
