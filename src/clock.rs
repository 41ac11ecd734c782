//! Time and chance, the two things the rest of the crate is given and never takes.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use ring::rand::{SecureRandom, SystemRandom};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// The clock of the process: the machine's, or one that tests turn by hand.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock, cut to microseconds, which is what the database keeps.
    System,
    /// A clock that stands until it is moved.
    Fixed(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// A clock that stands at `at`.
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self::Fixed(Arc::new(Mutex::new(at)))
    }

    /// The present moment, UTC, to the microsecond.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System => {
                #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
                let now = Utc::now();
                DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
            }
            Self::Fixed(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves a fixed clock; the machine's clock stays as it is.
    pub fn advance(&self, by: TimeDelta) {
        if let Self::Fixed(at) = self {
            let mut at = at.lock().unwrap_or_else(PoisonError::into_inner);
            *at = at.checked_add_signed(by).unwrap_or(*at);
        }
    }
}

/// The civil day of an engagement at `moment`: Asia/Shanghai, UTC+8 without summer time (domain.md section 6).
pub fn civil_day(moment: DateTime<Utc>) -> NaiveDate {
    FixedOffset::east_opt(8 * 3600).map_or_else(|| moment.date_naive(), |zone| moment.with_timezone(&zone).date_naive())
}

/// The source of identifiers, tokens and salts: the system's generator.
#[derive(Clone, Debug, Default)]
pub struct Chance(Arc<SystemRandomBox>);

#[derive(Debug)]
struct SystemRandomBox {
    random: SystemRandom,
    /// Millisecond and running number of the last identifier.
    last: Mutex<(u64, u16)>,
}

impl Default for SystemRandomBox {
    fn default() -> Self {
        Self { random: SystemRandom::new(), last: Mutex::new((0, 0)) }
    }
}

impl Chance {
    /// `N` random bytes.
    ///
    /// # Panics
    /// Never in practice: the system generator fails only where the kernel has none, and then nothing safe can be done.
    #[expect(clippy::panic, reason = "without random bytes no token may be made; the request ends, the process goes on")]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match self.0.random.fill(&mut bytes) {
            Ok(()) => bytes,
            Err(ring::error::Unspecified) => panic!("the system's random generator gave nothing"),
        }
    }

    /// A version-7 identifier: the moment, a running number within the millisecond, then chance. Identifiers of one
    /// process grow, so that what happened in one millisecond keeps its order.
    pub fn id(&self, now: DateTime<Utc>) -> Uuid {
        let moment = u64::try_from(now.timestamp_millis()).unwrap_or(0);
        let (millis, number) = {
            let mut last = self.0.last.lock().unwrap_or_else(PoisonError::into_inner);
            *last = match *last {
                (before, number) if before >= moment && before - moment < 1000 && number < 0x0FFF => (before, number + 1),
                (before, _) if before >= moment && before - moment < 1000 => (before + 1, 0),
                _ => (moment, 0),
            };
            *last
        };
        let mut bytes = self.bytes::<10>();
        let [high, low, ..] = &mut bytes;
        [*high, *low] = number.to_be_bytes();
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }

    /// A token of 256 bits in hexadecimal.
    pub fn token(&self) -> String {
        hex::encode(self.bytes::<32>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_of_one_moment_grow() {
        let (chance, now) = (Chance::default(), DateTime::from_timestamp(1_790_000_000, 0).expect("a moment"));
        let ids: Vec<Uuid> = (0..10_000).map(|_| chance.id(now)).collect();
        assert!(ids.is_sorted() && ids.windows(2).all(|pair| pair[0] != pair[1]));
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
    }

    #[test]
    fn the_civil_day_begins_at_sixteen_hours_utc() {
        let late = DateTime::parse_from_rfc3339("2026-11-20T15:59:59Z").expect("a moment").to_utc();
        assert_eq!(civil_day(late).to_string(), "2026-11-20");
        assert_eq!(civil_day(late + TimeDelta::seconds(1)).to_string(), "2026-11-21");
    }
}
