//! Argon2id behind a counted gate, on threads of its own.
//!
//! A hash takes 15 ms of a core and 19 MiB. Run on the threads that answer pages it would stop
//! every page; run without a bound, fifty sign-ins at once would take a gigabyte (A8). So there are
//! a few threads that each keep their memory, and a queue with an end.

use std::sync::{Arc, Mutex, PoisonError, mpsc};

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, Version};
use payung_domain::accounts::StoredPassword;
use payung_domain::dice::Dice;
use payung_domain::keyed::{Key, same};
use payung_domain::passwords;
use payung_domain::secret::Secret;
use payung_storage::Fault;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::settings::Hashing;

/// The gate and the threads behind it.
#[derive(Debug)]
pub struct Hasher {
    gate: Arc<Semaphore>,
    places: usize,
    jobs: mpsc::Sender<Job>,
}

/// A place in the queue. Taken before a try is counted, so that a full queue costs nobody a try.
#[derive(Debug)]
pub struct Place {
    jobs: mpsc::Sender<Job>,
    _permit: OwnedSemaphorePermit,
}

/// The queue is full: come back in a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Busy;

/// What checking a password told.
#[derive(Debug, PartialEq, Eq)]
pub struct Checked {
    /// Whether it was the right one.
    pub matched: bool,
    /// The same password under today's parameters, where the stored hash was weaker.
    pub stronger: Option<StoredPassword>,
}

/// The secret step of hashing: peppers by version, newest first.
#[derive(Clone, Debug)]
pub struct Peppers(pub Vec<(u8, Key)>);

#[derive(Debug)]
struct Job {
    password: Secret,
    task: Task,
}

#[derive(Debug)]
enum Task {
    Check(Option<StoredPassword>, oneshot::Sender<Result<Checked, Fault>>),
    Make(oneshot::Sender<Result<StoredPassword, Fault>>),
}

impl Hasher {
    /// Starts the threads.
    ///
    /// # Errors
    /// When the parameters are none that Argon2 knows, or a thread cannot be started.
    ///
    /// # Panics
    /// Without a pepper.
    pub fn start(
        settings: Hashing,
        peppers: &Peppers,
        dice: &Arc<dyn Dice>,
    ) -> Result<Self, Fault> {
        assert!(!peppers.0.is_empty(), "hashing needs a pepper");
        let starting = "starting the password hashing";
        let params = Params::new(settings.memory_kib, settings.passes, 1, Some(32))
            .map_err(|e| Fault::new(starting, e.to_string()))?;
        let (jobs, waiting) = mpsc::channel::<Job>();
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..settings.threads.max(1) {
            let mut worker = Worker {
                params: params.clone(),
                peppers: peppers.clone(),
                dice: Arc::clone(dice),
                memory: Vec::new(),
            };
            let waiting = Arc::clone(&waiting);
            std::thread::Builder::new()
                .name("hashing".to_owned())
                .spawn(move || {
                    loop {
                        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
                        let Ok(job) = next else { return };
                        worker.work(job);
                    }
                })
                .map_err(Fault::while_doing(starting))?;
        }
        let places = settings.threads.max(1) + settings.queue;
        Ok(Self { gate: Arc::new(Semaphore::new(places)), places, jobs })
    }

    /// A place in the queue, or the word that it is full.
    pub fn place(&self) -> Result<Place, Busy> {
        let permit = Arc::clone(&self.gate).try_acquire_owned().map_err(|_| Busy)?;
        Ok(Place { jobs: self.jobs.clone(), _permit: permit })
    }

    /// A place in the queue, waited for: for work that no member is waiting on.
    pub async fn place_in_turn(&self) -> Result<Place, Busy> {
        let permit = Arc::clone(&self.gate).acquire_owned().await.map_err(|_| Busy)?;
        Ok(Place { jobs: self.jobs.clone(), _permit: permit })
    }

    /// Whether three of four places are taken.
    #[must_use]
    pub(crate) fn is_crowded(&self) -> bool {
        self.taken() * 4 > self.places * 3
    }

