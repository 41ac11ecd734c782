//! What the portal says, in the reader's language.
//!
//! The phrases live in `locales/{zh-CN,en}/<slice>.ftl` (Fluent) and are compiled by `build.rs` into
//! one method each: `approved-by = Approved by { $name }` becomes `say.approved_by(name)`. Arguments
//! stand in the order in which the Chinese phrase first names them, and both languages name the same
//! ones; those that choose a plural form take a `Count`, which every whole number is, those that choose by a word take a
//! `&str`, all others anything that can be displayed. A phrase no page uses is rustc's warning.
//! All slices share one namespace, and `-terms` are shared by all files of a language.

/// A language the portal speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Language {
    /// Simplified Chinese, `zh-CN`.
    Chinese,
    /// British spelling, `en`.
    English,
}

impl Language {
    /// The BCP 47 tag, as in `lang` and in the name of the folder of phrases.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The language of a tag written by [`Language::tag`].
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        [Self::Chinese, Self::English].into_iter().find(|language| language.tag() == tag)
    }

    /// What a browser prefers (RFC 9110, 12.5.4): the better rated of Chinese, in any script or
    /// region, and English; the earlier one when rated alike, English when neither is named, when
    /// the value is empty and for `*`. Malformed ranges are passed over.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        let mut best = (Self::English, 0.0);
        for range in header.split(',') {
            let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
            let primary = tag.trim().split('-').next().unwrap_or_default();
            let language = match primary.to_ascii_lowercase().as_str() {
                "zh" => Self::Chinese,
                "en" => Self::English,
                _ => continue,
            };
            if let Some(weight) = quality(weight)
                && weight > best.1
            {
                best = (language, weight);
            }
        }
        best.0
    }

    /// The one the reader can switch to.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Chinese => Self::English,
            Self::English => Self::Chinese,
        }
    }

    /// Its name in itself, for the button that switches to it.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Chinese => "中文",
            Self::English => "English",
        }
    }
}

/// The weight `q=0` to `q=1` of a language range.
fn quality(weight: &str) -> Option<f32> {
    let (name, value) = weight.split_once('=')?;
    let value = value.trim().parse::<f32>().ok()?;
    (name.trim().eq_ignore_ascii_case("q") && (0.0..=1.0).contains(&value)).then_some(value)
}

/// Says the phrases in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Say {
    /// The reader's language.
    pub language: Language,
}

include!(concat!(env!("OUT_DIR"), "/phrases.rs"));

/// A number that chooses a plural form. Templates pass references, hence those too; what exceeds
/// an `i64` counts as its greatest value.
pub(crate) trait Count {
    fn count(self) -> i64;
}

macro_rules! counts {
    ($($number:ty),*) => {$(
        impl Count for $number {
            fn count(self) -> i64 {
                i64::try_from(self).unwrap_or(i64::MAX)
            }
        }
    )*};
}

counts!(u16, u32, u64, usize, i32, i64);

impl<C: Count + Copy> Count for &C {
    fn count(self) -> i64 {
        (*self).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_s_preference_is_weighed() {
        let chinese = ["zh", "zh-CN,zh;q=0.9,en;q=0.8", "ZH-Hant-TW", "fr, zh;q=0.2", "en;q=0.5,zh;q=0.51"];
        let english = ["", "*", "fr", "en-GB, zh", "zh;q=0", "zh;q=0.5, en ; Q = 0.9", "zh;q=2", "zh;q=NaN", "zhx", ";;=,"];
        for header in chinese {
            assert_eq!(Language::from_accept_language(header), Language::Chinese, "{header}");
        }
        for header in english {
            assert_eq!(Language::from_accept_language(header), Language::English, "{header}");
        }
    }

    #[test]
    fn a_language_is_found_by_its_own_tag_only() {
        for language in [Language::Chinese, Language::English] {
            assert_eq!(Language::from_tag(language.tag()), Some(language));
            assert_eq!(language.other().other(), language);
            assert_ne!(language.other().own_name(), language.own_name());
        }
        assert_eq!(Language::from_tag("zh"), None);
    }

    #[test]
    fn numbers_choose_the_plural_form() {
        let say = Say { language: Language::English };
        let said = |count: &str| format!("Operating records: {count} with records");
        assert_eq!(say.ready_records_used(0_usize), said("0 processes"));
        for (number, words) in &[(1, "1 process"), (-1, "-1 processes")] {
            assert_eq!(say.ready_records_used(number), said(words));
        }
        assert_eq!(say.ready_records_used(2_u32), said("2 processes"));
        assert_eq!(say.ready_records_used(u64::MAX), said("9223372036854775807 processes"));
        let say = Say { language: Language::Chinese };
        assert_eq!(say.ready_records_used(1), "运行记录：1 个流程有记录");
    }
}
