//! A sheet of people: which column is what, and what becomes of each row.

use super::code::plain;
use crate::{
    import::{Fault, Sheet},
    web::form::{is_email, read_date},
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The row's number in the sheet that was first sent; only in rows that come back from the preview.
    Number,
    /// Name.
    Name,
    /// Name in Latin letters.
    NameLatin,
    /// Staff number.
    StaffNo,
    /// E-mail address.
    Email,
    /// Department, by code or name.
    Department,
    /// Post.
    Post,
    /// Whether the person is of the management.
    Management,
    /// Whether the person works full-time for the system.
    FullTime,
    /// First day.
    Joined,
}

/// Every column with the heads it is known by, folded: small letters, no blanks or marks.
const HEADS: [(Column, &[&str]); 10] = [
    (Column::Number, &["#row"]),
    (Column::Name, &["姓名", "名字", "人员", "员工姓名", "中文姓名", "name", "fullname", "chinesename", "person", "employee", "employeename"]),
    (Column::NameLatin, &["拼音", "姓名拼音", "英文名", "英文姓名", "latinname", "namelatin", "nameinlatinletters", "pinyin", "englishname"]),
    (
        Column::StaffNo,
        &["工号", "员工号", "员工编号", "人员编号", "编号", "staffno", "staffnumber", "staffid", "employeeno", "employeenumber", "employeeid", "no", "id"],
    ),
    (Column::Email, &["邮箱", "电子邮箱", "邮箱地址", "邮件", "电子邮件", "email", "emailaddress", "mail"]),
    (Column::Department, &["部门", "所在部门", "所属部门", "部门名称", "department", "dept", "departmentcode", "unit"]),
    (Column::Post, &["岗位", "职位", "职务", "岗位名称", "post", "position", "jobtitle", "title", "job"]),
    (Column::Management, &["管理层", "是否管理层", "管理层成员", "management", "ismanagement", "manager", "memberofmanagement"]),
    (Column::FullTime, &["专职", "是否专职", "专职人员", "fulltime", "isfulltime", "fulltimeofficer"]),
    (Column::Joined, &["入职", "入职日期", "入职时间", "到岗日期", "joined", "joinedon", "joindate", "hiredate", "startdate", "firstday"]),
];

fn folded(text: &str) -> String {
    text.chars()
        .map(plain)
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '*' | '.' | ':' | '/' | '(' | ')' | '\u{feff}'))
        .collect::<String>()
        .to_lowercase()
}

/// What a head means; nothing when it is not known.
pub fn column_of(head: &str) -> Option<Column> {
    // What stands in brackets explains: "入职日期（年-月-日）".
    let before = head.split(['（', '(', '[', '【']).next().unwrap_or(head);
    let folded = folded(if before.trim().is_empty() { head } else { before });
    HEADS.iter().find(|(_, heads)| heads.contains(&folded.as_str())).map(|(column, _)| *column)
}

/// The head row: its index, where each column stands, and the heads that are not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heads {
    /// Index of the row among the rows of the sheet.
    pub row: usize,
    /// Place of each column.
    pub places: BTreeMap<Column, usize>,
    /// Heads that mean nothing here.
    pub unknown: Vec<String>,
}

/// Finds the head row among the first rows: the first that has a column for names. Of two columns with the same meaning
/// the first counts.
pub fn guess(sheet: &Sheet) -> Option<Heads> {
    sheet.rows.iter().take(10).enumerate().find_map(|(row, line)| {
        let mut heads = Heads { row, places: BTreeMap::new(), unknown: Vec::new() };
        for (place, head) in line.cells.iter().enumerate().filter(|(_, head)| !head.is_empty()) {
            match column_of(head) {
                Some(column) if !heads.places.contains_key(&column) => {
                    heads.places.insert(column, place);
                }
                _ => heads.unknown.push(head.clone()),
            }
        }
        heads.places.contains_key(&Column::Name).then_some(heads)
    })
}

