// The figures, each as what it shows: a title that says what is seen, a drawing for a width, and its rows.
import { rowsOf } from "./codec.mjs";
import { ALL, NONE } from "./query.mjs";
import { number, percent, whole } from "./scale.mjs";
import { dotPanels } from "./dots.mjs";
import { divergingBars, shareBars } from "./bars.mjs";
import { matrix, crossed } from "./matrix.mjs";
import { trendPanels } from "./trend.mjs";
import { groupsOf, shown } from "./groups.mjs";
import { agreement, corrected } from "./coded.mjs";
import { alike, contrasts, keyness } from "./compared.mjs";
import { near, together } from "./together.mjs";

const MOST_PANELS = 12;

function byPanel(data, rows, key, layer, nameOf) {
  const panels = new Map();
  for (const row of rows) {
    if (!panels.has(row[key])) panels.set(row[key], new Map());
    panels.get(row[key]).set(row.group, row);
  }
  const total = (panel) => panel.get(ALL)?.n ?? 0;
  return [...panels]
    .filter(([, panel]) => total(panel) > 0)
    .sort(([a, x], [b, y]) => total(y) - total(x) || (a < b ? -1 : 1))
    .map(([code, panel]) => ({
      code,
      title: nameOf(code),
      rows: groupsOf(data).filter((group) => panel.has(group)).map((group) => {
        const row = panel.get(group);
        const filter = { layer, [key]: code, group };
        return { label: shown(data, group), value: row.per_1000, low: row.per_1000_low, high: row.per_1000_high, n: row.n, words: row.words, whole: group === ALL, group, filter };
      }),
    }));
}

function dotFigure(data, id, panels, what, source, byForce = {}) {
  const forces = Object.keys(byForce);
  return {
    id, source,
    title: panels[0] ? `“${panels[0].title}” is the most frequent: ${whole(panels[0].rows.at(-1).n)} times in ${data.corpusWords}` : `No ${what} was found`,
    note: `Dot: ${what} per 1,000 counted words. Line: 95 % interval of the rate, with the article as the unit; an arrow where it goes on. Ring: all ${data.groupWord} together.`,
    switches: [...(forces.length ? [{ name: "force", label: "Terms", type: "choice", options: [["", "all"], ...forces.map((force) => [force, force])] }] : []), { name: "common", label: "One scale for all panels", type: "check" }, ...(panels.length > MOST_PANELS ? [{ name: "all", label: `All ${panels.length} panels`, type: "check" }] : [])],
    draw: (width, how) => {
      const chosen = how.force ? byForce[how.force] : panels;
      return dotPanels(how.all ? chosen : chosen.slice(0, MOST_PANELS), width, how);
    },
    head: ["id", "name", data.by, "n", "words", "per_1000", "per_1000_low", "per_1000_high"],
    rows: () => panels.flatMap((panel) => panel.rows.map((row) => ({ cells: [panel.code, panel.title, row.group, row.n, row.words, row.value, row.low, row.high], n: 3, filter: row.filter }))),
  };
}

function frames(data) {
  const all = rowsOf(data.tables.frame_frequency);
  const rows = all.filter((row) => row.term === "(all)");
  const byForce = {};
  for (const force of ["loaded", "neutral"]) {
    const panels = byPanel(data, all.filter((row) => row.term === `(${force})`), "frame", "frame", data.frameName);
    for (const panel of panels) for (const row of panel.rows) row.filter.force = force;
    if (panels.length > 0) byForce[force] = panels;
  }
  return dotFigure(data, "frames", byPanel(data, rows, "frame", "frame", data.frameName), "framing terms", "frame_frequency.csv", byForce);
}

function actors(data) {
  const rows = rowsOf(data.tables.actor_frequency).filter((row) => row.level === "rolled");
  return dotFigure(data, "actors", byPanel(data, rows, "actor", "actor", data.actorName), "mentions", "actor_frequency.csv");
}

