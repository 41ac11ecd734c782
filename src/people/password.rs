//! Passwords: Argon2id behind a bounded queue, and the proof that somebody knows theirs (security.md S33, S39, S51, S60).

use super::{
    store::{self, KnownAccount},
    throttle::Subject,
};
use crate::{
    access::{SignedIn, Visit, recognition::token_hash},
    app::App,
    clock::Chance,
    database::Happened,
    web::{Error, Result},
};
use argon2::{
    Argon2, Params,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

/// How many hashes are computed at once; each takes 19 MiB and a processor.
const AT_ONCE: usize = 2;
/// How many more may wait for their turn.
const WAITING: usize = 64;

/// Verified in place of a hash that does not exist, so that unknown and known accounts cost the same (S39). It has the
/// parameters of [`Params::default`] and the hash of nothing.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$Y2VydGdhdGUtbm9ib2R5$QkFEQkFEQkFEQkFEQkFEQkFEQkFEQkFEQkFEQkFEQkE";

/// The queue for password hashing. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Passwords {
    places: Arc<Semaphore>,
    turns: Arc<Semaphore>,
    /// How many hashes were computed, so that equal work for all can be shown (S39).
    worked: Arc<AtomicU64>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
    }
}

impl Passwords {
    /// An empty queue.
    pub fn new() -> Self {
        Self { places: Arc::new(Semaphore::new(AT_ONCE + WAITING)), turns: Arc::new(Semaphore::new(AT_ONCE)), worked: Arc::default() }
    }

    /// The hash of a new password, as a PHC string: Argon2id, 19 MiB, 2 passes.
    ///
    /// # Errors
    /// [`Error::Busy`] when 64 others wait already.
    pub async fn hash(&self, chance: &Chance, password: &str) -> Result<String> {
        let (salt, password) = (chance.bytes::<16>(), password.to_owned());
        self.take_turn(move || Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).map(|hash| hash.to_string()))
            .await?
            .map_err(Error::internal)
    }

    /// Whether a password belongs to a hash; without a hash the same work is done, for nothing.
    ///
    /// # Errors
    /// [`Error::Busy`] when 64 others wait already.
    pub async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool> {
        let (password, known) = (password.to_owned(), hash.is_some());
        let hash = hash.unwrap_or(NOBODY).to_owned();
        let fits =
            self.take_turn(move || PasswordHash::new(&hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())).await?;
        Ok(fits && known)
    }

    /// How many hashes were computed since the start.
    pub fn worked(&self) -> u64 {
        self.worked.load(Ordering::Relaxed)
    }

    async fn take_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let place: OwnedSemaphorePermit = self.places.clone().try_acquire_owned().map_err(|_| Error::Busy)?;
        let turn = self.turns.clone().acquire_owned().await.map_err(|_| Error::Busy)?;
        let worked = Arc::clone(&self.worked);
        // The permits go along: a request that is given up does not make room before its work ends.
        let worked = tokio::task::spawn_blocking(move || {
            let done = work();
            worked.fetch_add(1, Ordering::Relaxed);
            drop((turn, place));
            done
        });
        worked.await.map_err(Error::internal)
    }
}

/// Whether a hash was made with less work than is asked for now.
pub(super) fn is_weaker(hash: &str) -> bool {
    let wanted = Params::default();
    let params = PasswordHash::new(hash).ok().filter(|hash| hash.algorithm.as_str() == "argon2id").and_then(|hash| Params::try_from(&hash).ok());
    params.is_none_or(|params| params.m_cost() < wanted.m_cost() || params.t_cost() < wanted.t_cost())
}

/// Looks at a name and a password, counting the guess: the account if both are right and it may sign in.
///
/// # Errors
/// [`Error::TooMany`] with the seconds to wait; [`Error::Busy`].
pub(super) async fn known(app: &App, visit: &Visit, email: &str, password: &str, cookie: Option<&[u8; 32]>) -> Result<Option<KnownAccount>> {
    let account = store::account_by_email(&app.database, email).await?;
    let device = match (cookie, &account) {
        (Some(hash), Some(account)) if store::was_session_of(&app.database, hash, account.id).await? => Some(*hash),
        _ => None,
    };
    let name = device.as_ref().map_or(Subject::Account(email), Subject::Device);
    let subjects = [name, Subject::Address(&visit.from)];
    store::count_attempt(&app.database, subjects, visit.now).await?.map_err(Error::TooMany)?;
    let hash = account.as_ref().and_then(|account| account.password_hash.as_deref());
    let fits = app.passwords.verify(password, hash).await?;
    let known = account.as_ref().filter(|account| fits && !account.is_suspended).cloned();
    if known.is_some() {
        store::take_back_attempt(&app.database, subjects).await?;
    } else {
        refused(app, visit, account.map(|account| account.id)).await?;
    }
    Ok(known)
}

