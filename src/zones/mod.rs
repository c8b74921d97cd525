use crate::normalise::Zone;
use crate::span::NormSpan;
#[derive(Debug, Clone)]
pub struct ZoneRow {
    pub zone: Zone,
    pub pattern: String,
    pub scope: Scope,
    pub note: String,
    pub line: u64,
}
#[derive(Debug, Clone, Copy)]
pub enum Scope {
    Line,
    Start,
    End,
}
#[derive(Debug, Clone, Copy)]
pub struct RuleId(pub u32);
#[derive(Debug, Clone, Copy)]
pub struct Passage {
    pub span: NormSpan,
    pub zone: Zone,
    pub rule: RuleId,
}
