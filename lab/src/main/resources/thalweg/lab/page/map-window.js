"use strict";
// Which part of the box a map shows, and where in it a place is: shares of the box to pixels and back.
const mapWindow = (margin) => {
  const most = 2000; // times nearer than the whole box
  let size = { width: 0, height: 0 };
  let scale = 1;
  let low = [0, 0];

  const plot = () => ({ left: margin.left, top: margin.top, width: size.width - margin.left - margin.right, height: size.height - margin.top - margin.bottom });
  const pixel = (p) => [margin.left + (p[0] - low[0]) * scale * plot().width, margin.top + (1 - (p[1] - low[1]) * scale) * plot().height];
  const unpixel = (x, y) => [low[0] + (x - margin.left) / plot().width / scale, low[1] + (1 - (y - margin.top) / plot().height) / scale];
  const to = (nearer, corner) => {
    scale = nearer;
    low = corner.map((v) => Math.min(Math.max(v, 0), 1 - 1 / scale));
  };
  return {
    plot,
    pixel,
    unpixel,
    // By a factor, a pixel staying where it is: the middle unless said.
    zoom: (factor, at = [margin.left + plot().width / 2, margin.top + plot().height / 2]) => {
      const p = unpixel(...at);
      const nearer = Math.min(Math.max(scale * factor, 1), most);
      to(nearer, [0, 1].map((axis) => p[axis] - ((p[axis] - low[axis]) * scale) / nearer));
    },
    // So many pixels to the right and down.
    pan: (x, y) => to(scale, [low[0] - x / plot().width / scale, low[1] + y / plot().height / scale]),
    fit: () => to(1, [0, 0]),
    set size(value) {
      size = value;
    },
    get size() {
      return size;
    },
    get low() {
      return low;
    },
    get high() {
      return low.map((v) => v + 1 / scale);
    },
    get nearer() {
      return scale;
    },
    shows: (p) => p.every((v, axis) => v >= low[axis] - 1e-9 && v <= low[axis] + 1 / scale + 1e-9),
  };
};
