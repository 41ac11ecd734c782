//! The short code of an engagement and the colour that goes with it.

/// Reads a code as typed: capital letters, digits and hyphens, 2 to 16 characters, no hyphen first. Small letters and
/// full-width characters are taken for the plain capitals they stand for.
pub fn read(text: &str) -> Option<String> {
    let code: String = text.trim().chars().map(plain).collect::<String>().to_ascii_uppercase();
    let fits = (2..=16).contains(&code.len()) && code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-') && !code.starts_with('-');
    fits.then_some(code)
}

/// The plain character of a full-width one.
pub fn plain(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    }
}

/// The colour for a new engagement: of the eight the one that is used least so far, the lowest number first.
pub fn next_colour(used: &[i16]) -> i16 {
    (1..=8).min_by_key(|colour| (used.iter().filter(|one| *one == colour).count(), *colour)).unwrap_or(1)
}

/// Whether a text is written in Han characters: it then fills the Chinese name, otherwise the English one.
pub fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'))
}

/// Reads a list of permit codes: lower case, digits and underscores, 64 characters at most each, separated by commas or
/// blanks; the wrong one where one does not fit (contract section 2, `code`).
pub fn read_permits(text: &str) -> Result<Vec<String>, String> {
    let mut permits: Vec<String> = Vec::new();
    for word in text.split([',', '，', '、', ';', '；', ' ', '\n', '\t']).map(str::trim).filter(|word| !word.is_empty()) {
        let permit = word.chars().map(plain).collect::<String>().to_ascii_lowercase();
        let fits = permit.len() <= 64 && permit.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') && !permit.starts_with('_');
        if !fits {
            return Err(word.to_owned());
        }
        if !permits.contains(&permit) {
            permits.push(permit);
        }
    }
    Ok(permits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        for (typed, code) in [("HL", "HL"), (" hl-20000 ", "HL-20000"), ("9A", "9A"), ("ＨＹ", "HY"), ("ABCDEFGHIJKLMNOP", "ABCDEFGHIJKLMNOP")] {
            assert_eq!(read(typed).as_deref(), Some(code), "{typed}");
        }
        for typed in ["", "H", "-HL", "H L", "横澜", "H_L", "../X", "ABCDEFGHIJKLMNOPQ", "HL\n2"] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }

    #[test]
    fn colours_are_spread() {
        assert_eq!(next_colour(&[]), 1);
        assert_eq!(next_colour(&[1, 2, 2]), 3);
        assert_eq!(next_colour(&[1, 2, 3, 4, 5, 6, 7, 8, 1]), 2);
    }

    #[test]
    fn permits_are_codes() {
        assert_eq!(read_permits(" ICP, edi_licence、isp icp "), Ok(vec!["icp".to_owned(), "edi_licence".to_owned(), "isp".to_owned()]));
        assert_eq!(read_permits(""), Ok(Vec::new()));
        for wrong in ["增值电信", "_x", "a-b"] {
            assert_eq!(read_permits(&format!("icp,{wrong}")), Err(wrong.to_owned()));
        }
    }

    #[test]
    fn names_find_their_language() {
        assert!(is_chinese("杭州总部 HQ") && !is_chinese("Head office"));
    }
}
