//! How many verdicts a second one core gives through `readiness --batch`, on the contract's examples repeated.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark stops at the first surprise")]

use certgate::readiness::engine::command::run_batch;
use std::{io::Cursor, time::Instant};

fn main() {
    let examples = include_str!("../tests/readiness_examples/examples.ndjson");
    let facts: Vec<String> = examples
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("an example")["facts"].to_string())
        .collect();
    let rounds = 60_000 / facts.len();
    let input: String = std::iter::repeat_n(facts.join("\n") + "\n", rounds).collect();
    let lines = facts.len() * rounds;
    let mut best = 0.0_f64;
    for _ in 0..5 {
        let mut out = Vec::with_capacity(64 * 1024 * 1024);
        let started = Instant::now();
        let status = run_batch(Cursor::new(input.as_bytes()), &mut out).expect("a batch");
        let seconds = started.elapsed().as_secs_f64();
        assert_eq!(status, 0);
        assert_eq!(out.split_inclusive(|byte| *byte == b'\n').count(), lines);
        #[expect(clippy::cast_precision_loss, reason = "a rate")]
        let rate = lines as f64 / seconds;
        println!("{lines} facts documents in {seconds:.3} s: {rate:.0} verdicts a second");
        best = best.max(rate);
    }
    println!("engine: {best:.0} verdicts a second on one core (best of five; wanted: at least 50,000)");
}