export const VOICES = ["denied", "scare", "quoted", "attributed", "hypothetical", "own"];

function voices(data) {
  const rows = rowsOf(data.tables.frame_frequency).filter((row) => row.term === "(all)" && row.n > 0);
  if (rows.length === 0) return null;
  const counts = (row) => VOICES.map((voice) => row["n_" + voice]);
  const whole_ = rows.filter((row) => row.group === ALL).sort((a, b) => b.n - a.n);
  const total = whole_.reduce((sum, row) => sum + row.n, 0);
  const own = whole_.reduce((sum, row) => sum + row.n_own + row.n_hypothetical, 0);
  const bars = (how) => {
    if (how.view && how.view !== ALL) {
      return rows.filter((row) => row.frame === how.view).sort((a, b) => (a.group === ALL) - (b.group === ALL)).map((row) => ({ label: shown(data, row.group), counts: counts(row), n: row.n, low: row.own_low, high: row.own_high, filter: { frame: row.frame, group: row.group } }));
    }
    return whole_.map((row) => ({ label: data.frameName(row.frame), counts: counts(row), n: row.n, low: row.own_low, high: row.own_high, filter: { frame: row.frame, group: ALL } }));
  };
  return {
    id: "voices", source: "frame_frequency.csv",
    title: `${percent(own, total)} of the framing terms stand in the articles’ own voice, the rest in the words of others`,
    note: "Right of the middle: what the article says itself (own), also as a risk or a possibility (hypothetical). Left: what it reports (attributed, quoted), sets apart (scare) or says is not so (denied). Rules read the voice, and they err.",
    switches: [{ name: "view", label: "Show", type: "choice", options: [[ALL, `every frame, all ${data.groupWord}`], ...whole_.map((row) => [row.frame, `${data.frameName(row.frame)}, by ${data.by}`])] }],
    draw: (width, how) => divergingBars(bars(how), VOICES, 4, width),
    head: ["frame", data.by, "n", ...VOICES, "own_low", "own_high"],
    rows: () => rows.map((row) => ({ cells: [row.frame, row.group, row.n, ...counts(row), row.own_low, row.own_high], n: 2, filter: { frame: row.frame, group: row.group } })),
  };
}

// Counts of pairs as a matrix: the largest rows and columns, the rest in the CSV file.
// The same hits; an actor who is not firm counts as not said.
function firmly(rows) {
  return rows.flatMap((row) => {
    const both = row.agent !== NONE && row.target !== NONE ? row.n_firm : 0;
    const [agent, target] = [row.n_agent_firm - both, row.n_target_firm - both];
    const of = (agent, target, n) => ({ agent, target, n });
    return [of(row.agent, row.target, both), of(row.agent, NONE, agent), of(NONE, row.target, target), of(NONE, NONE, row.n - both - agent - target)].filter((one) => one.n > 0);
  });
}

