//! Sessions: how long they live, how many there may be, and from what device they come (security.md S40–S43).

use crate::access::{SESSION_IDLE, SESSION_LIFE};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// How many sessions of one account live at once.
pub const MOST: usize = 5;

/// A session as its person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its public id; the token is known to the browser alone.
    pub id: Uuid,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// Its last request, to the minute.
    pub last_seen_at: DateTime<Utc>,
    /// Browser and system.
    pub device: String,
}

impl Session {
    /// Whether it still lives: idle 30 minutes at most, 12 hours in all.
    pub fn lives(&self, now: DateTime<Utc>) -> bool {
        now - self.started_at < SESSION_LIFE && now - self.last_seen_at < SESSION_IDLE
    }
}

/// Which sessions end when one more begins: the oldest, until only four live.
pub fn surplus(sessions: &[Session], now: DateTime<Utc>) -> Vec<Uuid> {
    let mut living: Vec<&Session> = sessions.iter().filter(|session| session.lives(now)).collect();
    living.sort_by_key(|session| (session.started_at, session.id));
    let over = (living.len() + 1).saturating_sub(MOST);
    living.into_iter().take(over).map(|session| session.id).collect()
}

/// Browser and system in a few words, from a `User-Agent` header; empty when nothing is recognised.
pub fn device(agent: &str) -> String {
    // Order matters: each browser names those it descends from.
    let browsers = [
        ("MicroMessenger/", "WeChat"),
        ("wxwork/", "WeCom"),
        ("DingTalk/", "DingTalk"),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let systems = [
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    [find(&browsers), find(&systems)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000, 0).unwrap()
    }

    fn session(number: u128, age: TimeDelta, idle: TimeDelta) -> Session {
        Session { id: Uuid::from_u128(number), started_at: now() - age, last_seen_at: now() - idle, device: String::new() }
    }

    #[test]
    fn s42_a_session_ends_at_its_edges() {
        let second = TimeDelta::seconds(1);
        for (age, idle, lives) in [
            (TimeDelta::zero(), TimeDelta::zero(), true),
            (SESSION_LIFE - second, TimeDelta::zero(), true),
            (SESSION_LIFE, TimeDelta::zero(), false),
            (SESSION_IDLE, SESSION_IDLE - second, true),
            (SESSION_IDLE, SESSION_IDLE, false),
        ] {
            assert_eq!(session(1, age, idle).lives(now()), lives, "{age} {idle}");
        }
    }

    #[test]
    fn s42_the_oldest_of_five_makes_room() {
        let minutes = |number| TimeDelta::minutes(number);
        let five: Vec<Session> = [3_i64, 5, 1, 4, 2].into_iter().map(|age| session(u128::from(age.unsigned_abs()), minutes(age), minutes(0))).collect();
        assert_eq!(surplus(&five, now()), [Uuid::from_u128(5)]);
        assert_eq!(surplus(five.get(..4).unwrap(), now()), [] as [Uuid; 0]);
        let mut idle = five.clone();
        idle.push(session(9, minutes(60), minutes(31)));
        assert_eq!(surplus(&idle, now()), [Uuid::from_u128(5)], "a dead session takes no room");
    }

    #[test]
    fn devices_are_named() {
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0";
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(device(firefox), "Firefox, Linux");
        assert_eq!(device(edge), "Edge, Windows");
        assert_eq!(device(phone), "Safari, iPhone");
        assert_eq!(device("<script>"), "");
    }
}
