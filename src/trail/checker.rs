//! The one reading of the log, for the database and for an export alike.
//!
//! Entries and checkpoints come in the order in which the log grew. While all is well only hashes and roots are
//! computed. At the first contradiction the seals of the entries since the last good checkpoint are checked, which
//! gives the first wrong place; the rest of the log is then searched for what belongs there, which gives its name.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::iter::Peekable;

use uuid::Uuid;

use super::checkpoints::Checkpoint;
use super::finding::{Finding, Kind, Note, Report};
use super::key::Keys;
use super::merkle::Frontier;
use super::seal::{self, Authority};
use super::store::log::{Entry, Item};
use super::suspect::{Facts, Suspect};

/// The lines of the checkpoints file.
pub type Witness = Box<dyn Iterator<Item = io::Result<Checkpoint>> + Send>;

/// Entries whose seals are remembered; older ones are checked at once.
const REMEMBERED: usize = 20_000;

/// Reads the log item by item.
pub struct Checker<'k> {
    keys: &'k Keys,
    witness: Option<Peekable<Witness>>,
    /// A line of the checkpoints file whose like must be the next checkpoint.
    attested: Option<Checkpoint>,
    log: Frontier,
    numbers: HashMap<Uuid, i64>,
    /// Entries since the last good checkpoint.
    recent: VecDeque<Facts>,
    last: Option<Checkpoint>,
    missing_in_file: i64,
    suspect: Option<Suspect>,
    finding: Option<Finding>,
    entries: i64,
    checkpoints: i64,
}

impl<'k> Checker<'k> {
    /// Begins a reading.
    pub fn new(keys: &'k Keys, witness: Option<Witness>) -> Self {
        Self {
            keys,
            witness: witness.map(Iterator::peekable),
            attested: None,
            log: Frontier::default(),
            numbers: HashMap::new(),
            recent: VecDeque::new(),
            last: None,
            missing_in_file: 0,
            suspect: None,
            finding: None,
            entries: 0,
            checkpoints: 0,
        }
    }

    /// Reads the next part of the log.
    pub fn read(&mut self, item: &Item) {
        match item {
            Item::Entry(entry) => {
                self.entries += 1;
                if self.finding.is_none() {
                    self.entry(entry);
                }
            }
            Item::Checkpoint(checkpoint) => {
                self.checkpoints += 1;
                if self.finding.is_none() {
                    self.checkpoint(checkpoint);
                }
            }
        }
    }

    fn entry(&mut self, entry: &Entry) {
        let facts = Facts::of(entry);
        if let Some(suspect) = &mut self.suspect {
            suspect.hear(&facts, self.keys);
            return;
        }
        if let Some(missing) = self.attested.take() {
            self.doubt_checkpoint(&missing, "it is in the checkpoints file but no longer in the database");
            return;
        }
        let place = self.log.size();
        let number = self.numbers.entry(entry.engagement_id).or_insert(0);
        if facts.position > place {
            self.accuse(place, None);
            if let Some(suspect) = &mut self.suspect {
                suspect.hear(&facts, self.keys);
            }
        } else if facts.is_sound(entry, place, *number + 1) {
            *number += 1;
            self.accept(entry, facts);
        } else {
            self.accuse(place, Some(facts));
        }
    }

    fn accept(&mut self, entry: &Entry, facts: Facts) {
        self.log.append(seal::leaf(entry.position, entry.event_id, entry.engagement_id, entry.engagement_number, &entry.seal));
        self.recent.push_back(facts);
        if self.recent.len() > REMEMBERED
            && let Some(oldest) = self.recent.pop_front()
            && oldest.authority(self.keys) != Authority::Genuine
        {
            self.recent.push_front(oldest);
            self.accuse_recent();
        } else {
            self.hear_witness();
        }
    }

    /// Compares the root with the line of the checkpoints file for this size.
    fn hear_witness(&mut self) {
        let size = self.log.size();
        let Some(witness) = &mut self.witness else {
            return;
        };
        let Some(line) = witness.next_if(|line| line.as_ref().map_or(true, |line| line.tree_size <= size)) else {
            return;
        };
        let said = match line {
            Ok(said) if said.tree_size == size && self.missing_in_file == 0 => said,
            Ok(said) => {
                return self.doubt_file(said.tree_size, "the checkpoints file has a gap or is out of order");
            }
            Err(_) => return self.doubt_file(size, "the checkpoints file cannot be read here"),
        };
        if said.root_hash == self.log.root() {
            self.attested = Some(said);
        } else if said.check(self.keys) != Authority::Genuine {
            self.doubt_file(size, "the line in the checkpoints file was changed");
        } else if !self.accuse_recent() {
            // Every seal is good, and yet another log of this size was signed before.
            let from = self.last.as_ref().map_or(0, |last| last.tree_size);
            self.finding = Some(Finding::at(Kind::RolledBack, from, "from here on the log differs from the one that the checkpoints file attests"));
        }
    }