/// Records a wrong password. What was typed is not kept: people type passwords into the field for the name.
async fn refused(app: &App, visit: &Visit, account: Option<Uuid>) -> Result<()> {
    let happened =
        Happened { kind: "sign_in_refused", subject_kind: "account", subject: account.unwrap_or_default(), before: None, after: None, alters_facts: false };
    let door = store::Door::open(app, visit.actor(), visit.now).await?;
    Ok(door.commit(&[happened]).await?)
}

/// Asks a signed-in person for the password again; when it is right, the session counts as freshly proved (S44) and goes on
/// under a new token, which the answer carries (S41).
///
/// # Errors
/// [`Error::TooMany`] with the seconds to wait; [`Error::Busy`].
pub async fn prove(app: &App, may: &SignedIn, password: &str) -> Result<bool> {
    let own = store::session_hash(&app.database, may.account().session).await?;
    let proved = known(app, may, &may.account().email, password, own.as_ref()).await?.is_some();
    if proved {
        let token = app.chance.token();
        if store::renew(&app.database, may.account().session, &token_hash(&token), may.now).await? {
            may.renew(token);
        }
    }
    Ok(proved)
}

/// A wait in words.
pub(super) fn wait_words(say: crate::words::Say, seconds: u64) -> String {
    if seconds < 60 { say.sign_in_wait_seconds(seconds) } else { say.sign_in_wait_minutes(seconds.div_ceil(60)) }
}

/// The seconds to wait, if that is what an error says.
pub(super) fn wait<T>(outcome: Result<T>) -> Result<std::result::Result<T, u64>> {
    match outcome {
        Ok(value) => Ok(Ok(value)),
        Err(Error::TooMany(seconds)) => Ok(Err(seconds)),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(future)
    }

    #[test]
    fn s51_hashes_are_argon2id_with_the_parameters_that_are_asked_for() {
        let (passwords, chance) = (Passwords::new(), Chance::default());
        let hash = run(passwords.hash(&chance, "correct horse battery staple")).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_ne!(hash, run(passwords.hash(&chance, "correct horse battery staple")).unwrap(), "each has its own salt");
        assert!(!is_weaker(&hash));
        assert!(is_weaker("$argon2id$v=19$m=4096,t=3,p=1$Y2VydGdhdGUtbm9ib2R5$QkFEQkFEQkFEQkFEQkFEQkFEQkFEQkFEQkFEQkFEQkE"));
        assert!(is_weaker("$argon2i$v=19$m=19456,t=2,p=1$Y2VydGdhdGUtbm9ib2R5$QkFEQkFEQkFEQkFEQkFEQkFEQkFEQkFEQkFEQkFEQkE"));
        assert!(is_weaker("nonsense"));
    }

    #[test]
    fn s34_passwords_are_compared_exactly() {
        let passwords = Passwords::new();
        let hash = run(passwords.hash(&Chance::default(), " Grün und leise 九月 ")).unwrap();
        assert!(run(passwords.verify(" Grün und leise 九月 ", Some(&hash))).unwrap());
        for other in ["Grün und leise 九月", " grün und leise 九月 ", " Gru\u{308}n und leise 九月 ", ""] {
            assert!(!run(passwords.verify(other, Some(&hash))).unwrap(), "{other:?}");
        }
    }

    #[test]
    fn s39_nobody_costs_as_much_as_somebody() {
        let parsed = PasswordHash::new(NOBODY).unwrap();
        let params = Params::try_from(&parsed).unwrap();
        assert_eq!((params.m_cost(), params.t_cost(), params.p_cost()), (Params::default().m_cost(), Params::default().t_cost(), Params::default().p_cost()));
        assert_eq!(parsed.hash.unwrap().len(), 32);
        assert!(!run(Passwords::new().verify("", None)).unwrap());
    }

    #[test]
    fn s60_the_queue_is_bounded() {
        let passwords = Passwords::new();
        let outcomes = run(async {
            let asked: Vec<_> = (0..100)
                .map(|_| {
                    tokio::spawn({
                        let passwords = passwords.clone();
                        async move { passwords.take_turn(|| std::thread::sleep(std::time::Duration::from_millis(5))).await }
                    })
                })
                .collect();
            let mut outcomes = Vec::new();
            for one in asked {
                outcomes.push(one.await.unwrap());
            }
            outcomes
        });
        let busy = outcomes.iter().filter(|outcome| matches!(outcome, Err(Error::Busy))).count();
        assert!((1..=34).contains(&busy), "{busy} of 100 were turned away");
    }
}
