//! The structural rules: what a paragraph is by its place among the others.

use super::lines::Paragraph;
use super::page::{self, LineKind};
use super::repeat::repeated_inside;
use super::rules::Rules;
use super::shape::{Ending, begins_like_a_title, ending, is_names_only};
use super::structure::Structure;
use super::{Passage, TemplateLines};
use crate::id::RuleId;
use crate::normalise::fold::fold_key;
use crate::normalise::{View, Zone};
use crate::span::NormSpan;
use std::ops::Range;

const MAX_HEADLINE_WORDS: usize = 20;
const MAX_TITLE_WORDS: usize = 40;
const MAX_STANDFIRST_WORDS: usize = 40;
const MAX_HEADING_WORDS: usize = 12;
const MAX_LABEL_WORDS: usize = 4;
/// Longer lines are never templates.
pub(crate) const MAX_TEMPLATE_WORDS: usize = 12;
/// A paragraph with more words is running text whatever its last character.
const RUNNING_WORDS: usize = 20;
const MIN_SENTENCE_WORDS: usize = 5;
/// More short lines than this in a row are a poem, a list or a table, not headings.
const MAX_HEADINGS_IN_A_ROW: usize = 2;
/// The headline stands among so many first paragraphs that no rule of the file took.
const HEADLINE_WINDOW: usize = 12;
/// So many paragraphs at the end may be notes on the author.
const MAX_TAIL: usize = 3;
/// Body goes on after an appeal or a box of links when so many paragraphs of running text follow in a row ...
const RESUMED_PARAGRAPHS: usize = 3;
/// ... with at least a quarter of the words that stood before.
const RESUMED_SHARE: usize = 4;
/// Paragraphs that speak for running text after an end marker: teasers have shorter ones too.
const MIN_RESUMED_WORDS: usize = 20;

/// No end marker in the first fifth of a text ends it: there a page lists its newsletters and most read articles.
const FIRST_PART: usize = 5;
/// A line of so many words that ends in a stop is a paragraph of its own on a page.
const MIN_RUNNING_SENTENCE_WORDS: usize = 10;
/// The headline of a page stands among so many lines above its main text, and has so many words.
const PAGE_HEADLINE_WINDOW: usize = 6;
const MIN_PAGE_HEADLINE_WORDS: usize = 4;
/// A shorter line between headline and main text is no standfirst.
const MIN_STANDFIRST_WORDS: usize = 8;

type ZoneMark = Option<(Zone, RuleId)>;

pub(super) struct Layout<'a> {
    view: &'a View,
    rules: &'a Rules,
    paragraphs: Vec<Paragraph>,
    marks: Vec<ZoneMark>,
    /// Paragraphs that a row of scope `end` or `end_line` took.
    ends: Vec<usize>,
}

impl<'a> Layout<'a> {
    pub fn new(view: &'a View, rules: &'a Rules, paragraphs: Vec<Paragraph>) -> Self {
        let marks = vec![None; paragraphs.len()];
        Self { view, rules, paragraphs, marks, ends: Vec::new() }
    }

    pub fn decide(&mut self, title: Option<&str>, templates: Option<&dyn TemplateLines>) {
        self.by_rows(templates);
        let main_text = self.main_text();
        if let Some(main_text) = &main_text {
            self.pass_boxes(main_text);
        }
        self.after_end();
        self.tail();
        let headline = match &main_text {
            Some(main_text) => self.headline_of_page(title, main_text.start),
            None => self.headline(title),
        };
        if let Some(main_text) = main_text {
            self.around(&main_text, headline);
        }
        self.pull_quotes(headline);
        if let Some(headline) = headline {
            self.standfirst(headline);
        }
        self.headings();
    }

    pub fn into_passages(self) -> impl Iterator<Item = Passage> {
        self.paragraphs.into_iter().zip(self.marks).map(|(paragraph, mark)| {
            let (zone, rule) = mark.unwrap_or((Zone::Body, Structure::RunningText.rule()));
            Passage { span: paragraph.span, zone, rule }
        })
    }

    fn mark(&mut self, index: usize, zone: Zone, rule: Structure) {
        self.marks[index] = Some((zone, rule.rule()));
    }

    fn mark_by_row(&mut self, index: usize, row: usize) {
        self.marks[index] = Some((self.rules.zone(row), RuleId::new(Structure::ALL.len() + row)));
    }

