//! A crowd: the same thing tried by many at once, so that it shows who wins a race (L7).

/// Tries it 64 times at once, each with its number from 0 on; answers what came of each.
pub async fn of_64<F>(mut thing: impl FnMut(usize) -> F) -> Vec<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let tasks: Vec<_> = (0..64).map(|number| tokio::spawn(thing(number))).collect();
    let mut answers = Vec::with_capacity(tasks.len());
    for task in tasks {
        answers.push(task.await.expect("nobody in the crowd panics"));
    }
    answers
}
