//! The readiness engine against its public contract: the worked examples, malformed facts, edge cases of
//! every section, and the properties of section 11.

use certgate::readiness::engine::{self, calendar, command};
use serde_json::Value;

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
