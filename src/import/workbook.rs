//! XLSX: the first sheet's cells as text. The package is unpacked to nowhere first, so that its true size is known.

use super::{Collector, Fault, MOST_COLUMNS, MOST_ROWS, Sheet};
use calamine::{DataRef, Reader, Xlsx};
use std::io::{self, Cursor, Read};
use zip::ZipArchive;

/// The most bytes that all parts of a workbook may unpack to.
const UNPACKED_BYTES: u64 = 48 * 1024 * 1024;
/// The most parts of a workbook.
const MOST_PARTS: usize = 2000;

/// Reads the first sheet.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, Fault> {
    look_inside(bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Fault::NotASheet)?;
    let first = workbook.sheet_names().first().cloned().ok_or(Fault::Empty)?;
    let mut cells = workbook.worksheet_cells_reader(&first).map_err(|_| Fault::NotASheet)?;
    let (rows, columns) = cells.dimensions().end;
    if rows as usize >= MOST_ROWS {
        return Err(Fault::TooManyRows);
    }
    if columns as usize >= MOST_COLUMNS {
        return Err(Fault::TooManyColumns);
    }
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    let mut text = 0;
    while let Some(cell) = cells.next_cell().map_err(|_| Fault::NotASheet)? {
        let (row, column) = cell.get_position();
        let written = written(cell.get_value());
        text += written.len();
        if row as usize >= MOST_ROWS && !written.is_empty() {
            return Err(Fault::TooManyRows);
        }
        if text > super::MOST_TEXT || found.len() > MOST_ROWS * MOST_COLUMNS {
            return Err(Fault::TooLarge);
        }
        if !written.is_empty() {
            found.push((row as usize, column as usize, written));
        }
    }
    // A file may hold its rows in any order.
    found.sort_by_key(|(row, column, _)| (*row, *column));
    let mut collector = Collector::default();
    for (row, column, cell) in found {
        collector.put(row, column, &cell)?;
    }
    collector.sheet()
}

/// Unpacks every part into nothing, counting; what a part claims of its size is not believed.
fn look_inside(bytes: &[u8]) -> Result<(), Fault> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Fault::NotASheet)?;
    if package.len() > MOST_PARTS {
        return Err(Fault::Bomb);
    }
    let mut left = UNPACKED_BYTES;
    let mut is_workbook = false;
    for index in 0..package.len() {
        let part = package.by_index(index).map_err(|_| Fault::NotASheet)?;
        let name = part.name().map_err(|_| Fault::NotASheet)?.to_ascii_lowercase();
        if name.ends_with("vbaproject.bin") || name.contains("macrosheets/") {
            return Err(Fault::Macros);
        }
        is_workbook |= name.ends_with("workbook.xml");
        let mut limited = part.take(left + 1);
        let unpacked = if name == "[content_types].xml" {
            let mut types = String::new();
            limited.read_to_string(&mut types).map_err(|_| Fault::NotASheet)?;
            if types.to_ascii_lowercase().contains("macroenabled") {
                return Err(Fault::Macros);
            }
            types.len() as u64
        } else {
            io::copy(&mut limited, &mut io::sink()).map_err(|_| Fault::NotASheet)?
        };
        left = left.checked_sub(unpacked).ok_or(Fault::Bomb)?;
    }
    if is_workbook { Ok(()) } else { Err(Fault::NotASheet) }
}

/// A cell as a person reads it: whole numbers without a point, days as ISO, truth as yes and no, errors as nothing.
fn written(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Bool(truth) => if *truth { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(moment) => moment.as_datetime().map_or_else(String::new, |moment| moment.date().to_string()),
        DataRef::DateTimeIso(text) => text.chars().take(10).collect(),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::{ZipWriter, write::SimpleFileOptions};

    const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
    const RELATIONS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    const WORKBOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="人员" sheetId="1" r:id="r1"/></sheets></workbook>"#;
    const SHEETS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

    fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn workbook(dimension: &str, rows: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
        let sheet = format!(
            r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>"#
        );
        let mut parts: Vec<(&str, &[u8])> = vec![
            ("[Content_Types].xml", TYPES.as_bytes()),
            ("_rels/.rels", RELATIONS.as_bytes()),
            ("xl/workbook.xml", WORKBOOK.as_bytes()),
            ("xl/_rels/workbook.xml.rels", SHEETS.as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ];
        parts.extend_from_slice(more);
        package(&parts)
    }

    const ROWS: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="C1" t="inlineStr"><is><t>工号</t></is></c></row><row r="3"><c r="A3" t="inlineStr"><is><t> 周宁 </t></is></c><c r="B3" t="b"><v>1</v></c><c r="C3"><v>1001</v></c></row>"#;

    #[test]
    fn the_first_sheet_is_read_as_text() {
        let sheet = read(&workbook("A1:C3", ROWS, &[])).unwrap();
        let rows: Vec<_> = sheet.rows.iter().map(|row| (row.number, row.cells.join("|"))).collect();
        assert_eq!(rows, [(1, "姓名||工号".to_owned()), (3, "周宁|yes|1001".to_owned())]);
    }

    #[test]
    fn s11_entities_are_never_expanded_nor_fetched() {
        let bomb = r#"<!DOCTYPE worksheet [<!ENTITY a "laughter"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>"#;
        let outside = r#"<!DOCTYPE worksheet [<!ENTITY c SYSTEM "file:///etc/hostname">]>"#;
        for declared in [bomb, outside] {
            let sheet = format!(
                r#"<?xml version="1.0"?>{declared}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:A1"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>[&c;]</t></is></c></row></sheetData></worksheet>"#
            );
            let bytes = package(&[
                ("[Content_Types].xml", TYPES.as_bytes()),
                ("_rels/.rels", RELATIONS.as_bytes()),
                ("xl/workbook.xml", WORKBOOK.as_bytes()),
                ("xl/_rels/workbook.xml.rels", SHEETS.as_bytes()),
                ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
            ]);
            let cells = read(&bytes).map(|sheet| sheet.rows.into_iter().flat_map(|row| row.cells).collect::<String>()).unwrap_or_default();
            assert!(cells.len() <= "[&c;]".len() && !cells.contains("laughter"), "{cells}");
        }
    }

    #[test]
    fn s10_what_is_no_plain_sheet_is_refused() {
        let far = r#"<row r="1048576"><c r="A1048576"><v>1</v></c></row>"#;
        let wide = r#"<row r="1"><c r="XFD1"><v>1</v></c></row>"#;
        let zeros = vec![0_u8; usize::try_from(UNPACKED_BYTES).unwrap() + 1];
        for (bytes, fault) in [
            (workbook("A1:XFD1048576", ROWS, &[]), Fault::TooManyRows),
            (workbook("A1:XFD9", ROWS, &[]), Fault::TooManyColumns),
            (workbook("A1:A1", far, &[]), Fault::TooManyRows),
            (workbook("A1:A1", wide, &[]), Fault::TooManyColumns),
            (workbook("A1:A1", "", &[]), Fault::Empty),
            (workbook("A1:C3", ROWS, &[("xl/vbaProject.bin", b"x")]), Fault::Macros),
            (workbook("A1:C3", ROWS, &[("xl/media/image1.png", &zeros)]), Fault::Bomb),
            (package(&[("a.txt", b"x")]), Fault::NotASheet),
        ] {
            assert_eq!(read(&bytes), Err(fault));
        }
        let mut cut = workbook("A1:C3", ROWS, &[]);
        cut.truncate(cut.len() / 2);
        assert_eq!(read(&cut), Err(Fault::NotASheet));
    }
}
