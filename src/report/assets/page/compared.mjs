// The figures that compare groups: what sets them apart, and how alike they are.
import { rowsOf } from "./codec.mjs";
import { number, whole } from "./scale.mjs";
import { twoSided } from "./bars.mjs";
import { matrix } from "./matrix.mjs";
import { groupsOf } from "./groups.mjs";

// The layers that compare groups, loaded terms first.
const LAYERS = { force: "loaded and neutral terms", frame: "frames", actor: "actors" };

function ofForce(row) {
  const end = row.layer === "force" ? row.item.lastIndexOf("/(") : -1;
  return end < 0 ? null : { frame: row.item.slice(0, end), force: row.item.slice(end + 2, -1) };
}

function itemName(data, row) {
  const parts = ofForce(row);
  if (parts) return `${data.frameName(parts.frame)}, ${parts.force}`;
  return row.layer === "frame" ? data.frameName(row.item) : row.layer === "actor" ? data.actorName(row.item) : row.item;
}

function itemFilter(row) {
  const parts = ofForce(row);
  if (parts) return { ...parts, group: row.group };
  if (row.layer === "frame") return { frame: row.item, group: row.group };
  return row.layer === "actor" ? { layer: "actor", actor: row.item, group: row.group } : null;
}

export function keyness(data) {
  const all = rowsOf(data.tables.keyness).filter((row) => row.log_ratio !== null);
  const groups = groupsOf(data).filter((group) => all.some((row) => row.group === group));
  if (groups.length === 0) return null;
  const opening = (row) => {
    if (row.layer === "term") return { layer: "frame", term: row.item.slice(row.item.indexOf("/") + 1), ...(row.item.includes("/") ? { frame: row.item.slice(0, row.item.indexOf("/")) } : {}), group: row.group };
    if (row.layer === "naming") return { pair: row.item.slice(0, row.item.indexOf("/")), variant: row.item.slice(row.item.indexOf("/") + 1), group: row.group };
    if (row.layer === "word") return { layer: "word", word: row.item, group: row.group };
    return itemFilter(row);
  };
  return {
    id: "keyness", source: "keyness.csv",
    title: `What sets each of ${data.partsWords} apart from its reference`,
    note: "Bar: log ratio; 1 is twice as often, −1 half as often. The dark part reaches to the bound of its interval that lies nearer to zero; where there is none, the difference cannot be tested from none. In brackets: hits in the group and in its reference. A number opens the hits in the group.",
    switches: [
      { name: "group", label: data.By, type: "choice", options: groups.map((group) => [group, group]) },
      { name: "layer", label: "Of", type: "choice", options: [...new Set(all.map((row) => row.layer))].map((layer) => [layer, LAYERS[layer] ?? layer + "s"]) },
    ],
    draw: (width, how) => {
      const group = how.group || groups[0];
      const layer = how.layer || all[0].layer;
      const rows = all.filter((row) => row.group === group && row.layer === layer).sort((x, y) => y.log_ratio - x.log_ratio);
      const reference = rows[0]?.reference || "the others";
      return twoSided(rows.map((row) => ({ label: itemName(data, row), id: row.item, value: row.log_ratio, sure: row.log_ratio_conservative ?? 0, n: row.a, against: row.b, filter: opening(row) })), group, reference, width);
    },
    head: ["layer", "item", data.by, "reference", "a", "n1", "b", "n2", "g2", "q", "log_ratio", "log_ratio_conservative"],
    rows: () => all.map((row) => ({ cells: [row.layer, row.item, row.group, row.reference ?? "", row.a, row.n1, row.b, row.n2, row.g2, row.q, row.log_ratio, row.log_ratio_conservative], n: 4, filter: opening(row) })),
  };
}

