//! Files on their way in and out: what is taken, what is refused and leaves nothing over, what is kept under which name,
//! and what comes back (security.md S19, S27, S28, S30, S31).
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test ends where its world is not as it should be")]

mod world;

use axum::{
    body::Body,
    http::{Method, header},
};
use certgate::visitor::{Answer, Enclosure, Visitor};
use sha2::Digest;
use std::{
    fs,
    io::{Cursor, Write},
    path::{Path, PathBuf},
};
use world::{Engagement, World, page};
use zip::{ZipWriter, write::SimpleFileOptions};

const FILE_BYTES: usize = 20 * 1024 * 1024;

async fn founded() -> (World, Engagement, Visitor) {
    let world = World::new().await;
    let mut consultant = world.consultant("Ren Yuan").await;
    let engagement = world.open_engagement(&mut consultant).await;
    (world, engagement, consultant)
}

async fn upload(visitor: &mut Visitor, engagement: &Engagement, name: &str, bytes: &[u8]) -> Answer {
    visitor.post_with_files(&engagement.path("/evidence/new"), &[("note", "")], &[Enclosure { field: "file", name, bytes }]).await
}

/// Every file below the folder of this world, temporary ones too.
fn stored(world: &World) -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() { walk(&entry.path(), found) } else { found.push(entry.path()) }
        }
    }
    let mut found = Vec::new();
    walk(&world.directory, &mut found);
    found.sort();
    found
}

async fn rows(world: &World, engagement: &Engagement) -> i64 {
    world.count(&format!("select count(*) from evidence where engagement_id = '{}'", engagement.id)).await
}

fn hash(bytes: &[u8]) -> String {
    hex::encode(sha2::Sha256::digest(bytes))
}

fn pdf() -> Vec<u8> {
    b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n".to_vec()
}

fn png() -> Vec<u8> {
    let chunk = |kind: &[u8; 4], data: &[u8]| [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], kind, data, &[0; 4]].concat();
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]), chunk(b"IDAT", &[1, 2, 3]), chunk(b"IEND", &[])].concat()
}

fn jpeg() -> Vec<u8> {
    b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xda\x00\x04\x00\x00\x12\x34\xff\xd9".to_vec()
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn types(part: &str, kind: &str) -> String {
    format!(r#"<Types><Override PartName="{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>"#)
}

fn docx(more: &[(&str, &str)]) -> Vec<u8> {
    let types = types("/word/document.xml", "wordprocessingml.document");
    archive(&[&[("[Content_Types].xml", types.as_str()), ("word/document.xml", "<w/>")], more].concat())
}

fn xlsx(more: &[(&str, &str)]) -> Vec<u8> {
    let types = types("/xl/workbook.xml", "spreadsheetml.sheet");
    archive(&[&[("[Content_Types].xml", types.as_str()), ("xl/workbook.xml", "<x/>")], more].concat())
}

#[tokio::test]
async fn s27_a_byte_too_much_is_refused_and_leaves_nothing_over() {
    let (world, engagement, mut visitor) = founded().await;
    let just = vec![b'a'; FILE_BYTES];
    let over = vec![b'a'; FILE_BYTES + 1];
    let refused = upload(&mut visitor, &engagement, "long.txt", &over).await;
    assert_eq!(refused.status, 413, "without an announced length");
    assert!(refused.text.contains("At most 20 MB"), "{}", world::errors(&refused));
    assert_eq!((rows(&world, &engagement).await, stored(&world)), (0, vec![]));
    // A length that is announced is believed at once: hardly a byte of the body is read.
    for (path, limit) in [("/evidence/new", 64 << 20), ("/penalties/new", 64 << 20), ("/document-sets", 24 << 20)] {
        let request = visitor
            .request(Method::POST, &engagement.path(path))
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::CONTENT_LENGTH, limit + 1)
            .body(Body::from("note=x"));
        assert_eq!(visitor.send(request).await.status, 413, "{path}");
    }
    let form = format!("prefix={}", "x".repeat(24 << 20));
    let request = visitor.request(Method::POST, &engagement.path("/document-sets")).header("sec-fetch-site", "same-origin");
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(form));
    assert_eq!(visitor.send(request).await.status, 413, "a form without files, cut while it streams");
    assert_eq!((rows(&world, &engagement).await, stored(&world)), (0, vec![]));
    assert_eq!(upload(&mut visitor, &engagement, "long.txt", &just).await.status, 303, "the limit itself is taken");
    assert_eq!((rows(&world, &engagement).await, stored(&world).len()), (1, 1));
}

