//! Sheets in, row by row: what people paste from a spreadsheet, CSV files and the first sheet of an XLSX workbook.
//!
//! Limits hold before anything is allocated: 5 MB packed, 48 MB unpacked, 10,000 rows, 100 columns, 5 MB of text. A cell
//! is text and nothing else; formulas are read as their last value and never computed (security.md S9, S10, S11).

mod delimited;
mod workbook;

use crate::words::Say;

pub use delimited::{defused, from_pasted, to_csv, to_pasted};

/// The largest file, in bytes as sent.
pub const PACKED_BYTES: usize = 5 * 1024 * 1024;
/// The most rows of a sheet, the head included.
pub const MOST_ROWS: usize = 10_000;
/// The most columns of a sheet.
pub const MOST_COLUMNS: usize = 100;
/// The most text in all cells together, in bytes.
pub const MOST_TEXT: usize = 5 * 1024 * 1024;

/// One row with the number it has in its source, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The number that a person sees beside the row in a spreadsheet.
    pub number: usize,
    /// The cells, trimmed; rows may differ in length.
    pub cells: Vec<String>,
}

/// A sheet: its rows that hold anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The rows in order.
    pub rows: Vec<Row>,
}

/// Why a sheet is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// More bytes than [`PACKED_BYTES`], or more text than [`MOST_TEXT`].
    TooLarge,
    /// More rows than [`MOST_ROWS`], held or claimed.
    TooManyRows,
    /// More columns than [`MOST_COLUMNS`], held or claimed.
    TooManyColumns,
    /// No cell holds anything.
    Empty,
    /// Neither an XLSX workbook nor text.
    NotASheet,
    /// A workbook of the old kind, or one locked by a password.
    OldOrLocked,
    /// A workbook with macros.
    Macros,
    /// A workbook that unpacks to far more than a sheet needs.
    Bomb,
    /// Text in an encoding that is not Unicode.
    Encoding,
}

impl Fault {
    /// The fault in the reader's words: what is wrong and what to do.
    pub fn words(self, say: Say) -> String {
        match self {
            Self::TooLarge => say.sheet_too_large(PACKED_BYTES / (1024 * 1024)),
            Self::TooManyRows => say.sheet_too_many_rows(MOST_ROWS),
            Self::TooManyColumns => say.sheet_too_many_columns(MOST_COLUMNS),
            Self::Empty => say.sheet_empty().to_owned(),
            Self::NotASheet => say.sheet_not_a_sheet().to_owned(),
            Self::OldOrLocked => say.sheet_old_or_locked().to_owned(),
            Self::Macros => say.sheet_macros().to_owned(),
            Self::Bomb => say.sheet_bomb().to_owned(),
            Self::Encoding => say.sheet_encoding().to_owned(),
        }
    }
}

/// Reads a file that was sent, judged by its bytes and not by its name.
pub fn from_file(bytes: &[u8]) -> Result<Sheet, Fault> {
    match bytes {
        _ if bytes.len() > PACKED_BYTES => Err(Fault::TooLarge),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => workbook::read(bytes),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(Fault::OldOrLocked),
        _ => delimited::read(bytes),
    }
}

/// Collects cells into rows and holds the limits while it does.
#[derive(Debug, Default)]
struct Collector {
    rows: Vec<Row>,
    text: usize,
}

impl Collector {
    /// Puts a cell in its place; `row` and `column` count from 0 and rows come in ascending order.
    fn put(&mut self, row: usize, column: usize, cell: &str) -> Result<(), Fault> {
        let cell = cell.trim();
        if cell.is_empty() {
            return Ok(());
        }
        if row >= MOST_ROWS {
            return Err(Fault::TooManyRows);
        }
        if column >= MOST_COLUMNS {
            return Err(Fault::TooManyColumns);
        }
        self.text += cell.len();
        if self.text > MOST_TEXT {
            return Err(Fault::TooLarge);
        }
        let number = row + 1;
        if self.rows.last().is_none_or(|last| last.number != number) {
            self.rows.push(Row { number, cells: Vec::new() });
        }
        if let Some(last) = self.rows.last_mut() {
            if last.cells.len() <= column {
                last.cells.resize(column + 1, String::new());
            }
            if let Some(place) = last.cells.get_mut(column) {
                cell.clone_into(place);
            }
        }
        Ok(())
    }

    fn sheet(self) -> Result<Sheet, Fault> {
        if self.rows.is_empty() { Err(Fault::Empty) } else { Ok(Sheet { rows: self.rows }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_hold_while_cells_are_collected() {
        let mut collector = Collector::default();
        assert_eq!(collector.put(MOST_ROWS, 0, "x"), Err(Fault::TooManyRows));
        assert_eq!(collector.put(0, MOST_COLUMNS, "x"), Err(Fault::TooManyColumns));
        assert_eq!(collector.put(MOST_ROWS, MOST_COLUMNS, "  "), Ok(()), "an empty cell is no cell");
        assert_eq!(collector.put(0, 0, &"x".repeat(MOST_TEXT + 1)), Err(Fault::TooLarge));
        assert_eq!(Collector::default().sheet(), Err(Fault::Empty));
    }

    #[test]
    fn files_are_judged_by_their_bytes() {
        for (bytes, fault) in [
            (&b""[..], Fault::Empty),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Fault::OldOrLocked),
            (b"PK\x03\x04 not a zip", Fault::NotASheet),
            (b"%PDF-1.7\n\x00\x01\x02", Fault::NotASheet),
            (b"\xD0\xD5\xC3\xFB,\xB9\xA4\xBA\xC5", Fault::Encoding),
        ] {
            assert_eq!(from_file(bytes), Err(fault), "{bytes:?}");
        }
        assert_eq!(from_file(&vec![b'a'; PACKED_BYTES + 1]), Err(Fault::TooLarge));
    }
}
