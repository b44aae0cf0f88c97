"use strict";
// What is shown of a surface: the surface itself, its minima, the start, and walks up to a step.
//
//   view.setSurface(map1, minima);   map/1, and minima [{ at, value }]
//   view.setWalks(walks);            as ways.js says
//   view.setStart([x, y]);
//   view.setStep(k);                 ways are shown up to k updates
//   view.setVisible(label, on);
//
// A view says what it does then: surface(), walks(), start(), moved() with the step or a switch.
const surfaceShown = (paper, view) => {
  const shown = { map: null, minima: [], walks: [], ways: [], order: [], start: null, step: Infinity };
  const hidden = new Set();
  const trace = () => {
    shown.ways = shown.map === null ? [] : shown.walks.map((walk) => ways.of(shown.map, walk));
    // Long ones first, so that those they cover are seen on them.
    shown.order = shown.ways.map((_, w) => w).sort((a, b) => shown.ways[b].length - shown.ways[a].length);
  };

  shown.isHidden = (walk) => hidden.has(walk.label);
  shown.colour = (walk) => (paper.dark() ? walk.look.dark : walk.look.light);
  // Calls with each visible walk, its way, the place that it has come to, and its number.
  shown.each = (call) => {
    for (const w of shown.order) {
      if (!shown.isHidden(shown.walks[w])) call(shown.walks[w], shown.ways[w], ways.index(shown.walks[w], shown.step), w);
    }
  };
  // The place of a visible way that is nearest to a pixel, as { walk, i, step, left, top }; null if
  // none is near. A place outside counts only as the last, whose mark is at the border.
  shown.nearest = (x, y, pixel) => {
    let best = null;
    let distance = 14 * 14;
    shown.each((walk, way, last, w) => {
      for (let i = last; i >= 0; i--) {
        const { at, inside } = way.marks[i];
        if (!inside && i !== last) continue;
        const p = pixel(at);
        const d = (p[0] - x) ** 2 + (p[1] - y) ** 2;
        if (d < distance) {
          distance = d;
          best = { walk: w, i, step: ways.step(walk, i), left: p[0], top: p[1] };
        }
      }
    });
    return best;
  };
  // The minima within the box, as { at: shares of it, value, place, global }.
  shown.stars = () => {
    const lowest = Math.min(...shown.minima.map(({ value }) => value));
    return shown.minima
      .map(({ at, value }) => ({ at: surface.inBox(shown.map, at), place: at, value, global: value <= lowest + 1e-9 * (1 + Math.abs(lowest)) }))
      .filter(({ at }) => surface.isInside(at));
  };

  const set = {
    setSurface: (map1, known = []) => {
      shown.map = surface.read(map1);
      shown.minima = known;
      trace();
      view.surface();
    },
    setWalks: (given) => {
      shown.walks = given;
      trace();
      view.walks();
    },
    setStart: (at) => {
      shown.start = at;
      view.start();
    },
    setStep: (k) => {
      shown.step = k;
      view.moved();
    },
    setVisible: (label, on) => {
      if (on !== hidden.has(label)) return;
      if (on) hidden.delete(label);
      else hidden.add(label);
      view.moved();
    },
  };
  return { shown, set };
};
