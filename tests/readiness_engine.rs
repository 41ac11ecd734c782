//! The readiness engine against its public contract: the worked examples, malformed facts, edge cases of
//! every section, and the properties of section 11.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_possible_wrap,
    clippy::cast_possible_truncation,
    clippy::too_many_lines,
    reason = "a test fails by panicking, and its tables are long"
)]

use certgate::readiness::engine::{self, calendar, command};
use serde_json::Value;

#[path = "readiness_engine/cases.rs"]
mod cases;
#[path = "readiness_engine/properties.rs"]
mod properties;

const EXAMPLES: &str = include_str!("readiness_examples/examples.ndjson");
const MALFORMED: &str = include_str!("readiness_examples/malformed.ndjson");

fn examples() -> Vec<Value> {
    EXAMPLES.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn judge(facts: &Value) -> Value {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = command::run_one(facts.to_string().as_bytes(), &mut out, &mut err).unwrap();
    assert_eq!(status, 0, "{}", String::from_utf8_lossy(&err));
    assert!(err.is_empty());
    serde_json::from_slice(&out).unwrap()
}

/// Names every place where two values differ.
fn differences(path: &str, left: &Value, right: &Value, found: &mut Vec<String>) {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            for key in left.keys().chain(right.keys()) {
                let none = Value::String("(absent)".to_owned());
                differences(&format!("{path}/{key}"), left.get(key).unwrap_or(&none), right.get(key).unwrap_or(&none), found);
            }
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            for (place, (left, right)) in left.iter().zip(right).enumerate() {
                differences(&format!("{path}/{place}"), left, right, found);
            }
        }
        _ if left != right => found.push(format!("{path}: {left} instead of {right}")),
        _ => {}
    }
}