/// The corpus: name, bytes, whether it is to be taken.
fn corpus() -> Vec<(String, Vec<u8>, bool)> {
    let rtf = b"{\\rtf1 text}".to_vec();
    let ole = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), vec![0; 600]].concat();
    let contents: Vec<(&str, Vec<u8>)> = vec![
        ("pdf", pdf()),
        ("png", png()),
        ("jpg", jpeg()),
        ("docx", docx(&[])),
        ("xlsx", xlsx(&[])),
        ("text", "工号,姓名\r\n001,沈衡\n".as_bytes().to_vec()),
        ("html", b"<!DOCTYPE html><html><script>alert(1)</script></html>".to_vec()),
        ("svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec()),
        ("xml", b"<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>".to_vec()),
        ("exe", b"MZ\x90\x00\x03\x00\x00\x00".to_vec()),
        ("elf", b"\x7fELF\x02\x01\x01\x00".to_vec()),
        ("zip", archive(&[("a.txt", "a")])),
        ("gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;".to_vec()),
        ("rtf", rtf),
        ("ole", ole),
        ("sh", b"#!/bin/sh\nrm -rf /\n".to_vec()),
        ("nothing", Vec::new()),
        ("utf-16", "text".encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ];
    let extensions =
        ["pdf", "PDF", "png", "jpg", "jpeg", "docx", "xlsx", "csv", "txt", "html", "svg", "exe", "js", "zip", "doc", "xls", "docm", "xlsm", "pdf.exe", ""];
    let mut corpus = Vec::new();
    for (content, bytes) in &contents {
        for extension in extensions {
            let belongs = match *content {
                "pdf" => matches!(extension, "pdf" | "PDF"),
                "jpg" => matches!(extension, "jpg" | "jpeg"),
                "text" => matches!(extension, "csv" | "txt"),
                "png" | "docx" | "xlsx" => extension == *content,
                _ => false,
            };
            let name = if extension.is_empty() { content.to_string() } else { format!("{content}.{extension}") };
            corpus.push((name, bytes.clone(), belongs));
        }
    }
    // Two in one: something else hangs on before or behind.
    let zip = archive(&[("a.html", "<script>1</script>")]);
    let tails: [(&str, Vec<u8>); 6] = [
        ("zip", zip),
        ("page", b"<html><script>alert(1)</script></html>".to_vec()),
        ("php", b"<?php system('id'); ?>".to_vec()),
        ("pdf", pdf()),
        ("program", b"MZ\x90\x00".to_vec()),
        ("empty archive", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec()),
    ];
    for (content, extension) in [("pdf", "pdf"), ("png", "png"), ("jpg", "jpg"), ("docx", "docx"), ("xlsx", "xlsx"), ("text", "txt"), ("text", "csv")] {
        let bytes = &contents.iter().find(|(name, _)| *name == content).unwrap().1;
        for (tail, more) in &tails {
            if (content, *tail) != ("pdf", "pdf") {
                corpus.push((format!("{content} before {tail}.{extension}"), [bytes.as_slice(), more].concat(), false));
                corpus.push((format!("{content} behind {tail}.{extension}"), [more.as_slice(), bytes].concat(), false));
            }
        }
        corpus.push((format!("{content} cut.{extension}"), bytes[..bytes.len() / 2].to_vec(), content == "text"));
    }
    let inside = [
        ("word/vbaProject.bin", "macros"),
        ("xl/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "<x/>"),
        ("../../etc/passwd", "x"),
        ("/etc/passwd", "x"),
        ("a\\..\\b", "x"),
    ];
    for (part, text) in inside {
        corpus.push((format!("holds {}.docx", part.len()), docx(&[(part, text)]), false));
        corpus.push((format!("holds {}.xlsx", part.len()), xlsx(&[(part, text)]), false));
    }
    corpus
}

#[tokio::test]
async fn s28_extension_first_bytes_and_inner_structure_must_agree() {
    let (world, engagement, mut visitor) = founded().await;
    let corpus = corpus();
    assert!(corpus.len() >= 300, "{}", corpus.len());
    let mut wrong = Vec::new();
    let mut kept = std::collections::BTreeSet::new();
    for (name, bytes, is_taken) in &corpus {
        let answer = upload(&mut visitor, &engagement, name, bytes).await;
        let decision = match answer.status.as_u16() {
            303 => true,
            422 if page::complains_of(&answer, "file") => false,
            status => panic!("{name}: {status} {}", world::errors(&answer)),
        };
        if decision {
            kept.insert(hash(bytes));
        }
        if decision != *is_taken {
            wrong.push(format!("{name}: {}", if decision { "taken" } else { "refused" }));
        }
    }
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), corpus.len());
    // Only what was taken is there.
    assert_eq!(rows(&world, &engagement).await, i64::try_from(kept.len()).unwrap());
    assert_eq!(stored(&world).len(), kept.len());
}