    fn is_free(&self, index: usize) -> bool {
        self.marks[index].is_none()
    }

    fn ending(&self, index: usize) -> Ending {
        ending(self.view, self.paragraphs[index].span)
    }

    fn is_open(&self, index: usize) -> bool {
        self.ending(index) == Ending::Open
    }

    /// Running text: a sentence, or more words than a title has.
    fn is_running(&self, index: usize) -> bool {
        let words = self.paragraphs[index].words;
        words > RUNNING_WORDS
            || words >= MIN_SENTENCE_WORDS && matches!(self.ending(index), Ending::Stop | Ending::Mark)
    }

    fn by_rows(&mut self, templates: Option<&dyn TemplateLines>) {
        for index in 0..self.paragraphs.len() {
            let Paragraph { span, words } = self.paragraphs[index];
            if let Some(row) = self.rules.first_match(self.view, span, words) {
                self.mark_by_row(index, row);
                if self.rules.scope(row).is_end() {
                    self.ends.push(index);
                }
            } else if words <= MAX_TEMPLATE_WORDS
                && templates.is_some_and(|lines| lines.is_template(self.view.slice(span)))
            {
                self.mark(index, Zone::Navigation, Structure::TemplateLine);
            }
        }
    }

    /// The article within a page that was taken as a whole.
    fn main_text(&self) -> Option<Range<usize>> {
        let lines: Vec<LineKind> = (0..self.paragraphs.len())
            .map(|index| match (self.marks[index], self.paragraphs[index].words, self.ending(index)) {
                (Some(_), _, _) => LineKind::Known,
                (None, words, _) if words >= RUNNING_WORDS => LineKind::Running(words),
                (None, words, Ending::Stop | Ending::Mark) if words >= MIN_RUNNING_SENTENCE_WORDS => {
                    LineKind::Running(words)
                }
                (None, words, Ending::Stop | Ending::Mark) if words >= MIN_SENTENCE_WORDS => LineKind::Sentence(words),
                (None, _, _) => LineKind::Open,
            })
            .collect();
        page::main_text(&lines)
    }

    /// A box of links or an appeal within the main text of a page ends nothing.
    fn pass_boxes(&mut self, main_text: &Range<usize>) {
        let marks = &self.marks;
        let is_box = |end: &usize| matches!(marks[*end], Some((Zone::Appeal | Zone::Related, _)));
        self.ends.retain(|end| !(main_text.contains(end) && is_box(end)));
    }

    /// The headline above the main text of a page: the title of the metadata, or the longest line that may be one among
    /// those directly above it.
    fn headline_of_page(&mut self, title: Option<&str>, main_text: usize) -> Option<usize> {
        let free: Vec<usize> = (0..main_text).rev().filter(|i| self.is_free(*i)).take(HEADLINE_WINDOW).collect();
        let by_title = title.and_then(|title| self.title_line(&free, title));
        let is_title = |index: &usize| {
            (MIN_PAGE_HEADLINE_WORDS..=MAX_HEADLINE_WORDS).contains(&self.paragraphs[*index].words)
                && matches!(self.ending(*index), Ending::Open | Ending::Mark)
                && begins_like_a_title(self.view, self.paragraphs[*index].span)
        };
        let (headline, rule) = match by_title {
            Some(found) => (found, Structure::MetadataTitle),
            None => (free.into_iter().take(PAGE_HEADLINE_WINDOW).find(is_title)?, Structure::FirstLine),
        };
        self.mark(headline, Zone::Headline, rule);
        Some(headline)
    }

    /// What lies around the main text of a page is navigation above it and teasers below it, and so is a list of short
    /// lines within it. A sentence right below the headline may be the standfirst.
    fn around(&mut self, main_text: &Range<usize>, headline: Option<usize>) {
        let mut open = 0;
        for index in 0..self.paragraphs.len() {
            let words = self.paragraphs[index].words;
            let is_standfirst = headline.is_some_and(|headline| headline < index) && words >= MIN_STANDFIRST_WORDS;
            if !self.is_free(index) {
                open = 0;
            } else if index >= main_text.end {
                self.mark(index, Zone::Related, Structure::AroundMainText);
            } else if index < main_text.start {
                if !is_standfirst {
                    self.mark(index, Zone::Navigation, Structure::AroundMainText);
                }
            } else if self.is_running(index) {
                open = 0;
            } else {
                open += 1;
                // The last one may be a heading of what follows.
                let leads = words <= MAX_HEADING_WORDS && index + 1 < main_text.end && self.is_running(index + 1);
                if open > 1 || words > MAX_HEADING_WORDS {
                    for listed in
                        (index + 1 - open..index + usize::from(!leads)).filter(|listed| *listed >= main_text.start)
                    {
                        self.mark(listed, Zone::Related, Structure::ListInMainText);
                    }
                }
            }
        }
    }

