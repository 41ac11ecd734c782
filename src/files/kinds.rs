//! What a file claims to be, and whether it is that (security.md S28, S29).
//!
//! Taken are pdf, png, jpg, docx, xlsx, csv and txt. The extension says what is expected; first bytes and inner
//! structure must agree, and nothing may hang on to the file that another program would read as something else.

use super::{office, pictures};
use crate::{web::posted::FILE_BYTES, words::Say};

/// A kind of file that is taken.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MediaType {
    /// Portable Document Format.
    Pdf,
    /// Portable Network Graphics.
    Png,
    /// A JPEG picture.
    Jpeg,
    /// A Word document of Office Open XML.
    Docx,
    /// An Excel workbook of Office Open XML.
    Xlsx,
    /// Comma-separated values in UTF-8.
    Csv,
    /// Plain text in UTF-8.
    Text,
}

/// Why a file is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// It has no bytes.
    Empty,
    /// It has more than 20 MB.
    TooLarge,
    /// Its extension is none of those that are taken.
    Kind,
    /// A binary office file of before 2007.
    OldOffice,
    /// It is protected by a password.
    Encrypted,
    /// It carries macros.
    Macros,
    /// Its content is not what its extension says.
    Mismatch,
    /// Its structure is damaged or cut off.
    Broken,
    /// Something else hangs on to it: an archive, a page, a program.
    Attached,
    /// It unpacks to more than is looked through.
    TooMuchInside,
    /// It is no UTF-8 text or has control characters.
    NotText,
}

impl MediaType {
    /// Every kind.
    pub const ALL: [Self; 7] = [Self::Pdf, Self::Png, Self::Jpeg, Self::Docx, Self::Xlsx, Self::Csv, Self::Text];

    /// The media type as the row keeps it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv",
            Self::Text => "text/plain",
        }
    }

    /// The kind of a row's media type.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The header `Content-Type`.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Text => "text/plain; charset=utf-8",
            _ => self.name(),
        }
    }

    /// The short word people know.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Docx => "DOCX",
            Self::Xlsx => "XLSX",
            Self::Csv => "CSV",
            Self::Text => "TXT",
        }
    }
}

impl Refusal {
    /// The sentence for the reader; `name` is the file's.
    pub fn words(self, say: Say, name: &str) -> String {
        match self {
            Self::Empty => say.file_empty(name),
            Self::TooLarge => say.file_too_large(name, FILE_BYTES / 1024 / 1024),
            Self::Kind => say.file_kind(name),
            Self::OldOffice => say.file_old_office(name),
            Self::Encrypted => say.file_encrypted(name),
            Self::Macros => say.file_macros(name),
            Self::Mismatch => say.file_mismatch(name),
            Self::Broken => say.file_broken(name),
            Self::Attached => say.file_attached(name),
            Self::TooMuchInside => say.file_too_much_inside(name),
            Self::NotText => say.file_not_text(name),
        }
    }
}

/// The name without any folders that came with it and without control characters, at most 255 characters; the
/// extension stays.
pub fn tidy_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let tidy: String = last.chars().filter(|c| !c.is_control()).collect();
    let tidy = tidy.trim();
    if tidy.chars().count() <= 255 {
        return tidy.to_owned();
    }
    let tail = tidy.rsplit_once('.').map_or_else(String::new, |(_, end)| format!(".{end}"));
    let room = 255_usize.saturating_sub(tail.chars().count());
    if room == 0 { tidy.chars().take(255).collect() } else { tidy.chars().take(room).chain(tail.chars()).collect() }
}

