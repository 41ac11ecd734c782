//! `certgate readiness`: facts from a text, verdict to a writer (contract section 1). The caller opens
//! files, reports unreadable ones (exit status 2) and ends the process.

use super::{Malformed, assess, json, read};
use std::io::{self, BufRead, Write};

/// Exit status when all facts were judged.
const JUDGED: i32 = 0;
/// Exit status of a batch with malformed lines.
const SOME_MALFORMED: i32 = 1;
/// Exit status of one malformed facts document.
const MALFORMED: i32 = 2;

/// Judges one facts document: one line of JSON to `out`, or one line `PATH: reason` to `err`. Returns the exit status.
///
/// # Errors
/// Those of the writers.
pub fn run_one(input: &[u8], out: &mut impl Write, err: &mut impl Write) -> io::Result<i32> {
    match read(input) {
        Ok(facts) => {
            let mut line = serde_json::to_vec(&assess(&facts))?;
            line.push(b'\n');
            out.write_all(&line)?;
            out.flush()?;
            Ok(JUDGED)
        }
        Err(malformed) => {
            writeln!(err, "{}", on_one_line(&malformed))?;
            Ok(MALFORMED)
        }
    }
}

/// A path may hold any character of an unknown field's name; line breaks and other controls are written as escapes.
fn on_one_line(malformed: &Malformed) -> String {
    let text = malformed.to_string();
    let breaks = |letter: char| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}');
    text.chars().map(|letter| if breaks(letter) { letter.escape_default().to_string() } else { letter.to_string() }).collect()
}

/// Judges one facts document a line: one line of JSON each to `out`, in order. Blank lines are passed
/// over; a malformed one gives `{"error":"PATH: reason"}`. Returns the exit status.
///
/// # Errors
/// Those of the reader and the writer.
pub fn run_batch(mut input: impl BufRead, out: &mut impl Write) -> io::Result<i32> {
    let mut status = JUDGED;
    let mut line = Vec::new();
    let mut answers = Answers { out, buffer: Vec::with_capacity(2 * FULL) };
    while input.read_until(b'\n', &mut line)? > 0 {
        if !json::is_blank(&line) {
            match read(&line) {
                Ok(facts) => serde_json::to_writer(&mut answers.buffer, &assess(&facts))?,
                Err(malformed) => {
                    status = SOME_MALFORMED;
                    let error = std::collections::BTreeMap::from([("error", malformed.to_string())]);
                    serde_json::to_writer(&mut answers.buffer, &error)?;
                }
            }
            answers.end_line()?;
        }
        line.clear();
    }
    answers.hand_over()?;
    answers.out.flush()?;
    Ok(status)
}

/// How many bytes are gathered before they are written.
const FULL: usize = 64 * 1024;

/// Lines on their way out.
struct Answers<'w, W: Write> {
    out: &'w mut W,
    buffer: Vec<u8>,
}

impl<W: Write> Answers<'_, W> {
    fn end_line(&mut self) -> io::Result<()> {
        self.buffer.push(b'\n');
        if self.buffer.len() >= FULL { self.hand_over() } else { Ok(()) }
    }

    fn hand_over(&mut self) -> io::Result<()> {
        self.out.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }
}
