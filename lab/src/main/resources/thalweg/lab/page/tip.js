"use strict";
// The numbers of the place that is pointed at, beside it. Views tell it by onHover: null, or { walk, i,
// step, left, top } for place i of a way, or { place, height, left, top } elsewhere, with the height
// as it is written; of(walk) gives { walk, i } with its numbers and the number of its look.
const tip = (view, node, of) => {
  const { figure } = page;
  const box = document.createElement("div");
  box.className = "tip";
  box.setAttribute("role", "status");
  box.hidden = true;
  node.append(box);

  const pairs = (rows) => `<dl>${rows.map(([name, value]) => `<dt>${page.text(name)}</dt><dd>${value}</dd>`).join("")}</dl>`;
  const place = (x) => `(${x.slice(0, 4).map((v) => figure(v)).join(", ")}${x.length > 4 ? ", …" : ""})`;
  const ground = (what) => pairs([["at", place(what.place)], ["height", what.height === null ? "not defined" : /^[≤≥]/.test(what.height) ? what.height : `about ${what.height}`]]);
  const told = ({ walk: number, i, step }) => {
    const { walk, i: look } = of(number);
    const rows = [["step", step], ["at", place(walk.x[i])], ["loss", figure(walk.loss[i])], ["gradient norm", figure(walk.gradient_norm[i])]];
    if (i > 0) rows.push(["effective rate", figure(walk.rate[i])]);
    if (walk.lr?.length > 0) rows.push(["learning rate", figure(walk.lr[i])]);
    return `<b>${page.swatch(look)} ${page.text(walk.label)}</b>${pairs(rows)}`;
  };
  view.onHover = (what) => {
    box.hidden = what === null;
    if (what === null) return;
    box.innerHTML = what.walk === undefined ? ground(what) : told(what);
    const left = what.left > node.clientWidth / 2;
    const low = what.top > node.clientHeight / 2;
    box.style.left = `${what.left}px`;
    box.style.top = `${what.top}px`;
    box.style.transform = `translate(${left ? "calc(-100% - 14px)" : "14px"}, ${low ? "calc(-100% - 6px)" : "6px"})`;
  };
};
