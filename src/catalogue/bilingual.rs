use serde::Deserialize;

/// A text in both languages of the product. Neither is ever blank.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Draft")]
pub struct Bilingual {
    /// Simplified Chinese (zh-CN).
    pub zh: String,
    /// British English.
    pub en: String,
}

impl Bilingual {
    /// The text in Chinese, or else in English.
    pub fn of(&self, zh: bool) -> &str {
        if zh { &self.zh } else { &self.en }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    zh: String,
    en: String,
}

impl TryFrom<Draft> for Bilingual {
    type Error = &'static str;

    fn try_from(draft: Draft) -> Result<Self, Self::Error> {
        if draft.zh.trim().is_empty() {
            Err("the zh text is empty")
        } else if draft.en.trim().is_empty() {
            Err("the en text is empty")
        } else {
            Ok(Self { zh: draft.zh, en: draft.en })
        }
    }
}
