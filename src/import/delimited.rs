//! Text with separators: CSV in UTF-8 or UTF-16, and what a spreadsheet puts on the clipboard.

use super::{Collector, Fault, Sheet};

/// Reads a CSV file: UTF-8 with or without a mark, or UTF-16 with one; comma, semicolon or tab.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, Fault> {
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest)?,
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => utf8(bytes)?,
    };
    split(&text, separator(&text))
}

/// Reads what was pasted: tabs between cells, as a spreadsheet copies them; without any tab it is read as CSV.
pub fn from_pasted(text: &str) -> Result<Sheet, Fault> {
    if text.len() > super::MOST_TEXT * 2 {
        return Err(Fault::TooLarge);
    }
    split(text, if text.contains('\t') { b'\t' } else { separator(text) })
}

fn utf8(bytes: &[u8]) -> Result<String, Fault> {
    if bytes.contains(&0) {
        return Err(Fault::NotASheet);
    }
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| Fault::Encoding)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Fault> {
    let units = bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok()).map(unit);
    char::decode_utf16(units).collect::<Result<String, _>>().map_err(|_| Fault::Encoding)
}

/// The separator that the first line uses most; a comma when it uses none.
fn separator(text: &str) -> u8 {
    let line = text.trim_start().lines().next().unwrap_or_default();
    let mut best = (b',', line.matches(',').count());
    for candidate in [b';', b'\t'] {
        let count = line.matches(char::from(candidate)).count();
        if count > best.1 {
            best = (candidate, count);
        }
    }
    best.0
}

fn split(text: &str, separator: u8) -> Result<Sheet, Fault> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut collector = Collector::default();
    let mut record = csv::StringRecord::new();
    let mut row = 0;
    while reader.read_record(&mut record).map_err(|_| Fault::NotASheet)? {
        // The reader passes over empty lines, which a spreadsheet counts as rows.
        let start = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or_default();
        row += text.as_bytes().iter().skip(start).take_while(|byte| **byte == b'\n').count();
        for (column, cell) in record.iter().enumerate() {
            collector.put(row, column, cell)?;
        }
        row += 1;
    }
    collector.sheet()
}

/// Writes rows as [`from_pasted`] reads them: a line a row, tabs between cells, line ends in cells made blanks.
pub fn to_pasted(rows: &[Vec<String>]) -> String {
    let flat = rows.iter().map(|row| row.iter().map(|cell| cell.replace(['\t', '\n', '\r'], " ")).collect::<Vec<_>>());
    let mut writer = csv::WriterBuilder::new().flexible(true).delimiter(b'\t').from_writer(Vec::new());
    for row in flat {
        // Writing into memory does not fail.
        let _ = writer.write_record(&row);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Writes rows as a CSV file for spreadsheets: UTF-8 with its mark, formulas defused.
pub fn to_csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        let _ = writer.write_record(row.iter().map(|cell| defused(cell)));
    }
    writer.into_inner().unwrap_or_default()
}

/// The cell with a leading quote where a spreadsheet would take it for a formula (security.md S9).
pub fn defused(cell: &str) -> String {
    let starts_formula = |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\0' | '＝' | '＋' | '－' | '＠');
    let first = cell.chars().find(|c| *c != ' ' && *c != '\u{3000}' && *c != '\u{a0}');
    if first.is_some_and(starts_formula) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(sheet: &Sheet) -> Vec<(usize, Vec<&str>)> {
        sheet.rows.iter().map(|row| (row.number, row.cells.iter().map(String::as_str).collect())).collect()
    }

    #[test]
    fn csv_in_the_encodings_that_spreadsheets_write() {
        let text = "姓名,部门\r\n\r\n周宁,\"交付, 一部\"\r\n";
        let want = [(1, vec!["姓名", "部门"]), (3, vec!["周宁", "交付, 一部"])];
        let mut marked = vec![0xEF, 0xBB, 0xBF];
        marked.extend_from_slice(text.as_bytes());
        let little: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let big: Vec<u8> = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        for bytes in [text.as_bytes(), &marked, &little, &big] {
            assert_eq!(cells(&read(bytes).unwrap()), want);
        }
        assert_eq!(cells(&read(b"a;b\n1;2,5").unwrap()), [(1, vec!["a", "b"]), (2, vec!["1", "2,5"])]);
        let broken = "a,b\r\r\"x\ny\",\"1\"\r3,4\n\n\n5,6";
        assert_eq!(cells(&read(broken.as_bytes()).unwrap()), [(1, vec!["a", "b"]), (3, vec!["x\ny", "1"]), (4, vec!["3", "4"]), (7, vec!["5", "6"])]);
    }

    #[test]
    fn what_is_pasted_survives_the_way_through_a_form() {
        let rows = vec![vec!["姓名".to_owned(), "岗位".to_owned()], vec!["周 \"宁\"".to_owned(), "=1+1".to_owned()], vec!["a\tb\nc".to_owned()]];
        let sheet = from_pasted(&to_pasted(&rows)).unwrap();
        assert_eq!(cells(&sheet), [(1, vec!["姓名", "岗位"]), (2, vec!["周 \"宁\"", "=1+1"]), (3, vec!["a b c"])]);
        assert_eq!(from_pasted(" \n\t\n"), Err(Fault::Empty));
    }

    #[test]
    fn s9_formulas_are_defused() {
        for cell in ["=1+1", "+1", "-1", "@x", " =1", "\u{3000}＝1", "＋1", "－1", "＠x", "\rx", "\tx"] {
            assert!(defused(cell).starts_with('\''), "{cell:?}");
        }
        for cell in ["周宁", "a=b", "", "1-2"] {
            assert_eq!(defused(cell), cell);
        }
        assert!(to_csv(&[vec!["=1".to_owned()]]).starts_with("\u{feff}'=1".as_bytes()));
    }
}