/// Checks a file against its name. Unpacks office files within limits: give large ones a blocking thread.
pub fn check(name: &str, bytes: &[u8]) -> Result<MediaType, Refusal> {
    let extension = name.rsplit_once('.').map(|(_, end)| end.trim().to_ascii_lowercase()).unwrap_or_default();
    let kind = match extension.as_str() {
        "pdf" => MediaType::Pdf,
        "png" => MediaType::Png,
        "jpg" | "jpeg" => MediaType::Jpeg,
        "docx" => MediaType::Docx,
        "xlsx" => MediaType::Xlsx,
        "csv" => MediaType::Csv,
        "txt" => MediaType::Text,
        "doc" | "xls" | "ppt" | "wps" | "et" => return Err(Refusal::OldOffice),
        "docm" | "xlsm" | "dotm" | "xltm" | "xlsb" => return Err(Refusal::Macros),
        _ => return Err(Refusal::Kind),
    };
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > FILE_BYTES {
        return Err(Refusal::TooLarge);
    }
    match kind {
        MediaType::Pdf => pdf(bytes)?,
        MediaType::Png => pictures::png(bytes)?,
        MediaType::Jpeg => pictures::jpeg(bytes)?,
        MediaType::Docx | MediaType::Xlsx => office::check(kind, bytes)?,
        MediaType::Csv | MediaType::Text => text(bytes)?,
    }
    if !matches!(kind, MediaType::Docx | MediaType::Xlsx) && holds_archive(bytes) {
        return Err(Refusal::Attached);
    }
    Ok(kind)
}

fn pdf(bytes: &[u8]) -> Result<(), Refusal> {
    if !(bytes.starts_with(b"%PDF-1.") || bytes.starts_with(b"%PDF-2.")) {
        return Err(Refusal::Mismatch);
    }
    let end = rfind(bytes, b"%%EOF").ok_or(Refusal::Broken)?;
    let rest = bytes.get(end + 5..).unwrap_or_default();
    if !rest.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return Err(Refusal::Attached);
    }
    // Readers of pages look at the first kilobyte.
    if is_page(bytes.get(..1024).unwrap_or(bytes)) { Err(Refusal::Attached) } else { Ok(()) }
}

fn text(bytes: &[u8]) -> Result<(), Refusal> {
    let words = std::str::from_utf8(bytes).map_err(|_| Refusal::NotText)?;
    let words = words.strip_prefix('\u{feff}').unwrap_or(words);
    if words.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
        return Err(Refusal::NotText);
    }
    if words.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    let start = words.trim_start().as_bytes();
    let lead = start.get(..16).unwrap_or(start).to_ascii_lowercase();
    let head = bytes.get(..1024).unwrap_or(bytes);
    let disguised = ["<", "#!", "{\\rtf", "mime-version:"].iter().any(|mark| lead.starts_with(mark.as_bytes()));
    if disguised || find(head, b"%PDF-").is_some() || is_page(head) { Err(Refusal::Mismatch) } else { Ok(()) }
}

/// Whether a browser might take these bytes for a page.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    let lower = bytes.to_ascii_lowercase();
    [b"<html".as_slice(), b"<script", b"<!doctype html", b"<svg", b"<?php", b"<iframe"].iter().any(|mark| find(&lower, mark).is_some())
}

/// Whether the end of the file is a directory of a ZIP archive, which readers of archives find from behind.
fn holds_archive(bytes: &[u8]) -> bool {
    let tail = bytes.len().saturating_sub(22 + 65_535);
    let mut from = bytes.get(tail..).unwrap_or_default();
    let mut at = tail;
    while let Some(next) = find(from, b"PK\x05\x06") {
        let record = at + next;
        let size = bytes.get(record + 12..record + 16).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes);
        let start = usize::try_from(size).ok().and_then(|size| record.checked_sub(size));
        // An empty directory is an archive too, and nobody writes one by accident.
        if start.is_some_and(|start| start == record || bytes.get(start..start + 4) == Some(b"PK\x01\x02")) {
            return true;
        }
        at = record + 4;
        from = bytes.get(at..).unwrap_or_default();
    }
    false
}

