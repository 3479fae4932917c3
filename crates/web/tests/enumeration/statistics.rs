//! Whether two samples come from the same source, by the Mann–Whitney U test: it compares ranks and
//! so asks nothing of the shape of what was measured, which for times is a long tail.

use std::time::Duration;

/// What two samples say of each other.
#[derive(Clone, Copy, Debug)]
pub struct Compared {
    /// How likely a difference like this is where there is none, either way.
    pub p: f64,
    /// How much longer the first one takes, by its median; less than nothing where it is quicker.
    pub gap: f64,
}

impl Compared {
    /// Compares two samples of times. The gap is in milliseconds.
    pub fn of(first: &[Duration], second: &[Duration]) -> Self {
        let millis = |sample: &[Duration]| -> Vec<f64> {
            sample.iter().map(|time| time.as_secs_f64() * 1_000.0).collect()
        };
        let (first, second) = (millis(first), millis(second));
        Self { p: p_value(&first, &second), gap: median(&first) - median(&second) }
    }
}

fn median(sample: &[f64]) -> f64 {
    let mut sorted = sample.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        sorted[middle]
    } else {
        f64::midpoint(sorted[middle - 1], sorted[middle])
    }
}

/// The two-sided p of the U test, by the normal distribution with a correction for ties and for
/// continuity: exact enough from twenty a sample on.
fn p_value(first: &[f64], second: &[f64]) -> f64 {
    let mut all: Vec<(f64, bool)> = first.iter().map(|value| (*value, true)).collect();
    all.extend(second.iter().map(|value| (*value, false)));
    all.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (mut rank_sum, mut ties, mut at) = (0.0, 0.0, 0);
    while at < all.len() {
        let same =
            all[at..].iter().take_while(|(value, _)| value.total_cmp(&all[at].0).is_eq()).count();
        let count = number(same);
        // Ranks begin at one; equal values share the middle one of theirs.
        let rank = number(at) + f64::midpoint(count, 1.0);
        let ours = all[at..at + same].iter().filter(|(_, is_first)| *is_first).count();
        rank_sum += rank * number(ours);
        ties += count.powi(3) - count;
        at += same;
    }
    let (n, m) = (number(first.len()), number(second.len()));
    let u = rank_sum - n * (n + 1.0) / 2.0;
    let spread = n * m / 12.0 * ((n + m + 1.0) - ties / ((n + m) * (n + m - 1.0)));
    let distance = ((u - n * m / 2.0).abs() - 0.5).max(0.0);
    if spread > 0.0 { two_tails(distance / spread.sqrt()) } else { 1.0 }
}

/// How much of a normal distribution lies further out than this, on both sides (Abramowitz and
/// Stegun 7.1.26, to seven digits).
fn two_tails(z: f64) -> f64 {
    let x = z / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let series = [1.061_405_429, -1.453_152_027, 1.421_413_741, -0.284_496_736, 0.254_829_592];
    series.iter().fold(0.0, |sum, factor| (sum + factor) * t) * (-x * x).exp()
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).expect("a sample that fits into memory"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(from: u32, to: u32) -> Vec<f64> {
        (from..to).map(f64::from).collect()
    }

    #[test]
    fn samples_that_are_apart_are_told_apart() {
        // U = 0 of 100: z = 49.5 / 13.229.
        let p = p_value(&range(0, 10), &range(10, 20));
        assert!((p - 0.000_183).abs() < 0.000_002, "{p}");
        assert!(p_value(&range(0, 400), &range(40, 440)) < 0.000_1);
    }

    #[test]
    fn samples_that_are_the_same_are_not() {
        assert!(p_value(&range(0, 400), &range(0, 400)) > 0.99);
        assert!((p_value(&[1.0; 40], &[1.0; 40]) - 1.0).abs() < 0.000_001);
        // Every other one of the same row.
        let (even, odd): (Vec<f64>, Vec<f64>) = range(0, 800).iter().partition(|n| *n % 2.0 < 1.0);
        assert!(p_value(&even, &odd) > 0.9);
    }

    #[test]
    fn the_normal_distribution_is_the_one_in_the_books() {
        for (z, p) in [(0.0, 1.0), (1.0, 0.317_31), (1.959_96, 0.05), (2.575_83, 0.01)] {
            assert!((two_tails(z) - p).abs() < 0.000_01, "{z}");
        }
    }

    #[test]
    fn the_gap_is_the_distance_of_the_medians() {
        let times = |millis: &[u64]| -> Vec<Duration> {
            millis.iter().map(|millis| Duration::from_millis(*millis)).collect()
        };
        let compared = Compared::of(&times(&[5, 9, 900]), &times(&[3, 4, 8, 800]));
        assert!((compared.gap - 3.0).abs() < 0.001, "{compared:?}");
    }
}
