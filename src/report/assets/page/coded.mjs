// What people coded by hand: how often the program is right, and the shares corrected by it.
import { rowsOf } from "./codec.mjs";
import { ALL, NONE } from "./query.mjs";
import { number, whole } from "./scale.mjs";
import { groupsOf, shown } from "./groups.mjs";
import { dotPanels } from "./dots.mjs";
import { matrix } from "./matrix.mjs";

const MEASURES = { own_share: "own-voice share", rate: "hits per 1,000 words", agent_share: "share of who does it", target_share: "share of to whom it is done" };
const OF_FRAMES = ["own_share", "rate"];
const ALL_CODES = "(all)";
const PANELS_AT_FIRST = 12;

export function corrected(data) {
  const all = rowsOf(data.tables.corrected).filter((row) => row.corrected !== null);
  const name = (row) => {
    if (row.item === ALL_CODES) return "all frames";
    if (row.item === NONE) return "not said";
    return OF_FRAMES.includes(row.measure) ? data.frameName(row.item) : data.actorName(row.item);
  };
  const panelsOf = (measure) => {
    const rows = all.filter((row) => row.measure === measure && !(row.flags ?? "").split("|").includes("few_coded"));
    const items = [...new Set(rows.map((row) => row.item))];
    const size = (item) => rows.find((row) => row.item === item && row.group === ALL)?.corrected ?? 0;
    items.sort((a, b) => (b === ALL_CODES) - (a === ALL_CODES) || (a === NONE) - (b === NONE) || size(b) - size(a) || (a < b ? -1 : 1));
    return items.map((item) => ({ title: name(rows.find((row) => row.item === item)), rows: groupsOf(data).map((group) => rows.find((row) => row.item === item && row.group === group)).filter(Boolean).map(dot) }));
  };
  const dot = (row) => {
    const of = (value) => (value === null ? null : value * (row.measure === "rate" ? 1 : 100));
    const unit = row.measure === "rate" ? "per 1,000 words" : "%";
    const says = `before: ${number(of(row.raw), 1)} ${unit}; ${whole(row.n_coded)} coded, ${row.method}`;
    const filter = { layer: "frame", frame: OF_FRAMES.includes(row.measure) && row.item !== ALL_CODES ? row.item : undefined, group: row.group };
    return { label: shown(data, row.group), value: of(row.corrected), raw: of(row.raw), low: of(row.low), high: of(row.high), n: row.n, whole: row.group === ALL, unit, says, filter };
  };
  const measures = Object.keys(MEASURES).filter((measure) => panelsOf(measure).length > 0);
  if (measures.length === 0) return null;
  const most = Math.max(...measures.map((measure) => panelsOf(measure).length));
  const first = all.find((row) => row.measure === "own_share" && row.item === ALL_CODES && row.group === ALL);
  const share = (value) => number(100 * value, 0);
  return {
    id: "corrected", source: "corrected.csv",
    title: first ? `Own voice is ${share(first.corrected)} % of the framing hits, corrected by ${whole(first.n_coded)} coded ones (${share(first.low)} to ${share(first.high)}); the program counts ${share(first.raw)} %` : "What the program counted, corrected by what people coded",
    note: "Dot: corrected value. Line: its 95 % interval, from the coded sample. Upright stroke: what the program counted. A group with fewer than 20 coded hits borrows the errors of all groups (“pooled”): do not rest a comparison of groups on it. What rests on fewer than 20 coded hits stands in the table only.",
    switches: [
      { name: "measure", label: "Of", type: "choice", options: measures.map((measure) => [measure, MEASURES[measure]]) },
      ...(most > PANELS_AT_FIRST ? [{ name: "all", label: "All items", type: "check" }] : []),
    ],
    draw: (width, how) => {
      const panels = panelsOf(how.measure || measures[0]);
      return dotPanels(how.all ? panels : panels.slice(0, PANELS_AT_FIRST), width, { ...how, common: how.measure !== "rate" });
    },
    head: ["measure", "item", data.by, "n", "raw", "corrected", "low", "high", "n_coded", "method", "flags"],
    rows: () => all.map((row) => ({ cells: [row.measure, row.item, row.group, row.n, row.raw, row.corrected, row.low, row.high, row.n_coded, row.method, row.flags], n: 3, filter: dot(row).filter })),
  };
}

// Columns of the matrix: whose agreement, and which number tells it.
const COMPARED = [
  ["coders agree, %", "coders", "percent"],
  ["their alpha", "coders", "krippendorff_alpha"],
  ["program right, %", "program", "accuracy"],
  ["its precision, %", "program", "precision"],
  ["its recall, %", "program", "recall"],
];
const CLASSES_OF = ["voice", "zone", "counted", "own_voice"];

export function agreement(data) {
  const all = rowsOf(data.tables.agreement);
  const lines = [];
  for (const row of all) {
    if (row.class !== ALL_CODES && !CLASSES_OF.includes(row.variable)) continue;
    if (!lines.some((line) => line.kind === row.kind && line.variable === row.variable && line.class === row.class)) lines.push(row);
  }
  lines.sort((a, b) => all.findIndex((row) => row.variable === a.variable) - all.findIndex((row) => row.variable === b.variable) || (b.class === ALL_CODES) - (a.class === ALL_CODES) || (a.class < b.class ? -1 : 1));
  const columns = COMPARED.filter(([, about, measure]) => all.some((row) => row.about === about && row.measure === measure));
  if (columns.length === 0) return null;
  const label = (row) => row.variable.replaceAll("_", " ") + (row.class === ALL_CODES ? "" : ": " + row.class);
  const cell = (line, [, about, measure]) => {
    const row = all.find((row) => row.about === about && row.measure === measure && row.kind === line.kind && row.variable === line.variable && row.class === line.class);
    if (!row || row.value === null) return { value: 0, text: "", n: 0 };
    const [of, digits] = measure === "krippendorff_alpha" ? [1, 2] : [100, 0];
    const ends = row.low === null ? "" : `${number(of * row.low, digits)} to ${number(of * row.high, digits)}; `;
    return { value: row.value, text: number(of * row.value, digits), small: `${ends}n ${whole(row.n)}`, n: 0 };
  };
  const right = all.find((row) => row.about === "program" && row.measure === "accuracy" && row.class === ALL_CODES && row.variable === "voice") ?? all.find((row) => row.about === "program" && row.measure === "accuracy");
  return {
    id: "agreement",
    title: right ? `The program is right on ${label(right)} in ${number(100 * right.value, 0)} % of the cases (${number(100 * right.low, 0)} to ${number(100 * right.high, 0)}), by ${whole(right.n)} coded ones` : "How far those who coded agree",
    note: "Small: 95 % interval and how many items it rests on. Precision: of what the program puts into a class, how much belongs there. Recall: of what belongs there, how much it finds. “framescope agreement” writes these numbers as agreement.csv, and every item on which answers differ.",
    switches: [],
    draw: (width) => matrix({ corner: "what was coded ↓", width, rows: lines.map(label), columns: columns.map(([name]) => name), ids: [lines.map(label), columns.map(([, , measure]) => measure)], cells: lines.map((line) => columns.map((column) => cell(line, column))) }),
    head: ["about", "kind", "variable", "who", "class", "measure", "value", "low", "high", "n"],
    rows: () => all.map((row) => ({ cells: [row.about, row.kind, row.variable, row.who, row.class, row.measure, row.value, row.low, row.high, row.n], n: 9 })),
  };
}