function whom(data) {
  const all = rowsOf(data.tables.frame_targets);
  if (all.length === 0) return null;
  const whole_ = all.filter((row) => row.group === ALL);
  const sum = (rows, of) => rows.reduce((n, row) => n + of(row), 0);
  const total = sum(whole_, (row) => row.n);
  // How many of the answers that were given are firm.
  const sure = (role, column) => percent(sum(whole_, (row) => row[column]), sum(whole_.filter((row) => row[role] !== NONE), (row) => row.n));
  const pairs = firmly(whole_).filter((row) => row.agent !== NONE && row.target !== NONE);
  const ofPair = new Map();
  for (const row of pairs) ofPair.set(row.agent + " " + row.target, (ofPair.get(row.agent + " " + row.target) ?? 0) + row.n);
  const most = [...ofPair].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0].split(" ");
  const name = (code) => (code === NONE ? "not said" : data.actorName(code));
  const framesIn = [...new Set(all.map((row) => row.frame))];
  return {
    id: "whom", source: "frame_targets.csv",
    title: most
      ? `Most often ${name(most[0])} does it to ${name(most[1])}; both are sure in ${percent(sum(pairs, (row) => row.n), total)} of the framing hits`
      : "In no framing hit is it sure both who does it and to whom",
    note: `Rows: who does it. Columns: to whom it is done. Counted are firm answers, ${sure("agent", "n_agent_firm")} of the doers and ${sure("target", "n_target_firm")} of the targets that were given; what is less sure counts as not said here, like what the sentence does not show.`,
    switches: [
      { name: "group", label: data.By, type: "choice", options: groupsOf(data).reverse().map((group) => [group, shown(data, group)]) },
      { name: "frame", label: "Frame", type: "choice", options: [["", "all frames"], ...framesIn.map((code) => [code, data.frameName(code)])] },
      { name: "unsure", label: "Answers that are less sure, too", type: "check" },
    ],
    draw: (width, how) => {
      const group = how.group || ALL;
      const chosen = all.filter((row) => row.group === group && (!how.frame || row.frame === how.frame));
      const rows = how.unsure ? chosen : firmly(chosen);
      const { rowNames, columnNames, cells } = crossed(rows, "agent", "target", 10);
      return matrix({
        corner: "who ↓ to whom →", width, rows: rowNames.map(name), columns: columnNames.map(name), ids: [rowNames, columnNames],
        cells: cells.map((line, r) => line.map((n, c) => ({ value: n, plain: rowNames[r] === NONE || columnNames[c] === NONE, text: n ? whole(n) : "", n, filter: { layer: "frame", frame: how.frame, group, agent: rowNames[r], target: columnNames[c], roles: how.unsure ? undefined : "firm" } }))),
      });
    },
    head: ["frame", "agent", "target", data.by, "n", "n_firm", "firm_share"],
    rows: () => all.map((row) => ({ cells: [row.frame, row.agent, row.target, row.group, row.n, row.n_firm, row.firm_share], n: 4, filter: { frame: row.frame, agent: row.agent, target: row.target, group: row.group } })),
  };
}

function sourcing(data) {
  const all = rowsOf(data.tables.speakers);
  if (all.length === 0) return null;
  const { columnNames } = crossed(all, "group", "speaker", 9);
  const order = groupsOf(data).filter((group) => all.some((row) => row.group === group));
  const of = (group) => all.filter((row) => row.group === group).reduce((n, row) => n + row.n, 0);
  const first = columnNames.filter((name) => name !== NONE)[0];
  const name = (code) => (code === NONE ? "no speaker named" : data.actorName(code));
  return {
    id: "sourcing", source: "speakers.csv",
    title: first === undefined ? "No speaker is named where a framing term is not the article’s own" : `${name(first)} is heard most often where a framing term is not the article’s own`,
    note: "Share of the framing hits in somebody’s words, by speaker; the number beneath is hits.",
    switches: [],
    draw: (width) => matrix({
      corner: data.by + " ↓ speaker →", width, rows: order.map((group) => shown(data, group)), columns: columnNames.map(name), ids: [order, columnNames],
      cells: order.map((group) => columnNames.map((speaker) => {
        const n = all.filter((row) => row.group === group && row.speaker === speaker).reduce((sum, row) => sum + row.n, 0);
        return { value: of(group) ? n / of(group) : 0, text: n ? percent(n, of(group)) : "", small: n ? whole(n) : "", n, filter: { layer: "frame", speaker, group } };
      })),
    }),
    head: ["speaker", "frame", data.by, "n"],
    rows: () => all.map((row) => ({ cells: [row.speaker, row.frame, row.group, row.n], n: 3, filter: { speaker: row.speaker, frame: row.frame, group: row.group } })),
  };
}