fn odd_names() -> Vec<String> {
    let mut names: Vec<String> = [
        "../../../etc/cron.d/x",
        "..\\..\\windows\\x",
        "/etc/passwd",
        "C:\\fakepath\\licence",
        "a\u{202e}fdp",
        "semi;colon",
        "per%2e%2e%2fcent",
        "space  two",
        "'; drop table evidence; --",
        "$(reboot)",
        "`id`",
        "emoji🎈",
        "营业执照（副本）",
        "comma,dot",
        "=cmd()",
        "-rf",
        "con",
        "aux",
        "ünïcödé",
        "é\u{301}",
        "\u{200b}",
        "{{7*7}}",
        "${x}",
        "<img src=x onerror=alert(1)>",
        "...",
        " lead and trail ",
        "%00",
        "a&b=c",
        "#frag?query",
    ]
    .iter()
    .map(|name| (*name).to_owned())
    .collect();
    names.push("长".repeat(400));
    names.push("x".repeat(4000));
    names
}

#[tokio::test]
async fn s30_names_are_data_and_never_a_path() {
    let (world, engagement, mut visitor) = founded().await;
    let names = odd_names();
    let outside = |world: &World| {
        let mut found: Vec<_> =
            fs::read_dir(world.directory.parent().unwrap()).unwrap().flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
        found.sort();
        found
    };
    let before = outside(&world);
    for (number, name) in names.iter().enumerate() {
        let answer = upload(&mut visitor, &engagement, &format!("{name}.txt"), format!("file number {number}").as_bytes()).await;
        assert_eq!(answer.status, 303, "{name}: {}", world::errors(&answer));
    }
    let files = stored(&world);
    assert_eq!(files.len(), names.len());
    assert_eq!(outside(&world), before);
    for file in &files {
        // Two hexadecimal digits, then sixty-two: the hash of the bytes and nothing that anybody typed.
        let inner = file.strip_prefix(world.directory.join("evidence")).expect("inside the store");
        let name: String = inner.to_str().unwrap().replace('/', "");
        assert_eq!((inner.components().count(), name.len()), (2, 64), "{inner:?}");
        assert_eq!(name, hash(&fs::read(file).unwrap()));
    }
    // The same bytes under another name are one entry and one file.
    let again = upload(&mut visitor, &engagement, "another name.txt", b"file number 0").await;
    assert_eq!(again.status, 303);
    assert_eq!((stored(&world).len(), rows(&world, &engagement).await), (names.len(), i64::try_from(names.len()).unwrap()));
    assert!(visitor.get(again.location().unwrap()).await.text.contains("E-001"));
    // In another engagement they are another entry, on the same bytes.
    let other = world.open_engagement(&mut visitor).await;
    assert_eq!(upload(&mut visitor, &other, "theirs.txt", b"file number 0").await.status, 303);
    assert_eq!((stored(&world).len(), rows(&world, &other).await), (names.len(), 1));
}

/// The name that the header `Content-Disposition` stands for, read as RFC 6266 wants it.
fn name_of(answer: &Answer) -> (String, String) {
    let header = answer.headers[header::CONTENT_DISPOSITION].to_str().unwrap().to_owned();
    let rest = header.strip_prefix("attachment; filename=\"").unwrap_or_else(|| panic!("{header}"));
    let (plain, encoded) = rest.split_once("\"; filename*=UTF-8''").unwrap_or_else(|| panic!("{header}"));
    assert!(!plain.contains(['"', '\\', '/']) && plain.is_ascii(), "{plain}");
    let mut bytes = Vec::new();
    let mut letters = encoded.bytes();
    while let Some(letter) = letters.next() {
        if letter == b'%' {
            let pair = [letters.next().unwrap(), letters.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&pair).unwrap(), 16).unwrap());
        } else {
            assert!(letter.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&letter), "{encoded}");
            bytes.push(letter);
        }
    }
    (plain.to_owned(), String::from_utf8(bytes).unwrap())
}