    /// The first end marker that ends the body, and all that follows it.
    fn after_end(&mut self) {
        if self.ends.is_empty() {
            return;
        }
        let stretches = self.stretches_after();
        let mut words_before = 0;
        let mut next = 0;
        let all: usize = self.paragraphs.iter().map(|paragraph| paragraph.words).sum();
        let mut all_before = 0;
        let is_end = |this: &Self, end: usize, before: usize| {
            let (paragraphs, words) = stretches[end];
            let resumes = paragraphs >= RESUMED_PARAGRAPHS && words * RESUMED_SHARE >= before;
            let may_resume = match this.marks[end] {
                Some((Zone::Appeal | Zone::Related, _)) => true,
                Some(_) | None => false,
            };
            before > 0 && words <= before && !(may_resume && resumes)
        };
        let mut found = None;
        for &end in &self.ends {
            all_before += self.paragraphs[next..end].iter().map(|paragraph| paragraph.words).sum::<usize>();
            words_before += (next..end).filter(|i| self.is_free(*i)).map(|i| self.paragraphs[i].words).sum::<usize>();
            next = end;
            if all_before * FIRST_PART >= all && is_end(self, end, words_before) {
                found = Some(end);
                break;
            }
        }
        let Some(end) = found else { return };
        for index in end + 1..self.paragraphs.len() {
            if self.is_free(index) {
                let is_label = self.paragraphs[index].words <= MAX_LABEL_WORDS && self.is_open(index);
                let (zone, rule) = if is_label {
                    (Zone::Navigation, Structure::LabelAfterEndMarker)
                } else {
                    (Zone::Related, Structure::AfterEndMarker)
                };
                self.mark(index, zone, rule);
            }
        }
    }

    /// For each paragraph the most running text, in paragraphs and words, that stands together anywhere after it with
    /// no marked line between.
    fn stretches_after(&self) -> Vec<(usize, usize)> {
        let mut after = vec![(0, 0); self.paragraphs.len()];
        let (mut paragraphs, mut words) = (0usize, 0usize);
        let mut most = (0usize, 0usize);
        for index in (0..self.paragraphs.len()).rev() {
            after[index] = most;
            let here = self.paragraphs[index].words;
            if !self.is_free(index) {
                (paragraphs, words) = (0, 0);
            } else if here >= MIN_RESUMED_WORDS {
                (paragraphs, words) = (paragraphs + 1, words + here);
                most = (most.0.max(paragraphs), most.1.max(words));
            }
        }
        after
    }

    /// Notes on the author at the end of the body.
    fn tail(&mut self) {
        let last: Vec<usize> = (0..self.paragraphs.len()).rev().filter(|i| self.is_free(*i)).take(MAX_TAIL).collect();
        for index in last {
            let Paragraph { span, words } = self.paragraphs[index];
            let row = self.rules.tail_match(self.view, span, words);
            match row {
                Some(row) if index > 0 && self.is_about_a_stranger(span) => self.mark_by_row(index, row),
                Some(_) | None => return,
            }
        }
    }

    /// The paragraph begins with a name, or with "the author", that the body above it does not hold.
    fn is_about_a_stranger(&self, span: NormSpan) -> bool {
        let mut words = self.view.words(span);
        let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
        let name = NormSpan::new(first.start as usize, second.end as usize);
        let name = self.view.slice(name).as_bytes();
        let above = &self.view.bytes()[..span.start as usize];
        let mentioned = memchr::memmem::find_iter(above, name).any(|at| {
            let paragraph = self.paragraphs.partition_point(|paragraph| paragraph.span.end as usize <= at);
            self.is_free(paragraph)
        });
        self.view.masks().upper.get(first.start as usize) && !mentioned
    }