    /// How many places of the queue are taken, for the metrics.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.places - self.gate.available_permits()
    }
}

impl Place {
    /// Whether the password is the stored one. Without a stored one the same work is done for the
    /// same answer, so that an unknown name takes as long as a wrong password (F-02).
    pub async fn check(
        self,
        password: Secret,
        stored: Option<StoredPassword>,
    ) -> Result<Checked, Fault> {
        let (reply, answer) = oneshot::channel();
        self.ask(Job { password, task: Task::Check(stored, reply) })?;
        answer.await.map_err(Fault::while_doing("waiting for a password check"))?
    }

    /// The password as it is to be stored.
    pub async fn make(self, password: Secret) -> Result<StoredPassword, Fault> {
        let (reply, answer) = oneshot::channel();
        self.ask(Job { password, task: Task::Make(reply) })?;
        answer.await.map_err(Fault::while_doing("waiting for a password hash"))?
    }

    fn ask(&self, job: Job) -> Result<(), Fault> {
        self.jobs
            .send(job)
            .map_err(|_| Fault::new("asking for a password hash", "no thread is left"))
    }
}

struct Worker {
    params: Params,
    peppers: Peppers,
    dice: Arc<dyn Dice>,
    /// Kept from hash to hash: fresh memory costs 14 % more time.
    memory: Vec<Block>,
}

impl Worker {
    fn work(&mut self, job: Job) {
        // A reply that nobody waits for any more is no fault: the visitor left.
        match job.task {
            Task::Check(stored, reply) => drop(reply.send(self.check(&job.password, stored))),
            Task::Make(reply) => drop(reply.send(self.make(&job.password))),
        }
    }

    fn check(&mut self, typed: &Secret, stored: Option<StoredPassword>) -> Result<Checked, Fault> {
        let missed = Checked { matched: false, stronger: None };
        let (Some(password), Some(stored)) = (passwords::normalised(typed), stored) else {
            self.make(&Secret::from("a stand-in of the same cost"))?;
            return Ok(missed);
        };
        let doing = "reading a stored password";
        let phc = PasswordHash::new(&stored.phc).map_err(|e| Fault::new(doing, e.to_string()))?;
        let params = Params::try_from(&phc).map_err(|e| Fault::new(doing, e.to_string()))?;
        let (Some(salt), Some(expected)) = (phc.salt, phc.hash) else {
            return Err(Fault::new(doing, "it has no salt or no hash"));
        };
        let hash = self.hash(&params, stored.pepper, &password, &salt)?;
        if !same(&hash, expected.as_bytes()) {
            return Ok(missed);
        }
        let stronger =
            if self.is_weaker(&params, stored.pepper) { Some(self.make(&password)?) } else { None };
        Ok(Checked { matched: true, stronger })
    }

