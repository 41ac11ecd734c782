//! The first wrong place in the log, and what was done there.
//!
//! Two questions decide: was what stands here sealed elsewhere, and does what was sealed here stand elsewhere?
//!
//! | sealed elsewhere | stands elsewhere | |
//! |---|---|---|
//! | yes | yes | reordered |
//! | yes | no | removed, and later entries moved up |
//! | no | yes | inserted |
//! | no | no | altered |

use uuid::Uuid;

use super::finding::{Finding, Kind};
use super::key::Keys;
use super::merkle::Hash;
use super::seal::{Authority, Seal};
use super::store::log::Entry;

/// What is left of an entry once its event is hashed.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Where it claims to stand.
    pub position: i64,
    event_id: Uuid,
    engagement_id: Uuid,
    engagement_number: i64,
    /// Hash of the event as it now reads; none if it is gone or unreadable.
    content: Option<Hash>,
    event_gone: bool,
    seal: Option<Seal>,
}

/// The first wrong place, and what the rest of the log says about it.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one piece of evidence, heard on its own")]
pub struct Suspect {
    /// The position.
    pub place: i64,
    /// What stands there; none for a gap.
    facts: Option<Facts>,
    foreign: bool,
    /// The hash that was sealed at this place.
    truth: Option<Hash>,
    /// What stands here was sealed elsewhere.
    placed_elsewhere: bool,
    /// What was sealed here stands elsewhere.
    stands_elsewhere: bool,
    /// A checkpoint covers the place.
    pub covered: bool,
}

impl Facts {
    /// Hashes the event.
    pub fn of(entry: &Entry) -> Self {
        Self {
            position: entry.position,
            event_id: entry.event_id,
            engagement_id: entry.engagement_id,
            engagement_number: entry.engagement_number,
            content: entry.event.as_ref().and_then(|event| event.hash().ok()),
            event_gone: entry.event.is_none(),
            seal: Seal::read(&entry.seal),
        }
    }

    /// Whether everything about the entry agrees, short of the seal's signature.
    pub fn is_sound(&self, entry: &Entry, place: i64, number: i64) -> bool {
        let (Some(event), Some(content), Some(seal)) = (&entry.event, self.content, &self.seal) else {
            return false;
        };
        self.position == place
            && self.engagement_number == number
            && event.id == self.event_id
            && event.engagement_id.unwrap_or_default() == self.engagement_id
            && event.event_hash == content
            && seal.event_hash == content
            && seal.position == place
    }

    /// Whose seal it is.
    pub fn authority(&self, keys: &Keys) -> Authority {
        self.seal.as_ref().map_or(Authority::Broken, |seal| seal.check(keys))
    }
}

impl Suspect {
    /// Suspects what stands, or is missing, at a place.
    pub fn new(place: i64, facts: Option<Facts>, keys: &Keys) -> Self {
        let mut suspect = Self {
            place,
            foreign: facts.as_ref().is_some_and(|facts| facts.authority(keys) == Authority::Foreign),
            facts: None,
            truth: None,
            placed_elsewhere: false,
            stands_elsewhere: false,
            covered: false,
        };
        if let Some(seal) = facts.as_ref().and_then(|facts| facts.seal.as_ref()).filter(|seal| seal.check(keys) == Authority::Genuine) {
            if seal.position == place {
                suspect.truth = Some(seal.event_hash);
            } else {
                suspect.placed_elsewhere = facts.as_ref().and_then(|facts| facts.content) == Some(seal.event_hash);
            }
        }
        suspect.facts = facts;
        suspect
    }

    /// Takes in what a later entry says about the suspected place.
    pub fn hear(&mut self, later: &Facts, keys: &Keys) {
        if let Some(seal) = &later.seal {
            let is_of_place = seal.position == self.place;
            let is_of_content = self.facts.as_ref().and_then(|facts| facts.content) == Some(seal.event_hash);
            if (is_of_place || is_of_content) && seal.check(keys) == Authority::Genuine {
                if is_of_place {
                    self.truth = Some(seal.event_hash);
                } else {
                    self.placed_elsewhere = true;
                }
            }
        }
        self.stands_elsewhere |= self.truth.is_some() && later.content == self.truth;
    }

    /// Names what was done.
    pub fn judge(self) -> Finding {
        let gone = self.facts.as_ref().is_none_or(|facts| facts.event_gone);
        let repeated = self.facts.as_ref().is_some_and(|facts| facts.position < self.place);
        let (kind, detail) = match (self.placed_elsewhere, self.stands_elsewhere) {
            _ if self.foreign => (Kind::ForeignKey, "it is sealed with a key that is not trusted"),
            _ if repeated => (Kind::Inserted, "its position was taken before"),
            (false, false) if gone => (Kind::Removed, "what was sealed here is gone"),
            (_, true) if gone => (Kind::Reordered, "what was sealed here stands further on"),
            (true, true) => (Kind::Reordered, "what was sealed here stands further on, and what stands here was sealed elsewhere"),
            (true, false) => (Kind::Removed, "what was sealed here is gone, and later entries moved up"),
            (false, true) => (Kind::Inserted, "it was never sealed; what was sealed here stands further on"),
            (false, false) if self.covered => (Kind::Altered, "it differs from what was sealed here"),
            (false, false) => (Kind::Inserted, "it stands after the last checkpoint and was never sealed"),
        };
        let finding = Finding::at(kind, self.place, detail);
        match self.facts {
            Some(facts) if kind != Kind::Removed || facts.event_gone => Finding {
                event_id: Some(facts.event_id),
                engagement_id: Some(facts.engagement_id),
                engagement_number: Some(facts.engagement_number),
                ..finding
            },
            _ => finding,
        }
    }
}
