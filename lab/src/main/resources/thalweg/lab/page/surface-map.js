"use strict";
// A surface from above: colours and lines of equal height, ways over it, axes, start and minima.
//
//   const map = surfaceMap(node, paper);    answers to the calls of surface-shown.js, and:
//   map.onHover = (what) => {};             as tip.js says
//   map.onStartDragged = ([x, y], done) => {};   makes the start movable, by pointer and arrow keys
//   map.draw();                             again, as the paper has changed
//
// Paper is { dark(), css(name) }: is it dark, and what is a colour of the style. A small map has no
// names of its places, and shows all of the box.
const surfaceMap = (node, paper, { small = false } = {}) => {
  const margin = small ? { left: 36, right: 4, top: 4, bottom: 32 } : { left: 46, right: 12, top: 12, bottom: 40 };
  const sharp = 2;
  const view = mapWindow(margin);
  const { pixel, plot } = view;
  const { element } = signs;

  node.classList.add("surface-map");
  // Drawn elsewhere and shown as a picture: strokes into a canvas just before it is printed come out
  // of Chromium at another scale.
  const ground = new OffscreenCanvas(1, 1);
  const sheet = new OffscreenCanvas(1, 1);
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  node.append(canvas);
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", small ? "map of a path" : "map of the surface with the paths of the optimizers; + and − come nearer and go away, arrow keys move about");
  node.append(svg);
  const [axes, places, heads, ring] = ["axes", "places", "heads", "ring"].map((name) => element(svg, "g", { class: name }));

  const api = { onHover: () => {}, onStartDragged: null };
  const { shown, set } = surfaceShown(paper, {
    surface: () => draw(),
    walks: () => drawMoving(),
    start: () => drawn() && drawPlaces(),
    moved: () => drawMoving(),
  });
  const drawn = () => shown.map !== null && view.size.width > 0 && view.size.height > 0;

  const context = (on) => {
    on.width = view.size.width * sharp;
    on.height = view.size.height * sharp;
    const pen = on.getContext("2d");
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    return pen;
  };
  const clipped = (pen) => {
    const { left, top, width, height } = plot();
    pen.beginPath();
    pen.rect(left, top, width, height);
    pen.clip();
  };
  // The colours of the nodes, a pixel each.
  let tinted = { map: null, dark: null, picture: null };
  const colours = () => {
    const { map } = shown;
    const dark = paper.dark();
    if (tinted.map === map && tinted.dark === dark) return tinted.picture;
    const ramp = surface.ramp(map, dark);
    const picture = new OffscreenCanvas(map.nodes, map.nodes);
    const data = new ImageData(map.nodes, map.nodes);
    for (let row = 0; row < map.nodes; row++) {
      for (let column = 0; column < map.nodes; column++) {
        const part = map.shares[row * map.nodes + column];
        const at = 4 * ((map.nodes - 1 - row) * map.nodes + column);
        if (Number.isNaN(part)) continue;
        data.data.set(ramp(part), at);
        data.data[at + 3] = 255;
      }
    }
    picture.getContext("2d").putImageData(data, 0, 0);
    tinted = { map, dark, picture };
    return picture;
  };
  const drawGround = () => {
    const pen = context(ground);
    const { left, top, width, height } = plot();
    const { low, high } = view;
    const cells = shown.map.nodes - 1;
    clipped(pen);
    pen.imageSmoothingQuality = "high";
    pen.drawImage(colours(), 0.5 + low[0] * cells, 0.5 + (1 - high[1]) * cells, (high[0] - low[0]) * cells, (high[1] - low[1]) * cells, left, top, width, height);
    pen.strokeStyle = paper.dark() ? "rgba(255,255,255,.22)" : "rgba(20,30,50,.26)";
    pen.lineWidth = 0.8;
    pen.beginPath();
    for (const contour of small ? shown.map.contours.filter((_, i) => i % 3 === 1) : shown.map.contours) {
      for (const line of contour.lines) line.forEach((p, i) => (i === 0 ? pen.moveTo(...pixel(p)) : pen.lineTo(...pixel(p))));
    }
    pen.stroke();
  };

  const drawPlaces = () => {
    const focused = places.contains(document.activeElement);
    places.replaceChildren();
    const named = (p, words, near) => {
      const at = pixel(p);
      if (!small) signs.name(places, at, words, paper, at[0] < view.size.width - margin.right - 64 ? near : -near);
    };
    shown.stars().forEach(({ at, place, value, global }, i, all) => {
      if (!view.shows(at)) return;
      const mark = element(places, "g", { class: "minimum" });
      signs.minimum(mark, pixel(at), global, paper, small);
      element(mark, "title", {}, `minimum ${surface.figure(value)} at ${place.slice(0, 2).map((v) => surface.figure(v)).join(", ")}`);
      if (all.length === 1) named(at, "minimum", 12);
    });
    if (shown.start === null) return;
    const p = surface.inBox(shown.map, shown.start);
    if (!view.shows(p)) return;
    const handle = element(places, "g", { class: "start" });
    const at = shown.start.slice(0, 2).map((v) => surface.figure(v)).join(", ");
    const [cx, cy] = pixel(p);
    if (api.onStartDragged !== null) {
      handle.setAttribute("tabindex", "0");
      handle.setAttribute("role", "button");
      handle.setAttribute("aria-label", `start at ${at}; arrow keys move it`);
      handle.style.cursor = "grab";
      element(handle, "circle", { cx, cy, r: 16, fill: "transparent" });
    }
    signs.start(handle, [cx, cy], paper, small);
    element(handle, "title", {}, `start ${at}`);
    named(p, "start", 11);
    if (focused) handle.focus({ preventScroll: true });
  };

  const drawPaths = () => {
    const pen = context(sheet);
    pen.drawImage(ground, 0, 0, view.size.width, view.size.height);
    clipped(pen);
    pen.lineJoin = "round";
    const nearer = view.nearer > 1;
    const trail = (way, last) => {
      pen.beginPath();
      let end = null;
      for (let [from, to, i] of way.pieces) {
        if (i > last) break;
        if (nearer) {
          const part = ways.within(from, to, view.low, view.high);
          if (part === null) continue;
          [from, to] = part.map((s) => ways.between(from, to, s));
        }
        const a = pixel(from);
        if (end === null || end[0] !== a[0] || end[1] !== a[1]) pen.moveTo(...a);
        end = pixel(to);
        pen.lineTo(...end);
      }
    };
    shown.each((walk, way, last) => {
      trail(way, last);
      for (const edge of [true, false]) {
        pen.strokeStyle = edge ? paper.css("--card") : shown.colour(walk);
        pen.globalAlpha = edge ? 0.55 : 1;
        pen.lineWidth = (edge ? 3.8 : 2) * (small ? 0.75 : 1);
        pen.setLineDash(edge ? [] : walk.look.dash);
        pen.stroke();
      }
    });
    canvas.width = sheet.width;
    canvas.height = sheet.height;
    canvas.getContext("bitmaprenderer").transferFromImageBitmap(sheet.transferToImageBitmap());
  };
  const drawHeads = () => {
    heads.replaceChildren();
    shown.each((walk, way, i) => {
      const { at, inside } = way.marks[i];
      if (!view.shows(at)) return;
      const how = { colour: shown.colour(walk), inside, ended: ways.ended(walk, shown.step) };
      const mark = signs.head(heads, pixel(at), walk, how, paper, small);
      for (const [name, value] of [["class", "head"], ["data-walk", walk.label], ["data-step", ways.step(walk, i)]]) mark.setAttribute(name, value);
      element(mark, "title", {}, walk.label + signs.says(walk, how));
    });
  };

  // On paper it is scaled, not laid out anew.
  let printing = false;
  window.addEventListener("beforeprint", () => (printing = true));
  window.addEventListener("afterprint", () => (printing = false));
  const draw = () => {
    if (!printing) view.size = { width: node.clientWidth, height: node.clientHeight };
    if (!drawn()) return;
    svg.setAttribute("viewBox", `0 0 ${view.size.width} ${view.size.height}`);
    drawGround();
    mapAxes(axes, view, shown.map, paper, small);
    drawPlaces();
    drawMoving();
  };
  const drawMoving = () => {
    if (!drawn()) return;
    drawPaths();
    drawHeads();
    ring.replaceChildren();
  };
  new ResizeObserver(() => {
    if (printing) return;
    if (node.clientWidth !== view.size.width || node.clientHeight !== view.size.height) draw();
  }).observe(node);

  const hover = (x, y) => {
    if (!drawn()) return;
    const found = shown.nearest(x, y, (p) => (view.shows(p) ? pixel(p) : [-99, -99]));
    ring.replaceChildren();
    const p = view.unpixel(x, y);
    if (found !== null) {
      element(ring, "circle", { cx: found.left, cy: found.top, r: 8, fill: "none", stroke: paper.css("--ink"), "stroke-width": 2 });
      api.onHover(found);
    } else if (!surface.isInside(p) || !view.shows(p)) {
      api.onHover(null);
    } else {
      const part = surface.shareAt(shown.map, p);
      api.onHover({ place: surface.place(shown.map, p), height: Number.isNaN(part) ? null : surface.heightText(shown.map.scale, part), left: x, top: y });
    }
  };
  const hand = small
    ? null
    : mapHand(node, svg, view, {
        hover,
        left: () => {
          ring.replaceChildren();
          api.onHover(null);
        },
        start: () => {
          if (api.onStartDragged === null || shown.start === null) return null;
          const p = surface.inBox(shown.map, shown.start);
          return view.shows(p) ? pixel(p) : null;
        },
        moveStart: (p, done) => {
          shown.start = [...surface.place(shown.map, surface.inside(p)), ...(shown.start ?? []).slice(2)];
          drawPlaces();
          api.onStartDragged(shown.start.slice(0, 2), done);
        },
        moved: () => draw(),
      });

  return Object.assign(api, set, {
    draw,
    // The signs that are shown, with their meaning.
    key: (place) => signs.key(place, shown, paper),
    setSurface: (map1, known) => {
      if (shown.map !== surface.read(map1)) view.fit();
      set.setSurface(map1, known);
    },
    setStart: (at) => {
      if (!hand?.dragsStart) set.setStart(at);
    },
  });
};
