//! Reading what people type: days and addresses.

use chrono::{Datelike, NaiveDate};

/// Reads a civil day: `2026-12-04`, `2026/12/4`, `2026.12.4`, `2026年12月4日`, `4 Dec 2026`; years 1900 to 2200 (contract section 2).
pub fn read_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    if text.chars().count() > 30 {
        return None;
    }
    let folded: String = text
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '年' | '月' | '/' | '.' => '-',
            other => other,
        })
        .filter(|c| *c != '日')
        .collect();
    let date = ["%Y-%m-%d", "%d %b %Y", "%d %B %Y"].iter().find_map(|format| NaiveDate::parse_from_str(&folded, format).ok())?;
    (1900..=2200).contains(&date.year()).then_some(date)
}

/// Whether a text is plausibly an e-mail address: one `@`, something before, a dot after, no blanks; 254 characters at most.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    text.len() <= 254
        && !local.is_empty()
        && local.len() <= 64
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && text.chars().all(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, ',' | ';' | '<' | '>' | '"' | '\\' | '(' | ')'))
        && !domain.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_ways_people_write_them() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 4);
        for text in ["2026-12-04", "2026/12/4", "2026年12月4日", "4 Dec 2026", " 2026.12.04 ", "２０２６-12-04"] {
            assert_eq!(read_date(text), day, "{text}");
        }
        for text in ["2026-02-30", "1899-12-31", "2201-01-01", "yesterday", "", "2026-13-01", "99999-01-01"] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }

    #[test]
    fn addresses() {
        assert!(is_email("zhou.ning@henglan.example.cn"));
        for text in ["", "a", "a@b", "a b@c.d", "a@b.c\r\nBcc: x@y.z", "<a@b.c>", "a@@b.c", "@b.c"] {
            assert!(!is_email(text), "{text}");
        }
    }
}
