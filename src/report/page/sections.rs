//! The sections with charts, in the order in which the page shows them.

use super::super::chart;
use super::super::facts::Facts;
use super::super::figure::{self, Bar, Effect, Graph, GroupChoice, Matrix, Shares};
use super::super::hits::Hit;
use super::grid::{Align, Grid, Value};
use super::{Figure, Section};
use crate::count::ALL;
use minijinja::{Value as Shown, context};

pub(super) fn sections(facts: &Facts<'_>, groups: &GroupChoice) -> Vec<Section> {
    let made = [
        frames(facts, groups),
        voices(facts, groups),
        naming(facts, groups),
        actors(facts, groups),
        network(facts),
        actor_frame(facts),
        keyness(facts, groups),
        dispersion(facts, groups),
        trend(facts),
    ];
    made.into_iter().flatten().filter(|section| !section.figures.is_empty()).collect()
}

fn frames(facts: &Facts<'_>, groups: &GroupChoice) -> Option<Section> {
    let matrix = figure::frames_by_group(facts, groups)?;
    Some(Section {
        id: "frames",
        title: "Frames in each group",
        lead: vec![
            "Hits of all terms of a frame per 1,000 counted words, the number of hits small beneath; the heads have the \
             words they are divided by. The darker a cell, the higher its rate."
                .into(),
        ],
        figures: vec![heat_figure("Frames and groups", &matrix)],
    })
}

fn heat_figure(heading: &str, matrix: &Matrix) -> Figure {
    if matrix.rows.is_empty() {
        return Figure { heading: format!("{heading}: nothing was found"), csv: csv(matrix.csv), ..Figure::default() };
    }
    let caption = format!("{heading}: {}", matrix.value);
    Figure {
        heading: heading.to_owned(),
        chart: chart::heat_map(matrix, &caption),
        csv: csv(matrix.csv),
        ..Figure::default()
    }
}

fn csv(table: &str) -> String {
    format!("{table}.csv")
}

fn voices(facts: &Facts<'_>, groups: &GroupChoice) -> Option<Section> {
    const MOST_PANELS: usize = 6;
    let shares = figure::voices(facts, groups)?;
    let mut whole: Vec<&Bar> = shares.bars.iter().filter(|bar| bar.label == ALL).collect();
    whole.sort_by(|a, b| b.total().cmp(&a.total()).then_with(|| a.panel.cmp(&b.panel)));
    if whole.is_empty() {
        return None;
    }
    let mut figures = vec![Figure {
        heading: "Voices of each frame, whole corpus".into(),
        chart: chart::bars(
            "voices",
            "Voices of each frame in the whole corpus",
            "One bar a frame, divided by voice; the numbers on it are hits. The table beneath has the same numbers.",
            &shares.parts,
            &whole,
            |bar| &bar.panel,
        ),
        grid: Some(voice_grid(&shares)),
        csv: csv("frame_frequency"),
        ..Figure::default()
    }];
    for (number, frame) in whole.iter().take(MOST_PANELS).map(|bar| bar.panel.as_str()).enumerate() {
        let bars: Vec<&Bar> = shares.bars.iter().filter(|bar| bar.panel == frame).collect();
        figures.push(Figure {
            heading: format!("{frame}: voices by group"),
            chart: chart::bars(
                &format!("voices-{number}"),
                &format!("Voices of {frame} by group"),
                "One bar a group, divided by voice; the numbers on it are hits. The table above has the same numbers.",
                &shares.parts,
                &bars,
                |bar| &bar.label,
            ),
            csv: csv("frame_frequency"),
            ..Figure::default()
        });
    }
    Some(Section {
        id: "voices",
        title: "In whose voice",
        lead: vec![
            "Own: the article says it itself. Hypothetical: itself, but as a risk or a possibility. Attributed, quoted: \
             it reports that someone says so. Scare: it sets the word apart. Denied: it says that it is not so."
                .into(),
            "Rules read the voice, and they err. The own-voice share is therefore an interval: at least the hits without \
             any cue (own_low), at most all whose cue is weak or that are hypothetical (own_high)."
                .into(),
        ],
        figures,
    })
}

fn voice_grid(shares: &Shares) -> Grid {
    let mut heads = vec![("frame", Align::Text, ""), ("group", Align::Text, ""), ("n", Align::Number, "hits")];
    heads.extend(shares.parts.iter().map(|part| (part.as_str(), Align::Number, "hits of this voice")));
    heads.push(("own_low", Align::Number, "share in own voice without any cue"));
    heads.push(("own_high", Align::Number, "share in own voice at most"));
    let mut grid = Grid::new("Hits by frame, group and voice", &heads);
    for bar in &shares.bars {
        let mut row = vec![Value::text(bar.panel.as_str()), Value::text(bar.label.as_str()), Value::count(bar.total())];
        row.extend(bar.counts.iter().map(|n| Value::count(*n)));
        row.push(Value::number(bar.own.map(|own| own.0), 2));
        row.push(Value::number(bar.own.map(|own| own.1), 2));
        grid.rows.push(row);
    }
    grid
}

