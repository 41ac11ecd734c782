//! A look into office files (ZIP with XML parts) within fixed limits, before they are believed (security.md S29).

use super::kinds::{MediaType, Refusal, find};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The most parts of one file.
const MOST_PARTS: usize = 5000;
/// The most bytes that all parts together may unpack to.
const MOST_BYTES: u64 = 200 * 1024 * 1024;
/// The most bytes of the list of content types.
const MOST_TYPES: u64 = 2 * 1024 * 1024;

/// Checks a docx or xlsx file.
pub(super) fn check(kind: MediaType, bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        // A protected document is a container of the old form around the encrypted new one.
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        return Err(if find(bytes, &name).is_some() { Refusal::Encrypted } else { Refusal::OldOffice });
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(Refusal::Mismatch);
    }
    // The directory's last record ends the file, without a comment: nothing stands before or behind the archive.
    let end = bytes.len().checked_sub(22).and_then(|start| bytes.get(start..)).ok_or(Refusal::Broken)?;
    if !end.starts_with(b"PK\x05\x06") {
        return Err(Refusal::Attached);
    }
    let entries = end.get(10..12).and_then(|two| two.try_into().ok()).map_or(0, u16::from_le_bytes);
    if usize::from(entries) > MOST_PARTS {
        return Err(Refusal::TooMuchInside);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Broken)?;
    if archive.len() > MOST_PARTS {
        return Err(Refusal::TooMuchInside);
    }
    if archive.offset() != 0 || !archive.comment().is_empty() {
        return Err(Refusal::Attached);
    }
    if archive.has_duplicate_names() || archive.has_overlapping_files().unwrap_or(true) {
        return Err(Refusal::Broken);
    }
    let types = walk(&mut archive)?;
    let (part, content_type) = match kind {
        MediaType::Xlsx => ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
        _ => ("word/document.xml", "wordprocessingml.document.main+xml"),
    };
    let types = types.ok_or(Refusal::Mismatch)?.to_ascii_lowercase();
    if types.contains("macroenabled") || types.contains("vbaproject") {
        return Err(Refusal::Macros);
    }
    if types.contains("<!doctype") || types.contains("<!entity") {
        return Err(Refusal::Broken);
    }
    if archive.index_for_name(part).is_none() || !types.contains(content_type) {
        return Err(Refusal::Mismatch);
    }
    Ok(())
}

/// Looks at every part: first at what they announce, then at what they really unpack to. Gives the list of content types.
fn walk(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Option<String>, Refusal> {
    let mut announced = 0_u64;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|_| Refusal::Broken)?;
        if part.encrypted() {
            return Err(Refusal::Encrypted);
        }
        let name = part.name().map_err(|_| Refusal::Broken)?.to_ascii_lowercase();
        if name.starts_with('/') || name.contains('\\') || name.split('/').any(|piece| piece == "..") {
            return Err(Refusal::Broken);
        }
        if name.ends_with("vbaproject.bin") || name.ends_with("vbadata.xml") || name.contains("macrosheets/") {
            return Err(Refusal::Macros);
        }
        announced = announced.saturating_add(part.size());
        if announced > MOST_BYTES {
            return Err(Refusal::TooMuchInside);
        }
    }
    let mut types = None;
    let mut left = MOST_BYTES;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|_| Refusal::Broken)?;
        if part.name().is_ok_and(|name| name == "[Content_Types].xml") {
            let mut text = String::new();
            let read = part.by_ref().take(MOST_TYPES + 1).read_to_string(&mut text).map_err(|_| Refusal::Broken)?;
            if u64::try_from(read).unwrap_or(u64::MAX) > MOST_TYPES {
                return Err(Refusal::TooMuchInside);
            }
            types = Some(text);
            continue;
        }
        let read = std::io::copy(&mut part.by_ref().take(left + 1), &mut std::io::sink()).map_err(|_| Refusal::Broken)?;
        left = left.checked_sub(read).ok_or(Refusal::TooMuchInside)?;
    }
    Ok(types)
}

#[cfg(test)]
mod tests {
    use super::super::kinds::{MediaType, Refusal, check};
    use std::io::{Cursor, Write};
    use zip::{ZipWriter, write::SimpleFileOptions};

    const DOCX: &str = r#"<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    const XLSX: &str =
        r#"<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;

    fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn docx(more: &[(&str, &[u8])]) -> Vec<u8> {
        archive(&[&[("[Content_Types].xml", DOCX.as_bytes()), ("word/document.xml", b"<x/>".as_slice())], more].concat())
    }

    #[test]
    fn s28_office_files_are_what_they_say() {
        assert_eq!(check("a.docx", &docx(&[])), Ok(MediaType::Docx));
        let sheet = archive(&[("[Content_Types].xml", XLSX.as_bytes()), ("xl/workbook.xml", b"<x/>")]);
        assert_eq!(check("a.xlsx", &sheet), Ok(MediaType::Xlsx));
        assert_eq!(check("a.docx", &sheet), Err(Refusal::Mismatch));
        assert_eq!(check("a.xlsx", &docx(&[])), Err(Refusal::Mismatch));
        assert_eq!(check("a.docx", &archive(&[("readme.txt", b"x")])), Err(Refusal::Mismatch));
        assert_eq!(check("a.docx", b"%PDF-1.7"), Err(Refusal::Mismatch));
        assert_eq!(check("a.pdf", &docx(&[])), Err(Refusal::Mismatch));
    }

    #[test]
    fn s28_macros_passwords_and_old_containers_are_refused() {
        assert_eq!(check("a.docx", &docx(&[("word/vbaProject.bin", b"x")])), Err(Refusal::Macros));
        let types = DOCX.replace("document.main+xml", "document.main+xml\"/><Override ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml");
        let disguised = archive(&[("[Content_Types].xml", types.as_bytes()), ("word/document.xml", b"<x/>")]);
        assert_eq!(check("a.docx", &disguised), Err(Refusal::Macros));
        let mut old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        old.resize(1024, 0);
        assert_eq!(check("a.docx", &old), Err(Refusal::OldOffice));
        old.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(check("a.xlsx", &old), Err(Refusal::Encrypted));
    }

    #[test]
    fn s29_bombs_and_odd_archives_are_refused() {
        let zeros = vec![0_u8; 210 * 1024 * 1024];
        assert_eq!(check("a.docx", &docx(&[("word/a.bin", &zeros)])), Err(Refusal::TooMuchInside));
        assert_eq!(check("a.docx", &docx(&[("../evil", b"x")])), Err(Refusal::Broken));
        assert_eq!(check("a.docx", &[docx(&[]), b"<html>".to_vec()].concat()), Err(Refusal::Attached));
        assert_eq!(check("a.docx", &[b"PK\x03\x04GIF".to_vec(), docx(&[])].concat()), Err(Refusal::Attached));
        let whole = docx(&[]);
        for length in 4..whole.len() {
            assert!(check("a.docx", &whole[..length]).is_err(), "cut at {length}");
        }
    }
}
