"use strict";
// A surface in three dimensions, turned by dragging or by the arrow keys, with the ways over it laid
// on it. It answers to the same calls as surfaceMap, but for the start, which is not dragged here.
// It needs THREE; without WebGL 2 it says so in its place and ignores the calls.
const surface3d = (node, paper) => {
  const tall = 1; // half a side of the base, as still pictures have it
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
    return Object.assign(api, { draw: nothing, setSurface: nothing, setWalks: nothing, setStart: nothing, setStep: nothing, setVisible: nothing, now: nothing });
  }
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", "the surface in three dimensions; arrow keys turn it, + and − come nearer and go away");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("aria-hidden", "true");
  node.append(canvas, svg);

  const renderer = new THREE.WebGLRenderer({ canvas, context: gl, antialias: true, alpha: true });
  renderer.setClearColor(0x000000, 0);
  const scene = new THREE.Scene();
  scene.add(new THREE.HemisphereLight(0xffffff, 0xb9c0c8, 2.2));
  const sun = new THREE.DirectionalLight(0xffffff, 1.5);
  scene.add(sun);
  let ground = new THREE.Group();
  const free = (group) => {
    group.traverse((part) => {
      part.geometry?.dispose();
      part.material?.dispose();
    });
    scene.remove(group);
  };

  let chosen = null; // the surface that a side was chosen for
  let queued = false;
  const { shown, set } = surfaceShown(paper, {
    surface: () => {
      fit();
      drawn = null;
      draw();
    },
    walks: () => {
      if (shown.map !== null) drawWalks();
    },
    start: () => render(),
    moved: () => {
      if (shown.map !== null) moved();
    },
  });
  const render = () => {
    if (queued || shown.map === null) return;
    queued = true;
    requestAnimationFrame(now);
  };
  const sight = solidSight(tall);
  const eye = solidCamera(node, canvas, { radius: Math.SQRT2, tall }, { left: 46, right: 22, top: 22, bottom: 24 }, () => render());
  const lines = solidLines(scene, sight, lift);
  const words = solidWords(svg, eye, sight, lift, paper);
  const now = () => {
    queued = false;
    if (shown.map === null || node.clientWidth === 0) return;
    // From the eye's left, wherever it is.
    sun.position.setFromSphericalCoords(4, 0.85, eye.azimuth - 0.9);
    renderer.render(scene, eye.camera);
    lines.outworn().forEach(free);
    words(shown, { width: node.clientWidth, height: node.clientHeight });
  };
  const moved = () => {
    lines.move(shown);
    render();
  };
  const drawWalks = () => {
    lines.draw(shown);
    if (chosen !== shown.map && shown.walks.length > 0) {
      chosen = shown.map;
      if (!eye.turned) eye.face(sight.side(shown, eye.azimuth, eye.from));
    }
    moved();
  };
  const fit = () => {
    if (node.clientWidth === 0) return;
    renderer.setPixelRatio(Math.min(2, window.devicePixelRatio));
    renderer.setSize(node.clientWidth, node.clientHeight, false);
    eye.fit();
    render();
  };
  // Whether what is drawn is for dark paper; null if nothing is.
  let drawn = null;
  const draw = () => {
    if (shown.map === null || drawn === paper.dark()) return;
    drawn = paper.dark();
    free(ground);
    ground = solidGround(shown.map, tall, paper);
    scene.add(ground);
    drawWalks();
    now();
  };

  canvas.addEventListener("pointermove", (event) => {
    if (shown.map === null || event.buttons !== 0) return;
    const box = canvas.getBoundingClientRect();
    api.onHover(shown.nearest(event.clientX - box.left, event.clientY - box.top, (p) => eye.pixel(sight.on(shown.map, p, lift))));
  });
  for (const end of ["pointerdown", "pointerleave"]) canvas.addEventListener(end, () => api.onHover(null));
  // On paper it is scaled, not fitted anew.
  let printing = false;
  window.addEventListener("beforeprint", () => (printing = true));
  window.addEventListener("afterprint", () => (printing = false));
  new ResizeObserver(() => printing || fit()).observe(node);

  return Object.assign(api, set, { draw, now });
};
