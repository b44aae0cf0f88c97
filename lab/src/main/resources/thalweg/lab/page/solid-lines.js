"use strict";
// Ways laid on a surface in three dimensions: full where they are seen, faint where something lies
// before them, broken where the surface is not defined.
const solidLines = (scene, sight, lift) => {
  const parts = 100; // of a way across the box
  let lines = [];
  const old = [];

  // A way as short pieces that follow the surface, and how many of them lead to each place.
  const laid = (map, walk, way) => {
    const found = [];
    const upTo = new Array(walk.x.length).fill(0);
    let last = 0;
    for (const [from, to, i] of way.pieces) {
      while (last < i) upTo[last++] = found.length / 6;
      const count = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) * parts));
      let before = null;
      for (let s = 0; s <= count; s++) {
        const p = ways.between(from, to, s / count);
        const here = Number.isNaN(surface.shareAt(map, p)) ? null : sight.on(map, p, lift).toArray();
        if (before !== null && here !== null) found.push(...before, ...here);
        before = here;
      }
    }
    while (last < upTo.length) upTo[last++] = found.length / 6;
    return { positions: found, upTo };
  };
  const line = (shape, look, order) => {
    const dashed = look.dash.length > 0;
    // All of them see-through, so that their order is theirs.
    const material = new THREE.LineMaterial({ linewidth: 2.5, transparent: true, dashed, dashSize: (look.dash[0] ?? 0) / 250, gapSize: (look.dash[1] ?? 0) / 250, ...order.material });
    const made = new THREE.LineSegments2(shape, material);
    made.renderOrder = order.place;
    if (dashed) made.computeLineDistances();
    return made;
  };
  const drawn = (shown, walk, way, place) => {
    const group = new THREE.Group();
    const { positions, upTo } = laid(shown.map, walk, way);
    let shape = null;
    if (positions.length > 0) {
      shape = new THREE.LineSegmentsGeometry();
      shape.setPositions(positions);
      const color = shown.colour(walk);
      group.add(line(shape, walk.look, { place, material: { color, opacity: 0.3, depthTest: false } }));
      group.add(line(shape, walk.look, { place: place + 1000, material: { color } }));
    }
    scene.add(group);
    return { group, shape, upTo };
  };

  return {
    // All anew; the old ones go after the next picture, so that their programs are used again.
    draw: (shown) => {
      lines.forEach(({ group }) => scene.remove(group));
      old.push(...lines.map(({ group }) => group));
      lines = shown.walks.map((walk, w) => drawn(shown, walk, shown.ways[w], 1 + shown.order.indexOf(w)));
    },
    move: (shown) =>
      lines.forEach(({ group, shape, upTo }, w) => {
        const count = upTo[ways.index(shown.walks[w], shown.step)];
        group.visible = !shown.isHidden(shown.walks[w]) && count > 0;
        if (shape !== null) shape.instanceCount = count;
      }),
    outworn: () => old.splice(0),
  };
};
