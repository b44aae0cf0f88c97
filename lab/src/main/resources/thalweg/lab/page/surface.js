"use strict";
// What the map and the three-dimensional view of a surface have in common: heights, colours, ways.
//
// A surface is an object of format map/1. A walk is { label, look, x, every, last, left_at }: the
// places x[0], x[1], ... are those after 0, every, 2 every, ... updates, the last one after `last`;
// left_at is the update after which it was no longer anywhere, or null. A look is { light, dark,
// dash, marker }. Paper is { dark(), css(name) }: is it dark, and what is a colour of the style.
const surface = (() => {
  const none = 65535;
  const whole = 65534;
  const across = 5000;

  const known = new WeakMap();
  const read = (map) => {
    if (!known.has(map)) known.set(map, decoded(map));
    return known.get(map);
  };
  const decoded = (map) => {
    const bytes = Uint8Array.from(atob(map.shares), (c) => c.charCodeAt(0));
    const shares = new Float32Array(bytes.length / 2);
    for (let i = 0; i < shares.length; i++) {
      const v = bytes[2 * i] + 256 * bytes[2 * i + 1];
      shares[i] = v === none ? NaN : v / whole;
    }
    const lines = map.contours.map((contour) => ({ height: contour.height, lines: contour.lines.map((line) => points(map, line)) }));
    return { ...map, shares, contours: lines };
  };
  // In shares of the box.
  const points = (map, line) => {
    const found = [];
    let x = 0;
    let y = 0;
    for (let i = 0; i < line.length; i += 2) {
      x += line[i];
      y += line[i + 1];
      found.push([x / across, y / across]);
    }
    return found;
  };

  // Where a height lies on the scale, and the height that lies there.
  const share = ({ low, high, knee }, height) => {
    const above = Math.min(Math.max(height - low, 0), high - low);
    return above === 0 ? 0 : Math.log1p(above / knee) / Math.log1p((high - low) / knee);
  };
  const height = ({ low, high, knee }, part) => low + knee * Math.expm1(part * Math.log1p((high - low) / knee));

  // A place in shares of the box: 0 to 1 is inside.
  const inBox = (map, place) => [0, 1].map((axis) => (place[axis] - map.low[axis]) / (map.high[axis] - map.low[axis]));
  const isInside = (p) => p[0] >= 0 && p[0] <= 1 && p[1] >= 0 && p[1] <= 1;

  const rgb = (colour) => [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
  // Red, green and blue of a share, 0 to 255.
  const ramp = (map, dark) => {
    const colours = (dark ? map.dark : map.light).map(rgb);
    const last = colours.length - 1;
    return (part) => {
      const at = Math.min(Math.max(part, 0), 1) * last;
      const i = Math.min(Math.floor(at), last - 1);
      return [0, 1, 2].map((c) => colours[i][c] + (at - i) * (colours[i + 1][c] - colours[i][c]));
    };
  };

  // The place of x after k updates, or the last there is; and the updates of a place.
  const index = (walk, k) => (k >= walk.last ? walk.x.length - 1 : Math.min(Math.floor(k / walk.every), walk.x.length - 2));
  const step = (walk, i) => Math.min(i * walk.every, walk.last);

  // The part of a piece from a to b that is within the box, as shares of the piece; null if none.
  const within = (a, b) => {
    let from = 0;
    let to = 1;
    for (let axis = 0; axis < 2; axis++) {
      const d = b[axis] - a[axis];
      if (d === 0) {
        if (a[axis] < 0 || a[axis] > 1) return null;
        continue;
      }
      const s = [-a[axis] / d, (1 - a[axis]) / d].sort((p, q) => p - q);
      from = Math.max(from, s[0]);
      to = Math.min(to, s[1]);
    }
    return from <= to ? [from, to] : null;
  };
  const between = (a, b, s) => [a[0] + s * (b[0] - a[0]), a[1] + s * (b[1] - a[1])];

  // A walk as pieces [from, to, i] within the box, i the place they lead to, and for each place where
  // its mark is drawn: there, or where the way last left the box.
  const way = (map, walk) => {
    const places = walk.x.map((x) => inBox(map, x));
    const pieces = [];
    const marks = [];
    let exit = null;
    places.forEach((p, i) => {
      const inside = isInside(p);
      if (i > 0) {
        const part = within(places[i - 1], p);
        if (part !== null) {
          pieces.push([between(places[i - 1], p, part[0]), between(places[i - 1], p, part[1]), i]);
          if (!inside) exit = between(places[i - 1], p, part[1]);
        }
      }
      marks.push({ at: inside ? p : (exit ?? p.map((v) => Math.min(Math.max(v, 0), 1))), inside });
    });
    return { places, pieces, marks };
  };
  // Whether it has gone for good after k updates.
  const gone = (walk, k) => walk.left_at !== null && k >= walk.left_at;

  // Round numbers from low to high, about as many as asked.
  const ticks = (low, high, count) => {
    const rough = (high - low) / count;
    const power = Math.pow(10, Math.floor(Math.log10(rough)));
    const by = [1, 2, 5, 10].map((s) => s * power).find((s) => s >= rough * 0.999999);
    const found = [];
    for (let i = Math.ceil(low / by - 1e-9); i * by <= high + by * 1e-9; i++) found.push(Number((i * by).toPrecision(12)));
    return found;
  };
  const figure = (v) => {
    const size = Math.abs(v);
    if (v === 0) return "0";
    const text = size < 1e-3 || size >= 1e5 ? Number(v.toPrecision(3)).toExponential().replace("e+", "e") : String(Number(v.toPrecision(4)));
    return text.replace("-", "−");
  };

  return { read, share, height, inBox, isInside, ramp, index, step, way, gone, ticks, figure };
})();
