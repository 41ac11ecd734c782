//! Which passwords are taken (security.md S34): 12 to 128 characters of any kind, and not one that others try first.
//!
//! What everybody knows is taken out of the password: well-known words, words about this person and this portal, rows
//! of keys, counting, repeats, years. What is left must still be eight characters long.

/// The fewest characters, as Unicode scalar values.
pub const LEAST: usize = 12;
/// The most characters.
pub const MOST: usize = 128;
/// How many characters must be left once everything well known is taken out.
const UNKNOWN: usize = 8;

/// Words and patterns that stand in every list of stolen passwords, one a line.
const COMMON: &str = include_str!("common_passwords.txt");

/// Keys as they lie beside each other, and how fingers walk over them.
const ROWS: [&str; 7] =
    ["`1234567890-=", "!@#$%^&*()_+", "qwertyuiop[]\\", "asdfghjkl;'", "zxcvbnm,./", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "qazwsxedcrfvtgbyhnujmikolp"];

/// What is wrong with a password.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weakness {
    /// Too few characters; how many there are.
    Short(usize),
    /// Too many characters; how many there are.
    Long(usize),
    /// Mostly well-known words, counting, rows of keys or repeats.
    Common,
    /// Mostly words about this person, firm or portal.
    Context,
}

/// What others know of the person.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The person's name.
    pub name: &'a str,
    /// The address to sign in with.
    pub email: &'a str,
    /// The name of the consultancy, where there is one.
    pub consultancy: &'a str,
}

/// What is wrong with a password, if anything.
pub fn weakness(password: &str, context: Context<'_>) -> Option<Weakness> {
    let length = password.chars().count();
    if length < LEAST {
        return Some(Weakness::Short(length));
    }
    if length > MOST {
        return Some(Weakness::Long(length));
    }
    let plain: Vec<char> = password.chars().map(folded).collect();
    let straight: Vec<char> = plain.iter().copied().map(straightened).collect();
    let own = context.words();
    let common: Vec<Vec<char>> = COMMON.lines().filter(|line| !line.is_empty()).map(|line| line.chars().collect()).collect();
    let (mut at, mut left, mut has_own) = (0, 0, false);
    while at < length {
        let of = |words: &[Vec<char>]| longest(words, &plain, at).max(longest(words, &straight, at));
        let own_length = of(&own);
        let known = [own_length, of(&common), run(&plain, at), repeat(&plain, at), year(&plain, at)].into_iter().max().unwrap_or(0);
        has_own |= own_length > 0;
        left += usize::from(known == 0);
        at += known.max(1);
    }
    (left < UNKNOWN).then_some(if has_own { Weakness::Context } else { Weakness::Common })
}

impl Context<'_> {
    fn words(self) -> Vec<Vec<char>> {
        let local = self.email.split('@').next().unwrap_or_default();
        let mut words: Vec<String> = vec!["certgate".to_owned()];
        for text in [self.name, local, self.consultancy] {
            words.push(text.to_owned());
            words.push(text.chars().filter(|c| c.is_alphanumeric()).collect());
            words.extend(text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
        }
        let words = words.into_iter().map(|word| word.chars().map(folded).collect::<Vec<char>>());
        words.filter(|word| word.len() >= if word.iter().all(char::is_ascii) { 3 } else { 2 }).collect()
    }
}

/// Lower case, and half width for the full width that Chinese keyboards may write.
fn folded(c: char) -> char {
    let narrow = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    };
    narrow.to_lowercase().next().unwrap_or(narrow)
}

/// The letter for which a digit or sign is often written.
const fn straightened(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        _ => c,
    }
}

/// Length of the longest of the words that begins at a place.
fn longest(words: &[Vec<char>], text: &[char], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    words.iter().filter(|word| rest.starts_with(word)).map(Vec::len).max().unwrap_or(0)
}

/// Length of the counting or the walk over keys that begins at a place; three at least.
fn run(text: &[char], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let while_next = |is_next: &dyn Fn(char, char) -> bool| 1 + rest.windows(2).take_while(|pair| matches!(pair, [a, b] if is_next(*a, *b))).count();
    let up = while_next(&|a, b| b as u32 == (a as u32).saturating_add(1));
    let down = while_next(&|a, b| a as u32 == (b as u32).saturating_add(1));
    let walks = ROWS.iter().flat_map(|row| {
        let keys: Vec<char> = row.chars().collect();
        let back: Vec<char> = row.chars().rev().collect();
        [walk(&keys, rest), walk(&back, rest)]
    });
    let length = walks.chain([up, down]).max().unwrap_or(0);
    if length >= 3 { length } else { 0 }
}

