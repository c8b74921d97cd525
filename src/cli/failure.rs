//! How an error is shown: what, where, why; a codebook's fault with the line it is in.

use super::terminal::{self, Colour, Ink};
use framescope::codebook::delimiter;
use framescope::error::{Error, Fault};
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NamedSource, Report, SourceOffset,
};
use std::process::ExitCode;

/// Faults shown with their line; the others are listed.
const SHOWN: usize = 10;
/// Of a line at most so many characters are shown, and so many of them before a fault that lies far to the right.
const LINE: usize = 150;
const BEFORE: usize = 50;

/// Prints an error on standard error and gives the exit code.
pub fn report(error: &Error) -> ExitCode {
    if terminal::is_closed_stdout(error) {
        return ExitCode::SUCCESS;
    }
    let colour = Colour::of(&std::io::stderr());
    let mut text = match error {
        Error::Codebook(faults) => codebook(faults, colour),
        _ => format!("{} {error}\n", colour.paint(Ink::Red, "error:")),
    };
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(&format!("  caused by: {error}\n"));
        cause = error.source();
    }
    terminal::tell(&text);
    match error {
        Error::Interrupted => ExitCode::from(super::stop::exit_code()),
        _ => ExitCode::from(error.exit_code()),
    }
}

/// Prints what clap has to say: a fault of the command line, or the help or version that was asked for.
pub fn report_usage(usage: &clap::Error) -> ExitCode {
    use std::io::Write;
    let printed = usage.print().and_then(|()| std::io::stdout().flush());
    match printed {
        Err(error) if !usage.use_stderr() && error.kind() != std::io::ErrorKind::BrokenPipe => {
            report(&Error::io("write", terminal::STDOUT)(error))
        }
        _ => ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(2)),
    }
}

fn codebook(faults: &[Fault], colour: Colour) -> String {
    let s = if faults.len() == 1 { "" } else { "s" };
    let mut text = format!("{} the codebook has {} fault{s}\n", colour.paint(Ink::Red, "error:"), faults.len());
    let mut shown = 0;
    for fault in faults {
        text.push_str(&format!("  {fault}\n"));
        if shown < SHOWN
            && let Some(snippet) = snippet(fault, colour)
        {
            text.push_str(&snippet);
            shown += 1;
        }
    }
    text
}

/// The line of the fault as it stands in the file, when that can be read.
fn snippet(fault: &Fault, colour: Colour) -> Option<String> {
    let file = std::fs::read_to_string(&fault.place.file).ok()?;
    let (start, end) = cell(&file, fault.place.line, fault.place.column)?;
    let span = LabeledSpan::new_primary_with_span(None, (SourceOffset::from(start), end - start));
    let diagnostic = MietteDiagnostic::new(String::new()).with_label(span);
    let column = file[..start].chars().rev().take_while(|c| *c != '\n').count();
    let source = NamedSource::new(&fault.place.file, file);
    let theme = match colour {
        Colour::On => GraphicalTheme::unicode(),
        Colour::Off => GraphicalTheme::unicode_nocolor(),
    };
    let mut out = String::new();
    GraphicalReportHandler::new_themed(theme)
        .with_context_lines(1)
        .with_wrap_lines(false)
        .render_report(&mut out, Report::new(diagnostic).with_source_code(source).as_ref())
        .ok()?;
    // The handler's own headline is empty: the fault has been shown above it.
    let drawn = out.lines().skip_while(|line| !line.contains('╭'));
    Some(drawn.map(|line| format!("  {}\n", cropped(line.trim_end(), column))).collect())
}

/// The part of a drawn line around a column of the file: guards of terms may have a thousand characters. Lines of the file
/// and the mark below them are cut alike.
fn cropped(line: &str, column: usize) -> String {
    let from = if column < LINE - BEFORE { 0 } else { column - BEFORE };
    // A number and a bar stand before the text of a line, a point before the mark.
    let Some(bar) = line.find(['│', '·']) else { return line.to_owned() };
    let Some(gutter) = line[bar..].find(' ').map(|end| bar + end + 1) else { return line.to_owned() };
    let (gutter, text) = line.split_at(gutter);
    // A mark has no text that could be missed.
    let dots = |is_cut: bool| {
        if !is_cut {
            ""
        } else if gutter.contains('·') {
            " "
        } else {
            "…"
        }
    };
    let shown: String = text.chars().skip(from).take(LINE).collect();
    format!("{gutter}{}{shown}{}", dots(from > 0), dots(text.chars().count() > from + LINE))
}

/// The bytes of a field of the record that begins in a line, or of the whole line. All count from 1; 0 is the whole. Of a
/// field of several lines, as one that is not closed may be, the first line.
fn cell(file: &str, line: u64, column: u64) -> Option<(usize, usize)> {
    let before = usize::try_from(line.checked_sub(1)?).ok()?;
    let start = match before {
        0 => 0,
        _ => file.match_indices('\n').nth(before - 1)?.0 + 1,
    };
    let line_end = |from: usize| file[from..].find(['\n', '\r']).map_or(file.len(), |at| from + at);
    let delimiter = delimiter(file);
    let (mut field, mut field_start, mut is_quoted) = (1, start, false);
    for (at, c) in file[start..].char_indices() {
        match c {
            '"' => is_quoted = !is_quoted,
            c if (c == delimiter || c == '\n' || c == '\r') && !is_quoted => {
                if field == column {
                    return Some((field_start, line_end(field_start).min(start + at)));
                }
                if c != delimiter {
                    break;
                }
                field += 1;
                field_start = start + at + delimiter.len_utf8();
            }
            _ => {}
        }
    }
    let shown_from = if field == column { field_start } else { start };
    Some((shown_from, line_end(shown_from)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_cut_around_their_fault() {
        let long = format!("  9 │ {}x{}", "a".repeat(400), "b".repeat(400));
        let mark = format!("    · {}─", " ".repeat(400));
        let (cut, below) = (cropped(&long, 400), cropped(&mark, 400));
        assert_eq!(cut.chars().position(|c| c == 'x'), below.chars().position(|c| c == '─'));
        assert_eq!(cut.matches('…').count(), 2);
        assert_eq!(cropped("  9 │ a,b", 2), "  9 │ a,b");
        assert_eq!(cropped(&long, 2).matches('…').count(), 1);
    }

    #[test]
    fn a_cell_is_found_by_its_line_and_field() {
        let file = "a,b\n1,\"x, y\",3\n4,5";
        let text = |line, column| cell(file, line, column).map(|(start, end)| &file[start..end]);
        assert_eq!(text(1, 2), Some("b"));
        assert_eq!(text(2, 2), Some("\"x, y\""));
        assert_eq!(text(2, 3), Some("3"));
        assert_eq!(text(3, 2), Some("5"));
        assert_eq!(text(3, 0), Some("4,5"));
        assert_eq!(text(2, 9), Some("1,\"x, y\",3"));
        // Not closed: by the end of the file, by the next quotation mark.
        assert_eq!(cell("a,b\n1,\"x\n2,y\n", 2, 2), Some((6, 8)));
        assert_eq!(cell("a,b\n1,\"x\n2,\"y\",3\n", 2, 2), Some((6, 8)));
        assert_eq!(text(9, 1), None);
        assert_eq!(text(0, 0), None);
        assert_eq!(cell("a;b\r\n1;\"x; y\"\r\n", 2, 2), Some((7, 13)));
    }
}
