//! Throttling of guesses (security.md S33): the delay grows, nobody is locked out for good.
//!
//! An attempt is counted before the password is looked at, so that many at once gain nothing; a right password takes
//! its count back.

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use std::net::IpAddr;

/// Guesses older than this no longer count.
pub const DECAY: TimeDelta = TimeDelta::hours(1);
/// The longest wait between two guesses, in seconds.
const LONGEST: i64 = 300;

/// Against what guesses are counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Subject<'a> {
    /// An account, by the name typed, whether there is such an account or not.
    Account(&'a str),
    /// A browser that was signed in to this account before, by the hash of its session's token: others who guess at
    /// the account do not make its owner wait.
    Device(&'a [u8; 32]),
    /// The address of the client.
    Address(&'a str),
}

impl Subject<'_> {
    /// The key under which the guesses are kept: a hash, so that the table names nobody.
    pub fn key(self) -> [u8; 32] {
        let mut digest = Sha256::new();
        match self {
            Self::Account(name) => digest.update([b"account\0", name.as_bytes()].concat()),
            Self::Device(hash) => digest.update([b"device\0".as_slice(), hash].concat()),
            Self::Address(address) => digest.update([b"address\0", network(address).as_bytes()].concat()),
        }
        digest.finalize().into()
    }

    /// How many guesses are free. Behind one address sits a whole office.
    pub const fn free(self) -> i32 {
        match self {
            Self::Account(_) | Self::Device(_) => 3,
            Self::Address(_) => 30,
        }
    }
}

/// One client may have a whole /64 of IPv6 addresses.
fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(ip)) if ip.to_ipv4_mapped().is_none() => {
            let [a, b, c, d, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
        _ => address.to_owned(),
    }
}

/// The guesses counted against one subject.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tally {
    /// How many failed, or are being looked at.
    pub failures: i32,
    /// When the last one came.
    pub last_at: DateTime<Utc>,
    /// When the next one is looked at.
    pub next_allowed_at: DateTime<Utc>,
}

/// The wait after so many failures: nothing for the free ones, then 1, 2, 4, 8 … 300 seconds.
pub fn delay(failures: i32, free: i32) -> TimeDelta {
    let beyond = failures.saturating_sub(free).saturating_sub(1);
    let seconds = u32::try_from(beyond).map_or(0, |doublings| 1_i64.checked_shl(doublings.min(20)).unwrap_or(LONGEST));
    TimeDelta::seconds(seconds.min(LONGEST))
}

/// Counts one more attempt, or says for how many seconds to wait.
pub fn attempt(before: Option<Tally>, free: i32, now: DateTime<Utc>) -> Result<Tally, u64> {
    // A clock that was set back must not lock anybody out; a few seconds between two servers are no such thing.
    let before = before.filter(|tally| tally.last_at - now <= TimeDelta::seconds(LONGEST));
    if let Some(tally) = before
        && tally.next_allowed_at > now
    {
        let millis = (tally.next_allowed_at - now).num_milliseconds();
        return Err(u64::try_from(millis).unwrap_or(0).div_ceil(1000).max(1));
    }
    let failures = before.filter(|tally| now - tally.last_at < DECAY).map_or(1, |tally| tally.failures.saturating_add(1));
    Ok(Tally { failures, last_at: now, next_allowed_at: now + delay(failures, free) })
}

/// The tally without one attempt that was right; none when nothing is left.
pub fn taken_back(tally: Tally, free: i32) -> Option<Tally> {
    let failures = tally.failures.saturating_sub(1);
    (failures > 0).then(|| Tally { failures, next_allowed_at: tally.last_at + delay(failures, free), ..tally })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000 + seconds, 0).unwrap()
    }

    #[test]
    fn s33_the_delay_grows_and_stops_growing() {
        let seconds: Vec<i64> = (1..=14).map(|failures| delay(failures, 3).num_seconds()).collect();
        assert_eq!(seconds, [0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        assert_eq!(delay(i32::MAX, 3).num_seconds(), 300);
        assert_eq!(delay(0, 3).num_seconds(), 0);
        assert_eq!(delay(30, 30).num_seconds(), 0);
        assert_eq!(delay(31, 30).num_seconds(), 1);
    }

    #[test]
    fn s33_an_early_attempt_is_told_how_long_to_wait_and_does_not_count() {
        let mut tally = None;
        for _ in 0..4 {
            tally = Some(attempt(tally, 3, at(0)).unwrap());
        }
        assert_eq!(tally.unwrap().failures, 4);
        assert_eq!(attempt(tally, 3, at(0)), Err(1));
        let fifth = attempt(tally, 3, at(1)).unwrap();
        assert_eq!((fifth.failures, fifth.next_allowed_at), (5, at(3)));
        assert_eq!(attempt(Some(fifth), 3, at(2)), Err(1));
    }

    #[test]
    fn s33_nobody_is_locked_out_for_good() {
        let mut tally = None;
        let mut now = 0;
        for _ in 0..1000 {
            match attempt(tally, 3, at(now)) {
                Ok(next) => tally = Some(next),
                Err(wait) => {
                    assert!(wait <= 300);
                    now += i64::try_from(wait).unwrap();
                    assert!(attempt(tally, 3, at(now)).is_ok(), "after the wait a right password is looked at");
                }
            }
        }
        assert_eq!(attempt(tally, 3, at(now - 100_000)).unwrap().failures, 1, "nor by a clock that was set back");
        let after_an_hour = attempt(tally, 3, at(now + 3600)).unwrap();
        assert_eq!(after_an_hour.failures, 1);
    }

    #[test]
    fn s33_ten_thousand_guesses_get_few_looks() {
        let mut looks = 0;
        let mut tally = None;
        for second in 0..10_000 {
            if let Ok(next) = attempt(tally, 3, at(second)) {
                tally = Some(next);
                looks += 1;
            }
        }
        assert!(looks < 50, "{looks}");
    }

    #[test]
    fn a_right_password_takes_its_count_back() {
        let one = attempt(None, 3, at(0)).unwrap();
        assert_eq!(taken_back(one, 3), None);
        let two = attempt(Some(one), 3, at(1)).unwrap();
        assert_eq!(taken_back(two, 3).unwrap().failures, 1);
    }

    #[test]
    fn subjects_are_apart() {
        let keys = [Subject::Account("a@b.c").key(), Subject::Address("a@b.c").key(), Subject::Account("a@b.d").key(), Subject::Device(&[7; 32]).key()];
        for (index, key) in keys.iter().enumerate() {
            assert!(keys.iter().skip(index + 1).all(|other| other != key));
        }
        assert_eq!(Subject::Address("2001:db8:1:2:3::1").key(), Subject::Address("2001:db8:1:2:ffff::9").key());
        assert_ne!(Subject::Address("2001:db8:1:2::1").key(), Subject::Address("2001:db8:1:3::1").key());
    }
}
