"use strict";
// The eye of a three-dimensional view. Whatever the shape of its node, the whole scene is in it: from
// each height of the eye it is as near as lets the scene turn around without touching the margins.
// Dragging and the arrow keys turn it; + and −, and the wheel while it has the focus, come nearer.
//
//   scene: { radius, tall } of the cylinder that holds all; margin: pixels { left, right, top, bottom }
const solidCamera = (node, canvas, scene, margin, changed) => {
  const away = 5.6;
  const elevation = (44 * Math.PI) / 180; // as still pictures have it
  const lowest = Math.PI / 2 - 0.03;
  const most = 6;
  const camera = new THREE.PerspectiveCamera(31, 1, 0.1, 30);
  const controls = new THREE.OrbitControls(camera, canvas);
  controls.target.set(0, scene.tall / 2, 0);
  controls.enablePan = false;
  controls.enableZoom = false;
  controls.maxPolarAngle = lowest;
  canvas.style.touchAction = "pan-y";
  let nearer = 1;
  let turned = false;

  const rim = Array.from({ length: 64 }, (_, i) => {
    const angle = (Math.PI * i) / 16;
    return new THREE.Vector3(scene.radius * Math.cos(angle), i < 32 ? 0 : scene.tall, scene.radius * Math.sin(angle));
  });
  const fit = () => {
    const { clientWidth: width, clientHeight: height } = node;
    if (width === 0 || height === 0) return;
    camera.updateMatrixWorld();
    const seen = rim.map((v) => v.clone().applyMatrix4(camera.matrixWorldInverse)).map((v) => [v.x / -v.z, v.y / -v.z]);
    const across = Math.max(...seen.map((p) => p[0]));
    const up = Math.max(...seen.map((p) => p[1]));
    const down = Math.min(...seen.map((p) => p[1]));
    // Pixels to a unit at distance 1.
    const scale = nearer * Math.min((width - margin.left - margin.right) / across / 2, (height - margin.top - margin.bottom) / (up - down));
    camera.aspect = width / height;
    camera.zoom = (2 * scale * Math.tan((camera.fov * Math.PI) / 360)) / height;
    camera.setViewOffset(width, height, (margin.right - margin.left) / 2, (-scale * (up + down)) / 2 - (margin.top - margin.bottom) / 2, width, height);
  };
  const place = (polar, azimuth) => {
    camera.position.setFromSphericalCoords(away, polar, azimuth).add(controls.target);
    controls.update();
    fit();
    changed();
  };
  place(Math.PI / 2 - elevation, Math.PI / 6);

  controls.addEventListener("start", () => (turned = true));
  controls.addEventListener("change", () => {
    fit();
    changed();
  });
  const come = (factor) => {
    nearer = Math.min(Math.max(nearer * factor, 0.5), most);
    fit();
    changed();
  };
  canvas.addEventListener("pointerdown", () => canvas.focus({ preventScroll: true }));
  // Until it is asked for, the wheel is for the page.
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (document.activeElement !== canvas) return;
      event.preventDefault();
      come(Math.exp(-event.deltaY / 700));
    },
    { passive: false },
  );
  const turns = { ArrowLeft: [-0.12, 0], ArrowRight: [0.12, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] };
  canvas.addEventListener("keydown", (event) => {
    const turn = turns[event.key];
    const factor = { "+": 1.1, "-": 1 / 1.1, 0: 1 / nearer }[event.key];
    if ((turn === undefined && factor === undefined) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (factor !== undefined) {
      come(factor);
      return;
    }
    turned = true;
    place(Math.min(Math.max(controls.getPolarAngle() + turn[1], 0.05), lowest), controls.getAzimuthalAngle() + turn[0]);
  });

  return {
    camera,
    fit,
    pixel: (v) => {
      const p = v.clone().project(camera);
      return [((p.x + 1) / 2) * node.clientWidth, ((1 - p.y) / 2) * node.clientHeight];
    },
    // From which side, in radians against the clock as seen from above; 0 is from the low end of y.
    get azimuth() {
      return controls.getAzimuthalAngle();
    },
    // Where the eye is when it looks from a side.
    from: (azimuth) => new THREE.Vector3().setFromSphericalCoords(away, controls.getPolarAngle(), azimuth).add(controls.target),
    face: (azimuth) => place(controls.getPolarAngle(), azimuth),
    // Whether someone has turned it.
    get turned() {
      return turned;
    },
  };
};
