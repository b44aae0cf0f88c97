"use strict";
// The signs on a surface, in SVG, and what they mean.
//
//   signs.start(parent, [x, y], paper, small);
//   signs.minimum(parent, [x, y], global, paper, small);
//   signs.head(parent, [x, y], walk, how, paper, small);   how: { colour, inside, ended }
//   signs.name(parent, [x, y], words, paper, near);        near: pixels to the right, or left if below 0
//   signs.key(node, shown, paper);                         those that are shown, with their meaning
const signs = (() => {
  const names = "http://www.w3.org/2000/svg";
  const star = "M12 0L15 8.5H24L17 14L19.5 23L12 17.7L4.5 23L7 14L0 8.5H9Z";
  const cross = "M-6-6L6 6M6-6L-6 6";
  const ring = "M4 12A8 8 0 1 1 20 12A8 8 0 1 1 4 12Z";
  const square = "M-4-4H4V4H-4Z";

  const element = (parent, kind, attributes, text) => {
    const made = document.createElementNS(names, kind);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text !== undefined) made.textContent = text;
    parent.append(made);
    return made;
  };
  const start = (parent, [x, y], paper, small = false) =>
    element(parent, "circle", { cx: x, cy: y, r: small ? 3 : 5.5, fill: paper.css("--card"), stroke: paper.css("--ink"), "stroke-width": small ? 1.5 : 2 });
  const minimum = (parent, [x, y], global, paper, small = false) => {
    const [ink, card] = [paper.css("--ink"), paper.css("--card")];
    const look = global ? { fill: ink, stroke: card, "stroke-width": 2 } : { fill: card, stroke: ink, "stroke-width": 1.8 };
    element(parent, "path", { d: star, transform: `translate(${x} ${y}) scale(${small ? 0.46 : 0.72}) translate(-12 -12)`, "paint-order": "stroke", ...look });
  };
  const head = (parent, [x, y], walk, { colour, inside, ended }, paper, small = false) => {
    const card = paper.css("--card");
    const mark = element(parent, "g", { transform: `translate(${x} ${y})${small && ended !== null ? " scale(.75)" : ""}` });
    const outline = { left: cross, undefined: square }[ended];
    if (outline === undefined) {
      const marker = inside ? walk.look.marker : ring;
      const look = inside ? { fill: colour, stroke: card, "stroke-width": 2 } : { fill: card, stroke: colour, "stroke-width": 3.5 };
      element(mark, "path", { d: marker, transform: `scale(${small ? 0.42 : 0.6}) translate(-12 -12)`, ...look });
    } else {
      const width = ended === "left" ? 3 : 2.2;
      element(mark, "path", { d: outline, stroke: card, "stroke-width": width + 3, fill: "none" });
      element(mark, "path", { d: outline, stroke: colour, "stroke-width": width, fill: "none" });
    }
    return mark;
  };
  const name = (parent, [x, y], words, paper, near) =>
    element(parent, "text", { x: x + near, y: y + 4, "text-anchor": near > 0 ? "start" : "end", "font-size": 12, fill: paper.css("--ink"), stroke: paper.css("--card"), "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" }, words);

  // In words, of a walk whose mark is drawn so.
  const says = (walk, { inside, ended }) => {
    const at = ` at step ${walk.left_at}`;
    if (ended === "left") return `, left for good${at}`;
    if (ended === "undefined") return `, ends where f is undefined${at}`;
    return inside ? "" : ", outside the picture";
  };

  const middle = [9, 9];
  const soft = (paper) => ({ colour: paper.css("--soft"), inside: true, ended: null });
  const meanings = (shown, paper) => {
    const stars = shown.stars();
    const ends = shown.walks.map((walk) => ways.ended(walk, Infinity));
    const outside = shown.ways.some((way) => way.marks.some((mark) => !mark.inside));
    return [
      [shown.start !== null, "start", (svg) => start(svg, middle, paper)],
      [stars.some((s) => s.global), stars.length > 1 ? "global minimum" : "minimum", (svg) => minimum(svg, middle, true, paper)],
      [stars.some((s) => !s.global), "local minimum", (svg) => minimum(svg, middle, false, paper)],
      [outside, "outside the picture at this step", (svg) => head(svg, middle, null, { ...soft(paper), inside: false }, paper)],
      [ends.includes("left"), "left for good", (svg) => head(svg, middle, null, { ...soft(paper), ended: "left" }, paper)],
      [ends.includes("undefined"), "ends where f is undefined", (svg) => head(svg, middle, null, { ...soft(paper), ended: "undefined" }, paper)],
    ];
  };
  const key = (node, shown, paper) => {
    node.replaceChildren();
    for (const [is, words, draw] of meanings(shown, paper)) {
      if (!is) continue;
      const entry = document.createElement("span");
      draw(element(entry, "svg", { width: 18, height: 18, viewBox: "0 0 18 18", "aria-hidden": "true" }));
      entry.append(words);
      node.append(entry);
    }
  };

  return { element, start, minimum, head, name, says, key };
})();
