"use strict";
// What is written and marked over a three-dimensional view, in SVG: numbers and names along two edges
// of the floor, heights above the corner furthest to the left, minima, start and the marks of the
// walks, faint where something lies before them.
const solidWords = (svg, eye, sight, lift, paper) => {
  const { element } = signs;
  const corners = [[0, 0], [1, 0], [1, 1], [0, 1]];
  const letters = (kind) => ({ class: kind, "font-size": kind === "axis" ? 13 : 12, fill: paper.css("--soft"), ...(kind === "axis" ? { "font-style": "italic" } : {}) });
  const stroke = (parent, a, b) => element(parent, "line", { x1: a[0], y1: a[1], x2: b[0], y2: b[1], stroke: paper.css("--soft") });
  const beside = (x) => (Math.abs(x) < 0.35 ? "middle" : x > 0 ? "start" : "end");

  // Along the edge where `axis` runs, at an end of the other one.
  const edge = (axes, map, axis, end) => {
    const at = (share) => eye.pixel(sight.vector(axis === 0 ? [share, end] : [end, share], 0));
    const middle = eye.pixel(sight.vector([0.5, 0.5], 0));
    const [a, b, half] = [at(0), at(1), at(0.5)];
    // Outwards from the edge, a pixel long.
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    let out = [(b[1] - a[1]) / length, (a[0] - b[0]) / length];
    if (out[0] * (half[0] - middle[0]) + out[1] * (half[1] - middle[1]) < 0) out = out.map((v) => -v);
    const beyond = (p, by) => [p[0] + by * out[0], p[1] + by * out[1]];
    for (const { value, text } of surface.ticks(map.low[axis], map.high[axis], 5)) {
      const p = at((value - map.low[axis]) / (map.high[axis] - map.low[axis]));
      stroke(axes, p, beyond(p, 4));
      const [x, y] = beyond(p, 8);
      element(axes, "text", { ...letters("tick"), x, y: y + 4 + 5 * Math.max(0, out[1]), "text-anchor": beside(out[0]) }, text);
    }
    const [x, y] = beyond(half, 28 + 10 * Math.abs(out[0]));
    element(axes, "text", { ...letters("axis"), x, y: y + 5, "text-anchor": "middle" }, map.names[axis]);
  };
  const heights = (axes, map) => {
    if (map.scale.low === map.scale.high) return;
    const corner = corners.reduce((best, p) => (eye.pixel(sight.vector(p, 0))[0] < eye.pixel(sight.vector(best, 0))[0] ? p : best));
    const at = (part) => eye.pixel(sight.vector(corner, part));
    stroke(axes, at(0), at(1));
    for (const part of [0.25, 0.5, 0.75, 1]) {
      const [x, y] = at(part);
      stroke(axes, [x - 4, y], [x, y]);
      element(axes, "text", { ...letters("tick"), x: x - 7, y: y + 4, "text-anchor": "end" }, surface.heightText(map.scale, part));
    }
    const [x, y] = at(1);
    element(axes, "text", { ...letters("axis"), x, y: y - 9, "text-anchor": "middle" }, "f");
  };
  const marks = (group, shown) => {
    const { map } = shown;
    const place = (p) => eye.pixel(sight.on(map, p, lift));
    const layer = (p, kind) => element(group, "g", { class: kind, opacity: sight.hides(map, p, eye.camera.position) ? 0.3 : 1 });
    const stars = shown.stars();
    stars.forEach(({ at, global }) => {
      const star = layer(at, "minimum");
      signs.minimum(star, place(at), global, paper);
      if (stars.length === 1) signs.name(star, place(at), "minimum", paper, 12);
    });
    if (shown.start !== null) {
      const p = surface.inBox(map, shown.start);
      const ring = layer(p, "start");
      signs.start(ring, place(p), paper);
      signs.name(ring, place(p), "start", paper, 11);
    }
    shown.each((walk, way, i) => {
      const { at, inside } = way.marks[i];
      const how = { colour: shown.colour(walk), inside, ended: ways.ended(walk, shown.step) };
      const head = signs.head(layer(at, "head"), place(at), walk, how, paper);
      head.setAttribute("data-walk", walk.label);
    });
  };

  const groups = [element(svg, "g", { class: "axes" }), element(svg, "g", { class: "marks" })];
  return (shown, size) => {
    svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    groups.forEach((group) => group.replaceChildren());
    // The two edges of the floor that are nearest to the eye.
    edge(groups[0], shown.map, 0, eye.camera.position.z > 0 ? 0 : 1);
    edge(groups[0], shown.map, 1, eye.camera.position.x > 0 ? 1 : 0);
    heights(groups[0], shown.map);
    marks(groups[1], shown);
  };
};