    fn headline(&mut self, title: Option<&str>) -> Option<usize> {
        let window: Vec<usize> =
            (0..self.paragraphs.len()).filter(|i| self.is_free(*i)).take(HEADLINE_WINDOW).collect();
        let (headline, rule) = match title.and_then(|title| self.title_line(&window, title)) {
            Some(found) => (found, Structure::MetadataTitle),
            None => (self.first_line(&window)?, Structure::FirstLine),
        };
        for index in window.into_iter().take_while(|index| *index < headline) {
            if self.is_names_only(index) {
                self.mark(index, Zone::Navigation, Structure::NamesAboveHeadline);
            }
        }
        self.mark(headline, Zone::Headline, rule);
        Some(headline)
    }

    fn is_names_only(&self, index: usize) -> bool {
        is_names_only(self.view, self.paragraphs[index].span, self.paragraphs[index].words)
    }

    fn title_line(&self, window: &[usize], title: &str) -> Option<usize> {
        let title = fold_key(title);
        let title = title.trim_matches(is_no_letter);
        let is_title = |index: &usize| {
            let Paragraph { span, words } = self.paragraphs[*index];
            let line = self.view.slice(span).trim_matches(is_no_letter);
            let is_whole = line == title;
            // "Headline | Outlet", as pages name themselves.
            let is_part = || {
                words >= 3
                    && title
                        .strip_prefix(line)
                        .is_some_and(|rest| rest.starts_with([' ', ':']) && rest.trim_start().starts_with(is_no_letter))
            };
            !line.is_empty() && words <= MAX_TITLE_WORDS && (is_whole || is_part())
        };
        window.iter().copied().find(is_title)
    }

    fn first_line(&self, window: &[usize]) -> Option<usize> {
        let mut names = None;
        let mut found = None;
        for &index in window {
            let is_title = self.paragraphs[index].words <= MAX_HEADLINE_WORDS
                && matches!(self.ending(index), Ending::Open | Ending::Mark)
                && begins_like_a_title(self.view, self.paragraphs[index].span);
            if !is_title {
                break;
            }
            if !self.is_names_only(index) {
                found = Some(index);
                break;
            }
            names = Some(index);
        }
        // A line of names directly above the text is the headline; above another line it is navigation.
        let headline = found.or(names)?;
        let is_followed = (headline + 1..self.paragraphs.len()).any(|i| self.is_free(i) && self.is_running(i));
        is_followed.then_some(headline)
    }

    fn pull_quotes(&mut self, headline: Option<usize>) {
        let repeated =
            repeated_inside(self.view, &self.paragraphs, |index| self.is_free(index) && Some(index) != headline);
        for index in repeated {
            self.mark(index, Zone::PullQuote, Structure::PullQuote);
        }
    }

    fn standfirst(&mut self, headline: usize) {
        let Some(first) = (headline + 1..self.paragraphs.len()).find(|i| self.is_free(*i)) else { return };
        let words = self.paragraphs[first].words;
        let is_longer = |index: usize| self.is_free(index) && self.paragraphs[index].words > words.max(RUNNING_WORDS);
        let is_sentence_like = words >= MIN_SENTENCE_WORDS;
        if is_sentence_like && words <= MAX_STANDFIRST_WORDS && (first + 1..self.paragraphs.len()).any(is_longer) {
            self.mark(first, Zone::Standfirst, Structure::BelowHeadline);
        }
    }

    fn headings(&mut self) {
        let mut index = 0;
        while index < self.paragraphs.len() {
            let end = (index..self.paragraphs.len()).find(|i| !self.is_short(*i)).unwrap_or(self.paragraphs.len());
            if end == index {
                index += 1;
                continue;
            }
            let below = (end..self.paragraphs.len()).find(|i| self.is_free(*i));
            if end - index <= MAX_HEADINGS_IN_A_ROW
                && (index..end).all(|i| self.is_open(i) && begins_like_a_title(self.view, self.paragraphs[i].span))
                && below.is_some_and(|below| self.is_running(below))
            {
                for heading in index..end {
                    self.mark(heading, Zone::Heading, Structure::ShortLine);
                }
            }
            index = end;
        }
    }

    /// A short line that does not end a sentence: a heading, or a line of a poem or a list.
    fn is_short(&self, index: usize) -> bool {
        (1..=MAX_HEADING_WORDS).contains(&self.paragraphs[index].words)
            && self.is_free(index)
            && matches!(self.ending(index), Ending::Open | Ending::Pause)
    }
}

fn is_no_letter(c: char) -> bool {
    !c.is_alphanumeric()
}
