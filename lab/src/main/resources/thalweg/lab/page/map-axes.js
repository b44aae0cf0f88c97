"use strict";
// The axes of a map: its frame, round numbers along it, the names of the coordinates.
const mapAxes = (axes, view, map, paper, small) => {
  axes.replaceChildren();
  const { pixel } = view;
  const { left, top, width, height } = view.plot();
  const [low, high] = [surface.place(map, view.low), surface.place(map, view.high)];
  const soft = paper.css("--soft");
  signs.element(axes, "rect", { x: left, y: top, width, height, fill: "none", stroke: soft, "stroke-opacity": 0.6 });
  const label = { fill: soft, "font-size": small ? 10 : 12 };
  for (const { value, text } of surface.ticks(low[0], high[0], small ? 2 : Math.max(3, width / 90))) {
    const [x] = pixel(surface.inBox(map, [value, low[1]]));
    signs.element(axes, "line", { x1: x, x2: x, y1: top + height, y2: top + height + 4, stroke: soft });
    signs.element(axes, "text", { ...label, x, y: top + height + (small ? 14 : 17), "text-anchor": "middle" }, text);
  }
  for (const { value, text } of surface.ticks(low[1], high[1], small ? 3 : Math.max(3, height / 70))) {
    const y = pixel(surface.inBox(map, [low[0], value]))[1];
    signs.element(axes, "line", { x1: left - 4, x2: left, y1: y, y2: y, stroke: soft });
    const wide = text.length > 6 ? { textLength: 38, lengthAdjust: "spacingAndGlyphs" } : {};
    signs.element(axes, "text", { ...label, ...wide, x: left - 7, y: y + 4, "text-anchor": "end" }, text);
  }
  const name = { fill: soft, "font-size": small ? 11 : 13, "font-style": "italic" };
  signs.element(axes, "text", { ...name, x: left + width / 2, y: view.size.height - (small ? 5 : 6), "text-anchor": "middle" }, map.names[0]);
  signs.element(axes, "text", { ...name, x: 8, y: top + height / 2, "text-anchor": "middle" }, map.names[1]);
};
