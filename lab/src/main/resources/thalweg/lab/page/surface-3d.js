"use strict";
// A surface in three dimensions, turned by dragging or by the arrow keys, with the ways over it laid
// on it. It answers to the same calls as surfaceMap, but for the start, which is not dragged here.
// It needs THREE; without WebGL 2 it says so in its place and ignores the calls.
const surface3d = (node, paper) => {
  const tall = 0.8;
  const lift = 0.008;
  const api = { onHover: () => {}, onStartDragged: null };
  node.classList.add("surface-3d");

  const canvas = document.createElement("canvas");
  const gl = canvas.getContext("webgl2", { antialias: true, alpha: true, preserveDrawingBuffer: true });
  if (gl === null) {
    const sentence = document.createElement("p");
    sentence.className = "note";
    sentence.textContent = "The three-dimensional view needs WebGL 2, which this browser does not offer here. The map shows the same.";
    node.append(sentence);
    const nothing = () => {};
    return Object.assign(api, { draw: nothing, setSurface: nothing, setWalks: nothing, setStart: nothing, setStep: nothing, setVisible: nothing });
  }
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", "the surface in three dimensions; arrow keys turn it, + and − come nearer and go away");
  const words = document.createElement("div");
  words.className = "words";
  words.setAttribute("aria-hidden", "true");
  node.append(canvas, words);

  const renderer = new THREE.WebGLRenderer({ canvas, context: gl, antialias: true, alpha: true });
  renderer.setClearColor(0x000000, 0);
  const scene = new THREE.Scene();
  const camera = new THREE.PerspectiveCamera(31, 1, 0.1, 30);
  camera.position.setFromSphericalCoords(5.6, 0.96, -0.62);
  scene.add(new THREE.HemisphereLight(0xffffff, 0xb9c0c8, 2.2));
  const sun = new THREE.DirectionalLight(0xffffff, 1.5);
  sun.position.set(-2, 3, 1.2);
  scene.add(sun);
  const controls = new THREE.OrbitControls(camera, canvas);
  controls.target.set(0, 0.06, 0);
  controls.enablePan = false;
  controls.enableZoom = false; // until it is asked for: the wheel is for the page
  controls.minDistance = 1.5;
  controls.maxDistance = 9;
  controls.maxPolarAngle = Math.PI / 2 - 0.03;
  canvas.style.touchAction = "pan-y";
  controls.update();

  let map = null;
  let minima = [];
  let walks = [];
  let ways = [];
  let start = null;
  let step = Infinity;
  const hidden = new Set();
  let ground = new THREE.Group();
  let lines = [];
  const old = [];
  scene.add(ground);

  const colour = (walk) => (paper.dark() ? walk.look.dark : walk.look.light);
  const free = (group) => {
    group.traverse((part) => {
      part.geometry?.dispose();
      part.material?.dispose();
    });
    scene.remove(group);
  };

  // The share of the scale at a place of the box, between its four nodes.
  const shareAt = (p) => {
    const n = map.nodes - 1;
    const [u, v] = p.map((c) => Math.min(Math.max(c, 0), 1) * n);
    const [i, j] = [Math.min(Math.floor(u), n - 1), Math.min(Math.floor(v), n - 1)];
    const at = (a, b) => map.shares[b * map.nodes + a];
    const low = at(i, j) + (u - i) * (at(i + 1, j) - at(i, j));
    const high = at(i, j + 1) + (u - i) * (at(i + 1, j + 1) - at(i, j + 1));
    const part = low + (v - j) * (high - low);
    return Number.isNaN(part) ? 1 : part;
  };
  const vector = (p, part) => new THREE.Vector3(2 * p[0] - 1, part * tall, 1 - 2 * p[1]);
  const on = (p) => vector(p, shareAt(p)).setY(shareAt(p) * tall + lift);

  const drawGround = () => {
    free(ground);
    ground = new THREE.Group();
    scene.add(ground);
    const n = map.nodes;
    const ramp = surface.ramp(map, paper.dark());
    const shades = Array.from({ length: 257 }, (_, i) => new THREE.Color().setRGB(...ramp(i / 256).map((c) => c / 255), THREE.SRGBColorSpace));
    const position = new Float32Array(3 * n * n);
    const tint = new Float32Array(3 * n * n);
    const faces = [];
    for (let row = 0; row < n; row++) {
      for (let column = 0; column < n; column++) {
        const i = row * n + column;
        const part = map.shares[i];
        const known = Number.isNaN(part) ? 0 : part;
        position.set([(2 * column) / (n - 1) - 1, known * tall, 1 - (2 * row) / (n - 1)], 3 * i);
        shades[Math.round(known * 256)].toArray(tint, 3 * i);
        if (row + 1 < n && column + 1 < n && !Number.isNaN(part + map.shares[i + 1] + map.shares[i + n] + map.shares[i + n + 1])) {
          faces.push(i, i + 1, i + n, i + 1, i + n + 1, i + n);
        }
      }
    }
    const shape = new THREE.BufferGeometry();
    shape.setAttribute("position", new THREE.BufferAttribute(position, 3));
    shape.setAttribute("color", new THREE.BufferAttribute(tint, 3));
    shape.setIndex(faces);
    shape.computeVertexNormals();
    ground.add(new THREE.Mesh(shape, new THREE.MeshLambertMaterial({ vertexColors: true, side: THREE.DoubleSide, polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 2 })));

    const isolines = [];
    for (const contour of map.contours) {
      const y = surface.share(map.scale, contour.height) * tall + 0.002;
      for (const line of contour.lines) {
        for (let i = 1; i < line.length; i++) {
          for (const p of [line[i - 1], line[i]]) isolines.push(2 * p[0] - 1, y, 1 - 2 * p[1]);
        }
      }
    }
    const level = new THREE.BufferGeometry();
    level.setAttribute("position", new THREE.Float32BufferAttribute(isolines, 3));
    ground.add(new THREE.LineSegments(level, new THREE.LineBasicMaterial({ color: paper.dark() ? 0xffffff : 0x141e32, transparent: true, opacity: 0.24 })));

    const frame = new THREE.BufferGeometry();
    const corners = [[-1, 0, -1], [1, 0, -1], [1, 0, 1], [-1, 0, 1], [-1, 0, -1]];
    frame.setAttribute("position", new THREE.Float32BufferAttribute([...corners.flat(), ...[-1, 0, -1], ...[-1, tall, -1]], 3));
    frame.setIndex([0, 1, 1, 2, 2, 3, 3, 4, 5, 6]);
    ground.add(new THREE.LineSegments(frame, new THREE.LineBasicMaterial({ color: new THREE.Color(paper.css("--soft")) })));
  };

  // A way as short pieces that follow the surface, and how many of them lead to each place.
  const laid = (w) => {
    const found = [];
    const upTo = new Array(walks[w].x.length).fill(0);
    let last = 0;
    for (const [from, to, i] of ways[w].pieces) {
      while (last < i) upTo[last++] = found.length / 6;
      const parts = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) * 50));
      for (let s = 0; s < parts; s++) {
        for (const share of [s / parts, (s + 1) / parts]) {
          found.push(...on([0, 1].map((axis) => from[axis] + share * (to[axis] - from[axis]))).toArray());
        }
      }
    }
    while (last < upTo.length) upTo[last++] = found.length / 6;
    return { positions: found, upTo };
  };
  const drawWalks = () => {
    // Their programs are used again by the new ones, if these are drawn before the old ones go.
    lines.forEach((line) => scene.remove(line.group));
    old.push(...lines.map((line) => line.group));
    lines = walks.map((walk, w) => {
      const group = new THREE.Group();
      const { positions, upTo } = laid(w);
      let line = null;
      if (positions.length > 0) {
        const shape = new THREE.LineSegmentsGeometry();
        shape.setPositions(positions);
        const dashed = walk.look.dash.length > 0;
        const material = new THREE.LineMaterial({ color: colour(walk), linewidth: 2.5, dashed, dashSize: (walk.look.dash[0] ?? 0) / 250, gapSize: (walk.look.dash[1] ?? 0) / 250 });
        line = new THREE.LineSegments2(shape, material);
        if (dashed) line.computeLineDistances();
        group.add(line);
      }
      const head = new THREE.Mesh(new THREE.SphereGeometry(0.026, 20, 14), new THREE.MeshBasicMaterial({ color: colour(walk) }));
      group.add(head);
      scene.add(group);
      return { group, line, upTo, head };
    });
    moved();
  };

  const moved = () => {
    lines.forEach(({ group, line, upTo, head }, w) => {
      const walk = walks[w];
      const i = surface.index(walk, step);
      group.visible = !hidden.has(walk.label);
      if (line !== null) {
        line.geometry.instanceCount = upTo[i];
        line.visible = upTo[i] > 0;
      }
      head.position.copy(on(ways[w].marks[i].at));
      head.visible = !surface.gone(walk, step);
    });
    render();
  };

  const pixel = (v) => {
    const p = v.clone().project(camera);
    return [((p.x + 1) / 2) * node.clientWidth, ((1 - p.y) / 2) * node.clientHeight];
  };
  const word = (text, v, kind, tint) => {
    const made = document.createElement("span");
    const [x, y] = pixel(v);
    made.className = kind;
    made.textContent = text;
    made.style.left = `${(100 * x) / node.clientWidth}%`;
    made.style.top = `${(100 * y) / node.clientHeight}%`;
    if (tint) made.style.color = tint;
    words.append(made);
  };
  const write = () => {
    words.replaceChildren();
    // Along the two edges of the floor that are nearest to the eye.
    const front = camera.position.z > 0 ? -0.02 : 1.02;
    const side = camera.position.x > 0 ? 1.02 : -0.02;
    const out = (v) => (v > 0.5 ? v + 0.06 : v - 0.06);
    for (const tick of surface.ticks(map.low[0], map.high[0], 4)) word(surface.figure(tick), vector([surface.inBox(map, [tick, 0])[0], out(front)], 0), "tick");
    for (const tick of surface.ticks(map.low[1], map.high[1], 4)) word(surface.figure(tick), vector([out(side), surface.inBox(map, [0, tick])[1]], 0), "tick");
    word(map.names[0], vector([0.5, out(out(out(front)))], 0), "axis");
    word(map.names[1], vector([out(out(out(side))), 0.5], 0), "axis");
    word("f", new THREE.Vector3(-1, tall + 0.08, -1), "axis");
    minima.forEach((minimum, i) => {
      const p = surface.inBox(map, minimum.at);
      if (!surface.isInside(p)) return;
      word("★", on(p), "mark");
      if (i === 0) word("minimum", on(p).add(new THREE.Vector3(0, -0.1, 0)), "name");
    });
    if (start !== null) {
      const p = surface.inBox(map, start);
      word("○", on(p), "mark");
      word("start", on(p).add(new THREE.Vector3(0, 0.1, 0)), "name");
    }
    walks.forEach((walk, w) => {
      if (hidden.has(walk.label) || !surface.gone(walk, step)) return;
      word("✕", on(ways[w].marks[surface.index(walk, step)].at), "mark", colour(walk));
    });
  };

  let queued = false;
  const render = () => {
    if (queued || map === null) return;
    queued = true;
    requestAnimationFrame(now);
  };
  const now = () => {
    queued = false;
    if (map === null || node.clientWidth === 0) return;
    renderer.render(scene, camera);
    old.splice(0).forEach(free);
    write();
  };
  const fit = () => {
    if (node.clientWidth === 0) return;
    camera.aspect = node.clientWidth / node.clientHeight;
    camera.updateProjectionMatrix();
    renderer.setPixelRatio(Math.min(2, window.devicePixelRatio));
    renderer.setSize(node.clientWidth, node.clientHeight, false);
    render();
  };
  // Whether what is drawn is for dark paper; null if nothing is.
  let drawn = null;
  const draw = () => {
    if (map === null || drawn === paper.dark()) return;
    drawn = paper.dark();
    drawGround();
    drawWalks();
    now();
  };

  controls.addEventListener("change", render);
  canvas.addEventListener("focus", () => (controls.enableZoom = true));
  canvas.addEventListener("blur", () => (controls.enableZoom = false));
  canvas.addEventListener("pointerdown", () => canvas.focus({ preventScroll: true }));
  const turns = { ArrowLeft: [-0.12, 0, 1], ArrowRight: [0.12, 0, 1], ArrowUp: [0, -0.1, 1], ArrowDown: [0, 0.1, 1], "+": [0, 0, 0.9], "-": [0, 0, 1.1] };
  canvas.addEventListener("keydown", (event) => {
    const turn = turns[event.key];
    if (turn === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const from = new THREE.Spherical().setFromVector3(camera.position.clone().sub(controls.target));
    from.theta += turn[0];
    from.phi = Math.min(Math.max(from.phi + turn[1], 0.05), controls.maxPolarAngle);
    from.radius = Math.min(Math.max(from.radius * turn[2], controls.minDistance), controls.maxDistance);
    camera.position.setFromSpherical(from).add(controls.target);
    controls.update();
    render();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (map === null || event.buttons !== 0) return;
    const box = canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    let best = null;
    let distance = 14 * 14;
    walks.forEach((walk, w) => {
      if (hidden.has(walk.label)) return;
      for (let i = surface.index(walk, step); i >= 0; i--) {
        if (!ways[w].marks[i].inside) continue;
        const p = pixel(on(ways[w].marks[i].at));
        const d = (p[0] - x) ** 2 + (p[1] - y) ** 2;
        if (d < distance) {
          distance = d;
          best = { walk: w, i, step: surface.step(walk, i), left: p[0], top: p[1] };
        }
      }
    });
    api.onHover(best);
  });
  canvas.addEventListener("pointerleave", () => api.onHover(null));
  // On paper it is scaled, not fitted anew.
  let printing = false;
  window.addEventListener("beforeprint", () => (printing = true));
  window.addEventListener("afterprint", () => (printing = false));
  new ResizeObserver(() => printing || fit()).observe(node);

  const trace = () => (ways = map === null ? [] : walks.map((walk) => surface.way(map, walk)));
  return Object.assign(api, {
    draw,
    setSurface: (map1, known = []) => {
      map = surface.read(map1);
      minima = known;
      trace();
      fit();
      drawn = null;
      draw();
    },
    setWalks: (given) => {
      walks = given;
      trace();
      if (map !== null) drawWalks();
    },
    setStart: (at) => {
      start = at;
      render();
    },
    setStep: (k) => {
      step = k;
      if (map !== null) moved();
    },
    setVisible: (label, on) => {
      if (on !== hidden.has(label)) return;
      if (on) hidden.delete(label);
      else hidden.add(label);
      if (map !== null) moved();
    },
  });
};
