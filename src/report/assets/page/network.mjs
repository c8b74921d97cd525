// Actors that are named together. The layout is computed from the edges alone, so it is the same each time.
import { s, svg, text, opens } from "./dom.mjs";
import { clip, whole } from "./scale.mjs";

const ROUNDS = 300;

export function network(edges, nameOf, opening, width) {
  const codes = [...new Set(edges.flatMap((edge) => [edge.a, edge.b]))].sort();
  const size = new Map(codes.map((code) => [code, 0]));
  for (const edge of edges) {
    size.set(edge.a, Math.max(size.get(edge.a), edge.n_a ?? edge.observed));
    size.set(edge.b, Math.max(size.get(edge.b), edge.n_b ?? edge.observed));
  }
  const largest = Math.max(1, ...size.values());
  const most = Math.max(1, ...edges.map((edge) => edge.observed));
  const nodes = codes.map((code) => {
    const name = clip(nameOf(code), width < 560 ? 14 : 20);
    return { code, name, units: size.get(code), radius: 4 + 14 * Math.sqrt(size.get(code) / largest), half: name.length * 3.5 + 4 };
  });
  const height = Math.max(340, Math.min(640, 26 * nodes.length));
  place(nodes, edges.map((edge) => ({ a: codes.indexOf(edge.a), b: codes.indexOf(edge.b), pull: 0.35 + 0.65 * Math.sqrt(edge.observed / most) })), width, height);
  const picture = svg(width, height, "Network of actors");
  for (const edge of edges) {
    const [a, b] = [nodes[codes.indexOf(edge.a)], nodes[codes.indexOf(edge.b)]];
    const says = `${nameOf(edge.a)} and ${nameOf(edge.b)} (${edge.a}, ${edge.b}): together in ${whole(edge.observed)}, expected ${edge.expected === null ? "–" : edge.expected.toFixed(1)}`;
    const line = s("line", { x1: a.x.toFixed(1), y1: a.y.toFixed(1), x2: b.x.toFixed(1), y2: b.y.toFixed(1), "stroke-width": (1 + 7 * (edge.observed / most)).toFixed(1), class: "edge" });
    const filter = opening(edge);
    picture.append(filter ? opens(s("g", {}, line), filter, says, edge.observed) : s("g", {}, s("title", {}, says), line));
  }
  for (const node of nodes) {
    const mark = s("g", {}, s("circle", { cx: node.x.toFixed(1), cy: node.y.toFixed(1), r: node.radius.toFixed(1), class: "node" }), text(node.x, node.y + node.radius + 12, node.name, { class: "label halo", "text-anchor": "middle" }));
    const filter = edges[0] && opening(edges[0]) && edges[0].n_a !== undefined ? { both: `actor:${node.code}` } : null;
    const says = `${nameOf(node.code)} (${node.code}): in ${whole(node.units)}`;
    picture.append(filter ? opens(mark, filter, says, node.units) : (mark.prepend(s("title", {}, says)), mark));
  }
  return picture;
}

// Fruchterman and Reingold (1991) from a circle; then boxes of circle and label are moved apart.
export function place(nodes, edges, width, height) {
  const n = nodes.length;
  nodes.forEach((node, at) => {
    const angle = (at / n) * 2 * Math.PI + 0.3 * (at % 3);
    [node.x, node.y] = [width / 2 + (width / 3) * Math.cos(angle), height / 2 + (height / 3) * Math.sin(angle)];
  });
  const ideal = 0.7 * Math.sqrt((width * height) / Math.max(1, n));
  let heat = width / 8;
  for (let round = 0; round < ROUNDS; round += 1) {
    const moves = nodes.map((node) => [(width / 2 - node.x) * 0.25, (height / 2 - node.y) * 0.4]);
    const push = (a, b, force) => {
      const [dx, dy] = [nodes[a].x - nodes[b].x, nodes[a].y - nodes[b].y];
      const far = Math.max(0.5, Math.hypot(dx, dy));
      const by = force(far) / far;
      moves[a][0] += dx * by; moves[a][1] += dy * by;
      moves[b][0] -= dx * by; moves[b][1] -= dy * by;
    };
    for (let a = 0; a < n; a += 1) for (let b = a + 1; b < n; b += 1) push(a, b, (far) => (ideal * ideal) / far);
    for (const edge of edges) push(edge.a, edge.b, (far) => (-far * far / ideal) * edge.pull);
    nodes.forEach((node, at) => {
      const length = Math.max(1e-9, Math.hypot(...moves[at]));
      const step = Math.min(length, heat);
      node.x += (moves[at][0] / length) * step;
      node.y += (moves[at][1] / length) * step;
    });
    heat = Math.max(0.5, heat * 0.98);
  }
  stretch(nodes, "x", width, 60);
  stretch(nodes, "y", height, 28);
  for (let round = 0; round < 200 && part(nodes, width, height); round += 1);
}

function stretch(nodes, axis, size, margin) {
  const values = nodes.map((node) => node[axis]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  for (const node of nodes) node[axis] = margin + ((node[axis] - low) / Math.max(1, high - low)) * (size - 2 * margin);
}

// Moves boxes that overlap apart, along the shorter way; says whether there were any.
function part(nodes, width, height) {
  let moved = false;
  const box = (node) => ({ w: Math.max(node.radius, node.half), h: node.radius + 9 });
  for (let a = 0; a < nodes.length; a += 1) {
    for (let b = a + 1; b < nodes.length; b += 1) {
      const [p, q, x, y] = [box(nodes[a]), box(nodes[b]), nodes[a].x - nodes[b].x, nodes[a].y - nodes[b].y];
      const [overX, overY] = [p.w + q.w - Math.abs(x), p.h + q.h - Math.abs(y)];
      if (overX <= 0 || overY <= 0) continue;
      moved = true;
      const axis = overX < overY ? "x" : "y";
      const by = ((axis === "x" ? overX : overY) / 2 + 0.5) * ((axis === "x" ? x : y) < 0 ? -1 : 1);
      nodes[a][axis] += by;
      nodes[b][axis] -= by;
    }
  }
  for (const node of nodes) {
    const { w } = box(node);
    node.x = Math.min(width - w - 2, Math.max(w + 2, node.x));
    node.y = Math.min(height - node.radius - 18, Math.max(node.radius + 4, node.y));
  }
  return moved;
}