/// A person as a row gives it. What is empty is left as it is when the row changes somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[expect(missing_docs, reason = "the columns of people, described in the migration")]
pub struct Person {
    pub name: String,
    pub name_latin: Option<String>,
    pub staff_no: Option<String>,
    pub email: Option<String>,
    pub department: Option<String>,
    pub post: Option<String>,
    pub is_management: Option<bool>,
    pub is_full_time: Option<bool>,
    pub joined_on: Option<NaiveDate>,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// There is no name.
    NoName,
    /// A cell is longer than its field takes; the column and its limit.
    TooLong(Column, usize),
    /// The address is none.
    Email,
    /// The day is none.
    Joined,
    /// Neither yes nor no.
    Neither(Column),
    /// The same staff number stands in an earlier row; its number.
    StaffNoTwice(usize),
    /// The same address stands in an earlier row; its number.
    EmailTwice(usize),
    /// Staff number and address belong to two persons of the register.
    TwoPersons,
    /// The department is not known, and new ones are not wanted.
    Department(String),
    /// Somebody of this name is in this department already.
    SameName,
}

/// Somebody who is in the register.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The person.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// The staff number.
    pub staff_no: Option<String>,
    /// The address.
    pub email: Option<String>,
    /// The department.
    pub department: Option<Uuid>,
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A new person.
    Enters,
    /// A person of the register is brought up to date.
    Changes(Uuid),
    /// The row is left out.
    Refused(Vec<Wrong>),
}

/// A row after checking.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Its number in the sheet.
    pub number: usize,
    /// The cells of the known columns as they were sent, in the order of [`COLUMNS`].
    pub cells: Vec<String>,
    /// What they mean.
    pub person: Person,
    /// The department, if it is known.
    pub department: Option<Uuid>,
    /// Name or code of a department that is still to be made.
    pub new_department: Option<String>,
    /// What becomes of it.
    pub outcome: Outcome,
}

/// The columns in the order of the register.
pub const COLUMNS: [Column; 9] =
    [Column::Name, Column::NameLatin, Column::StaffNo, Column::Email, Column::Department, Column::Post, Column::Management, Column::FullTime, Column::Joined];

/// What the person who imports has allowed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Allowed {
    /// Departments that are not known are made.
    pub new_departments: bool,
    /// Rows with a name that is in the same department already are entered all the same.
    pub doubtful: bool,
}

/// The register as the rows are held against it.
#[derive(Debug, Default)]
pub struct Register {
    by_staff_no: HashMap<String, Uuid>,
    by_email: HashMap<String, Uuid>,
    by_place: HashMap<(String, Option<Uuid>), Uuid>,
    departments: HashMap<String, Uuid>,
}

impl Register {
    /// The register of these people and departments; a department is found by code and by each name.
    pub fn of(people: &[Known], departments: impl IntoIterator<Item = (Uuid, Vec<String>)>) -> Self {
        let mut register = Self::default();
        for person in people {
            if let Some(no) = &person.staff_no {
                register.by_staff_no.insert(no.clone(), person.id);
            }
            if let Some(email) = &person.email {
                register.by_email.insert(email.clone(), person.id);
            }
            register.by_place.entry((person.name.clone(), person.department)).or_insert(person.id);
        }
        for (id, names) in departments {
            for name in names.iter().filter(|name| !name.is_empty()) {
                register.departments.entry(folded(name)).or_insert(id);
            }
        }
        register
    }
}