#[tokio::test]
async fn s31_a_download_bears_its_name_and_every_byte() {
    let (world, engagement, mut visitor) = founded().await;
    for (number, name) in odd_names().iter().enumerate() {
        let bytes = format!("file number {number}\r\n\t{}", "ÿ".repeat(number));
        let answer = upload(&mut visitor, &engagement, &format!("{name}.txt"), bytes.as_bytes()).await;
        let path = format!("{}/file", answer.location().unwrap_or_else(|| panic!("{name}: {}", world::errors(&answer))));
        let file = visitor.get(&path).await;
        assert_eq!(file.bytes.as_ref(), bytes.as_bytes(), "{name}");
        let id = path.rsplit('/').nth(1).unwrap().to_owned();
        let kept = world.text(&format!("select file_name from evidence where id = '{id}'")).await;
        assert_eq!(name_of(&file).1, kept);
        assert!(kept.chars().count() <= 255 && !kept.contains(['/', '\\']) && !kept.chars().any(char::is_control), "{kept}");
        assert!(Path::new(&kept).extension().is_some_and(|end| end == "txt"), "{kept}");
        // S19: never a page.
        assert_eq!(file.headers["content-type"], "text/plain; charset=utf-8");
        assert_eq!(file.headers["x-content-type-options"], "nosniff");
        assert!(file.headers["content-security-policy"].to_str().unwrap().starts_with("sandbox"));
    }
    for (name, bytes, media) in [
        ("a.pdf", pdf(), "application/pdf"),
        ("a.png", png(), "image/png"),
        ("a.jpg", jpeg(), "image/jpeg"),
        ("a.docx", docx(&[]), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", xlsx(&[]), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ] {
        let answer = upload(&mut visitor, &engagement, name, &bytes).await;
        let file = visitor.get(&format!("{}/file", answer.location().unwrap())).await;
        assert_eq!((file.bytes.as_ref(), file.headers["content-type"].to_str().unwrap()), (bytes.as_slice(), media));
    }
}

#[tokio::test]
async fn a_file_that_was_altered_or_lost_on_the_disk_is_noticed_and_not_served() {
    let (world, engagement, mut visitor) = founded().await;
    let bytes = b"minutes of the review".as_slice();
    let page = upload(&mut visitor, &engagement, "minutes.txt", bytes).await.location().unwrap().to_owned();
    let path = format!("{page}/file");
    let [place] = stored(&world).try_into().expect("one file");
    let of_old = hash(bytes);
    let changed = b"minutes of the Review".as_slice();
    fs::write(&place, changed).unwrap();
    let answer = visitor.get(&path).await;
    assert_eq!(answer.status, 409);
    assert!(answer.text.contains(&of_old) && answer.text.contains(&hash(changed)) && !answer.text.contains("minutes of the Review"));
    assert!(!answer.headers.contains_key("content-disposition"));
    fs::remove_file(&place).unwrap();
    assert_eq!(visitor.get(&path).await.status, 409);
    // Sent again, it is put right.
    assert_eq!(upload(&mut visitor, &engagement, "minutes.txt", bytes).await.location(), Some(page.as_str()));
    assert_eq!(visitor.get(&path).await.bytes.as_ref(), bytes);
    assert_eq!(rows(&world, &engagement).await, 1);
}

#[tokio::test]
async fn an_upload_is_kept_when_another_field_is_wrong() {
    let (world, engagement, mut visitor) = founded().await;
    let path = engagement.path("/penalties/new");
    let once = world.id().to_string();
    let fields = [
        ("once", once.as_str()),
        ("authority", "Market authority"),
        ("decided_on", "2026-13-41"),
        ("kind", "fine"),
        ("subject", "applicant"),
        ("status", "in_force"),
    ];
    let decision = pdf();
    let refused = visitor.post_with_files(&path, &fields, &[Enclosure { field: "file_id", name: "decision.pdf", bytes: &decision }]).await;
    assert_eq!(refused.status, 422);
    assert!(page::complains_of(&refused, "decided_on") && !page::complains_of(&refused, "file_id"));
    assert_eq!(rows(&world, &engagement).await, 1);
    let form = page::form(&refused).expect("the form");
    let chosen = form.iter().find(|field| field.name == "file_id").unwrap().chosen.clone();
    assert_eq!(chosen, [world.text(&format!("select id::text from evidence where engagement_id = '{}'", engagement.id)).await]);
    let done = visitor.post(&path, &page::pairs(&page::with(&form, "decided_on", &["2026-11-02"]))).await;
    assert_eq!(done.status, 303, "{}", world::errors(&done));
    assert_eq!(world.text(&format!("select file_id::text from penalties where id = '{once}'")).await, chosen[0]);
    // A refused file is said at its field, and the rest of the form is kept.
    let fields = [("authority", "Market authority"), ("decided_on", "2026-11-02"), ("kind", "fine"), ("subject", "applicant"), ("status", "in_force")];
    let refused = visitor.post_with_files(&path, &fields, &[Enclosure { field: "file_id", name: "decision.pdf", bytes: b"no PDF" }]).await;
    assert_eq!(refused.status, 422);
    assert!(page::complains_of(&refused, "file_id") && refused.text.contains("Market authority"));
    assert_eq!(rows(&world, &engagement).await, 1);
}
