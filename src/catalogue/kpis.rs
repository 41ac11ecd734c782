use serde::Deserialize;

use super::bilingual::Bilingual;

/// A default KPI of a process. Division by zero means no data, never 0 or 100.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kpi {
    /// `K`, process, hyphen, digit, as `K8.2-1`.
    pub id: String,
    /// The process it measures, as `8.2`.
    pub process: String,
    /// Name.
    pub name: Bilingual,
    /// How a value is computed.
    pub formula: Bilingual,
    /// What a value counts.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// Starting value, in the unit; every engagement sets its own.
    pub target: f64,
    /// How often a value is due.
    pub period: Period,
}

/// What a value counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Ratio × 100.
    Percent,
    /// A plain number.
    Count,
    /// Hours.
    Hours,
    /// Ratio × 1,000.
    PerThousand,
    /// Ratio, for each release.
    PerRelease,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Higher is better.
    Higher,
    /// Lower is better.
    Lower,
}

/// How often a value is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Monthly.
    Month,
    /// Quarterly.
    Quarter,
    /// Yearly.
    Year,
}
