"use strict";
// A surface from above: colours and lines of equal height, ways over it, axes, start and minima.
//
//   const map = surfaceMap(node, paper);
//   map.setSurface(map1, minima);   map/1, and minima [{ at, value }]
//   map.setWalks(walks);            as surface.js says
//   map.setStart([x, y]);
//   map.setStep(k);                 ways are drawn up to k updates
//   map.setVisible(label, on);
//   map.onHover = (what) => {};     { walk, step, left, top } near a way, { place, height, left, top } elsewhere, or null
//   map.onStartDragged = ([x, y], done) => {};   makes the start movable, by pointer and arrow keys
//   map.draw();                     again, as the paper has changed
const surfaceMap = (node, paper) => {
  const margin = { left: 46, right: 12, top: 12, bottom: 40 };
  const sharp = 2;
  const svgNames = "http://www.w3.org/2000/svg";
  const star = "M12 0L15 8.5H24L17 14L19.5 23L12 17.7L4.5 23L7 14L0 8.5H9Z";

  node.classList.add("surface-map");
  // Drawn elsewhere and shown as a picture: strokes into a canvas just before it is printed come out
  // of Chromium at another scale.
  const ground = new OffscreenCanvas(1, 1);
  const sheet = new OffscreenCanvas(1, 1);
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  node.append(canvas);
  const svg = document.createElementNS(svgNames, "svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "map of the surface with the paths of the optimizers");
  node.append(svg);
  const group = (name) => {
    const made = document.createElementNS(svgNames, "g");
    made.setAttribute("class", name);
    svg.append(made);
    return made;
  };
  const axes = group("axes");
  const places = group("places");
  const heads = group("heads");
  const ring = group("ring");

  let map = null;
  let minima = [];
  let walks = [];
  let ways = [];
  let start = null;
  let step = Infinity;
  let size = { width: 0, height: 0 };
  const hidden = new Set();
  const api = { onHover: () => {}, onStartDragged: null };

  const element = (parent, kind, attributes, text) => {
    const made = document.createElementNS(svgNames, kind);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text !== undefined) made.textContent = text;
    parent.append(made);
    return made;
  };
  const plot = () => ({ width: size.width - margin.left - margin.right, height: size.height - margin.top - margin.bottom });
  const pixel = (p) => [margin.left + p[0] * plot().width, margin.top + (1 - p[1]) * plot().height];
  const unpixel = (x, y) => [(x - margin.left) / plot().width, 1 - (y - margin.top) / plot().height];
  const colour = (walk) => (paper.dark() ? walk.look.dark : walk.look.light);
  const place = (p) => [0, 1].map((axis) => map.low[axis] + p[axis] * (map.high[axis] - map.low[axis]));

  const context = (on) => {
    on.width = size.width * sharp;
    on.height = size.height * sharp;
    const pen = on.getContext("2d");
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    return pen;
  };

  const drawGround = () => {
    const pen = context(ground);
    const ramp = surface.ramp(map, paper.dark());
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
    const { width, height } = plot();
    pen.save();
    pen.beginPath();
    pen.rect(margin.left, margin.top, width, height);
    pen.clip();
    pen.imageSmoothingQuality = "high";
    pen.drawImage(picture, 0.5, 0.5, map.nodes - 1, map.nodes - 1, margin.left, margin.top, width, height);
    pen.strokeStyle = paper.dark() ? "rgba(255,255,255,.22)" : "rgba(20,30,50,.26)";
    pen.lineWidth = 0.8;
    pen.beginPath();
    for (const contour of map.contours) {
      for (const line of contour.lines) line.forEach((p, i) => (i === 0 ? pen.moveTo(...pixel(p)) : pen.lineTo(...pixel(p))));
    }
    pen.stroke();
    pen.restore();
  };

  const drawAxes = () => {
    axes.replaceChildren();
    const { width, height } = plot();
    const soft = paper.css("--soft");
    element(axes, "rect", { x: margin.left, y: margin.top, width, height, fill: "none", stroke: soft, "stroke-opacity": 0.6 });
    const label = { fill: soft, "font-size": 12 };
    for (const tick of surface.ticks(map.low[0], map.high[0], Math.max(3, width / 90))) {
      const [x] = pixel(surface.inBox(map, [tick, map.low[1]]));
      element(axes, "line", { x1: x, x2: x, y1: margin.top + height, y2: margin.top + height + 4, stroke: soft });
      element(axes, "text", { ...label, x, y: margin.top + height + 17, "text-anchor": "middle" }, surface.figure(tick));
    }
    for (const tick of surface.ticks(map.low[1], map.high[1], Math.max(3, height / 70))) {
      const y = pixel(surface.inBox(map, [map.low[0], tick]))[1];
      element(axes, "line", { x1: margin.left - 4, x2: margin.left, y1: y, y2: y, stroke: soft });
      element(axes, "text", { ...label, x: margin.left - 7, y: y + 4, "text-anchor": "end" }, surface.figure(tick));
    }
    const name = { fill: soft, "font-size": 13, "font-style": "italic" };
    element(axes, "text", { ...name, x: margin.left + width / 2, y: size.height - 6, "text-anchor": "middle" }, map.names[0]);
    element(axes, "text", { ...name, x: 8, y: margin.top + height / 2, "text-anchor": "middle" }, map.names[1]);
  };

  const named = (parent, p, words, near) => {
    const [x, y] = pixel(p);
    const right = x < size.width - margin.right - 64;
    const text = { x: x + (right ? near : -near), y: y + 4, "text-anchor": right ? "start" : "end", "font-size": 12, fill: paper.css("--ink"), stroke: paper.css("--card"), "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" };
    element(parent, "text", text, words);
  };
  const drawPlaces = () => {
    const focused = places.contains(document.activeElement);
    places.replaceChildren();
    const ink = paper.css("--ink");
    const card = paper.css("--card");
    minima.forEach((minimum, i) => {
      const p = surface.inBox(map, minimum.at);
      if (!surface.isInside(p)) return;
      const [x, y] = pixel(p);
      const mark = element(places, "g", { class: "minimum" });
      element(mark, "path", { d: star, transform: `translate(${x - 8} ${y - 8}) scale(.67)`, fill: card, stroke: ink, "stroke-width": 1.8 });
      element(mark, "title", {}, `minimum ${surface.figure(minimum.value)} at ${place(p).map(surface.figure).join(", ")}`);
      if (i === 0) named(places, p, "minimum", 12);
    });
    if (start === null) return;
    const p = surface.inBox(map, start);
    const [x, y] = pixel(p);
    const handle = element(places, "g", { class: "start" });
    const at = start.slice(0, 2).map(surface.figure).join(", ");
    if (api.onStartDragged !== null) {
      handle.setAttribute("tabindex", "0");
      handle.setAttribute("role", "button");
      handle.setAttribute("aria-label", `start at ${at}; arrow keys move it`);
      handle.style.cursor = "grab";
      element(handle, "circle", { cx: x, cy: y, r: 16, fill: "transparent" });
    }
    element(handle, "circle", { cx: x, cy: y, r: 5.5, fill: card, stroke: ink, "stroke-width": 2 });
    element(handle, "title", {}, `start ${at}`);
    named(places, p, "start", 11);
    if (focused) handle.focus({ preventScroll: true });
  };

  const drawPaths = () => {
    const pen = context(sheet);
    pen.drawImage(ground, 0, 0, size.width, size.height);
    const { width, height } = plot();
    pen.save();
    pen.beginPath();
    pen.rect(margin.left, margin.top, width, height);
    pen.clip();
    pen.lineJoin = "round";
    for (const pass of ["edge", "line"]) {
      walks.forEach((walk, w) => {
        if (hidden.has(walk.label)) return;
        const last = surface.index(walk, step);
        pen.beginPath();
        let end = null;
        for (const [from, to, i] of ways[w].pieces) {
          if (i > last) break;
          const a = pixel(from);
          const b = pixel(to);
          if (end === null || end[0] !== a[0] || end[1] !== a[1]) pen.moveTo(...a);
          pen.lineTo(...b);
          end = b;
        }
        pen.strokeStyle = pass === "edge" ? paper.css("--card") : colour(walk);
        pen.globalAlpha = pass === "edge" ? 0.55 : 1;
        pen.lineWidth = pass === "edge" ? 3.8 : 2;
        pen.setLineDash(pass === "edge" ? [] : walk.look.dash);
        pen.stroke();
      });
    }
    pen.restore();
    canvas.width = sheet.width;
    canvas.height = sheet.height;
    canvas.getContext("bitmaprenderer").transferFromImageBitmap(sheet.transferToImageBitmap());
  };
  const drawHeads = () => {
    heads.replaceChildren();
    const card = paper.css("--card");
    walks.forEach((walk, w) => {
      if (hidden.has(walk.label)) return;
      const i = surface.index(walk, step);
      const { at, inside } = ways[w].marks[i];
      const [x, y] = pixel(at);
      const gone = surface.gone(walk, step);
      const mark = element(heads, "g", { class: "head", "data-walk": walk.label, "data-step": surface.step(walk, i), transform: `translate(${x} ${y})` });
      if (gone) {
        element(mark, "path", { d: "M-6-6L6 6M6-6L-6 6", stroke: card, "stroke-width": 6 });
        element(mark, "path", { d: "M-6-6L6 6M6-6L-6 6", stroke: colour(walk), "stroke-width": 3 });
      } else {
        element(mark, "path", { d: walk.look.marker, transform: "translate(-7.2 -7.2) scale(.6)", fill: inside ? colour(walk) : card, stroke: inside ? card : colour(walk), "stroke-width": inside ? 2 : 3.5 });
      }
      element(mark, "title", {}, walk.label + (gone ? `, left for good at step ${walk.left_at}` : inside ? "" : ", outside the picture"));
    });
  };

  // On paper it is scaled, not laid out anew.
  let printing = false;
  window.addEventListener("beforeprint", () => (printing = true));
  window.addEventListener("afterprint", () => (printing = false));
  const draw = () => {
    if (!printing) size = { width: node.clientWidth, height: node.clientHeight };
    if (map === null || size.width === 0 || size.height === 0) return;
    svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    drawGround();
    drawAxes();
    drawPlaces();
    drawMoving();
  };
  const drawMoving = () => {
    if (map === null || size.width === 0) return;
    drawPaths();
    drawHeads();
    ring.replaceChildren();
  };

  // The place of a visible way that is nearest to the pointer.
  const nearest = (x, y) => {
    let best = null;
    let distance = 14 * 14;
    walks.forEach((walk, w) => {
      if (hidden.has(walk.label)) return;
      for (let i = surface.index(walk, step); i >= 0; i--) {
        const { at, inside } = ways[w].marks[i];
        const p = pixel(at);
        const d = (p[0] - x) ** 2 + (p[1] - y) ** 2;
        if (d < distance && (inside || i === surface.index(walk, step))) {
          distance = d;
          best = { walk: w, i, step: surface.step(walk, i), left: p[0], top: p[1] };
        }
      }
    });
    return best;
  };
  const pointed = (event) => {
    const box = svg.getBoundingClientRect();
    return [((event.clientX - box.left) * size.width) / box.width, ((event.clientY - box.top) * size.height) / box.height];
  };
  const hover = (event) => {
    if (map === null || size.width === 0) return;
    const [x, y] = pointed(event);
    const found = nearest(x, y);
    ring.replaceChildren();
    if (found !== null) {
      element(ring, "circle", { cx: found.left, cy: found.top, r: 8, fill: "none", stroke: paper.css("--ink"), "stroke-width": 2 });
      api.onHover(found);
      return;
    }
    const p = unpixel(x, y);
    if (!surface.isInside(p)) {
      api.onHover(null);
      return;
    }
    const near = p.map((v) => Math.round(v * (map.nodes - 1)));
    const part = map.shares[near[1] * map.nodes + near[0]];
    api.onHover({ place: place(p), height: Number.isNaN(part) ? null : surface.height(map.scale, part), left: x, top: y });
  };

  let dragging = false;
  const drag = (p, done) => {
    const inside = p.map((v) => Math.min(Math.max(v, 0), 1));
    start = [...place(inside), ...(start ?? []).slice(2)];
    drawPlaces();
    api.onStartDragged(start.slice(0, 2), done);
  };
  svg.addEventListener("pointerdown", (event) => {
    if (api.onStartDragged === null || start === null) return;
    const [x, y] = pointed(event);
    const [sx, sy] = pixel(surface.inBox(map, start));
    if ((x - sx) ** 2 + (y - sy) ** 2 > 18 * 18) return;
    dragging = true;
    svg.setPointerCapture(event.pointerId);
    event.preventDefault();
    places.querySelector(".start").focus({ preventScroll: true });
  });
  svg.addEventListener("pointermove", (event) => (dragging ? drag(unpixel(...pointed(event)), false) : hover(event)));
  svg.addEventListener("pointerup", (event) => {
    if (!dragging) return;
    dragging = false;
    drag(unpixel(...pointed(event)), true);
  });
  svg.addEventListener("pointercancel", () => (dragging = false));
  svg.addEventListener("pointerleave", () => {
    ring.replaceChildren();
    api.onHover(null);
  });
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  svg.addEventListener("keydown", (event) => {
    const by = arrows[event.key];
    if (by === undefined || api.onStartDragged === null || event.target.getAttribute("class") !== "start") return;
    event.preventDefault();
    event.stopPropagation();
    const far = event.shiftKey ? 0.05 : 0.01;
    const p = surface.inBox(map, start);
    drag([p[0] + by[0] * far, p[1] + by[1] * far], true);
  });
  new ResizeObserver(() => {
    if (printing) return;
    if (node.clientWidth !== size.width || node.clientHeight !== size.height) draw();
  }).observe(node);

  const trace = () => (ways = map === null ? [] : walks.map((walk) => surface.way(map, walk)));
  return Object.assign(api, {
    draw,
    setSurface: (map1, known = []) => {
      map = surface.read(map1);
      minima = known;
      trace();
      draw();
    },
    setWalks: (given) => {
      walks = given;
      trace();
      drawMoving();
    },
    setStart: (at) => {
      if (dragging) return;
      start = at;
      if (map !== null && size.width > 0) drawPlaces();
    },
    setStep: (k) => {
      step = k;
      drawMoving();
    },
    setVisible: (label, on) => {
      if (on !== hidden.has(label)) return;
      if (on) hidden.delete(label);
      else hidden.add(label);
      drawMoving();
    },
  });
};