/// The rows of a sheet with what becomes of each. No rows: the sheet has a head and nothing under it.
pub fn check(sheet: &Sheet, heads: &Heads, register: &Register, allowed: Allowed) -> Result<Vec<Checked>, Fault> {
    let mut staff_nos: HashMap<String, usize> = HashMap::new();
    let mut emails: HashMap<String, usize> = HashMap::new();
    let mut rows = Vec::new();
    for row in sheet.rows.iter().skip(heads.row + 1) {
        let cell = |column: Column| heads.places.get(&column).and_then(|place| row.cells.get(*place)).map_or("", String::as_str);
        let number = cell(Column::Number).parse().unwrap_or(row.number);
        let cells: Vec<String> = COLUMNS.iter().map(|column| cell(*column).to_owned()).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        let (person, mut wrong) = read_person(&cell);
        if let Some(earlier) = person.staff_no.as_ref().and_then(|no| staff_nos.get(no)) {
            wrong.push(Wrong::StaffNoTwice(*earlier));
        }
        if let Some(earlier) = person.email.as_ref().and_then(|email| emails.get(email)) {
            wrong.push(Wrong::EmailTwice(*earlier));
        }
        let department = person.department.as_ref().and_then(|name| register.departments.get(&folded(name)).copied());
        let new_department = person.department.clone().filter(|_| department.is_none());
        if let Some(name) = new_department.as_ref().filter(|_| !allowed.new_departments) {
            wrong.push(Wrong::Department(name.clone()));
        }
        let found = find(&person, department, new_department.is_some(), register, allowed, &mut wrong);
        if wrong.is_empty() {
            if let Some(no) = &person.staff_no {
                staff_nos.insert(no.clone(), number);
            }
            if let Some(email) = &person.email {
                emails.insert(email.clone(), number);
            }
        }
        let outcome = match (wrong.is_empty(), found) {
            (false, _) => Outcome::Refused(wrong),
            (true, Some(id)) => Outcome::Changes(id),
            (true, None) => Outcome::Enters,
        };
        rows.push(Checked { number, cells, person, department, new_department, outcome });
    }
    if rows.is_empty() { Err(Fault::Empty) } else { Ok(rows) }
}

/// The person of the register that a row means: by staff number, else by address.
fn find(person: &Person, department: Option<Uuid>, department_is_new: bool, register: &Register, allowed: Allowed, wrong: &mut Vec<Wrong>) -> Option<Uuid> {
    let by_no = person.staff_no.as_ref().and_then(|no| register.by_staff_no.get(no)).copied();
    let by_email = person.email.as_ref().and_then(|email| register.by_email.get(email)).copied();
    match (by_no, by_email) {
        (Some(one), Some(other)) if one != other => {
            wrong.push(Wrong::TwoPersons);
            None
        }
        (Some(id), _) | (None, Some(id)) => Some(id),
        (None, None) => {
            let namesake = !department_is_new && register.by_place.contains_key(&(person.name.clone(), department));
            if namesake && !allowed.doubtful {
                wrong.push(Wrong::SameName);
            }
            None
        }
    }
}

fn read_person<'a>(cell: &impl Fn(Column) -> &'a str) -> (Person, Vec<Wrong>) {
    let mut wrong = Vec::new();
    let mut text = |column: Column, most: usize| {
        let value: String = cell(column).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        if value.chars().count() > most {
            wrong.push(Wrong::TooLong(column, most));
        }
        Some(value.trim().to_owned()).filter(|value| !value.is_empty())
    };
    let name = text(Column::Name, 100).unwrap_or_default();
    let (name_latin, staff_no, email) = (text(Column::NameLatin, 100), text(Column::StaffNo, 40), text(Column::Email, 254));
    let (department, post) = (text(Column::Department, 100), text(Column::Post, 100));
    let (management, full_time) = (truth(cell(Column::Management)), truth(cell(Column::FullTime)));
    let email = email.map(|email| email.chars().map(plain).collect::<String>().to_lowercase());
    let joined = cell(Column::Joined);
    let joined_on = read_date(joined.split_whitespace().next().filter(|_| joined.contains(':')).unwrap_or(joined));
    if name.is_empty() {
        wrong.insert(0, Wrong::NoName);
    }
    if email.as_ref().is_some_and(|email| !is_email(email)) {
        wrong.push(Wrong::Email);
    }
    for (column, read) in [(Column::Management, management), (Column::FullTime, full_time)] {
        if read.is_err() {
            wrong.push(Wrong::Neither(column));
        }
    }
    if !joined.is_empty() && joined_on.is_none() {
        wrong.push(Wrong::Joined);
    }
    let person = Person {
        name,
        name_latin,
        staff_no,
        email,
        department,
        post,
        is_management: management.unwrap_or_default(),
        is_full_time: full_time.unwrap_or_default(),
        joined_on,
    };
    (person, wrong)
}