    fn make(&mut self, typed: &Secret) -> Result<StoredPassword, Fault> {
        let doing = "hashing a password";
        let password = passwords::normalised(typed)
            .ok_or_else(|| Fault::new(doing, "it is longer than passwords may be"))?;
        let params = self.params.clone();
        let pepper = self.peppers.0[0].0;
        let salt =
            Salt::new(&self.dice.bytes::<16>()).map_err(|e| Fault::new(doing, e.to_string()))?;
        let hash = self.hash(&params, pepper, &password, &salt)?;
        let phc = PasswordHash {
            algorithm: ARGON2ID_IDENT,
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&params)
                .map_err(|e| Fault::new(doing, e.to_string()))?,
            salt: Some(salt),
            hash: Some(Output::new(&hash).map_err(|e| Fault::new(doing, e.to_string()))?),
        };
        Ok(StoredPassword { phc: phc.to_string(), pepper })
    }

    fn hash(
        &mut self,
        params: &Params,
        pepper: u8,
        password: &Secret,
        salt: &Salt,
    ) -> Result<[u8; 32], Fault> {
        let doing = "hashing a password";
        let (_, key) = self
            .peppers
            .0
            .iter()
            .find(|(version, _)| *version == pepper)
            .ok_or_else(|| Fault::new(doing, format!("no pepper of version {pepper}")))?;
        let argon2 = Argon2::new_with_secret(
            key.bytes(),
            Algorithm::Argon2id,
            Version::V0x13,
            params.clone(),
        )
        .map_err(|e| Fault::new(doing, e.to_string()))?;
        self.memory.resize(params.block_count(), Block::default());
        let mut hash = [0; 32];
        argon2
            .hash_password_into_with_memory(
                password.expose().as_bytes(),
                salt.as_ref(),
                &mut hash,
                &mut self.memory,
            )
            .map_err(|e| Fault::new(doing, e.to_string()))?;
        Ok(hash)
    }

    fn is_weaker(&self, params: &Params, pepper: u8) -> bool {
        params.m_cost() < self.params.m_cost()
            || params.t_cost() < self.params.t_cost()
            || pepper != self.peppers.0[0].0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed;

    impl Dice for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    const QUICK: Hashing = Hashing { memory_kib: 64, passes: 1, threads: 1, queue: 1 };

    fn hasher(settings: Hashing, peppers: &[u8]) -> Hasher {
        let peppers = Peppers(peppers.iter().map(|v| (*v, Key::new([*v; 32]))).collect());
        let dice: Arc<dyn Dice> = Arc::new(Fixed);
        Hasher::start(settings, &peppers, &dice).unwrap()
    }

    async fn check(hasher: &Hasher, typed: &str, stored: Option<StoredPassword>) -> Checked {
        hasher.place().unwrap().check(Secret::from(typed), stored).await.unwrap()
    }

    #[tokio::test]
    async fn only_the_right_password_matches() {
        let hasher = hasher(QUICK, &[1]);
        let stored = hasher.place().unwrap().make(Secret::from("benar sekali")).await.unwrap();
        assert!(stored.phc.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{}", stored.phc);
        assert!(check(&hasher, "benar sekali", Some(stored.clone())).await.matched);
        assert!(!check(&hasher, "Benar sekali", Some(stored)).await.matched);
        assert!(!check(&hasher, "benar sekali", None).await.matched);
    }

    #[tokio::test]
    async fn a08_a_weaker_hash_is_made_again_when_the_password_is_right() {
        let stored =
            hasher(QUICK, &[1]).place().unwrap().make(Secret::from("benar")).await.unwrap();
        let stronger = Hashing { passes: 2, ..QUICK };
        let again = check(&hasher(stronger, &[1]), "benar", Some(stored.clone())).await.stronger;
        assert!(again.is_some_and(|stored| stored.phc.contains("t=2")));
        let pepper = check(&hasher(QUICK, &[2, 1]), "benar", Some(stored.clone())).await.stronger;
        assert_eq!(pepper.map(|stored| stored.pepper), Some(2));
        assert_eq!(check(&hasher(QUICK, &[1]), "benar", Some(stored)).await.stronger, None);
    }

    #[tokio::test]
    async fn a09_the_hash_alone_is_worth_nothing_without_the_pepper() {
        let stored =
            hasher(QUICK, &[1]).place().unwrap().make(Secret::from("benar")).await.unwrap();
        let other = StoredPassword { pepper: 2, ..stored };
        assert!(!check(&hasher(QUICK, &[2]), "benar", Some(other)).await.matched);
    }

    #[tokio::test]
    async fn a10_a_full_queue_says_so() {
        let hasher = hasher(QUICK, &[1]);
        let _places = [hasher.place().unwrap(), hasher.place().unwrap()];
        assert_eq!(hasher.place().unwrap_err(), Busy);
        assert_eq!(hasher.taken(), 2);
    }

    #[tokio::test]
    async fn a03_a_password_typed_in_another_unicode_form_is_the_same() {
        let hasher = hasher(QUICK, &[1]);
        let stored = hasher.place().unwrap().make(Secret::from("caf\u{e9}")).await.unwrap();
        assert!(check(&hasher, "cafe\u{301}", Some(stored)).await.matched);
    }
}
