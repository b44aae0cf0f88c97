"use strict";
// The surface as a shaded mesh in the colours of its heights, with lines of equal height and the
// outline of the floor, as a group of THREE.
const solidGround = (map, tall, paper) => {
  const ground = new THREE.Group();
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
  ground.add(new THREE.Mesh(shape, new THREE.MeshLambertMaterial({ vertexColors: true, side: THREE.DoubleSide, polygonOffset: true, polygonOffsetFactor: 2, polygonOffsetUnits: 4 })));

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
  frame.setAttribute("position", new THREE.Float32BufferAttribute([-1, 0, -1, 1, 0, -1, 1, 0, 1, -1, 0, 1], 3));
  ground.add(new THREE.LineLoop(frame, new THREE.LineBasicMaterial({ color: new THREE.Color(paper.css("--soft")) })));
  return ground;
};