/// Yes, no, or nothing where the cell is empty; an error when it is neither.
fn truth(text: &str) -> Result<Option<bool>, ()> {
    match folded(text).as_str() {
        "" => Ok(None),
        "是" | "有" | "yes" | "y" | "true" | "1" | "√" | "✓" | "✔" | "x" | "专职" | "管理层" => Ok(Some(true)),
        "否" | "无" | "不是" | "no" | "n" | "false" | "0" | "兼职" => Ok(Some(false)),
        _ => Err(()),
    }
}

/// Codes for new departments, `D1`, `D2` … without those in use.
pub fn next_codes(used: &[String], count: usize) -> Vec<String> {
    (1_usize..).map(|number| format!("D{number}")).filter(|code| !used.contains(code)).take(count).collect()
}

/// The names of departments that the rows ask for and that are not known, each once, in the order of the rows.
pub fn new_departments(rows: &[Checked]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for row in rows.iter().filter(|row| !matches!(row.outcome, Outcome::Refused(_))) {
        if let Some(name) = row.new_department.as_ref().filter(|name| !names.iter().any(|known| folded(known) == folded(name))) {
            names.push(name.clone());
        }
    }
    names
}

/// Whether two names mean the same department.
pub fn same_department(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::from_pasted;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn register() -> Register {
        let known = |n, name: &str, no: Option<&str>, email: Option<&str>| Known {
            id: id(n),
            name: name.to_owned(),
            staff_no: no.map(str::to_owned),
            email: email.map(str::to_owned),
            department: Some(id(9)),
        };
        let people = [known(1, "周宁", Some("1001"), Some("zhou.ning@example.cn")), known(2, "苏敏", Some("1002"), None)];
        Register::of(&people, [(id(9), vec!["D4".to_owned(), "交付部".to_owned(), "Delivery".to_owned()])])
    }

    fn outcomes(text: &str, allowed: Allowed) -> Vec<Outcome> {
        let sheet = from_pasted(text).unwrap();
        check(&sheet, &guess(&sheet).unwrap(), &register(), allowed).unwrap().into_iter().map(|row| row.outcome).collect()
    }

    #[test]
    fn columns_are_guessed_from_heads_in_both_languages() {
        for (head, column) in [
            ("姓名", Some(Column::Name)),
            ("Name*", Some(Column::Name)),
            ("Latin name", Some(Column::NameLatin)),
            ("工 号", Some(Column::StaffNo)),
            ("Staff No.", Some(Column::StaffNo)),
            ("E-mail", Some(Column::Email)),
            ("部门", Some(Column::Department)),
            ("DEPT.", Some(Column::Department)),
            ("岗位", Some(Column::Post)),
            ("管理层（是/否）", Some(Column::Management)),
            ("Full-time (yes/no)", Some(Column::FullTime)),
            ("入职日期", Some(Column::Joined)),
            ("ＥＭＡＩＬ", Some(Column::Email)),
            ("身份证号", None),
            ("", None),
        ] {
            assert_eq!(column_of(head), column, "{head}");
        }
    }

    #[test]
    fn every_column_has_a_head_of_its_own() {
        let all: Vec<&str> = HEADS.iter().flat_map(|(_, heads)| heads.iter().copied()).collect();
        for head in &all {
            assert_eq!(all.iter().filter(|one| *one == head).count(), 1, "{head}");
            if *head != "#row" {
                assert_eq!(folded(head), *head);
            }
        }
    }

    #[test]
    fn the_head_row_may_stand_under_a_title() {
        let sheet = from_pasted("横澜信息 人员名单\n\n工号\t姓名\t备注\t姓名\n1\t周宁\t\t").unwrap();
        let heads = guess(&sheet).unwrap();
        assert_eq!((heads.row, heads.places.get(&Column::Name), heads.places.get(&Column::StaffNo)), (1, Some(&1), Some(&0)));
        assert_eq!(heads.unknown, ["备注", "姓名"]);
        assert_eq!(guess(&from_pasted("a\tb\n1\t2").unwrap()), None);
    }

    #[test]
    fn rows_are_checked_against_themselves_and_the_register() {
        let strict = Allowed::default();
        let head = "姓名\t工号\t邮箱\t部门\t管理层\t入职\n";
        for (row, want) in [
            ("李雷\t2001\tli.lei@example.cn\t交付部\t是\t2020年3月1日", Outcome::Enters),
            ("李雷\t\t\td4\t\t", Outcome::Enters),
            ("周宁\t1001\t\t\t\t", Outcome::Changes(id(1))),
            ("周宁\t\tZhou.Ning@Example.cn\t\t\t", Outcome::Changes(id(1))),
            ("某人\t1002\tzhou.ning@example.cn\t\t\t", Outcome::Refused(vec![Wrong::TwoPersons])),
            ("周宁\t3001\t\tDelivery\t\t", Outcome::Refused(vec![Wrong::SameName])),
            ("周宁\t3001\t\t\t\t", Outcome::Enters),
            ("\t3001\t\t\t\t", Outcome::Refused(vec![Wrong::NoName])),
            ("李雷\t\tli lei\t\t\t", Outcome::Refused(vec![Wrong::Email])),
            ("李雷\t\t\t\t也许\t", Outcome::Refused(vec![Wrong::Neither(Column::Management)])),
            ("李雷\t\t\t\t\t2020-02-30", Outcome::Refused(vec![Wrong::Joined])),
            ("李雷\t\t\t\t\t2020/3/1 00:00:00", Outcome::Enters),
            ("李雷\t\t\t市场部\t\t", Outcome::Refused(vec![Wrong::Department("市场部".to_owned())])),
        ] {
            assert_eq!(outcomes(&format!("{head}{row}"), strict), [want], "{row}");
        }
        let long = "x".repeat(101);
        assert_eq!(outcomes(&format!("{head}{long}"), strict), [Outcome::Refused(vec![Wrong::TooLong(Column::Name, 100)])]);
    }

    #[test]
    fn what_is_allowed_is_taken() {
        let all = Allowed { new_departments: true, doubtful: true };
        assert_eq!(outcomes("姓名\t部门\n李雷\t市场部\n周宁\t交付部", all), [Outcome::Enters, Outcome::Enters]);
    }

    #[test]
    fn the_same_number_or_address_twice_is_refused_the_second_time() {
        let rows = outcomes("姓名\t工号\t邮箱\n甲\t7\ta@b.cn\n乙\t7\tc@d.cn\n丙\t8\tA@B.CN", Allowed::default());
        assert_eq!(rows, [Outcome::Enters, Outcome::Refused(vec![Wrong::StaffNoTwice(2)]), Outcome::Refused(vec![Wrong::EmailTwice(2)])]);
    }

    #[test]
    fn rows_that_come_back_keep_their_numbers() {
        let sheet = from_pasted("#row\t姓名\n17\t甲").unwrap();
        let rows = check(&sheet, &guess(&sheet).unwrap(), &Register::default(), Allowed::default()).unwrap();
        assert_eq!(rows[0].number, 17);
    }

    #[test]
    fn new_departments_get_free_codes() {
        assert_eq!(next_codes(&["D1".to_owned(), "D3".to_owned()], 2), ["D2", "D4"]);
        let sheet = from_pasted("姓名\t部门\n甲\tSales\n乙\tsales \n丙\t市场部").unwrap();
        let rows = check(&sheet, &guess(&sheet).unwrap(), &Register::default(), Allowed { new_departments: true, doubtful: false }).unwrap();
        assert_eq!(new_departments(&rows), ["Sales", "市场部"]);
    }
}
