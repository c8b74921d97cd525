use crate::normalise::View;
use crate::span::NormSpan;
use crate::zones::Passage;
#[derive(Debug, Clone, Copy)]
pub struct Sentence {
    pub span: NormSpan,
    pub passage: u32,
}
#[derive(Debug, Clone)]
pub struct AbbreviationRow {
    pub abbreviation: String,
    pub kind: AbbreviationKind,
    pub note: String,
    pub line: u64,
}
#[derive(Debug, Clone, Copy)]
pub enum AbbreviationKind {
    Title,
    Month,
    Initialism,
    Other,
}
impl AbbreviationKind {
    pub const ALL: [Self; 4] = [Self::Title, Self::Month, Self::Initialism, Self::Other];
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Month => "month",
            Self::Initialism => "initialism",
            Self::Other => "other",
        }
    }
}
#[derive(Debug)]
pub struct Segmenter;
impl Segmenter {
    pub fn new(_: &[AbbreviationRow]) -> Self {
        Self
    }
    pub fn sentences(&self, view: &View, passages: &[Passage], out: &mut Vec<Sentence>) {
        out.clear();
        for (i, p) in passages.iter().enumerate() {
            let t = view.slice(p.span);
            let mut s = 0;
            let b = t.as_bytes();
            for k in 0..b.len() {
                if b[k] == b'.' && k + 1 < b.len() && b[k + 1] == b' ' {
                    out.push(Sentence {
                        span: NormSpan::new(p.span.start as usize + s, p.span.start as usize + k + 1),
                        passage: i as u32,
                    });
                    s = k + 2;
                }
            }
            if s < b.len() {
                out.push(Sentence {
                    span: NormSpan::new(p.span.start as usize + s, p.span.end as usize),
                    passage: i as u32,
                });
            }
        }
    }
}
