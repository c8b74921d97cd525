//! Actors that are named together in the whole corpus.

use super::super::Facts;
use super::super::rows::{integer, number, text};
use super::{unit, view};
use std::collections::BTreeMap;

#[derive(Debug, Clone, Default)]
pub struct Graph {
    pub unit: String,
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
}

#[derive(Debug, Clone)]
pub struct Node {
    pub code: String,
    pub name: String,
    pub kind: &'static str,
    /// Units that name the actor.
    pub units: u64,
}

/// Nodes by their place in [`Graph::nodes`].
#[derive(Debug, Clone)]
pub struct Edge {
    pub a: usize,
    pub b: usize,
    pub observed: u64,
    pub articles: u64,
    pub expected: Option<f64>,
    pub npmi: Option<f64>,
    pub log_dice: Option<f64>,
    pub q: Option<f64>,
}

/// The strongest edges, few enough to be drawn.
pub fn graph(facts: &Facts<'_>) -> Option<Graph> {
    const MOST_EDGES: usize = 45;
    let mut graph = whole_graph(facts)?;
    graph.edges.sort_by(|x, y| y.observed.cmp(&x.observed).then_with(|| (x.a, x.b).cmp(&(y.a, y.b))));
    graph.edges.truncate(MOST_EDGES);
    let mut kept: Vec<usize> = graph.edges.iter().flat_map(|edge| [edge.a, edge.b]).collect();
    kept.sort_unstable();
    kept.dedup();
    let place = |old: usize| kept.binary_search(&old).unwrap_or_default();
    for edge in &mut graph.edges {
        (edge.a, edge.b) = (place(edge.a), place(edge.b));
    }
    graph.nodes = kept.iter().map(|old| graph.nodes[*old].clone()).collect();
    Some(graph)
}

/// Every pair observed in the unit that figures show.
pub fn whole_graph(facts: &Facts<'_>) -> Option<Graph> {
    let view = view(facts, "actor_cooccurrence")?;
    let (a, b, at_unit) = (view.column("a")?, view.column("b")?, view.column("unit")?);
    let (n_a, n_b) = (view.column("n_a")?, view.column("n_b")?);
    let (observed, articles) = (view.column("observed")?, view.column("articles")?);
    let expected = view.column("expected")?;
    let (npmi, log_dice, q) = (view.column("npmi")?, view.column("log_dice")?, view.column("q")?);
    let unit = unit(facts)?;
    let rows: Vec<_> = view
        .rows()
        .filter(|row| view.is_whole(row) && text(row, at_unit) == unit && integer(row, observed) > 0)
        .collect();
    let mut units: BTreeMap<&str, u64> = BTreeMap::new();
    for row in &rows {
        units.insert(text(row, a), integer(row, n_a));
        units.insert(text(row, b), integer(row, n_b));
    }
    let codes: Vec<&str> = units.keys().copied().collect();
    let place = |code: &str| codes.binary_search(&code).unwrap_or_default();
    let book = &facts.study.codebook;
    let nodes = units
        .iter()
        .map(|(code, units)| {
            let actor = book.actor(code).map(|actor| &book.actors[actor.index()]);
            Node {
                code: (*code).to_owned(),
                name: actor.map_or_else(String::new, |actor| actor.name.clone()),
                kind: actor.map_or("", |actor| actor.kind.name()),
                units: *units,
            }
        })
        .collect();
    let edges: Vec<Edge> = rows
        .iter()
        .map(|row| Edge {
            a: place(text(row, a)),
            b: place(text(row, b)),
            observed: integer(row, observed),
            articles: integer(row, articles),
            expected: number(row, expected),
            npmi: number(row, npmi),
            log_dice: number(row, log_dice),
            q: number(row, q),
        })
        .collect();
    Some(Graph { unit, nodes, edges })
}