// Whose words the articles quote, with a framing term in them or without.
function quoted(data) {
  const all = rowsOf(data.tables.sourcing).filter((row) => row.speaker !== "(all)");
  const name = (code) => (code === NONE ? "no speaker named" : data.actorName(code));
  const ofSpeaker = (speaker, group) => ({ layer: "quotation", speaker, group });
  const total = (panel) => panel.get(ALL)?.words_quoted ?? 0;
  const panels = new Map();
  for (const row of all) {
    if (!panels.has(row.speaker)) panels.set(row.speaker, new Map());
    panels.get(row.speaker).set(row.group, row);
  }
  const made = [...panels].filter(([, panel]) => total(panel) > 0)
    .sort(([a, x], [b, y]) => (a === NONE) - (b === NONE) || total(y) - total(x) || (a < b ? -1 : 1))
    .map(([code, panel]) => ({
      code, title: name(code),
      rows: groupsOf(data).filter((group) => panel.has(group)).map((group) => {
        const row = panel.get(group);
        const cut = (value) => (value === null ? null : 100 * value);
        const says = `${whole(row.words_quoted)} of ${whole(row.words_quoted_all)} quoted words, in ${whole(row.n_quotations)} quotations`;
        return { label: shown(data, group), value: cut(row.share), low: cut(row.share_low), high: cut(row.share_high), n: row.n_quotations, whole: group === ALL, group, says, filter: ofSpeaker(code, group) };
      }),
    }));
  const first = made.find((panel) => panel.code !== NONE);
  return {
    id: "quoted", source: "sourcing.csv",
    title: first ? `${first.title} is quoted at greatest length: ${number(first.rows.at(-1).value, 0)} % of the quoted words` : "No quotation names its speaker",
    note: `Dot: per cent of all words in direct quotations. Line: 95 % interval over articles; an arrow where it goes on. Ring: all ${data.groupWord} together. A number opens the quotations; \`--only quotations\` writes them as a table.`,
    switches: made.length > MOST_PANELS ? [{ name: "all", label: `All ${made.length} panels`, type: "check" }] : [],
    draw: (width, how) => dotPanels(how.all ? made : made.slice(0, MOST_PANELS), width, { ...how, common: true }),
    head: ["speaker", data.by, "n_quotations", "n_attributed", "words_quoted", "words_quoted_all", "share", "share_low", "share_high"],
    rows: () => all.map((row) => ({ cells: [row.speaker, row.group, row.n_quotations, row.n_attributed, row.words_quoted, row.words_quoted_all, row.share, row.share_low, row.share_high], n: 2, filter: ofSpeaker(row.speaker, row.group) })),
  };
}

function naming(data) {
  const all = rowsOf(data.tables.naming).filter((row) => row.n > 0);
  const totals = new Map();
  for (const row of all) if (row.group === ALL) totals.set(row.pair, (totals.get(row.pair) ?? 0) + row.n);
  const pairs = [...totals].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([pair]) => pair);
  if (pairs.length === 0) return null;
  const object = (pair) => all.find((row) => row.pair === pair).object;
  const parts = (pair) => [...new Set(all.filter((row) => row.pair === pair).map((row) => row.pole))].sort();
  const bars = (pair) => groupsOf(data).map((group) => {
    const poles = parts(pair);
    const counts = poles.map((pole) => all.filter((row) => row.pair === pair && row.group === group && row.pole === pole).reduce((n, row) => n + row.n, 0));
    return { label: shown(data, group), counts, n: counts.reduce((a, b) => a + b, 0), filter: { pair, group } };
  }).filter((bar) => bar.n > 0);
  return {
    id: "naming", source: "naming.csv",
    title: `Of the contested names, those of “${object(pairs[0])}” occur most often: ${whole(totals.get(pairs[0]))} times`,
    note: "Objects with several names, each of which takes a side. A pole says whose usage a name is; the numbers are hits.",
    switches: [{ name: "pair", label: "Object", type: "choice", options: pairs.map((pair) => [pair, `${object(pair)} (${pair})`]) }],
    draw: (width, how) => shareBars(bars(how.pair || pairs[0]), parts(how.pair || pairs[0]), "pole", width),
    head: ["pair", "object", "pole", "variant", data.by, "n", "n_pair", "share"],
    rows: () => all.map((row) => ({ cells: [row.pair, row.object, row.pole, row.variant, row.group, row.n, row.n_pair, row.share], n: 5, filter: { pair: row.pair, pole: row.pole, variant: row.variant, group: row.group } })),
  };
}