fn naming(facts: &Facts<'_>, groups: &GroupChoice) -> Option<Section> {
    const MOST_PAIRS: usize = 12;
    let pairs = figure::naming(facts, groups)?;
    let figure = |(number, (name, shares)): (usize, &(String, Shares))| {
        let mut heads = vec![("group", Align::Text, "")];
        heads.extend(shares.parts.iter().map(|part| (part.as_str(), Align::Number, "hits of names of this pole")));
        let mut grid = Grid::new(format!("Words used for {name}, by pole"), &heads);
        for bar in &shares.bars {
            let mut row = vec![Value::text(bar.label.as_str())];
            row.extend(bar.counts.iter().map(|n| Value::count(*n)));
            grid.rows.push(row);
        }
        Figure {
            heading: name.clone(),
            chart: chart::bars(
                &format!("naming-{number}"),
                &format!("Words used for {name}"),
                "One bar a group, divided by pole; the numbers on it are hits.",
                &shares.parts,
                &shares.bars.iter().collect::<Vec<_>>(),
                |bar| &bar.label,
            ),
            grid: Some(grid),
            csv: csv("naming"),
            ..Figure::default()
        }
    };
    let figures = pairs.iter().take(MOST_PAIRS).enumerate().map(figure).collect();
    let mut lead = vec![
        "Objects that have several names, each of which takes a side. A pole says whose usage a name is; the names are \
         in the CSV file."
            .to_owned(),
    ];
    if pairs.len() > MOST_PAIRS {
        lead.push(format!("The {MOST_PAIRS} pairs with the most hits of {}.", pairs.len()));
    }
    Some(Section { id: "naming", title: "Contested names", lead, figures })
}

fn actors(facts: &Facts<'_>, groups: &GroupChoice) -> Option<Section> {
    let matrix = figure::actors_by_group(facts, groups)?;
    Some(Section {
        id: "actors",
        title: "Actors in each group",
        lead: vec![
            "Mentions by name, demonym or seat of government per 1,000 counted words, with all that roll up to the actor; \
             the number of mentions small beneath."
                .into(),
        ],
        figures: vec![heat_figure("Actors and groups", &matrix)],
    })
}

fn network(facts: &Facts<'_>) -> Option<Section> {
    let graph = figure::graph(facts)?;
    if graph.edges.is_empty() {
        return None;
    }
    let (shown, of) = (graph.edges.len(), graph.of_edges);
    Some(Section {
        id: "network",
        title: "Who is named together with whom",
        lead: vec![format!(
            "An edge joins two actors that stand in one {}; its width is the number of such {0}s, the size of a circle \
             the number of {0}s that name the actor. {shown} of {of} edges are drawn, those observed most often. Position \
             and distance mean nothing by themselves.",
            graph.unit
        )],
        figures: vec![Figure {
            heading: "Network of actors".into(),
            chart: chart::network(
                "network",
                "Network of actors that are named together",
                "Circles are actors, lines join actors named together. The table beneath lists every line.",
                &graph,
            ),
            grid: Some(edge_grid(&graph)),
            csv: csv("actor_cooccurrence"),
            ..Figure::default()
        }],
    })
}

fn edge_grid(graph: &Graph) -> Grid {
    let mut grid = Grid::new(
        format!("Edges of the network, by {}", graph.unit),
        &[
            ("a", Align::Text, "actor id"),
            ("b", Align::Text, "actor id"),
            ("observed", Align::Number, "units with both"),
            ("expected", Align::Number, "units with both if the two were independent"),
            ("articles", Align::Number, "articles in which both stand in one unit"),
            ("npmi", Align::Number, "normalised pointwise mutual information"),
            ("log_dice", Align::Number, "logDice, at most 14"),
            ("q", Align::Number, "p adjusted for the false discovery rate"),
        ],
    );
    for edge in &graph.edges {
        grid.rows.push(vec![
            Value::text(graph.nodes[edge.a].code.as_str()),
            Value::text(graph.nodes[edge.b].code.as_str()),
            Value::count(edge.observed),
            Value::number(edge.expected, 1),
            Value::count(edge.articles),
            Value::number(edge.npmi, 2),
            Value::number(edge.log_dice, 2),
            Value::probability(edge.q),
        ]);
    }
    grid
}

