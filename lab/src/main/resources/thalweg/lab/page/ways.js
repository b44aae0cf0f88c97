"use strict";
// Ways over a surface, in shares of its box.
//
// A walk is { label, look, x, every, last, left_at, ended }: the places x[0], x[1], ... are those
// after 0, every, 2 every, ... updates, the last one after `last`. left_at is the update after which
// it had no place any more, or null; ended says why: "left" for good, or "undefined". A look is
// { light, dark, dash, marker }.
const ways = (() => {
  // The place of x after k updates, or the last there is; and the updates of a place.
  const index = (walk, k) => (k >= walk.last ? walk.x.length - 1 : Math.min(Math.floor(k / walk.every), walk.x.length - 2));
  const step = (walk, i) => Math.min(i * walk.every, walk.last);
  // Why it has ended early after k updates; null if it has not. Its last place stands for what came after.
  const ended = (walk, k) => (walk.left_at !== null && k >= walk.left_at ? walk.ended : null);

  // The part of a piece from a to b that is within a box, as shares of the piece; null if none.
  const within = (a, b, low = [0, 0], high = [1, 1]) => {
    let from = 0;
    let to = 1;
    for (let axis = 0; axis < 2; axis++) {
      const d = b[axis] - a[axis];
      if (d === 0) {
        if (a[axis] < low[axis] || a[axis] > high[axis]) return null;
        continue;
      }
      const s = [(low[axis] - a[axis]) / d, (high[axis] - a[axis]) / d].sort((p, q) => p - q);
      from = Math.max(from, s[0]);
      to = Math.min(to, s[1]);
    }
    return from <= to ? [from, to] : null;
  };
  const between = (a, b, s) => [a[0] + s * (b[0] - a[0]), a[1] + s * (b[1] - a[1])];

  // Its pieces [from, to, i] within the box, i the place they lead to, how long they are together, and
  // for each place where its mark is drawn: there, or where the way last left the box.
  const of = (map, walk) => {
    const places = walk.x.map((x) => surface.inBox(map, x));
    const pieces = [];
    const marks = [];
    let length = 0;
    let exit = null;
    places.forEach((p, i) => {
      const isInside = surface.isInside(p);
      const part = i > 0 ? within(places[i - 1], p) : null;
      if (part !== null) {
        const [from, to] = part.map((s) => between(places[i - 1], p, s));
        pieces.push([from, to, i]);
        length += Math.hypot(to[0] - from[0], to[1] - from[1]);
        if (!isInside) exit = to;
      }
      marks.push({ at: isInside ? p : (exit ?? surface.inside(p)), inside: isInside });
    });
    return { pieces, marks, length };
  };

  return { index, step, ended, within, between, of };
})();
