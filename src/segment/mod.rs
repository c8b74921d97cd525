use crate::span::NormSpan;
#[derive(Debug, Clone, Copy)]
pub struct Sentence {
    pub span: NormSpan,
    pub passage: u32,
}
#[derive(Debug, Clone)]
pub struct AbbreviationRow {
    pub abbreviation: String,
    pub kind: String,
    pub note: String,
    pub line: u64,
}