fn actor_frame(facts: &Facts<'_>) -> Option<Section> {
    let matrix = figure::actor_frame(facts)?;
    Some(Section {
        id: "actor-frame",
        title: "Frames near actors",
        lead: vec![
            "Actor and frame in one unit. Large: normalised pointwise mutual information, above zero when they stand \
             together more often than chance would have it; small beneath: observed of expected units. Standing together \
             does not say who does it to whom; frame_targets.csv does, where sentences show it."
                .into(),
        ],
        figures: vec![heat_figure("Actors and frames", &matrix)],
    })
}

fn keyness(facts: &Facts<'_>, groups: &GroupChoice) -> Option<Section> {
    let effects = figure::effects(facts, groups)?;
    let mut figures = Vec::new();
    for (number, group) in groups.names.iter().enumerate() {
        let of_group: Vec<&Effect> = effects.iter().filter(|effect| effect.group == *group).collect();
        if of_group.is_empty() {
            continue;
        }
        figures.push(Figure {
            heading: format!("{}: what sets it apart", chart::clip(group, 80)),
            chart: chart::effect_plot(
                &format!("keyness-{number}"),
                &format!("What sets {group} apart"),
                "A dot is the log ratio of an item, the line runs to the bound of its interval that lies nearer to zero; a \
                 hollow dot cannot be told from zero. The table beneath has the same numbers.",
                &of_group,
            ),
            grid: Some(effect_grid(group, &of_group)),
            csv: csv("keyness"),
            ..Figure::default()
        });
    }
    Some(Section {
        id: "keyness",
        title: "What sets groups apart",
        lead: vec![
            "Each group against its reference. The log ratio is the effect: 1 is twice as often, -1 half as often. The \
             conservative bound is corrected for the number of items looked at; 0 means not distinguishable, empty means \
             too little to test."
                .into(),
        ],
        figures,
    })
}

fn effect_grid(group: &str, effects: &[&Effect]) -> Grid {
    let mut grid = Grid::new(
        format!("Keyness of {group}"),
        &[
            ("layer", Align::Text, ""),
            ("item", Align::Text, ""),
            ("a", Align::Number, "occurrences in the group"),
            ("n1", Align::Number, "words of the group"),
            ("b", Align::Number, "occurrences in the reference"),
            ("n2", Align::Number, "words of the reference"),
            ("g2", Align::Number, "signed log-likelihood ratio"),
            ("q", Align::Number, "p adjusted for the false discovery rate"),
            ("log_ratio", Align::Number, "binary logarithm of the ratio of rates"),
            ("conservative", Align::Number, "bound of its interval nearer to zero"),
        ],
    );
    for effect in effects {
        grid.rows.push(vec![
            Value::text(effect.layer.as_str()),
            Value::text(effect.item.as_str()),
            Value::count(effect.a),
            Value::count(effect.n1),
            Value::count(effect.b),
            Value::count(effect.n2),
            Value::number(effect.g2, 1),
            Value::probability(effect.q),
            Value::number(effect.log_ratio, 2),
            Value::number(effect.conservative, 2),
        ]);
    }
    grid
}

fn dispersion(facts: &Facts<'_>, groups: &GroupChoice) -> Option<Section> {
    let mut figures = Vec::new();
    let mut lead = Vec::new();
    if let Some(xray) = figure::xray(facts) {
        let mut heads = vec![("article", Align::Text, ""), ("source", Align::Text, "")];
        heads.extend(xray.terms.iter().map(|term| (term.as_str(), Align::Number, "places in the article")));
        let mut grid = Grid::new("Places of the terms by article", &heads);
        for row in &xray.rows {
            let mut values = vec![Value::text(row.article_id.as_str()), Value::text(row.source.as_str())];
            values.extend(row.marks.iter().map(|marks| Value::count(marks.len() as u64)));
            grid.rows.push(values);
        }
        lead.push(format!(
            "Each strip is an article from its beginning (left) to its end, each stroke a place where the term stands; \
             hits in one thousandth of an article are one stroke. {}",
            if xray.of > xray.rows.len() as u64 {
                format!("{} of {} articles with framing hits, chosen by a hash of their ids.", xray.rows.len(), xray.of)
            } else {
                "All articles with framing hits.".into()
            }
        ));
        figures.push(Figure {
            heading: "Where frequent terms stand".into(),
            chart: chart::xray_grid(
                "xray",
                "Where frequent framing terms stand in each article",
                "A row is an article, a column a term, a stroke a hit. The table beneath counts the strokes.",
                &xray,
            ),
            grid: Some(grid),
            csv: "mentions.csv".into(),
            ..Figure::default()
        });
    }
    figures.extend(dispersion_table(facts, groups));
    Some(Section { id: "dispersion", title: "Spread over articles", lead, figures })
}

