//! The actor graph for other programs: GEXF 1.3, GraphML, and Gephi's two tables.

use super::figure::{Edge, Graph, Node};
use super::inert::inert;
use crate::tables::{CsvBuffer, number_text};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io::{Result, Write};

/// An attribute of a node or an edge: name, type, value.
type Attribute = (&'static str, Type, String);

#[derive(Debug, Clone, Copy)]
enum Type {
    Text,
    Integer,
    Number,
}

impl Type {
    fn gexf(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Integer => "long",
            Self::Number => "double",
        }
    }

    fn graphml(self) -> &'static str {
        self.gexf()
    }
}

/// Undefined values have no text, and are left out.
fn of_node(node: &Node) -> Vec<Attribute> {
    vec![
        ("name", Type::Text, inert(&node.name)),
        ("kind", Type::Text, node.kind.to_owned()),
        ("units", Type::Integer, node.units.to_string()),
    ]
}

fn of_edge(edge: &Edge) -> Vec<Attribute> {
    let number = |value: Option<f64>| value.map(number_text).unwrap_or_default();
    vec![
        ("observed", Type::Integer, edge.observed.to_string()),
        ("articles", Type::Integer, edge.articles.to_string()),
        ("expected", Type::Number, number(edge.expected)),
        ("npmi", Type::Number, number(edge.npmi)),
        ("log_dice", Type::Number, number(edge.log_dice)),
        ("q", Type::Number, number(edge.q)),
    ]
}

fn empty_node() -> Vec<Attribute> {
    of_node(&Node { code: String::new(), name: String::new(), kind: "", units: 0 })
}

fn empty_edge() -> Vec<Attribute> {
    of_edge(&Edge { a: 0, b: 0, observed: 0, articles: 0, expected: None, npmi: None, log_dice: None, q: None })
}

fn start() -> Result<Writer<Vec<u8>>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    Ok(writer)
}

fn finish(writer: Writer<Vec<u8>>) -> Vec<u8> {
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    bytes
}

pub(super) fn gexf(graph: &Graph) -> Result<Vec<u8>> {
    let mut writer = start()?;
    writer
        .create_element("gexf")
        .with_attributes([("xmlns", "http://gexf.net/1.3"), ("version", "1.3")])
        .write_inner_content(|writer| {
            writer.create_element("meta").write_inner_content(|writer| {
                writer.create_element("creator").write_text_content(BytesText::new("framescope"))?;
                let about = format!("actors named together in one {}; weight: number of such units", graph.unit);
                writer.create_element("description").write_text_content(BytesText::new(&about))?;
                Ok(())
            })?;
            writer
                .create_element("graph")
                .with_attributes([("defaultedgetype", "undirected"), ("mode", "static")])
                .write_inner_content(|writer| gexf_graph(writer, graph))?;
            Ok(())
        })?;
    Ok(finish(writer))
}

