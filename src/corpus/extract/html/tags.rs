//! What the names of elements mean for a reader of text.

/// An element's name, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct ElementTag(u8);

/// Begins and ends a line of text.
const BLOCK: u8 = 1;
/// Has no content and no end tag.
const VOID: u8 = 1 << 1;
/// Whatever is inside is no text of the page.
const SILENT: u8 = 1 << 2;
/// Ends an open paragraph.
const CLOSES_P: u8 = 1 << 3;
/// End tags inside do not reach out of it.
const WALL: u8 = 1 << 4;

macro_rules! tags {
    ($($constant:ident $name:literal $traits:expr;)+) => {
        const NAMES: &[(&str, u8)] = &[$(($name, $traits)),+];
        tags!(@number 0u8; $($constant)+);
    };
    (@number $at:expr; $constant:ident $($rest:ident)*) => {
        // some names matter by their traits alone
        #[allow(dead_code)]
        pub(super) const $constant: ElementTag = ElementTag($at);
        tags!(@number $at + 1; $($rest)*);
    };
    (@number $at:expr;) => {};
}

// Sorted by name.
tags! {
    A "a" 0;
    ADDRESS "address" BLOCK | CLOSES_P;
    AMP_AD "amp-ad" BLOCK | SILENT;
    AREA "area" VOID;
    ARTICLE "article" BLOCK | CLOSES_P;
    ASIDE "aside" BLOCK | CLOSES_P;
    AUDIO "audio" SILENT;
    BASE "base" VOID;
    BLOCKQUOTE "blockquote" BLOCK | CLOSES_P;
    BODY "body" BLOCK | WALL;
    BR "br" VOID;
    BUTTON "button" BLOCK | SILENT;
    CANVAS "canvas" SILENT;
    CAPTION "caption" BLOCK | WALL;
    CENTER "center" BLOCK | CLOSES_P;
    COL "col" VOID;
    DATALIST "datalist" SILENT;
    DD "dd" BLOCK | CLOSES_P;
    DETAILS "details" BLOCK | CLOSES_P;
    DIALOG "dialog" BLOCK | CLOSES_P;
    DIV "div" BLOCK | CLOSES_P;
    DL "dl" BLOCK | CLOSES_P;
    DT "dt" BLOCK | CLOSES_P;
    EMBED "embed" VOID;
    FIELDSET "fieldset" BLOCK | CLOSES_P;
    FIGCAPTION "figcaption" BLOCK | CLOSES_P;
    FIGURE "figure" BLOCK | CLOSES_P;
    FOOTER "footer" BLOCK | CLOSES_P;
    FORM "form" BLOCK | CLOSES_P;
    FRAME "frame" VOID;
    H1 "h1" BLOCK | CLOSES_P;
    H2 "h2" BLOCK | CLOSES_P;
    H3 "h3" BLOCK | CLOSES_P;
    H4 "h4" BLOCK | CLOSES_P;
    H5 "h5" BLOCK | CLOSES_P;
    H6 "h6" BLOCK | CLOSES_P;
    HEAD "head" BLOCK;
    HEADER "header" BLOCK | CLOSES_P;
    HR "hr" BLOCK | VOID | CLOSES_P;
    HTML "html" BLOCK | WALL;
    IFRAME "iframe" SILENT;
    IMG "img" VOID;
    INPUT "input" VOID;
    LI "li" BLOCK | CLOSES_P;
    LINK "link" VOID;
    MAIN "main" BLOCK | CLOSES_P;
    MENU "menu" BLOCK | CLOSES_P;
    META "meta" VOID;
    NAV "nav" BLOCK | CLOSES_P;
    NOSCRIPT "noscript" SILENT;
    OBJECT "object" SILENT | WALL;
    OL "ol" BLOCK | CLOSES_P;
    OPTION "option" BLOCK;
    P "p" BLOCK | CLOSES_P;
    PARAM "param" VOID;
    PRE "pre" BLOCK | CLOSES_P;
    SCRIPT "script" SILENT;
    SECTION "section" BLOCK | CLOSES_P;
    SELECT "select" SILENT;
    SOURCE "source" VOID;
    STYLE "style" SILENT;
    SVG "svg" SILENT;
    TABLE "table" BLOCK | WALL;
    TBODY "tbody" BLOCK;
    TD "td" BLOCK | WALL;
    TEMPLATE "template" SILENT | WALL;
    TEXTAREA "textarea" SILENT;
    TFOOT "tfoot" BLOCK;
    TH "th" BLOCK | WALL;
    THEAD "thead" BLOCK;
    TIME "time" 0;
    TITLE "title" SILENT;
    TR "tr" BLOCK;
    TRACK "track" VOID;
    UL "ul" BLOCK | CLOSES_P;
    VIDEO "video" SILENT;
    WBR "wbr" VOID;
}

/// Any other name: inline, with text of the page inside.
pub(super) const OTHER: ElementTag = ElementTag(u8::MAX);

impl ElementTag {
    /// By its name in lower case.
    pub fn of(name: &[u8]) -> Self {
        match NAMES.binary_search_by(|(known, _)| known.as_bytes().cmp(name)) {
            Ok(at) => Self(at as u8),
            Err(_) => OTHER,
        }
    }

    fn has(self, traits: u8) -> bool {
        NAMES.get(usize::from(self.0)).is_some_and(|(_, all)| all & traits != 0)
    }

    pub fn is_block(self) -> bool {
        self.has(BLOCK)
    }

    pub fn is_void(self) -> bool {
        self.has(VOID)
    }

    pub fn is_silent(self) -> bool {
        self.has(SILENT)
    }

    pub fn closes_paragraph(self) -> bool {
        self.has(CLOSES_P)
    }

    pub fn is_wall(self) -> bool {
        self.has(WALL)
    }

    pub fn is_heading(self) -> bool {
        matches!(self, H1 | H2 | H3 | H4 | H5 | H6)
    }

    pub fn is_table_part(self) -> bool {
        matches!(self, TABLE | TBODY | THEAD | TFOOT | TR | TD | TH | CAPTION)
    }

    /// The open elements that a start tag of this name ends, and the elements beyond which it does not look for them.
    pub fn ends(self) -> (&'static [Self], &'static [Self]) {
        match self {
            LI => (&[LI], &[UL, OL, MENU]),
            DD | DT => (&[DD, DT], &[DL]),
            TR => (&[TR], &[TABLE]),
            TD | TH => (&[TD, TH], &[TR, TABLE]),
            TBODY | THEAD | TFOOT => (&[TBODY, THEAD, TFOOT], &[TABLE]),
            OPTION => (&[OPTION], &[SELECT]),
            A => (&[A], &[TD, TH, TABLE, ARTICLE, SECTION]),
            _ => (&[], &[]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_so_that_they_are_found() {
        assert!(NAMES.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!((ElementTag::of(b"a"), ElementTag::of(b"wbr"), ElementTag::of(b"span")), (A, WBR, OTHER));
        assert!(P.is_block() && BR.is_void() && SCRIPT.is_silent() && !OTHER.is_block());
    }
}