/// The measures of the frames and terms found in the whole corpus.
fn dispersion_table(facts: &Facts<'_>, _groups: &GroupChoice) -> Option<Figure> {
    use super::super::rows::{View, integer, number, text};
    const MOST: usize = 60;
    let view = View::new(facts.table("dispersion")?, &facts.study.tables.by)?;
    let (layer, item, n) = (view.column("layer")?, view.column("item")?, view.column("n")?);
    let (range, parts) = (view.column("range")?, view.column("parts")?);
    let measures = ["juilland_d", "gries_dp", "dp_norm"].map(|name| view.column(name));
    let mut rows: Vec<_> =
        view.rows().filter(|row| view.is_whole(row) && matches!(text(row, layer), "frame" | "term")).collect();
    rows.sort_by(|a, b| integer(b, n).cmp(&integer(a, n)).then_with(|| text(a, item).cmp(text(b, item))));
    let mut grid = Grid::new(
        format!("Dispersion over articles, the {MOST} most frequent frames and terms"),
        &[
            ("layer", Align::Text, ""),
            ("item", Align::Text, ""),
            ("n", Align::Number, "hits"),
            ("range", Align::Number, "articles with a hit"),
            ("articles", Align::Number, "articles"),
            ("juilland_d", Align::Number, "1 is even"),
            ("gries_dp", Align::Number, "0 is even"),
            ("dp_norm", Align::Number, "0 is even, at most 1"),
        ],
    );
    for row in rows.into_iter().take(MOST) {
        let mut values = vec![
            Value::text(text(row, layer)),
            Value::text(text(row, item)),
            Value::count(integer(row, n)),
            Value::count(integer(row, range)),
            Value::count(integer(row, parts)),
        ];
        values.extend(measures.iter().map(|at| Value::number(at.and_then(|at| number(row, at)), 2)));
        grid.rows.push(values);
    }
    Some(Figure {
        heading: "Measures of dispersion".into(),
        grid: Some(grid),
        csv: csv("dispersion"),
        ..Figure::default()
    })
}

fn trend(facts: &Facts<'_>) -> Option<Section> {
    let trend = figure::trend(facts)?;
    let mut grid = Grid::new(
        "Rates by month, whole corpus",
        &[
            ("month", Align::Text, ""),
            ("frame", Align::Text, ""),
            ("hits", Align::Number, ""),
            ("words", Align::Number, "counted words of the month"),
            ("per 1,000", Align::Number, "hits per 1,000 counted words"),
        ],
    );
    for panel in &trend.panels {
        for (month, point) in trend.months.iter().zip(&panel.points) {
            if let Some((rate, n, words)) = point {
                grid.rows.push(vec![
                    Value::text(month.as_str()),
                    Value::text(panel.frame.as_str()),
                    Value::count(*n),
                    Value::count(*words),
                    Value::number(Some(*rate), 2),
                ]);
            }
        }
    }
    Some(Section {
        id: "trend",
        title: "From month to month",
        lead: vec![
            "Hits per 1,000 counted words of the month's articles, whole corpus; a month without articles breaks the line. \
             All panels have one scale."
                .into(),
        ],
        figures: vec![Figure {
            heading: "Frames by month".into(),
            chart: chart::trend_lines(
                "trend",
                "Frames by month",
                "One panel a frame; the line is the rate per 1,000 words. The table beneath has the same numbers.",
                &trend,
            ),
            grid: Some(grid),
            csv: csv("trend"),
            ..Figure::default()
        }],
    })
}

/// The lines of the concordance, with the choices of its filters.
pub(super) fn concordance(facts: &Facts<'_>) -> Option<Shown> {
    let sample = facts.hits?;
    let choices = |of: fn(&Hit) -> &str| {
        let all: std::collections::BTreeSet<&str> = sample.hits.iter().map(of).collect();
        Shown::from_serialize(all.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>())
    };
    let line = |hit: &Hit| {
        context! {
            article => hit.article_id,
            source => hit.source,
            start => hit.start_byte,
            end => hit.end_byte,
            line => hit.line,
            left => hit.left,
            hit => hit.hit,
            right => hit.right,
            frame => hit.frame,
            term => hit.term,
            voice => hit.voice,
            tier => hit.tier,
            rule => hit.rule,
            cue => hit.cue,
            speaker => hit.speaker,
        }
    };
    Some(context! {
        total => sample.total,
        shown => sample.hits.len(),
        lines => sample.hits.iter().map(line).collect::<Vec<_>>(),
        sources => choices(|hit| &hit.source),
        frames => choices(|hit| &hit.frame),
        voices => choices(|hit| &hit.voice),
        has_ledger => facts.written.iter().any(|table| table.name == "mentions"),
    })
}