/// The first place of a short text in bytes.
pub(super) fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn rfind(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n";
    const ARCHIVE: &[u8] = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

    fn with(parts: &[&[u8]]) -> Vec<u8> {
        parts.concat()
    }

    #[test]
    fn s28_documents() {
        assert_eq!(check("证书.PDF", PDF), Ok(MediaType::Pdf));
        let cases: [(&[u8], Refusal); 6] = [
            (b"\n%PDF-1.7 %%EOF", Refusal::Mismatch),
            (b"MZ\x90", Refusal::Mismatch),
            (b"%PDF-1.7 cut off", Refusal::Broken),
            (&with(&[PDF, b"<html>"]), Refusal::Attached),
            (&with(&[PDF, ARCHIVE]), Refusal::Attached),
            (b"%PDF-1.7\n<script>1</script>\n%%EOF", Refusal::Attached),
        ];
        for (bytes, refusal) in cases {
            assert_eq!(check("a.pdf", bytes), Err(refusal), "{}", String::from_utf8_lossy(bytes));
        }
        let inside = with(&[b"%PDF-1.7\n", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x06\0\n%%EOF"]);
        assert_eq!(check("a.pdf", &inside), Err(Refusal::Attached));
    }

    #[test]
    fn s28_texts() {
        assert_eq!(check("a.txt", "会议记录\r\n第一项\t完成".as_bytes()), Ok(MediaType::Text));
        assert_eq!(check("a.csv", "\u{feff}工号,姓名\n001,沈衡\n".as_bytes()), Ok(MediaType::Csv));
        for (bytes, refusal) in [
            (b"\xbb\xe1\xd2\xe9".as_slice(), Refusal::NotText),
            (b"a\0b", Refusal::NotText),
            (b"a\x1b[31m", Refusal::NotText),
            (b"  \n", Refusal::Empty),
            (b" <!DOCTYPE html>", Refusal::Mismatch),
            (b"x <script>", Refusal::Mismatch),
            (b"#!/bin/sh", Refusal::Mismatch),
            (b"text\n%PDF-1.4", Refusal::Mismatch),
        ] {
            assert_eq!(check("a.csv", bytes), Err(refusal), "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn s28_names_alone_decide_what_is_never_taken() {
        for (name, refusal) in [
            ("a.doc", Refusal::OldOffice),
            ("a.xls", Refusal::OldOffice),
            ("a.docm", Refusal::Macros),
            ("a.html", Refusal::Kind),
            ("a.svg", Refusal::Kind),
            ("a.exe", Refusal::Kind),
            ("a.pdf.exe", Refusal::Kind),
            ("pdf", Refusal::Kind),
            ("", Refusal::Kind),
        ] {
            assert_eq!(check(name, PDF), Err(refusal), "{name}");
        }
        assert_eq!(check("a.pdf", b""), Err(Refusal::Empty));
        assert_eq!(check("a.pdf", &vec![0; FILE_BYTES + 1]), Err(Refusal::TooLarge));
    }

    #[test]
    fn names_are_data_only() {
        assert_eq!(tidy_name("C:\\fakepath\\执照.pdf"), "执照.pdf");
        assert_eq!(tidy_name("../../etc/pass\r\nwd"), "passwd");
        let long = tidy_name(&format!("{}.pdf", "长".repeat(400)));
        assert_eq!((long.chars().count(), long.ends_with("长.pdf")), (255, true));
    }

    #[test]
    fn every_refusal_names_the_file_in_both_languages() {
        use crate::words::Language;
        for refusal in [
            Refusal::Empty,
            Refusal::TooLarge,
            Refusal::Kind,
            Refusal::OldOffice,
            Refusal::Encrypted,
            Refusal::Macros,
            Refusal::Mismatch,
            Refusal::Broken,
            Refusal::Attached,
            Refusal::TooMuchInside,
            Refusal::NotText,
        ] {
            for language in [Language::Chinese, Language::English] {
                assert!(refusal.words(Say { language }, "执照.pdf").contains("执照.pdf"));
            }
        }
    }
}
