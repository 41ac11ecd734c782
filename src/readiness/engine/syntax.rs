//! Whether a text is JSON at all (RFC 8259), to any depth, without recursion.
//!
//! Asked only when reading has failed: a text that is not JSON is faulty at its root,
//! whatever else the reader stumbled upon first.

/// Whether `text` is exactly one JSON value with white space around it.
pub(super) fn is_json(text: &str) -> bool {
    Walk { bytes: text.as_bytes(), at: 0 }.document().is_some()
}

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// Every step gives nothing where the grammar is broken.
impl Walk<'_> {
    fn document(&mut self) -> Option<()> {
        let mut open = Vec::new();
        loop {
            if self.value(&mut open)? {
                continue;
            }
            loop {
                let closing = match open.last() {
                    None => return self.peek().is_none().then_some(()),
                    Some(bracket) => *bracket,
                };
                if self.take(b',') {
                    if closing == b'}' {
                        self.key()?;
                    }
                    break;
                }
                self.demand(closing)?;
                open.pop();
            }
        }
    }

    /// Takes a scalar, an empty list or object, or the opening of a list or object (true).
    fn value(&mut self, open: &mut Vec<u8>) -> Option<bool> {
        match self.peek()? {
            b'{' => {
                self.at += 1;
                if self.take(b'}') {
                    return Some(false);
                }
                open.push(b'}');
                self.key()?;
                Some(true)
            }
            b'[' => {
                self.at += 1;
                if self.take(b']') {
                    return Some(false);
                }
                open.push(b']');
                Some(true)
            }
            b'"' => self.string().map(|()| false),
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            b'n' => self.word(b"null"),
            _ => self.number().map(|()| false),
        }
    }

    fn key(&mut self) -> Option<()> {
        self.peek();
        self.string()?;
        self.demand(b':')
    }

    fn string(&mut self) -> Option<()> {
        self.next_is(b'"').then_some(())?;
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            match byte {
                b'"' => return Some(()),
                b'\\' => self.escape()?,
                0..0x20 => return None,
                _ => {}
            }
        }
    }

    fn escape(&mut self) -> Option<()> {
        let letter = *self.bytes.get(self.at)?;
        self.at += 1;
        match letter {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(()),
            b'u' => {
                let digits = self.bytes.get(self.at..self.at + 4)?;
                self.at += 4;
                digits.iter().all(u8::is_ascii_hexdigit).then_some(())
            }
            _ => None,
        }
    }

    fn number(&mut self) -> Option<()> {
        self.next_is(b'-');
        if !self.next_is(b'0') {
            self.digits()?;
        }
        if self.next_is(b'.') {
            self.digits()?;
        }
        if self.next_is(b'e') || self.next_is(b'E') {
            let _sign = self.next_is(b'+') || self.next_is(b'-');
            self.digits()?;
        }
        Some(())
    }

    fn digits(&mut self) -> Option<()> {
        let rest = self.bytes.get(self.at..)?;
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        (count > 0).then_some(())
    }

    fn word(&mut self, word: &[u8]) -> Option<bool> {
        let found = self.bytes.get(self.at..)?.starts_with(word);
        self.at += word.len();
        found.then_some(false)
    }

    fn next_is(&mut self, byte: u8) -> bool {
        let found = self.bytes.get(self.at) == Some(&byte);
        self.at += usize::from(found);
        found
    }

    fn take(&mut self, byte: u8) -> bool {
        self.peek();
        self.next_is(byte)
    }

    fn demand(&mut self, byte: u8) -> Option<()> {
        self.take(byte).then_some(())
    }

    fn peek(&mut self) -> Option<u8> {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }
}
