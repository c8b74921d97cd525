//! What the terminal can show: colours, width; and writing to standard output.

use framescope::error::{Error, Result};
use std::borrow::Cow;
use std::io::{IsTerminal, Write};

/// The name standard output has in errors.
pub const STDOUT: &str = "<stdout>";

/// How wide text is printed where no terminal says it.
const DEFAULT_WIDTH: usize = 120;

/// Whether colours may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    On,
    Off,
}

/// The few colours in use. Meaning never hangs on them alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    Bold,
    Dim,
    Red,
    Green,
    Yellow,
    Blue,
    Magenta,
    Cyan,
}

impl Ink {
    fn code(self) -> u8 {
        match self {
            Self::Bold => 1,
            Self::Dim => 2,
            Self::Red => 31,
            Self::Green => 32,
            Self::Yellow => 33,
            Self::Blue => 34,
            Self::Magenta => 35,
            Self::Cyan => 36,
        }
    }
}

impl Colour {
    /// On in a terminal, unless `NO_COLOR` is set or the terminal is dumb.
    pub fn of(stream: &impl IsTerminal) -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        if stream.is_terminal() && !refused { Self::On } else { Self::Off }
    }

    pub fn paint(self, ink: Ink, text: &str) -> String {
        match self {
            Self::On => format!("\x1b[{}m{text}\x1b[0m", ink.code()),
            Self::Off => text.to_owned(),
        }
    }
}

/// Prints what writing an output gave cause to say.
pub fn tell_remarks(notes: &[String]) {
    notes.iter().for_each(|note| tell(&format!("note: {note}\n")));
}

/// The width of the terminal, of `COLUMNS`, or [`DEFAULT_WIDTH`].
pub fn width() -> usize {
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
    terminal.or_else(columns).filter(|width| *width >= 40).unwrap_or(DEFAULT_WIDTH)
}

/// Standard output with a buffer. A reader that has gone away is an error that ends the program quietly.
#[derive(Debug)]
pub struct Output {
    out: std::io::BufWriter<std::io::StdoutLock<'static>>,
    /// Of a terminal, which rows of CSV could command too. A file gets every byte as it is.
    colour: Option<Colour>,
}

impl Output {
    pub fn new() -> Self {
        let stdout = std::io::stdout().lock();
        let colour = stdout.is_terminal().then(|| Colour::of(&stdout));
        Self { out: std::io::BufWriter::with_capacity(1 << 16, stdout), colour }
    }

    /// Whole lines.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let bytes = match self.colour {
            Some(colour) => Cow::Owned(shown(&String::from_utf8_lossy(bytes), colour).into_bytes()),
            None => Cow::Borrowed(bytes),
        };
        self.out.write_all(&bytes).map_err(Error::io("write", STDOUT))
    }

    pub fn finish(mut self) -> Result<()> {
        self.out.flush().map_err(Error::io("write", STDOUT))
    }
}

/// Prints a text on standard output.
pub fn print(text: &str) -> Result<()> {
    let mut out = Output::new();
    out.write(text.as_bytes())?;
    out.finish()
}

/// Prints a text that may hold words of articles, of a codebook or of tables, which can command no terminal.
pub fn print_shown(text: &str) -> Result<()> {
    print(&shown(text, Colour::of(&std::io::stdout())))
}

/// Prints a message on standard error. Where it cannot be written, or is not read, the work goes on.
pub fn tell(text: &str) {
    let _ = std::io::stderr().write_all(shown(text, Colour::of(&std::io::stderr())).as_bytes());
}

/// A text as a terminal may get it. What could move the cursor, colour or turn around what is around it is written as
/// an escape; line breaks, tabs and, where they are on, our own colours stay.
pub fn shown(text: &str, colour: Colour) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(ours) = own_colour(rest, colour) {
            out.push_str(ours);
            rest = &rest[ours.len()..];
            continue;
        }
        match c {
            '\n' | '\t' => out.push(c),
            c if c.is_control() || framescope::error::turns_around(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// Bytes of the longest sequence that sets a colour here.
const LONGEST_COLOUR: usize = 9;

/// A colour of [`Ink`], where colours are on, at the start of a text.
fn own_colour(text: &str, colour: Colour) -> Option<&str> {
    if !text.starts_with("\x1b[") || colour == Colour::Off {
        return None;
    }
    let end = text.bytes().take(LONGEST_COLOUR).position(|byte| byte == b'm')?;
    let code = &text[2..end];
    // Blinking, swapped colours and hidden text are none of ours.
    let is_ours = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()) && !matches!(part, "5" | "6" | "7" | "8");
    code.split(';').all(is_ours).then(|| &text[..=end])
}

/// Whether the error only says that the reader of standard output has closed it.
pub fn is_closed_stdout(error: &Error) -> bool {
    match error {
        Error::Io { path, source, .. } => path.as_os_str() == STDOUT && source.kind() == std::io::ErrorKind::BrokenPipe,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_can_command_no_terminal() {
        let text = "a\tb\n\u{1b}]0;title\u{7}\u{1b}[2J\u{202E}c\rd";
        let printed = "a\tb\n\\u{1b}]0;title\\u{7}\\u{1b}[2J\\u{202e}c\\u{d}d";
        assert_eq!(shown(text, Colour::Off), printed);
        assert_eq!(shown(text, Colour::On), printed);
        let painted = Colour::On.paint(Ink::Red, "x");
        assert_eq!(shown(&painted, Colour::On), painted);
        assert_eq!(shown("\u{1b}[8mhidden", Colour::On), "\\u{1b}[8mhidden");
        assert_eq!(shown(&painted, Colour::Off), "\\u{1b}[31mx\\u{1b}[0m");
    }
}