#[test]
fn every_example_is_judged_as_printed() {
    let examples = examples();
    assert_eq!(examples.len(), 24);
    let mut found = Vec::new();
    for example in &examples {
        differences(example["name"].as_str().unwrap(), &judge(&example["facts"]), &example["verdict"], &mut found);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_malformed_line_is_faulty_at_its_path() {
    let mut count = 0;
    for line in MALFORMED.lines() {
        let example: Value = serde_json::from_str(line).unwrap();
        let malformed = engine::read(example["line"].as_str().unwrap().as_bytes()).unwrap_err();
        assert_eq!(malformed.path, example["path"].as_str().unwrap(), "{}", example["name"]);
        count += 1;
    }
    assert_eq!(count, 7);
}

// ---- malformed facts -------------------------------------------------------------------------------

const HEAD: &str = r#""version":1,"engagement_id":"m","as_of":"2026-06-15""#;
const APPLICANT: &str = r#""applicant":{"id":"ORG","kind":"cn_company","legal_name":"X"}"#;

/// Facts with some more fields, as text.
fn with(more: &str) -> String {
    format!("{{{HEAD},{APPLICANT}{}{more}}}", if more.is_empty() { "" } else { "," })
}

fn path_of(text: impl AsRef<[u8]>) -> String {
    match engine::read(text.as_ref()) {
        Ok(_) => "none".to_owned(),
        Err(malformed) => malformed.path,
    }
}

#[test]
fn each_fault_is_found_at_its_place() {
    let cases = [
        ("", "none"),
        (r#""rules":[]"#, "/rules"),
        (r#""rules":null"#, "/rules"),
        (r#""rules":{"pack":"seed-2011"}"#, "/rules/pack"),
        (r#""rules":{"month_rule":{"strict":null}}"#, "/rules/month_rule"),
        (r#""rules":{"x":1}"#, "/rules/x"),
        (r#""edition":2005"#, "/edition"),
        (r#""edition":null"#, "/edition"),
        (r#""application_on":null,"planned_stage2_on":null"#, "none"),
        (r#""application_on":"2201-01-01""#, "/application_on"),
        (r#""application_on":"1899-12-31""#, "/application_on"),
        (r#""application_on":"2200-12-31","planned_stage2_on":"1900-01-01""#, "none"),
        (r#""application_on":"2026-6-15""#, "/application_on"),
        (r#""application_on":" 2026-06-15""#, "/application_on"),
        (r#""application_on":"2026-06-1５""#, "/application_on"),
        (r#""application_on":"2100-02-29""#, "/application_on"),
        (r#""application_on":"2000-02-29""#, "none"),
        (r#""application_on":"2026\u002d06-15""#, "none"),
        (r#""departments":{}"#, "/departments"),
        (r#""departments":null"#, "/departments"),
        (r#""departments":[null]"#, "/departments/0"),
        (r#""departments":[{"id":"D1"},["D2"]]"#, "/departments/1"),
        (r#""departments":[{"id":"D1","in_scope":null}]"#, "/departments/0/in_scope"),
        (r#""departments":[{"id":"D1","in_scope":1}]"#, "/departments/0/in_scope"),
        (r#""departments":[{"id":"D1","id":"D2"}]"#, "/departments/0"),
        (r#""departments":[{"id":"D1","\u0069d":"D2"}]"#, "/departments/0"),
        (r#""departments":[{"\u0069d":"D1"}]"#, "none"),
        (r#""departments":[{}]"#, "/departments/0"),
        (r#""departments":[{"id":""}]"#, "/departments/0/id"),
        (r#""departments":[{"id":".a"}]"#, "/departments/0/id"),
        (r#""departments":[{"id":"a b"}]"#, "/departments/0/id"),
        (r#""departments":[{"id":"é"}]"#, "/departments/0/id"),
        (r#""departments":[{"id":"D1\n"}]"#, "/departments/0/id"),
        (r#""departments":[{"id":"D1","a/b~c":0}]"#, "/departments/0/a~1b~0c"),
        (r#""departments":[{"id":"D1"},{"id":"D1"}]"#, "/departments/1/id"),
        (r#""departments":[{"id":"m"}]"#, "none"),
        (r#""scope_parts":[{"id":"S"}],"suspensions":[{"id":"S","from_on":"2026-01-01"}]"#, "/suspensions/0/id"),
        (r#""required_items":[{"item":"6.3-11"},{"item":"6.3-11"}]"#, "/required_items/1/item"),
        (r#""required_items":[{"item":"6.3-1"}]"#, "/required_items/0/item"),
        (r#""required_items":[{"item":"6.7-01"}]"#, "/required_items/0/item"),
        (r#""required_items":[{"item":"5-00"},{"item":"4.4.1-99"},{"item":"10.1-01"}]"#, "none"),
        (r#""documents":[{"id":"A","items":[]}]"#, "/documents/0/items"),
        (r#""documents":[{"id":"A"}]"#, "/documents/0"),
        (r#""documents":[{"id":"A","items":["5-01","5-01"]}]"#, "none"),
        (r#""issue_orders":[{"id":"O","kind":"first_edition","part_ids":["S"]}]"#, "/issue_orders/0/part_ids/0"),
        (r#""issue_orders":[{"id":"O","kind":"first_edition","part_ids":["S"]}],"scope_parts":[{"id":"S","in_scope":false}]"#, "none"),
        (r#""suspensions":[{"id":"S","from_on":"2026-01-01","resumed_on":"2026-01-01"}]"#, "/suspensions/0/resumed_on"),
        (r#""suspensions":[{"id":"S","from_on":"2026-01-01","resumed_on":"2026-01-02"}]"#, "none"),
        (r#""operating_records":[{"id":"R","process":"5","recorded_on":"2026-01-01","entered_on":"2026-01-01"}]"#, "/operating_records/0/process"),
        (r#""operating_records":[{"id":"R","process":"6.1","recorded_on":"2026-01-02","entered_on":"2026-01-01"}]"#, "/operating_records/0/entered_on"),
        (r#""audits":[{"id":"A","kind":"internal","end_on":"2026-01-02"}]"#, "/audits/0/end_on"),
        (r#""audits":[{"id":"A","kind":"internal","start_on":"2026-01-03","end_on":"2026-01-02"}]"#, "/audits/0/end_on"),
        (r#""audits":[{"id":"A","kind":"internal","start_on":"2026-01-02","report_approved_on":"2026-01-02"}]"#, "/audits/0/report_approved_on"),
        (r#""audits":[{"id":"A","kind":"internal","start_on":"2026-01-02","end_on":"2026-01-02","report_approved_on":"2026-01-02"}]"#, "none"),
        (r#""audits":[{"id":"A","kind":"internal","part_ids":["S"]}]"#, "/audits/0/part_ids/0"),
        (
            r#""audits":[{"id":"A","kind":"internal","areas":[{"department_id":"D","clauses":["5"],"auditors":[{"person_id":"P"}]}]}]"#,
            "/audits/0/areas/0/department_id",
        ),
        (
            r#""departments":[{"id":"D"}],"audits":[{"id":"A","kind":"internal","areas":[{"department_id":"D","clauses":["5"],"auditors":[{"person_id":"D","department_id":"E"}]}]}]"#,
            "/audits/0/areas/0/auditors/0/department_id",
        ),
        (
            r#""departments":[{"id":"D"}],"audits":[{"id":"A","kind":"internal","areas":[{"department_id":"D","clauses":[],"auditors":[{"person_id":"D"}]}]}]"#,
            "/audits/0/areas/0/clauses",
        ),
        (
            r#""departments":[{"id":"D"}],"audits":[{"id":"A","kind":"internal","areas":[{"department_id":"D","clauses":["5"],"auditors":[]}]}]"#,
            "/audits/0/areas/0/auditors",
        ),
        (r#""audits":[{"id":"A","kind":"internal","findings":[{"id":"A","grade":"major"}]}]"#, "/audits/0/findings/0/id"),
        (r#""audits":[{"id":"A","kind":"internal","records_kept":["agenda"]}]"#, "/audits/0/records_kept/0"),
        (r#""reviews":[{"id":"V","chair":"other","minutes_approved_on":"2026-01-01"}]"#, "/reviews/0/minutes_approved_on"),
        (r#""reviews":[{"id":"V","chair":"other","held_on":"2026-01-02","minutes_approved_on":"2026-01-01"}]"#, "/reviews/0/minutes_approved_on"),
        (
            r#""penalties":[{"id":"P","authority":"a","decided_on":"2026-01-01","violation_on":"2026-01-02","kind":"fine","subject":"applicant"}]"#,
            "/penalties/0/violation_on",
        ),
        (r#""declarations":[{"id":"P","signed_on":"2026-01-01","covers_to":"2026-01-02"}]"#, "/declarations/0/covers_to"),
        (r#""credit_searches":[{"id":"P","source":"","searched_on":"2026-01-01"}]"#, "/credit_searches/0/source"),
        (r#""legal_documents":[{"id":"L","kind":"permit","holder_name":"X","valid_from":"2026-01-01"}]"#, "/legal_documents/0"),
        (r#""legal_documents":[{"id":"L","kind":"business_licence","permit_code":"c","holder_name":"X","valid_from":"2026-01-01"}]"#, "/legal_documents/0"),
        (r#""legal_documents":[{"id":"L","kind":"permit","permit_code":"_c","holder_name":"X","valid_from":"2026-01-01"}]"#, "/legal_documents/0/permit_code"),
        (
            r#""legal_documents":[{"id":"L","kind":"permit","permit_code":"c","holder_name":"X","valid_from":"2026-01-02","valid_to":"2026-01-01"}]"#,
            "/legal_documents/0/valid_to",
        ),
    ];
    for (more, path) in cases {
        assert_eq!(path_of(with(more)), path, "{more}");
    }
}

#[test]
fn the_version_is_the_integer_one() {
    for (version, path) in [
        ("1", "none"),
        ("1.0", "/version"),
        ("1e0", "/version"),
        ("2", "/version"),
        ("\"1\"", "/version"),
        ("true", "/version"),
        ("null", "/version"),
        ("-1", "/version"),
        ("[1]", "/version"),
        ("01", "/"),
        ("+1", "/"),
    ] {
        let text = with("").replace("\"version\":1", &format!("\"version\":{version}"));
        assert_eq!(path_of(text), path, "{version}");
    }
    assert_eq!(path_of(with("").replace("\"version\":1,", "")), "/");
}

#[test]
fn a_text_that_is_not_json_is_faulty_at_its_root() {
    let good = with(r#""departments":[{"id":"D1"}]"#);
    assert_eq!(path_of(format!(" \t\r\n{good}\n ")), "none");
    for bad in ["", " ", "null", "1", "[]", "\"x\"", "{", "{}", "[[", "nul"] {
        assert_eq!(path_of(bad), "/", "{bad}");
    }
    for end in 1..good.len() {
        assert_eq!(path_of(&good[..end]), "/", "{}", &good[..end]);
    }
    for behind in ["x", "{}", ",", "]", "\0"] {
        assert_eq!(path_of(format!("{good}{behind}")), "/", "{behind}");
    }
    assert_eq!(path_of(format!("\u{feff}{good}")), "/");
    let broken = [
        r#""departments":[{"id":"D1"},]"#,
        r#""departments":[{"id":"D1",}]"#,
        r#""departments":[{"id":'D1'}]"#,
        r#""departments":[{id:"D1"}]"#,
        r#""as_of":2026-06-15"#,
        r#""asof":tru"#,
        r#""edition":"2005" "rules":{}"#,
        "\"edition\":\"20\n05\"",
        r#""edition":"\x""#,
        r#""edition":"\u12g4""#,
        r#""x":1."#,
        r#""x":.5"#,
        r#""x":-"#,
        r#""x":1e"#,
        r#""x":00"#,
        r#""x":NaN"#,
        ",",
        r#""x":1 /* */"#,
    ];
    for more in broken {
        assert_eq!(path_of(with(more)), "/", "{more}");
    }
    let mut bytes = good.into_bytes();
    *bytes.iter_mut().find(|byte| **byte == b'X').unwrap() = 0xff;
    assert_eq!(path_of(bytes), "/");
}

#[test]
fn texts_count_scalar_values_and_resolve_escapes() {
    for (letters, path) in [(0, "/applicant/legal_name"), (1, "none"), (300, "none"), (301, "/applicant/legal_name")] {
        for letter in ["x", "衡", "𠀀", "\\n", "\\u8861", "\\ud840\\udc00"] {
            let name = format!("\"legal_name\":\"{}\"", letter.repeat(letters));
            assert_eq!(path_of(with("").replace("\"legal_name\":\"X\"", &name)), path, "{letters} {letter}");
        }
    }
    let text = with("").replace("\"X\"", r#""\"\\\/\b\f\n\r\t\u0041\ud83d\ude00é""#);
    let facts = engine::read(text.as_bytes()).unwrap();
    assert_eq!(facts.applicant.legal_name.as_str(), "\"\\/\u{8}\u{c}\n\r\tA😀é");
    for half in [r"\ud800", r"\udc00", r"\ud800\u0041", r"\ud800x"] {
        assert_eq!(path_of(with("").replace("\"X\"", &format!("\"{half}\""))), "/applicant/legal_name", "{half}");
    }
}

#[test]
fn depth_and_size_are_no_danger() {
    let deep = format!("{}{}", "[".repeat(300_000), "]".repeat(300_000));
    assert_eq!(path_of(&deep), "/");
    assert_eq!(path_of(with(&format!("\"departments\":[{deep}]"))), "/departments/0");
    assert_eq!(path_of(with(&format!("\"x\":{deep}"))), "/x");
    assert_eq!(path_of("{\"a\":".repeat(300_000)), "/");
    let departments: Vec<String> = (0..100_000).map(|number| format!("{{\"id\":\"D{number}\"}}")).collect();
    let departments = departments.join(",");
    assert_eq!(path_of(with(&format!("\"departments\":[{departments}]"))), "none");
    assert_eq!(path_of(with(&format!("\"departments\":[{departments},{{\"id\":\"D7\"}}]"))), "/departments/100000/id");
}

// ---- the command -----------------------------------------------------------------------------------

#[test]
fn one_document_gives_one_line_or_one_fault() {
    let run = |input: &[u8]| {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let status = command::run_one(input, &mut out, &mut err).unwrap();
        (status, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
    };
    let (status, out, err) = run(with("").as_bytes());
    assert_eq!((status, out.lines().count(), err.as_str()), (0, 1, ""));
    let (status, out, err) = run(with("\"a\\nb\":1").as_bytes());
    assert_eq!((status, out.as_str(), err.lines().count()), (2, "", 1));
    assert!(err.starts_with("/a\\nb: ") && err.ends_with('\n'), "{err}");
}

#[test]
fn a_batch_answers_line_by_line() {
    let good = with("");
    let input = format!("{good}\n\n \t\r\n{{\n{good}\r\n{}", with("\"asof\":1"));
    let mut out = Vec::new();
    assert_eq!(command::run_batch(input.as_bytes(), &mut out).unwrap(), 1);
    let lines: Vec<Value> = String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0], lines[2]);
    assert!(lines[1]["error"].as_str().unwrap().starts_with("/: "));
    assert!(lines[3]["error"].as_str().unwrap().starts_with("/asof: "));
    assert_eq!(lines[3].as_object().unwrap().len(), 1);
    let mut out = Vec::new();
    assert_eq!(command::run_batch(format!("{good}\n{good}").as_bytes(), &mut out).unwrap(), 0);
    assert_eq!(String::from_utf8(out).unwrap().lines().count(), 2);
    assert_eq!(command::run_batch(&b"\n"[..], &mut Vec::new()).unwrap(), 0);
}

// ---- the calendar ----------------------------------------------------------------------------------

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

#[test]
fn calendar_months_follow_the_test_vectors() {
    let three = [
        ("2026-08-31", "2026-11-30"),
        ("2025-11-30", "2026-02-28"),
        ("2027-11-30", "2028-02-29"),
        ("2026-02-28", "2026-05-28"),
        ("2026-12-15", "2027-03-15"),
        ("2026-07-01", "2026-10-01"),
        ("2200-12-31", "2201-03-31"),
    ];
    for (from, to) in three {
        assert_eq!(calendar::add_months(day(from), 3), day(to));
    }
    for (from, to) in [("2026-08-28", "2025-08-28"), ("2028-02-29", "2027-02-28"), ("1900-01-01", "1899-01-01")] {
        assert_eq!(calendar::add_years(day(from), -1), day(to));
    }
    for (from, to) in [
        ("2027-02-28", "2028-03-01"),
        ("2026-02-28", "2027-03-01"),
        ("2028-02-29", "2029-03-01"),
        ("2026-04-02", "2027-04-03"),
        ("2025-12-31", "2027-01-01"),
        ("2027-02-27", "2028-02-28"),
    ] {
        assert_eq!(calendar::clear_from(day(from)), day(to));
    }
}
