//! The inner structure of pictures: every byte from the signature to the end belongs to the picture.

use super::kinds::Refusal;

/// Walks the chunks of a PNG: IHDR first, IEND last, nothing after it.
pub(super) fn png(bytes: &[u8]) -> Result<(), Refusal> {
    let mut rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n").ok_or(Refusal::Mismatch)?;
    let mut is_first = true;
    let mut has_data = false;
    loop {
        let (length, after) = rest.split_first_chunk::<4>().ok_or(Refusal::Broken)?;
        let (kind, after) = after.split_first_chunk::<4>().ok_or(Refusal::Broken)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Refusal::Broken)?;
        // Four bytes of checksum follow the data.
        rest = after.get(length.checked_add(4).ok_or(Refusal::Broken)?..).ok_or(Refusal::Broken)?;
        if is_first != (kind == b"IHDR") || !kind.iter().all(u8::is_ascii_alphabetic) {
            return Err(Refusal::Broken);
        }
        is_first = false;
        has_data |= kind == b"IDAT";
        if kind == b"IEND" {
            break;
        }
    }
    match (has_data, rest.is_empty()) {
        (false, _) => Err(Refusal::Broken),
        (true, false) => Err(Refusal::Attached),
        (true, true) => Ok(()),
    }
}

/// Walks the segments of a JPEG to its end. Further pictures may follow, as cameras add previews and brightness maps.
pub(super) fn jpeg(bytes: &[u8]) -> Result<(), Refusal> {
    if !bytes.starts_with(b"\xff\xd8\xff") {
        return Err(Refusal::Mismatch);
    }
    let mut rest = bytes;
    while rest.starts_with(b"\xff\xd8\xff") {
        rest = one_jpeg(rest)?;
        let padding = rest.iter().take_while(|byte| **byte == 0).count();
        rest = rest.get(padding..).unwrap_or_default();
    }
    if rest.is_empty() { Ok(()) } else { Err(Refusal::Attached) }
}

/// What follows the first picture.
fn one_jpeg(bytes: &[u8]) -> Result<&[u8], Refusal> {
    let mut rest = bytes.get(2..).ok_or(Refusal::Broken)?;
    let mut has_scan = false;
    loop {
        let marker = match rest {
            [0xff, 0xff, ..] => {
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            [0xff, marker, ..] => *marker,
            _ => return Err(Refusal::Broken),
        };
        rest = rest.get(2..).unwrap_or_default();
        match marker {
            0xd9 => return if has_scan { Ok(rest) } else { Err(Refusal::Broken) },
            0x01 | 0xd0..=0xd7 => {}
            0x00 | 0xd8 => return Err(Refusal::Broken),
            _ => {
                let length = rest.first_chunk::<2>().map_or(0, |two| usize::from(u16::from_be_bytes(*two)));
                if length < 2 {
                    return Err(Refusal::Broken);
                }
                rest = rest.get(length..).ok_or(Refusal::Broken)?;
                if marker == 0xda {
                    has_scan = true;
                    rest = after_scan(rest)?;
                }
            }
        }
    }
}

/// Skips the coded picture up to the next real marker.
fn after_scan(bytes: &[u8]) -> Result<&[u8], Refusal> {
    let mut at = 0;
    loop {
        let next = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == 0xff)).ok_or(Refusal::Broken)?;
        at += next;
        match bytes.get(at + 1) {
            None => return Err(Refusal::Broken),
            Some(0x00 | 0xd0..=0xd7) => at += 2,
            Some(0xff) => at += 1,
            Some(_) => return bytes.get(at..).ok_or(Refusal::Broken),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::kinds::{MediaType, Refusal, check};

    fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
        [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], &kind, data, &[0; 4]].concat()
    }

    fn png() -> Vec<u8> {
        [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(*b"IHDR", &[0; 13]), chunk(*b"IDAT", b"xx"), chunk(*b"IEND", b"")].concat()
    }

    fn jpeg() -> Vec<u8> {
        [b"\xff\xd8".as_slice(), b"\xff\xe0\x00\x04ab", b"\xff\xda\x00\x02", b"data\xff\x00\xff\xd0more", b"\xff\xd9"].concat()
    }

    #[test]
    fn s28_whole_pictures_are_taken() {
        assert_eq!(check("a.png", &png()), Ok(MediaType::Png));
        assert_eq!(check("a.JPG", &jpeg()), Ok(MediaType::Jpeg));
        assert_eq!(check("a.jpeg", &[jpeg(), jpeg(), vec![0; 3]].concat()), Ok(MediaType::Jpeg));
    }

    #[test]
    fn s28_pictures_with_something_else_are_not() {
        for tail in [b"<html><script>alert(1)</script>".as_slice(), b"PK\x03\x04", b"MZ", b"x"] {
            assert_eq!(check("a.png", &[png(), tail.to_vec()].concat()), Err(Refusal::Attached));
            assert_eq!(check("a.jpg", &[jpeg(), tail.to_vec()].concat()), Err(Refusal::Attached));
        }
        assert_eq!(check("a.jpg", &png()), Err(Refusal::Mismatch));
        assert_eq!(check("a.png", &jpeg()), Err(Refusal::Mismatch));
        let archive = chunk(*b"zTXt", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x10\0");
        let hidden = [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(*b"IHDR", &[0; 13]), chunk(*b"IDAT", b"xx"), archive, chunk(*b"IEND", b"")].concat();
        assert_eq!(check("a.png", &hidden), Err(Refusal::Attached));
    }

    #[test]
    fn every_cut_is_noticed() {
        for (name, whole) in [("a.png", png()), ("a.jpg", jpeg())] {
            for length in 1..whole.len() {
                assert!(check(name, &whole[..length]).is_err(), "{name} cut at {length}");
            }
        }
    }
}
