//! A graph of actors. The layout pulls neighbours together and pushes all others apart; it starts from a fixed seed and
//! uses the four operations and square roots alone, so that it comes out the same everywhere.

use super::{Anchor, Svg, clip};
use crate::report::figure::Graph;

const WIDTH: f64 = 880.0;
const HEIGHT: f64 = 600.0;
const MARGIN: f64 = 46.0;
const ROUNDS: usize = 400;

pub fn network(id: &str, title: &str, about: &str, graph: &Graph) -> String {
    let places = layout(graph);
    let mut svg = Svg::new(id, WIDTH, HEIGHT, title, about);
    let most = graph.edges.iter().map(|edge| edge.observed).max().unwrap_or(1).max(1) as f64;
    // The thick edges last, on top.
    let mut order: Vec<_> = graph.edges.iter().collect();
    order.sort_by_key(|edge| (edge.observed, edge.a, edge.b));
    for edge in order {
        let (a, b) = (&graph.nodes[edge.a], &graph.nodes[edge.b]);
        let hover = format!("{} and {}: {} {}s", a.code, b.code, edge.observed, graph.unit);
        svg.line(places[edge.a], places[edge.b], 0.8 + 7.0 * edge.observed as f64 / most, "edge", &hover);
    }
    for (node, (x, y)) in graph.nodes.iter().zip(&places) {
        let hover = format!("{} ({}): {} {}s", node.code, node.name, node.units, graph.unit);
        svg.circle(*x, *y, radius(graph, node.units), "node", &hover);
    }
    for (node, (x, y)) in graph.nodes.iter().zip(&places) {
        let below = y + radius(graph, node.units) + 12.0;
        svg.text(*x, below, "label halo", Anchor::Middle, &clip(&node.code, 16));
    }
    svg.finish()
}

fn radius(graph: &Graph, units: u64) -> f64 {
    let most = graph.nodes.iter().map(|node| node.units).max().unwrap_or(1).max(1) as f64;
    4.0 + 15.0 * (units as f64 / most).sqrt()
}

/// Fruchterman and Reingold (1991) in a box, then labels that overlap are moved apart.
fn layout(graph: &Graph) -> Vec<(f64, f64)> {
    let n = graph.nodes.len();
    let mut seed = Seed(n as u64 + 1);
    let mut places: Vec<(f64, f64)> = (0..n).map(|_| (seed.next() * WIDTH, seed.next() * HEIGHT)).collect();
    let ideal = 0.75 * (WIDTH * HEIGHT / n.max(1) as f64).sqrt();
    let most = graph.edges.iter().map(|edge| edge.observed).max().unwrap_or(1).max(1) as f64;
    let mut heat = WIDTH / 8.0;
    for _ in 0..ROUNDS {
        let mut moves = vec![(0.0, 0.0); n];
        for a in 0..n {
            for b in a + 1..n {
                let (dx, dy, distance) = apart(places[a], places[b]);
                let push = ideal * ideal / distance;
                add(&mut moves, a, b, (dx / distance * push, dy / distance * push));
            }
        }
        for edge in &graph.edges {
            let (dx, dy, distance) = apart(places[edge.a], places[edge.b]);
            let strength = 0.35 + 0.65 * (edge.observed as f64 / most).sqrt();
            let pull = -distance * distance / ideal * strength;
            add(&mut moves, edge.a, edge.b, (dx / distance * pull, dy / distance * pull));
        }
        for ((x, y), (dx, dy)) in places.iter_mut().zip(moves) {
            // A light pull to the middle keeps what is hardly connected in the picture.
            let (dx, dy) = (dx + (WIDTH / 2.0 - *x) * 0.06, dy + (HEIGHT / 2.0 - *y) * 0.1);
            let length = (dx * dx + dy * dy).sqrt().max(1e-9);
            let step = length.min(heat);
            *x += dx / length * step;
            *y += dy / length * step;
        }
        heat = (heat * 0.985).max(0.5);
    }
    fit(&mut places);
    for _ in 0..60 {
        part_labels(graph, &mut places);
    }
    places
}

fn apart(a: (f64, f64), b: (f64, f64)) -> (f64, f64, f64) {
    let (dx, dy) = (a.0 - b.0, a.1 - b.1);
    (dx, dy, (dx * dx + dy * dy).sqrt().max(0.5))
}

fn add(moves: &mut [(f64, f64)], a: usize, b: usize, (dx, dy): (f64, f64)) {
    moves[a] = (moves[a].0 + dx, moves[a].1 + dy);
    moves[b] = (moves[b].0 - dx, moves[b].1 - dy);
}

/// Stretches the layout over the picture.
fn fit(places: &mut [(f64, f64)]) {
    let span = |of: fn(&(f64, f64)) -> f64, places: &[(f64, f64)]| {
        let low = places.iter().map(of).fold(f64::INFINITY, f64::min);
        let high = places.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        (low, (high - low).max(1.0))
    };
    let ((left, width), (top, height)) = (span(|p| p.0, places), span(|p| p.1, places));
    for (x, y) in places {
        *x = MARGIN + (*x - left) / width * (WIDTH - 2.0 * MARGIN);
        *y = MARGIN + (*y - top) / height * (HEIGHT - 2.0 * MARGIN);
    }
}

/// Moves nodes apart whose circle with label covers another's.
fn part_labels(graph: &Graph, places: &mut [(f64, f64)]) {
    let half = |at: usize| {
        let node = &graph.nodes[at];
        let circle = radius(graph, node.units);
        (circle.max(4.2 * node.code.chars().count().min(16) as f64), circle + 9.0)
    };
    for a in 0..places.len() {
        for b in a + 1..places.len() {
            let (size_a, size_b) = (half(a), half(b));
            let (dx, dy) = (places[a].0 - places[b].0, places[a].1 - places[b].1);
            let (over_x, over_y) = (size_a.0 + size_b.0 - dx.abs(), size_a.1 + size_b.1 - dy.abs());
            if over_x > 0.0 && over_y > 0.0 {
                let way = |difference: f64| if difference < 0.0 { -1.0 } else { 1.0 };
                if over_x < over_y {
                    shift(places, a, b, (way(dx) * over_x / 2.0, 0.0));
                } else {
                    shift(places, a, b, (0.0, way(dy) * over_y / 2.0));
                }
            }
        }
    }
}

fn shift(places: &mut [(f64, f64)], a: usize, b: usize, (dx, dy): (f64, f64)) {
    add(places, a, b, (dx, dy));
    for at in [a, b] {
        places[at].0 = places[at].0.clamp(MARGIN, WIDTH - MARGIN);
        places[at].1 = places[at].1.clamp(24.0, HEIGHT - MARGIN);
    }
}

/// SplitMix64, as numbers from 0 to 1.
struct Seed(u64);

impl Seed {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}
