"use strict";
// A surface as numbers: an object of format map/1, read once. What both views of it, from above and
// in three dimensions, measure alike: heights, colours, places in shares of the box, round numbers.
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
  // The height that lies there, written; at a cut end of the scale it stands for all beyond.
  const heightText = (scale, part) => {
    const sign = part < 1e-6 && scale.cut_below ? "≤ " : part > 1 - 1e-6 && scale.cut_above ? "≥ " : "";
    return sign + figure(height(scale, part), 3);
  };
  // The share of the scale at a place of the box: between its four nodes, or those of them where the
  // surface is defined; NaN where it is at none.
  const shareAt = (map, p) => {
    const n = map.nodes - 1;
    const u = Math.min(Math.max(p[0], 0), 1) * n;
    const v = Math.min(Math.max(p[1], 0), 1) * n;
    const i = Math.min(Math.floor(u), n - 1);
    const j = Math.min(Math.floor(v), n - 1);
    let sum = 0;
    let weights = 0;
    for (let corner = 0; corner < 4; corner++) {
      const [a, b] = [corner & 1, corner >> 1];
      const part = map.shares[(j + b) * map.nodes + i + a];
      if (Number.isNaN(part)) continue;
      const weight = (a ? u - i : 1 - u + i) * (b ? v - j : 1 - v + j);
      sum += weight * part;
      weights += weight;
    }
    return weights > 1e-9 ? sum / weights : NaN;
  };

  // What to say of the places where views are blank; nothing if there are none.
  const blanks = (map) => (read(map).shares.some((part) => Number.isNaN(part)) ? "Blank where f is not defined." : "");

  // A place in shares of the box: 0 to 1 is inside; and the place that has such shares.
  const inBox = (map, place) => [0, 1].map((axis) => (place[axis] - map.low[axis]) / (map.high[axis] - map.low[axis]));
  const place = (map, p) => [0, 1].map((axis) => map.low[axis] + p[axis] * (map.high[axis] - map.low[axis]));
  const isInside = (p) => p[0] >= 0 && p[0] <= 1 && p[1] >= 0 && p[1] <= 1;
  const inside = (p) => p.map((v) => Math.min(Math.max(v, 0), 1));

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

  // Round numbers from low to high, about as many as asked, each with as many digits as tell it from
  // the next.
  const ticks = (low, high, count) => {
    const rough = (high - low) / count;
    const power = Math.pow(10, Math.floor(Math.log10(rough)));
    const by = [1, 2, 5, 10].map((s) => s * power).find((s) => s >= rough * 0.999999);
    const digits = Math.min(15, Math.max(4, Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high)) / by)) + 1));
    const found = [];
    for (let i = Math.ceil(low / by - 1e-9); i * by <= high + by * 1e-9; i++) {
      const value = Number((i * by).toPrecision(15));
      found.push({ value, text: figure(value, digits) });
    }
    return found;
  };
  const figure = (v, digits = 4) => {
    const size = Math.abs(v);
    if (v === 0) return "0";
    const text = size < 1e-3 || size >= 1e5 ? Number(v.toPrecision(Math.min(digits, 3))).toExponential().replace("e+", "e") : String(Number(v.toPrecision(digits)));
    return text.replaceAll("-", "−");
  };

  return { read, share, heightText, shareAt, blanks, inBox, place, isInside, inside, ramp, ticks, figure };
})();