function trend(data) {
  const all = rowsOf(data.tables.trend);
  const terms = ["(all)", "(loaded)", "(neutral)"].filter((term) => all.some((row) => row.term === term));
  const months = [...new Set(all.map((row) => row.month))].filter((month) => /^\d{4}-\d\d$/.test(month)).sort();
  if (months.length < 2) return null;
  const inGroup = (group) => all.filter((row) => row.group === group && months.includes(row.month));
  const panelsOf = (group, term = "(all)") => byMonth(inGroup(group).filter((row) => row.term === term), months, (code) => data.frameName(code));
  const groups = groupsOf(data).reverse().filter((group) => inGroup(group).length > 0);
  const top = panelsOf(ALL)[0];
  if (!top) return null;
  return {
    id: "trend", source: "trend.csv",
    title: peak(top, months),
    note: "Framing terms per 1,000 counted words of the month’s articles; the bar is the 95 % interval, with an arrow where it goes on. A month without articles breaks the line. A broken line is the level between two changes that months in random order rarely show (p below 0.05). All panels have one scale.",
    switches: [{ name: "group", label: data.By, type: "choice", options: groups.map((group) => [group, shown(data, group)]) }, ...(terms.length > 1 ? [{ name: "term", label: "Terms", type: "choice", options: terms.map((term) => [term, term.slice(1, -1)]) }] : [])],
    draw: (width, how) => trendPanels(panelsOf(how.group || ALL, how.term || "(all)").slice(0, 9), months, width),
    head: ["month", "frame", "term", data.by, "n", "words", "per_1000", "per_1000_low", "per_1000_high", "level", "change_p"],
    rows: () => all.filter((row) => row.words > 0).map((row) => ({ cells: [row.month, row.frame, row.term, row.group, row.n, row.words, row.per_1000, row.per_1000_low, row.per_1000_high, row.level, row.change_p], n: 4, filter: monthFilter(row) })),
  };
}

function monthFilter(row) {
  return { frame: row.frame, ...(row.term === "(all)" ? {} : { force: row.term.slice(1, -1) }), month: row.month, group: row.group };
}

function peak(panel, months) {
  const points = panel.points.filter((point) => point && point.value !== null);
  const highest = points.reduce((best, point) => (point.value > best.value ? point : best), points[0]);
  return `From ${months[0]} to ${months.at(-1)}: “${panel.title}” is highest in ${highest.month}, with ${number(highest.value, 1)} per 1,000 words`;
}

function byMonth(rows, months, nameOf) {
  const panels = new Map();
  for (const row of rows) {
    if (!panels.has(row.frame)) panels.set(row.frame, new Map());
    panels.get(row.frame).set(row.month, row);
  }
  const total = (panel) => [...panel.values()].reduce((n, row) => n + row.n, 0);
  return [...panels].filter(([, panel]) => total(panel) > 0).sort(([a, x], [b, y]) => total(y) - total(x) || (a < b ? -1 : 1)).map(([code, panel]) => ({
    title: nameOf(code),
    points: months.map((month) => {
      const row = panel.get(month);
      return row && row.words > 0 ? { month, value: row.per_1000, low: row.per_1000_low, high: row.per_1000_high, level: row.level, change: row.change_p, n: row.n, filter: monthFilter(row) } : null;
    }),
  }));
}

export function figures(data) {
  const made = [frames, voices, corrected, agreement, whom, sourcing, quoted, naming, trend, actors, together, near, contrasts, alike, keyness];
  return made.map((make) => make(data)).filter((figure) => figure !== null && figure.rows().length > 0);
}