/// How far a text goes along a row of keys.
fn walk(row: &[char], text: &[char]) -> usize {
    let Some(first) = text.first() else { return 0 };
    let Some(start) = row.iter().position(|key| key == first) else { return 0 };
    row.iter().skip(start).zip(text).take_while(|(key, c)| key == c).count()
}

/// Length of a repeat that begins at a place: a character three times, or what stood just before, once more.
fn repeat(text: &[char], at: usize) -> usize {
    let (before, rest) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
    let same = rest.first().map_or(0, |first| rest.iter().take_while(|c| *c == first).count());
    let again = (2..=at.min(rest.len())).filter(|size| before.get(at - size..) == rest.get(..*size)).max().unwrap_or(0);
    again.max(if same >= 3 { same } else { 0 })
}

/// Four for a year from 1900 to 2099.
fn year(text: &[char], at: usize) -> usize {
    match text.get(at..at.saturating_add(4)) {
        Some(['1', '9', a, b] | ['2', '0', a, b]) if a.is_ascii_digit() && b.is_ascii_digit() => 4,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZHOU: Context<'static> = Context { name: "周宁 Zhou Ning", email: "zhou.ning@henglan.example.cn", consultancy: "恒澜咨询 Henglan Consulting" };

    #[test]
    fn s34_lengths_count_characters_not_bytes() {
        let text: String = "龘齉爩麤灪鱻龗厵纞驫癵籱".to_owned();
        assert_eq!(text.chars().count(), 12);
        assert_eq!(weakness(&text, ZHOU), None, "rare Han characters are as good as any");
        let eleven: String = text.chars().take(11).collect();
        assert_eq!(weakness(&eleven, ZHOU), Some(Weakness::Short(11)));
        let long: String = (0..128_u32).map(|n| char::from_u32(0x4e00 + n * 97).unwrap()).collect();
        assert_eq!(weakness(&long, ZHOU), None);
        assert_eq!(weakness(&format!("{long}x"), ZHOU), Some(Weakness::Long(129)));
        assert_eq!(weakness("", ZHOU), Some(Weakness::Short(0)));
    }

    #[test]
    fn s34_good_passwords_need_no_composition() {
        for good in [
            "correct horse battery staple",
            "grün bläst der nasse Wind",
            " leading and trailing blanks ",
            "九月的雨落在旧城墙上没有声音",
            "🐢🦊🐙🦉🐝🦋🐌🐞🦂🦀🦞🐡",
            "vkqzumtwpxgr",
            "xk2vq8mzpt4w",
            "dragon under the quiet table",
        ] {
            assert_eq!(weakness(good, ZHOU), None, "{good}");
        }
    }

    #[test]
    fn s34_what_others_try_first_is_refused() {
        for bad in [
            "password1234",
            "Password123456!",
            "P@ssw0rd1234567",
            "ＰＡＳＳＷＯＲＤ１２３４５",
            "123456789012",
            "qwertyuiopasdf",
            "1qaz2wsx3edc",
            "aaaaaaaaaaaa",
            "abcabcabcabc",
            "x9x9x9x9x9x9",
            "woaini1314520",
            "mima12345678",
            "iloveyou2026",
            "admin888admin888",
            "我爱你我爱你我爱你我爱你",
            "zxcvbnm,./zxcv",
            "letmein-letmein",
            "20261125202611",
        ] {
            assert_eq!(weakness(bad, ZHOU), Some(Weakness::Common), "{bad}");
        }
    }

    #[test]
    fn s34_words_about_the_person_the_firm_and_the_portal_are_refused() {
        for bad in ["certgate2026!", "Zhou.Ning.2026", "zhouning123456", "HenglanConsulting1", "恒澜咨询恒澜咨询恒澜咨询", "周宁周宁周宁周宁周宁周宁"]
        {
            assert_eq!(weakness(bad, ZHOU), Some(Weakness::Context), "{bad}");
        }
        assert_eq!(weakness("henglan beside a slow brown river", ZHOU), None, "one such word in a long sentence does no harm");
        assert_eq!(weakness("henglan-zhou-7", Context::default()), None, "they mean nothing to anybody else");
    }

    #[test]
    fn the_list_is_folded_and_worth_its_place() {
        let words: Vec<&str> = COMMON.lines().collect();
        assert!(words.len() >= 300, "{}", words.len());
        for word in words {
            assert!(word.chars().all(|c| folded(c) == c && !c.is_whitespace()), "{word}");
            assert!(word.chars().count() >= 2, "{word}");
        }
    }
}
