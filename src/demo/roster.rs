//! The people of the demonstration company as a sheet: those with a part in the story, and colleagues with invented names.

use super::company::DEPARTMENTS;

/// Name, Latin name, department, post, management, full-time.
const NAMED: [(&str, &str, &str, &str, &str, &str); 14] = [
    ("沈衡", "Shen Heng", "D1", "总经理", "是", ""),
    ("陆青", "Lu Qing", "D1", "副总经理", "是", ""),
    ("周宁", "Zhou Ning", "D1", "文件控制", "", "是"),
    ("何岚", "He Lan", "D1", "培训", "", "是"),
    ("梁溪", "Liang Xi", "D2", "客户经理", "", ""),
    ("方圆", "Fang Yuan", "D3", "服务台主管", "", ""),
    ("林小雨", "Lin Xiaoyu", "D3", "服务台工程师", "", ""),
    ("贺川", "He Chuan", "D4", "运维经理", "", ""),
    ("孟舟", "Meng Zhou", "D5", "应用支持主管", "", ""),
    ("郑澜", "Zheng Lan", "D6", "安全主管", "", ""),
    ("江屿", "Jiang Yu", "D7", "变更与发布经理", "", ""),
    ("苏敏", "Su Min", "D8", "财务采购主管", "", ""),
    ("许文博", "Xu Wenbo", "D8", "财务负责人", "是", ""),
    ("罗一鸣", "Luo Yiming", "D2", "副总经理", "是", ""),
];

const SURNAMES: [&str; 16] = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "吴", "徐", "孙", "马", "朱", "胡", "郭", "高"];
const GIVEN: [&str; 18] =
    ["晨", "子墨", "雨桐", "浩然", "思远", "嘉怡", "文轩", "若溪", "俊杰", "静怡", "天佑", "欣然", "志远", "梦瑶", "建国", "晓峰", "丽华", "永康"];

/// The sheet: a head and one row a person, tab separated, the numbers of domain.md section 8.
pub(super) fn sheet() -> String {
    let mut lines = vec!["姓名\t拼音\t工号\t邮箱\t部门\t岗位\t管理层\t专职".to_owned()];
    let mut number = 0_usize;
    for (code, name, _, size) in DEPARTMENTS {
        let mut here = 0;
        for (person, latin, _, post, management, full_time) in NAMED.iter().filter(|(_, _, department, ..)| *department == code) {
            number += 1;
            here += 1;
            let email = format!("{}@henglan.example", latin.to_lowercase().replace(' ', "."));
            lines.push(format!("{person}\t{latin}\tHL{number:03}\t{email}\t{code}\t{post}\t{management}\t{full_time}"));
        }
        while here < size {
            number += 1;
            here += 1;
            // Seven and eleven share no factor with the lists, so that no full name comes twice among 122.
            let surname = SURNAMES.get(number * 7 % SURNAMES.len()).copied().unwrap_or_default();
            let given = GIVEN.get(number * 11 % GIVEN.len()).copied().unwrap_or_default();
            lines.push(format!("{surname}{given}\t\tHL{number:03}\t\t{code}\t{name}工程师\t\t"));
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::sheet;
    use std::collections::HashSet;

    #[test]
    fn there_are_122_people_with_names_of_their_own() {
        let sheet = sheet();
        let names: Vec<&str> = sheet.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
        assert_eq!(names.len(), 122);
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), 122);
    }
}