// Differences that articles bear out: bars reach to the bound of the interval over articles that lies nearer to none.
export function contrasts(data) {
  const all = rowsOf(data.tables.contrasts).filter((row) => row.ratio > 0);
  const layers = Object.keys(LAYERS).filter((layer) => all.some((row) => row.layer === layer));
  const first = layers[0];
  const groups = groupsOf(data).filter((group) => all.some((row) => row.group === group && row.layer === first));
  if (groups.length === 0) return null;
  const sure = all.filter((row) => row.q !== null && row.q < 0.05).length;
  const bound = (row) => {
    if (row.q === null || row.q >= 0.05 || row.ratio_low === null || row.ratio_high === null) return 0;
    return row.ratio_low > 1 ? Math.log2(row.ratio_low) : row.ratio_high < 1 ? Math.log2(row.ratio_high) : 0;
  };
  return {
    id: "contrasts", source: "contrasts.csv",
    title: sure > 0 ? `${whole(sure)} of ${whole(all.length)} differences in rates have q below 0.05` : `None of ${whole(all.length)} differences in rates has q below 0.05`,
    note: "Bar: binary logarithm of the ratio of rates; 1 is twice as often, −1 half as often. The dark part, where q is below 0.05, reaches to the bound of the ratio’s interval over articles that lies nearer to 1. In brackets: hits in the group and in its reference. The 14 largest of each group.",
    switches: [
      { name: "group", label: data.By, type: "choice", options: groups.map((group) => [group, group]) },
      { name: "layer", label: "Of", type: "choice", options: layers.map((layer) => [layer, LAYERS[layer]]) },
    ],
    draw: (width, how) => {
      const group = how.group || groups[0];
      const rows = all.filter((row) => row.group === group && row.layer === (how.layer || first));
      const size = (row) => [Math.abs(bound(row)), Math.abs(Math.log2(row.ratio)) * Math.sqrt(Math.min(row.n, 20))];
      rows.sort((x, y) => size(y)[0] - size(x)[0] || size(y)[1] - size(x)[1]);
      const most = rows.slice(0, 14).sort((x, y) => y.ratio - x.ratio);
      const reference = most[0]?.reference === "(others)" ? "the others" : most[0]?.reference ?? "the others";
      return twoSided(most.map((row) => ({ label: itemName(data, row), id: row.item, value: Math.log2(row.ratio), sure: bound(row), n: row.n, against: row.n_ref, filter: itemFilter(row) })), group, reference, width);
    },
    head: ["layer", "item", data.by, "reference", "n", "base", "articles", "value", "n_ref", "value_ref", "ratio", "ratio_low", "ratio_high", "q"],
    rows: () => all.map((row) => ({ cells: [row.layer, row.item, row.group, row.reference, row.n, row.base, row.articles, row.value, row.n_ref, row.value_ref, row.ratio, row.ratio_low, row.ratio_high, row.q], n: 4, filter: itemFilter(row) })),
  };
}

// How alike two groups are: a matrix, dark where little is shared.
export function alike(data) {
  const all = rowsOf(data.tables.similarity).filter((row) => row.jsd !== null);
  const profiles = ["frame", "term", "actor", "naming", "word"].filter((profile) => all.some((row) => row.profile === profile));
  const names = [...new Set(all.flatMap((row) => [row.a, row.b]))].sort();
  if (names.length < 2) return null;
  const opening = (row) => (row.profile === "word" ? null : { layer: row.profile === "term" ? "frame" : row.profile, group: row.a, other: row.b });
  const sure = (row) => row.q !== null && row.q < 0.05;
  const tested = all.filter((row) => row.q !== null);
  return {
    id: "alike", source: "similarity.csv",
    title: tested.length === 0 ? "How far the groups differ; with one article a group nothing can be tested" : `${whole(tested.filter(sure).length)} of ${whole(tested.length)} pairs differ more than articles exchanged at random would`,
    note: (names.length > 12 ? "Darker: further apart; of many groups a square shows its numbers when it is pointed at. " : "") + "Large: Jensen-Shannon divergence in bits; 0 the same shares, 1 nothing in common. Small: the median of random exchanges of articles between the two, what chance alone shows; * where q is below 0.05. Words are not tested. A number opens the hits of both.",
    switches: [{ name: "profile", label: "Of", type: "choice", options: profiles.map((profile) => [profile, profile + "s"]) }],
    draw: (width, how) => {
      const of = all.filter((row) => row.profile === (how.profile || profiles[0]));
      const find = (a, b) => of.find((row) => (row.a === a && row.b === b) || (row.a === b && row.b === a));
      const largest = Math.max(...of.map((row) => row.jsd));
      const digits = largest >= 0.1 ? 2 : largest >= 0.01 ? 3 : 4;
      const cell = (row) => (row ? { value: row.jsd, text: number(row.jsd, digits) + (sure(row) ? " *" : ""), small: row.null_median === null ? null : number(row.null_median, digits), n: row.n_a + row.n_b, filter: opening(row) } : { value: 0, text: "", n: 0 });
      return matrix({ corner: data.by, width, rows: names, columns: names, ids: [names, names], cells: names.map((a) => names.map((b) => cell(a === b ? null : find(a, b)))) });
    },
    head: ["profile", "a", "b", "n_both", "articles_a", "articles_b", "jsd", "cosine", "null_median", "p", "q"],
    rows: () => all.map((row) => ({ cells: [row.profile, row.a, row.b, row.n_a + row.n_b, row.articles_a, row.articles_b, row.jsd, row.cosine, row.null_median, row.p, row.q], n: 3, filter: opening(row) })),
  };
}