fn gexf_graph<W: Write>(writer: &mut Writer<W>, graph: &Graph) -> Result<()> {
    for (class, attributes) in [("node", empty_node()), ("edge", empty_edge())] {
        writer.create_element("attributes").with_attribute(("class", class)).write_inner_content(|writer| {
            for (name, kind, _) in &attributes {
                writer
                    .create_element("attribute")
                    .with_attributes([("id", *name), ("title", *name), ("type", kind.gexf())])
                    .write_empty()?;
            }
            Ok(())
        })?;
    }
    writer.create_element("nodes").write_inner_content(|writer| {
        for node in &graph.nodes {
            writer
                .create_element("node")
                .with_attributes([("id", node.code.as_str()), ("label", node.code.as_str())])
                .write_inner_content(|writer| gexf_values(writer, &of_node(node)))?;
        }
        Ok(())
    })?;
    writer.create_element("edges").write_inner_content(|writer| {
        for (number, edge) in graph.edges.iter().enumerate() {
            let (id, weight) = (number.to_string(), edge.observed.to_string());
            writer
                .create_element("edge")
                .with_attributes([
                    ("id", id.as_str()),
                    ("source", graph.nodes[edge.a].code.as_str()),
                    ("target", graph.nodes[edge.b].code.as_str()),
                    ("weight", weight.as_str()),
                ])
                .write_inner_content(|writer| gexf_values(writer, &of_edge(edge)))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn gexf_values<W: Write>(writer: &mut Writer<W>, attributes: &[Attribute]) -> Result<()> {
    writer.create_element("attvalues").write_inner_content(|writer| {
        for (name, _, value) in attributes.iter().filter(|attribute| !attribute.2.is_empty()) {
            writer
                .create_element("attvalue")
                .with_attributes([("for", *name), ("value", value.as_str())])
                .write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

pub(super) fn graphml(graph: &Graph) -> Result<Vec<u8>> {
    let mut writer = start()?;
    writer
        .create_element("graphml")
        .with_attribute(("xmlns", "http://graphml.graphdrawing.org/xmlns"))
        .write_inner_content(|writer| {
            for (class, prefix, attributes) in [("node", "n_", empty_node()), ("edge", "e_", empty_edge())] {
                for (name, kind, _) in &attributes {
                    key(writer, class, &format!("{prefix}{name}"), name, *kind)?;
                }
            }
            key(writer, "edge", "e_weight", "weight", Type::Number)?;
            writer
                .create_element("graph")
                .with_attributes([("id", "actors"), ("edgedefault", "undirected")])
                .write_inner_content(|writer| graphml_graph(writer, graph))?;
            Ok(())
        })?;
    Ok(finish(writer))
}

fn key<W: Write>(writer: &mut Writer<W>, class: &str, id: &str, name: &str, kind: Type) -> Result<()> {
    writer
        .create_element("key")
        .with_attributes([("id", id), ("for", class), ("attr.name", name), ("attr.type", kind.graphml())])
        .write_empty()?;
    Ok(())
}

fn graphml_graph<W: Write>(writer: &mut Writer<W>, graph: &Graph) -> Result<()> {
    for node in &graph.nodes {
        writer
            .create_element("node")
            .with_attribute(("id", node.code.as_str()))
            .write_inner_content(|writer| graphml_values(writer, "n_", &of_node(node)))?;
    }
    for edge in &graph.edges {
        writer
            .create_element("edge")
            .with_attributes([
                ("source", graph.nodes[edge.a].code.as_str()),
                ("target", graph.nodes[edge.b].code.as_str()),
            ])
            .write_inner_content(|writer| {
                graphml_values(writer, "e_", &of_edge(edge))?;
                graphml_values(writer, "e_", &[("weight", Type::Number, edge.observed.to_string())])
            })?;
    }
    Ok(())
}

fn graphml_values<W: Write>(writer: &mut Writer<W>, prefix: &str, attributes: &[Attribute]) -> Result<()> {
    for (name, _, value) in attributes.iter().filter(|attribute| !attribute.2.is_empty()) {
        let key = format!("{prefix}{name}");
        writer
            .create_element("data")
            .with_attribute(("key", key.as_str()))
            .write_text_content(BytesText::new(value))?;
    }
    Ok(())
}

/// `Id, Label` and the attributes, as Gephi's import expects them.
pub(super) fn gephi_nodes(graph: &Graph) -> Vec<u8> {
    let mut out = CsvBuffer::default();
    out.text("Id").text("Label");
    for (name, ..) in empty_node() {
        out.text(name);
    }
    out.end_row();
    for node in &graph.nodes {
        out.text(&node.code).text(&node.code);
        for (_, _, value) in of_node(node) {
            out.text(&value);
        }
        out.end_row();
    }
    out.bytes
}

/// `Source, Target, Type, Weight` and the attributes.
pub(super) fn gephi_edges(graph: &Graph) -> Vec<u8> {
    let mut out = CsvBuffer::default();
    out.text("Source").text("Target").text("Type").text("Weight");
    for (name, ..) in empty_edge() {
        out.text(name);
    }
    out.end_row();
    for edge in &graph.edges {
        out.text(&graph.nodes[edge.a].code).text(&graph.nodes[edge.b].code).text("Undirected");
        out.integer(edge.observed);
        for (_, _, value) in of_edge(edge) {
            out.text(&value);
        }
        out.end_row();
    }
    out.bytes
}