    fn checkpoint(&mut self, checkpoint: &Checkpoint) {
        let authority = checkpoint.check(self.keys);
        if let Some(suspect) = &mut self.suspect {
            suspect.covered |= checkpoint.tree_size > suspect.place && (authority == Authority::Genuine || self.witness.is_none());
            return;
        }
        let follows = checkpoint.previous_hash == self.last.as_ref().map_or([0; 32], Checkpoint::hash);
        let attested = self.attested.take();
        match authority {
            Authority::Foreign => {
                self.doubt_checkpoint(checkpoint, "it is signed with a key that is not trusted");
            }
            Authority::Broken => {
                self.doubt_checkpoint(checkpoint, "its signature does not fit its content");
            }
            Authority::Genuine if checkpoint.tree_size > self.log.size() => {
                self.accuse(self.log.size(), None);
            }
            Authority::Genuine if self.log.size() != checkpoint.tree_size || self.log.root() != checkpoint.root_hash => {
                self.doubt_checkpoint(checkpoint, "its root does not follow from the entries");
            }
            Authority::Genuine if !follows => self.doubt_checkpoint(checkpoint, "the checkpoint before it is missing or was replaced"),
            Authority::Genuine => match attested {
                Some(said) if said.tree_size != checkpoint.tree_size => {
                    self.doubt_checkpoint(&said, "it is in the checkpoints file but no longer in the database");
                }
                Some(said) if said != *checkpoint => {
                    self.doubt_checkpoint(checkpoint, "it differs from the checkpoints file");
                }
                said => {
                    self.missing_in_file += i64::from(self.witness.is_some() && said.is_none());
                    self.recent.clear();
                    self.last = Some(checkpoint.clone());
                }
            },
        }
    }

    /// A checkpoint is wrong: first the entries that it covers are suspected, then the checkpoint itself.
    fn doubt_checkpoint(&mut self, checkpoint: &Checkpoint, detail: &'static str) {
        if self.accuse_recent() {
            return;
        }
        let kind = match checkpoint.check(self.keys) {
            Authority::Foreign => Kind::ForeignKey,
            _ => Kind::CheckpointChanged,
        };
        self.finding = Some(Finding::checkpoint(kind, checkpoint.tree_size, detail));
    }

    fn doubt_file(&mut self, tree_size: i64, detail: &'static str) {
        self.finding = Some(Finding::checkpoint(Kind::CheckpointChanged, tree_size, detail));
    }

    /// Suspects the first entry since the last good checkpoint whose seal does not hold; false if all hold.
    fn accuse_recent(&mut self) -> bool {
        for facts in std::mem::take(&mut self.recent) {
            match &mut self.suspect {
                Some(suspect) => suspect.hear(&facts, self.keys),
                None if facts.authority(self.keys) == Authority::Genuine => {}
                None => {
                    let mut suspect = Suspect::new(facts.position, Some(facts), self.keys);
                    suspect.covered = true;
                    self.suspect = Some(suspect);
                }
            }
        }
        self.suspect.is_some()
    }

    /// Suspects an earlier entry if its seal does not hold, else what stands, or is missing, at this place.
    fn accuse(&mut self, place: i64, facts: Option<Facts>) {
        if self.accuse_recent() {
            if let (Some(suspect), Some(facts)) = (&mut self.suspect, facts) {
                suspect.hear(&facts, self.keys);
            }
        } else {
            self.suspect = Some(Suspect::new(place, facts, self.keys));
        }
    }

    /// Ends the reading.
    pub fn finish(mut self) -> Report {
        if self.finding.is_none() && self.suspect.is_none() {
            self.end_of_log();
        }
        if let (None, Some(mut suspect)) = (&self.finding, self.suspect.take()) {
            let keys = self.keys;
            let mut attests = |line: io::Result<Checkpoint>| line.is_ok_and(|line| line.tree_size > suspect.place && line.check(keys) == Authority::Genuine);
            let covered = self.witness.as_mut().is_some_and(|witness| witness.any(&mut attests));
            suspect.covered |= covered;
            self.finding = Some(suspect.judge());
        }
        let mut notes = Vec::new();
        if self.witness.is_none() {
            notes.push(Note::NoCheckpointFile);
        } else if self.missing_in_file > 0 {
            notes.push(Note::FileLags(self.missing_in_file));
        }
        Report {
            entries: self.entries,
            checkpoints: self.checkpoints,
            root_hash: self.finding.is_none().then(|| hex::encode(self.log.root())),
            findings: self.finding.into_iter().collect(),
            notes,
        }
    }

    fn end_of_log(&mut self) {
        let size = self.log.size();
        if let Some(missing) = self.attested.take() {
            return self.doubt_checkpoint(&missing, "it is in the checkpoints file but no longer in the database");
        }
        if let Some(first) = self.recent.front().cloned() {
            if first.authority(self.keys) == Authority::Genuine {
                return self.doubt_file(size, "the newest entries are sealed, but the checkpoint that covered them is missing");
            }
            self.accuse_recent();
            if let Some(suspect) = &mut self.suspect {
                suspect.covered = false;
            }
            return;
        }
        let rest = self.witness.as_mut().and_then(Iterator::next);
        match rest {
            None => {}
            Some(Ok(said)) if said.tree_size > size && said.check(self.keys) == Authority::Genuine => {
                self.finding = Some(Finding::at(
                    Kind::RolledBack,
                    size,
                    "the log ends before this place, but the checkpoints file attests that entries stood from here on",
                ));
            }
            Some(_) => self.doubt_file(size, "a line in the checkpoints file was changed"),
        }
    }
}
