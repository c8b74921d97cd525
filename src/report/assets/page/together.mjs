// The figures of what stands together in a sentence or an article.
import { rowsOf } from "./codec.mjs";
import { number, whole } from "./scale.mjs";
import { matrix, crossed } from "./matrix.mjs";
import { network } from "./network.mjs";

export function together(data) {
  const rows = rowsOf(data.tables.actor_cooccurrence).filter((row) => row.observed > 0);
  if (rows.length === 0) return null;
  rows.sort((x, y) => y.observed - x.observed || (x.a + x.b < y.a + y.b ? -1 : 1));
  const edges = rows.slice(0, 40);
  const opening = (row) => (row.unit === "sentence" ? { both: `actor:${row.a},actor:${row.b}` } : null);
  return {
    id: "network", source: "actor_cooccurrence.csv",
    title: `${data.actorName(rows[0].a)} and ${data.actorName(rows[0].b)} are named together most often: in ${whole(rows[0].observed)} ${rows[0].unit}s`,
    note: `A line joins two actors named in one ${rows[0].unit}; its width is the number of such ${rows[0].unit}s. The ${edges.length} most frequent of ${whole(data.tables.actor_cooccurrence.of)} pairs. Position and distance mean nothing by themselves.`,
    switches: [],
    draw: (width) => network(edges, data.actorName, opening, width),
    head: ["a", "b", "unit", "observed", "expected", "npmi", "q"],
    rows: () => rows.map((row) => ({ cells: [row.a, row.b, row.unit, row.observed, row.expected, row.npmi, row.q], n: 3, filter: opening(row) })),
  };
}

export function near(data) {
  const rows = rowsOf(data.tables.actor_frame).filter((row) => row.observed > 0).map((row) => ({ ...row, n: row.observed }));
  if (rows.length === 0) return null;
  const { rowNames, columnNames } = crossed(rows, "actor", "frame", 12);
  const find = (a, f) => rows.find((row) => row.actor === a && row.frame === f);
  const opening = (row) => (row.unit === "sentence" ? { both: `actor:${row.actor},frame:${row.frame}` } : null);
  return {
    id: "near", source: "actor_frame.csv",
    title: `Which frames stand in one ${rows[0].unit} with which actors`,
    note: "Large: normalised pointwise mutual information, above zero where they stand together more often than chance would have it. Small: how often. Standing together does not say who does it to whom.",
    switches: [],
    draw: (width) => matrix({
      corner: "actor ↓ frame →", width, rows: rowNames.map(data.actorName), columns: columnNames.map(data.frameName), ids: [rowNames, columnNames],
      cells: rowNames.map((a) => columnNames.map((f) => {
        const row = find(a, f);
        return row ? { value: row.npmi, text: number(row.npmi), small: whole(row.observed), n: row.observed, filter: opening(row) } : { value: 0, text: "", n: 0 };
      })),
    }),
    head: ["actor", "frame", "unit", "observed", "expected", "npmi", "q"],
    rows: () => rows.map((row) => ({ cells: [row.actor, row.frame, row.unit, row.observed, row.expected, row.npmi, row.q], n: 3, filter: opening(row) })),
  };
}
