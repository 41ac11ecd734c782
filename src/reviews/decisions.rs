//! Decisions of a review: one a line, `what | who | until when`.

use crate::web::form::read_date;
use serde_json::{Value, json};

/// The most decisions of one review.
const MOST: usize = 100;

/// Reads decisions from lines; blank lines are passed over. A line without owner or date is kept as it is: the review then
/// counts as one without assigned decisions (condition 3, row E3-10).
///
/// # Errors
/// The number of the first line whose date is none, or of the first beyond the hundredth.
pub fn read(text: &str) -> Result<Value, usize> {
    let mut decisions = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let mut cells = line.split(['|', '｜', '\t']).map(str::trim);
        let (what, owner, due) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let due = if due.is_empty() { String::new() } else { read_date(due).ok_or(index + 1)?.to_string() };
        if what.is_empty() || decisions.len() == MOST {
            return Err(index + 1);
        }
        decisions.push(json!({ "what": what, "owner": owner, "due_on": due }));
    }
    Ok(Value::Array(decisions))
}

/// Writes decisions as lines.
pub fn write(decisions: &Value) -> String {
    let cell = |row: &Value, name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let line = |row: &Value| format!("{} | {} | {}", cell(row, "what"), cell(row, "owner"), cell(row, "due_on"));
    decisions.as_array().map(|rows| rows.iter().map(line).collect::<Vec<_>>().join("\n")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_and_written() {
        let read_back = read("Close NC-01 | 贺川 | 2026-11-25\n\n发布第二版｜周宁｜2026年12月18日\nNo owner").expect("decisions");
        assert_eq!(write(&read_back), "Close NC-01 | 贺川 | 2026-11-25\n发布第二版 | 周宁 | 2026-12-18\nNo owner |  | ");
        assert_eq!(read("a | b | soon"), Err(1));
        assert_eq!(read("a | b |\n | c | 2026-01-01"), Err(2));
        assert_eq!(read(""), Ok(json!([])));
    }
}
