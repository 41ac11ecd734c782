//! How a page of the standard is read: in which language, where, and with which edition beside the 2005 one.

use crate::{
    access::Visit,
    catalogue::{Bilingual, Counterpart, Edition, OtherStandard, Requirement, RequirementKind, catalogue},
    words::{Language, Say},
};

/// The reader's place and language.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// The phrases.
    pub say: Say,
    /// Address of the overview, to which the other pages are added.
    pub base: String,
    /// The edition that the engagement follows; none outside of engagements.
    pub edition: Option<&'static Edition>,
}

/// How many items of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Need a controlled document.
    pub documents: usize,
    /// Need a record.
    pub records: usize,
    /// Shown by practice.
    pub practices: usize,
}

impl Counts {
    /// Counts items.
    pub fn of<'a>(items: impl Iterator<Item = &'a Requirement>) -> Self {
        items.fold(Self::default(), |mut counts, item| {
            match item.kind {
                RequirementKind::Document => counts.documents += 1,
                RequirementKind::Record => counts.records += 1,
                RequirementKind::Practice => counts.practices += 1,
            }
            counts
        })
    }

    /// All of them.
    pub fn all(self) -> usize {
        self.documents + self.records + self.practices
    }
}

impl Reading {
    /// The reading of a visit.
    pub fn of(visit: &Visit) -> Self {
        let seen = visit.engagement.as_ref();
        Self {
            say: visit.say,
            base: seen.map_or_else(|| "/standard".to_owned(), |seen| format!("/e/{}/standard", seen.code)),
            edition: seen.and_then(|seen| catalogue().edition(&seen.edition)),
        }
    }

    /// Whether the reader reads Chinese.
    pub fn zh(&self) -> bool {
        self.say.language == Language::Chinese
    }

    /// A text in the reader's language.
    pub fn mine<'a>(&self, text: &'a Bilingual) -> &'a str {
        text.of(self.zh())
    }

    /// A text in the other language.
    pub fn other<'a>(&self, text: &'a Bilingual) -> &'a str {
        text.of(!self.zh())
    }

    /// Texts in the reader's language, as one list.
    pub fn list(&self, texts: &[Bilingual]) -> String {
        texts.iter().map(|text| self.mine(text)).collect::<Vec<_>>().join(self.semicolon())
    }

    fn semicolon(&self) -> &'static str {
        self.say.standard_list_semicolon()
    }

    /// The engagement's edition, where its clauses are to stand beside those of 2005.
    pub fn later_edition(&self) -> Option<(&'static Edition, OtherStandard)> {
        let edition = self.edition?;
        match edition.id.as_str() {
            "2011" => Some((edition, OtherStandard::Edition2011)),
            "2018" => Some((edition, OtherStandard::Edition2018)),
            _ => None,
        }
    }

    /// The clause's counterparts in the engagement's later edition, with its year; nothing where there are none.
    pub fn mapped(&self, clause: &str) -> Option<String> {
        let (edition, standard) = self.later_edition()?;
        let found = catalogue().counterparts(clause, standard);
        (!found.is_empty()).then(|| self.say.standard_mapped(&edition.id, self.counterparts(found)))
    }

    /// Clauses of another standard with their notes, as one list; a dash where there is none.
    pub fn counterparts(&self, found: &[Counterpart]) -> String {
        if found.is_empty() {
            return "–".to_owned();
        }
        let one = |one: &Counterpart| match &one.note {
            Some(note) => self.say.standard_clause_with_note(&one.clause, self.mine(note)),
            None => one.clause.clone(),
        };
        found.iter().map(one).collect::<Vec<_>>().join(self.say.list_comma())
    }

    /// How an item is shown: letter and word.
    pub fn kind(&self, item: &Requirement) -> &'static str {
        match item.kind {
            RequirementKind::Document => self.say.standard_kind_document(),
            RequirementKind::Record => self.say.standard_kind_record(),
            RequirementKind::Practice => self.say.standard_kind_practice(),
        }
    }
}
